"""One transfer while it is being assembled: where it stands, and what has been seen of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import msgspec

from curlx import events
from curlx.assembler.connections import ConnectionDraft
from curlx.assembler.exchanges import LINE_END, BodyDraft, ExchangeDraft, MessageDraft
from curlx.assembler.handshakes import TlsDraft
from curlx.bodies import GOES_ON, has_body
from curlx.grammar.commands import CommandFacts, command_facts
from curlx.reader import Source
from curlx.statuses import SWITCHING_PROTOCOLS, is_final
from curlx.timeline import Aside, Complaint, Exit, Fact, Phase

_GREETING = 200
"""Characters in which a service has told what it is; a line feed may be among them (MySQL's protocol is number 10)."""
_GAPS = 1_000
"""Gaps of one transfer that are kept."""


class Told(msgspec.Struct):
    """A complaint and the connections that it is about."""

    complaint: Complaint
    connection: ConnectionDraft | None
    tls: TlsDraft | None


class TransferDraft(msgspec.Struct, eq=False):
    """A transfer while its lines come in."""

    first_line: int
    last_line: int
    command: Fact[str] | None = None
    arguments: tuple[str, ...] = ()
    facts: CommandFacts | None = None
    windows: bool = False
    cmd: bool = False
    program: events.Program = ""
    url: str | None = None
    connections: list[ConnectionDraft] = []
    connection: ConnectionDraft | None = None
    """The connection that lines now belong to."""
    exchanges: list[ExchangeDraft] = []
    complaints: list[Told] = []
    warnings: list[Aside] = []
    written: list[tuple[events.WrittenOut, Source]] = []
    """What `--write-out` printed."""
    foreign_warnings: int = 0
    exit: Exit | None = None
    phase: Phase = "start"
    done: bool = False
    """curl was done with the last exchange, or gave up."""
    bare: bool = False
    """All that is known of it is the head of its answer, which `-i` or `-I` printed without `-v`."""
    perhaps_retried: bool = False
    """A body ends in a line that announces another try, or curl does so behind it: what follows shows which."""
    retried: int | None = None
    """The last line that announces another try."""
    pending: bool = False
    """curl announced that it goes on: a redirect, an authentication round, a retry."""
    asks: bool = False
    """The log shows requests: an answer without one is not this transfer's."""
    stopped: int | None = None
    """Somebody stopped curl before an answer came: a body cannot have printed that."""
    mirrored: bool | None = None
    """A program tries another mirror, or (False) has none left."""
    came: int | None = None
    """The row of the meter that tells of bytes of an answer, where no line of curl's does."""
    overcome: int | None = None
    """The line that tells that it was done in the end."""
    went_well: bool = False
    """A line behind it says that all is well."""
    asked: int = 0
    """The line that asks the shell for the code it ended with."""
    followed_by_other: bool = False
    """Another transfer follows in the log: this one is over, whatever its last line is."""
    login: Fact[str] | None = None
    """How curl says that it logs in."""
    negotiation: Aside | None = None
    """Why it could not, by Negotiate."""
    passphrase: int | None = None
    """The line that asks for the passphrase of a key."""
    current: MessageDraft | None = None
    """The header block that is being read."""
    environment: tuple[events.ProxyFromEnvironment, int] | None = None
    elided: list[int] = []
    numbered: bool = False
    """Its lines have the number of `--trace-ids`."""
    closed_nowhere: int | None = None
    """The number of the connection that curl closed without one that shows: its name was not found."""
    headless: bool = False
    """curl received something where the head of an answer should come: with HTTP/0.9 that is the answer."""
    headless_text: bool = False
    """The log shows it."""
    greeting: Fact[str] | None = None
    """What stands in the place of the answer's head, as newer builds print it."""
    doubt: str = ""
    """Why its lines may belong elsewhere."""
    mixed: bool = False
    """Lines of others stand among its own, and nothing tells them apart."""
    lookup: Callable[[int | None, str | None], ConnectionDraft | None] | None = None
    """Finds a connection of an earlier transfer."""

    @property
    def exchange(self) -> ExchangeDraft | None:
        """The exchange that lines now belong to: the CONNECT of a tunnel that is being built, or a request's."""
        if self.phase == "proxy" and self.connection and self.connection.proxy and self.connection.proxy.connect:
            return self.connection.proxy.connect
        return self.last_exchange

    @property
    def last_exchange(self) -> ExchangeDraft | None:
        """The latest request, or an answer to one that the log lacks."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def requesting(self) -> bool:
        """Whether the header block that is being read is a request's."""
        return self.current is not None and type(self.current.start) is events.RequestLine

    @property
    def last_response(self) -> MessageDraft | None:
        """What came last of an answer."""
        return self.last_exchange.response if self.last_exchange else None

    @property
    def last_body(self) -> BodyDraft | None:
        """The body of that answer."""
        return self.last_response.body if self.last_response else None

    def skipped(self, line: int) -> None:
        """Lines were taken out here; of very many gaps, the last of all is kept as well."""
        del self.elided[_GAPS - 1 :]
        self.elided.append(line)

    def greeted(self, text: str, line: int) -> bool:
        """Take what came in the place of an answer's head: curl prints it as if it were one, or as a body.

        Returns whether it is the first line of it.
        """
        last = self.last_exchange
        if not text.strip() or last is None or last.request is None or last.response is not None:
            return False
        if self.greeting is not None:
            self.greeting = Fact(f"{self.greeting.value}\n{text}"[:_GREETING], self.greeting.line)
            return False
        self.greeting = Fact(text[:_GREETING], line)
        return True

    def asked_by(self) -> events.Program:
        """Return which program asked: it says so itself, or a request names it (`git/2.39.5`)."""
        if self.program:
            return self.program
        requests = (exchange.request for exchange in self.exchanges)
        return next(filter(None, map(_asked_by, filter(None, requests))), "")

    def asks_a_server(self) -> bool:
        """Whether the log shows a command that does: `curl --version` does not."""
        return self.facts is not None and not self.facts.informs

    def asks_for_heads(self) -> bool:
        """Whether the command asks for heads alone (`-I`)."""
        return self.facts is not None and self.facts.head

    def commanded(self, event: events.Command, line: int) -> None:
        """Take what the command says: the environment of an earlier one is not its own."""
        self.environment = None
        self.command, self.arguments = Fact(event.text, line), event.arguments
        self.windows, self.cmd = event.windows, event.cmd
        self.facts = command_facts(event.arguments)

    def goes_on_with(self, before: TransferDraft) -> None:
        """Take the command of the transfer before: both are of one run."""
        self.command, self.arguments, self.facts = before.command, before.arguments, before.facts
        self.windows, self.cmd = before.windows, before.cmd

    def retries(self) -> bool | None:
        """Whether the command asks to try again (`--retry`), where the log shows the command."""
        return None if self.facts is None else self.facts.retries

    def retries_one(self) -> bool:
        """Whether it does, and asks for one thing."""
        return bool(self.retries()) and self.facts is not None and len(self.facts.urls) == 1

    def waits(self) -> bool:
        """Whether curl waits for something before an answer, and nothing has failed."""
        before = self.phase in ("resolve", "connect", "proxy", "tls", "request")
        return before and not (self.done or self.exit or self.complaints)

    def streams(self) -> bool:
        """Whether an answer of unknown length is coming in; behind the head of an answer to HEAD nothing should."""
        body = self.last_body
        return self.phase == "response" and not self.done and (body is None or body.announced is None)

    def may_have_a_proxy(self) -> bool:
        """Whether the command, where the log shows one, names a proxy."""
        return self.facts is None or self.facts.proxy is not None

    def answered(self) -> bool:
        """Whether the last exchange has its final response, headers whole."""
        exchange = self.last_exchange
        return bool(exchange and exchange.response and exchange.response.ended and is_final(exchange.status))

    def spoke_http1(self) -> bool:
        """Whether the answer that came last is one of HTTP/1, and curl has gone on to no other connection."""
        last = self.last_exchange
        if last is not None and last.connection is not None and last.connection is not self.connection:
            return False
        start = self.last_response.start if self.last_response else None
        upgraded = type(start) is events.StatusLine and start.status == SWITCHING_PROTOCOLS
        return type(start) is events.StatusLine and start.version.startswith("1") and not upgraded

    def whole(self) -> bool:
        """Whether the last exchange ended as it should."""
        return self.answered() and (self.exchanges[-1].complete or not self.exchanges[-1].expects_body())

    def body_is_over(self) -> bool:
        """Whether the log has the last body to its announced end, or nothing of it: no line can be of it any more."""
        body = self.last_body
        if body is None:
            return False
        if body.announced is None or body.encoded:
            return self.answered() and not self.owes_a_body()
        return not body.seen or 0 <= body.seen - body.announced <= LINE_END

    def moved(self, line: int, percent: int | None, *, came: bool) -> bool:
        """The meter moved; tell whether it shows for the first time that something of an answer came.

        Where curl tries again, it shows that all has come. Another failure may follow.
        """
        if percent == 100 and self.pending and self.complaints and not self.exchanges:
            self.overcome = line
        if self.exit is not None or self.exchanges:
            return False  # the row is another's, or the lines of the answer tell more
        first = came and self.came is None
        self.came = (self.came or line) if came else None
        return first

    def has_all_of_a_body(self) -> bool:
        """Whether the log shows a body of announced length to its end: what follows is none of it."""
        body = self.last_body
        if body is None or body.encoded or not self.answered():
            return False
        return bool(body.announced) and body.seen >= (body.announced or 0)

    def lacks_a_part(self) -> bool:
        """Whether the log shows a part of the last body's announced length, and curl did not tell of the rest."""
        body = self.last_body
        return body is not None and bool(body.seen or body.received) and body.falls_short()

    def leaves_nothing(self) -> bool:
        """Whether there is no body left that could print a line, nor another request that curl would make by itself."""
        last = self.last_exchange
        if last is None or last.response is None:
            return True
        return self.answered() and not last.expects_body() and last.status not in GOES_ON

    def owes_a_body(self) -> bool:
        """Whether the log has the answer's head, and not yet all of a body of unknown length."""
        last = self.last_exchange
        response = last.response if last else None
        if last is None or response is None or not self.answered():
            return False
        body = response.body
        written = body.sample  # with -i the head is written as well
        copied = bool(written) and written[0].startswith("HTTP/") and len(written) <= len(response.headers) + 2
        if body.announced is None or body.encoded:
            # On a terminal it is written as it comes, and only the end of a page, or of JSON, is known as one.
            open_end = not body.received and not body.ends_a_page()
            missing = copied or body.is_missing() or open_end
            return has_body(last.method, last.status) and not response.ignored and missing
        # On a terminal the body is written as it comes: where it is not whole, curl cannot be done with it.
        return last.expects_body() and not body.received and 0 < body.seen < body.announced and not self.elided

    def has_all_with(self, size: int) -> bool:
        """Whether so many more bytes are more than curl said that it received of the last body."""
        body = self.last_body
        return body is not None and not body.encoded and 0 < body.received < body.seen + size

    def here(self, line: int) -> ConnectionDraft:
        """Return the current connection, or begin one: a log may start in the middle."""
        return self.connection or self.begin(line)

    def begin(self, line: int) -> ConnectionDraft:
        """Begin a connection."""
        self.connection = connection = ConnectionDraft(line, line)
        self.connections.append(connection)
        self.pending = self.done = False
        self.phase = "resolve"
        return connection

    def fresh(self, line: int) -> ConnectionDraft:
        """Return the connection that is being opened; behind a used or failed one, begin the next."""
        connection = self.connection
        if connection is None or self.pending or connection.closed or connection.requests or self.done:
            return self.begin(line)
        return connection


_AGENTS: dict[str, events.Program] = {
    "git": "git", "GuzzleHttp": "PHP", "Composer": "Composer", "PycURL": "pycurl", "r-curl": "R", "libdnf": "dnf",
    "cargo": "cargo", "Nix": "Nix",
}  # fmt: skip
"""What the programs name themselves in `User-Agent`, unless somebody tells them otherwise."""


def _asked_by(request: MessageDraft) -> events.Program:
    """Return which program a request names, or asks as it alone does (gitprotocol-http(5))."""
    for product in (request.header("user-agent") or "").split():
        if program := _AGENTS.get(product.partition("/")[0]):
            return program
    target = request.start.target if type(request.start) is events.RequestLine else ""
    return "git" if "/info/refs?service=git-" in target else ""


Handler: TypeAlias = Callable[[TransferDraft, Any, Source], bool]
"""Takes an event into a transfer; False when curl could not have said it at this point."""
_Kind = TypeVar("_Kind", bound=events.Event)


def handles(
    kind: type[_Kind], handler: Callable[[TransferDraft, _Kind, Source], bool]
) -> tuple[type[events.Event], Handler]:
    """Pair a kind of event with the function that takes it: the type of a table could not tell it from another's."""
    return kind, handler


def table(*pairs: tuple[type[events.Event], Handler]) -> dict[type[events.Event], Handler]:
    """Return what takes which kind of event."""
    return dict(pairs)
