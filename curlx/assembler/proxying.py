"""What lines about proxies do to a transfer: tunnels (CONNECT, RFC 9110, 9.3.6), forwarding, SOCKS (RFC 1928)."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

import msgspec

from curlx import events
from curlx.assembler.connections import ConnectionDraft, ProxyDraft
from curlx.assembler.exchanges import ExchangeDraft, MessageDraft
from curlx.assembler.transfers import TransferDraft, handles, table
from curlx.grammar.commands import CommandFacts
from curlx.reader import Source
from curlx.statuses import is_final, is_success
from curlx.timeline import Fact

_DEFAULT_PORT, _DEFAULT_TLS_PORT = 1080, 443
"""The port of a proxy that is given without one (`CURL_DEFAULT_PROXY_PORT` and `..._HTTPS_...`, lib/url.c)."""

_NOWHERE = "0.0.0.0"  # noqa: S104


def split_authority(text: str) -> tuple[str | None, int | None]:
    """Return host and port of `host:port`, of an address in brackets, or of a URL; None for what is not there."""
    scheme, mark, rest = text.rpartition("://")
    user, at, host = rest.rpartition("@")
    if at and "/" not in user:
        rest = host  # a password that was blotted out (`####`) may hold what ends a host
    try:
        parts = urlsplit(f"{scheme}{mark or '//'}{rest}")
        return parts.hostname, parts.port
    except ValueError:
        return None, None


def proxied(
    transfer: TransferDraft,
    connection: ConnectionDraft,
    line: int,
    kind: Literal["tunnel", "forward", "socks"] | None = None,
) -> ProxyDraft:
    """Note that the connection goes to a proxy; without a better word, https is tunnelled and http forwarded."""
    if connection.proxy is None:
        secure = (transfer.url or "").startswith("https:") or bool(
            transfer.facts and transfer.facts.urls and transfer.facts.urls[0].startswith("https:")
        )
        connection.proxy = ProxyDraft(
            kind or ("tunnel" if secure else "forward"), line, host=connection.host, port=connection.port
        )
    elif kind:
        connection.proxy.kind = kind
        connection.proxy.supposed = False  # curl's own lines show it, whatever they call its host
    return connection.proxy


def stepped(transfer: TransferDraft, line: int) -> None:
    """The last answer was only a step: a redirect, a round, or the tunnel that a proxy opened."""
    exchange = transfer.exchanges[-1]
    exchange.superseded = exchange.complete = True
    if exchange.response and exchange.response.opens_a_tunnel(proxied=True):
        connection = transfer.here(line)
        proxy = proxied(transfer, connection, exchange.first_line, "tunnel")
        proxy.established = Fact(True, exchange.first_line)
        # What came before the tunnel were answers of the proxy as well.
        transfer.exchanges = [one for one in transfer.exchanges if one.request]


def from_environment(transfer: TransferDraft, connection: ConnectionDraft) -> None:
    """The environment names the proxy of the connection that is being opened."""
    assert transfer.environment is not None  # noqa: S101 - for the type checker
    event, line = transfer.environment
    kind: Literal["tunnel", "forward", "socks"] | None = None
    if event.url.lower().startswith("socks"):
        kind = "socks"
    elif event.variable.lower().startswith("https"):
        kind = "tunnel"
    # An older curl says so above the connection's own first line: it is this connection's proxy all the same.
    proxy = proxied(transfer, connection, max(line, connection.first_line), kind)
    proxy.host, proxy.port = split_authority(event.url)
    proxy.secure = event.url.lower().startswith("https:")
    proxy.from_environment = Fact(event.variable, line)


def names_the_proxy(transfer: TransferDraft, event: events.Complaint) -> bool:
    """Whether the name that was not found is that of the proxy in the environment: with SOCKS curl calls it a host."""
    if event.kind != "host-not-found" or event.subject is None or transfer.environment is None:
        return False
    return split_authority(transfer.environment[0].url)[0] == event.subject


def from_command(transfer: TransferDraft, connection: ConnectionDraft) -> None:
    """The command names the proxy of the connection that is being opened, if --noproxy does not take it back."""
    facts = transfer.facts
    if transfer.command is None or facts is None or not facts.proxy or facts.noproxy:
        return
    url = facts.proxy if "://" in facts.proxy else f"http://{facts.proxy}"
    host, port = split_authority(url)
    if host is None:
        return
    scheme = url.lower().partition(":")[0]
    proxy = proxied(transfer, connection, transfer.command.line, "socks" if scheme.startswith("socks") else None)
    proxy.secure, proxy.supposed = scheme == "https", True
    proxy.host, proxy.port = host, port or (_DEFAULT_TLS_PORT if proxy.secure else _DEFAULT_PORT)


def as_commanded(transfer: TransferDraft, event: events.Complaint, line: int) -> events.Complaint:
    """Where the log has only curl's last word, the command tells whom it is about: a proxy, a socket file."""
    facts = transfer.facts
    if transfer.command is None or facts is None:
        return event
    if event.kind.startswith("certificate-") and _checks_only_the_proxy(facts):
        connection = transfer.here(line)
        from_command(transfer, connection)
        connection.secured(line)
    if not event.kind.startswith(("connect-", "host-not-found")):
        return event
    socket = dict(facts.way).get("unix-socket")
    if socket and event.kind in ("connect-refused", "connect-failed"):
        return msgspec.structs.replace(event, kind="unix-socket-failed", subject=socket)
    if event.subject and facts.proxy and split_authority(facts.proxy)[0] == event.subject.lower():
        from_command(transfer, transfer.here(line))
    return event


def _checks_only_the_proxy(facts: CommandFacts) -> bool:
    """Whether the command has curl verify the certificate of an https:// proxy alone: -k is about the server's."""
    if not (facts.proxy or "").lower().startswith("https://") or facts.noproxy:
        return False
    plain = bool(facts.urls) and all(url.lower().startswith("http://") for url in facts.urls)
    return facts.insecure or (plain and not facts.location)


def environment_seen(transfer: TransferDraft, event: events.ProxyFromEnvironment, source: Source) -> bool:
    """curl says which variable names its proxy; said before or just after it begins to connect."""
    transfer.environment = (event, source.number)
    if transfer.connection and not transfer.connection.requests:
        from_environment(transfer, transfer.connection)
    return True


def tunnel_starting(transfer: TransferDraft, event: events.TunnelStarting, source: Source) -> bool:
    """curl asks the proxy for a tunnel: TLS so far was the proxy's own."""
    if transfer.phase in ("request", "response") and not (transfer.done or transfer.pending):
        return False
    connection = transfer.fresh(source.number) if transfer.done else transfer.here(source.number)
    proxy = proxied(transfer, connection, source.number, "tunnel")
    if proxy.connect and proxy.connect.response:
        proxy.connect = None  # it asks again, whether the log shows the request or not
    connection.target_host, connection.target_port = event.host, event.port
    connection.to_proxy()
    transfer.phase = "proxy"
    return True


def connect_request(transfer: TransferDraft, event: events.RequestLine, message: MessageDraft, line: int) -> None:
    """The CONNECT request itself; behind a request through the last tunnel it is the first on another connection."""
    used = transfer.connection is not None and transfer.connection.requests
    connection = transfer.begin(line) if used else transfer.here(line)
    proxy = proxied(transfer, connection, line, "tunnel")
    if connection.target_host is None:
        connection.target_host, connection.target_port = split_authority(event.target)
    connection.to_proxy()
    connection.connect_line = connection.connect_line or line
    proxy.connect = ExchangeDraft(line, line, connection, message)
    transfer.phase = "proxy"
    transfer.done = transfer.pending = False


def answer_to_connect(transfer: TransferDraft, line: int) -> ExchangeDraft | None:
    """Begin a CONNECT exchange at its answer, where curl asks for a tunnel and the log lacks the request.

    Behind a challenge that is over it is the next one: what the origin answers comes only through a tunnel.
    """
    proxy = transfer.connection.proxy if transfer.connection else None
    if transfer.phase != "proxy" or proxy is None:
        return None
    before = proxy.connect
    if not (before.is_a_step(proxied=True) if before else proxy.kind == "tunnel"):
        return None
    proxy.connect, proxy.established = ExchangeDraft(line, line, transfer.connection), None
    return proxy.connect


def connect_answered(transfer: TransferDraft, line: int) -> None:
    """The headers of the answer to CONNECT are over: 2xx is the tunnel, everything else is no."""
    connection = transfer.connection
    proxy = connection.proxy if connection else None
    if connection is None or proxy is None or proxy.connect is None or not is_final(proxy.connect.status):
        return
    established = is_success(proxy.connect.status)
    proxy.established = Fact(established, line)
    if established:
        connection.tunnelled(line)
        transfer.phase = "connect"


def gone_through(transfer: TransferDraft, line: int) -> None:
    """What only comes through the tunnel: it stands where its answer is 2xx, also if a filter took the blank line.

    Where somebody left out the proxy's answer, TLS shows it: to this proxy curl speaks none.
    """
    if transfer.phase != "proxy":
        return
    connection = transfer.connection
    proxy = connection.proxy if connection is not None else None
    if connection is None or proxy is None:
        return
    if proxy.connect is not None and is_success(proxy.connect.status):
        connect_answered(transfer, line)
        return
    gap = transfer.elided[-1] if transfer.elided else 0
    silent = proxy.connect is None or proxy.connect.response is None
    if proxy.kind == "tunnel" and not proxy.secure and silent and gap > proxy.first_line:
        proxy.established = Fact(True, line)
        connection.tunnelled(gap)
        transfer.phase = "connect"


def tunnel_ended(transfer: TransferDraft, event: events.TunnelEnded, source: Source) -> bool:
    """curl's own word on the tunnel."""
    answer = None
    if transfer.phase == "response" and transfer.exchanges[-1].request is None:
        # The log begins behind CONNECT: what it shows first is the proxy's answer.
        answer = transfer.exchanges[-1]
        transfer.exchanges = [one for one in transfer.exchanges if one.request]
    elif transfer.phase in ("request", "response"):
        return False
    connection = transfer.here(source.number)
    proxy = proxied(transfer, connection, source.number, "tunnel")
    if answer is not None:
        proxy.connect, transfer.phase = answer, "proxy"
    if proxy.established is None:
        proxy.established = Fact(event.established, source.number)
        if event.established:
            connection.tunnelled(source.number)
            transfer.phase = "connect"
    return True


def socks_starting(transfer: TransferDraft, event: events.SocksStarting, source: Source) -> bool:
    """curl speaks SOCKS with the proxy."""
    if transfer.phase in ("request", "response") and not (transfer.done or transfer.pending):
        return False
    connection = transfer.here(source.number)
    proxy = proxied(transfer, connection, source.number, "socks")
    proxy.first_line, proxy.socks = source.number, event.version
    proxy.local = proxy.local or event.local
    if connection.target_host is None or event.port:
        connection.target_host, connection.target_port = event.host, event.port or connection.target_port
    transfer.phase = "proxy"
    return True


def socks_granted(transfer: TransferDraft, event: events.SocksGranted, source: Source) -> bool:
    """The SOCKS proxy agreed."""
    connection = transfer.here(source.number)
    proxied(transfer, connection, source.number, "socks").established = Fact(True, source.number)
    if event.host and connection.target_host is None:
        connection.target_host, connection.target_port = event.host, event.port
    if transfer.phase == "proxy":
        transfer.phase = "connect"
    return True


def socks_complained(transfer: TransferDraft, event: events.Complaint, line: int) -> None:
    """A complaint about SOCKS says that the connection goes to a SOCKS proxy; newer builds say nothing before it."""
    connection = transfer.connection
    if connection is None:
        return
    proxied(transfer, connection, line, "socks")
    # Old builds print the address of the reply, 0.0.0.0, where the target is meant.
    if connection.target_host is None and event.subject and event.subject != _NOWHERE:
        connection.target_host = event.subject


def forwarded(transfer: TransferDraft, connection: ConnectionDraft, target: str, line: int) -> None:
    """A request in absolute form goes to a proxy (RFC 9112, 3.2.2)."""
    if target.lower().startswith(("http://", "https://", "ftp://")):
        proxied(transfer, connection, line, "forward")
        connection.target_host, connection.target_port = split_authority(target)


HANDLERS = table(
    handles(events.ProxyFromEnvironment, environment_seen),
    handles(events.TunnelStarting, tunnel_starting),
    handles(events.TunnelEnded, tunnel_ended),
    handles(events.SocksStarting, socks_starting),
    handles(events.SocksGranted, socks_granted),
)
