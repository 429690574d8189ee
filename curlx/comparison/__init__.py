"""Two logs side by side: what differs, which differences can explain the failure, and what cannot be compared.

A comparison reads reports and nothing else. What one log leaves unknown is no difference: it cannot be compared.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.comparison.aligning import aligned, host_of, of_transfer, rows
from curlx.comparison.comparison import (
    Comparison,
    Difference,
    Incomparable,
    Log,
    Pair,
    Relation,
    Row,
    Shown,
    Telling,
    Topic,
    comparison_schema,
)
from curlx.comparison.facts import curl_facts
from curlx.comparison.remarks import remarks
from curlx.comparison.topics import Call, by_topic, held_against, said_by
from curlx.comparison.weighing import at_most, rank
from curlx.report import Report, Section

__all__ = ["Comparison", "Difference", "Incomparable", "Log", "Pair", "Relation", "Row", "Shown", "Telling", "Topic",
           "compare", "comparison_schema"]  # fmt: skip

_TRANSFERS = 50
"""Transfers of each log that are compared."""
_STEPS = 200
"""Steps of one transfer that are shown side by side."""


def compare(good: Report, bad: Report, *, one_numbering: bool = False) -> Comparison:
    """Compare the report of a call that works with that of a call that does not.

    Secrets show as numbered placeholders, and each log numbers its own. So whether two hidden values are equal is known
    only with `one_numbering`: both logs were read with one numbering, as `curlx.compare` does. Never raises.
    """
    matched = aligned(_calls(good), _calls(bad), lambda call: of_transfer(call.transfer))
    told: list[tuple[tuple[int, int], Difference]] = []
    unknown: list[Incomparable] = []
    of_curl = [*by_topic(curl_facts(good), curl_facts(bad))]
    for index, (one, other) in enumerate(matched):
        if one is None or other is None:
            continue
        cause = other.cause
        if cause is not None and one.cause is not None and one.cause.code == cause.code:
            cause = None  # what differs between two calls that fail alike cannot be why
        doubtful = one.cause is not None or host_of(one.transfer) != host_of(other.transfer)
        for ours, theirs in (*of_curl, *said_by(one, other)):
            found = held_against(ours, theirs, index, cause, one_numbering=one_numbering)
            if isinstance(found, Incomparable):
                unknown.append(found)
            elif found is not None:
                telling = at_most(found.telling, "possible") if doubtful else found.telling
                order = (rank(telling), rank(found.telling))
                told.append((order, msgspec.structs.replace(found, telling=telling)))
        of_curl = []  # one program made all the calls of a log: said once
    return Comparison(
        good=_log(good),
        bad=_log(bad),
        remarks=(*remarks(good, bad), *_alone(matched)),
        differences=tuple(dict.fromkeys(found for _, found in sorted(told, key=lambda one: one[0]))),
        incomparable=tuple(sorted(dict.fromkeys(unknown), key=lambda one: not one.matters)),
        pairs=tuple(_pairs(good, bad, matched)),
        pairs_left_out=max(len(good.timeline.transfers), len(bad.timeline.transfers), _TRANSFERS) - _TRANSFERS,
    )


def _alone(matched: list[tuple[Call | None, Call | None]]) -> list[str]:
    """Say it where the call that fails has nothing to be held against."""
    alone = [other for one, other in matched if one is None and other is not None and other.cause is not None]
    return [f"GOOD has no counterpart of the call that fails in BAD (transfer {alone[0].index + 1})."] if alone else []


def _calls(report: Report) -> list[Call]:
    """Return the calls of a log, each with what went wrong in it: its first error, the root cause."""
    causes = {one.transfer: one for one in reversed(report.findings) if one.severity == "error"}
    return [Call(index, one, causes.get(index)) for index, one in enumerate(report.timeline.transfers[:_TRANSFERS])]


def _log(report: Report) -> Log:
    name, lines = report.source.name, report.source.lines
    cause = next((one for one in report.findings if one.severity == "error"), None)
    if cause is None:
        return Log(name, lines, report.outcome)
    return Log(name, lines, report.outcome, cause.code, cause.title, cause.certainty)


def _steps(report: Report) -> dict[int, list[Section]]:
    """Return the steps of each transfer."""
    steps: dict[int, list[Section]] = {}
    for step in report.timeline.sections:
        steps.setdefault(step.transfer, []).append(step)
    return steps


def _pairs(good: Report, bad: Report, matched: list[tuple[Call | None, Call | None]]) -> Iterator[Pair]:
    ours, theirs = _steps(good), _steps(bad)
    for one, other in matched:
        yield Pair(
            good=one.index if one is not None else None,
            bad=other.index if other is not None else None,
            good_url=one.transfer.url if one is not None else None,
            bad_url=other.transfer.url if other is not None else None,
            rows=rows(
                ours.get(one.index, [])[:_STEPS] if one is not None else [],
                theirs.get(other.index, [])[:_STEPS] if other is not None else [],
            ),
        )
