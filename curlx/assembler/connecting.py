"""What lines about names, addresses and connections do to a transfer.

Each function takes an event and says whether curl could have said it at this point; if not, the line is somebody
else's.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx import events
from curlx.assembler import retracting
from curlx.assembler.connections import ConnectionDraft
from curlx.assembler.proxying import from_command, from_environment, proxied
from curlx.assembler.transfers import TransferDraft, handles, table
from curlx.ports import HTTP_PORT, HTTPS_PORT, port_of
from curlx.reader import Source
from curlx.timeline import Attempt, Fact


def _busy(transfer: TransferDraft) -> bool:
    """Whether an exchange is under way, so that curl opens no connection for this transfer."""
    return transfer.phase in ("request", "response") and not (transfer.done or transfer.pending)


def _open(transfer: TransferDraft, line: int) -> ConnectionDraft:
    """Return the connection that is being opened."""
    connection = transfer.fresh(line)
    if transfer.environment and connection.proxy is None:
        from_environment(transfer, connection)
    elif connection.proxy is None:
        from_command(transfer, connection)
    return connection


def host_resolved(transfer: TransferDraft, event: events.HostResolved, source: Source) -> bool:
    """A name was looked up: of the host that curl connects to, or of a SOCKS proxy's target."""
    if _busy(transfer) and not event.cached:
        return False
    if _busy(transfer) and transfer.answered():
        retracting.doubt_within(transfer)  # curl has not said farewell to that answer
    connection = _open(transfer, source.number)
    connection.cached = connection.cached or event.cached
    if connection.host is None:
        connection.host, connection.port = event.host, event.port
        connection.resolved = Fact(event.host, source.number)
    return True


def trying(transfer: TransferDraft, event: events.Trying, source: Source) -> bool:
    """An address is tried."""
    if _busy(transfer) and transfer.answered():
        return False
    connection = _open(transfer, source.number)
    if transfer.phase != "proxy":
        transfer.phase = "connect"
    connection.tried(Attempt(event.address, event.port, source.number))
    return True


def about_to_connect(transfer: TransferDraft, event: events.AboutToConnect, source: Source) -> bool:
    """Builds before 7.30 say whom they connect to."""
    if _busy(transfer):
        return False
    connection = _open(transfer, source.number)
    transfer.phase = "connect"
    connection.host, connection.port, connection.number = event.host, event.port, event.number
    if event.proxy:
        proxied(transfer, connection, source.number)
    return True


def attempt_failed(transfer: TransferDraft, event: events.AttemptFailed, source: Source) -> bool:
    """One address failed."""
    if _busy(transfer):
        return False
    transfer.here(source.number).attempt_failed(event, source.number)
    return True


def over_quic(transfer: TransferDraft, _: events.OverQuic, source: Source) -> bool:
    """The addresses of this connection are tried for HTTP/3."""
    if _busy(transfer):
        return False
    transfer.here(source.number).over_quic = True
    return True


def connected(transfer: TransferDraft, event: events.Connected, source: Source) -> bool:
    """An address answered: said before TLS in older builds, after it in newer ones."""
    if _busy(transfer):
        return False
    standing = transfer.connection
    if standing is not None and standing.reused and not transfer.done:
        return True  # older builds repeat it for a connection that they use again
    connection = transfer.fresh(source.number)
    connection.connected = connection.connected or Fact(event.address, source.number)
    connection.host = connection.host or event.host
    connection.port = connection.port or event.port
    if event.number is not None:
        connection.number = event.number
    if transfer.phase in ("start", "resolve"):
        transfer.phase = "connect"
    return True


def connection_reused(transfer: TransferDraft, event: events.ConnectionReused, source: Source) -> bool:
    """A connection that already stands carries the next request."""
    if _busy(transfer):
        return False
    known = next((one for one in reversed(transfer.connections) if one.matches(event.number, event.host)), None)
    if known is None and transfer.lookup:
        known = transfer.lookup(event.number, event.host)
        known = known.again(source.number) if known else None
    if known is None:
        known = ConnectionDraft(source.number, source.number, number=event.number, host=event.host)
    if known not in transfer.connections:
        transfer.connections.append(known)
    known.reused, known.closed, known.got_to = True, None, "request"  # nothing stands between it and its request
    transfer.connection = known
    transfer.pending = transfer.done = False
    transfer.phase = "connect"
    return True


def connection_left(transfer: TransferDraft, event: events.ConnectionLeft, source: Source) -> bool:
    """curl is done with the exchange and keeps the connection: so it had neither failed nor been closed before."""
    connection = transfer.connection
    if connection and connection.port and event.port not in (None, *_ports(transfer, connection)):
        return False
    if connection and connection.closed and connection.host and event.host not in _hosts(transfer, connection):
        return False
    head = transfer.last_response
    if head is not None and not transfer.elided:
        head.ended = True  # a filter took the blank line
    if connection and connection.number in (event.number, None) and not transfer.answered():
        retracting.before_it_is_closed_again(transfer)
    left = connection is not None and connection.closed is not None and not connection.closed.value
    if connection and left and transfer.done and connection.number == event.number is not None:
        return False  # curl says it once
    if connection and connection.number in (event.number, None) and transfer.answered() and not transfer.pending:
        closed = connection.closed is not None and connection.closed.value
        retracting.before_it_is_left(transfer, closed=closed)
        retracting.what_text_follows(transfer, intact=True)
    return _ended(transfer, event.number, False, source.number)


def _ports(transfer: TransferDraft, connection: ConnectionDraft) -> Iterator[int | None]:
    """Yield the ports that the log shows: of the connection, of its target, and of the URL (`--connect-to`)."""
    yield from (connection.port, connection.target_port, HTTPS_PORT if connection.tls else HTTP_PORT)
    exchange = transfer.last_exchange
    host = exchange.request.header("host") if exchange and exchange.request else None
    port = host.rpartition(":")[2] if host else ""
    yield port_of(port)


def _hosts(transfer: TransferDraft, connection: ConnectionDraft) -> Iterator[str | None]:
    """Yield the names that curl may have for it: of the connection, of its target, and of the URL (`--connect-to`)."""
    yield from (connection.host, connection.target_host, connection.proxy.host if connection.proxy else None)
    yield from (attempt.address for attempt in connection.attempts)
    exchange = transfer.last_exchange
    host = exchange.request.header("host") if exchange and exchange.request else None
    yield host.partition(":")[0] if host else None


def connection_closed(transfer: TransferDraft, event: events.ConnectionClosed, source: Source) -> bool:
    """The connection is closed: after the exchange, or because it failed."""
    connection = transfer.connection
    if connection and connection.number in (event.number, None) and not transfer.pending:
        retracting.what_text_follows(transfer, intact=False)
        retracting.before_it_is_closed(transfer)
        retracting.before_it_is_closed_again(transfer)
    return _ended(transfer, event.number, True, source.number)


def _ended(transfer: TransferDraft, number: int | None, closed: bool, line: int) -> bool:
    connection = transfer.connection
    if connection is None:
        transfer.done = transfer.done or bool(transfer.complaints)
        transfer.closed_nowhere = number
        return True
    if connection.number is None and number is not None:
        connection.number = number
    if number is not None and connection.number != number:
        # Another connection, thrown out of the cache, is no news of this transfer; but one that never came up is.
        nowhere = bool(transfer.complaints) and transfer.complaints[-1].complaint.kind == "host-not-found"
        transfer.done = transfer.done or (nowhere and closed)
        return True
    kept = connection.closed is not None and not connection.closed.value
    tidied = kept and transfer.done and not transfer.complaints  # at its end curl closes also what it had kept
    if connection.closed is None or (closed and not tidied) or connection.closed.value:
        connection.closed = Fact(closed, line)
    connection.last_line = line
    if transfer.exchanges and not transfer.pending:
        transfer.exchanges[-1].complete = transfer.answered()
        transfer.exchanges[-1].last_line = line
    transfer.done = True
    return True


HANDLERS = table(
    handles(events.HostResolved, host_resolved),
    handles(events.Trying, trying),
    handles(events.AboutToConnect, about_to_connect),
    handles(events.AttemptFailed, attempt_failed),
    handles(events.OverQuic, over_quic),
    handles(events.Connected, connected),
    handles(events.ConnectionReused, connection_reused),
    handles(events.ConnectionLeft, connection_left),
    handles(events.ConnectionClosed, connection_closed),
)
