"""Sketches of lines: what must be recognised but not read is written as plain text, one line each.

In a sketch `#` stands for a number, `*` for a word, and `…` at its end for anything that follows.
"""

from __future__ import annotations

import re

from curlx.events import Chatter
from curlx.grammar.complaining import complaint
from curlx.grammar.message import Message, first_word

_NUMBER = r"-?[0-9a-fA-Fx.]{1,60}"
_WORD = r"\S{1,500}"
_PARTS = {"#": _NUMBER, "*": _WORD, "…": ".*"}


def _expression(sketch: str) -> str:
    parts = re.split(r"([#*…])", sketch)
    return "".join(_PARTS.get(part, re.escape(part)) for part in parts) + ("" if sketch.endswith("…") else "[.!]?")


def _sample(sketch: str) -> str:
    return sketch.replace("#", "7").replace("*", "word").replace("…", " word")


def _by_first_word(sketches: str) -> dict[str, list[str]]:
    """Group the sketches by the first word of the lines they stand for; empty for any."""
    found: dict[str, list[str]] = {}
    for sketch in filter(None, map(str.strip, sketches.splitlines())):
        word = first_word(sketch)
        if any(mark in word for mark in "#*…"):
            word = ""
        found.setdefault(word, []).append(sketch)
    return found


def chatter(topic: str, sketches: str) -> tuple[Message, ...]:
    """Return messages that say nothing curlx needs."""
    return tuple(
        Message(_sample(group[0]), rf"\s{{0,8}}(?:{'|'.join(map(_expression, group))})", Chatter(topic), starts=(word,))
        for word, group in _by_first_word(sketches).items()
    )


def failures(sketches: str) -> tuple[Message, ...]:
    """Return messages of which curlx explains only that curl says them."""
    return tuple(
        complaint(_sample(group[0]), rf"\s{{0,8}}(?:{'|'.join(map(_expression, group))})", "other", word)
        for word, group in _by_first_word(sketches).items()
    )
