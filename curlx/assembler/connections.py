"""One connection while it is being assembled: attempts, proxy, one or two TLS connections, the close."""

from __future__ import annotations

from typing import Literal

import msgspec

from curlx import events
from curlx.assembler.exchanges import ExchangeDraft
from curlx.assembler.handshakes import Around, TlsDraft
from curlx.timeline import Attempt, Connection, Fact, Phase, Proxy, Tls

_ATTEMPTS = 1_000


class ProxyDraft(msgspec.Struct):
    """A proxy while its lines come in."""

    kind: Literal["tunnel", "forward", "socks"]
    first_line: int
    host: str | None = None
    port: int | None = None
    connect: ExchangeDraft | None = None
    established: Fact[bool] | None = None
    from_environment: Fact[str] | None = None
    secure: bool = False
    socks: int | None = None
    local: bool = False
    supposed: bool = False
    """Only the command speaks of it so far; NO_PROXY may have taken it back."""

    def freeze(self) -> Proxy:
        """Return the proxy."""
        return Proxy(
            kind=self.kind,
            first_line=self.first_line,
            host=self.host,
            port=self.port,
            connect=self.connect.freeze(-1) if self.connect else None,
            established=self.established,
            from_environment=self.from_environment,
            secure=self.secure,
            local=self.local,
            socks=self.socks,
        )


class ConnectionDraft(msgspec.Struct, eq=False):
    """A connection while its lines come in."""

    first_line: int
    last_line: int
    number: int | None = None
    host: str | None = None
    port: int | None = None
    target_host: str | None = None
    target_port: int | None = None
    resolved: Fact[str] | None = None
    cached: bool = False
    """Its name was in the DNS cache: curl has looked it up in the same run."""
    attempts: list[Attempt] = []
    connected: Fact[str] | None = None
    settled: int = 0
    """So many of the first attempts have failed."""
    over_quic: bool = False
    reused: bool = False
    proxy: ProxyDraft | None = None
    tls: list[TlsDraft] = []
    tunnel_line: int | None = None
    """Where the tunnel was established."""
    connect_line: int | None = None
    """Where CONNECT was sent: the first thing that goes over the proxy's own TLS."""
    closed: Fact[bool] | None = None
    requests: int = 0
    request_line: int | None = None
    got_to: Phase | None = None
    """How far curl's remarks show it to have got, where the log may lack the lines of request and answer."""

    def secured(self, line: int) -> TlsDraft:
        """Return the TLS connection that a line belongs to; behind an established tunnel a new one begins."""
        current = self.tls[-1] if self.tls else None
        if current is None or (self.tunnel_line and current.first_line < self.tunnel_line):
            current = TlsDraft(line, line)
            if self.proxy and self.proxy.secure and self.tunnel_line is None:
                current.role = "proxy"
            self.tls.append(current)
        current.last_line = line
        return current

    def tunnelled(self, line: int) -> None:
        """The tunnel stands: TLS seen so far was the proxy's, what follows is the origin's."""
        self.tunnel_line = line
        self.to_proxy()

    def to_proxy(self) -> None:
        """TLS seen so far was the proxy's."""
        for tls in self.tls:
            if not self.tunnel_line or tls.first_line < self.tunnel_line:
                tls.role = "proxy"
                if self.proxy:
                    self.proxy.secure = True

    def asked_over_tls(self) -> bool:
        """Whether CONNECT went out over the proxy's own TLS, and the log tells no other apart since."""
        last = self.tls[-1] if self.tls else None
        return bool(last and self.connect_line and last.role == "proxy" and last.first_line < self.connect_line)

    def tls_before_request(self) -> bool:
        """Whether TLS was set up before the first request: else a late handshake message is not this connection's."""
        return bool(self.tls) and self.tls[-1].first_line < (self.request_line or self.tls[-1].first_line + 1)

    def matches(self, number: int | None, host: str | None) -> bool:
        """Whether curl means this connection when it says that it re-uses one."""
        if self.closed and self.closed.value:
            return False
        if number is not None and self.number is not None:
            return number == self.number
        return host is not None and host.split(":")[0] in (self.host, self.target_host)

    def again(self, line: int) -> ConnectionDraft:
        """Return the same connection as a later transfer finds it."""
        later = msgspec.structs.replace(self, first_line=line, last_line=line, reused=True, closed=None, requests=0)
        later.attempts, later.settled, later.got_to = [], 0, None
        return later

    def attempt_failed(self, event: events.AttemptFailed, line: int) -> None:
        """Note that one address failed."""
        if self.over_quic and event.kind.startswith("connect-"):
            event = msgspec.structs.replace(event, kind="quic")
        attempts = self.attempts
        while self.settled < len(attempts) and attempts[self.settled].failure is not None:
            self.settled += 1
        for index in range(self.settled, len(attempts)):
            attempt = attempts[index]
            meant = not event.address or attempt.address in (event.address, f"[{event.address}]")
            meant = meant and (None in (attempt.port, event.port) or attempt.port == event.port)
            if attempt.failure is None and meant:
                failure = Fact(event.kind, line)
                port = attempt.port or event.port  # old builds do not print it with `Trying`
                self.attempts[index] = Attempt(attempt.address, port, attempt.line, failure, event.reason)
                return
        self.tried(Attempt(event.address, event.port, line, Fact(event.kind, line), event.reason))

    def tried(self, attempt: Attempt) -> None:
        """Keep an attempt."""
        if len(self.attempts) < _ATTEMPTS:
            self.attempts.append(attempt)

    def freeze(self, around: list[Around]) -> Connection:
        """Return the connection; `around` is in step with `tls`."""
        if self.proxy and self.proxy.supposed and self.host not in (None, self.proxy.host):
            self.proxy = None  # curl went to another host: it left the proxy out
            for tls in self.tls:
                tls.role = "origin"
        frozen: dict[str, Tls | None] = {"origin": None, "proxy": None}
        for tls, what in zip(self.tls, around, strict=True):
            # NSS is set up for Digest and NTLM too: where the request follows at once, it went out in clear.
            bare = self.request_line and tls.only_named() and not (what.complaints or what.elided)
            if not bare:
                frozen[tls.role] = tls.freeze(what)
        return Connection(
            first_line=self.first_line,
            last_line=self.last_line,
            number=self.number,
            host=self.host,
            port=self.port,
            target_host=self.target_host or (None if self.proxy else self.host),
            target_port=self.target_port or (None if self.proxy else self.port),
            resolved=self.resolved,
            attempts=tuple(self.attempts),
            connected=self.connected,
            reused=self.reused,
            proxy=self.proxy.freeze() if self.proxy else None,
            proxy_tls=frozen["proxy"],
            tls=frozen["origin"],
            closed=self.closed,
        )
