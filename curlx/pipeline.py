"""bytes -> lines -> events -> timeline -> findings -> report: the whole program as one expression."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from curlx.assembler import assemble
from curlx.diagnoses import diagnose
from curlx.lines import Line, split
from curlx.reader import read
from curlx.redaction import PLACEHOLDER, Redactor
from curlx.report import Report, make_report

if TYPE_CHECKING:
    from curlx.comparison import Comparison

Log: TypeAlias = bytes | str | Iterable[bytes]


def explain(data: Log, *, source: str = "", show_secrets: bool = False) -> Report:
    """Explain one log.

    `data` is the log: bytes as curl wrote or somebody saved them, text, or an iterable of byte chunks of any size (the
    result is the same however they are cut). `source` names it in the report. Secrets are hidden unless `show_secrets`.
    Never raises for what the log holds.
    """
    return _explain(data, source, Redactor(show=show_secrets))[0]


def compare(good: Log, bad: Log, *, sources: tuple[str, str] = ("", ""), show_secrets: bool = False) -> Comparison:
    """Compare the log of a call that works with that of one that does not; each is given as to `explain`.

    Both are read with one numbering of secrets: equal values have equal placeholders in both, different ones do not. A
    placeholder that a log came with is of another numbering: then hidden values are not comparable.
    """
    from curlx import comparison  # only this way needs it

    redactor = Redactor(show=show_secrets)
    ours, hidden = _explain(good, sources[0], redactor)
    theirs, hidden_too = _explain(bad, sources[1], Redactor(show=show_secrets, after=redactor))
    return comparison.compare(ours, theirs, one_numbering=not (hidden or hidden_too))


def _explain(data: Log, source: str, redactor: Redactor) -> tuple[Report, bool]:
    """Return the report, and whether the log came with placeholders in it."""
    lines = split(_chunks(data))
    came_hidden = False

    def hide() -> Iterator[Line]:
        nonlocal came_hidden
        for line in lines:
            came_hidden = came_hidden or PLACEHOLDER in line.text
            yield redactor.hide(line)

    timeline = assemble(read(hide()), secrets=redactor.secrets)
    timeline = msgspec.structs.replace(
        timeline,
        lines=lines.count,
        size=lines.size,
        open_line=None if lines.ended else lines.count,
        encoding=lines.encoding,
        quirks=lines.quirks,
    )
    return make_report(timeline, diagnose(timeline), source), came_hidden


def _chunks(data: Log) -> Iterable[bytes]:
    if isinstance(data, str):
        return (data.encode("utf-8", "replace"),)
    if isinstance(data, (bytes, bytearray, memoryview)):
        return (bytes(data),)
    return data
