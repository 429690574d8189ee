"""What stands beside what: transfers, connections, exchanges and steps of two logs, in the order of both."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TypeVar

from curlx.advice.hosts import split_url
from curlx.comparison.comparison import Relation, Row
from curlx.report import Section, Status
from curlx.timeline import Connection, Exchange, Transfer

T = TypeVar("T")

_MEASURE = re.compile(r"\d+(?:\.\d+)? ?(?:ms|milliseconds?|s|seconds?|bytes?)\b|#\d+|\d+ out of \d+")
"""What differs from one run to the next: times, sizes, the numbers of connections."""
_SAID = ("asked for", "sent", "page says", "curl says")
"""Details that the title tells already, or that are only words."""
_WORSE: dict[Status, int] = {"ok": 0, "unknown": 1, "note": 2, "problem": 3}


def aligned(good: Sequence[T], bad: Sequence[T], signature: Callable[[T], Hashable]) -> list[tuple[T | None, T | None]]:
    """Put two sequences side by side: equal signatures meet, and what lies between them meets by its order."""
    pairs: list[tuple[T | None, T | None]] = []
    matcher = SequenceMatcher(None, [signature(one) for one in good], [signature(one) for one in bad], autojunk=False)
    for _, start, end, other_start, other_end in matcher.get_opcodes():
        pairs += zip_longest(good[start:end], bad[other_start:other_end])
    return pairs


def of_transfer(transfer: Transfer) -> tuple[str, str]:
    """Return what makes two transfers the same call: host and path."""
    path = split_url(transfer.url)[3].partition("?")[0] if transfer.url else ""
    return host_of(transfer), path


def of_connection(connection: Connection) -> str:
    """Return what makes two connections alike: where they lead in the end."""
    return (connection.target_host or connection.host or "").lower()


def of_exchange(exchange: Exchange) -> str:
    """Return what makes two exchanges alike: what was asked for."""
    if exchange.request is None:
        return ""
    host = exchange.request.header("host")
    return f"{host.value if host is not None else ''} {exchange.request.target.partition('?')[0]}"


def host_of(transfer: Transfer) -> str:
    """Return the host that a transfer is for; empty where the log does not say."""
    host = split_url(transfer.url)[1] or ""
    if not host and transfer.connections:
        first = transfer.connections[0]
        host = (first.target_host or (first.host if first.proxy is None else None) or "").lower()
    if not host and not transfer.connections:
        # A name that was not found is all that such a log has of the host.
        unknown = (each.subject for each in transfer.complaints if each.kind == "host-not-found")
        host = next(filter(None, unknown), "").lower()
    return host


def rows(good: Sequence[Section], bad: Sequence[Section]) -> tuple[Row, ...]:
    """Put the steps of two transfers side by side and mark where the paths part: the first step that went worse."""
    found = [_row(one, other) for one, other in aligned(good, bad, lambda step: step.kind)]
    parting = next((row for row in found if _parts(row)), None)
    if parting is None:
        return tuple(found)
    place = found.index(parting)
    found[place] = Row(parting.relation, parting.good, parting.bad, parting.changed, parting=True)
    return tuple(found)


def _row(good: Section | None, bad: Section | None) -> Row:
    if good is None or bad is None:
        return Row("only-bad" if good is None else "only-good", good, bad)
    changed = tuple(_changed(good, bad)) if good.kind == bad.kind else ()
    alike = good.kind == bad.kind and steady(good.title) == steady(bad.title) and good.status == bad.status
    relation: Relation = "same" if alike and not changed else "differs"
    return Row(relation, good, bad, changed)


def _changed(good: Section, bad: Section) -> list[str]:
    """Return the labels of the details that both steps have, and have differently."""
    ours, theirs = ({one.label: one.value for one in step.details if one.label not in _SAID} for step in (good, bad))
    return [label for label, value in ours.items() if label in theirs and steady(value) != steady(theirs[label])]


def _parts(row: Row) -> bool:
    """Whether this step went worse in the log that fails."""
    if row.bad is None:
        return False
    before = _WORSE[row.good.status] if row.good is not None else 0
    return _WORSE[row.bad.status] > max(before, 1)


def steady(text: str) -> str:
    """Return a text without what differs from run to run."""
    return _MEASURE.sub("", text)
