from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from curlx.timeline import Complaint, Connection, Exchange, Header, Request, Response, Timeline, Transfer

Log = Callable[..., Timeline]


@pytest.fixture
def log() -> Log:
    """Make the log of one transfer: request in line 10, response in 20, complaints (kind, text, subject) from 40."""

    def make(*complaints: tuple[str, str, str | None], status: int | None = None, **rest: Any) -> Timeline:
        said = tuple(
            Complaint(kind, text, 40 + at, "response" if status else "start", subject=subject)  # type: ignore[arg-type]
            for at, (kind, text, subject) in enumerate(complaints)
        )
        response = Response(status or 0, "", "1.1", 20, 22, (Header("Content-Length", "9000", 21),))
        exchange = Exchange(0, 10, 30, Request("GET", "/", "1.1", 10, 11), response=response)
        transfer = Transfer(
            1,
            99,
            url="https://api.example.com/",
            connections=(Connection(1, 99, host="api.example.com"),),
            exchanges=(exchange,) if status else (),
            complaints=said,
            **rest,
        )
        return Timeline(transfers=(transfer,), quotes={line: f"line {line}" for line in range(1, 100)})

    return make
