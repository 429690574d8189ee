"""A page of text for a terminal: rows of styled pieces, wrapped to a width, painted only when colour is wanted.

Everything written is made harmless first. Rich paints; without colour it is not even imported.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from curlx.renderers.harmless import harmless

_LEAST = 16
"""Cells that a row of prose needs: where the piece before it leaves less, it begins on the next row."""
Piece = tuple[str, str]
"""A text and the name of its style ("" for none)."""

STYLES = {
    "error": "bold red", "warning": "bold yellow", "note": "bold cyan", "ok": "bold green", "unclear": "yellow",
    "heading": "bold", "quiet": "dim", "gutter": "blue", "second": "cyan", "command": "green",
}  # fmt: skip
_ASCII = {"✔": "+", "✖": "x", "●": "*", "│": "|", "…": "...", "•": "-", "·": "-", "–": "-", "—": "-", "“": '"',
          "”": '"', "‘": "'", "’": "'", "‹": "<", "›": ">", "→": "->"}  # fmt: skip


class Paper:
    """What has been written so far. `width` is in cells of the terminal, as is every length here."""

    def __init__(self, width: int = 80, *, color: bool = False, unicode: bool = True) -> None:
        """Take an empty page; a width under 40 is read as 40."""
        self.width = max(width, 40)
        self._color = color
        self._unicode = unicode
        self._rows: list[list[Piece]] = []

    def row(self, *pieces: Piece) -> None:
        """Write one row as it is, never wrapped: what is to be pasted must stay in one piece."""
        self._rows.append([(self._plain(text), style) for text, style in pieces])

    def gap(self) -> None:
        """Write an empty row, unless the last one is empty or there is none yet."""
        if self._rows and self._rows[-1]:
            self._rows.append([])

    def prose(self, text: str, style: str = "", *, first: tuple[Piece, ...] = (), rest: tuple[Piece, ...] = ()) -> None:
        """Write words, wrapped; `first` stands before the first row, `rest` before the others."""
        start = [(self._plain(piece), name) for piece, name in first]
        next_start = [(self._plain(piece), name) for piece, name in rest]
        room = self.width - cells("".join(piece for piece, _ in start))
        next_room = self.width - cells("".join(piece for piece, _ in next_start))
        if room < _LEAST < next_room:
            self._rows.append(start)
            start, room = next_start, next_room
        for row in wrapped(self._plain(" ".join(text.split())), room, next_room):
            self._rows.append([*start, (row, style)])
            start = next_start

    def clip(self, text: str, room: int) -> str:
        """Return the beginning of a text that fits into so many cells, made harmless, `…` where it was cut."""
        text = self._plain(text)
        if cells(text) <= room:
            return text
        end = self._plain("…")
        return f"{fitting(text, room - len(end))}{end}"

    def text(self) -> str:
        """Return the page, rows without blanks at their ends, and no empty row at its own."""
        rows = self._rows[:-1] if self._rows and not self._rows[-1] else self._rows
        return "".join(f"{self._painted(row)}\n" for row in rows)

    def _plain(self, text: str) -> str:
        text = harmless(text)
        if self._unicode or text.isascii():
            return text
        text = "".join(_ASCII.get(character, character) for character in text)
        return text.encode("ascii", "backslashreplace").decode()

    def _painted(self, row: list[Piece]) -> str:
        if not self._color:
            return "".join(text for text, _ in row).rstrip()
        return "".join(_paint(text, style) for text, style in row)


def cells(text: str) -> int:
    """Return how many cells a terminal gives a text: two if wide, none if combining (Unicode TR 11)."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


@cache
def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fitting(text: str, room: int) -> str:
    """Return the beginning of a text that fits into so many cells; at least one character."""
    if text.isascii():
        return text[:room]
    used = 0
    for position, character in enumerate(text):
        used += _cells(character)
        if used > room:
            return text[: max(position, 1)]
    return text


def wrapped(text: str, room: int, next_room: int) -> list[str]:
    """Return the rows of a text: broken at blanks, and inside a word only where it fits no row."""
    rows: list[str] = []
    row = ""
    for word in text.split(" "):
        here = next_room if rows else room
        joined = f"{row} {word}" if row else word
        if cells(joined) <= here:
            row = joined
            continue
        if row:
            rows.append(row)
        row = word
        while cells(row) > (here := next_room if rows else room):
            head = fitting(row, max(here, 2))
            rows.append(head)
            row = row[len(head) :]
    return [*rows, row]


@cache
def _style(name: str) -> object:
    from rich.style import Style

    return Style.parse(STYLES[name])


def _paint(text: str, name: str) -> str:
    if not name or not text:
        return text
    from rich.color import ColorSystem
    from rich.style import Style

    style = _style(name)
    return style.render(text, color_system=ColorSystem.STANDARD) if isinstance(style, Style) else text
