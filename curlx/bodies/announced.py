"""What an exchange says of the body of its answer."""

from __future__ import annotations

from curlx import events
from curlx.grammar.commands import command_facts
from curlx.statuses import is_interim, is_success

GOES_ON = frozenset({301, 302, 303, 307, 308, 401, 407, 417})
"""Statuses whose body curl reads and throws away when it goes on with another request."""


class Announced:
    """The request and the head of the answer, as far as they tell of a body."""

    def __init__(self) -> None:
        """Begin without a request."""
        self.method = ""
        self.discarded = False
        """The command has all answers thrown away."""
        self.tunnel = False
        """The request is for a proxy's tunnel: curl does not read what a proxy that refuses it has to say."""
        self.status = 0
        self.length: int | None = None
        self.chunked = False
        self.encoded = False
        """What is written of a body may be longer than what comes in."""
        self.as_it_comes = False
        """The request asks for no coding: curl decodes none then."""
        self.ignored = False
        self.of_dns = False
        """The request is a question of DNS over HTTPS (RFC 8484): curl keeps the answer to itself."""

    def command(self, event: events.Command) -> None:
        """A command begins another run; without -v it is all that tells that only heads are asked for."""
        facts = command_facts(event.arguments)
        self.as_it_comes = False
        self.method = "HEAD" if facts.head else ""
        self.discarded = facts.discarded

    def request(self, event: events.RequestLine) -> None:
        """A request begins."""
        self.method, self.length, self.status, self.ignored, self.of_dns = event.method, None, 0, False, False
        self.as_it_comes = True
        self.tunnel = event.for_a_tunnel

    def answer(self, event: events.StatusLine) -> None:
        """An answer begins."""
        self.status, self.ignored = event.status, False
        self.length = 0 if event.rtsp else None  # of RTSP, where none is told (RFC 2326, 4.4)
        self.chunked = self.encoded = False

    def header(self, event: events.Header) -> None:
        """Take a header of the request or the answer."""
        name, value = event.name.lower(), event.value
        if event.direction != "in":
            self.of_dns = self.of_dns or (name == "content-type" and value == "application/dns-message")
            self.as_it_comes = self.as_it_comes and not event.asks_for_a_coding()
        elif name == "content-length":
            length = event.length()
            self.length = self.length if length is None else length
        elif name == "content-encoding":
            self.encoded = event.tells_of_a_coding() and not self.as_it_comes
        elif name == "transfer-encoding":
            self.chunked = self.chunked or "chunked" in value.lower()

    def is_written(self) -> bool:
        """Whether curl writes a body behind the head of this answer."""
        return not (self.ignored or self.tunnel or self.of_dns or self.discarded) and has_body(self.method, self.status)


def has_body(method: str, status: int) -> bool:
    """Whether a response can have a body (RFC 9112, 6.3)."""
    if method == "HEAD" or status in (204, 304) or is_interim(status):
        return False
    return not (method == "CONNECT" and is_success(status))


def of_one_chunk(size: int) -> int:
    """Return the length of a body that came in one chunk and the last one (RFC 9112, 7.1), in as many bytes."""
    for digits in range(1, 9):
        length = size - digits - 2 - 2 - 5
        if length > 0 and len(f"{length:x}") == digits:
            return length
    return size
