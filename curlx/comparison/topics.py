"""Two logs held against each other, topic by topic: what is the same, what differs, and what there is no telling of."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from curlx.comparison.aligning import aligned, of_connection, of_exchange
from curlx.comparison.comparison import Difference, Incomparable, Shown
from curlx.comparison.facts import (
    NONE,
    UNANSWERED,
    Known,
    command_facts,
    connection_facts,
    host_fact,
    request_facts,
    response_facts,
    status_fact,
    tls_facts,
    transfer_facts,
    tunnel_facts,
)
from curlx.comparison.weighing import can_explain, weigh
from curlx.findings import Finding
from curlx.redaction import MASK
from curlx.timeline import Transfer

T = TypeVar("T")

_HIDDEN = re.compile(f"{MASK}[^›]*›")
_PARTS = 200
"""Connections and exchanges of one transfer that are compared."""
_TOLD = ("method", "target", "host")
"""Topics of a request that curl was told by the answer before, where there is one."""
_LISTED = ("command", "request-header")
"""Topics of which a log shows all that there is: what it does not list is not there."""


class Call(msgspec.Struct, frozen=True):
    """A transfer of a log, its index, and what went wrong in it."""

    index: int
    transfer: Transfer
    cause: Finding | None

    @property
    def ended(self) -> bool:
        """Whether the log shows its end."""
        return self.transfer.finished or (self.cause is not None and not self.cause.code.startswith("log-"))


def said_by(good: Call, bad: Call) -> Iterator[tuple[Known, Known]]:
    """Yield what both logs say of a call on each topic, in the order of a call, as far as both calls got."""
    ours, theirs = good.transfer, bad.transfer
    if ours.command is not None and theirs.command is not None:
        yield from by_topic(
            command_facts(ours.command, ours.arguments), command_facts(theirs.command, theirs.arguments)
        )
    yield from by_topic(transfer_facts(ours, good.ended), transfer_facts(theirs, bad.ended))
    for link, counterpart in _both(ours.connections, theirs.connections, of_connection):
        way = [*by_topic(connection_facts(ours, link), connection_facts(theirs, counterpart))]
        detour = any(one.topic == "proxy" and one.value != other.value for one, other in way)
        # The address is that of the proxy, where there is one.
        yield from (said for said in way if not (detour and said[0].topic == "address"))
        if link.proxy is not None and counterpart.proxy is not None:
            yield from by_topic(tunnel_facts(link), tunnel_facts(counterpart))
        if link.tls is not None and counterpart.tls is not None:
            yield from by_topic(tls_facts(link.tls), tls_facts(counterpart.tls))
    if not (_asked(ours) and _asked(theirs)):
        yield from by_topic([host_fact(ours)], [host_fact(theirs)])
    exchanges = _both(ours.exchanges, theirs.exchanges, of_exchange)
    for number, (exchange, opposite) in enumerate(exchanges, 1):
        which = f" (request {number})" if len(exchanges) > 1 else ""
        if exchange.request is not None and opposite.request is not None:
            asked = by_topic(request_facts(exchange.request), request_facts(opposite.request), which)
            yield from (said for said in asked if number == 1 or said[0].topic not in _TOLD)
        yield from by_topic([status_fact(exchange, good.ended)], [status_fact(opposite, bad.ended)], which)
        if exchange.response is not None and opposite.response is not None:
            yield from by_topic(response_facts(exchange.response), response_facts(opposite.response), which)


def _asked(transfer: Transfer) -> bool:
    return any(exchange.request is not None for exchange in transfer.exchanges)


def _both(good: Sequence[T], bad: Sequence[T], signature: Callable[[T], Hashable]) -> list[tuple[T, T]]:
    """Return what meets something in the other log."""
    pairs = aligned(good[:_PARTS], bad[:_PARTS], signature)
    return [(one, other) for one, other in pairs if one is not None and other is not None]


def by_topic(good: Iterable[Known], bad: Iterable[Known], which: str = "") -> Iterator[tuple[Known, Known]]:
    """Put what two logs say side by side; `which` is added to the titles."""
    ours, theirs = ({(one.topic, one.title): one for one in side} for side in (good, bad))
    for key in dict.fromkeys([*ours, *theirs]):
        missing = Known(*key, NONE if key[0] in _LISTED else None)
        one, other = ours.get(key, missing), theirs.get(key, missing)
        title = f"{key[1]}{which}"
        yield msgspec.structs.replace(one, title=title), msgspec.structs.replace(other, title=title)


def held_against(
    good: Known, bad: Known, pair: int, cause: Finding | None, *, one_numbering: bool
) -> Difference | Incomparable | None:
    """Return the difference between what two logs say on one topic, or why there is no telling."""
    topic, title = good.topic, good.title
    matters = can_explain(topic, title, good.value, bad.value, cause)
    if good.value is None and bad.value is None:
        asked = matters and good.why and bad.why
        return Incomparable(topic, title, "both", Shown(""), bad.why, True, pair) if asked else None
    if good.value is None or bad.value is None:
        if topic in ("insecure", "tls-offered"):
            return None  # without a certificate there is nothing to verify, and few builds tell what they offer
        known, silent = (bad, good) if good.value is None else (good, bad)
        why = silent.why or "the log does not show it"
        matters = matters and why != UNANSWERED
        return Incomparable(topic, title, "good" if silent is good else "bad", _shown(known), why, matters, pair)
    hidden = not one_numbering and MASK in good.value and MASK in bad.value
    if hidden and good.key in (None, good.value) and _blank(good.value) == _blank(bad.value):
        return Incomparable(topic, title, "both", _shown(good), "the value is hidden in both", matters, pair)
    if good.compared == bad.compared:
        return None
    if good.spelling != bad.spelling:
        why = "the TLS libraries differ, and each has names of its own"
        return Incomparable(topic, title, "both", _shown(good), why, matters, pair)
    telling, why = weigh(topic, title, good.value, bad.value, cause)
    return Difference(topic, title, _shown(good), _shown(bad), telling, why, pair)


def _blank(value: str) -> str:
    return _HIDDEN.sub(MASK, value)


def _shown(known: Known) -> Shown:
    return Shown(known.value or "", known.line)
