"""What a trace shows of the bodies that came in, and which lines are the copy of them that the tool writes.

`--trace` shows every byte of a body in rows before the tool writes it. Where both go to one place, the log holds the
body twice; and whatever the written lines imitate, they repeat what the rows showed. A byte that is not printable is a
`.` in the rows of `--trace-ascii` (`src/tool_cb_dbg.c`), and CR LF ends a row there, so lines are compared that way.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from itertools import takewhile

import msgspec

from curlx import events
from curlx.grammar.marks import claim, unmarked
from curlx.grammar.tracing import as_shown
from curlx.lines import Line

_BODIES = 20
"""Bodies of which the copy is waited for: a pipe passes on those of several URLs at the end."""
_KEPT = 1 << 18
"""Bytes of a body that are remembered."""
_AHEAD = 4_096
"""Bytes in which a line that has no mark is looked for, when one before it was not as shown."""
_LEAST = 12
"""Bytes of such a line, at the least."""
_END = b"."
_ESCAPES = re.compile(rb"\.\[(?:\d{1,3}(?:;\d{1,3}){0,9})?[mK]")
"""Colours; they are taken out of a line before it is read."""
_ENDS = re.compile(rb"\.{0,3}")
_PROMPT = b"$ "
"""It is taken off before a command as well."""
_BYTE_ORDER_MARK = 3
"""Its bytes in UTF-8."""
_CHUNK = re.compile(rb"(?:\.\.)?([0-9A-Fa-f]{1,8})(?:[ ;][^.]{0,100})?\.\.")
"""The size of a chunk (RFC 9112, 7.1), between two ends of lines."""
_CHUNK_LENGTH = 120
_TIME = len("12:00:00.000000")


class _Body:
    """What was shown of one, and how much of its copy was read."""

    __slots__ = ("_chunked", "_left", "_pending", "place", "shown")

    def __init__(self) -> None:
        self.shown = bytearray()
        self.place = 0
        self._chunked: bool | None = None
        self._left = 0
        self._pending = bytearray()

    def add(self, shown: bytes, *, chunked: bool) -> None:
        if len(self.shown) > _KEPT:
            return
        if self._chunked is None:
            self._chunked = chunked and _CHUNK.match(shown) is not None
        if not self._chunked:
            self._extend(shown)
            return
        self._pending += shown
        while self._pending:
            if not self._left:
                size = _CHUNK.match(self._pending)
                if size is None:
                    if len(self._pending) > _CHUNK_LENGTH:
                        self._chunked = False
                    return
                self._left = int(size[1], 16)
                del self._pending[: size.end()]
                continue
            self._extend(bytes(self._pending[: self._left]))
            taken = min(self._left, len(self._pending))
            del self._pending[:taken]
            self._left -= taken

    def _extend(self, shown: bytes) -> None:
        self.shown += _ESCAPES.sub(b"", shown)

    def take(self, line: bytes, *, marked: bool) -> int:
        """Go on with a line, and return how much of it is of this body: what curl said next may stand behind."""
        shown, place = self.shown, self.place
        starts = list(self._starts(place))
        starts += (start + len(_PROMPT) for start in starts if shown.startswith(_PROMPT, start))
        for start in starts:
            rest = bytes(shown[start : start + len(line)])
            if not rest or not line.startswith(rest):
                continue
            # A row of the meter has no end of its own.
            row = isinstance(unmarked(line.decode("latin-1")), events.Meter)
            if row or len(rest) < len(line) or self._may_end(start + len(line)):
                self.place = start + len(rest)
                return len(rest)
        if place and not marked and len(line) >= _LEAST:
            found = shown.find(line, place, place + _AHEAD)
            if found >= 0 and self._may_end(found + len(line)):
                self.place = found + len(line)
                return len(line)
        return 0

    def _starts(self, place: int) -> Iterator[int]:
        """Where the next line may begin: behind the end of the last one, or a mark of the byte order."""
        ended = len(_ENDS.match(self.shown, place)[0])  # type: ignore[index]
        if place:
            yield from range(place + min(ended, 2), place - 1, -1)
        else:
            yield place
            if ended >= _BYTE_ORDER_MARK:
                yield _BYTE_ORDER_MARK

    def breaks(self, line: bytes) -> Iterator[tuple[int, int]]:
        """Yield where a full pipe may have broken the copy within a line, and how much of the line comes before.

        What curl said next may begin with bytes that the copy goes on with, as far as a time reaches.
        """
        for start in self._starts(self.place):
            ahead = self.shown[start : start + len(line)]
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(line, ahead, strict=False)))
            yield from ((start + cut, cut) for cut in range(same, max(same - _TIME, 0), -1))

    def _may_end(self, place: int) -> bool:
        return self.shown[place : place + 1] in (b"", _END)


class Copies:
    """The bodies that a trace has shown, and the line with which the copy of one goes on."""

    def __init__(self) -> None:
        """Begin without one."""
        self._bodies: deque[_Body] = deque(maxlen=_BODIES)
        self._current: _Body | None = None
        self._chunked = False
        self._begun = False

    def watch(self, event: events.Event) -> None:
        """Follow the head of an answer."""
        if isinstance(event, events.StatusLine):
            self._begun = self._chunked = False
        elif isinstance(event, events.Header) and event.name.lower() == "transfer-encoding":
            self._chunked = "chunked" in event.value.lower()

    def show(self, shown: bytes) -> None:
        """Rows show more of the latest answer's body."""
        if not self._begun:
            self._bodies.append(_Body())
            self._begun = True
        self._bodies[-1].add(shown, chunked=self._chunked)

    def part_of(self, line: Line, *, marked: bool) -> tuple[Line | None, Line | None]:
        """Return the part of a line with which the copy of a body goes on, and the rest.

        The last line of a body may have no end; what curl said next stands behind it then. `marked` is a line that
        looks like curl's.
        """
        raw = line.text.encode("utf-8", "surrogatepass")
        shown = _ESCAPES.sub(b"", as_shown(raw))
        for body in (self._current, *self._bodies) if self._current else self._bodies:
            if shown and (body is self._current or not body.place):
                taken = body.take(shown, marked=marked)
                if taken:
                    self._current = body
                    return _parted(line, raw, taken) if taken < len(raw) else (line, None)
        if self._current is not None and not marked:
            for place, taken in self._current.breaks(shown):
                front, rest = _parted(line, raw, taken)
                if rest is not None:
                    self._current.place = place
                    return front, rest
        return None, None


def _parted(line: Line, raw: bytes, taken: int) -> tuple[Line | None, Line | None]:
    """Part a line behind so many of its bytes, if curl's words stand there."""
    cut = len(raw[:taken].decode("utf-8", "ignore"))
    if not claim(line.text[cut:]).mark:
        return None, None
    first = msgspec.structs.replace(line, text=line.text[:cut], size=min(taken, line.size), crlf=False)
    return first, Line(line.number, line.text[cut:], line.size - first.size, line.crlf)
