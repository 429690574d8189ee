"""Recognize the same thing before every line: quoting, indentation, time stamps, names of services."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from curlx.patterns import Pattern
from curlx.signs import BEFORE, MARKED, SAID
from curlx.wrappings.stars import bullets
from curlx.wrappings.wrapping import Wrapping

# GitLab's numbers of streams (`00O`, `01E`) end in a letter that varies as well; Kubernetes names them.
_STREAM = Pattern(r"\d\d[OE]\+?|std(?:out|err)")
_VARYING = Pattern(f"(?:{_STREAM.pattern})" + r"(?!\w)|[0-9A-Fa-f]*\d[0-9A-Fa-f]*|\s+|[^\s0-9A-Fa-f]+|[A-Fa-f]+")
_MARKED_OR_SAID = Pattern(f"{MARKED.pattern}|{SAID.pattern}")
_TIME = Pattern(r"\d{1,2}:\d\d:\d\d")


def prefix(lines: Sequence[str]) -> Wrapping | None:
    """Whatever stands before curl's marks, the same on each line but for its numbers.

    `    `, `> `, ` 12: `, `service-1  | `, `2024-01-01T00:00:00.0000000Z `, `Jan 12 10:11:12 host curl[99]: ` ...
    """
    # Where the stars are lost too, whole sentences must do.
    marked = any(MARKED.search(line, 0, 2 * BEFORE) for line in lines)
    if not marked and bullets(lines):
        return None
    starred = marked and any((match := MARKED.search(line, 0, 2 * BEFORE)) and match["star"] for line in lines)
    expression = MARKED if starred else _MARKED_OR_SAID if marked else SAID
    shapes: Counter[str] = Counter()
    sample = ""
    unwrapped = 0
    for line in lines:
        match = expression.search(line, 0, 2 * BEFORE)
        if match is None or match.start() > BEFORE:
            continue
        before = line[: match.start()]
        if not before:
            unwrapped += 1
            if not shapes:
                return None  # curl's first line stands at the margin: whatever looks wrapped is what was transferred
            continue
        sample = sample or before
        shapes[_shape(before)] += 1
    kept = [shape for shape, count in shapes.most_common(4) if count >= 2]
    wrapped = sum(shapes[shape] for shape in kept)
    if not kept or unwrapped * 10 > wrapped or wrapped * 10 < 8 * shapes.total():
        return None
    prefixes = re.compile("|".join(f"(?:{shape})" for shape in kept))
    bare = {sample.rstrip()}

    def undo(text: str) -> str:
        match = prefixes.match(text)
        if match is not None:
            return text[match.end() :]
        return "" if text in bare else text

    return Wrapping(_prefix_name(sample), undo)


def _shape(before: str) -> str:
    """Return an expression for a prefix: its numbers may differ, and so may the blanks before them."""
    body = before.rstrip(" \t")
    pieces: list[str] = []
    for piece in _VARYING.findall(body):
        if piece.isspace():
            pieces.append("[ \\t]{1,40}" if pieces else "[ \\t]{0,40}")
        elif _STREAM.fullmatch(piece):
            pieces.append(f"(?:{_STREAM.pattern})")
        elif any(letter.isdigit() for letter in piece):
            pieces.append("[0-9A-Fa-f]{1,40}")
        else:
            pieces.append(re.escape(piece))
    if pieces and pieces[0] == "[0-9A-Fa-f]{1,40}":
        pieces.insert(0, "[ \\t]{0,40}")  # numbers are often set flush right
    return "".join(pieces) + re.escape(before[len(body) :])


def _prefix_name(before: str) -> str:
    stripped = before.strip()
    if not stripped:
        return "indentation"
    if _TIME.search(before):
        return "timestamps"
    if not any(letter.isalnum() for letter in stripped):
        return "quoting"
    if not any(letter.isalpha() for letter in stripped):
        return "line-numbers"
    return "log-prefix"
