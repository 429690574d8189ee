from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from curlx.events import ComplaintKind, PageMark
from curlx.timeline import (
    Body,
    Complaint,
    Connection,
    Exchange,
    Exit,
    Fact,
    Header,
    Request,
    Response,
    Timeline,
    Transfer,
)

Headers = dict[str, str]
Log = Callable[..., Timeline]


def exchange(
    line: int,
    status: int | None,
    *,
    method: str = "GET",
    sent: Headers | None = None,
    got: Headers | None = None,
    marks: tuple[PageMark, ...] = (),
    sample: str = "",
    sentence: str = "",
    superseded: bool = False,
    target: str = "/v1/things",
) -> Exchange:
    """Make an exchange of ten lines: the request first, the answer from the fifth on, a body at the end."""
    asked = {"Host": "api.example.com"} if sent is None else sent
    body = Body(
        first_line=line + 8,
        last_line=line + 8,
        sample=sample,
        marks=tuple(Fact(mark, line + 8) for mark in marks),
        sentence=Fact(sentence, line + 8) if sentence else None,
    )
    request = Request(
        method=method,
        target=target,
        version="1.1",
        first_line=line,
        last_line=line + 3,
        headers=tuple(Header(name, value, line + 1 + at) for at, (name, value) in enumerate(asked.items())),
    )
    response = None
    if status is not None:
        headers = tuple(Header(name, value, line + 5 + at) for at, (name, value) in enumerate((got or {}).items()))
        response = Response(status, "", "1.1", line + 4, line + 7, headers=headers, body=body)
    return Exchange(0, line, line + 9, request=request, response=response, complete=True, superseded=superseded)


def log(*exchanges: Exchange, complaints: tuple[Complaint, ...] = (), follows: bool = False) -> Timeline:
    """Make a log of one transfer; every line has a text, so that it can be cited."""
    transfer = Transfer(
        first_line=1,
        last_line=99,
        url="https://api.example.com/v1/things",
        connections=(Connection(1, 99, host="api.example.com"),),
        exchanges=exchanges,
        complaints=complaints,
        follows=follows,
        exit=Exit(1, "", 99) if complaints else None,
        finished=True,
    )
    return Timeline(transfers=(transfer,), quotes={line: f"line {line}" for line in range(1, 100)})


def complaint(kind: ComplaintKind, text: str = "", line: int = 50, **rest: Any) -> Complaint:
    return Complaint(kind, text, line, "response", **rest)


@pytest.fixture
def answered() -> Log:
    """Make the log of one request with one answer: its status, and whatever `exchange` takes."""
    return lambda status, **rest: log(exchange(10, status, **rest))


@pytest.fixture
def complained() -> Log:
    """Make the log of one request without an answer, and one sentence in which curl complains."""
    return lambda kind, text="", **rest: log(exchange(10, None), complaints=(complaint(kind, text, **rest),))


@pytest.fixture
def several() -> Log:
    """Make the log of several exchanges, each given as the arguments of `exchange`, and of curl's complaints."""

    def make(*exchanges: dict[str, object], complaints: tuple[dict[str, object], ...] = (), **rest: object) -> Timeline:
        made = (exchange(1 + 10 * at, **each) for at, each in enumerate(exchanges))  # type: ignore[arg-type]
        return log(*made, complaints=tuple(complaint(**each) for each in complaints), **rest)  # type: ignore[arg-type]

    return make


@pytest.fixture
def pasted() -> Log:
    """Make the log that is nothing but a page, with the title given."""
    return lambda title: Timeline(
        loose=Body(first_line=1, marks=(Fact(PageMark("page-title", title), 2),)), quotes={2: f"<title>{title}</title>"}
    )
