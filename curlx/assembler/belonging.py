"""Where a transfer begins, and which belong together: those of one run of curl, and those that repeat another.

Two transfers are of one run when the log shows it: by the command that both follow from, a connection that is used
again or counted on from (curl counts its connections from 0 in each run), or lines that come in turn (`--parallel`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from curlx import events
from curlx.assembler import ending
from curlx.assembler.exchanges import MessageDraft
from curlx.assembler.retracting import WITHOUT_MARKS
from curlx.assembler.transfers import TransferDraft
from curlx.complaints import BEFORE_CONNECTING, ComplaintKind
from curlx.reader import Source
from curlx.statuses import UNAUTHORIZED, refuses
from curlx.timeline import RETRYABLE, Complaint, Transfer

_KEPT = 1_000
"""Complaints of tries before the last that are kept."""
_EARLY = 100
"""Last words at the top of a log, and transfers that they are looked for in."""

_OF_A_HOST: tuple[ComplaintKind, ...] = ("host-not-found", "certificate-name-mismatch")
"""What curl says of a host by its name, whatever the port."""

_FOLLOWS = frozenset({events.AlpnOffered, events.RequestLine, events.StatusLine})
"""What curl does for a URL once it is connected: where the beginning is cut off, this may be the first of it."""
_OF_CURL = ("*", "<", ">", "{", "}", "=")
"""What lines begin with that curl prints only with `-v` or `--trace`."""


def begins_another(current: TransferDraft, event: events.Event, source: Source) -> bool:
    """Whether an event begins another transfer than the current one."""
    if current.bare and source.text.startswith(_OF_CURL):
        # Without -v curl says nothing behind a head that -i printed: within one, its first line lost its mark.
        return not (type(event) is events.Header and current.current is not None and not current.current.ended)
    if not current.done or current.pending:
        if not current.pending and (_had_given_up(current, event) or _fails_elsewhere(current, event)):
            return True
        return type(event) in events.BEGINNINGS and not current.pending and current.has_all_of_a_body()
    if type(event) in events.OPENINGS or (type(event) in _FOLLOWS and _can_say_nothing(current)):
        return True
    if type(event) is events.Complaint:
        if event.kind.startswith("connect-") and (_fails_alongside(current) or _tried_alongside(current)):
            return True
        if event.text.startswith(ending.CANNOT_OPEN):
            return True
        if event.kind == "http-status" and current.has_all_of_a_body():
            return event.number != current.exchanges[-1].status  # the head of that answer is cut off
        if event.kind not in BEFORE_CONNECTING or event.text.startswith(ending.OF_A_REDIRECT):
            return False
        return current.exit is not None or current.whole()
    if type(event) in (events.StatusLine, events.RequestLine):
        return current.exit is not None
    if type(event) is events.ProgramFailed:
        nothing_else = not (current.connections or current.exchanges or current.command)
        return current.exit is not None and nothing_else and not ending.repeats(current, event)
    if type(event) is events.Exit:
        over = (current.body_is_over() and not _may_go_on(current)) or current.has_all_of_a_body()
        return current.exit is not None or (ending.contradicts(current, event) and over)
    return False


def _had_given_up(current: TransferDraft, event: events.Event) -> bool:
    """Whether curl said that it gave up on one host and port, and goes to another: only the same could overcome it."""
    told = current.complaints[-1].complaint if current.complaints else None
    if told is None or told.proxy or not _names_its_place(told):
        return False
    match event:
        case events.Connected():
            return _is_elsewhere(current, told, (event.host, event.address), event.port)
        case events.HostResolved() | events.AboutToConnect():
            return _is_elsewhere(current, told, (event.host,), event.port)
        case events.Trying():
            return _is_elsewhere(current, told, (), event.port)
    return False


def _fails_elsewhere(current: TransferDraft, event: events.Event) -> bool:
    """Whether curl could not connect, to another host or port than it is connected to: no answer can be under way.

    FTP opens further connections, for the data, and shows no request.
    """
    told = event if isinstance(event, events.Complaint) else getattr(event, "complaint", None)
    connection = current.connection
    if told is None or not told.kind.startswith("connect-") or told.proxy or not _names_its_place(told):
        return False
    if connection is None or connection.connected is None or connection.proxy or current.answered():
        return False
    return bool(current.exchanges) and _is_elsewhere(current, None, (told.subject,), told.port)


def _names_its_place(told: events.Complaint | Complaint) -> bool:
    return bool(told.subject) and (told.port is not None or told.kind in _OF_A_HOST)


def _is_elsewhere(
    current: TransferDraft, told: Complaint | None, hosts: Sequence[str | None], port: int | None
) -> bool:
    """Whether a place is none that curl complains of, nor of the connection."""
    known: list[tuple[str | None, int | None]] = [(told.subject, told.port)] if told else []
    one = current.connection
    if one is not None:
        known += [(one.host, one.port), *((attempt.address, attempt.port) for attempt in one.attempts)]
        known += [(fact.value, None) for fact in (one.connected, one.resolved) if fact]
    names, ports = {host for host, _ in known if host}, {known_port for _, known_port in known if known_port}
    named = {host for host in hosts if host}
    return bool((names and named and named.isdisjoint(names)) or (ports and port and port not in ports))


def _can_say_nothing(current: TransferDraft) -> bool:
    """Whether nothing is left of a transfer that could print a line: no body is coming, or the log has it whole."""
    return current.leaves_nothing() or current.has_all_of_a_body()


def _may_go_on(current: TransferDraft) -> bool:
    """Whether the log shows a body of unknown length: behind what ends a page, more of it may stand."""
    body = current.last_body
    if body is None or not body.said_line:
        return False
    return body.encoded or (body.announced is None and not body.is_as_long_as_told())


def _fails_alongside(current: TransferDraft) -> bool:
    """Whether an address that was tried before the answer failed only behind it: a transfer that runs in parallel."""
    response = current.last_response
    if response is None or not current.whole():
        return False
    attempts = (attempt for connection in current.connections for attempt in connection.attempts)
    return any(one.failure and one.line < response.first_line < one.failure.line for one in attempts)


def _tried_alongside(current: TransferDraft) -> bool:
    """Whether another port was tried before the answer, and curl told nothing of it: a transfer that runs in parallel.

    An attempt at another port is not one of happy eyeballs (RFC 8305).
    """
    response = current.last_response
    if response is None or not current.whole():
        return False
    tried = [one for connection in current.connections for one in connection.attempts if one.line < response.first_line]
    reached = {each.connected.value for each in current.connections if each.connected is not None}
    several = len({one.port for one in tried}) > 1
    return several and any(one.failure is None and one.address not in reached for one in tried)


def runs_among(transfers: Sequence[Transfer | TransferDraft]) -> Iterator[tuple[int, int]]:
    """Yield where each run begins among the transfers, and where it ends, exclusive."""
    first = last_line = 0
    number = -1
    for index, transfer in enumerate(transfers):
        if index > first and transfer.first_line > last_line and not _goes_on(transfers[index - 1], transfer, number):
            yield first, index
            first, number = index, -1
        last_line = max(last_line, transfer.last_line)
        number = max([number, *(one.number for one in transfer.connections if one.number is not None)])
    if transfers:
        yield first, len(transfers)


def _goes_on(before: Transfer | TransferDraft, transfer: Transfer | TransferDraft, number: int) -> bool:
    """Tell whether a transfer is of the same run as the one before it, whose highest connection had that number."""
    if before.command is not None and transfer.command is not None:
        return before.command == transfer.command
    connection = transfer.connections[0] if transfer.connections else None
    if connection is None or transfer.command is not None:
        return False
    return connection.reused or (connection.number is not None and connection.number > number >= 0)


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
    if exchange.status == UNAUTHORIZED and before.is_of_git() and not before.exit:
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
    if told is None or before.exchanges or not _is_before_a_request(told.kind) or not _names_its_place(told):
        return False
    connection = after.connections[0]
    hosts = (connection.host, connection.connected.value if connection.connected else None)
    return any(hosts) and not _is_elsewhere(before, told, hosts, connection.port)


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
    if any(not (each.header("user-agent") or "").startswith("curl/") for each in requests):
        return False
    return all(len({each.header(name) for each in requests}) == 1 for name in ("content-length", "content-type"))


def _is_next_connection(before: TransferDraft, after: TransferDraft) -> bool:
    """Whether a run goes on with a fresh connection: by its number, or its name was looked up in the same run.

    A name that `--resolve` puts there is in the cache of each run: the number of its first connection is 0.
    """
    connection = after.connections[0] if after.connections else None
    if connection is None or connection.reused or not connection.number:
        return False
    numbers = [each.number for each in before.connections if each.number is not None]
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


def with_early_exits(transfers: Sequence[TransferDraft]) -> Sequence[TransferDraft]:
    """Give each last word that stands at the top of the log back to its transfer.

    With `--trace-ascii - 2>&1` the trace waits in a buffer, and `curl: (35) ...` overtakes it.
    """
    early = list(takewhile(_is_only_an_exit, islice(transfers, _EARLY)))
    left = list(transfers[len(early) :])
    unclaimed = []
    for draft in early:
        word = draft.exit
        assert word is not None  # noqa: S101 - for the type checker
        said = (one for one in left[:_EARLY] if one.exit is None and _complains(one, word.text))
        owner = next(said, None)
        if owner is None:
            unclaimed.append(draft)
        else:
            owner.exit = word
    return [*unclaimed, *left] if len(unclaimed) < len(early) else transfers


def _is_only_an_exit(draft: TransferDraft) -> bool:
    return draft.exit is not None and not (draft.connections or draft.exchanges or draft.command or draft.warnings)


def _complains(draft: TransferDraft, text: str) -> bool:
    return bool(text) and any(told.complaint.text == text for told in draft.complaints)
