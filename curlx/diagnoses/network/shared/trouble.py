"""The complaint that a transfer ended on, where that was, and what had worked before."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.complaints import is_about_certificate
from curlx.events import ComplaintKind
from curlx.findings import Evidence, cite
from curlx.options import OF_DATA
from curlx.timeline import Body, Complaint, Connection, Exchange, Phase, Proxy, Timeline, Transfer, authority

_REASONS: tuple[ComplaintKind, ...] = (
    "tls-alert", "tls-truncated", "client-certificate-required", "goaway", "stream-reset", "requires-http1",
)  # fmt: skip

INTERFACE_FAILED = 45
"""curl's exit code for --interface (`CURLE_INTERFACE_FAILED`)."""
RECV_ERROR = 56
"""The exit code CURLE_RECV_ERROR (libcurl-errors(3))."""
WITHHELD = "The server asked for a client certificate, got none, and broke off without saying so."
"""A cause, where `Trouble.withheld_certificate`."""


class Trouble(msgspec.Struct, frozen=True):
    """A complaint that still stands at the end of a transfer, and the connection it was said of."""

    timeline: Timeline
    index: int
    transfer: Transfer
    complaint: Complaint
    connection: Connection | None

    @property
    def proxy(self) -> Proxy | None:
        """The proxy of the connection."""
        return self.connection.proxy if self.connection else None

    @property
    def host(self) -> str | None:
        """The host that curl connects to: the proxy's, where there is one."""
        connection, complaint = self.connection, self.complaint
        if self._is_of_further_connection:
            return complaint.subject
        if connection and connection.host:
            return connection.host
        if connection and connection.proxy and connection.proxy.host:
            return connection.proxy.host
        if complaint.subject and not complaint.kind.startswith("socks-"):  # there it is the target
            return complaint.subject
        addresses = {attempt.address for attempt in connection.attempts} if connection else set()
        return addresses.pop() if len(addresses) == 1 else None

    @property
    def port(self) -> int | None:
        """The port that curl connects to."""
        connection = self.connection
        known = [connection.port, *(attempt.port for attempt in connection.attempts)] if connection else []
        told = None if self.complaint.proxy else self.complaint.port  # beside a proxy it is the target's
        if told and (self.transfer.doubt or self._is_of_further_connection):
            return told  # the log shows lines of several connections, and this one is of the failure
        return next((port for port in known if port), None) or told

    @property
    def _is_of_further_connection(self) -> bool:
        """Whether curl names where it could not connect to while one connection is up: FTP's for the data, or a call's
        of which the log has no other line."""
        connection, complaint = self.connection, self.complaint
        up = connection is not None and connection.connected is not None and connection.proxy is None
        return up and complaint.kind.startswith("connect-") and complaint.port is not None

    @property
    def exchange(self) -> Exchange | None:
        """The exchange that was under way when curl complained."""
        started = [each for each in self.transfer.exchanges if each.first_line <= self.complaint.line]
        return started[-1] if started else None

    @property
    def spoke_http1(self) -> bool:
        """Request or answer are of HTTP/1.x: to try that is no news."""
        spoken = (self.exchange.request, self.exchange.response) if self.exchange else ()
        return any(each is not None and each.version.startswith("1.") for each in spoken)

    @property
    def is_over_tls(self) -> bool:
        """TLS is there to the server."""
        return self.connection is not None and self.connection.tls is not None

    @property
    def is_without_data(self) -> bool:
        """The log shows the command, and that gives curl no data to send."""
        return self.transfer.command is not None and self.transfer.option(*OF_DATA) is None

    @property
    def method(self) -> str:
        """The method of the request that was under way; GET where the log shows none."""
        request = self.exchange.request if self.exchange else None
        return request.method if request else "GET"

    @property
    def withheld_certificate(self) -> bool:
        """The server asked for a client certificate on this connection, and none was sent."""
        tls = self.connection.tls if self.connection else None
        return tls is not None and tls.client_certificate.requested == "yes" and tls.client_certificate.sent == "no"

    @property
    def in_handshake(self) -> bool:
        """curl's exit code puts it into the TLS handshake (35), also where the log shows no step."""
        return self.complaint.phase == "start" and self.transfer.exit is not None and self.transfer.exit.code == 35

    @property
    def is_told_better(self) -> bool:
        """TLS or HTTP/2 gave a reason in so many words; that the bytes then stopped is only what followed."""
        tls = self.connection.tls if self.connection else None
        if tls is not None and tls.alert_in() is not None:
            return True
        return any(each.kind in _REASONS or is_about_certificate(each.kind) for each in standing(self.transfer))

    def says(self, shows: str) -> Evidence:
        """Quote the complaint."""
        return cite(self.timeline, self.complaint.line, shows)


def ended_by(
    timeline: Timeline, *kinds: ComplaintKind, phases: tuple[Phase, ...] = (), but: tuple[Phase, ...] = ()
) -> Iterator[Trouble]:
    """Yield, for each transfer, the first complaint of these kinds, in (or not in) these phases, that still stands."""
    for index, transfer in enumerate(timeline.transfers):
        for complaint in transfer.complaints:
            if complaint.kind not in kinds or complaint.phase in but or (phases and complaint.phase not in phases):
                continue
            if complaint in standing(transfer):
                yield Trouble(timeline, index, transfer, complaint, transfer.connection_at(complaint.line))
                break


def standing(transfer: Transfer) -> tuple[Complaint, ...]:
    """Return the complaints that were not overcome: a retry or an answer that came after a complaint settles it.

    What the tool's last word repeats is not settled, and neither is that word itself, unless another try was announced
    behind it.
    """
    if not transfer.complaints:
        return ()
    last, end = progress(transfer), transfer.exit.text if transfer.exit else ""
    again = transfer.retried or 0
    if transfer.mixed:
        return tuple(each for each in transfer.complaints if not each.again and each.line > again)
    return tuple(
        each
        for each in transfer.complaints
        if (each.from_exit and each.line > again) or each.line > last or (end and each.text == end)
    )


def lacks_bytes(transfer: Transfer) -> bool:
    """Return whether curl failed before an announced body was whole: at its last byte curl stops reading."""
    exchange = transfer.last_exchange
    response = exchange.response if exchange else None
    if response is None or response.body.announced is None or arrived(response.body):
        return False
    closed = transfer.last_connection.closed if transfer.last_connection else None
    if transfer.exit is not None or closed is None or transfer.git:
        return transfer.exit is not None and transfer.exit.code != 0
    # With -s curl tells no exit code, and of a failure in HTTP/2 it says so of a connection that it then leaves.
    over = closed.value or transfer.complaint("receive-failed") is not None
    lacks = closed.value or response.body.received < response.body.announced
    return over and lacks and transfer.complaint("tls-truncated") is not None


def arrived(body: Body) -> bool:
    """Return whether the log itself shows every announced byte."""
    return bool(body.seen) and body.seen >= (body.announced or 0)


def is_about_own_address(transfer: Transfer) -> bool:
    """Return whether curl could not use the address or interface of its own that --interface names: no server refused.

    curl looks such a name up as if it were a host's, and says so too (`cf_bindlocal`, lib/cf-socket.c).
    """
    if transfer.exit and transfer.exit.code == INTERFACE_FAILED:
        return True
    return any(each.tells("own-address") for each in standing(transfer))


def progress(transfer: Transfer) -> int:
    """Return the last line at which the transfer got further: connected, through TLS, asked, or answered."""
    lines = [0]
    for connection in transfer.connections:
        if connection.connected:
            lines.append(connection.connected.line)
        if connection.tls and connection.tls.completed and connection.tls.completed.value:
            lines.append(connection.tls.completed.line)
    for exchange in transfer.exchanges:
        if exchange.request:
            lines.append(exchange.request.first_line)
        if exchange.response:
            lines.append(exchange.response.first_line)
    return max(lines)


def worked(trouble: Trouble) -> Iterator[Evidence]:
    """Cite what had worked on the connection before the complaint; it rules the steps before out."""
    timeline, limit, connection = trouble.timeline, trouble.complaint.line, trouble.connection
    if trouble.transfer.came:
        yield cite(timeline, trouble.transfer.came, "by the progress meter, something of the answer had come")
    if connection is None:
        return
    if connection.connected and connection.connected.line < limit:
        shows = "TCP connected: something listens at this address and port"
        yield cite(timeline, connection.connected.line, shows)
    if connection.proxy and connection.proxy.established and connection.proxy.established.value:
        yield cite(timeline, opening(connection.proxy), "the proxy had opened the way to the target")
    tls, exchange = connection.tls, trouble.exchange
    asked = exchange.request.first_line if exchange and exchange.request else 0
    if tls and tls.completed and tls.completed.value and tls.completed.line < limit and tls.completed.line != asked:
        yield cite(timeline, tls.completed.line, "the TLS handshake was complete as far as curl could see")
    if exchange and exchange.request and connection.first_line <= exchange.first_line:
        begun = trouble.complaint.kind == "send-failed"
        shows = "curl had begun to send the request" if begun else "the request was sent"
        yield cite(timeline, exchange.request.first_line, shows)


def opening(proxy: Proxy) -> int:
    """Return the line that shows best that a proxy opened the way: the status line of its answer, if there is one."""
    if proxy.connect and proxy.connect.response:
        return proxy.connect.response.first_line
    return proxy.established.line if proxy.established else proxy.first_line


def place(host: str | None, port: int | None) -> str:
    """Return `host:port` for a sentence, with what is unknown left out."""
    if not host:
        return "the server"
    return authority(host, port)


def peer(trouble: Trouble) -> str:
    """Return whom curl was talking to, as the subject of a sentence."""
    where = place(trouble.host, trouble.port)
    connection, proxy = trouble.connection, trouble.proxy
    if trouble.transfer.mixed and not trouble.complaint.subject:
        return "one of the servers"
    if connection is None or proxy is None or not trouble.host:
        return where
    if proxy.established and proxy.established.value and connection.target_host:
        return f"{place(connection.target_host, connection.target_port)} (through the proxy {where})"
    return f"the proxy {where}"
