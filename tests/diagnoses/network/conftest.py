from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from curlx.timeline import (
    Attempt,
    Body,
    ClientCertificate,
    Complaint,
    Connection,
    Exchange,
    Fact,
    Header,
    Request,
    Response,
    Timeline,
    Tls,
    Transfer,
)

Log = Callable[..., Timeline]

QUOTES = {line: f"line {line}" for line in range(1, 100)}


@pytest.fixture
def log() -> Log:
    """Make the log of one transfer: connected in line 10, TLS 15, request 20, response 30, complaints from 40."""

    def make(
        *complaints: tuple[str, str, str] | Complaint,
        attempts: tuple[tuple[str, str | None], ...] = (),
        connected: bool = False,
        tls: bool = False,
        withheld: bool = False,
        requested: bool = False,
        status: int | None = None,
        announced: int | None = None,
        seen: int = 0,
        host: str | None = "api.example.com",
        backend: str | None = None,
        closed: bool = False,
        method: str = "GET",
        **rest: Any,
    ) -> Timeline:
        tried = tuple(
            Attempt(address, 443, 3 + at, Fact(kind, 5 + at) if kind else None, "the reason")
            for at, (address, kind) in enumerate(attempts)
        )
        sent = ClientCertificate(requested="yes", sent="no") if withheld else ClientCertificate()
        connection = Connection(
            1,
            99,
            host=host,
            port=443,
            resolved=Fact("api.example.com", 2),
            attempts=tried,
            connected=Fact("192.0.2.1", 10) if connected else None,
            closed=Fact(True, 90) if closed else None,
            tls=Tls("origin", 11, 15, True, Fact(True, 15), backend, client_certificate=sent) if tls else None,
        )
        headers = (Header("Content-Length", str(announced), 31),) if announced else ()
        response = Response(status or 0, "", "1.1", 30, 32, headers, Body(announced=announced, seen=seen))
        request = Request(method, "/things", "1.1", 20, 22)
        exchange = Exchange(0, 20, 60, request=request, response=response if status else None)
        said = tuple(
            each if isinstance(each, Complaint) else Complaint(each[0], each[2], 40 + at, each[1])  # type: ignore[arg-type]
            for at, each in enumerate(complaints)
        )
        transfer = Transfer(
            1,
            99,
            url="https://api.example.com/things",
            connections=(connection,) if host else (),
            exchanges=(exchange,) if requested or status else (),
            complaints=said,
            **{"phase": "connect", **rest},
        )
        return Timeline(transfers=(transfer,), quotes=QUOTES)

    return make
