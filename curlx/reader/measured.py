"""Bodies whose length tells which lines are theirs: behind a head of `-i`, below the meter, and shown by curl_cffi.

Without -v curl marks no line, so that the first mark in a body would look like the style of a run. And curl_cffi shows
what came in behind a mark that only its first line has. Such a body ends where the length that its head announced does.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import msgspec

from curlx import events
from curlx.events import Event
from curlx.grammar.marks import as_text, claim, unmarked
from curlx.grammar.tracing import as_shown
from curlx.grammar.transferring import all_received
from curlx.lines import Line
from curlx.reader.copies import Copies

_LONGEST = 1 << 18
"""Bytes of a body that are looked at."""
_MARK, _OF_TLS = "< DATA ", "< SSL ["
"""What curl_cffi prints before a piece of a body, and before what TLS makes of one (`curl_cffi/curl.py`)."""


class Measured:
    """The length of the body that comes next, and how many of the next lines are its own."""

    def __init__(self) -> None:
        """Await none."""
        self.owed = 0
        """Bytes of a body, as the head has told that ended with the latest line."""
        self.marked = False
        """That head had marks: then only curl_cffi shows the body so."""
        self.headless = False
        """Only the meter told it: where a head follows, that knows better."""
        self.lines = 0
        """So many of the next lines are the body."""
        self.row = ""
        """The meter's row that stands among them: where a pipe was full, it comes before the rest of the body."""

    def head_ended(self, length: int, *, marked: bool, headless: bool = False) -> None:
        """Behind this line a body of so many bytes may stand."""
        self.owed, self.marked, self.headless = length, marked, headless

    def ahead(self, first: Line, rest: Iterator[Line]) -> Iterator[Line]:
        """Yield the lines behind a head, as far as its body may go; how many are its own is known then."""
        held = self._held(chain((first,), rest))
        self.owed = 0
        yield from held

    def _held(self, lines: Iterator[Line]) -> list[Line]:
        held: list[Line] = []
        sizes, least, pieces, spoken = (0, 0, 0), 0, 0, False
        said, row = 0, ""
        for line in lines:
            held.append(line)
            if self.marked and line.text.startswith(_OF_TLS):
                continue
            piece = self.marked and line.text.startswith(_MARK)
            pieces += piece
            if (self.marked and not pieces) or (self.headless and line.text.startswith("HTTP/")):
                break
            size = self.owed + pieces  # it ends each piece with a line end of its own
            if not (self.marked or said) and held[1:] and all_received(line.text) == size:
                said, row = line.size, line.text
            before, sizes = sizes, _added(sizes, line, len(_MARK) if piece else 0)
            spoken = spoken or piece or not claim(line.text).mark
            least = min(sizes)
            if (size in sizes or (said and size + said == sizes[0])) and spoken:
                self.lines, self.row = len(held), "" if size in sizes else row
                break
            if least > size + said or least > _LONGEST:
                ends = (size, size + said)
                cut = {end - each for end in ends for each in before} if spoken and not self.marked else ()
                parts = next((parts for at in cut if (parts := _parted(line, at))), None)
                if parts:
                    self.lines, self.row = len(held), row
                    held[-1:] = parts
                break
        return held

    def text(self, line: Line, copies: Copies) -> tuple[Line, Event]:
        """Return the next line of the body; what curl_cffi shows may be printed once more."""
        self.lines -= 1
        text = line.text
        if not self.marked:
            return line, unmarked(text) if text == self.row else as_text(text)
        if text.startswith(_OF_TLS):
            return line, as_text("")
        size, before = line.size, "\n"
        if text.startswith(_MARK):
            text, size = text.removeprefix(_MARK), size - len(_MARK)
            before = ""  # the line end before it is curl_cffi's
        copies.show(as_shown((before + text).encode("utf-8", "surrogatepass")))
        return msgspec.structs.replace(line, text=text, size=max(size - (not self.lines), 0)), as_text(text)


def _added(sizes: tuple[int, int, int], line: Line, less: int) -> tuple[int, int, int]:
    """Add a line: as it stands; as its text and an end, where something else stood before it; and without `onlcr`."""
    raw, told, terminal = sizes
    text = len(line.text.encode("utf-8", "surrogatepass")) + 1 + line.crlf
    return raw + line.size - less, told + text - less, terminal + line.size - line.crlf - less


def _parted(line: Line, at: int) -> list[Line] | None:
    """Part a line behind so many bytes, if what curl says without a mark follows there."""
    raw = line.text.encode("utf-8", "surrogatepass")
    if not 0 < at < len(raw):
        return None
    first, rest = raw[:at].decode("utf-8", "ignore"), raw[at:].decode("utf-8", "ignore")
    if not isinstance(unmarked(rest), events.Meter | events.Exit):
        return None
    return [Line(line.number, first, at), Line(line.number, rest, max(line.size - at, 0), line.crlf)]
