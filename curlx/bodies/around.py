"""A body around curl's farewell: a pipe was full and its first part was written in place, the rest behind that."""

from __future__ import annotations

from curlx import events
from curlx.bodies.hold import Hold
from curlx.bodies.rulers import Found
from curlx.bodies.standing import ENDS, says_goodbye
from curlx.grammar.transferring import received

_LAST_WORDS, _PIPE = 512, 4_096
"""Bytes that curl's last words take at the most, its meter's row included; and that a pipe passes on at the least."""
_OWN = ENDS | {events.Meter, events.DataMoved, events.Chatter, events.RequestSent, events.TlsAlert}
"""What curl says where a whole body has come."""
_MARK = "* "
"""What curl's words begin with, behind a line that the pipe was full within."""


def whole_around(hold: Hold) -> Found | None:
    """Return a body in place whose last part stands behind curl's farewell: all lines but curl's last words are it."""
    ruler = hold.rulers[0]
    for end in hold.ends:
        told = _told(hold, end)
        stop = end + 1
        while (behind := hold.line(stop)) is not None and says_goodbye(behind[1]):
            stop += 1
        for place in hold.places:
            for size in {place.size, told}:
                said = ruler.end - place.starts[0] - size
                if place.parted or place.line > end or not 0 < said < _LAST_WORDS < _PIPE < size:
                    continue
                for length in {said, said - hold.barred}:
                    first = _first(hold, stop, length)
                    if first is not None and place.line < first <= end:
                        return Found(place, hold.first + len(hold.lines), range(first, stop))
    return None


def _told(hold: Hold, end: int) -> int:
    """Return how many bytes came, as the meter tells where curl says farewell and the head left it open; else 0."""
    before = hold.line(end - 1)
    told = before is not None and type(before[1]) is events.Meter and not hold.announced
    return received(before[0].text) if told and before else 0


def _first(hold: Hold, stop: int, length: int) -> int | None:
    """Return the first line of curl's last words, which have this length; they may begin within a line of the body."""
    ruler = hold.rulers[0]
    begin = ruler.at(stop - hold.first) - length
    first = stop
    while (pair := hold.line(first - 1)) is not None and ruler.at(first - 1 - hold.first) >= begin:
        if type(pair[1]) not in _OWN:
            return None
        first -= 1
    cut = begin - ruler.at(first - 1 - hold.first) if pair is not None and ruler.at(first - hold.first) > begin else 0
    if cut and pair is not None and not pair[0].text.encode("utf-8", "surrogatepass")[cut:].startswith(_MARK.encode()):
        return None
    return first
