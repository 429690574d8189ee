"""Lines to events: which marks are curl's, judged by the lines before, and what each line says by the grammar.

curl writes one style throughout a run: its talk begins with `* ` or with `== Info: `, lines carry a time and numbers or
they do not, what is transferred is shown as `> ` and `< ` lines or as blocks of a trace, and in a raw log header lines
end with CR LF where talk ends with LF. A line in another style is part of a body.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeAlias

import msgspec

from curlx import events
from curlx.events import Event
from curlx.grammar import understand
from curlx.grammar.commands import is_continued, join_command, read_command
from curlx.grammar.marks import Claim, as_text, claim, read_header_line
from curlx.grammar.pages import page_marks
from curlx.grammar.tracing import Block
from curlx.grammar.transferring import all_received, received
from curlx.lines import Line
from curlx.parts import in_parts
from curlx.patterns import Pattern
from curlx.reader.awaited import Awaited
from curlx.reader.broken import breaks_off, lost_its_mark, may_go_on, mended, talk_breaks_off
from curlx.reader.copies import Copies
from curlx.reader.glued import begins_within_a_time, said_next
from curlx.reader.lengths import BodyLength
from curlx.reader.measured import Measured
from curlx.reader.spelling import spell
from curlx.reader.style import Style, stamped
from curlx.signs import GLUED

Source: TypeAlias = Line
"""Where an event stands. Several events of one line share its number; their sizes add up to the line's."""


def read(lines: Iterable[Line]) -> Iterator[tuple[Source, Event]]:
    """Yield what every line says, in order; streams, and raises on nothing that a log may hold."""
    return _Reader().read(lines)


_Pair = tuple[Source, Event]

# Sets, and not tuples for `isinstance`: a Struct is slow to say that it is none.
_HEADS = frozenset({events.Header, events.StatusLine, events.RequestLine})
_MAY_BE_GLUED = frozenset(
    {events.Text, events.Exit, events.Warned, events.Complaint, events.ProgramFailed, events.Chatter}
)
"""What a body's last line may look like, in which curl's next words follow."""
_PEERS = frozenset({events.TunnelEnded, events.CipherChosen, events.HandshakeDone})
_SECOND_LINE = Pattern(r"\s*(?:CApath|CAfile|CRLfile): .*")
_LEADS_IN = Pattern(r"\s*(?:#.*)?|.*:[*\s]{0,9}")
"""Above the head of an answer: nothing, somebody's comment, or words that lead in."""
_MARKS = ("*", "<", ">")
_PIECES = 5
_COMMAND_LINES = 60


class _Reader:
    """What has been seen of the style of the run, and what is under way."""

    def __init__(self) -> None:
        self.block: Block | None = None
        self.rows: list[Line] = []
        self.copies: Copies | None = None
        """What a trace showed of bodies."""
        self.command: list[Line] = []
        self.open_request = False
        self.open_head = False
        self.body_may_begin = True
        self.anchors = False
        self.broken: list[Line] = []
        """A line of talk that says nothing known, and what followed it: it may be one that was broken in two."""
        self.row = 0
        """The line of the meter's last row, behind which only a mark fits into 80 columns: the rest is broken off."""
        self.talk_crlf: bool | None = None
        self.sent_crlf = self.received_crlf = self.ended = False
        self.imitated = False
        """A line behind curl's farewell looks like curl's, but in another style: a body is written there."""
        self.awaited = Awaited()
        self.length = BodyLength()
        self.measured = Measured()
        self.style = Style()
        self.styles: list[Style] = []
        """Of the runs before."""

    def forget(self) -> None:
        """Another run may begin: its style may be another, but not how its lines end.

        It may also be a body that says so: curl's own lines, in a style that was seen before, are still believed.
        """
        if self.style in self.styles:
            self.styles.remove(self.style)
        if self.style != Style():
            self.styles.append(self.style)
        self.style = Style()
        self.received_crlf = self.ended = self.imitated = False

    def begin(self, command: Event) -> None:
        """A run of curl's begins, or what looks like the command of one."""
        self.forget()
        if type(command) is events.Command:
            self.awaited.begin(command)
        self.body_may_begin = True

    def read(self, lines: Iterable[Line]) -> Iterator[_Pair]:
        return chain(self.each(in_parts(lines)), self.what_is_left())

    def what_is_left(self) -> Iterator[_Pair]:
        if self.broken:
            yield from self.mend()
        if self.block is not None:
            yield from self.spell()
        if self.command:
            yield from self.commanded()

    def each(self, lines: Iterator[Line], *, within: bool = False) -> Iterator[_Pair]:
        """Read lines; `within` those among which a body was looked for already."""
        measured = self.measured
        for line in lines:
            if measured.lines:
                self.copies = self.copies or Copies()
                yield measured.text(line, self.copies)
                self.body_may_begin = True  # and another head, behind it
                continue
            if measured.owed and not within:
                yield from self.each(measured.ahead(line, lines), within=True)
                measured.owed = 0
                continue
            if self.broken:
                if self.goes_on(line):
                    continue
                yield from self.mend(line.text)
            if self.block is not None:
                if self.block.take(line.text):
                    self.rows.append(line)
                    continue
                yield from self.spell()
            if self.command:
                self.command.append(line)
                if not is_continued(line.text) or len(self.command) > _COMMAND_LINES:
                    yield from self.commanded()
                continue
            claimed = claim(line.text)
            copied = self.copied(claimed, line, self.copies) if self.copies is not None else None
            if copied:
                yield from copied
            elif claimed.plain and self.as_usual(claimed, line.crlf):
                self.open_request = self.anchors = False
                yield (stamped(line, claimed) if claimed.stamped else line), claimed.event
            elif claimed.mark and not self.is_glued(claimed, line) and self.believes(claimed, line.crlf):
                yield from self.said(claimed, line)
            else:
                yield from self.unmarked(claimed, line)

    def as_usual(self, claimed: Claim, crlf: bool) -> bool:
        """Whether the mark is what the run so far lets expect: most lines, and so the short way through the reader."""
        style, mark = self.style, claimed.mark
        if claimed.stamped != style.stamped:
            return False
        if mark == "*":
            return style.talk == "*" and not crlf and self.talk_crlf is not None
        if style.in_blocks is not False:
            return False
        if mark == ">":
            self.length.head(claimed.event)  # what a request asks for tells how long the answer's body is
            return crlf is self.sent_crlf
        if mark == "<":
            self.head(claimed.event, marked=True)
            return crlf is self.received_crlf
        return mark == "{"

    def head(self, event: Event, *, marked: bool) -> None:
        """Follow the head of a request or an answer."""
        self.length.head(event)
        if type(event) is events.HeadersEnd and event.direction == "in":
            self.measured.head_ended(self.length.written(), marked=marked)

    def is_glued(self, claimed: Claim, line: Line) -> bool:
        """Whether a line that looks like curl's is a body's last, and curl's next follows in it."""
        head = claimed.mark == "<" or type(claimed.event) in _HEADS
        if claimed.alone or (head and (line.crlf or not self.sent_crlf)):
            return False  # a header has a line end of its own, whatever it says
        return self.unglued(line.text, line) is not None

    def believes(self, claimed: Claim, crlf: bool) -> bool:
        """Whether the mark is in the style of the run."""
        mark, event = claimed.mark, claimed.event
        if self.ended and type(event) in events.BEGINNINGS and not self.imitated:
            self.talk_crlf = self.talk_crlf or (crlf and self.length.is_reached())  # a run copied from elsewhere
            if not self.ends_otherwise(crlf):
                self.forget()
        if not (self.style.admits(claimed) or any(style.admits(claimed) for style in self.styles)):
            self.imitated = self.ended
            return False
        if mark == "*" or mark == "==":
            if self.talk_crlf is None:
                self.talk_crlf = crlf
            return not self.ends_otherwise(crlf) or (type(event) is events.Complaint and not self.received_crlf)
        if mark == ">":
            believed = crlf or not self.sent_crlf
            self.sent_crlf = self.sent_crlf or crlf
            return believed
        if mark == "<":
            believed = crlf or not self.received_crlf
            self.received_crlf = self.received_crlf or crlf
            return believed
        return True

    def ends_otherwise(self, crlf: bool) -> bool:
        """Whether a line of talk ends as a request does, in a raw log whose talk ends with LF alone."""
        return crlf and self.sent_crlf and not self.talk_crlf

    def said(self, claimed: Claim, line: Line) -> tuple[_Pair, ...]:
        """Pass on a line of curl's."""
        event = claimed.event
        kind = type(event)
        source = stamped(line, claimed) if claimed.stamped else line
        before: tuple[_Pair, ...] = ()
        if claimed.heading is not None:
            self.block, self.rows = Block(claimed.heading), [line]
        elif kind in events.FAREWELLS:
            self.ended = True
        elif kind in events.BEGINNINGS:
            self.ended = self.received_crlf = False
        elif kind in _PEERS:
            self.received_crlf = False  # another server answers from here on, and not all end lines as they should
        elif type(event) is events.Complaint and event.kind == "proxy-connect-rejected":
            refused = events.TunnelEnded(False, event.number)
            before = ((msgspec.structs.replace(source, size=0), refused),)
        alone = line.number == self.row and line.text.strip() in _MARKS
        if not alone:
            self.head(event, marked=True)
        self.open_request = kind is events.RequestLine
        self.anchors = kind is events.TrustAnchors or "certificate verify locations" in line.text
        self.awaited.help.lines = 0
        if alone or talk_breaks_off(event, line.text, line.size):
            self.broken = [source]
            return before
        return (*before, (source, event)) if before else ((source, event),)

    def goes_on(self, line: Line) -> bool:
        """Whether a line may be the rest of one that says nothing known."""
        going = len(self.broken) < _PIECES and may_go_on(self.broken[0].text, line.text)
        if going:
            self.broken.append(line)
        return going

    def mend(self, following: str = "") -> Iterator[_Pair]:
        """Pass on a line with as many of the following ones as it takes to be one of curl's."""
        (first, *rest), self.broken = self.broken, []
        status = lost_its_mark(first.text, following) if self.length.awaited and not rest else None
        if status is not None:
            self.head(status, marked=True)
            yield first, status
            return
        event = claim(first.text).event
        count, event = next(mended([first.text, *(piece.text for piece in rest)], event), (0, event))
        yield first, event
        if count:
            yield from ((piece, events.Chatter("continued")) for piece in rest[:count])
            self.open_request = type(event) is events.RequestLine
        for piece in rest[count:]:
            yield from self.unmarked(claim(piece.text), piece)

    def unmarked(self, claimed: Claim, line: Line) -> Iterator[_Pair]:
        """Pass on a line without a mark of this run."""
        text, event = line.text, claimed.event
        if claimed.mark:
            stamps = self.style.stamped  # all lines of a run have them, and what has others proves nothing of it
            event = events.Text(text, page_marks(text), imitates=not stamps or claimed.stamped == stamps)
        spoken = type(event) in _MAY_BE_GLUED and not self.in_a_head(text)  # a header is one line
        if spoken and any(mark in text for mark in GLUED):
            glued = self.unglued(text, line)
            # A header that `-i` wrote, or a line of a body, ends with CR LF where curl's talk does not.
            if glued is not None and not (glued[1][1].mark and line.crlf and self.talk_crlf is False):
                front, (following, said) = glued
                yield front
                yield from self.said(said, following) if said.mark else self.unmarked(said, following)
                return
        if type(event) is events.Text:
            self.length.text += line.size
            event = self.in_context(event)
        elif type(event) is events.Command:
            if is_continued(text):
                self.command = [line]
                return
            self.begin(event)
        elif type(event) is events.Chatter and event.topic == "prompt" and self.style.talk is None:
            event = self.awaited.end_told_in(text) or event  # what has no line end of its own stands before the prompt
        elif type(event) is events.Meter:
            self.length.metered = received(text) or self.length.metered
            self.row = line.number
            if self.style.talk is None:
                self.measured.head_ended(all_received(text), marked=False, headless=True)
        elif type(event) is events.ProgramFailed and text.rstrip().endswith(" response:"):
            self.measured.lines = 1  # the server's page, or what Guzzle shows of it
        elif type(event) is events.Exit and self.awaited.help.lines and self.awaited.help.has(text):
            event = events.Chatter("help")
        elif type(event) is events.Exit and self.ends_otherwise(line.crlf):
            event = events.Text(text, imitates=True)
        elif type(event) is events.Exit:
            self.ended = self.body_may_begin = True
            self.awaited.ended()
            told = event.complaint
            if told is not None and told.kind == "proxy-connect-rejected" and self.style.talk is None:
                yield msgspec.structs.replace(line, size=0), events.TunnelEnded(False, told.number)
        if breaks_off(event) or (self.length.awaited and type(event) is events.Text and text.startswith("HTTP/")):
            self.broken = [line]
            return
        yield line, event

    def in_context(self, text: events.Text) -> Event:
        """Return what a line without a mark is in its place: curl leaves a few of its own lines unmarked."""
        line = text.text
        if self.anchors and _SECOND_LINE.fullmatch(line):  # one message of two lines
            return understand(line)
        if self.awaited.help.lines and self.awaited.help.has(line):
            return events.Chatter("help")
        if self.open_request:  # a program with libcurl marks only the first line of a request
            event = read_header_line(line, "out")
            if isinstance(event, (events.Header, events.HeadersEnd)):
                self.open_request = type(event) is events.Header
                return event
            self.open_request = False
        # Without -v, `-i` and `-I` print the head of a response.
        if self.style.talk is None and self.style.in_blocks is None:
            told = None if self.open_head else self.awaited.end_told_in(line)
            if told is not None:
                return told
            if self.in_a_head(line.lstrip()):
                event = read_header_line(line.lstrip(), "in")  # somebody moved it in
                goes_on = isinstance(event, (events.Header, events.HeadersEnd) if self.open_head else events.StatusLine)
                self.open_head = goes_on and type(event) is not events.HeadersEnd
                if goes_on:
                    self.head(event, marked=False)
                    self.awaited.passed_on.forget()
                    return event
            self.body_may_begin = self.body_may_begin and _LEADS_IN.fullmatch(line) is not None
        return text

    def in_a_head(self, text: str) -> bool:
        """Whether a line is of a head that is printed without -v, or begins one."""
        silent = self.style.talk is None and self.style.in_blocks is None
        return self.open_head or (silent and self.body_may_begin and text.startswith("HTTP/"))

    def unglued(self, text: str, source: Source) -> tuple[_Pair, tuple[Line, Claim]] | None:
        """Split a body's last line, which had no line end, from what curl said next."""
        found = said_next(text, ended=self.ended, talks=self.style.talk is not None)
        if found is None or (source.number == 1 and begins_within_a_time(text)):
            return None
        front, cut, rest = found
        if rest.mark and not any(style.admits(rest) for style in (self.style, *self.styles)):
            return None
        size = len(text[:cut].encode("utf-8", "surrogatepass"))
        if size > source.size:
            return None
        first = msgspec.structs.replace(source, size=size, crlf=False, text=text[:cut])
        return (first, front), (Line(source.number, text[cut:], source.size - size, source.crlf), rest)

    def copied(self, claimed: Claim, line: Line, copies: Copies) -> list[_Pair]:
        """Return a line of which a trace has shown that it is of a body, and what curl said behind it; or nothing."""
        part, rest = copies.part_of(line, marked=bool(claimed.mark))
        if part is None:
            return []
        pairs: list[_Pair] = [(part, msgspec.structs.replace(as_text(part.text), copied=True))]
        return pairs if rest is None else [*pairs, *self.said(claim(rest.text), rest)]

    def commanded(self) -> Iterator[_Pair]:
        """Pass on a command that took several lines."""
        held, self.command = self.command, []
        text = held[0].text
        for line in held[1:]:
            text = join_command(text, line.text.removeprefix("> "))
        event: Event = read_command(text) or as_text(held[0].text)
        self.begin(event)
        for line in held:
            yield line, event
            event = events.Chatter("command")

    def spell(self) -> Iterator[_Pair]:
        """Pass on the lines that the rows of a block spell."""
        block, self.block = self.block, None
        if block is None:
            return
        if block.heading.direction == "in":
            self.copies = self.copies or Copies()
        yield from spell(block, self.rows, self.copies)
