"""The blocks of `--trace` and `--trace-ascii`: headings, dump rows, and what the rows spell (`src/tool_cb_dbg.c`)."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Literal, NamedTuple

from curlx.events import Direction
from curlx.patterns import Pattern

Content = Literal["header", "data", "tls"]
"""`header` and `data` are the exchange itself, `data` being the body; `tls` is the bytes of TLS records."""

_CONTENT: dict[str, Content] = {"header": "header", "data": "data", "SSL data": "tls"}
_HEADING = Pattern(
    r"(?:(?P<out>=> Send)|<= Recv) (?P<content>header|data|SSL data), (?P<size>\d{1,15}) bytes \(0x[0-9a-f]{1,15}\)"
    r"\s{0,4}"
)
_ROW = Pattern(r"(?P<offset>[0-9a-f]{4,12}): ?(?P<shown>.*)", re.S)
_HEX = Pattern(r"(?:(?:[0-9a-f]{2}|xx) ){1,16}")  # `xx` is a byte that was hidden
_HEX_WIDTH = 48
"""Columns of the sixteen bytes of a row, filled with blanks."""
_ASCII_WIDTH = 0x40
_IDS = Pattern(r"^\[\d{1,9}-[\dx]{1,9}\] ")
_SHOWN = bytes(byte if 0x20 <= byte < 0x7F else 0x2E for byte in range(256))
_KEPT = 1 << 16
"""Bytes of a block that are spelt out; the rest is counted only."""


class Heading(NamedTuple):
    """`=> Send header, 82 bytes (0x52)`."""

    direction: Direction
    content: Content
    size: int


class Spelt(NamedTuple):
    """A line that the rows of a block spell, and the row in which it begins."""

    row: int
    text: str


def read_heading(text: str) -> Heading | None:
    """Return what a block's first line announces, or None when the line is something else."""
    match = _HEADING.fullmatch(text)
    if match is None:
        return None
    return Heading("out" if match["out"] else "in", _CONTENT[match["content"]], int(match["size"]))


def as_shown(data: bytes) -> bytes:
    """Return bytes as the rows show them: `.` for each that is not printable."""
    return data.translate(_SHOWN)


class Block:
    """The rows after a heading, as they come."""

    __slots__ = ("_next", "_rows", "heading")

    def __init__(self, heading: Heading) -> None:
        """Begin a block without rows."""
        self.heading = heading
        self._rows: list[tuple[int, str]] = []
        self._next = 0

    def take(self, text: str) -> bool:
        """Take a line as the next row; False when it is none, and the block is over."""
        match = _ROW.fullmatch(text)
        if match is None:
            return False
        offset = int(match["offset"], 16)
        if offset >= self.heading.size or (offset != 0 if self._next == 0 else offset < self._next):
            return False
        self._next = offset + 1
        # Rows past the limit are taken but not kept; of TLS records none is.
        self._rows.append((offset, match["shown"] if offset < _KEPT and self.heading.content != "tls" else ""))
        return True

    def spell(self) -> list[Spelt]:
        """Return the lines that the rows spell; rows are counted from 0."""
        rows = self._rows
        if self.heading.content == "tls" or not rows:
            return []
        first = _IDS.sub("", rows[0][1], count=1)  # 8.12 to 8.16 put `[0-0] ` into the data
        if _is_hex(rows[0][1]):
            return _spell_hex([shown for _, shown in rows], self.heading.content)
        return _spell_ascii([(rows[0][0], first), *rows[1:]])

    def shown(self) -> bytes:
        """Return the bytes of the block, `.` in place of each that a trace does not show as it is."""
        rows = self._rows
        if rows and _is_hex(rows[0][1]):
            return as_shown(b"".join(_hex_rows([shown for _, shown in rows])))
        pieces: list[bytes] = []
        for number, (offset, shown) in enumerate(rows):
            end = rows[number + 1][0] if number + 1 < len(rows) else self.heading.size
            row = as_shown((shown if number else _IDS.sub("", shown, count=1)).encode("utf-8", "surrogatepass"))
            row, missing = row[: end - offset], min(end - offset, _ASCII_WIDTH) - len(row)
            # CR LF is two bytes. One is a DEL that older builds show as it is: it is hidden here, and in the copy.
            pieces.append(row + b"." * missing if missing > 1 else row)
        return b"".join(pieces)


def _hex_rows(shown: list[str]) -> list[bytes]:
    return [bytes.fromhex(row[:_HEX_WIDTH].replace("xx", "2e")) if _is_hex(row) else b"" for row in shown]


def _is_hex(shown: str) -> bool:
    match = _HEX.match(shown)
    if match is None:
        return False
    count = len(match[0]) // 3
    return len(shown) == _HEX_WIDTH + count and not shown[len(match[0]) : _HEX_WIDTH].strip()


def _spell_hex(shown: list[str], content: Content) -> list[Spelt]:
    rows = _hex_rows(shown)
    starts = list(accumulate(map(len, rows[:-1]), initial=0))
    lines: list[Spelt] = []
    position = row_number = 0
    data = b"".join(rows)
    ended = data.endswith(b"\n")
    for line in data.split(b"\n")[: -1 if ended else None]:
        while row_number + 1 < len(starts) and starts[row_number + 1] <= position:
            row_number += 1
        text = line.removesuffix(b"\r").decode("utf-8", "replace")
        if lines or content == "data":
            lines.append(Spelt(row_number, text))
        else:
            lines.append(Spelt(row_number, _IDS.sub("", text, count=1)))
        position += len(line) + 1
    return lines


def _spell_ascii(rows: list[tuple[int, str]]) -> list[Spelt]:
    """Join rows to lines: a row ends at CR LF or after 64 bytes, and the next row's offset tells which it was."""
    lines: list[Spelt] = []
    pieces: list[str] = []
    begun = 0
    for number, (offset, shown) in enumerate(rows):
        if not pieces:
            begun = number
        pieces.append(shown)
        following = rows[number + 1][0] if number + 1 < len(rows) else -1
        if following - offset == _ASCII_WIDTH and len(shown) != _ASCII_WIDTH - 2:
            continue
        lines.append(Spelt(begun, "".join(pieces)))
        pieces = []
    return lines
