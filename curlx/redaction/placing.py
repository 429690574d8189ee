"""Find where in the raw line stands what was hidden in the line as it is read.

Between the two lie the undone wrappings: prefixes, escape sequences, escapes of HTML and JSON, broken lines. Nothing is
rebuilt: only the characters of a secret are taken out of the raw line, and all others stay as they are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from curlx.lines import CONTROLS, ESCAPES, OVERSTRIKE
from curlx.patterns import Pattern


class Edit(NamedTuple):
    """The characters from `start` to `end` are replaced."""

    start: int
    end: int
    replacement: str


MARKS = ("\ue000", "\ue001")
"""Private characters that may stand around a replacement, to tell it from what stays; they are written nowhere."""
_REPLACED = Pattern("‹[^›\ue000]*›|\ue000([^\ue001]*)\ue001")


def edits(text: str, hidden: str) -> list[Edit]:
    """Return what makes the one text the other, which differs in placeholders and masked characters only."""
    if text == hidden:
        return []
    if len(text) == len(hidden) and text.count("‹") == hidden.count("‹") and MARKS[0] not in hidden:
        return _masked(text, hidden)
    found: list[Edit] = []
    done = position = 0
    for placeholder in _REPLACED.finditer(hidden):
        kept = hidden[done : placeholder.start()]
        start = text.index(kept, position)
        if found:
            found[-1] = found[-1]._replace(end=start)
        position = start + len(kept)
        told = placeholder[0] if placeholder[1] is None else placeholder[1]
        found.append(Edit(position, position, told))
        done = placeholder.end()
    if found:
        found[-1] = found[-1]._replace(end=len(text) - len(hidden) + done)
    return found


def _masked(text: str, hidden: str) -> list[Edit]:
    """Return the runs in which two texts of the same length differ."""
    found: list[Edit] = []
    for index, (before, after) in enumerate(zip(text, hidden, strict=True)):
        if before == after:
            continue
        if found and found[-1].end == index:
            found[-1] = Edit(found[-1].start, index + 1, found[-1].replacement + after)
        else:
            found.append(Edit(index, index + 1, after))
    return found


def place(raw: str, text: str, changes: list[Edit], begin: int) -> tuple[list[Edit], int] | None:
    """Return the same edits of the raw line, looked for from `begin` on, and where they end; None when one is lost."""
    shift = raw.find(text, begin)
    if shift >= 0:
        return [Edit(start + shift, end + shift, told) for start, end, told in changes], shift + len(text)
    placed: list[Edit] = []
    done = 0
    for change in changes:
        span = _find(raw, text, change, begin, done)
        if span is None:
            return None
        placed.append(Edit(*span, change.replacement))
        begin, done = span[1], change.end
    return placed, begin


_CONTEXTS = (24, 8, 2)
_PLAIN = 6
"""Characters of a value that are looked for as they are, where they can be spelt in no other way."""
_LONG = 400

# What `lines.py` took out between two characters of what is read, and emphasis (`**`) of a ticket.
_GAP = rf"(?>(?:{ESCAPES.pattern}|{OVERSTRIKE.pattern}|\*\*|{CONTROLS.pattern}){{0,200}})"
_SPELLINGS = {
    '"': r"(?:\\*\"|&quot;|&#34;|\\u0022)",
    "'": r"(?:\\*'|&apos;|&#39;|&#x27;|\\u0027)",
    "<": r"(?:<|&lt;|\\u003[cC])",
    ">": r"(?:>|&gt;|\\u003[eE])",
    "&": r"(?:&amp;|&|\\u0026)",
    "/": r"\\?/",
    "=": r"(?:=3[dD]|\\u003[dD]|&#61;|=)",
    "\\": r"\\\\?",
    "\t": r"(?:\t|\\t)",
    " ": r"(?:[ \xa0]|&nbsp;|\\n)",
}


def _find(raw: str, text: str, change: Edit, begin: int, done: int) -> tuple[int, int] | None:
    value = text[change.start : change.end]
    if len(value) >= _PLAIN and not any(letter in _SPELLINGS for letter in value):
        start = raw.find(value, begin)
        if start >= 0 and raw.find(value, start + 1) < 0:  # spares an expression of its own for each secret
            return start, start + len(value)
    for size in _CONTEXTS:
        context = text[max(done, change.start - size) : change.start]
        expression = _spelt(context) + _GAP + f"({_spelt(text[change.start : change.end])})"
        if match := re.compile(expression, re.DOTALL).search(raw, begin):
            return match.span(1)
    return None


def _spelt(text: str) -> str:
    """Return an expression for a text in all the ways in which it may stand in the raw line."""
    if len(text) > _LONG:
        return _spelt(text[:64]) + f".{{{len(text) - 128},{12 * len(text)}}}?" + _spelt(text[-64:])
    return _GAP.join(_SPELLINGS.get(letter) or re.escape(letter) for letter in text)
