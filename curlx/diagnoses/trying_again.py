"""Whether what failed may have been tried once more (`--retry`), where the log does not show it as such."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, takewhile

from curlx.events import ComplaintKind
from curlx.timeline import RETRYABLE, Exchange, Request, Timeline, Transfer

_TRIES = 100
"""Tries of one call that are looked at."""
_TRANSIENT: tuple[ComplaintKind, ...] = (
    "timeout", "connect-timeout", "tls-timeout", "resolve-timeout", "host-not-found", "proxy-not-found",
)  # fmt: skip
"""What `--retry` alone tries again, beside some statuses (src/tool_operate.c)."""


def may_be_unseen(timeline: Timeline, index: int, line: int) -> bool:
    """Tell whether an answer that follows may be to the same request, which the log lacks."""
    exchange = timeline.transfers[index].exchange_at(line)
    if exchange is not None and _may_be_here(timeline.transfers[index], exchange):
        return True
    return _may_be_next(timeline, index, line) or _may_be_connected_again(timeline, index)


def _may_be_connected_again(timeline: Timeline, index: int) -> bool:
    """Tell whether the run went on with another connection to the same host, and had its answer.

    The log shows no request, or the same one again, which had no answer before: whether the tool itself sent it once
    more, or a program that would ask again anyhow, is told where its name stands.
    """
    transfer, following = timeline.transfers[index], next(_behind(timeline, index), None)
    if following is None or following.command not in (None, transfer.command) or transfer.retries() is False:
        return False
    shown = any(each.request is not None for each in (*transfer.exchanges, *following.exchanges))
    if shown and not _is_asked_again(transfer, following):
        return False
    before, after, last = transfer.last_connection, following.last_connection, following.last_exchange
    if before is None or after is None or before.host is None or before.host != after.host or not after.number:
        return False
    return last is not None and last.response is not None and not last.response.refuses


def _is_asked_again(transfer: Transfer, following: Transfer) -> bool:
    before, after = transfer.last_exchange, following.last_exchange
    if before is None or before.response is not None or transfer.exit is not None or after is None:
        return False
    return before.request is not None and after.request is not None and asks_the_same(before.request, after.request)


def asks_the_same(one: Request, other: Request) -> bool:
    """Tell whether a request is the same as another, as far as its first line tells."""
    return (one.method, one.target) == (other.method, other.target)


def may_be_cut(timeline: Timeline, index: int) -> bool:
    """Tell whether the log may end before the next try of a call that asks for tries; with `-s` none is announced."""
    transfer = timeline.transfers[index]
    asked = transfer.option("retry")
    if asked is None or transfer.exit is not None or transfer.overcome is not None:
        return False
    before = reversed(timeline.transfers[max(index - _TRIES, 0) : index])
    tries = sum(1 for _ in takewhile(lambda each: each.command == transfer.command, before)) + 1
    statuses = [each.response.status for each in transfer.exchanges if each.response is not None]
    tries += sum(status in RETRYABLE for status in statuses[:-1])  # they are one transfer with the last
    for following in _behind(timeline, index):
        if following.command != transfer.command or following.exit or (following.exchanges and following.parted):
            return False
        tries += bool(following.complaints)  # the last may be under way
    if asked.isdecimal() and tries > int(asked):
        return False
    kinds = {each.kind for each in transfer.complaints}
    attempts = (attempt.failure for each in transfer.connections for attempt in each.attempts)
    kinds.update(failure.value for failure in attempts if failure is not None)
    statuses += [each.number for each in transfer.complaints if each.kind == "http-status" and each.number is not None]
    refused = transfer.option("retry-connrefused") is not None and "connect-refused" in kinds
    transient = not kinds.isdisjoint(_TRANSIENT) or (bool(statuses) and statuses[-1] in RETRYABLE)
    return refused or transient or transfer.option("retry-all-errors") is not None


def _behind(timeline: Timeline, index: int) -> Iterator[Transfer]:
    return islice(timeline.transfers, index + 1, index + 1 + _TRIES)


def is_announced(transfer: Transfer, line: int) -> bool:
    """Tell whether the tool has announced another try, without -v, and nothing of it is in the log."""
    if transfer.exit is not None or transfer.exchanges or transfer.connections or transfer.overcome is not None:
        return False
    return transfer.retried is not None and transfer.retried > line


def _may_be_next(timeline: Timeline, index: int, line: int) -> bool:
    """Tell whether the next answer, a good one, may be to the same request: its own is not shown, nor this answer's.

    Where curl was done with the next call without a word, the log need not show the answer either.
    """
    transfer, exchange = timeline.transfers[index], timeline.transfers[index].exchange_at(line)
    following = next((each for each in _behind(timeline, index) if not _failed_alike(each)), None)
    if following is None or following.command not in (None, transfer.command) or transfer.retries() is False:
        return False
    response = exchange.response if exchange is not None else None
    told = (each.number for each in transfer.complaints if each.line == line and each.kind == "http-status")
    if (response.status if response is not None else next(told, 0)) not in RETRYABLE:
        return False
    later = following.last_exchange
    if later is None:
        return following.parted and not (following.complaints or following.exit)
    shown = exchange is None or exchange.request is not None
    return not shown and later.response is not None and not later.response.refuses


def _failed_alike(transfer: Transfer) -> bool:
    """Tell whether a call may be one more of the tries: its status asks for another, and it shows no request either."""
    last = transfer.last_exchange
    return last is not None and last.request is None and last.response is not None and last.response.status in RETRYABLE


def _may_be_here(transfer: Transfer, exchange: Exchange) -> bool:
    """Tell whether another answer follows in the same call, or text that begins as one, and the request is missing."""
    response, last = exchange.response, transfer.last_exchange
    if response is None or exchange.request is not None or response.status not in RETRYABLE:
        return False
    if last is None or transfer.retries() is False or transfer.exit is not None:
        return False
    if last.first_line > exchange.first_line:
        return last.response is not None and not last.response.refuses
    return response.body.sample.lstrip().startswith("HTTP/")


def unanswered(transfer: Transfer, line: int) -> bool:
    """Whether no answer began after this line: if one did, what the line says was of a try that curl repeated."""
    last = transfer.last_exchange
    return last is None or last.superseded or last.response is None or last.response.first_line < line
