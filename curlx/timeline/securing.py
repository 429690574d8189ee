"""TLS as the log tells it: certificates, handshake messages, alerts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

import msgspec

from curlx.events import ComplaintKind, Direction, Party
from curlx.timeline.fact import Fact
from curlx.tls_numbers import HandshakeType

Tri: TypeAlias = Literal["yes", "no", "unknown"]

Verdict: TypeAlias = Literal["accepted", "rejected", "unverified", "none", "unknown"]
"""What became of the server's certificate (see `Tls.verdict`)."""


class Certificate(msgspec.Struct, frozen=True, gc=False):
    """A certificate as curl printed it: names and dates are curl's own text; `*_at` are ISO 8601, UTC, where
    readable."""

    party: Party
    first_line: int
    last_line: int
    subject: Fact[str] | None = None
    issuer: Fact[str] | None = None
    not_before: Fact[str] | None = None
    not_after: Fact[str] | None = None
    not_before_at: str | None = None
    not_after_at: str | None = None
    names: tuple[Fact[str], ...] = ()
    """Subject alternative names and common name, where printed."""
    matched: Fact[bool] | None = None
    """Whether curl said that the host matches."""

    def has_expired(self, clock: Fact[str] | None) -> bool:
        """Whether its last day was over at a time; not where one of the two is unknown."""
        return clock is not None and self.not_after_at is not None and self.not_after_at < clock.value


class HandshakeMessage(msgspec.Struct, frozen=True, gc=False):
    """One TLS handshake message; `size` in bytes where the log shows it (`{ [122 bytes data]`)."""

    direction: Direction
    number: int
    name: str
    line: int
    size: int | None = None
    late: bool = False
    """True after the request: renegotiation or post-handshake authentication."""


class Alert(msgspec.Struct, frozen=True, gc=False):
    """A TLS alert: from a handshake line or from the text of an error. `in` means: the peer complains about curl's
    side."""

    direction: Direction
    description: int
    name: str
    line: int
    fatal: bool = True


class ClientCertificate(msgspec.Struct, frozen=True, gc=False):
    """What the log shows of the client certificate on one TLS connection.

    `requested` and `sent` follow the handshake messages of OpenSSL-like builds (13 in; 15 out proves a real one, 11 out
    without 15 is an empty list), alert 116 of RFC 8446, NSS's own words, or a server that names it in its page.
    """

    requested: Tri = "unknown"
    sent: Tri = "unknown"
    requested_line: int | None = None
    sent_line: int | None = None
    """The line that proves `sent`: CERT verify for yes; the empty Certificate, the alert or the page for no."""
    late: bool = False
    """The server asked after the request had been sent."""
    configured: Fact[str] | None = None
    """`--cert` in the echoed command, or a library that names the file."""
    certificate: Certificate | None = None
    """As NSS prints it."""


class Tls(msgspec.Struct, frozen=True, gc=False, rename={"backend": "library"}):
    """One TLS connection. `role` tells whether the peer is the origin or an HTTPS proxy."""

    role: Literal["origin", "proxy"]
    first_line: int
    last_line: int
    shows_handshake: bool
    """Whether this build prints handshake messages at all (OpenSSL and its relatives)."""
    completed: Fact[bool] | None = None
    """True: the handshake was completed; False: it failed; None: the log does not say."""
    backend: str | None = None
    """The TLS library, in curl's own term: a name that only its messages tell. In JSON it is `library`."""
    offered: Fact[str] | None = None
    """The newest version that curl offered, where the label of its ClientHello tells it."""
    version: Fact[str] | None = None
    cipher: Fact[str] | None = None
    alpn_offered: tuple[str, ...] = ()
    alpn: Fact[str] | None = None
    alpn_refused: int | None = None
    key_hash: int | None = None
    """The line with the hash of the peer's public key, as `--pinnedpubkey` has it."""
    resumed: int | None = None
    renegotiation: int | None = None
    """The server asked for another handshake; Schannel says so of the session tickets of TLS 1.3 as well."""
    messages: tuple[HandshakeMessage, ...] = ()
    alerts: tuple[Alert, ...] = ()
    trust: tuple[Fact[str], ...] = ()
    certificate: Certificate | None = None
    client_certificate: ClientCertificate = ClientCertificate()
    verdict: Verdict = "unknown"
    """accepted = verified, or the exchange went on without -k; rejected = curl refused it; unverified = -k."""
    verdict_line: int | None = None
    verdict_reason: ComplaintKind | None = None

    def alert_in(self, *descriptions: int) -> Alert | None:
        """Return the first fatal alert that the peer sent, of these descriptions if any are given."""
        for alert in self.alerts:
            if alert.direction == "in" and alert.fatal and (not descriptions or alert.description in descriptions):
                return alert
        return None

    def alert_out(self, *descriptions: int) -> Alert | None:
        """Return the first fatal alert that curl sent, of these descriptions if any are given."""
        for alert in self.alerts:
            if alert.direction == "out" and alert.fatal and (not descriptions or alert.description in descriptions):
                return alert
        return None

    @property
    def client_hello(self) -> HandshakeMessage | None:
        """curl's first message, where this build prints it."""
        return self.message("out", HandshakeType.CLIENT_HELLO)

    @property
    def server_hello(self) -> HandshakeMessage | None:
        """The peer's answer to it: with it version and cipher are agreed on."""
        return self.message("in", HandshakeType.SERVER_HELLO)

    @property
    def trusted_places(self) -> tuple[Fact[str], ...]:
        """Where the authorities are that curl trusts, but for a file or folder of which it says that it has none."""
        return tuple(place for place in self.trust if place.value != "none")

    def message(self, direction: Direction, number: int) -> HandshakeMessage | None:
        """Return the first handshake message of this direction and number."""
        return first_message(self.messages, direction, number)


def first_message(messages: Iterable[HandshakeMessage], direction: Direction, number: int) -> HandshakeMessage | None:
    """Return the first handshake message of this direction and number."""
    for message in messages:
        if message.number == number and message.direction == direction:
            return message
    return None
