"""Recognize the rows of curl's progress meter."""

from __future__ import annotations

from curlx.patterns import Pattern

# One row of the progress meter (src/tool_progress.c, lib/progress.c: `%3d %s ...`; since 8.22 unknown times are blank).
# The last column is six wide, so that a body which starts with a digit is not taken for a part of it.
_METER = Pattern(
    r"[ \d-]{2}[\d-](?: {1,8}[\d.-]{1,7}[kMGTP]?){5,9}"
    r"(?:(?: {1,3}(?:--:--:--|\d{1,3}:\d\d:\d\d|\d{1,3}d \d\dh|\d{1,4}[dhmsy])| {3}\d\d:\d\d| {8,9}){3}| {20,40})"
    r" (?: {4}\d| {3}[\d.][\dkMGTP]| {2}[\d.]{2}[\dkMGTP]| [\d.]{3}[\dkMGTP]|[\d.]{4}[\dkMGTP])"
)
# `-#` (src/tool_cb_prg.c): a bar with a percentage, or a flying `-=O=-`, which `#` may hide, without a size.
_BAR = Pattern(r"[# ]{1,400}\d{1,3}\.\d%|[ #]{0,400}(?=.{0,3}=)[-#][=#][O#][=#][-#][ #]{0,400}")
METER_STARTS = frozenset(" 0123456789-#")
"""What a row can begin with."""


def end_of_row(text: str) -> int:
    """Return where the row at the beginning of a text ends; 0 where there is none."""
    match = _METER.match(text) or _BAR.match(text) if text[:1] in METER_STARTS else None
    return match.end() if match else 0


def is_row(text: str) -> bool:
    """Tell whether a text is a row, and nothing else."""
    return text[:1] in METER_STARTS and bool(_METER.fullmatch(text) or _BAR.fullmatch(text))
