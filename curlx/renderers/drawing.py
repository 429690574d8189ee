"""The sequence of a call laid out as a picture: where each line, arrow and word stands, in the pixels of an SVG.

The page's template only writes down what is computed here.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from curlx.renderers.paper import cells, fitting, wrapped
from curlx.renderers.sequence import Party, Sequence, Step
from curlx.renderers.wording import MARKS, clipped
from curlx.report import Status

Shape: TypeAlias = Literal["arrow", "missing", "remark"]

WIDTH = 860
_GUTTER = 52
"""Width of the column with the line numbers."""
_BOX = 200
"""Width of the box with a party's name."""
_LANE = 250
"""Distance between two parties at the least: beyond three the picture gets wider than `WIDTH`."""
_TOP, _HEAD = 8, 46
_ROW = 16
"""Height of a row of text."""
_SPACE = 18
"""Height of a step without its text."""
_CELL, _WIDE, _BOLD = 6.8, 7.8, 8.6
"""Width of a character: as it mostly is, in capitals, in bold. An SVG cannot measure the font of its reader."""
_ROWS = 2
"""Rows that the text of a step may take."""


class Lane(msgspec.Struct, frozen=True):
    """A party: the box with its name, and where its line runs down."""

    x: int
    role: str
    name: str


class Mark(msgspec.Struct, frozen=True):
    """A step as drawn: an arrow from `x1` to `x2` at `y`, or a remark in a box at `x1`, `width` wide, `height` high."""

    shape: Shape
    status: Status
    y: int
    x1: int
    x2: int
    text_x: int
    text_y: int
    rows: tuple[str, ...]
    line: str = ""
    width: int = 0
    height: int = 0


class Drawing(msgspec.Struct, frozen=True):
    """The picture. `box` is the width of a party's box, `head` the bottom of those boxes."""

    width: int
    height: int
    box: int
    top: int
    head: int
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    row: int = _ROW


def drawing(sequence: Sequence) -> Drawing:
    """Lay out a sequence."""
    count = len(sequence.parties)
    between = max(_LANE, (WIDTH - _GUTTER - _BOX - 8) // max(count - 1, 1)) if count > 1 else 0
    lanes = {party: _GUTTER + _BOX // 2 + number * between for number, party in enumerate(sequence.parties)}
    width = max(WIDTH if count < 2 else 0, max(lanes.values()) + _BOX // 2 + 8)
    y = _TOP + _HEAD + 10
    marks = []
    for step in sequence.steps:
        mark = _remark(step, lanes, y + 4, width) if step.manner == "remark" else _arrow(step, lanes, y)
        marks.append(mark)
        y += _SPACE + _ROW * len(mark.rows) + (8 if step.manner == "remark" else 0)
    boxes = tuple(Lane(x, *_title(party)) for party, x in lanes.items())
    return Drawing(width, y + 14, _BOX, _TOP, _TOP + _HEAD, boxes, tuple(marks))


def spoken(sequence: Sequence) -> str:
    """Tell the picture in words, for those who cannot see it."""
    return " ".join(_sentence(step) for step in sequence.steps)


def _sentence(step: Step) -> str:
    line = f"Line {step.line}: " if step.line else ""
    _, word = MARKS[step.status]
    if step.manner == "remark":
        return f"{line}{clipped(step.text, 200)} ({word})."
    ends = f"{_spoken(step.sender)} to {_spoken(step.receiver)}"
    return f"{line}{ends}: {clipped(step.text, 200)} ({word})."


def _spoken(party: Party) -> str:
    return party.name if party.role == "client" else f"{party.role} {party.name}".rstrip()


def _title(party: Party) -> tuple[str, str]:
    if party.role == "client":
        return "client", party.name
    return party.role, _fitted(party.name, _BOX - 12)


def _fitted(name: str, room: float) -> str:
    """Cut a name in its middle: a host tells most at its two ends."""
    name = clipped(name, 200)
    most = int(room / _BOLD)
    if cells(name) <= most:
        return name
    half = (most - 1) // 2
    return f"{fitting(name, half)}…{name[-half:]}"


def _arrow(step: Step, lanes: dict[Party, int], y: int) -> Mark:
    x1, x2 = lanes[step.sender], lanes[step.receiver]
    rows = _rows(step.text, step.status, (abs(x2 - x1) - 24) * (_CELL / _BOLD if step.manner == "missing" else 1))
    line_y = y + _ROW * len(rows) + 4
    shape: Shape = "missing" if step.manner == "missing" else "arrow"
    toward = 1 if x2 > x1 else -1
    end = (x1 + x2) // 2 + toward * abs(x2 - x1) // 4 if shape == "missing" else x2 - toward * 3
    return Mark(shape, step.status, line_y, x1 + toward * 3, end, (x1 + x2) // 2, y + 11, rows, str(step.line or ""))


def _remark(step: Step, lanes: dict[Party, int], y: int, width: int) -> Mark:
    left = lanes[step.sender] - 60
    rows = _rows(step.text, step.status, (width - left - 30) * _CELL / _WIDE)
    wide = min(max(int(max(map(cells, rows)) * _WIDE) + 24, 120), width - left - 8)
    return Mark("remark", step.status, y, left, left + wide, left + 10, y + 15, rows, str(step.line or ""), wide,
                _ROW * len(rows) + 8)  # fmt: skip


def _rows(text: str, status: Status, room: float) -> tuple[str, ...]:
    """Return the text in at most two rows; trouble has its mark in front, so that it does not need its colour."""
    mark = f"{MARKS[status][0]} " if status in ("problem", "note") else ""
    most = max(int(room / _CELL), 12)
    rows = wrapped(f"{mark}{clipped(text, 400)}", most, most)
    if len(rows) > _ROWS:
        rows = [*rows[: _ROWS - 1], f"{fitting(rows[_ROWS - 1], most - 1)}…"]
    return tuple(rows)
