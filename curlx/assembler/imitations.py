"""Runs that were no runs: a body printed them, as curl's last words of the answer before show.

Each function but the last returns how many of the latest transfers a body made up; 0 for none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from curlx import events
from curlx.assembler.ending import OF_A_BODY
from curlx.assembler.retracting import before_it_is_left, began_in_place, is_over
from curlx.assembler.transfers import TransferDraft
from curlx.reader import Source

REUSABLE = 100
"""Transfers, and connections of each, in which a connection that is used again is looked for."""
_BEHIND = 20
"""Transfers that a body may imitate before curl's last words."""
LAST_WORDS = events.FAREWELLS | {events.Complaint}


def before_last_words(transfers: Sequence[TransferDraft], event: events.Event) -> int:
    """Last words behind a run that is over are those of an answer that curl had not left: the run was its body."""
    if type(event) is events.Complaint and event.kind not in OF_A_BODY:
        return 0
    number = None
    if type(event) is events.ConnectionLeft or type(event) is events.ConnectionClosed:
        number = event.number
    last = min(len(transfers), _BEHIND) - 1
    for after, transfer in enumerate(reversed(transfers[-_BEHIND:])):
        connection = transfer.connection
        if is_over(transfer):
            continue
        intact = type(event) is events.ConnectionLeft and transfer.spoke_http1()
        if transfer.complaints and not intact:
            return 0  # of what failed here: nothing else need have been opened
        if connection is None:
            continue  # a head alone leaves no connection
        known = connection.number
        if known is None and not (connection.connected or connection.attempts or connection.reused) and after < last:
            continue
        return after if transfer.answered() and (None in (number, known) or number == known) else 0
    return 0


def without_a_number(transfers: Sequence[TransferDraft]) -> int:
    """`--trace-ids` numbers all of a run's lines: a run without them, between two that have them, was a body."""
    for after, transfer in enumerate(reversed(transfers[-_BEHIND:])):
        if transfer.numbered:
            return after
        if transfer.command is not None:
            return 0
    return 0


def before_a_farewell(transfers: Sequence[TransferDraft], event: events.ConnectionLeft) -> int:
    """A connection of an earlier transfer is left intact: what told of its end, and what came since, was a body."""
    host = event.host.split(":")[0]
    for after, transfer in enumerate(reversed(transfers[-REUSABLE:])):
        connection = transfer.connection
        if connection and connection.closed and connection.closed.value and is_over(transfer) and not transfer.whole():
            continue  # it failed: nothing of it is left
        known = connection is not None and connection.number in (event.number, None)  # newer builds tell no number
        if connection and known and host in (connection.host, connection.target_host):
            if after and transfer.owes_a_body() and connection.closed and connection.closed.value:
                before_it_is_left(transfer, closed=True)
                transfer.done = False
                return after
            behind = transfers[-after:] if after else ()
            first = connection.closed is None  # no other transfer behind has it, and each is said farewell to
            if (
                behind
                and began_in_place(transfer)
                and (first or all(is_over(one) or not _is_of(one, host) for one in behind))
            ):
                # It was left before, but what follows is over, or is of another host.
                connection.closed, transfer.done = None, False
                return after
            return 0
        if any(exchange.response for exchange in transfer.exchanges):
            return 0
    return 0


def _is_of(transfer: TransferDraft, host: str) -> bool:
    """Whether curl may have looked for a host: by any name, where it named none."""
    connection = transfer.connection
    return connection is None or host in (connection.host or host, connection.target_host)


def before_a_second_farewell(transfers: Sequence[TransferDraft]) -> int:
    """curl says farewell twice: the lines since the answer whose body the log does not show are that body."""
    latest = enumerate(reversed(transfers[-REUSABLE:]))
    return next((after for after, transfer in latest if after and transfer.owes_a_body()), 0)


def still_imitates(current: TransferDraft | None, source: Source, event: events.Event, known: Collection[str]) -> bool:
    """Whether the body that imitates curl goes on; `known` are the numbers of `--trace-ids` so far."""
    another = source.transfer not in (None, "x") and source.transfer not in known
    whole = current is not None and current.has_all_with(source.size)
    connection = current.connection if current else None
    number = connection.number if connection else None
    left = type(event) is events.ConnectionLeft and connection is not None and number in (event.number, None)
    counted = type(event) is events.Connected and number is not None and event.number == number + 1
    return not (another or whole or left or counted)
