"""Tell the lines of a body from curl's own.

A body shares the stream with curl's lines, and may print any of them. What it cannot change is its length: the response
headers announced it (Content-Length, RFC 9110, 8.6) before its first byte came. So while a body of known length is owed, curl's
lines are held back; when a stretch of held lines has exactly the owed bytes and stands where a body may stand (in place, or
behind curl's closing words as in a pipe, where standard output is written last), its marks are taken off. When no stretch
fits, curl behaved as curl does and the lines are passed on as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from curlx import events
from curlx.reader import Source

Pair = tuple[Source, events.Event]

_HELD = 20_000
"""Lines held back at the most: a hostile body of a million marked lines must not grow memory."""
_SLACK = 8_192
"""Bytes of curl's own lines that may stand between the headers and the body before the hold is given up."""
_BYTES = 4 << 20
"""Bytes held back at the most."""

GOES_ON = frozenset({301, 302, 303, 307, 308, 401, 407, 417})
"""Statuses whose body curl reads and throws away when it goes on with another request."""

_CLOSING = (events.ConnectionLeft, events.ConnectionClosed, events.Followed, events.Meter, events.Exit,
            events.Complaint, events.RequestSent, events.Chatter)  # fmt: skip
_PLAIN = (events.Text, events.Meter, events.Elided)


def settle(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Pass pairs on, with every event that is part of a body of known length turned into `Text`."""
    return _Settler().run(pairs)


class _Settler:
    """The bytes that are owed, and the lines held back until it is known whose they are."""

    def __init__(self) -> None:
        self.owed = 0
        self.method = ""
        self.status = 0
        self.length: int | None = None
        self.ignored = False
        self.held: list[Pair] | None = None
        self.sums: list[tuple[int, int, int]] = []
        self.starts: dict[int, int] = {}
        self.last = 0
        self.texts = 0
        self.marked = False

    def run(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        for pair in pairs:
            yield from self.offer(pair)
        yield from self.end()

    def offer(self, pair: Pair) -> Iterator[Pair]:
        event = pair[1]
        if self.held is None:
            yield pair
            self.watch(event)
            return
        if self.status in GOES_ON and isinstance(event, (events.BodyIgnored, events.Followed)) and not self.texts:
            # This body is not written: older builds say so behind the headers, or show it by going on.
            self.owed -= self.last
            self.last = 0
            yield from self.release()
            yield from self.offer(pair)
            return
        start = self.fitting(event)
        if start is not None:
            yield from self.commit(start)
            yield pair
            self.watch(event)
            return
        self.hold(pair)
        held = self.sums[-1][0]
        if held > self.owed + _SLACK or held > _BYTES or len(self.held) > _HELD:
            yield from self.release()

    def watch(self, event: events.Event) -> None:
        """Follow the exchange as far as needed to know what is owed, and hold from where a body may begin."""
        match event:
            case events.RequestLine():
                self.method, self.length, self.status, self.ignored = event.method, None, 0, False
            case events.StatusLine():
                self.status, self.length, self.ignored = event.status, None, False
            case events.Header(direction="in", name=name, value=value):
                if name.lower() == "content-length" and value.isascii() and value.isdigit() and len(value) < 16:
                    self.length = int(value)
            case events.BodyIgnored():
                self.ignored = True
            case events.HeadersEnd(direction="in"):
                if self.length and not self.ignored and has_body(self.method, self.status):
                    self.owed += self.length
                    self.last = self.length
                    self.start()
                self.length = None
            case events.ConnectionLeft() | events.ConnectionClosed():
                if self.owed:
                    self.start()

    def start(self) -> None:
        self.held, self.sums, self.marked = [], [(0, 0, 0)], False
        self.starts, self.texts = {0: 0}, 0

    def hold(self, pair: Pair) -> None:
        assert self.held is not None  # noqa: S101 - for the type checker
        source, event = pair
        size = len(source.text.encode("utf-8", "surrogatepass")) if len(source.text) < 65_536 else source.size
        raw, bare, long = self.sums[-1]
        self.held.append(pair)
        # As it stands; with LF ends only; with CR LF ends: a paste keeps the text of a line, not its end.
        self.sums.append((raw + source.size, bare + size + 1, long + size + 2))
        self.starts.setdefault(raw + source.size, len(self.held))
        self.texts += isinstance(event, events.Text)
        self.marked = self.marked or not isinstance(event, _PLAIN)

    def fitting(self, following: events.Event) -> int | None:
        """Where the owed bytes begin among the held lines, if the next line is one that follows a body."""
        if not self.held or not isinstance(following, _CLOSING):
            return None
        if self.owed in self.sums[-1]:
            return 0
        if not isinstance(following, (events.ConnectionLeft, events.ConnectionClosed)):
            return None
        # In a pipe, lines of curl's own stand between the headers and the body.
        start = self.starts.get(self.sums[-1][0] - self.owed)
        return start if start is not None and start < len(self.held) else None

    def commit(self, start: int) -> Iterator[Pair]:
        """Take the marks off the held lines: from `start` on they are the body."""
        for index, (source, event) in enumerate(self.held or ()):
            yield source, events.Text(source.text) if index >= start and not isinstance(event, _PLAIN) else event
        self.owed, self.held = 0, None

    def release(self) -> Iterator[Pair]:
        """Pass the held lines on as curl's own, following them as usual."""
        held, self.held = self.held or [], None
        if held and self.sums[-1][0] <= self.owed and isinstance(held[0][1], events.Text):
            # The body stands in place and is too long to count out.
            for source, event in held:
                yield source, event if isinstance(event, _PLAIN) else events.Text(source.text)
            return
        again = iter(held)
        for pair in again:
            yield pair
            self.watch(pair[1])
            if self.held is not None:
                # A closing line or another response starts a new hold over what is left.
                for rest in again:
                    yield from self.offer(rest)

    def end(self) -> Iterator[Pair]:
        """At the end of the log: a body may stand behind curl's last words, or around them."""
        while self.held:
            start, stop, tail = self.stretch()
            answered_again = any(
                isinstance(event, events.HeadersEnd) and event.direction == "in" for _, event in self.held[:start]
            )
            if (start == stop and tail is None) or answered_again:  # another response may owe more
                yield from self.release()
                continue
            for index, (source, event) in enumerate(self.held):
                body = start <= index < stop or (tail is not None and index >= tail)
                yield source, events.Text(source.text) if body and not isinstance(event, _PLAIN) else event
            self.held = None

    def stretch(self) -> tuple[int, int, int | None]:
        """Find the held lines that are the body: `[start, stop)`, and where a last line held back begins."""
        held, sums = self.held or [], self.sums
        if not self.marked:
            return 0, 0, None
        count = len(held)
        stops = [count]
        while stops[-1] > 0 and len(stops) < 64 and isinstance(held[stops[-1] - 1][1], _PLAIN):
            stops.append(stops[-1] - 1)
        for column in range(3):
            starts = {total[column]: index for index, total in enumerate(sums)}
            for stop in stops:
                for spare in (0, 1) if column == 0 else (0, 1, 2):  # the last line end may be missing, or have been added
                    for sign in (1, -1):
                        start = starts.get(sums[stop][column] - self.owed + sign * spare)
                        if start is not None and start < stop:
                            return start, stop, None
            # On a terminal the last line of a body without a final newline is held back behind curl's closing lines.
            for index, (_, event) in enumerate(held):
                if isinstance(event, (events.ConnectionLeft, events.ConnectionClosed)):
                    behind = sums[-1][column] - sums[index + 1][column]
                    for spare in (0, 1, 2) if column else (0,):
                        start = starts.get(sums[index][column] + behind - self.owed - spare)
                        if behind < self.owed and start is not None and start <= index:
                            return start, index, index + 1
        return 0, 0, None


def has_body(method: str, status: int) -> bool:
    """Whether a response can have a body (RFC 9112, 6.3)."""
    if method == "HEAD" or status in (204, 304) or 100 <= status < 200:
        return False
    return not (method == "CONNECT" and 200 <= status < 300)
