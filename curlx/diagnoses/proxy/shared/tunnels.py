"""How proxies answered when curl asked them for a way to the target."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.advice.commands import PLACEHOLDER, endpoint_of, way_of
from curlx.diagnoses.network.shared.probes import repeat
from curlx.diagnoses.network.shared.trouble import Trouble, place, progress, standing
from curlx.findings import Evidence, Remedy, cite
from curlx.statuses import PROXY_AUTHENTICATION_REQUIRED
from curlx.timeline import Connection, Exchange, Timeline, Transfer

_ASKS_FOR_A_LOGIN = ("http-status", PROXY_AUTHENTICATION_REQUIRED)
PROXY_LOG = Remedy("gateway", "Look in the proxy's log", ("Look for this client and this moment.",))


class ProxyAnswer(msgspec.Struct, frozen=True):
    """A proxy's last answer in a transfer, where it was not yes; `line` is the line that shows the status."""

    timeline: Timeline
    index: int
    transfer: Transfer
    connection: Connection | None
    status: int
    line: int
    exchange: Exchange | None
    tunnel: bool
    """The answer is to CONNECT, not to a request that the proxy should forward."""

    @property
    def proxy(self) -> str:
        """The proxy, for a sentence after an article."""
        connection = self.connection
        if connection is None or not connection.host:
            given = (way_of(self.transfer).value("--proxy") if connection else None) or ""
            named = "" if "$" in given else given.rpartition("://")[2].rstrip("/")
            return f"proxy {named}".strip()
        return f"proxy {place(connection.host, connection.port)}"

    @property
    def target(self) -> str:
        """What the proxy was asked for, for a sentence."""
        connection = self.connection
        if connection and connection.target_host:
            return place(connection.target_host, connection.target_port)
        if connection and self.transfer.connections == (connection,) and not self.transfer.exchanges:
            endpoint = endpoint_of(self.transfer, connection)  # nothing led on from what the command asks for
            return "the target" if endpoint.host == PLACEHOLDER else endpoint.authority
        return "the target"

    def header(self, name: str) -> str:
        """Return the value of a header of the answer, or nothing."""
        response = self.exchange.response if self.exchange else None
        header = response.header(name) if response else None
        return header.value if header else ""

    @property
    def _words(self) -> str:
        """The words behind the status, in small letters, with one blank around each."""
        response = self.exchange.response if self.exchange and self.tunnel else None
        said = response.reason.lower() if response else ""
        return f" {' '.join(''.join(one if one.isalnum() else ' ' for one in said).split())} "

    @property
    def denies(self) -> bool:
        """Whether the words behind the status say no."""
        return any(f" {word} " in self._words for word in ("denied", "forbidden", "blocked", "prohibited"))

    @property
    def denies_access(self) -> bool:
        """Whether they say that it is the proxy's own no (Forefront TMG's, behind 502).

        `Permission denied` may be its system's error, `blocked` and `prohibited` what a firewall behind it did.
        """
        return any(f" {words} " in self._words for words in _OWN_NO)

    @property
    def squid_error(self) -> str:
        """The name that squid gives its error, in small letters (squid-cache.org, errors/)."""
        words = self.header("x-squid-error").lower().split()
        return words[0] if words else ""

    def evidence(self, shows: str) -> Iterator[Evidence]:
        """Cite the answer, what it answers, and what makes it the proxy's own."""
        yield cite(self.timeline, self.line, shows)
        exchange = self.exchange
        if exchange and exchange.response and exchange.response.first_line != self.line:
            yield cite(self.timeline, exchange.response.first_line, "the proxy's own answer, not the server's")
        for name in _SHOWS:
            for header in exchange.response.all_of(name) if exchange and exchange.response else ():
                yield cite(self.timeline, header.line, _SHOWS[name])
        if exchange and exchange.request:
            asked = "curl asked the proxy for a way to the target" if self.tunnel else "the request went to the proxy"
            yield cite(self.timeline, exchange.request.first_line, asked)
        connection = self.connection
        if connection and connection.connected and connection.connected.line < self.line:
            yield cite(self.timeline, connection.connected.line, "the proxy itself can be reached")


_OWN_NO = ("access denied", "access is denied", "denied the specified", "forbidden")
_SHOWS = {
    "proxy-authenticate": "a way to log in that the proxy accepts",
    "x-squid-error": "the proxy's own word for the reason",
    "location": "the page that the proxy points to",
    "via": "the program that answered",
}


def proxy_refusals(timeline: Timeline) -> Iterator[ProxyAnswer]:
    """Yield the answers of proxies that were not yes, where nothing better came after them."""
    for index, transfer in enumerate(timeline.transfers):
        answer = _tunnel_answer(timeline, index, transfer) or _forward_answer(timeline, index, transfer)
        if answer:
            yield answer


def _tunnel_answer(timeline: Timeline, index: int, transfer: Transfer) -> ProxyAnswer | None:
    said = next((each for each in standing(transfer) if each.kind == "proxy-connect-rejected" and each.number), None)
    for connection in reversed(transfer.connections):
        connect = connection.proxy.connect if connection.proxy else None
        response = connect.response if connect else None
        if connect is None or response is None:
            continue
        no = said is not None and said.number == response.status  # older curl took 200 alone for a yes
        if said is not None and response.status < 300 and not no and response.first_line < said.line:
            break  # another tunnel, behind a redirect: the log lacks its answer
        if (response.status < 300 and not no) or connect.superseded or response.first_line < progress(transfer):
            # The last proxy that was asked said yes, or curl asked again: an earlier no is settled. A log cut before
            # the answer to the second request tells by its last answer.
            return None
        line = said.line if said and said.number == response.status else response.first_line
        return ProxyAnswer(timeline, index, transfer, connection, response.status, line, connect, True)
    if said is None or said.number is None:
        return None
    asked = transfer.connection_at(said.line)
    proxy = asked.proxy if asked else None
    if proxy and proxy.connect and proxy.connect.response and proxy.connect.response.status != said.number:
        asked = None  # that one stands: what was asked for, and which proxy, the log does not show
    return ProxyAnswer(timeline, index, transfer, asked, said.number, said.line, None, True)


def _forward_answer(timeline: Timeline, index: int, transfer: Transfer) -> ProxyAnswer | None:
    """407 is the one status that only a proxy gives (RFC 9110, 15.5.8); of others squid says that they are its own."""
    exchange = transfer.last_exchange
    response = exchange.response if exchange else None
    if exchange is None:
        # With -f, and in programs that use libcurl, the number is all that curl says of it.
        said = next((one for one in standing(transfer) if (one.kind, one.number) == _ASKS_FOR_A_LOGIN), None)
        if said is None:
            return None
        connection = transfer.connection_at(said.line)
        return ProxyAnswer(timeline, index, transfer, connection, PROXY_AUTHENTICATION_REQUIRED, said.line, None, False)
    if response is None or exchange.superseded:
        return None
    connection = transfer.connection_of(exchange)
    forwarded = connection is not None and connection.proxy is not None and connection.proxy.kind == "forward"
    own = forwarded and response.refuses and response.header("x-squid-error")
    if response.status != PROXY_AUTHENTICATION_REQUIRED and not own:
        return None
    return ProxyAnswer(timeline, index, transfer, connection, response.status, response.first_line, exchange, False)


def socks_request(trouble: Trouble) -> Iterator[Evidence]:
    """Cite the line in which curl asks a SOCKS proxy for the target, where the log has it."""
    proxy = trouble.proxy
    if proxy is not None and proxy.socks is not None and proxy.first_line < trouble.complaint.line:
        yield cite(trouble.timeline, proxy.first_line, "curl asked the SOCKS proxy for a connection")


def in_handshake_with_proxy(trouble: Trouble) -> bool:
    """Whether the handshake that failed was the one with the proxy."""
    connection = trouble.connection
    if connection is None or connection.tls is not None:
        return False
    done = connection.proxy_tls is not None and connection.proxy_tls.completed is not None
    if done and connection.proxy_tls and connection.proxy_tls.completed and connection.proxy_tls.completed.value:
        return False
    established = connection.proxy is not None and connection.proxy.established is not None
    return not established and (connection.proxy_tls is not None or bool(connection.proxy and connection.proxy.secure))


def given_as_https(trouble: Trouble) -> Iterator[Evidence]:
    """Cite where curl was told to reach the proxy itself over TLS: a variable, or the command."""
    proxy = trouble.proxy
    if proxy is None or not proxy.secure:
        return
    given = (trouble.transfer.option("proxy", "preproxy") or "").lower().startswith("https://")
    where = proxy.from_environment or (trouble.transfer.command if given else None)
    if where is not None:
        yield cite(trouble.timeline, where.line, "the proxy is given as an https:// address")


def unasked(transfer: Transfer, connection: Connection | None, proxy: str | None) -> str:
    """Say that the server was not asked, with its name where the log shows one that is not the proxy's."""
    endpoint = endpoint_of(transfer, connection)
    known = endpoint.host not in (PLACEHOLDER, proxy)
    return f"The server{f' {endpoint.authority}' if known else ''} was not asked."


def bypass(transfer: Transfer, connection: Connection | None) -> Iterator[Remedy]:
    """Go around the proxy, for a target that needs none."""
    proxy = connection.proxy if connection else None
    if connection is None or proxy is None or not connection.target_host:
        return
    steps = ["If the target is in your own network, the proxy may not be meant for it."]
    if proxy.from_environment:
        steps.append(
            f"The environment variable {proxy.from_environment.value} named this proxy; add {connection.target_host} "
            "to NO_PROXY to leave it out."
        )
    commands = repeat(transfer, "--noproxy", connection.target_host)
    yield Remedy("client", "If this target needs no proxy, go around it", tuple(steps), commands)


def let_through(transfer: Transfer, connection: Connection | None) -> Iterator[Remedy]:
    """Have a proxy that opened a tunnel leave alone what goes through it, or go around it."""
    host = (connection.target_host if connection is not None else None) or "the host"
    yield Remedy(
        "gateway",
        "Pass TLS to this host through untouched",
        (
            f"Exempt {host} from inspection and filtering on the proxy.",
            "Read the proxy's log: did it reach the target, and who closed first?",
        ),
    )
    yield from bypass(transfer, connection)


def leave_out(transfer: Transfer, variable: str | None) -> Remedy:
    """Do without a proxy that cannot be used."""
    step = f"Unset {variable}, or use --noproxy." if variable else "Leave --proxy out, or use --noproxy for one try."
    return Remedy("client", "If no proxy is needed, leave it out", (step,), repeat(transfer, "--noproxy", "*"))


def origin(variable: str | None) -> str:
    """Return where the address of a proxy comes from, for a sentence."""
    if variable:
        return f"the environment variable {variable}"
    return "--proxy, at .curlrc, and at the variables https_proxy, HTTPS_PROXY, http_proxy and ALL_PROXY"
