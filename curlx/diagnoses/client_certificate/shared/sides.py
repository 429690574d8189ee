"""What a log shows of a connection on which a client certificate may matter: asked, answered, refused, cut off."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from curlx.advice.commands import PLACEHOLDER, Endpoint, Way, endpoint_of, way_of
from curlx.complaints import LOCAL_FILES
from curlx.diagnoses.tls.shared.failures import served
from curlx.diagnoses.tls.shared.limits import at_most_12
from curlx.options import options_of
from curlx.ports import HTTP_PORT, HTTPS_PORT, port_of
from curlx.redaction.commands import split_certificate
from curlx.timeline import (
    Complaint,
    Connection,
    Exchange,
    Request,
    Response,
    Timeline,
    Tls,
    Transfer,
    Tri,
)
from curlx.tls_numbers import AlertDescription, HandshakeType

ABOUT_ELSE = (
    AlertDescription.UNEXPECTED_MESSAGE, AlertDescription.BAD_RECORD_MAC, AlertDescription.RECORD_OVERFLOW,
    AlertDescription.DECODE_ERROR, AlertDescription.PROTOCOL_VERSION, AlertDescription.INSUFFICIENT_SECURITY,
    AlertDescription.INTERNAL_ERROR, AlertDescription.NO_APPLICATION_PROTOCOL,
)  # fmt: skip
"""Alerts that mean something else in RFC 8446, 6.2, and that a server may send about a certificate all the same."""

_WITHIN_HANDSHAKE = (
    AlertDescription.HANDSHAKE_FAILURE, AlertDescription.BAD_CERTIFICATE, AlertDescription.UNSUPPORTED_CERTIFICATE,
    AlertDescription.CERTIFICATE_REVOKED, AlertDescription.CERTIFICATE_EXPIRED,
    AlertDescription.CERTIFICATE_UNKNOWN, AlertDescription.UNKNOWN_CA,
)  # fmt: skip
"""`handshake_failure`, and the alerts about a certificate (RFC 5246, 7.2.2)."""

_FEW_HEADERS = 6
"""More than Host, User-Agent, Accept and what else a bare curl sends."""
_BROKEN = ("tls-closed", "tls-reset", "tls-truncated", "tls-error", "tls-alert", "reset", "empty-reply",
           "transfer-interrupted", "send-failed", "receive-failed", "http2-error", "connection-died")  # fmt: skip
"""How curl words it when the other side goes away without saying why."""


class Side(NamedTuple):
    """One TLS connection of a transfer, with the exchange it carried; what the log does not show is None."""

    position: int
    """Of the transfer."""
    transfer: Transfer
    connection: Connection | None = None
    tls: Tls | None = None
    exchange: Exchange | None = None
    """The last one that curl did not itself go on from (a redirect, a retry)."""
    answered: bool = False
    """A response arrived on this connection."""
    served: bool = False
    """One that is no refusal did, to a request of this transfer or another."""

    @property
    def asked(self) -> Tri:
        """Whether the server asked for a client certificate."""
        return self.tls.client_certificate.requested if self.tls else "unknown"

    @property
    def sent(self) -> Tri:
        """Whether a client certificate was really sent."""
        return self.tls.client_certificate.sent if self.tls else "unknown"

    @property
    def configured(self) -> str | None:
        """The certificate that curl was told to use, as far as the log shows."""
        if self.is_proxy:
            return file_given(self.transfer, "proxy-cert")
        named = self.tls.client_certificate.configured if self.tls else None
        return file_given(self.transfer, "cert") or (named.value if named else None)

    @property
    def is_proxy(self) -> bool:
        """Whether this is the TLS connection to an HTTPS proxy."""
        return self.tls is not None and self.tls.role == "proxy"

    @property
    def content_without(self) -> bool:
        """Whether the server has shown that it does without a client certificate, and did not ask for one later."""
        return self.served and self.tls is not None and not self.tls.client_certificate.late

    @property
    def asks_plainly(self) -> bool:
        """Whether there is little in the request that a server can dislike."""
        request = self.request
        if request is None or request.method != "GET" or "?" in request.target:
            return False
        return len(request.headers) < _FEW_HEADERS

    @property
    def silent(self) -> bool:
        """Whether this build of curl prints no handshake messages."""
        return self.tls is None or not self.tls.shows_handshake

    @property
    def finished(self) -> bool:
        """Whether curl completed the handshake."""
        return bool(self.tls and self.tls.completed and self.tls.completed.value)

    @property
    def backend(self) -> str | None:
        """The TLS library of curl, where the log names it."""
        return self.tls.backend if self.tls is not None else None

    def after_request(self, line: int) -> bool:
        """Whether a line speaks of a second handshake: after the request, under a TLS that renegotiates (up to 1.2)."""
        version = self.tls.version.value if self.tls and self.tls.version else ""
        old = version.startswith("TLSv1") and version != "TLSv1.3"
        return old and not self.is_proxy and self.request is not None and line > self.request.last_line

    def followed_renegotiation(self, alert: int | None) -> bool:
        """Whether curl followed the server into a second handshake: the alert then answers what curl sent in it.

        curl lets mbedTLS renegotiate (`lib/vtls/mbedtls.c`); `handshake_failure` and the alerts about a certificate can
        only come from within a handshake (RFC 5246, 7.2.2).
        """
        return alert in _WITHIN_HANDSHAKE or (alert is None and self.backend == "mbedTLS")

    @property
    def request(self) -> Request | None:
        """The request."""
        return self.exchange.request if self.exchange else None

    @property
    def response(self) -> Response | None:
        """The final response."""
        return self.exchange.response if self.exchange else None

    @property
    def endpoint(self) -> Endpoint:
        """Where this TLS connection ends: the origin, or the HTTPS proxy."""
        connection = self.connection
        if connection and self.is_proxy:
            return Endpoint(connection.host or PLACEHOLDER, connection.port or HTTPS_PORT, way=self.way)
        known = endpoint_of(self.transfer, connection)
        named = self.request.header("host") if self.request else None
        if known.host != PLACEHOLDER or not named or not named.value or any(char.isspace() for char in named.value):
            return known
        host, colon, port = named.value.rpartition(":")
        told = port_of(port) if colon else None
        if told is None:
            return msgspec.structs.replace(known, host=named.value.strip("[]"))
        return msgspec.structs.replace(known, host=host.strip("[]"), port=told)

    @property
    def way(self) -> Way:
        """How curl got there, for a command that is to go the same way."""
        return way_of(self.transfer, self.connection)

    @property
    def host(self) -> str:
        """The name of that server; empty when the log does not say."""
        host = self.endpoint.host
        return "" if host == PLACEHOLDER else host

    @property
    def without_tls(self) -> bool:
        """Whether no line tells of TLS: the request went out over plain http, or such lines were cut out."""
        return self.tls is None and self.connection is not None and self.url.startswith("http://")

    @property
    def unencrypted(self) -> bool:
        """Whether the log shows that the request went out over plain http: by the command's URL, or by port 80."""
        if self.connection is None or not self.without_tls:
            return False
        port = self.connection.target_port if self.connection.proxy else self.connection.port
        return port == HTTP_PORT or any(
            name == "url" and value.startswith("http://") for name, value in options_of(self.transfer.arguments)
        )

    @property
    def url(self) -> str:
        """The URL asked for, put together from what the log shows; empty when it shows no host."""
        if self.transfer.url and "://" in self.transfer.url:
            return self.transfer.url
        known = self.endpoint
        if known.host == PLACEHOLDER:
            return ""
        target = self.request.target if self.request and self.request.target.startswith("/") else known.path
        return Endpoint(known.host, known.port, target).url()

    def alert(self, *descriptions: int) -> tuple[int, int] | None:
        """Return number and line of the server's first fatal alert, of these descriptions if any are given."""
        received = self.tls.alerts if self.tls else ()
        shown = [(alert.description, alert.line) for alert in received
                 if alert.direction == "in" and alert.fatal and 0 <= alert.description < 256
                 and alert.line <= self.transfer.last_line]  # fmt: skip
        for number, line in shown:
            if not descriptions or number in descriptions:
                return number, line
        if shown:
            return None
        for complaint in self.transfer.complaints:
            named = _description(complaint) if self._owns(complaint) else None
            if named is not None and (not descriptions or named in descriptions):
                return named, complaint.line
        return None

    def unnamed_alert(self) -> Complaint | None:
        """Return the complaint of a build that says an alert came, but not which."""
        for complaint in self.transfer.complaints:
            if complaint.kind == "tls-alert" and _description(complaint) is None and self._owns(complaint):
                return complaint
        return None

    def broken_off(self) -> Complaint | None:
        """Return the complaint that the connection broke after the handshake began and before any answer."""
        tls = self.tls
        if tls is None or self.answered or tls.verdict == "rejected" or tls.alert_out():
            return None
        if self.transfer.complaint(*LOCAL_FILES):
            return None
        asked = tls.message("in", HandshakeType.CERTIFICATE_REQUEST)
        answered = any(each.direction == "out" and each.line > asked.line for each in tls.messages) if asked else True
        if not (answered or self.finished):
            return None  # the server broke off before curl could answer
        for complaint in self.transfer.complaints:
            if complaint.kind in _BROKEN and self._owns(complaint):
                return complaint
        return None

    def request_line(self) -> int | None:
        """Return the line on which the server asked."""
        if self.tls is None:
            return None
        message = self.tls.message("in", HandshakeType.CERTIFICATE_REQUEST)
        return message.line if message else self.tls.client_certificate.requested_line

    def empty_line(self) -> int | None:
        """Return the line of the Certificate message with nothing in it that curl answered with."""
        if self.tls is None or self.sent != "no":
            return None
        message = self.tls.message("out", HandshakeType.CERTIFICATE)
        return message.line if message else None

    def _owns(self, complaint: Complaint) -> bool:
        """Whether a complaint was made while this connection was the one in use."""
        if self.tls and complaint.line < self.tls.first_line:
            return False
        if self.is_proxy and self.connection and self.connection.tls:
            return complaint.line < self.connection.tls.first_line
        following = [other.first_line for other in self.transfer.connections
                     if self.connection and other.first_line > self.connection.first_line]  # fmt: skip
        return complaint.from_exit or not following or complaint.line < min(following)


@lru_cache(maxsize=1)  # every diagnosis of client certificates asks
def sides(timeline: Timeline) -> tuple[Side, ...]:
    """Return every TLS connection of every transfer, in order; a transfer that shows none counts as one, unseen."""
    return tuple(_sides(timeline))


def _sides(timeline: Timeline) -> Iterator[Side]:
    content = served(timeline)
    for index, transfer in enumerate(timeline.transfers):
        shown = False
        carried_by: dict[int, list[Exchange]] = {}
        for each in transfer.exchanges:
            carried_by.setdefault(each.connection, []).append(each)
        for number, connection in enumerate(transfer.connections):
            if connection.proxy_tls:
                shown = True
                connect = connection.proxy.connect if connection.proxy else None
                carried = bool(connect and connect.response)
                yield Side(index, transfer, connection, connection.proxy_tls, connect, carried)
            exchanges = carried_by.get(number, [])
            final = [exchange for exchange in exchanges if not exchange.superseded]
            answered = any(exchange.response for exchange in exchanges)
            if connection.tls or final:
                shown = True
                last, began = final[-1] if final else None, connection.tls.first_line if connection.tls else 0
                yield Side(index, transfer, connection, connection.tls, last, answered, began in content)
        loose = [exchange for exchange in transfer.exchanges if exchange.connection < 0 and not exchange.superseded]
        if loose or not shown:
            exchange = loose[-1] if loose else None
            yield Side(index, transfer, None, None, exchange, bool(exchange and exchange.response))
    if not timeline.transfers and timeline.loose.marks:
        yield Side(0, Transfer(first_line=1, last_line=max(timeline.lines, 1)))


def _description(complaint: Complaint) -> int | None:
    """Return which alert a complaint names; wolfSSL and mbedTLS give an error code of their own instead, below zero."""
    number = complaint.number if complaint.kind == "tls-alert" else None
    return number if number is not None and 0 <= number < 256 else None


def without_rsa_pss(timeline: Timeline) -> str:
    """Say why NSS sends no certificate under TLS 1.3, and what helps."""
    return ("NSS names the certificate but cannot sign with it under TLS 1.3 (its PEM module knows no RSA-PSS), and "
            f"sends none: try {' '.join(at_most_12(timeline))}, or a curl built with OpenSSL.")  # fmt: skip


def file_given(transfer: Transfer, *options: str) -> str | None:
    """Return the file that the command names with an option; a password behind its name is left out."""
    value = transfer.option(*options)
    return split_certificate(value)[0] if value else None
