from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from curlx.timeline import (
    Attempt,
    Certificate,
    Complaint,
    Connection,
    Exchange,
    Fact,
    Header,
    Proxy,
    Request,
    Response,
    Timeline,
    Tls,
    Transfer,
)

Log = Callable[..., Timeline]


@pytest.fixture
def log() -> Log:
    """Make the log of one transfer through a proxy: asked in line 12, answered in 14, complaints from 40."""

    def make(
        *complaints: tuple[str, str, str] | Complaint,
        kind: str = "tunnel",
        known: bool = True,
        status: int | None = None,
        reason: str = "",
        got: tuple[tuple[str, str], ...] = (),
        sent: tuple[tuple[str, str], ...] = (),
        established: bool | None = None,
        attempt: str | None = None,
        secure: bool = False,
        variable: str | None = None,
        proxy_verdict: str | None = None,
        tls: bool = False,
        answered: int | None = None,
        socks: int | None = None,
        superseded: bool = False,
        local: bool = False,
        **rest: Any,
    ) -> Timeline:
        request = Request("CONNECT", "api.example.com:443", "1.1", 12, 13, tuple(Header(*each, 13) for each in sent))
        headers = tuple(Header(name, value, 15 + at) for at, (name, value) in enumerate(got))
        response = Response(status, reason, "1.1", 14, 18, headers) if status else None
        proxy = Proxy(
            kind,  # type: ignore[arg-type]
            11,
            "proxy.example.com",
            3128,
            connect=Exchange(0, 12, 18, request, response=response, superseded=superseded)
            if kind == "tunnel"
            else None,
            established=None if established is None else Fact(established, 18),
            from_environment=Fact(variable, 1) if variable else None,
            secure=secure,
            socks=socks,
            local=local,
        )
        proxy_tls = None
        if proxy_verdict:
            certificate = Certificate("proxy", 8, 9, subject=Fact("CN=proxy.example.com", 8), issuer=Fact("CN=CA", 9))
            proxy_tls = Tls("proxy", 7, 9, True, certificate=certificate, verdict=proxy_verdict)  # type: ignore[arg-type]
        connection = Connection(
            2,
            99,
            host="proxy.example.com",
            port=3128,
            target_host="api.example.com",
            target_port=443,
            attempts=(Attempt("192.0.2.9", 3128, 4, Fact(attempt, 5)),) if attempt else (),  # type: ignore[arg-type]
            connected=None if attempt else Fact("192.0.2.9", 6),
            proxy=proxy if known else None,
            proxy_tls=proxy_tls,
            tls=Tls("origin", 20, 30, True) if tls else None,
        )
        said = tuple(
            each if isinstance(each, Complaint) else Complaint(each[0], each[2], 40 + at, each[1])  # type: ignore[arg-type]
            for at, each in enumerate(complaints)
        )
        exchange = Exchange(
            0, 50, 60, Request("GET", "/", "1.1", 50, 51), response=Response(answered or 0, "", "1.1", 55, 56)
        )
        transfer = Transfer(
            1,
            99,
            url="https://api.example.com/",
            connections=(connection,),
            exchanges=(exchange,) if answered else (),
            complaints=said,
            **{"phase": "connect", **rest},
        )
        return Timeline(transfers=(transfer,), quotes={line: f"line {line}" for line in range(1, 100)})

    return make
