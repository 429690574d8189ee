"""Two logs side by side: what differs, which differences can explain the failure, and what cannot be compared.

A comparison reads reports and nothing else. What one log leaves unknown is no difference: it cannot be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from curlx.comparison.aligning import aligned, host_of, of_connection, of_exchange, of_transfer, rows
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
from curlx.comparison.facts import NONE, Known, connection_facts, curl_facts, exchange_facts, transfer_facts
from curlx.comparison.remarks import remarks
from curlx.comparison.weighing import at_most, can_explain, rank, weigh
from curlx.findings import Finding
from curlx.redaction import PLACEHOLDER
from curlx.report import Report
from curlx.timeline import Transfer

__all__ = ["Comparison", "Difference", "Incomparable", "Log", "Pair", "Relation", "Row", "Shown", "Telling", "Topic",
           "compare", "comparison_schema"]  # fmt: skip

_HIDDEN = re.compile(f"{PLACEHOLDER}[^›]*›")
_TRANSFERS = 50
"""Transfers of each log that are compared."""
_STEPS = 200
"""Steps, connections and exchanges of one transfer that are compared."""
_LISTED = ("command", "request-header")
"""Topics of which a log shows all that there is: what it does not list is not there."""


def compare(good: Report, bad: Report, *, one_numbering: bool = False) -> Comparison:
    """Compare the report of a call that works with that of a call that does not.

    Secrets show as numbered placeholders, and each log numbers its own. So whether two hidden values are equal is known
    only with `one_numbering`: both logs were read with one `Redactor`, as `curlx.compare` does. Never raises.
    """
    pairs: list[Pair] = []
    differences: list[tuple[tuple[int, int], Difference]] = []
    unknown: list[Incomparable] = []
    said = remarks(good, bad)
    matched = aligned(_first(good), _first(bad), lambda one: of_transfer(one[1]))
    for index, (one, other) in enumerate(matched):
        pairs.append(_pair(good, bad, one, other))
        if one is None or other is None:
            continue
        cause = _cause(bad, other[0])
        doubtful = host_of(one[1]) != host_of(other[1]) or _cause(good, one[0]) is not None
        if cause is not None and (before := _cause(good, one[0])) is not None and before.code == cause.code:
            cause = None  # what differs between two calls that fail alike cannot be why
        for ours, theirs in _facts(good, bad, one, other, first=not index):
            found = _held_against(ours, theirs, index, cause, one_numbering=one_numbering)
            if isinstance(found, Incomparable):
                unknown.append(found)
            elif found is not None:
                telling = at_most(found.telling, "possible") if doubtful else found.telling
                order = (rank(telling), rank(found.telling))
                differences.append((order, msgspec.structs.replace(found, telling=telling)))
    return Comparison(
        good=_log(good),
        bad=_log(bad),
        remarks=said,
        differences=tuple(dict.fromkeys(found for _, found in sorted(differences, key=lambda one: one[0]))),
        incomparable=tuple(sorted(dict.fromkeys(unknown), key=lambda one: not one.matters)),
        pairs=tuple(pairs),
        pairs_left_out=max(len(good.timeline.transfers), len(bad.timeline.transfers), _TRANSFERS) - _TRANSFERS,
    )


def _first(report: Report) -> list[tuple[int, Transfer]]:
    return [*enumerate(report.timeline.transfers[:_TRANSFERS])]


def _log(report: Report) -> Log:
    cause = next((one for one in report.findings if one.severity == "error"), None)
    if cause is None:
        return Log(report.source.name, report.source.lines, report.outcome)
    name, lines = report.source.name, report.source.lines
    return Log(name, lines, report.outcome, cause.code, cause.title, cause.certainty)


def _cause(report: Report, transfer: int) -> Finding | None:
    """Return what went wrong in a transfer: its first error, the root cause."""
    return next((one for one in report.findings if one.severity == "error" and one.transfer == transfer), None)


def _pair(good: Report, bad: Report, one: tuple[int, Transfer] | None, other: tuple[int, Transfer] | None) -> Pair:
    steps = [
        [step for step in report.timeline.sections if side is not None and step.transfer == side[0]][:_STEPS]
        for report, side in ((good, one), (bad, other))
    ]
    return Pair(
        one[0] if one is not None else None,
        other[0] if other is not None else None,
        one[1].url if one is not None else None,
        other[1].url if other is not None else None,
        rows(*steps),
    )


# --- topic by topic ---------------------------------------------------------------------------------------------------


def _facts(
    good: Report, bad: Report, one: tuple[int, Transfer], other: tuple[int, Transfer], *, first: bool
) -> Iterator[tuple[Known, Known]]:
    """Yield what both logs say on each topic, in the order of a call."""
    ours, theirs = one[1], other[1]
    if first:
        yield from _by_topic(curl_facts(good), curl_facts(bad))
    ended, over = (
        side[1].finished or _cause(report, side[0]) is not None for report, side in ((good, one), (bad, other))
    )
    yield from _by_topic(transfer_facts(ours, ended), transfer_facts(theirs, over))
    for link, counterpart in aligned(ours.connections[:_STEPS], theirs.connections[:_STEPS], of_connection):
        if link is not None and counterpart is not None:
            yield from _by_topic(connection_facts(ours, link), connection_facts(theirs, counterpart))
    for exchange, answer in aligned(ours.exchanges[:_STEPS], theirs.exchanges[:_STEPS], of_exchange):
        if exchange is not None and answer is not None:
            yield from _by_topic(exchange_facts(exchange, ended), exchange_facts(answer, over))


def _by_topic(good: Iterable[Known], bad: Iterable[Known]) -> Iterator[tuple[Known, Known]]:
    ours, theirs = ({(one.topic, one.title): one for one in side} for side in (good, bad))
    listed = [{topic for topic, _ in side} for side in (ours, theirs)]
    for key in dict.fromkeys([*ours, *theirs]):
        yield tuple(  # type: ignore[misc]
            side.get(key) or Known(*key, NONE if key[0] in _LISTED and key[0] in topics else None)
            for side, topics in zip((ours, theirs), listed, strict=True)
        )


def _held_against(
    good: Known, bad: Known, pair: int, cause: Finding | None, *, one_numbering: bool
) -> Difference | Incomparable | None:
    """Return the difference between what two logs say on one topic, or why there is no telling."""
    topic, title = good.topic, good.title
    if good.value is None or bad.value is None:
        known, silent = (bad, good) if good.value is None else (good, bad)
        if known.value is None:
            return None
        if topic == "insecure":
            return None  # without a certificate there is nothing to verify
        why = silent.why or "the log does not show it"
        matters = can_explain(topic, title, cause)
        return Incomparable(topic, title, "good" if silent is good else "bad", _shown(known), why, matters, pair)
    hidden = not one_numbering and PLACEHOLDER in good.value and PLACEHOLDER in bad.value
    why = "the value is hidden in both logs"
    if hidden and good.key in (None, good.value) and _blank(good.value) == _blank(bad.value):
        return Incomparable(topic, title, "both", _shown(good), why, can_explain(topic, title, cause), pair)
    if good.compared == bad.compared:
        return None
    if good.spelling != bad.spelling:
        why = "the TLS libraries differ, and each has names of its own"
        return Incomparable(topic, title, "both", _shown(good), why, can_explain(topic, title, cause), pair)
    telling, why = weigh(topic, title, good.value, bad.value, cause)
    return Difference(topic, title, _shown(good), _shown(bad), telling, why, pair)


def _blank(value: str) -> str:
    return _HIDDEN.sub(PLACEHOLDER, value)


def _shown(known: Known) -> Shown:
    return Shown(known.value or "", known.line)
