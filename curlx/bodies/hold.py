"""Lines held back while a body is owed, and where among them it may stand."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice

from curlx import events
from curlx.bodies.rulers import Found, Place, Ruler
from curlx.bodies.standing import (
    BEHIND,
    ENDS,
    LAST_WORDS,
    Pair,
    begins_another,
    goes_on_with_a_head,
    is_spelt,
    least_in_chunks,
    looks_on,
    may_lead,
    says_goodbye,
)
from curlx.patterns import Pattern
from curlx.reader import Source

_ROW, _ROWS = 40, 4
"""Letters of a row of a trace that are compared, and rows that are."""
_MARK = "* "
"""What curl's next words begin with, behind the last line of a body."""
PROMPT = Pattern(r"(?:[^\s$#%<>]{1,80} ){0,2}[^\s$#%<>]{0,80} ?[$#%](?: |$)")
"""What else stands there, where the body's length was announced: the shell asks for the next command."""
_FAREWELLS = 64
"""Farewells that a body may stand around, at the most: its first part may hold any number, and its last some."""
_BAR = "#"
"""What the bar of `-#` begins with."""
_HEADS = ("> ", "< ")
_PLACES = 16
"""Places behind the headers at which a body may begin, at the most."""
_OF_TLS = frozenset({events.HandshakeMessage, events.ClientHello, events.TlsAlert})
"""What curl says next of data is the size of these."""
_RECORD = 5
"""Bytes of the header of a TLS record (RFC 8446, 5.1)."""


class Hold:
    """The lines held back, the places at which a body may begin, and the bytes that are owed."""

    def __init__(self, before: int | None, *, terminal: bool = False) -> None:
        """Begin to hold; in a raw log lines are counted as they stand, behind so many bytes that are not curl's."""
        self.lines: deque[Pair] = deque()
        self.first = 0
        """Index of the first held line: lines are counted over the whole hold."""
        if before is None:
            self.rulers = [Ruler(None), Ruler(1), Ruler(2), Ruler(0), Ruler(1, heads=_HEADS)]
            self.rulers.append(Ruler(None, terminal=True))
        else:
            self.rulers = [Ruler(None, before=before)]
            if terminal:  # or a console of Windows, where the body ends its lines as it likes
                self.rulers.append(Ruler(None, before=before, terminal=True))
            elif before:  # blank lines may have lost a blank
                self.rulers.append(Ruler(0))
        self.owed = 0
        """Bytes of all bodies that were not found yet."""
        self.last = 0
        """Bytes of the latest of them."""
        self.places: list[Place] = []
        self.doubted: Found | None = None
        """A body in place that would begin with a farewell, and where it would end: a later place may fit as well."""
        self.closed = self.written = self._asked = False
        """Since the headers: curl said farewell; a line of text was written; curl asked for something else."""
        self.farewells = 0
        self.ends: deque[int] = deque(maxlen=_FAREWELLS)
        """Where curl says farewell among the held lines."""
        self.framed = 0
        """Bytes that came in for a body in chunks, their framing included."""
        self.received = 0
        """Bytes that came in before curl's farewell, where the body is not in chunks."""
        self.records = 0
        """Of these, bytes that came in as the header of a TLS record does; OpenSSL has curl tell of both."""
        self.growing = False
        """No length was announced: what comes in is owed."""
        self._ends: set[int] = set()
        self.heads: deque[int] = deque()
        """Where headers end among the held lines."""
        self._through = False
        """The latest request is for a proxy's tunnel: no body is behind such a head."""
        self._told, self.told_at = False, -1
        """curl told of data since the headers, and the index of that line."""
        self._spelt: list[str] = []
        """The first rows of a trace that spell the body: a chunk's size may be one."""
        self.short = self.short_at = 0
        """Bytes of the body that came, as curl says when it misses the rest, and writes them behind its last words."""
        self.announced = True
        """The length of the latest body was: else what came in tells it, and the meter knows better."""
        self._leading = self._parting = False
        """Every line since the headers, or since a farewell, is one that may stand before a body."""
        self.parted_at_once = False
        """The first line that may not is one of curl's last words."""
        self.barred = False
        """`-#` draws a bar: curl ends its line behind a body that is written last, where that has no line end."""

    def window(self) -> int:
        """Return the bytes that are held."""
        return self.rulers[0].end - self.rulers[0].at(0)

    def owe(self, size: int) -> None:
        """From the first held line on a body of this size may come."""
        self.owed += size
        self.last = size
        self.clear_places()
        self.closed = self.written = self._asked = False
        self.farewells = self.framed = 0
        self.announced = self._leading = True
        self._told = self._through = False
        self._spelt.clear()
        self._add_place(0, size)
        for offset, pair in enumerate(islice(self.lines, _PLACES), 1):
            if not may_lead(pair):
                self._leading = False
                break
            self._add_place(offset, size)

    def pay(self, size: int) -> None:
        """Take bytes off what is owed: a body was found, or will not come."""
        self.owed = max(self.owed - size, 0)
        self.last = max(self.last - size, 0)
        self.clear_places()

    def comes(self, size: int, *, chunked: bool) -> None:
        """No length was announced: the first bytes of the body came in."""
        self.announced = False
        if chunked:
            self.framed = size
        else:
            self.receive(size)
            self.growing = True

    def receive(self, size: int) -> None:
        """So many bytes came in, before curl's farewell."""
        self.received += size
        self.records += size if size == _RECORD else 0

    def measure(self, size: int) -> None:
        """The meter tells how many bytes came in, where the head and what curl tells of data leave it open."""
        if size and not self.announced and self.owed == self.last:
            self.owed = self.last = size
            self.received = self.records = self.framed = 0
            self.places = [place._replace(size=size) for place in self.places]
            self._ends = {start + size for place in self.places for start in place.starts}
            self.growing = False

    def clear_places(self) -> None:
        """Forget where the latest body may begin."""
        self.places.clear()
        self._ends.clear()
        self.doubted = None
        self._leading = self._parting = False

    def _add_place(self, offset: int, size: int, *, parted: bool = False) -> None:
        place = Place(self.first + offset, tuple(ruler.at(offset) for ruler in self.rulers), size, parted)
        self.places.append(place)
        self._ends.update(start + size for start in place.starts)
        if parted and self.barred:
            self._ends.update(start + size + 1 for start in place.starts)

    # --- lines in and out ---------------------------------------------------------------------------------------------

    def add(self, pair: Pair) -> None:
        """Hold a line."""
        source, event = pair
        spelt = self._spelt
        if type(event) is events.Text and event.text and not self.closed and len(spelt) < _ROWS and is_spelt(pair):
            spelt.append(event.text[:_ROW])  # behind its farewell, curl shows no more of what came in
        index = self.first + len(self.lines)
        for ruler in self.rulers:
            ruler.add(source, index)
        self.lines.append(pair)
        offset, leading = len(self.lines), self._leading
        if (
            type(event) is events.DataMoved
            and event.body
            and event.size
            and event.direction == "in"
            and not self._inside_a_body()
        ):
            # In a trace each piece of the body that came in is followed by what is written of it.
            self._leading = True
            self._add_place(offset, event.size)
        elif self._leading and not self._told and self._tells_of_the_body(pair):
            self._told, self.told_at = True, index  # curl tells of data before it writes them
            self.places.clear()
            self._ends.clear()
            self._add_place(offset, self.last)
        elif self._leading and may_lead(pair):
            if is_spelt(pair):
                self._add_place(offset, self.places.pop().size if self.places else self.last)
            elif len(self.places) < _PLACES:
                self._add_place(offset, self.last)
        else:
            if self._leading:
                self._leading, self.parted_at_once = False, type(event) in LAST_WORDS
            self._part(pair, index)
        if leading and type(event) is events.Complaint:
            self.short, self.short_at = self.came(event), index
        if type(event) is events.HeadersEnd and event.direction == "in" and not self._through:
            self.heads.append(index)
        ends = type(event) in ENDS
        self.closed = self.closed or ends
        self.farewells += ends
        if ends:
            self.ends.append(index)
        if type(event) is events.RequestLine:
            self._asked, self._through = True, event.for_a_tunnel
        if type(event) is events.DataMoved and event.direction == "in" and not (self.closed or self._asked):
            if not self._tells_of_the_body(pair):
                pass
            elif self.framed:
                self.framed += event.size
            else:
                self.receive(event.size)
                if self.growing:
                    self.owed, self.last = self.owed + event.size, self.last + event.size
        self.barred = self.barred or (type(event) is events.Meter and source.text.lstrip().startswith(_BAR))
        self.written = self.written or (type(event) is events.Text and event.text != "" and not is_spelt(pair))

    def _part(self, pair: Pair, index: int) -> None:
        """Learn from the line that was held last whether a body may begin behind it that is written last."""
        event, goodbye = pair[1], says_goodbye(pair[1])
        self._parting = not self.heads and (
            type(event) in ENDS or (self._parting and (type(event) is events.Exit or may_lead(pair) or goodbye))
        )
        self._parting = self._parting and not looks_on(event)
        if not self._parting:
            return
        head = type(event) is events.Text and event.text.startswith("HTTP/")
        head = head and len(self.lines) > 1 and type(self.lines[-2][1]) is not events.Text
        if (goodbye or head) and self.places and self.places[-1].line == index:
            self.places.pop()  # what curl says behind its farewell, and writes with -i, comes before a body
        if len(self.places) < 2 * _PLACES and not goes_on_with_a_head(pair):
            lacking = self.last - self.short if self.short else self.records if self.growing else 0
            for size in {self.owed, self.owed - lacking}:
                self._add_place(len(self.lines), size, parted=True)

    def _tells_of_the_body(self, pair: Pair) -> bool:
        event = pair[1]
        told = type(event) is events.DataMoved and event.direction == "in" and event.body is None
        return told and not (len(self.lines) > 1 and type(self.lines[-2][1]) in _OF_TLS)

    def take(self) -> Pair:
        """Take the first held line."""
        for ruler in self.rulers:
            ruler.drop()
        if self.heads and self.heads[0] == self.first:
            self.heads.popleft()
        if self.ends and self.ends[0] == self.first:
            self.ends.popleft()
        self.first += 1
        while self.places and self.places[0].line < self.first:
            self.places.pop(0)
        return self.lines.popleft()

    def line(self, index: int) -> Pair | None:
        """Return a line by its index, while it is held."""
        return self.lines[index - self.first] if 0 <= index - self.first < len(self.lines) else None

    def _inside_a_body(self) -> bool:
        """Whether a piece of a body that has begun in place is not whole yet."""
        last = next((place for place in reversed(self.places) if not place.parted), None)
        if last is None or self._leading:
            return len(self.places) >= _PLACES
        return all(ruler.end < start + last.size for ruler, start in zip(self.rulers, last.starts, strict=True))

    # --- where the body is --------------------------------------------------------------------------------------------

    def whole_before(self, following: events.Event) -> Found | None:
        """Return a body that is whole before this event, if there is one.

        One that would begin with a farewell of curl's is doubted as long as one behind the farewell may fit.
        """
        if self._leading:
            return None
        text = type(following) is events.Text  # another program's, or that of --write-out, behind a body written last
        now = self.first + len(self.lines)
        if any(ruler.end in self._ends for ruler in self.rulers):
            for place in self.places:
                for ruler, start in zip(self.rulers, place.starts, strict=True):
                    if place.line == now or not self._fits(place, ruler.end - start):
                        continue
                    if not self.begins_as_spelt(place.line):
                        continue
                    if not place.parted and (0 < self.short < place.size or self._is_against(following)):
                        continue  # curl misses some of it
                    if place.parted:
                        of_text = ruler.ending is None and not self._is_text(place) if text else self._is_text(place)
                        if begins_another(following) or of_text:
                            return Found(place._replace(size=self.owed), now)
                    elif type(following) in BEHIND:
                        if not self.parted_at_once:
                            return Found(place, now)
                        self.doubted = self.doubted or Found(place, now)
        if begins_another(following):
            found = self._whole_before_words(now)
            if found is not None:
                return found
        if (
            self.doubted
            and self.heads
            and not self.framed
            and not any(
                place.parted and ruler.end < start + place.size
                for place in self.places
                for ruler, start in zip(self.rulers, place.starts, strict=True)
            )
        ):
            return self.doubted
        return None

    def _fits(self, place: Place, size: int) -> bool:
        """Whether lines of so many bytes are the body at a place, with the end of the bar's line behind it perhaps."""
        return size == place.size or (size == place.size + 1 and place.parted and self.barred)

    def _is_against(self, following: events.Event) -> bool:
        """Whether curl cannot say so behind a whole body: of announced length, its framing is beyond complaint."""
        return self.announced and type(following) is events.Complaint and following.kind == "malformed-response"

    def ends_within(self, source: Source) -> int | None:
        """Return behind how many bytes of a line a body ends that has no last line end, if curl goes on there."""
        text = source.text
        prompts = self.announced and any(sign in text for sign in "$#%")
        within = source.hidden > 0 or _MARK in text[1:] or prompts
        raw = bytes(source.hidden) + text.encode("utf-8", "surrogatepass") if within else b""
        cuts = {end - ruler.end for end in self._ends for ruler in self.rulers} if raw else ()
        for cut in cuts:
            following = raw[cut:].decode("utf-8", "replace") if 0 < cut < len(raw) else ""
            if following.startswith(_MARK) or (following and prompts and PROMPT.match(following)):
                return cut
        return None

    def _whole_before_words(self, now: int) -> Found | None:
        """Return a body that was written last, behind which somebody's words stand: blank lines, or a sentence."""
        for place in self.places:
            for ruler, start in zip(self.rulers, place.starts, strict=True):
                stop = ruler.lines.get(start + place.size) if place.parted else None
                if stop is not None and place.line < stop < now and self._is_text(place._replace(line=stop)):
                    return Found(place, stop)
        return None

    def is_shown(self) -> bool:
        """Whether a trace has shown the body."""
        return bool(self._spelt)

    def begins_as_spelt(self, index: int) -> bool:
        """Whether a body may begin with a line, as far as a trace has shown how it begins."""
        line = self.line(index)
        text = line[0].text[:_ROW] if line else ""
        return not self._spelt or any(row.startswith(text) or text.startswith(row) for row in self._spelt)

    def _is_text(self, place: Place) -> bool:
        held = islice(self.lines, place.line - self.first, None)
        return all(type(event) is events.Text for _, event in held)

    def came(self, told: events.Complaint) -> int:
        """Return how many bytes of the latest body came, as curl says where it breaks off; 0 if it does not."""
        if told.kind == "transfer-interrupted" and told.number:
            return max(self.last - told.number, 0)
        return (told.number or 0) if told.kind == "timeout" else 0

    def whole_of(self, size: int) -> Found | None:
        """Return a body in place of which so many bytes came, as curl says behind it."""
        for place in self.places if size > 0 and (size <= self.last or not self.announced) else ():
            for ruler, start in zip(self.rulers, place.starts, strict=True):
                end = start + size
                stop = self.first + len(self.lines) if ruler.end == end else ruler.lines.get(end)
                if stop is not None and stop > place.line and not place.parted:
                    whole = self.framed and size >= least_in_chunks(self.framed)
                    return Found(place._replace(size=self.last if whole else size), stop)
        return None

    def whole_within(self) -> Found | None:
        """Return a body that stands in place among the held lines."""
        for place in self.places:
            for ruler, start in zip(self.rulers, place.starts, strict=True):
                stop = ruler.lines.get(start + place.size)
                following = self.line(stop) if stop is not None and stop > place.line else None
                if stop is not None and following is not None and type(following[1]) in BEHIND:
                    return Found(place, stop)
        return None

    def __iter__(self) -> Iterator[Pair]:
        """Yield the held lines."""
        return iter(self.lines)
