"""Where a transfer begins, and which belong together: those of one run of curl.

Two transfers are of one run when the log shows it: by the command that both follow from, a connection that is used
again or counted on from (curl counts its connections from 0 in each run), or lines that come in turn (`--parallel`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from curlx import events
from curlx.assembler import ending
from curlx.assembler.transfers import TransferDraft
from curlx.complaints import BEFORE_CONNECTING, ComplaintKind
from curlx.reader import Source
from curlx.timeline import Complaint, Transfer

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
        if current.answered():
            return _shows_its_end(current) and not _is_of_its_answer(current, event)
        nothing_else = not (current.connections or current.exchanges or current.command)
        return current.exit is not None and nothing_else and not ending.repeats(current, event)
    if type(event) is events.Exit:
        return current.exit is not None or (ending.contradicts(current, event) and _is_over(current))
    return False


def _is_over(current: TransferDraft) -> bool:
    """Whether nothing of the last body can come any more, as far as the log tells where it ends."""
    return (current.body_is_over() and not _may_go_on(current)) or current.has_all_of_a_body()


def _shows_its_end(current: TransferDraft) -> bool:
    """Whether the log shows the last body to its end, or that there is none: what a program says is not of it."""
    body = current.last_body
    return current.leaves_nothing() or (body is not None and body.seen > 0 and _is_over(current))


def _is_of_its_answer(current: TransferDraft, event: events.ProgramFailed) -> bool:
    """Whether a program passes on what an answer said that the log shows, or git what it makes of it."""
    if event.program == "git" == current.asked_by():
        return True
    told = event.complaint
    return told is not None and told.kind == "http-status" and told.number == current.exchanges[-1].status


def _had_given_up(current: TransferDraft, event: events.Event) -> bool:
    """Whether curl said that it gave up on one host and port, and goes to another: only the same could overcome it."""
    told = current.complaints[-1].complaint if current.complaints else None
    if told is None or told.proxy or not names_its_place(told):
        return False
    match event:
        case events.Connected():
            return is_elsewhere(current, told, (event.host, event.address), event.port)
        case events.HostResolved() | events.AboutToConnect():
            return is_elsewhere(current, told, (event.host,), event.port)
        case events.Trying():  # of one host there are many addresses
            return is_elsewhere(current, told, (), event.port)
    return False


def _fails_elsewhere(current: TransferDraft, event: events.Event) -> bool:
    """Whether curl could not connect, to another host or port than it is connected to: no answer can be under way.

    FTP opens further connections, for the data, and shows no request.
    """
    told = event if isinstance(event, events.Complaint) else getattr(event, "complaint", None)
    connection = current.connection
    if told is None or not told.kind.startswith("connect-") or told.proxy or not names_its_place(told):
        return False
    if connection is None or connection.connected is None or connection.proxy or current.answered():
        return False
    return bool(current.exchanges) and is_elsewhere(current, None, (told.subject,), told.port)


def is_of_another(current: TransferDraft | None, event: events.Exit) -> bool:
    """Whether a last word names another host or port than a transfer that is under way: with --parallel it may."""
    told = event.complaint
    if current is None or current.done or current.complaints or told is None or told.proxy or not names_its_place(told):
        return False
    return is_elsewhere(current, None, (told.subject,), told.port)


def names_its_place(told: events.Complaint | Complaint) -> bool:
    """Whether a complaint says of which host and port it is."""
    return bool(told.subject) and (told.port is not None or told.kind in _OF_A_HOST)


def is_elsewhere(current: TransferDraft, told: Complaint | None, hosts: Sequence[str | None], port: int | None) -> bool:
    """Whether a host, by its name or address, or a port is none that curl complains of, nor of the connection."""
    names, ports = ({told.subject}, {told.port}) if told else (set(), set())
    one = current.connection
    if one is not None:
        names |= {one.host, *(attempt.address for attempt in one.attempts)}
        names |= {fact.value for fact in (one.connected, one.resolved) if fact}
        ports |= {one.port, *(attempt.port for attempt in one.attempts)}
    named = [host for host in hosts if host]
    another_host = bool(named) and any(names) and names.isdisjoint(named)
    return another_host or (any(ports) and bool(port) and port not in ports)


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
