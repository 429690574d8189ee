"""The log as the page shows it beside its explanation: numbered lines, secrets hidden, the evidence marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from curlx.findings import Finding, Severity
from curlx.lines import Line
from curlx.renderers.wording import count, others, verdict_of
from curlx.report import Report

MOST = 2_000
"""Lines up to which a log is shown whole; a browser has to lay out each of them."""
_ENDS, _AROUND = 200, 5
"""Of a longer one: lines at its beginning and at its end, and before and behind each piece of evidence."""
_PROOFS = 100
"""Pieces of evidence of one finding that are marked."""


class Mark(msgspec.Struct, frozen=True):
    """Why a line matters: what it shows, and the place in the explanation (`#E13`) that says so."""

    place: str
    shows: str
    severity: Severity


class Row(msgspec.Struct, frozen=True):
    """A line as shown; of those that share a number only the first one has it. `gap` says what is left out before."""

    number: int | None
    text: str
    marks: tuple[Mark, ...] = ()
    gap: str = ""


def marks_of(report: Report) -> dict[int, tuple[Mark, ...]]:
    """Return the marks of each line that is evidence; those of the verdict first."""
    verdict = verdict_of(report)
    marks: dict[int, dict[str, Mark]] = {}

    def mark(finding: Finding, place: str) -> None:
        for proof in finding.evidence[:_PROOFS]:
            target = place or f"E{proof.line}"
            known = marks.setdefault(proof.line, {}).get(target)
            shows = proof.shows if place == "" else f"{finding.title}: {proof.shows}"
            if known is not None:
                shows = f"{known.shows}; {proof.shows}"
            marks[proof.line][target] = Mark(target, shows, finding.severity)

    if verdict is not None:
        mark(verdict, "")
    for number, finding in enumerate(others(report), 1):
        mark(finding, f"F{number}")
    return {line: tuple(of_line.values()) for line, of_line in marks.items()}


def rows(lines: Iterable[Line], report: Report) -> Iterator[Row]:
    """Yield what the page shows of a log; one pass, and only the last lines are held."""
    marks = marks_of(report)
    end = report.source.lines
    wanted = range(1, end + 1) if end <= MOST else _wanted(marks, end)
    left_out = last = 0
    for line in lines:
        number = int(line.number)
        if number not in wanted:
            left_out += number != last
            last = number
            continue
        gap = f"{count(left_out, 'line')} not shown" if left_out else ""
        left_out = 0
        if number == last:
            yield Row(None, line.text, gap=gap)
        else:
            yield Row(number, line.text, marks.get(number, ()), gap)
        last = number


def _wanted(marks: dict[int, tuple[Mark, ...]], end: int) -> set[int]:
    ends = chain(range(1, _ENDS + 1), range(end - _ENDS + 1, end + 1))
    evidence = [*marks][: MOST // (2 * _AROUND + 1)]
    return {*ends, *(near for line in evidence for near in range(line - _AROUND, line + _AROUND + 1))}
