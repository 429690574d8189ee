"""Timelines by hand: one connection to api.example, with as much of a handshake and an answer as a test needs."""

from __future__ import annotations

from typing import Any

from curlx.events import PageMark
from curlx.timeline import (
    Alert,
    Body,
    Certificate,
    ClientCertificate,
    Complaint,
    Connection,
    Exchange,
    Fact,
    HandshakeMessage,
    Header,
    Request,
    Response,
    Timeline,
    Tls,
    Transfer,
)

REQUEST = Request("GET", "/v1/accounts?page=2", "HTTP/1.1", 40, 44, (Header("Host", "api.example", 41),))
SERVER = Certificate(
    party="server",
    first_line=30,
    last_line=35,
    subject=Fact("CN=api.example", 31),
    issuer=Fact("CN=Example TLS CA", 34),
    not_before=Fact("Jan 21 04:01:41 2026 GMT", 32),
    not_after=Fact("Apr 20 04:01:40 2026 GMT", 33),
    not_before_at="2026-01-21T04:01:41Z",
    not_after_at="2026-04-20T04:01:40Z",
)


def page(status: int, *marks: str, detail: str = "", server: str = "nginx") -> Response:
    """An answer whose page has these marks, on line 60."""
    return Response(
        status=status,
        reason="",
        version="HTTP/1.1",
        first_line=50,
        last_line=52,
        headers=(Header("Server", server, 51),),
        body=Body(seen=100, first_line=60, last_line=60, marks=tuple(Fact(PageMark(m, detail), 60) for m in marks)),
    )


def asked_in_the_open(sent: bool, version: str = "TLSv1.3") -> Tls:
    """A handshake that an OpenSSL build prints: the server asked, and a certificate was sent or an empty list."""
    messages = [
        HandshakeMessage("in", 13, "Request CERT", 12),
        HandshakeMessage("out", 11, "Certificate", 18, size=None if sent else 8),
    ]
    if sent:
        messages.append(HandshakeMessage("out", 15, "CERT verify", 19))
    messages.append(HandshakeMessage("out", 20, "Finished", 20))
    own = ClientCertificate("yes", "yes" if sent else "no", 12, 19 if sent else 18)
    return Tls(
        role="origin",
        first_line=5,
        last_line=35,
        shows_handshake=True,
        completed=Fact(True, 29),
        backend="OpenSSL",
        version=Fact(version, 29),
        messages=tuple(messages),
        certificate=SERVER,
        client_certificate=own,
        verdict="accepted",
        verdict_line=36,
    )


def silent(library: str = "GnuTLS", version: str | None = "TLSv1.3", **changes: Any) -> Tls:
    """A handshake of which the build prints nothing."""
    values: dict[str, Any] = {
        "role": "origin",
        "first_line": 5,
        "last_line": 35,
        "shows_handshake": False,
        "completed": Fact(True, 29),
        "backend": library,
        "version": Fact(version, 29) if version else None,
        "certificate": SERVER,
        "verdict": "accepted",
        "verdict_line": 36,
    }
    return Tls(**{**values, **changes})


def alert(number: int, line: int = 45) -> Alert:
    """A fatal alert from the server."""
    return Alert("in", number, "", line)


def complaint(kind: Any, line: int = 46, **more: Any) -> Complaint:
    """A complaint of curl's."""
    return Complaint(kind, "what curl says", line, "request", **more)


def timeline(
    tls: Tls | None,
    response: Response | None = None,
    *complaints: Complaint,
    arguments: tuple[str, ...] = (),
    request: Request | None = REQUEST,
    clock: str | None = None,
    **more: Any,
) -> Timeline:
    """One transfer over one connection."""
    connection = Connection(first_line=1, last_line=70, target_host="api.example", target_port=443, tls=tls)
    transfer = Transfer(
        first_line=1,
        last_line=70,
        url="https://api.example/v1/accounts?page=2",
        connections=(connection,),
        exchanges=(Exchange(0, 40, 60, request, (), response),) if request or response else (),
        complaints=complaints,
        arguments=arguments,
        finished=True,
    )
    return Timeline(
        transfers=(transfer,),
        lines=70,
        clock=Fact(clock, 53) if clock else None,
        quotes={line: f"line {line}" for line in range(1, 71)},
        **more,
    )
