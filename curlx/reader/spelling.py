"""Rows of a trace's block to events: the header lines, the body's lines, or the text that was sent which they spell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curlx import events
from curlx.events import Event
from curlx.grammar.marks import as_text, claim, read_header_line
from curlx.grammar.tracing import Block
from curlx.lines import Line
from curlx.reader.copies import Copies
from curlx.reader.style import stamped


def spell(block: Block, rows: Sequence[Line], copies: Copies | None) -> Iterator[tuple[Line, Event]]:
    """Yield what the lines of a block spell, each where it begins; the first of the rows is the heading.

    `copies` sees what comes in; where nothing does, it may be None.
    """
    content, direction = block.heading.content, block.heading.direction
    opening = claim(rows[0].text)
    spelt = block.spell()
    if not spelt:
        if len(rows) > 1:
            yield Line(rows[1].number, rows[1].text, sum(row.size for row in rows[1:])), events.Chatter("tracing")
        return
    if copies is not None and direction == "in" and content == "data":
        copies.show(block.shown())
    stops = [begun for begun, _ in spelt[1:]] + [len(rows) - 1]
    for (begun, text), stop in zip(spelt, stops, strict=True):
        line = rows[begun + 1]
        size = sum(row.size for row in rows[begun + 1 : stop + 1])
        source = stamped(Line(line.number, line.text, size, True), opening)
        if content == "header":
            event = read_header_line(text, direction)
            if copies is not None:
                copies.watch(event)
            yield source, event
        elif direction == "in":
            yield source, as_text(text)
        else:
            yield source, events.SentText(text)
