"""Events to timeline: every event finds its transfer and its place in it, or is taken for somebody else's line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from curlx import events
from curlx.assembler import asking_again, connecting, ending, exchanging, proxying, securing
from curlx.assembler.belonging import begins_another, is_of_another, runs_among, with_early_exits
from curlx.assembler.connections import ConnectionDraft
from curlx.assembler.doubting import NEAR, doubt_of, doubt_of_a_line, doubt_of_silence, introduces
from curlx.assembler.exchanges import BodyDraft
from curlx.assembler.finishing import finished
from curlx.assembler.imitations import (
    LAST_WORDS,
    REUSABLE,
    before_a_farewell,
    before_a_second_farewell,
    before_last_words,
    still_imitates,
    without_a_number,
)
from curlx.assembler.mixing import SHOWS_MIXING, Mixing, apart, goes_on_behind
from curlx.assembler.noticing import NOTICED, Noticed, announced, with_shells
from curlx.assembler.owed import Owed
from curlx.assembler.quoting import LENGTH, LINES, OPENING, Quotes
from curlx.assembler.retracting import PERHAPS_A_BODY, began_in_place, hear_text, shows_unmeasured_body
from curlx.assembler.retrying import is_retry, with_retries_merged
from curlx.assembler.transfers import Handler, TransferDraft
from curlx.bodies import settle
from curlx.grammar.transferring import brings, percent
from curlx.patterns import Pattern
from curlx.reader import Source
from curlx.redaction import Secret
from curlx.timeline import Timeline

_HANDLERS: dict[type[events.Event], Handler] = {
    **connecting.HANDLERS,
    **proxying.HANDLERS,
    **securing.HANDLERS,
    **exchanging.HANDLERS,
    **ending.HANDLERS,
}

_MORE = LAST_WORDS | events.MAY_BEGIN | SHOWS_MIXING | NOTICED | {events.StatusLine}
_PLAIN = {kind: handler for kind, handler in _HANDLERS.items() if kind not in _MORE}
"""What does nothing but what its handler does: most lines."""

_PART = 1_000
"""Transfers, beyond those in which something is looked for, that make a part of a log."""
_EVENTS = 4_000
"""Events after which it is looked whether there are so many."""
_ELIDED = 1_000
_STOPPED = Pattern(r"\^C(?:\s*|[\w.-]{1,60}@.*|[%$#>].*)")
"""What a terminal shows of Ctrl-C, and the next prompt behind it."""


def assemble(pairs: Iterable[tuple[Source, events.Event]], *, secrets: Iterable[Secret] = ()) -> Timeline:
    """Return the timeline of a log. `secrets` is read when the last pair has been."""
    assembler = _Assembler()
    assembler.take(settle(pairs))
    return assembler.timeline(secrets)


def assemble_parts(
    pairs: Iterable[tuple[Source, events.Event]], *, secrets: Sequence[Secret] = ()
) -> Iterator[Timeline]:
    """Yield the timeline of a log in parts that end where a run of curl does, so that few transfers are held at once.

    A log of less than a thousand transfers is one part, which `assemble` returns as well. `secrets` grows as it is
    read; they are told once.
    """
    assembler = _Assembler()
    settled = settle(pairs)
    told: tuple[Secret, ...] = ()
    enough = REUSABLE + _PART
    for first in settled:
        assembler.take(chain((first,), islice(settled, _EVENTS)))
        if len(assembler.transfers) >= enough:
            behind = assembler.end_of_runs()
            if behind:
                first_told, told = told, told or tuple(secrets)
                yield assembler.part(behind, () if first_told else told)
            enough = len(assembler.transfers) + _PART
    yield assembler.timeline(() if told else secrets)


class _Assembler:
    """The transfers so far, and what belongs to none of them."""

    def __init__(self) -> None:
        self.transfers: list[TransferDraft] = []
        self.current: TransferDraft | None = None
        """The last of them."""
        self.by_id: dict[str, TransferDraft] = {}
        self.owed = Owed()
        self.noticed = Noticed()
        self.loose = BodyDraft(loose=True)
        self.mixing = Mixing()
        self.imitated = False
        """What comes now is a body that imitates curl."""
        self.quotes = Quotes()
        self.unrecognized_lines = 0
        self.elided: list[int] = []
        self.curl_lines = 0
        self.introduced = -NEAR
        """The last line that announces what somebody may see."""
        self.meter = 0
        """The last line with a row of the progress meter."""
        self.came: Source | None = None
        """The last row that tells of bytes of an answer."""

    # --- taking events ------------------------------------------------------------------------------------------------

    def take(self, pairs: Iterable[tuple[Source, events.Event]]) -> None:
        """Take all events; nearly all go on with the current transfer, and the loop is written for these."""
        plain, quotes, of_bodies = _PLAIN, self.quotes.texts, self.quotes.of_bodies
        source: Source | None = None
        for source, event in pairs:
            handler, transfer = plain.get(type(event)), self.current
            # A body imitates curl only where a transfer is done.
            if handler is None or transfer is None or transfer.done or transfer.bare or source.transfer is not None:
                transfer = self.taken_by(source, event)
                if transfer is None:
                    continue
            elif not handler(transfer, event, source):
                self.refuse(transfer, source, event)
                continue
            self.curl_lines += 1
            number, text = source.number, source.text
            transfer.last_line = number
            if type(event) is events.DataMoved and number > OPENING:
                continue
            if (len(quotes) < LINES or number in quotes) and number not in of_bodies:
                # What stands before it in the same line, a meter, proves nothing.
                quotes[number] = text if len(text) <= LENGTH else text[:LENGTH]
        if source is not None:
            self.quotes.keep(source)  # it may be cut in its middle, whoever's it is

    def taken_by(self, source: Source, event: events.Event) -> TransferDraft | None:
        """Return the transfer that takes an event, whatever it is; None where it is of none."""
        kind = type(event)
        handler = _HANDLERS.get(kind)
        if handler is None:
            self.quotes.keep_marked(source)
            self.other(source, event)
            return None
        if self.imitated:
            self.imitated = still_imitates(self.current, source, event, self.by_id)
            if self.imitated:
                self.quotes.keep_marked(source)
                self.text(source, events.Text(source.text, imitates=True))
                return None
        if kind in LAST_WORDS and len(self.transfers) > 1:
            if source.transfer is None:
                self.drop(before_last_words(self.transfers, event))
            if type(event) is events.ConnectionLeft:
                self.drop(before_a_farewell(self.transfers, event))
        transfer = self.current
        goes_on = transfer is not None and not (transfer.done or transfer.bare) and source.transfer is None
        if transfer is None or not goes_on or kind in events.MAY_BEGIN:
            transfer = self.transfer_of(source, event)
        if kind in SHOWS_MIXING:
            self.mixing.notice(transfer, event, source)
        if not handler(transfer, event, source):
            self.refuse(transfer, source, event)
            return None
        if kind in NOTICED:
            self.noticed.notice(source, event)
        elif kind is events.StatusLine and transfer.exchanges:
            self.owed.note(len(self.transfers), transfer.exchanges[-1])
        return transfer

    def refuse(self, transfer: TransferDraft, source: Source, event: events.Event) -> None:
        """Take what curl could not have said of a transfer for another's, or for a body's."""
        self.quotes.keep_marked(source)
        if type(event) is events.Complaint and self.mixing.mixes(source):  # of another transfer of the run
            _HANDLERS[events.Complaint](self.begin(source, transfer), event, source)
            self.quotes.keep(source)
            return
        # A body that a pipe held back is written last: where it imitates curl once, it does so to the end.
        if type(event) is events.ConnectionLeft:
            self.drop(before_a_second_farewell(self.transfers))
        owed = transfer is self.current and transfer.done and transfer.owes_a_body()
        self.imitated = owed and not began_in_place(transfer)
        self.text(source, events.Text(source.text, imitates=True))

    def drop(self, count: int) -> None:
        """Forget the latest transfers: they were a body of the one before."""
        if count:
            del self.transfers[-count:]
            self.current, self.imitated = self.transfers[-1], False
            self.owed.drop(len(self.transfers))

    def transfer_of(self, source: Source, event: events.Event) -> TransferDraft:
        """Return the transfer that an event belongs to, beginning a new one where curl does."""
        current = self.current
        if source.transfer is not None and source.transfer != "x":
            if self.by_id and not self.transfers[-1].numbered:
                self.drop(without_a_number(self.transfers))
            current = self.by_id.get(source.transfer)
            said_before = self.transfers and self.transfers[-1].phase == "start"  # before the first id
            if current is None and self.transfers and (said_before or type(event) in events.FAREWELLS):
                current = self.transfers[-1]  # none begins with a farewell: it is of the last, behind what was a body
        if current is not None and goes_on_behind(current, event):
            self.transfers.insert(-1, apart(current))
            return current
        begins = current is None or begins_another(current, event, source)
        if type(event) is events.Exit and (begins or is_of_another(current, event)):
            failed = ending.said_by(self.transfers, event)
            if failed is not None:
                return failed
        if current is None or begins:
            # A last word that begins a transfer is all that is known of it: not even that it is of the same run.
            follows = current is not None and type(event) is events.Exit
            if current is not None and follows:
                current.followed_by_other = True
            doubt = doubt_of(current, event, introduced=0 < source.number - self.introduced <= NEAR)
            current = self.begin(source, None if follows else current)
            current.doubt = doubt or current.doubt
        if source.transfer is not None and source.transfer != "x":
            self.by_id[source.transfer] = current
            current.numbered = True
        return current

    def begin(self, source: Source, before: TransferDraft | None) -> TransferDraft:
        """Begin a transfer; unless another command stands between, it is of the same run as the one before."""
        transfer = TransferDraft(source.number, source.number, environment=self.noticed.environment)
        if before is not None:
            before.followed_by_other = True
            if before.owes_a_body():
                transfer.doubt = PERHAPS_A_BODY
            transfer.asks = before.asks or any(exchange.request for exchange in before.exchanges)
            if before.exit is None:
                transfer.goes_on_with(before)
        transfer.lookup = self.lookup
        if self.came and self.came.number > (self.transfers[-1].last_line if self.transfers else 0):
            transfer.came = self.came.number  # it stands above the first that is known of this one
            self.quotes.keep(self.came)
        self.transfers.append(transfer)
        self.current = transfer
        return transfer

    def lookup(self, number: int | None, host: str | None) -> ConnectionDraft | None:
        """Find a standing connection of an earlier transfer."""
        for transfer in reversed(self.transfers[-REUSABLE:]):
            for connection in reversed(transfer.connections[-REUSABLE:]):
                if connection.matches(number, host):
                    return connection
        return None

    def command(self, source: Source, event: events.Command) -> None:
        """A command begins another run: what was under way is over."""
        current = self.current
        # PowerShell's error record shows the command two lines behind the first line that curl wrote.
        recorded = current is not None and current.last_line == source.number - 2 and not current.done
        again = current is not None and current.command is not None and current.arguments == event.arguments
        if recorded and again and event.text.startswith("curl"):
            return  # the screen has shown it already, behind the prompt
        doubtful = self.imitated or (current is not None and (current.owes_a_body() or shows_unmeasured_body(current)))
        if current is not None and current.doubt == PERHAPS_A_BODY and current.phase == "start":
            doubtful = True  # a page that shows one command shows more
        self.imitated = False
        untold = current is not None and not current.complaints and current.command is None
        if current and untold and (current.phase == "start" or (recorded and current.first_line == current.last_line)):
            transfer = current
        else:
            transfer = self.begin(source, None)
            self.by_id.clear()
            if current:
                current.followed_by_other = True
        transfer.doubt = PERHAPS_A_BODY if doubtful else ""
        self.mixing.begin_run(len(self.transfers) - 1)
        self.noticed.environment = self.loose.percent = self.came = None
        transfer.commanded(event, source.number)
        self.curl_lines += 1
        self.quotes.keep(source)

    def text(self, source: Source, event: events.Text) -> None:
        """A line without a mark: of the body that is coming in, of one that is owed, or of nobody."""
        current = self.current
        if current is not None:
            hear_text(current, event.text)
        if event.text.startswith("^C") and _STOPPED.fullmatch(event.text) and current is not None:
            behind_a_meter = int(source.number) == self.meter
            if behind_a_meter or current.waits() or current.streams():
                current.stopped = source.number
                self.quotes.keep(source)
            if behind_a_meter:
                return
        body = self.body() or self.loose
        if introduces(event.text):
            self.introduced = int(source.number)
        if body is self.loose and asking_again.notice(self.transfers, source.number, event.text):
            self.quotes.keep(source)
        if body is self.loose and current is not None and current.greeted(event.text, source.number):
            self.quotes.keep(source)
        # The rows of a trace take more than what they spell.
        size = source.size if event.text == source.text else len(event.text.encode("utf-8", "surrogatepass")) + 2
        body.take(event, source.number, size)
        said = body.sentence is not None and body.sentence.line == source.number
        if event.marks or said:
            self.quotes.keep_of_a_body(source)
        elif body.first_line == source.number:
            self.quotes.keep(source)

    def body(self) -> BodyDraft | None:
        """Return the body that a line without a mark belongs to."""
        return self.owed.body(len(self.transfers), self.current)

    def other(self, source: Source, event: events.Event) -> None:
        """Events that belong to no transfer in particular."""
        if type(event) is events.Text:
            self.text(source, event)
        elif type(event) is events.Chatter:
            self.curl_lines += self.noticed.hear(event, source.number)
        elif type(event) is events.Command:
            self.command(source, event)
        elif type(event) is events.CurlVersion:
            self.noticed.version(event, source.number)
            self.curl_lines += 1
        elif type(event) is events.Elided:
            if len(self.elided) < _ELIDED:
                self.elided.append(source.number)
            if self.transfers:
                self.transfers[-1].skipped(source.number)
        elif type(event) is events.Unrecognized:
            if self.current is not None and self.current.answered() and self.body():  # it stands where a body does
                self.text(source, events.Text(source.text))
                return
            self.unrecognized_lines += 1
        elif type(event) is events.Meter:
            self.mixing.meter(source)
            self.meter = int(source.number)
            body = (self.current.last_body if self.current is not None else None) or self.loose
            body.percent = percent(source.text, body.percent)
            self.came = source if brings(source.text) else None
            if self.current is not None and self.current.moved(source.number, body.percent, came=bool(self.came)):
                self.quotes.keep(source)
            if not self.curl_lines:
                self.quotes.keep(source)
            self.curl_lines += 1
        elif type(event) is events.ReceivedText:
            self.curl_lines += 1
            if self.current is not None and self.current.greeted(event.text, source.number):
                self.quotes.keep(source)
        else:
            self.curl_lines += 1

    # --- the finished value -------------------------------------------------------------------------------------------

    def end_of_runs(self) -> int:
        """Return where the last run begins of the transfers in which nothing is looked for any more; 0 for nowhere."""
        *_, (last, _) = runs_among(self.transfers[:-REUSABLE])
        return 0 if is_retry(self.transfers[last - 1], self.transfers[last]) else last

    def part(self, behind: int, secrets: Iterable[Secret]) -> Timeline:
        """Return the timeline of the first transfers, and go on without them."""
        rest = self.transfers[behind:]
        line = rest[0].first_line
        self.mixing.judge(self.transfers)
        self.transfers = self.transfers[:behind]
        part = self.timeline(secrets)
        self.transfers = rest
        for draft in rest:
            draft.lookup = self.lookup
        self.quotes.forget(line)
        self.owed.forget(behind)
        left = set(rest)
        self.by_id = {number: draft for number, draft in self.by_id.items() if draft in left}
        self.mixing.forget(behind)
        self.loose = BodyDraft(loose=True)
        self.unrecognized_lines, self.elided = 0, []
        return part

    def timeline(self, secrets: Iterable[Secret]) -> Timeline:
        """Return the timeline."""
        self.mixing.judge(self.transfers)
        for draft in self.transfers:
            draft.lookup = None  # or this and the drafts would keep each other alive
            draft.doubt = draft.doubt or doubt_of_silence(draft) or doubt_of_a_line(draft)
            if draft.written:
                exchanging.tell_written_out(draft)
        transfers = [
            finished(draft)
            for draft in with_retries_merged(with_early_exits(self.transfers))
            if draft.phase != "start" or draft.asks_a_server() or draft.complaints
        ]
        return Timeline(
            transfers=tuple(with_shells(announced(self.noticed.led(transfers), self.loose.marks), self.noticed.curl)),
            curl=self.noticed.curl,
            unrecognized_lines=self.unrecognized_lines,
            elided=tuple(self.elided),
            curl_lines=self.curl_lines - sum(draft.foreign_warnings for draft in self.transfers),
            clock=self.noticed.clock,
            secrets=tuple(secrets),
            loose=self.loose.freeze(),
            quotes=self.quotes.texts,
        )
