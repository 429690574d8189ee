"""What happened, as curl's log tells it: the public model.

A `Timeline` holds transfers (one URL asked of curl, with its redirects and retries); a transfer holds connections and
exchanges. Every value taken from the log is a `Fact` that knows its line, counted from 1 in the input as given.
A `Tri` is three-valued: `unknown` means that the log cannot say, never `no`.
"""

from __future__ import annotations

from typing import Generic, Literal, TypeAlias, TypeVar

import msgspec

from curlx.events import ComplaintKind, Direction, PageMark, Party
from curlx.redaction import Secret

T = TypeVar("T")

Tri: TypeAlias = Literal["yes", "no", "unknown"]

Phase: TypeAlias = Literal["start", "resolve", "connect", "proxy", "tls", "request", "response", "done"]
"""How far a transfer had got when something was said."""

Verdict: TypeAlias = Literal["accepted", "rejected", "unverified", "none", "unknown"]
"""What became of the server's certificate (see `Tls.verdict`)."""


class Fact(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """A value and the line that says it."""

    value: T
    line: int


class Complaint(msgspec.Struct, frozen=True, gc=False):
    """A sentence in which curl says that something failed, and where in the transfer it said it."""

    kind: ComplaintKind
    text: str
    line: int
    phase: Phase
    number: int | None = None
    subject: str | None = None
    from_exit: bool = False
    """True when only the final `curl: (NN) ...` line says it."""


class Attempt(msgspec.Struct, frozen=True, gc=False):
    """One address that curl tried. `failure` is None while the log does not say that it failed."""

    address: str
    port: int | None
    line: int
    failure: Fact[ComplaintKind] | None = None
    reason: str = ""


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
    version: Fact[str] | None = None
    cipher: Fact[str] | None = None
    alpn_offered: tuple[str, ...] = ()
    alpn: Fact[str] | None = None
    alpn_refused: int | None = None
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

    def message(self, direction: Direction, number: int) -> HandshakeMessage | None:
        """Return the first handshake message of this direction and number."""
        for message in self.messages:
            if message.direction == direction and message.number == number:
                return message
        return None


class Header(msgspec.Struct, frozen=True, gc=False):
    """A header as printed; order and duplicates are kept."""

    name: str
    value: str
    line: int


class Body(msgspec.Struct, frozen=True, gc=False):
    """What the log shows of a body: never the whole, only a sample and the marks that curlx knows."""

    announced: int | None = None
    """Content-Length, in bytes."""
    seen: int = 0
    """Bytes of it in the log."""
    first_line: int | None = None
    last_line: int | None = None
    sample: str = ""
    """At most 4 096 characters of its beginning."""
    marks: tuple[Fact[PageMark], ...] = ()
    sentence: Fact[str] | None = None
    """What it says near its beginning in a field of JSON or XML that is for a reason (`"message"`)."""

    def mark(self, *names: str) -> Fact[PageMark] | None:
        """Return the first mark of one of these names that is not only quoted."""
        for mark in self.marks:
            if mark.value.name in names and not mark.value.embedded:
                return mark
        return None


class Request(msgspec.Struct, frozen=True, gc=False):
    """A request. `host` is its Host header or `:authority`."""

    method: str
    target: str
    version: str
    first_line: int
    last_line: int
    headers: tuple[Header, ...] = ()

    def header(self, name: str) -> Header | None:
        """Return the first header of this name, in any case."""
        return _header(self.headers, name)


class Response(msgspec.Struct, frozen=True, gc=False):
    """A response, final or interim (1xx)."""

    status: int
    reason: str
    version: str
    first_line: int
    last_line: int
    headers: tuple[Header, ...] = ()
    body: Body = Body()
    headers_complete: bool = True

    def header(self, name: str) -> Header | None:
        """Return the first header of this name, in any case."""
        return _header(self.headers, name)


def _header(headers: tuple[Header, ...], name: str) -> Header | None:
    lowered = name.lower()
    for header in headers:
        if header.name.lower() == lowered:
            return header
    return None


class Exchange(msgspec.Struct, frozen=True, gc=False):
    """A request and its answers. Without `-v` a log may show the answer alone (`request` is None)."""

    connection: int
    """Index into `Transfer.connections`; -1 when the log shows no connection."""
    first_line: int
    last_line: int
    request: Request | None = None
    interim: tuple[Response, ...] = ()
    response: Response | None = None
    complete: bool = False
    """The log shows that curl was done with it (connection left intact, closed after the body, next request)."""
    superseded: bool = False
    """curl itself went on: a redirect it followed, an authentication round, a retry."""


class Proxy(msgspec.Struct, frozen=True, gc=False):
    """The proxy of a connection. `connect` is the CONNECT exchange of a tunnel."""

    kind: Literal["tunnel", "forward", "socks"]
    first_line: int
    host: str | None = None
    port: int | None = None
    connect: Exchange | None = None
    established: Fact[bool] | None = None
    from_environment: Fact[str] | None = None
    """The variable that named it."""
    secure: bool = False
    """The proxy itself is reached over TLS (`https://` proxy)."""
    socks: int | None = None
    """The version of SOCKS that curl names: 4 or 5."""
    local: bool = False
    """curl looked the target's name up itself, and gave the SOCKS proxy an address."""


class Connection(msgspec.Struct, frozen=True, gc=False):
    """One connection, from the name to the close."""

    first_line: int
    last_line: int
    number: int | None = None
    """curl's `#n`."""
    host: str | None = None
    """The host that curl connects to: the proxy, where there is one."""
    port: int | None = None
    target_host: str | None = None
    """The origin's host (of the tunnel, where there is a proxy)."""
    target_port: int | None = None
    resolved: Fact[str] | None = None
    attempts: tuple[Attempt, ...] = ()
    connected: Fact[str] | None = None
    """The address that answered. Newer builds print it only after TLS: None does not mean that TCP failed."""
    reused: bool = False
    proxy: Proxy | None = None
    proxy_tls: Tls | None = None
    tls: Tls | None = None
    closed: Fact[bool] | None = None
    """True: closed; False: left intact."""


class Exit(msgspec.Struct, frozen=True, gc=False):
    """curl's last word: `curl: (56) ...`."""

    code: int
    text: str
    line: int


class Transfer(msgspec.Struct, frozen=True, gc=False):
    """One URL asked of curl, with everything that followed from it."""

    first_line: int
    last_line: int
    url: str | None = None
    """As far as the log shows it: scheme, host, port and path."""
    connections: tuple[Connection, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    warnings: tuple[Fact[str], ...] = ()
    exit: Exit | None = None
    command: Fact[str] | None = None
    arguments: tuple[str, ...] = ()
    way: tuple[tuple[str, str], ...] = ()
    """The options of the command that decide which way the request goes and whom it trusts: long names and values."""
    windows: bool = False
    """The echoed command is one of Windows, by its prompt or by the program's name."""
    cmd: bool = False
    """It was typed into cmd.exe, by its prompt."""
    git: bool = False
    """git asked, with libcurl: its request names it, or its own words report the failure."""
    phase: Phase = "start"
    """How far the log shows it to have got."""
    finished: bool = False
    """The log shows its end: a final line, a closed or kept connection, or an exit code."""
    parted: bool = False
    """curl said farewell or ended with a code, and announced no further request: nothing of it can come any more."""
    insecure: Fact[str] | None = None
    """`-k`: in the command, or by what the log says."""
    negotiation: Fact[str] | None = None
    """Why curl could make no token for Negotiate, in the words of Kerberos or Windows."""
    doubt: str = ""
    """Why its lines may belong elsewhere, in a sentence; empty when nothing speaks for it."""

    def complaint(self, *kinds: ComplaintKind) -> Complaint | None:
        """Return the first complaint of one of these kinds."""
        for complaint in self.complaints:
            if complaint.kind in kinds:
                return complaint
        return None

    @property
    def last_connection(self) -> Connection | None:
        """The connection that the transfer ended on."""
        return self.connections[-1] if self.connections else None

    @property
    def last_exchange(self) -> Exchange | None:
        """The exchange that the transfer ended on."""
        return self.exchanges[-1] if self.exchanges else None

    def connection_of(self, exchange: Exchange) -> Connection | None:
        """Return the connection that carried an exchange."""
        return self.connections[exchange.connection] if 0 <= exchange.connection < len(self.connections) else None


class Curl(msgspec.Struct, frozen=True, gc=False):
    """The program that wrote the log, as far as the log says."""

    version: Fact[str] | None = None
    tls_library: Fact[str] | None = None


class Timeline(msgspec.Struct, frozen=True, gc=False, eq=False):
    """One log. Two are never equal: what several diagnoses ask of one is remembered for it, not for its like."""

    transfers: tuple[Transfer, ...] = ()
    curl: Curl = Curl()
    lines: int = 0
    size: int = 0
    """Bytes."""
    open_line: int | None = None
    """The last line, where it has no end: the log may have been cut in its middle."""
    encoding: str = "utf-8"
    quirks: tuple[str, ...] = ()
    """What was undone: carriage returns, indentation, quoting, ..."""
    unrecognized: tuple[int, ...] = ()
    """Lines with a mark of curl's and words that curlx does not know (at most 1 000 of them)."""
    unrecognized_lines: int = 0
    elided: tuple[int, ...] = ()
    """Lines at which somebody took something out."""
    curl_lines: int = 0
    """Lines that curl wrote."""
    clock: Fact[str] | None = None
    """The log's own idea of now (ISO 8601, UTC): a `Date:` header."""
    secrets: tuple[Secret, ...] = ()
    loose: Body = Body()
    """Text outside any exchange: a page or an error message pasted without the rest."""
    quotes: dict[int, str] = {}
    """The text of every line that a fact points at, secrets hidden."""
    source: str = ""
    """What the log goes by: mostly the name of its file."""

    def text_of(self, line: int) -> str:
        """Return the text of a line that a fact points at; empty when it was not kept."""
        return self.quotes.get(line, "")
