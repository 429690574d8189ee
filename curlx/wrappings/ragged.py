"""Recognize an indentation that only a part of a log has: lines before an answer, or a block of code in a list."""

from __future__ import annotations

from collections.abc import Sequence

from curlx.patterns import Pattern
from curlx.signs import MARKED
from curlx.wrappings.wrapping import Wrapping

_INDENTED = Pattern(r"[ \t]{1,12}(?=[*<>] |[*<>]$|[{}] \[\d|curl: \()")
_ANSWER = Pattern(r"[ \t]{0,12}(?:< )?HTTP/[\d.]{1,3} \d|<= Recv ")
_FENCE = Pattern(r"[ \t]{0,12}(?:(?:[*-]|\d{1,2}\.) )?(?:```|~~~)[\w+-]{0,20}\s*")


def ragged(lines: Sequence[str]) -> Wrapping | None:
    """Some of curl's lines stand at the margin, and others behind blanks, where no answer's text can stand yet.

    Or they stand in a block of a list, in a text that has curl's first lines in a block as well.
    """
    at_the_margin = answered = fenced = written = False
    for line in lines:
        indented = _INDENTED.match(line)
        if indented and MARKED.match(line, indented.end()):
            if fenced:
                return Wrapping("indentation", _Fenced().undo)
            if at_the_margin and not answered:
                return Wrapping("indentation", lambda text: _INDENTED.sub("", text, count=1))
        at_the_margin = at_the_margin or MARKED.match(line) is not None
        answered = answered or _ANSWER.match(line) is not None
        if _FENCE.fullmatch(line):
            written = written or not at_the_margin
            fenced = written and not fenced and line[0] not in "`~"
    return None


class _Fenced:
    """Takes off the lines of a fence what the first indented one is indented by."""

    def __init__(self) -> None:
        self.open = False
        self.indent = ""

    def undo(self, text: str) -> str:
        if _FENCE.fullmatch(text):
            self.open, self.indent = not self.open, ""
        elif self.open:
            self.indent = self.indent or text[: len(text) - len(text.lstrip())]
            return text.removeprefix(self.indent)
        return text
