"""What a wrapping is: one thing that was done to the lines of a log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Wrapping(NamedTuple):
    """One thing that was done to the lines of a log, and the function that gives back what a line was before."""

    name: str
    undo: Callable[[str], str]
    """What it returns has line feeds where several lines had been made one."""

    def changes(self, line: str) -> bool:
        """Tell whether a line is wrapped so."""
        return self.undo(line) != line

    def undo_each(self, text: str) -> str:
        """Undo it in each of the lines of a text, which keep their ends."""
        bare = ((line.removesuffix("\r"), line[-1:] == "\r") for line in text.split("\n"))
        return "\n".join(self.undo(line) + "\r" * crlf for line, crlf in bare)


def mostly(lines: Sequence[str], test: Callable[[str], object], share: float = 0.8) -> bool:
    """Tell whether a test holds for most of the lines that are not blank, and for two at least."""
    written = [line for line in lines if line.strip()]
    passed = sum(1 for line in written if test(line))
    return passed >= 2 and passed >= share * len(written)
