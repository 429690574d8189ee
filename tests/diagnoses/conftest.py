"""Timelines of TLS that failed, built by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from curlx.timeline import (
    Alert,
    Certificate,
    Complaint,
    Connection,
    Exchange,
    Exit,
    Fact,
    HandshakeMessage,
    Timeline,
    Tls,
    Transfer,
)

SAID = 20
"""The line of the first complaint; handshake messages stand before it."""


@pytest.fixture
def tls_log() -> Callable[..., Timeline]:
    """Return a function that makes a timeline of one transfer over TLS, from what curl said of its failure."""

    def build(
        *said: tuple[str, str],
        phase: str = "tls",
        messages: tuple[tuple[str, int], ...] = (("out", 1),),
        alerts: tuple[tuple[str, int, str], ...] = (),
        certificate: Certificate | None = None,
        exchanges: tuple[Exchange, ...] = (),
        exit_code: int | None = None,
        arguments: tuple[str, ...] = (),
        url: str = "https://api.example.com/v1/items",
        shows_handshake: bool = True,
        clock: str | None = None,
        number: int | None = None,
        subject: str | None = None,
        **tls: Any,
    ) -> Timeline:
        host = url.partition("://")[2].partition("/")[0]
        connection = Connection(
            first_line=1,
            last_line=60,
            host=host,
            port=443,
            tls=Tls(
                role="origin",
                first_line=2,
                last_line=19,
                shows_handshake=shows_handshake,
                messages=tuple(HandshakeMessage(d, n, "", 3 + i) for i, (d, n) in enumerate(messages)),  # type: ignore[arg-type]
                alerts=tuple(Alert(d, n, name, 15 + i) for i, (d, n, name) in enumerate(alerts)),  # type: ignore[arg-type]
                certificate=certificate,
                **tls,
            ),
        )
        complaints = tuple(
            Complaint(kind, text, SAID + i, phase, number=number, subject=subject)  # type: ignore[arg-type]
            for i, (kind, text) in enumerate(said)
        )
        transfer = Transfer(
            first_line=1,
            last_line=60,
            url=url,
            connections=(connection,),
            exchanges=exchanges,
            complaints=complaints,
            exit=Exit(exit_code, "", 59) if exit_code is not None else None,
            arguments=arguments,
            command=Fact("curl " + " ".join(arguments), 1) if arguments else None,
            phase=phase,  # type: ignore[arg-type]
        )
        quotes = {line: f"line {line}" for line in range(1, 61)} | {c.line: f"* {c.text}" for c in complaints}
        return Timeline(transfers=(transfer,), lines=60, quotes=quotes, clock=Fact(clock, 1) if clock else None)

    return build


@pytest.fixture
def shop_certificate() -> Certificate:
    """A certificate of a shop, from a public authority."""
    return Certificate(
        party="server",
        first_line=10,
        last_line=13,
        subject=Fact("C=NL; O=Example BV; CN=shop.example", 10),
        issuer=Fact("C=NL; O=Example Trust Services; CN=Example Trust TLS CA 3", 13),
        not_before=Fact("Oct 24 08:42:02 2026 GMT", 11),
        not_after=Fact("Sep 19 08:42:02 2027 GMT", 12),
        not_before_at="2026-10-24T08:42:02Z",
        not_after_at="2027-09-19T08:42:02Z",
    )
