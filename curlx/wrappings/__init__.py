"""Recognize what wraps a whole log (quoting, indentation, time stamps, markup), and how to undo it.

A mark of curl's is a claim, so a wrapping is decided once for a log, from a sample, and never line by line: a body that
imitates a wrapped log stays a body as long as curl's own lines stand unwrapped. The first line that curl wrote decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from curlx.wrappings.consoles import console_width
from curlx.wrappings.errors import program_error
from curlx.wrappings.loose import loose_head, loose_words
from curlx.wrappings.markup import (
    backslashes,
    backticks,
    bold,
    carets,
    fences,
    frames,
    html_escapes,
    line_breaks,
    links,
    padding,
    pointers,
    quoted_printable,
    stuffing,
)
from curlx.wrappings.one_line import one_line
from curlx.wrappings.prefixes import prefix
from curlx.wrappings.programs import arrows, debug_callback, git_trace, powershell
from curlx.wrappings.ragged import ragged
from curlx.wrappings.shells import prompt
from curlx.wrappings.stars import bullets, lost_arrows, lost_stars
from curlx.wrappings.strings import json_strings
from curlx.wrappings.wrapping import Wrapping

__all__ = ["NAMES", "PREFIXES", "Wrapping", "console_width", "recognize"]

NAMES = (
    "json", "one-line", "html", "line-breaks", "quoted-printable", "carets", "backticks", "frames", "padding",
    "timestamps", "line-numbers", "log-prefix", "quoting", "indentation", "backslashes", "debug-callback", "git-trace",
    "powershell", "program-error", "bullets", "lost-stars", "lost-arrows", "pointers", "bold", "links", "fences",
    "stuffing", "loose-words", "prompt",
)  # fmt: skip
"""What can be recognized."""
PREFIXES = ("timestamps", "line-numbers", "log-prefix")
"""What a program puts before each line; blanks and quoting stand before what people write as well."""


def recognize(sample: Sequence[str]) -> tuple[Wrapping, ...]:
    """Return what has to be undone, in this order; nothing when the sample reads as curl as it is."""
    found: list[Wrapping] = []
    lines = list(sample)
    text = _joined(lines)
    refused = None
    for recognizer, signs in _LOOKED_FOR:
        if recognizer is refused:
            continue  # nothing has changed since
        for rare, sign in signs:  # a loop: this is asked of every log
            if rare in text and sign in text:
                break
        else:
            refused = recognizer
            continue
        wrapping = recognizer(lines)
        if wrapping is None:
            refused = recognizer
            continue
        found.append(wrapping)
        refused = None
        lines = [part for line in lines for part in wrapping.undo(line).split("\n")]
        text = _joined(lines)
    return tuple(found)


def _joined(lines: Sequence[str]) -> str:
    """Return the lines as one text, to look for signs in it: that costs less than to look into each line."""
    return "\n".join(lines) + "\n"


_Recognizer: TypeAlias = Callable[[Sequence[str]], Wrapping | None]

_ANY = ("",)

_RECOGNIZERS: tuple[tuple[_Recognizer, tuple[str, ...]], ...] = (
    (json_strings, _ANY),
    (one_line, (" * ", "\\n", "<br", "\\* ")),
    (html_escapes, ("&",)),
    (line_breaks, ("<br", "<BR")),
    (quoted_printable, ("=20\n", "=3D")),
    (carets, ("^", "#015\n", "[0m\n", "[m\n")),
    (backticks, ("`", "'''")),
    (frames, _ANY),
    (carets, ("^M\n",)),
    (padding, ("  \n", "\t\t\n")),
    (json_strings, ('{"',)),  # what was JSON in JSON may hold JSON once more: each takes one layer off
    (json_strings, ('{"',)),
    (debug_callback, _ANY),
    (backslashes, ("\\_", "\\#", "\\[")),
    (prefix, _ANY),
    (prefix, _ANY),
    (prefix, _ANY),
    (html_escapes, ("&#", "&quot;")),
    (stuffing, ("\n > ",)),
    (ragged, ("\n  ", "\n * ", "\n > ", "\n < ", "\n\t")),
    (ragged, ("\n  ", "\n * ", "\n > ", "\n < ", "\n\t")),
    (backslashes, ("\\",)),
    (git_trace, _ANY),
    (powershell, ("+ CategoryInfo", "+ FullyQualifiedErrorId")),
    (program_error, _ANY),
    (arrows, _ANY),
    (bullets, _ANY),
    (lost_stars, _ANY),
    (lost_arrows, ("\nHost: ", "\nhost: ")),
    (pointers, ("> * ", "> < ", "> curl: (", "<-", "<==", "<<", "←", "  # ", ") -")),
    (bold, ("**",)),
    (links, ("](", "|")),
    (fences, _ANY),
    (loose_head, ("\nHTTP/", '"HTTP/', "'HTTP/", "`HTTP/")),
    (loose_words, _ANY),
    (prompt, ("curl ", "curl.exe ")),
)
"""From the outside in: markup of a page, what a program put before each line, what a person did to single lines; each
with the signs that a log must hold one of."""

_RARE = "\\`^#+|&\t='\"<"


def _rarest(sign: str) -> str:
    """Return the character of a sign that few logs hold: to look for one costs a thirtieth of looking for several."""
    return next((each for each in _RARE if each in sign), "")


_LOOKED_FOR = tuple((each, tuple((_rarest(sign), sign) for sign in signs)) for each, signs in _RECOGNIZERS)
