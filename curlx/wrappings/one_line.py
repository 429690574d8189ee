"""Recognize that a whole log stands on one line: its line ends became blanks, `<br>` or `\\n`."""

from __future__ import annotations

from collections.abc import Sequence

from curlx.patterns import Pattern
from curlx.signs import MARKED, OWN
from curlx.wrappings.markup import without_backslashes
from curlx.wrappings.strings import unescaped
from curlx.wrappings.wrapping import Wrapping

_NEXT = f"(?={MARKED.pattern})"
_PAGE = r"<(?:!DOCTYPE|html|\?xml)|\{\""
_BLANK = Pattern(
    rf"[ \t]{{1,9}}(?:{_NEXT}|(?={OWN}(?:\* [a-zA-Z]|[<>] [\w-]{{1,40}}: |[<>] {{1,2}}(?:[*<>{{}}] |$)|{_PAGE})))"
)
_BROKEN = Pattern(r"<br ?/?>" + _NEXT)
_ESCAPED = Pattern(r"\\{1,2}n" + _NEXT)
_KEPT = Pattern(rf"\\(?:{_NEXT}|(?=[*<>] [\w.]|[<>](?:\\|$)))")
"""An editor kept Markdown from seeing the marks, before or after the line ends were lost."""
_SEVERAL = 2
"""Marks behind others on the one line: curl prints none of them inside a line of its own."""


def one_line(lines: Sequence[str]) -> Wrapping | None:
    """`... please check: * Trying 192.0.2.1:443... * Connected to ...`: no other line has a mark of curl's."""
    marked: list[str] = []
    for line in lines:
        if MARKED.search(line):
            marked.append(line)
            if len(marked) > 1:
                return None
    if not marked or 2 * len(marked[0]) < sum(map(len, lines)):
        return None
    for ends, undo in _WAYS:
        if len(ends.findall(marked[0])) >= _SEVERAL:
            return _only(marked[0], undo(marked[0]))
    return None


def _only(line: str, parts: str) -> Wrapping:
    return Wrapping("one-line", lambda text: parts if text == line else text)


def _without_breaks(text: str) -> str:
    return text.replace("<br />", "\n").replace("<br/>", "\n").replace("<br>", "\n")


def _without_backslashes(text: str) -> str:
    return without_backslashes(_KEPT.sub("\n", text))


def _without_blanks(text: str) -> str:
    return _BLANK.sub("\n", text)


_WAYS = (
    (_ESCAPED, unescaped),
    (_BROKEN, _without_breaks),
    (_KEPT, _without_backslashes),
    (_BLANK, _without_blanks),
)
"""How the lines of a log were put together, and what takes them apart."""
