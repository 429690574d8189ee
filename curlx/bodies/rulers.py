"""Where the held lines begin, in bytes.

A paste keeps a line's text and not its end, so there is more than one way to count.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from curlx.reader import Source


class Place(NamedTuple):
    """Where a body may begin."""

    line: int
    """Of the line that would be its first, counted over the whole hold."""
    starts: tuple[int, ...]
    """Position of that line, by each ruler."""
    size: int
    """Bytes of the body."""
    parted: bool = False
    """It is behind a farewell of curl's rather than behind the headers."""


class Found(NamedTuple):
    """A body that was found among the held lines."""

    place: Place
    stop: int
    """The index behind its last line."""
    own_words: range = range(0)
    """Lines in it that are curl's: its farewell, where a pipe wrote the last part of the body behind that."""


class Ruler:
    """Where the held lines begin, by one way to count the bytes of a line."""

    def __init__(
        self, ending: int | None, *, terminal: bool = False, before: int = 0, heads: tuple[str, ...] = ()
    ) -> None:
        """Count lines as they stand, or with an end of this many bytes: a paste keeps a line's text, not its end.

        0 stands for the end that a line has behind what was put before it, and `before` bytes are what was. A terminal
        puts a CR before every LF, also where the body has CR LF (`onlcr`, termios(3)): it is not counted. Lines that
        begin as a head's (`heads`) had a CR that is lost: a body that is a log of curl's ends its lines in both ways.
        """
        self.ending = ending
        self.heads = heads
        self.before = self.left = before
        self.added = 1 if terminal else 0
        self.end = 0
        self.lines: dict[int, int] = {}
        self.positions: deque[int] = deque()
        self.number = -1

    def size(self, source: Source) -> int:
        """Return the bytes of the next line, or of a piece of one."""
        if self.ending is None or len(source.text) >= 65_536:
            size = source.size - (self.added if source.crlf and source.size else 0)
            if self.left and size - len(source.text.encode("utf-8", "surrogatepass")) >= self.left:
                size, self.left = size - self.left, 0  # of several pieces one has what stands before the line
            return size
        size = len(source.text.encode("utf-8", "surrogatepass")) + source.hidden + (self.ending or 1 + source.crlf)
        size += bool(self.heads) and source.text.startswith(self.heads)
        return size if source.size else 0  # a line may say two things

    def add(self, source: Source, index: int) -> None:
        """Count the next line; what stood in one line with it had no end of its own."""
        if (
            source.number == self.number
            and self.ending is not None
            and self.positions
            and self.end > self.positions[-1]
        ):
            self.end -= self.ending or 1
        if source.number != self.number:
            self.number, self.left = source.number, self.before
        self.lines.setdefault(self.end, index)
        self.positions.append(self.end)
        self.end += self.size(source)

    def drop(self) -> None:
        """Forget the first line."""
        self.lines.pop(self.positions.popleft(), None)

    def at(self, offset: int) -> int:
        """Return where the held line of this offset begins, or where the next one will."""
        return self.positions[offset] if offset < len(self.positions) else self.end
