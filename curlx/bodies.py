"""Tell the lines of a body from curl's own.

A body shares the stream with curl's lines, and may print any of them. What it cannot change is its length: the response
headers announced it (Content-Length, RFC 9110, 8.6) before its first byte came, or curl says how much it received. So while
a body is owed, lines are held back, and a stretch of held lines that has exactly the owed bytes and stands where a body may
stand loses its marks. A body may stand in place, behind the headers; or at the end of the log, where a pipe puts it: standard
output is written last there. When no stretch fits, curl behaved as curl does and the lines are passed on as they are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from curlx import events
from curlx.reader import Source

Pair = tuple[Source, events.Event]

_HELD = 10_000
"""Lines held back at the most: a hostile body of a million marked lines must not grow memory."""
_BYTES = 4 << 20
"""Bytes held back at the most."""
_SLACK = 8_192
"""Bytes of curl's own lines that may stand between the headers and the body before the hold is given up."""
_LAST_LINES = 64
"""Lines behind a body that are looked at: curl's last words, another program's output."""
_PLACES = 16
_TICKET = 4
"""A server may send a session ticket at any time (RFC 8446, 4.6.1)."""
_ROUNDS = 200
"""Answers at the end of a log whose bodies are looked for there."""

GOES_ON = frozenset({301, 302, 303, 307, 308, 401, 407, 417})
"""Statuses whose body curl reads and throws away when it goes on with another request."""

_ENDS = (events.ConnectionLeft, events.ConnectionClosed)
_BEHIND = (*_ENDS, events.Followed, events.Meter, events.Complaint, events.RequestSent, events.Chatter,
           events.TlsAlert, events.DataMoved, events.Command)  # fmt: skip
"""What may stand behind a body in place."""
_AFTER_HEADERS = (*_BEHIND, events.BodyIgnored)
_PARTED = (events.Meter, events.Command, events.Warned)
"""What may stand behind a body that was written behind a farewell, before the end of the log."""
_BEFORE = (events.DataMoved, events.Chatter, events.TlsRecord, events.Meter, events.RequestSent)
"""What may stand between the headers and a body in place."""
_WATCHED = frozenset({
    events.RequestLine, events.StatusLine, events.Header, events.BodyIgnored, events.Followed, events.HeadersEnd,
    events.DataMoved, events.Trying, events.Connected,
})  # fmt: skip


def settle(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Pass pairs on, with every event that is part of a body of known length turned into `Text`."""
    return _Settler().run(pairs)


class _Place(NamedTuple):
    """Where the latest body may begin in place."""

    index: int
    """Of the line that would be its first, counted over the whole hold."""
    positions: tuple[int, ...]
    """Of that line, by each ruler."""
    size: int
    parted: bool = False
    """It is behind a farewell of curl's rather than behind the headers."""


class _Ruler:
    """Where the held lines begin, by one way to count the bytes of a line."""

    def __init__(self, ending: int | None) -> None:
        """Count lines as they stand, or with an end of this many bytes: a paste keeps the text of a line, not its end."""
        self.ending = ending
        self.end = 0
        self.starts: dict[int, int] = {}
        self.positions: deque[int] = deque()

    def size(self, source: Source) -> int:
        if self.ending is None or len(source.text) >= 65_536:
            return source.size
        return len(source.text.encode("utf-8", "surrogatepass")) + self.ending

    def add(self, source: Source, index: int) -> None:
        self.starts.setdefault(self.end, index)
        self.positions.append(self.end)
        self.end += self.size(source)

    def drop(self) -> None:
        self.starts.pop(self.positions.popleft(), None)

    def at(self, offset: int) -> int:
        """Return where the held line of this offset begins, or where the next one will."""
        return self.positions[offset] if offset < len(self.positions) else self.end


class _Settler:
    """The bytes that are owed, and the lines held back until it is known whose they are."""

    def __init__(self) -> None:
        self.method = ""
        self.status = 0
        self.length: int | None = None
        self.ignored = self.awaited = False
        self.talk_crlf = self.raw = self.piped = False
        """`piped`: curl tells of data, as it does where standard output is no terminal."""
        self.owed = 0
        """Bytes of all bodies that were not found yet."""
        self.last = 0
        """Bytes of the latest of them."""
        self.held: deque[Pair] = deque()
        self.first = 0
        """Index of the first held line: lines are counted over the whole hold."""
        self.heads: deque[int] = deque()
        """Where headers end among the held lines."""
        self.rulers: list[_Ruler] = []
        self.places: list[_Place] = []
        self.leading = self.parting = False
        """Every line since the headers, or since a farewell, is one that may stand before a body."""
        self.closed = self.texts = self.follows = False
        self.parted_at_once = False
        """The first line that does not lead is a farewell."""
        self.doubted: tuple[_Place, int] | None = None
        """A body in place that would begin with a farewell, and where it would end: a later place may fit as well."""
        self.passing = 0
        """Bytes that are left of a body too long to be held."""
        self.queue: deque[Pair] = deque()
        """Lines to be looked at again, before the next of the log."""

    def run(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        for pair in pairs:
            if self.owed:
                self.queue.append(pair)
                yield from self.work()
            else:
                yield pair
                if type(pair[1]) in _WATCHED:
                    self.watch(*pair)
        for _ in range(_ROUNDS):
            yield from self.end()
            yield from self.work()
            if not self.held:
                return
        yield from self.held

    def work(self) -> Iterator[Pair]:
        while self.queue:
            pair = self.queue.popleft()
            if self.owed:
                yield from self.offer(pair)
            else:
                yield pair
                self.watch(*pair)

    # --- what is owed -------------------------------------------------------------------------------------------------

    def watch(self, source: Source, event: events.Event) -> None:
        """Follow the exchange as far as needed to know what is owed."""
        match event:
            case events.Header(direction="in", name=name, value=value):
                if name.lower() == "content-length" and value.isascii() and value.isdigit() and len(value) < 16:
                    self.length = int(value)
            case events.RequestLine():
                self.method, self.length, self.status, self.ignored, self.awaited = event.method, None, 0, False, False
            case events.StatusLine():
                self.status, self.length, self.ignored, self.awaited = event.status, None, False, False
            case events.HeadersEnd(direction="in"):
                # In a raw log header lines end with CR LF, and curl's talk does not.
                self.raw = source.crlf and not self.talk_crlf and source.size <= len(source.text) + 2
                if not self.ignored and has_body(self.method, self.status):
                    self.awaited = self.length is None
                    if self.length:
                        self.owe(self.length)
                self.length = None
            case events.DataMoved():
                self.piped = self.piped or event.body is None
                if self.awaited and event.direction == "in" and event.body is not False:
                    self.awaited = False
                    if event.size:
                        self.owe(event.size)
            case events.BodyIgnored() | events.Followed():
                self.ignored = True
                if self.status in GOES_ON:  # this body is not written
                    self.owed -= self.last
                    self.last = 0
                    self.places.clear()
            case events.Trying() | events.Connected():
                self.talk_crlf = source.crlf

    def owe(self, size: int) -> None:
        """From here on a body may come."""
        if not self.owed:
            self.rulers = [_Ruler(None)] if self.raw else [_Ruler(None), _Ruler(1), _Ruler(2)]
            self.first = 0
        self.owed += size
        self.last = size
        self.leading, self.parting, self.closed, self.texts, self.follows = True, False, False, False, False
        self.doubted = None
        self.places = [self.place(0, size)]
        for offset, pair in enumerate(islice(self.held, _PLACES), 1):
            if not _may_lead(pair):
                self.leading = False
                break
            self.places.append(self.place(offset, size))

    def place(self, offset: int, size: int, *, parted: bool = False) -> _Place:
        return _Place(self.first + offset, tuple(ruler.at(offset) for ruler in self.rulers), size, parted)

    # --- holding ------------------------------------------------------------------------------------------------------

    def offer(self, pair: Pair) -> Iterator[Pair]:
        """Take a line while a body is owed."""
        event = pair[1]
        if self.passing:
            yield from self.pass_on(pair)
            return
        found = self.body_ends_here(event)
        if found is not None:
            self.queue.appendleft(pair)
            yield from self.commit(*found)
            return
        if self.follows and isinstance(event, events.RequestLine):  # curl did go on
            self.queue.appendleft(pair)
            yield from self.release(len(self.held))
            return
        self.hold(pair)
        ruler = self.rulers[0]
        while self.held and ruler.end - ruler.positions[0] > self.owed + _SLACK:
            yield from self.commit(*self.doubted) if self.doubted else self.release(1)
        if len(self.held) > _HELD or (self.held and ruler.end - ruler.positions[0] > _BYTES):
            yield from self.overflow()

    def hold(self, pair: Pair) -> None:
        source, event = pair
        index = self.first + len(self.held)
        for ruler in self.rulers:
            ruler.add(source, index)
        self.held.append(pair)
        offset = len(self.held)
        self.piped = self.piped or (self.leading and isinstance(event, events.DataMoved) and event.body is None)
        chunk = isinstance(event, events.DataMoved) and event.body is True and event.direction == "in"
        if chunk and not self.inside_a_body():
            # In a trace each piece of the body that came in is followed by what is written of it.
            self.leading = True
            self.places.append(self.place(offset, event.size))  # type: ignore[attr-defined]
        elif self.leading and _may_lead(pair):
            if _is_spelt(pair):
                self.places[-1:] = [self.place(offset, self.places[-1].size)]
            elif len(self.places) < _PLACES:
                self.places.append(self.place(offset, self.last))
        else:
            if self.leading:
                self.leading, self.parted_at_once = False, isinstance(event, _ENDS)
            self.parting = not (self.heads or self.follows) and (isinstance(event, _ENDS) or (self.parting and _may_lead(pair)))
            if self.parting and len(self.places) < 2 * _PLACES:
                self.places.append(self.place(offset, self.owed, parted=True))
        if isinstance(event, events.HeadersEnd) and event.direction == "in":
            self.heads.append(index)
        self.texts = self.texts or (isinstance(event, events.Text) and not _is_spelt(pair))
        self.closed = self.closed or isinstance(event, _ENDS)
        if self.status in GOES_ON and not self.texts:
            # Older builds do not say that they ignore a body, they show it by going on.
            self.follows = (
                self.follows
                or isinstance(event, events.BodyIgnored)
                or (self.closed and isinstance(event, events.Followed))
            )

    def inside_a_body(self) -> bool:
        """Whether a piece of a body that has begun in place is not whole yet."""
        if self.leading or not self.places:
            return len(self.places) >= _PLACES
        last = self.places[-1]
        return all(ruler.end < start + last.size for ruler, start in zip(self.rulers, last.positions, strict=True))

    def body_ends_here(self, following: events.Event) -> tuple[_Place, int] | None:
        """Return where a body begins, and the index behind its last line, if one is whole before this event.

        One that would begin with a farewell of curl's is doubted as long as one behind the farewell may fit.
        """
        if self.leading or isinstance(following, events.Text):
            return None
        now = self.first + len(self.held)
        waiting = False
        for place in self.places:
            for ruler, start in zip(self.rulers, place.positions, strict=True):
                if ruler.end == start + place.size and self.first <= place.index < now:
                    if place.parted:
                        if isinstance(following, _PARTED) or self.is_all_text(place):
                            return place, now
                    elif isinstance(following, _BEHIND):
                        if not self.parted_at_once:
                            return place, now
                        self.doubted = self.doubted or (place, now)
                waiting = waiting or (place.parted and ruler.end < start + place.size)
        return None if waiting else self.doubted

    def is_all_text(self, place: _Place) -> bool:
        return all(isinstance(event, events.Text) for _, event in islice(self.held, place.index - self.first, None))

    # --- passing on ---------------------------------------------------------------------------------------------------

    def take(self) -> Pair:
        """Take the first held line."""
        pair = self.held.popleft()
        for ruler in self.rulers:
            ruler.drop()
        if self.heads and self.heads[0] == self.first:
            self.heads.popleft()
        self.first += 1
        return pair

    def release(self, count: int) -> Iterator[Pair]:
        """Pass the first held lines on as curl's own, and follow them."""
        stop = self.first + count
        while self.held and self.first < stop:
            pair = self.take()
            yield pair
            if type(pair[1]) in _WATCHED:
                owed = self.owed
                self.watch(*pair)
                if self.owed > owed:
                    yield from self.commit_within()
            if not self.owed:
                self.give_back()

    def give_back(self) -> None:
        """Nothing is owed: what is still held is read as usual."""
        self.queue.extendleft(reversed(self.held))
        self.held.clear()
        self.heads.clear()
        self.rulers, self.places = [], []
        self.follows = False

    def commit_within(self) -> Iterator[Pair]:
        """The headers of an answer were held themselves: its body may stand in place among the held lines."""
        for place in self.places:
            for ruler, start in zip(self.rulers, place.positions, strict=True):
                stop = ruler.starts.get(start + place.size)
                if stop is not None and stop > place.index and isinstance(self.held[stop - self.first][1], _BEHIND):
                    yield from self.commit(place, stop)
                    return

    def commit(self, place: _Place, stop: int) -> Iterator[Pair]:
        """Take the marks off the held lines from a place to a stop: they are a body."""
        while self.first < stop:
            own = self.first < place.index
            pair = self.take()
            yield pair if own else _as_body(pair)
        self.owed = max(self.owed - place.size, 0)
        self.last = max(self.last - place.size, 0)
        self.places.clear()
        self.leading, self.doubted = False, None
        if not self.owed:
            self.give_back()

    def overflow(self) -> Iterator[Pair]:
        """More is owed than can be held: such a body is written as it comes, and stands in place."""
        place = self.places[-1] if self.places else None
        if place is None or place.index < self.first or isinstance(self.held[place.index - self.first][1], _AFTER_HEADERS):
            yield from self.release(1)
            return
        rest = place.size - (self.rulers[0].end - place.positions[0])
        while self.held:
            own = self.first < place.index
            pair = self.take()
            yield pair if own else _as_body(pair)
        self.passing = max(rest, 0)
        self.places.clear()
        if not self.passing:
            self.owed = self.last = 0

    def pass_on(self, pair: Pair) -> Iterator[Pair]:
        """Take the next line of a body too long to be held; the last few are, for it may have been cut off."""
        self.held.append(pair)
        self.passing -= self.rulers[0].size(pair[0])
        done = self.passing <= 0
        while len(self.held) > (0 if done else _LAST_LINES):
            yield _as_body(self.held.popleft())
        if done:
            self.passing = self.owed = self.last = 0

    # --- the end of the log -------------------------------------------------------------------------------------------

    def end(self) -> Iterator[Pair]:
        """A body may stand behind curl's last words, or around them; without one, look behind the next answer."""
        if self.passing or all(isinstance(event, events.Text) for _, event in self.held):
            yield from self.held
            self.held.clear()
            return
        start, stop, tail = self.stretch()
        if start < stop or tail < len(self.held):
            for offset, pair in enumerate(self.held):
                yield _as_body(pair) if start <= offset < stop or offset >= tail else pair
            self.held.clear()
            return
        if self.doubted:
            yield from self.commit(*self.doubted)
            return
        count = next(
            (offset for offset, (_, event) in enumerate(self.held, 1) if isinstance(event, _CHANGES)), len(self.held)
        )
        yield from self.release(count)

    def stretch(self) -> tuple[int, int, int]:
        """Find the held lines that are the body: `[start, stop)`, and where a last line held back begins."""
        searches = [self.at_the_end, self.around_the_end]
        if not self.piped:
            searches.reverse()
        for size in dict.fromkeys((self.owed, self.last)):
            for spare in (0,) if self.doubted else (0, 1, 2):  # the last line end may be missing, or have been added
                for search in searches:
                    found = search(size, spare)
                    if found is not None:
                        return found
        return 0, 0, len(self.held)

    def at_the_end(self, size: int, spare: int) -> tuple[int, int, int] | None:
        """In a pipe standard output is written last; another program may print something behind it."""
        count = len(self.held)
        stops = [count]
        while stops[-1] > 0 and len(stops) < _LAST_LINES and isinstance(self.held[stops[-1] - 1][1], events.Text):
            stops.append(stops[-1] - 1)
        for ruler in self.rulers:
            exact = ruler.ending is None
            if exact and spare > 1:
                continue
            for stop in stops[:1] if spare and exact else stops:
                for extra in {spare, -spare}:
                    index = ruler.starts.get(ruler.at(stop) - size + extra)
                    if index is not None and self.may_begin(index, stop):
                        return index - self.first, stop, count
        return None

    def may_begin(self, index: int, stop: int) -> bool:
        """Whether a body may begin at a line: behind curl's own words, and with more in it than a farewell."""
        offset = index - self.first
        if not 0 <= offset < stop or (self.heads and self.heads[0] < index):
            return False
        if offset > 0 and isinstance(self.held[offset - 1][1], events.Text) and not _may_lead(self.held[offset - 1]):
            return False
        return any(not isinstance(event, _ENDS) for _, event in islice(self.held, offset, min(stop, offset + 9)))

    def around_the_end(self, size: int, spare: int) -> tuple[int, int, int] | None:
        """On a terminal the last line of a body without a final newline is held back behind curl's closing lines."""
        count = len(self.held)
        for offset in range(count - 1, max(count - _LAST_LINES, -1), -1):
            if not isinstance(self.held[offset][1], _ENDS):
                continue
            for number, ruler in enumerate(self.rulers):
                behind = ruler.end - ruler.at(offset + 1)
                for place in self.places:
                    for extra in {0, spare}:
                        index = ruler.starts.get(place.positions[number] + size - behind + extra)
                        if behind and index is not None and place.index <= index <= self.first + offset:
                            stop = index - self.first
                            between = islice(self.held, stop, offset)
                            if not any(isinstance(event, events.Text) for _, event in between):
                                return place.index - self.first, stop, offset + 1
        return None


_CHANGES = (events.HeadersEnd, events.BodyIgnored, events.Followed, events.DataMoved)


def _as_body(pair: Pair) -> Pair:
    source, event = pair
    return pair if isinstance(event, events.Text) else (source, events.Text(source.text))


def _is_spelt(pair: Pair) -> bool:
    """Whether a line of text is spelt by the rows of a trace, rather than written."""
    source, event = pair
    return isinstance(event, events.Text) and event.text != source.text


def _may_lead(pair: Pair) -> bool:
    event = pair[1]
    if isinstance(event, events.Text) and not event.text:  # with -i the headers are written as well, and end like that
        return True
    ticket = isinstance(event, events.HandshakeMessage) and event.number == _TICKET
    return ticket or isinstance(event, _BEFORE) or _is_spelt(pair)


def has_body(method: str, status: int) -> bool:
    """Whether a response can have a body (RFC 9112, 6.3)."""
    if method == "HEAD" or status in (204, 304) or 100 <= status < 200:
        return False
    return not (method == "CONNECT" and 200 <= status < 300)
