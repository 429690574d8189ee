"""Tell the lines of a body from curl's own.

A body shares the stream with curl's lines, and may print any of them. What it cannot change is its length: the
response headers announced it (Content-Length, RFC 9110, 8.6) before its first byte came, or curl says how much it
received. So while a body is owed, lines are held back, and a stretch of held lines that has exactly the owed bytes and
stands where a body may stand loses its marks. A body may stand in place, behind the headers; or at the end of the log,
where a pipe puts it: standard output is written last there; or before the log (`first.py`). When no stretch fits, curl
behaved as curl does and the lines are passed on as they are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from curlx import events
from curlx.bodies.announced import GOES_ON, Announced, has_body, of_one_chunk
from curlx.bodies.around import whole_around
from curlx.bodies.first import lines_before
from curlx.bodies.hold import Hold
from curlx.bodies.last import is_ignored, stretch
from curlx.bodies.rulers import Found, Place
from curlx.bodies.standing import BEHIND, ENDS, Pair, as_body, begins_another, is_spelt, parted
from curlx.grammar.transferring import received
from curlx.parts import in_parts
from curlx.reader import Source

__all__ = ["GOES_ON", "Pair", "has_body", "settle"]

_HELD = 10_000
"""Lines held back at the most: a hostile body of a million marked lines must not grow memory."""
_BYTES = 4 << 20
"""Bytes held back at the most."""
_SLACK, _MORE = 8_192, 65_536
"""Bytes of curl's own lines that may stand between the headers and the body before the hold is given up.

More where no length was announced: curl tells only of the first piece, where it writes all at once.
"""
_LAST_LINES = 64
"""Lines of curl's own that may follow a long body that was cut off."""
_BUFFER = 65_536
"""Bytes that standard output holds back at the most."""
_PART = 64
"""Lines that are read at once: none is longer than `lines.py` lets it be."""
_SHAKEN = 2
"""Handshake messages in a row that stand without a word of data between them only where curl does not tell of data."""
_ROUNDS = 200
"""Answers at the end of a log whose bodies are looked for there."""

_CHANGES = frozenset({events.HeadersEnd, events.BodyIgnored, events.Followed, events.DataMoved})
"""What changes how much is owed."""
_AFTER_HEADERS = BEHIND | {events.BodyIgnored}
_UNMARKED = frozenset({events.Text, events.Exit, events.ProgramFailed})
_LAST = ENDS | {events.Exit, events.Command}


def settle(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Pass pairs on, with every event that is part of a body of known length turned into `Text`."""
    rest = iter(pairs)
    begun, size = list[Pair](), 0
    while len(begun) < _HELD and size < _BYTES:
        part = list(islice(rest, _PART))
        begun += part
        if len(part) == _PART:
            size += sum([source.size for source, _ in part])
        else:  # the log is over
            count = lines_before(begun)
            if count and not _is_in_a_body(begun, count):
                begun[:count] = map(as_body, begun[:count])
            return in_parts(_Settler().run(begun))
    return in_parts(_Settler().run(chain(begun, rest)))


class _Settler:
    """What the exchange says of a body, and the lines held back until it is known whose they are."""

    def __init__(self) -> None:
        self.said = Announced()
        self.awaited = False
        """An answer without an announced length has come: what curl says it received next is its body."""
        self.secure = True
        """The connection may speak TLS: then curl tells of its records, too, before an answer has a head."""
        self.talk_crlf, self.talk_before, self.terminal = False, 0, False
        self.before: int | None = None
        """Bytes that something else put before each line of a raw log."""
        self.piped = False
        """curl tells of data, as it does where standard output is no terminal."""
        self.shaken = 0
        """Handshake messages behind which curl told of no data: it tells of those of all, or writes to a terminal."""
        self.surely = False
        """It does so before a body could begin."""
        self.hold: Hold | None = None
        self.follows = False
        """curl says that it goes on with another request."""
        self.fitting: Found | None = None
        """A stretch that has the owed length although curl says that it goes on: by chance, if a request comes."""
        self.passing = 0
        """Bytes that are left of a body too long to be held."""
        self.parted = 0
        """Bytes of farewells that were not counted as parts of it."""
        self.tail: deque[tuple[Pair, Pair]] = deque()
        """Its latest lines, and what they are as a body."""
        self.queue: deque[Pair] = deque()
        """Lines to be looked at again, before the next of the log."""

    def run(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        watched = _WATCHED
        for pair in pairs:
            if self.hold is None and not self.passing:
                yield pair
                watch = watched.get(type(pair[1]))
                if watch is not None:
                    watch(self, *pair)
            else:
                self.queue.append(pair)
                yield from self.work()
        for _ in range(_ROUNDS):
            yield from self.end()
            yield from self.work()
            if self.hold is None:
                break
        yield from self.hold or ()
        whole = self.passing <= self.parted
        yield from (body if whole else pair for pair, body in self.tail)

    def work(self) -> Iterator[Pair]:
        while self.queue:
            pair = self.queue.popleft()
            if self.passing:
                yield from self.pass_on(pair)
            elif self.hold is not None:
                yield from self.offer(pair, self.hold)
            else:
                yield pair
                self.watch(*pair)

    # --- what is owed -------------------------------------------------------------------------------------------------

    def watch(self, source: Source, event: events.Event) -> None:
        """Follow the exchange as far as needed to know what is owed."""
        take = _WATCHED.get(type(event))
        if take is not None:
            take(self, source, event)

    def header(self, _: Source, event: events.Header) -> None:
        self.said.header(event)

    def command(self, _: Source, event: events.Command) -> None:
        self.said.command(event)

    def request(self, _: Source, event: events.RequestLine) -> None:
        self.said.request(event)
        self.awaited = False

    def answer(self, _: Source, event: events.StatusLine) -> None:
        self.said.answer(event)
        self.awaited = False

    def head_ended(self, source: Source, event: events.HeadersEnd) -> None:
        if event.direction == "out":
            self.awaited = not (self.secure or self.said.tunnel)  # without a head it would be the body (HTTP/0.9)
            return
        # In a raw log header lines end with a CR more than curl's talk. A row of a trace has an end of its own.
        before = source.size - len(source.text) - 2
        self.terminal = self.talk_crlf and before == self.talk_before + 1
        raw = source.crlf and (self.terminal or not self.talk_crlf) and source.text[-2:] in ("", "< ")
        self.before = max(before - self.terminal, 0) if raw else None
        if self.said.is_written() and not self.said.encoded:
            self.awaited = self.said.length is None
            self.owe(self.said.length or 0)
        self.said.length = None

    def moved(self, _: Source, event: events.DataMoved) -> None:
        if event.body is None:
            if self.shaken > _SHAKEN:
                return  # nobody told it
            self.piped = True
            self.surely = self.surely or self.hold is None
        self.shaken = 0
        if self.awaited and event.direction == "in" and event.body is not False:
            self.awaited = False
            self.owe(of_one_chunk(event.size) if self.said.chunked else event.size)
            if self.hold:
                self.hold.comes(event.size, chunked=self.said.chunked)

    def ignore(self, _source: Source, _event: events.Event) -> None:
        self.said.ignored = True
        if self.hold and self.said.status in GOES_ON:  # this body is not written
            self.hold.pay(self.hold.last)

    def connecting(self, source: Source, _: events.Event) -> None:
        self.talk_crlf, self.talk_before = source.crlf, source.size - len(source.text) - 2

    def trying(self, source: Source, event: events.Event) -> None:
        self.connecting(source, event)
        self.shaken = 0
        self.secure = self.awaited = False  # newer builds say that they are connected only behind the handshake

    def secured(self, _source: Source, _event: events.Event) -> None:
        self.secure = True
        self.awaited = self.awaited and self.said.status > 0

    def shaking(self, _source: Source, _event: events.Event) -> None:
        self.secure = True
        self.awaited = self.awaited and self.said.status > 0
        self.shaken += 1

    def is_untold(self, event: events.Event) -> bool:
        """Whether curl would not tell of data so: it does not on a terminal (`src/tool_cb_dbg.c`)."""
        return type(event) is events.DataMoved and event.body is None and self.shaken > _SHAKEN

    def owe(self, size: int) -> None:
        """From here on a body may come."""
        if size:
            self.hold = self.hold or Hold(self.before, terminal=self.terminal)
            self.hold.owe(size)
            self.follows, self.fitting = False, None

    # --- holding ------------------------------------------------------------------------------------------------------

    def offer(self, pair: Pair, hold: Hold) -> Iterator[Pair]:
        """Take a line while a body is owed."""
        pair = as_body(pair) if self.is_untold(pair[1]) else pair
        written = (type(pair[1]) in _UNMARKED and not is_spelt(pair)) or pair[0].hidden > 0
        cut = hold.ends_within(pair[0]) if written else None
        if cut is not None:
            pair, following = parted(pair[0], cut)
            self.queue.appendleft(following)
        event = pair[1]
        if self.follows and type(event) in (events.RequestLine, events.StatusLine):  # curl did go on
            self.follows = False  # or this line would come back here without end, where the body stays owed
            self.queue.appendleft(pair)
            yield from self.release(hold, len(hold.lines))
            return
        if type(event) is events.Text and event.copied and hold.is_shown():
            # A trace showed the body: its lines are known one by one.
            self.queue.appendleft(pair)
            yield from self.release(hold, len(hold.lines))
            self.hold = None
            return
        found = hold.whole_before(event)
        if type(event) is events.Meter and not self.said.encoded:
            size = received(pair[0].text)
            if hold.written or hold.closed:
                found = found or hold.whole_of(size)
            else:
                hold.measure(size)
        elif type(event) is events.Complaint and not self.said.encoded:
            found = found or hold.whole_of(hold.came(event))
        if found is not None and self.follows:
            self.fitting, found = self.fitting or found, None
        if self.fitting and type(event) in _LAST:
            found = self.fitting
        if found is None and begins_another(event):
            found = whole_around(hold)
        if found is not None:
            self.queue.appendleft(pair)
            yield from self.commit(hold, found)
            return
        hold.add(pair)
        if type(event) is events.DataMoved and event.body is None:
            self.piped = self.piped or not (hold.written or hold.closed)
            self.surely = self.surely or len(hold.lines) == 1
        if self.said.status in GOES_ON and not hold.written:
            # Older builds do not say that they ignore a body, they show it by going on.
            ignored = type(event) is events.BodyIgnored and not hold.closed
            goes_on = ignored or (hold.farewells == 1 and type(event) is events.Followed)
            self.follows = self.follows or goes_on
            if ignored and self.surely and hold.received == hold.records:
                hold.pay(hold.last)  # curl tells of data before it writes them: no body has said this
                self.let_go(hold)
        while self.hold and hold.lines and hold.window() > hold.owed + (_SLACK if hold.announced else _MORE):
            yield from self.commit(hold, hold.doubted) if hold.doubted else self.release(hold, 1)
        if self.hold and (len(hold.lines) > _HELD or hold.window() > _BYTES):
            yield from self.overflow(hold)

    def release(self, hold: Hold, count: int) -> Iterator[Pair]:
        """Pass the first held lines on as curl's own, and follow them."""
        stop = hold.first + count
        while self.hold and hold.lines and hold.first < stop:
            pair = hold.take()
            yield pair
            owed = hold.owed
            self.watch(*pair)
            # The headers of an answer were held themselves: its body may stand in place among the held lines.
            found = hold.whole_within() if hold.owed > owed else None
            if found is not None:
                yield from self.commit(hold, found)
            self.let_go(hold)

    def commit(self, hold: Hold, body: Found) -> Iterator[Pair]:
        """Pass the held lines on as far as a body goes, and take the marks off those that are of it."""
        while hold.first < body.stop:
            own = hold.first < body.place.line or hold.first in body.own_words
            pair = hold.take()
            yield pair if own else as_body(pair)
        hold.pay(body.place.size)
        self.let_go(hold)

    def let_go(self, hold: Hold) -> None:
        """When nothing is owed, what is still held is read as usual."""
        if not hold.owed and self.hold:
            self.queue.extendleft(reversed(hold.lines))
            self.hold, self.follows, self.fitting = None, False, None

    # --- bodies too long to be held -----------------------------------------------------------------------------------

    def overflow(self, hold: Hold) -> Iterator[Pair]:
        """More is owed than can be held: such a body is written as it comes, and stands in place."""
        place = next((place for place in reversed(hold.places) if not place.parted), None)
        behind = hold.line(place.line) if place else None
        if place is None or behind is None or type(behind[1]) in _AFTER_HEADERS:
            yield from self.release(hold, 1)
            return
        ruler = hold.rulers[0]
        self.passing, self.parted = max(place.size - (ruler.end - place.starts[0]), 0), 0
        while hold.lines:
            own = hold.first < place.line
            pair = hold.take()
            yield pair if own else as_body(pair)
        self.hold = None

    def pass_on(self, pair: Pair) -> Iterator[Pair]:
        """Take the next line of a long body; the last few are held, for it may have been cut off."""
        if self.passing < _BUFFER and type(pair[1]) in ENDS:
            self.tail.append((pair, pair))  # in a pipe the last part of a body is written behind curl's farewell
            self.parted += pair[0].size
        else:
            self.tail.append((pair, as_body(pair)))
            self.passing = max(self.passing - pair[0].size, 0)
        while len(self.tail) > (_LAST_LINES if self.passing else 0):
            yield self.tail.popleft()[1]

    # --- the end of the log -------------------------------------------------------------------------------------------

    def end(self) -> Iterator[Pair]:
        """A body may stand behind curl's last words, or around them; without one, look behind the next answer."""
        hold = self.hold
        if hold is not None and self.fitting:
            yield from self.commit(hold, self.fitting)
            return
        if hold is None or all(type(event) is events.Text for _, event in hold):
            yield from hold or ()
            self.hold = None
            return
        around = whole_around(hold)
        if around is not None:
            yield from self.commit(hold, around)
            return
        start, stop, tail = stretch(hold, piped=self.piped, surely=self.surely)
        if self.follows and is_ignored(hold, start, stop):
            stop = start
        if start < stop < tail == len(hold.lines):
            place = Place(hold.first + start, (), hold.owed)
            yield from self.commit(hold, Found(place, hold.first + stop))
            return
        if start < stop or tail < len(hold.lines):
            for offset, pair in enumerate(hold):
                yield as_body(pair) if start <= offset < stop or offset >= tail else pair
            self.hold = None
        elif hold.doubted:
            yield from self.commit(hold, hold.doubted)
        else:
            changes = (offset for offset, (_, event) in enumerate(hold, 1) if type(event) in _CHANGES)
            yield from self.release(hold, next(changes, len(hold.lines)))
            if not hold.lines:
                self.hold = None


def _is_in_a_body(pairs: Sequence[Pair], index: int) -> bool:
    """Whether a line stands in a body that an answer before it announced."""
    settled = next(islice(_Settler().run(pairs), index, None))
    return type(settled[1]) is events.Text


_WATCHED: dict[type[events.Event], Callable[[_Settler, Source, Any], None]] = {
    events.Command: _Settler.command,
    events.Header: _Settler.header,
    events.RequestLine: _Settler.request,
    events.StatusLine: _Settler.answer,
    events.HeadersEnd: _Settler.head_ended,
    events.DataMoved: _Settler.moved,
    events.BodyIgnored: _Settler.ignore,
    events.Followed: _Settler.ignore,
    events.ConnectionReused: _Settler.secured,
    events.AlpnOffered: _Settler.secured,
    events.HandshakeMessage: _Settler.shaking,
    events.ClientHello: _Settler.shaking,
    events.CipherChosen: _Settler.secured,
    events.Trying: _Settler.trying,
    events.Connected: _Settler.connecting,
}
"""What tells how much is owed."""
