"""What the tool asked once more by itself (`--retry`; with `-s` without a word): such tries are one transfer."""

from __future__ import annotations

from collections.abc import Sequence

from curlx.assembler import ending
from curlx.assembler.belonging import is_elsewhere, names_its_place
from curlx.assembler.exchanges import MessageDraft
from curlx.assembler.retracting import WITHOUT_MARKS
from curlx.assembler.transfers import TransferDraft
from curlx.complaints import BEFORE_CONNECTING, ComplaintKind
from curlx.statuses import UNAUTHORIZED, refuses
from curlx.timeline import RETRYABLE

_KEPT = 1_000
"""Complaints of tries before the last that are kept."""


def is_retry(before: TransferDraft, after: TransferDraft) -> bool:
    """Whether a transfer repeats the one before, in the same run, because it failed or its status asked for it.

    With `-s` the tool does not say that it tries again (src/tool_operate.c). Where it was the same URL given twice, the
    last is still what its exit code is about.
    """
    if after.command and after.command != before.command:
        return False
    asked = [each.request for each in (*before.exchanges[-1:], *before.exchanges[:1]) if each.request]
    first = after.exchanges[0].request if after.exchanges else None
    if first is None or not asked:
        return _is_repeated_unseen(before, after)
    # Behind a redirect the tool begins with its URL again.
    last = next((each for each in asked if _asks_the_same(each, first)), None)
    if last is None:
        return False
    exchange = before.exchanges[-1]
    if exchange.status == UNAUTHORIZED and before.asked_by() == "git" and not before.exit:
        # git asks without credentials first, then its user, in the same run (http.c, http_request_reauth)
        return last.header("authorization") is None and first.header("authorization") is not None
    if _status(before) in RETRYABLE:
        restarted = after.connections and after.connections[0].number == 0 and not after.connections[0].reused
        return not (before.exit or restarted)
    return _is_repeated_unsaid(before, after, (last, first))


def _asks_the_same(one: MessageDraft, other: MessageDraft) -> bool:
    return one.start == other.start and one.header("host") == other.header("host")


def _is_repeated_unseen(before: TransferDraft, after: TransferDraft) -> bool:
    """Whether the tool itself tried again where the log has no requests: none was sent, or somebody took them out."""
    told = before.complaints[-1].complaint if before.complaints else None
    if before.retries() is False or not (_is_next_connection(before, after) or _is_kept_connection(before, after)):
        return False
    if before.retries_one():
        return told is not None or _status(before) in RETRYABLE
    if told is None or before.exchanges or not _is_before_a_request(told.kind) or not names_its_place(told):
        return False
    connection = after.connections[0]
    hosts = (connection.host, connection.connected.value if connection.connected else None)
    return any(hosts) and not is_elsewhere(before, told, hosts, connection.port)


def _is_before_a_request(kind: ComplaintKind) -> bool:
    return kind in BEFORE_CONNECTING or kind.startswith("connect-")


def _status(draft: TransferDraft) -> int:
    """Return the status of the last answer; with --fail older builds print no head, and only tell it."""
    told = (one.complaint.number or 0 for one in draft.complaints if one.complaint.kind == "http-status")
    return draft.exchanges[-1].status if draft.last_response else next(told, 0)


def _is_repeated_unsaid(
    before: TransferDraft, after: TransferDraft, requests: tuple[MessageDraft, MessageDraft]
) -> bool:
    """Whether the tool itself asked the same once more behind a failure: other programs repeat what they like."""
    last = before.exchanges[-1]
    fresh, held = _is_next_connection(before, after), _is_kept_connection(before, after)
    if before.exit and not (before.perhaps_retried or fresh or held):
        return False
    if before.retries() is False:
        return False
    kinds = {one.complaint.kind for one in before.complaints}
    refused = "http-status" in kinds and last.refused  # --fail with --retry-all-errors
    behind = (one.complaint.kind for one in before.complaints if one.complaint.line > last.first_line)
    unreached = any(map(_is_before_a_request, behind))  # where the answer redirected to
    failed = bool(kinds) if last.response is None else unreached or not kinds.isdisjoint(ending.OF_A_PART)
    if not ((refused or unreached) and held) and not ((refused or failed) and fresh):
        return False
    if not (before.retries() or _is_by_the_tool(requests)):
        return False
    return all(len({each.header(name) for each in requests}) == 1 for name in ("content-length", "content-type"))


def _is_by_the_tool(requests: tuple[MessageDraft, MessageDraft]) -> bool:
    """Whether the tool's own name stands in a request, and no other: a line may have been taken out of one."""
    names = {name for each in requests if (name := each.header("user-agent")) is not None}
    return bool(names) and all(name.startswith("curl/") for name in names)


def _is_next_connection(before: TransferDraft, after: TransferDraft) -> bool:
    """Whether a run goes on with a fresh connection: by its number, or its name was looked up in the same run.

    A name that `--resolve` puts there is in the cache of each run: the number of its first connection is 0.
    """
    connection = after.connections[0] if after.connections else None
    if connection is None or connection.reused or not connection.number:
        return False
    numbers = [each.number for each in before.connections if each.number is not None]
    if before.closed_nowhere is not None:
        numbers.append(before.closed_nowhere)
    return connection.number > max(numbers) if numbers else connection.cached


def _is_kept_connection(before: TransferDraft, after: TransferDraft) -> bool:
    other = after.connections[0] if after.connections else None
    if other is None or not other.reused or other.number is None:
        return False
    return any(one.number == other.number for one in before.connections)


def with_retries_merged(transfers: Sequence[TransferDraft]) -> list[TransferDraft]:
    """Return the transfers; a request that curl repeated (`--retry`) is one of them: only its last answer counts."""
    merged: list[TransferDraft] = []
    tries: list[TransferDraft] = []
    for draft in reversed(transfers):  # from the last try on: it shows whether the ones before were overcome
        answered = draft.answered() or (tries and (tries[0].answered() or tries[0].doubt == WITHOUT_MARKS))
        if tries and answered and is_retry(draft, tries[-1]):
            tries.append(draft)
            continue
        if tries:
            merged.append(_as_one(tries[::-1]))
        tries = [draft]
    if tries:
        merged.append(_as_one(tries[::-1]))
    return merged[::-1]


def _as_one(tries: Sequence[TransferDraft]) -> TransferDraft:
    *before, last = tries
    if not before:
        return last
    connections = {id(one): one for draft in tries for one in draft.connections}
    for draft in before:
        if draft.exchanges:
            draft.exchanges[-1].superseded = True
    told = [one for draft in before if not refuses(_status(draft)) for one in draft.complaints]
    last.complaints = [*told[:_KEPT], *last.complaints]
    last.connections = list(connections.values())
    last.exchanges = [exchange for draft in tries for exchange in draft.exchanges]
    last.first_line = before[0].first_line
    return last
