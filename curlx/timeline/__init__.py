"""What happened, as curl's log tells it: the public model.

A `Timeline` holds transfers (one URL asked of curl, with its redirects and retries); a transfer holds connections and
exchanges. Every value taken from the log is a `Fact` that knows its line, counted from 1 in the input as given.
A `Tri` is three-valued: `unknown` means that the log cannot say, never `no`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, TypeVar

import msgspec

from curlx.complaints import Detail
from curlx.events import ComplaintKind, Program
from curlx.grammar.detailing import details, details_of_aside, may_go_on, quoted, time_up
from curlx.options import options_of
from curlx.redaction import Secret
from curlx.timeline.exchanging import CHALLENGED, RETRYABLE, Body, Exchange, Header, Request, Response
from curlx.timeline.fact import Fact
from curlx.timeline.securing import (
    Alert,
    Certificate,
    ClientCertificate,
    HandshakeMessage,
    Tls,
    Tri,
    Verdict,
)

__all__ = [
    "CHALLENGED", "RETRYABLE", "Alert", "Aside", "Attempt", "Body", "Certificate", "ClientCertificate",
    "Complaint", "Connection", "Curl", "Exchange", "Exit", "Fact", "HandshakeMessage", "Header", "Phase", "Proxy",
    "Request", "Response", "Timeline", "Tls", "Transfer", "Tri", "Verdict", "authority",
]  # fmt: skip


def authority(host: str, port: int | None = None) -> str:
    """Return `host:port` as a URL has it, or the host alone: an IPv6 address in brackets (RFC 3986, 3.2.2)."""
    name = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"{name}:{port}" if port else name


T = TypeVar("T")

Phase: TypeAlias = Literal["start", "resolve", "connect", "proxy", "tls", "request", "response", "done"]
"""How far a transfer had got when something was said."""


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
    port: int | None = None
    """The subject's, where the sentence names it."""
    proxy: str | None = None
    """The host of the proxy that the sentence names beside the subject."""
    again: bool = False
    """It says that curl tries once more: how that went, the log may not show."""

    def tells(self, *wanted: Detail) -> bool:
        """Whether its words tell one of these beyond the kind."""
        return any(detail in wanted for detail in details(self.kind, self.text))

    def meaning(self, table: Mapping[Detail, T], default: T) -> T:
        """Return what a table has for the first detail that its words tell."""
        told = details(self.kind, self.text)
        return next((table[detail] for detail in told if detail in table), default)

    @property
    def quoted(self) -> str:
        """What the sentence repeats: the rule that a chain breaks, what is wrong with a URL, a name, a limit."""
        return quoted(self.kind, self.text)

    @property
    def time_up(self) -> int | None:
        """After how many milliseconds curl's time was up."""
        return time_up(self.text)

    @property
    def may_go_on(self) -> bool:
        """Whether its words are only the beginning of others that tell something else, if the log was cut in them."""
        return may_go_on(self.text)


class Aside(msgspec.Struct, frozen=True, gc=False):
    """What curl says beside its complaints: a warning, or why it could not log in."""

    value: str
    line: int

    def tells(self, detail: Detail) -> bool:
        """Whether its words tell this."""
        return detail in details_of_aside(self.value)


class Attempt(msgspec.Struct, frozen=True, gc=False):
    """One address that curl tried. `failure` is None while the log does not say that it failed."""

    address: str
    port: int | None
    line: int
    failure: Fact[ComplaintKind] | None = None
    reason: str = ""

    @property
    def details(self) -> tuple[Detail, ...]:
        """What the system's words for the failure tell beyond its kind."""
        return details(self.failure.value, self.reason) if self.failure is not None else ()


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

    @property
    def tls_each(self) -> tuple[Tls, ...]:
        """TLS with an HTTPS proxy, and with the origin: what there is of them."""
        return tuple(each for each in (self.proxy_tls, self.tls) if each is not None)


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
    warnings: tuple[Aside, ...] = ()
    exit: Exit | None = None
    command: Fact[str] | None = None
    arguments: tuple[str, ...] = ()
    way: tuple[tuple[str, str], ...] = ()
    """The options of the command that decide which way the request goes and whom it trusts: long names and values."""
    follows: bool = False
    """The command has `-L`."""
    asks_for_heads: bool = False
    """The command asks for heads alone (`-I`)."""
    names_head: bool = False
    """The command has `-X HEAD` and not `-I`: curl sends HEAD, and waits for a body."""
    windows: bool = False
    """curl ran on Windows: by the prompt or the program's name in the command, by its TLS library, or by a path."""
    cmd: bool = False
    """It was started from cmd.exe, by the prompt."""
    program: Program = ""
    """Who asked, with libcurl: a request names it, or its own words report the failure."""
    phase: Phase = "start"
    """How far the log shows it to have got."""
    finished: bool = False
    """The log shows its end: a final line, a closed or kept connection, or an exit code."""
    stopped: int | None = None
    """Where the terminal shows `^C`: somebody stopped curl while it waited."""
    parted: bool = False
    """curl said farewell or ended with a code, and announced no further request: nothing of it can come any more."""
    insecure: Fact[str] | None = None
    """`-k`: in the command, or by what the log says."""
    login: Fact[str] | None = None
    """How curl was to log in at the server (`Digest`), as it says itself."""
    negotiation: Aside | None = None
    """Why curl could make no token for Negotiate, in the words of Kerberos or Windows."""
    passphrase: int | None = None
    """The line in which OpenSSL asks for the passphrase of the client's key: it is encrypted, and none was given."""
    greeting: Fact[str] | None = None
    """What came first behind a request, where no head of an answer did: perhaps that of another service."""
    doubt: str = ""
    """Why its lines may belong elsewhere, in a sentence; empty when nothing speaks for it."""
    mixed: bool = False
    """Lines of transfers that ran at the same time stand among its own: none says what became of another's failure."""
    retried: int | None = None
    """The last line in which the tool announces another try (`--retry`)."""
    mirrored: bool | None = None
    """The program that asked tries another mirror or once more, or (False) has none left."""
    came: int | None = None
    """The row of the progress meter that tells of bytes of an answer, where no line of curl's shows one."""
    overcome: int | None = None
    """The line that tells that all was had in the end: from another mirror, or by curl's next try."""
    went_well: bool = False
    """A line behind it says that all is well: the failure may be expected, ignored, or overcome."""

    @property
    def git(self) -> bool:
        """Whether git asked."""
        return self.program == "git"

    def option(self, *names: str) -> str | None:
        """Return the value of an option of the command, by its long name; the last one counts, as in curl."""
        if not self.arguments:  # most logs show no command
            return None
        return next((value for name, value in reversed(options_of(self.arguments)) if name in names), None)

    def retries(self) -> bool | None:
        """Whether the command asks to try again (`--retry`), where the log shows the command."""
        return None if self.command is None else self.option("retry") is not None

    @property
    def readers(self) -> tuple[tuple[str, ...], ...]:
        """The programs behind the pipes of the command, each with its words: they get what curl prints."""
        pieces = self.command.value.split("|")[1:] if self.command is not None else ()
        return tuple(tuple(piece.split()) for piece in pieces if piece.strip())

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
    def first_request(self) -> Request | None:
        """The first request that the log shows: a later one tells the method too, unless a redirect made it a GET."""
        return next((each.request for each in self.exchanges if each.request is not None), None)

    @property
    def last_exchange(self) -> Exchange | None:
        """The exchange that the transfer ended on."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def tunnels(self) -> tuple[Exchange, ...]:
        """The CONNECT exchanges with which tunnels were asked for."""
        asked = (each.proxy.connect for each in self.connections if each.proxy is not None)
        return tuple(each for each in asked if each is not None)

    def connection_of(self, exchange: Exchange) -> Connection | None:
        """Return the connection that carried an exchange."""
        return self.connections[exchange.connection] if 0 <= exchange.connection < len(self.connections) else None

    def connection_at(self, line: int) -> Connection | None:
        """Return the connection that a line belongs to: the last one begun before it."""
        begun = [each for each in self.connections if each.first_line <= line]
        return begun[-1] if begun else self.last_connection

    def exchange_at(self, line: int) -> Exchange | None:
        """Return the exchange, a tunnel's among them, that a line belongs to: the last one begun before it."""
        begun = [each for each in (*self.exchanges, *self.tunnels) if each.first_line <= line]
        return max(begun, key=lambda each: each.first_line) if begun else None


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
    unrecognized_lines: int = 0
    """Lines with a mark of curl's and words that curlx does not know."""
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
