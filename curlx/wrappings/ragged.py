"""Recognize an indentation that only a part of a log has: lines before an answer, or a block of code in a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curlx.patterns import Pattern
from curlx.signs import MARKED, OWN
from curlx.wrappings.wrapping import Wrapping

_BLANKS = (" ", "\t")
_INDENTED = Pattern(rf"[ \t]{{1,12}}(?={OWN}(?:[*<>] |[*<>]$|[{{}}] \[\d|== Info: |=> Send |<= Recv ))")
_CONNECTING = Pattern(OWN + r"(?:\* |== Info: ) {0,3}(?:Trying \S|Connected to \S|Host \S{1,99} was|Hostname \S)")
_ANSWER = Pattern(rf"[ \t]{{0,12}}{OWN}(?:< |<= Recv |HTTP/\d)|\s{{0,12}}(?:\.\.\.|…|\[|<snip)")
"""From here on, or where lines were taken out, an answer's text may stand."""
_SPEAKS = Pattern(
    rf"[ \t]{{0,12}}{OWN}(?:> [A-Z]{{3,10}} \S{{1,2000}} (?:HTTP|RTSP)/|(?:\*|== Info:) {{1,4}}(?:ALPN|TLS|SSL))"
)
"""It is no file, and no protocol without requests: there the text that comes in may stand anywhere."""
_FENCE = Pattern(r"[ \t]{0,12}(?:(?:[*-]|\d{1,2}\.) )?(?:```|~~~)[\w+-]{0,20}\s*")


def ragged(lines: Sequence[str]) -> Wrapping | None:
    """Some of curl's lines stand at the margin, and others behind blanks, where no answer's text can stand yet.

    Or they stand in a block of a list, in a text that has curl's first lines in a block as well.
    """
    connects = at_the_margin = answered = fenced = written = False
    for line in lines:
        if line[:1] in _BLANKS:
            indented = _INDENTED.match(line)
            marked = MARKED.match(line, indented.end()) if indented else None
            if indented and marked and (fenced or (connects and not answered and any(map(_SPEAKS.match, lines)))):
                return Wrapping("indentation", _without(indented[0]))
        at_the_margin = at_the_margin or (line[:1] not in _BLANKS and MARKED.match(line) is not None)
        connects = connects or _CONNECTING.match(line) is not None
        answered = answered or (line[:1] != "*" and _ANSWER.match(line) is not None)
        if ("```" in line or "~~~" in line) and _FENCE.fullmatch(line):
            written = written or not at_the_margin
            fenced = written and not fenced and line[0] not in "`~"
        if answered and not written:
            return None  # nothing of that kind can follow
    return None


def _without(indent: str) -> Callable[[str], str]:
    """Take it from all lines: then the length of a body is measured in one way."""
    return lambda text: text.removeprefix(indent)
