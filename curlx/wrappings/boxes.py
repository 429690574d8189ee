"""The box of blanks in which Symfony's console prints an exception: at its edge a message breaks, within a word too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curlx.patterns import Pattern
from curlx.signs import GLUED

_BEFORE = r"(?:(?:#\d{1,4} )?\d{1,7}\.\d{1,4} |\d{4}-\d\d-\d\dT[\d:.]{8,20}Z |[\w.-]{1,60} {1,20}\| )?"
"""What a builder of images, a runner, a service's name put before each line."""
_HEADING = Pattern(_BEFORE + r"(?:In [^\s:]{1,200}\.php line \d{1,6}:| {2}\[[A-Z][\w\\]{2,200}\])\s{0,400}")
"""Where the exception was thrown; before Symfony 4 its name."""
_SIGNS = (".php line ", "  [")
"""One of these is in each."""
_ROW = Pattern(_BEFORE + r" {2}(?P<said>.*\S)(?P<fill> *)")
_BLANK = Pattern(_BEFORE + r"\s{0,400}")
_EDGE = 2
"""Blanks before the longest row, and behind it."""
_NARROW = 75
"""What stands in a row of Symfony's console of 80 columns: its own measure where it sees no terminal."""
_OWN = (*GLUED, "> ", "< ")
"""Begins a line of curl's, and hardly the rest of one."""
_WHOLE = Pattern(r".*//(?:[^/@\s]{1,200}@)?([\w.-]{1,253})[/:].*[ '](?<!\w)\1")
"""What ends with the host whose URL stands in it."""


def has_box(sample: Sequence[str]) -> bool:
    """Whether an exception is printed among the lines."""
    text = "\n".join(sample)  # to look into it costs less than to look into each line, and most logs have none
    return any(sign in text for sign in _SIGNS) and any(map(opens, sample))


def opens(text: str) -> bool:
    """Whether a line is the head of a box."""
    return any(sign in text for sign in _SIGNS) and _HEADING.fullmatch(text) is not None


def is_row(text: str) -> bool:
    """Whether a line is of the message in a box."""
    return _ROW.fullmatch(text) is not None


def is_blank(text: str) -> bool:
    """Whether nothing stands in a line but what was put before it."""
    return _BLANK.fullmatch(f"{text} ") is not None


def put_together(rows: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield how many rows each line of the message took, and the line."""
    width = max((len(row.rstrip()) for row in rows), default=0)
    lacking = [_lacking(row, width) for row in rows]
    # The longest row makes the edge itself: alone it proves none, as long as a console is wider.
    wide = sum(lacks <= 1 for lacks in lacking) > 1
    count, text = 0, ""
    for row, lacks in zip(rows, lacking, strict=True):
        match = _ROW.fullmatch(row)
        said = match["said"] if match is not None else row
        if count and _begins(said, text):
            yield count, text.rstrip()
            count = 0
        count, text = count + 1, text + said if count else row.rstrip()
        if lacks > 1 or not (wide or len(said) >= _NARROW):  # it ended before the edge
            yield count, text
            count, text = 0, ""
        text += " " * lacks if count else ""
    if count:
        yield count, text.rstrip()


def _begins(said: str, before: str) -> bool:
    """Whether a row begins a line of the message, though the row before it reached the edge."""
    if before.endswith(":"):
        return not said.startswith(" ")  # behind a colon stands a blank
    return said.startswith(_OWN) or (said[:1].isalnum() and _WHOLE.fullmatch(before) is not None)


def _lacking(row: str, width: int) -> int:
    """Return how many blanks a row lacks up to the edge: one stood in the message where it was broken."""
    fill = len(row) - len(row.rstrip())
    return fill - _EDGE if fill >= _EDGE else width - len(row.rstrip())
