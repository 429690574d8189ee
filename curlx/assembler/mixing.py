"""Recognize that lines of several transfers are mixed (`--parallel`) and that nothing tells them apart.

`--trace-ids` numbers the lines; without it, curl prints what each transfer says as it comes (`src/tool_cb_dbg.c`).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from curlx import events
from curlx.assembler.connections import ConnectionDraft
from curlx.assembler.transfers import TransferDraft
from curlx.reader import Source
from curlx.tls_numbers import HandshakeType

MIXED = (
    "The lines of several transfers that ran at the same time are mixed here (curl does two things at once), "
    "and nothing tells which line is of which transfer: run it with --trace-ids, or without --parallel."
)
_OF_A_HANDSHAKE = frozenset({
    events.HandshakeMessage, events.CipherChosen, events.CertificateBlock, events.CertificateVerified,
    events.AlpnChosen, events.HttpChosen,
})  # fmt: skip


class Mixing:
    """The runs of curl in a log, and which of them had their lines mixed; a run is named by its first transfer."""

    def __init__(self) -> None:
        """Begin with the first run."""
        self.run = 0
        self.runs = [0]
        self.parallel: set[int] = set()
        """Runs that show the meter of `--parallel`."""
        self.mixed: set[int] = set()
        """Runs that do two things at once."""

    def begin_run(self, first: int) -> None:
        """Another run of curl begins with the transfer of this index."""
        self.run = first
        if self.runs[-1] < first:
            self.runs.append(first)

    def meter(self, source: Source) -> None:
        """Notice the meter that only parallel transfers have (`src/tool_progress.c`)."""
        if source.text.lstrip().startswith("DL% UL%"):
            self.parallel.add(self.run)

    def notice(self, transfer: TransferDraft, event: events.Event, source: Source) -> None:
        """Notice what a single transfer cannot do at this point."""
        if source.transfer is None and self.run not in self.mixed and does_two_things(transfer, event):
            self.mixed.add(self.run)

    def mixes(self, source: Source) -> bool:
        """Whether the run does two things at once, and the line does not say of which it is."""
        return source.transfer is None and self.run in self.mixed

    def forget(self, behind: int) -> None:
        """The first transfers are no longer there; a run of which some are left begins with the first of these."""
        standing = max(run for run in self.runs if run <= behind)
        for named in (self.parallel, self.mixed):
            left = {max(0, run - behind) for run in named if run >= standing}
            named.clear()
            named.update(left)
        self.runs = [0, *(run - behind for run in self.runs if run > behind)]
        self.run = max(0, self.run - behind)

    def judge(self, transfers: list[TransferDraft]) -> None:
        """Say of every transfer whose lines are mixed with another's that this is so."""
        for start, stop in pairwise([*self.runs, len(transfers)]):
            if start not in self.parallel | self.mixed:
                continue
            concerned = transfers[start:stop]
            several = sum(max(len(one.connections), len(one.exchanges), 1) for one in concerned) > 1
            if not any(one.numbered for one in concerned) and (start in self.mixed or several):
                for transfer in concerned:
                    transfer.doubt, transfer.mixed = MIXED, True


def does_two_things(transfer: TransferDraft, event: events.Event) -> bool:
    """Whether an event is of another transfer than the one that is under way."""
    connection = transfer.connection
    if connection is None or transfer.done or transfer.pending or connection.closed or transfer.complaints:
        return False
    return _SIGNS[type(event)](transfer, connection, event)


def goes_on_behind(transfer: TransferDraft, event: events.Event) -> bool:
    """Whether a handshake goes on behind what seemed to be curl's last word: another program spoke in between.

    curl says farewell to a connection before the tool has the last word.
    """
    connection = transfer.connection
    if type(event) not in _OF_A_HANDSHAKE or connection is None or connection.closed or transfer.exchanges:
        return False
    return transfer.done and not any(line > _last_word(transfer) for line in transfer.elided)


def apart(transfer: TransferDraft) -> TransferDraft:
    """Take the last word out of a transfer that goes on behind it, and return it as a transfer of its own."""
    line = _last_word(transfer)
    told = [one for one in transfer.complaints if one.complaint.line == line]
    other = TransferDraft(line, line, exit=transfer.exit, done=True, complaints=told, program=transfer.program)
    if transfer.program == "git":
        other.url, transfer.url = transfer.url, None
    for one in told:
        one.connection = one.tls = None
    for tls in transfer.connection.tls if transfer.connection else ():
        tls.alerts = [alert for alert in tls.alerts if alert.line != line]
    transfer.complaints = [one for one in transfer.complaints if one not in told]
    transfer.exit, transfer.done, transfer.program = None, False, ""
    return other


def _last_word(transfer: TransferDraft) -> int:
    told = transfer.complaints[-1].complaint.line if transfer.complaints else 0
    return transfer.exit.line if transfer.exit else told


def _connects_elsewhere(_: TransferDraft, connection: ConnectionDraft, event: events.Connected) -> bool:
    standing = connection.connected is not None and connection.number is not None
    return standing and event.number is not None and event.number != connection.number


def _resolves_another(_: TransferDraft, connection: ConnectionDraft, event: events.HostResolved) -> bool:
    named = connection.host is not None and event.port is not None
    other = named and (event.host, event.port) != (connection.host, connection.port)
    return other and bool(connection.attempts) and connection.proxy is None


def _greets_twice(_: TransferDraft, connection: ConnectionDraft, event: events.ClientHello) -> bool:
    if event.direction != "out":
        return False
    tls = connection.tls[-1] if connection.tls else None
    if tls is None or connection.tunnel_line:
        return False
    return {(one.direction, one.number) for one in tls.messages} == {("out", HandshakeType.CLIENT_HELLO)}


def _asks_twice(transfer: TransferDraft, _: ConnectionDraft, event: events.RequestLine) -> bool:
    last = transfer.last_exchange
    waiting = transfer.phase == "request" and bool(last and last.request and not last.response)
    return waiting and not event.for_a_tunnel


def _tries_another_port(_: TransferDraft, connection: ConnectionDraft, event: events.Trying) -> bool:
    # An attempt at another port is not one of happy eyeballs (RFC 8305).
    ports = {attempt.port for attempt in connection.attempts}
    return bool(ports) and event.port is not None and event.port not in ports


_SIGNS: dict[type[events.Event], Callable[[TransferDraft, ConnectionDraft, Any], bool]] = {
    events.Connected: _connects_elsewhere,
    events.HostResolved: _resolves_another,
    events.ClientHello: _greets_twice,
    events.RequestLine: _asks_twice,
    events.Trying: _tries_another_port,
}
SHOWS_MIXING = frozenset(_SIGNS)
"""What can show that the lines of two transfers are mixed."""
