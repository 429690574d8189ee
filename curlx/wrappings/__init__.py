"""Recognize what wraps a whole log (quoting, indentation, time stamps, markup), and how to undo it.

A mark of curl's is a claim, so a wrapping is decided once for a log, from a sample, and never line by line: a body that
imitates a wrapped log stays a body as long as curl's own lines stand unwrapped. The first line that curl wrote decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curlx.wrappings.consoles import console_width
from curlx.wrappings.errors import program_error
from curlx.wrappings.markup import (
    backslashes,
    backticks,
    bold,
    carets,
    fences,
    frames,
    html_escapes,
    line_breaks,
    padding,
)
from curlx.wrappings.prefixes import prefix
from curlx.wrappings.programs import arrows, debug_callback, git_trace, powershell
from curlx.wrappings.shells import prompt
from curlx.wrappings.stars import bullets, lost_stars
from curlx.wrappings.strings import json_strings
from curlx.wrappings.wrapping import Wrapping

__all__ = ["NAMES", "Wrapping", "console_width", "recognize"]

NAMES = (
    "json", "html", "line-breaks", "carets", "backticks", "frames", "padding", "timestamps", "line-numbers",
    "log-prefix", "quoting", "indentation", "backslashes", "debug-callback", "git-trace",
    "powershell", "program-error", "bullets", "lost-stars",
    "bold", "fences", "prompt",
)  # fmt: skip
"""What can be recognized."""


def recognize(sample: Sequence[str]) -> tuple[Wrapping, ...]:
    """Return what has to be undone, in this order; nothing when the sample reads as curl as it is."""
    found: list[Wrapping] = []
    lines = list(sample)
    for recognizer in _RECOGNIZERS:
        wrapping = recognizer(lines)
        if wrapping is not None:
            found.append(wrapping)
            lines = [part for line in lines for part in wrapping.undo(line).split("\n")]
    return tuple(found)


_RECOGNIZERS: tuple[Callable[[Sequence[str]], Wrapping | None], ...] = (
    json_strings, html_escapes, line_breaks, carets, backticks, frames, padding, debug_callback, prefix, prefix, prefix,
    backslashes, git_trace, powershell, arrows, program_error, bullets, lost_stars, bold, fences, prompt,
)  # fmt: skip
"""From the outside in: markup of a page, what a program put before each line, what a person did to single lines."""
