"""Bodies that stand before the log: who runs curl may put its standard output before its error output.

Such a log holds no body in its own place. What stands before it has exactly as many bytes as its answers announced: all
of those bodies are counted to the last byte, so no line in them can have made that up.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, repeat
from operator import is_

from curlx import events
from curlx.bodies.announced import GOES_ON, Announced, of_one_chunk
from curlx.bodies.rulers import Ruler
from curlx.bodies.standing import ENDS, Pair, begins_another, is_spelt, least_in_chunks
from curlx.grammar.transferring import received

_ANSWERS = 50
"""Answers at the end whose bodies are looked for."""


_OF_HEADS = frozenset({events.RequestLine, events.StatusLine, events.Header, events.HeadersEnd})


class _Told:
    """What curl tells of the length of a body."""

    def __init__(self, head: int, length: int | None, *, chunked: bool) -> None:
        self.head = head
        """Index of the line that ends its head."""
        self.length = length
        self.chunked = chunked
        self.came = 0
        self.over = False

    def within(self) -> tuple[int, int]:
        """Return how many bytes were written, at the least and at the most."""
        if self.length is not None:
            return self.length, self.length
        if self.chunked and self.came > of_one_chunk(self.came):
            return least_in_chunks(self.came), self.came - 5
        return self.came, self.came


def lines_before(pairs: Sequence[Pair]) -> int:
    """Return how many lines at the beginning are the bodies of the answers behind them; 0 if they are not."""
    kinds = [type(event) for _, event in pairs]
    talk = _first_of_talk(pairs, kinds)
    ends = compress(pairs[talk:], map(is_, kinds[talk:], repeat(events.HeadersEnd)))
    if not any(type(event) is events.HeadersEnd and event.direction == "in" for _, event in ends):
        return 0  # as in most logs: no answer came, or there is text behind the last head
    woven = any(type(event) is not events.Text for _, event in pairs[:talk])  # with text, as no log of a run is
    begins = [
        index
        for index, (_, event) in enumerate(pairs[talk:], talk)
        if begins_another(event) and (woven or not _of_one_run(pairs, index))
    ]
    if not begins or begins[-1] == 0:
        return 0  # nothing can stand before it
    bodies = [body for body in _told(pairs) if body.head > talk]
    for ruler in (Ruler(None), Ruler(1), Ruler(2)) if bodies else ():
        for index, (source, _) in enumerate(pairs[: begins[-1] + 1]):
            ruler.add(source, index)
        least = most = 0
        for number, body in enumerate(reversed(bodies[-_ANSWERS:]), 2):
            least, most = least + body.within()[0], most + body.within()[1]
            if least != most and (ruler.ending is not None or not woven):
                break  # of two guesses none is good
            first = bodies[-number].head + 1 if number <= len(bodies) else 0
            found = [start for start in begins if first <= start < body.head and least <= ruler.at(start) <= most]
            if found and found[-1] - found[0] == len(found) - 1:  # of one beginning
                return found[0]
    return 0


def _of_one_run(pairs: Sequence[Pair], start: int) -> bool:
    """Whether what stands before a line may be of the run that goes on there: its command, or how it began."""
    return type(pairs[start][1]) is events.Chatter or (start > 0 and type(pairs[start - 1][1]) is events.Command)


def _first_of_talk(pairs: Sequence[Pair], kinds: Sequence[type[events.Event]]) -> int:
    """Return the index behind the last text that no trace spells, but for the last line: it may have been cut off."""
    if events.Text not in kinds:
        return 0
    for index in range(len(pairs) - 2, -1, -1):
        event = pairs[index][1]
        if type(event) is events.Text and event.text.strip() and not is_spelt(pairs[index]):
            return index + 1
    return 0


def _told(pairs: Sequence[Pair]) -> list[_Told]:
    """Return what curl tells of each body that it wrote, in order."""
    said, bodies = Announced(), list[_Told]()
    body: _Told | None = None
    for index, (source, event) in enumerate(pairs):
        if body is None and type(event) not in _OF_HEADS:
            continue  # most lines, and a pattern is slow to say no
        match event:
            case events.RequestLine():
                said.request(event)
                body = None
            case events.StatusLine():
                said.answer(event)
            case events.Header():
                said.header(event)
            case events.HeadersEnd(direction="in") if said.is_written():
                body = _Told(index, said.length, chunked=said.chunked)
                bodies.append(body)
            case _ if body is None:
                continue
            case events.BodyIgnored() | events.Followed():
                if said.status in GOES_ON and bodies and bodies[-1] is body:
                    bodies.pop()
            case events.DataMoved(direction="in") if event.body is not False and not body.over:
                body.came += event.size
            case events.Complaint(kind="transfer-interrupted") if body.length is not None:
                body.length = max(body.length - (event.number or 0), 0)
            case events.Complaint(kind="timeout") if event.number is not None:
                body.length = event.number
            case events.Meter() if body.length is None:
                body.length = received(source.text) or None
            case _:
                body.over = body.over or type(event) in ENDS
    return bodies
