"""Recognize that a console broke lines at its right edge."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curlx.patterns import Pattern
from curlx.signs import is_marked


def console_width(sample: Sequence[str], begins: Callable[[str], bool] = is_marked) -> int | None:
    """Return the width at which a console broke the lines of this log, or None.

    Sure only when no line is longer and lines that begin as curl's, and are exactly as long, go on in one that does
    not begin so: three of them, or one at a width that consoles have.
    """
    lengths = list(map(len, sample))
    width = max(lengths, default=0)
    if not 60 <= width <= 250 or (width not in _CONSOLES and lengths.count(width) < _SURE):
        return None
    full = [number for number, line in enumerate(sample[:-1]) if len(line) == width]
    broken = [
        (sample[number], sample[number + 1])
        for number in full
        if not sample[number].endswith("  ") and begins(sample[number])
    ]
    follows = [bool(after.strip()) and not begins(after) for _, after in broken]
    # What follows curl's last words may be the body that a pipe held back.
    speaking = any(goes_on and not _LAST_WORDS.match(line) for (line, _), goes_on in zip(broken, follows, strict=True))
    enough = speaking and (len(follows) >= _SURE or width in _CONSOLES)
    return width if enough and follows.count(True) * 10 >= len(follows) * 8 else None


_CONSOLES = (80, 100, 120, 132)
_SURE = 3
"""Broken lines that are no accident at any width."""
_LAST_WORDS = Pattern(r"\* (?:Connection #\d|[Cc]losing connection|shutting down)|curl: \(")
