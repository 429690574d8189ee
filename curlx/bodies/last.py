"""Where a body stands among the held lines when nothing follows them: written last, or around curl's last words."""

from __future__ import annotations

from itertools import islice
from typing import TypeAlias

from curlx import events
from curlx.bodies.hold import PROMPT, Hold
from curlx.bodies.standing import ENDS, LAST_WORDS, Pair, begins_another, least_in_chunks, may_lead

Stretch: TypeAlias = tuple[int, int, int]
"""Offsets of its first line, of the line behind it, and of its last line where that one was held back; else the end."""

_LAST_LINES = 256
"""Lines at the end of a log that are looked at: curl's last words, another program's output."""
_HEAD_LINES = 64
"""Lines of a head that are looked at."""
_BLOCK = 1_024
"""Bytes that a pipe passes on at once, at the least (glibc: 4096)."""
_PAGE, _PAGE_END = ("<!doctype html", "<html"), "</html>"
_IN_A_HEAD = frozenset({events.RequestLine, events.StatusLine, events.Header})
"""Behind these the head goes on: no body begins there."""
_PRINTED = frozenset({events.Text, events.Exit, events.ProgramFailed})
"""What another program may print behind a body: it may say what curl failed of."""
_LAST = ENDS | {events.Exit, events.HeadersEnd, events.DataMoved, events.Text, events.Meter, events.TlsAlert}
"""Behind these a body may begin with a line that curl could have said."""


def stretch(hold: Hold, *, piped: bool, surely: bool) -> Stretch:
    """Find the body when nothing follows: `[start, stop)`, and where a last line held back begins."""
    least = _BLOCK if surely else 0
    searches = (_at_the_end, _around_the_end) if piped else (_around_the_end, _at_the_end)
    for size in dict.fromkeys((hold.short, hold.owed, hold.last, hold.received, hold.received - hold.records)):
        if size <= 0:
            continue
        for spare in (0,) if hold.doubted else (0, 1, 2):  # the last line end may be missing, or have been added
            for search in searches:
                found = search(hold, size, spare, least)
                if found and (size != hold.short or hold.first + found[0] > hold.short_at):
                    by_chance = hold.framed and found[1] < found[2]  # of several chunks the length is a guess
                    found = (_in_chunks(hold) if by_chance else None) or found
                    return found if hold.announced else _page(hold, within=found) or found
    return _in_chunks(hold) or _page(hold) or (0, 0, len(hold.lines))


def is_ignored(hold: Hold, start: int, stop: int) -> bool:
    """Whether a stretch begins with curl's word, right behind the head, that it ignores the body, and takes all of its
    farewells: a body that only imitates that word is written before one."""
    behind = (type(event) for _, event in islice(hold.lines, stop, None))
    return start == 0 and type(hold.lines[0][1]) is events.BodyIgnored and ENDS.isdisjoint(behind)


def _in_chunks(hold: Hold) -> Stretch | None:
    """Find a body in chunks, a little shorter than what came: behind a farewell, or before the last words."""
    ruler, count = hold.rulers[0], len(hold.lines)
    if not hold.framed:
        return None
    for place in hold.places if hold.written else ():  # in place, up to curl's last words
        first = hold.line(place.line)
        if first is not None and type(first[1]) in LAST_WORDS and hold.parted_at_once:
            continue  # curl's last words came before all text
        for offset in range(count - 1, place.line - hold.first, -1):
            if type(hold.lines[offset][1]) in LAST_WORDS and type(hold.lines[offset - 1][1]) not in LAST_WORDS:
                length = ruler.at(offset) - place.starts[0]
                if not place.parted and least_in_chunks(hold.framed) <= length <= hold.framed - 5:
                    return place.line - hold.first, offset, count
    last = count
    while last and type(hold.lines[last - 1][1]) in ENDS:
        last -= 1
    behind = [offset for offset, (_, event) in enumerate(hold.lines) if begins_another(event)]
    found: list[Stretch] = []
    for place in hold.places:
        lengths = {
            ruler.at(stop) - place.starts[0]: stop for stop in ((*behind, last, count) if place.parted else (last,))
        }
        length = max((length for length in lengths if length <= hold.framed - 5), default=0)
        if length and length >= least_in_chunks(hold.framed) and _may_begin(hold, place.line, lengths[length]):
            found.append((length, place.line - hold.first, lengths[length]))
    return (*max(found)[1:], count) if found else None


def _page(hold: Hold, within: Stretch | None = None) -> Stretch | None:
    """Find a page, or one that a stretch lies within: what begins as HTML goes on to its end, however long it is."""
    starts = [place.line - hold.first for place in hold.places]
    start = next((start for start in starts if start < len(hold.lines) and _says(hold.lines[start], _PAGE)), None)
    if start is None:
        return None
    for stop, pair in enumerate(islice(hold.lines, start + 1, None), start + 2):
        if _says(pair, _PAGE) and stop > start + 2:
            return None  # of another answer: the first was broken off
        if type(pair[1]) is events.Text and pair[1].text.rstrip()[-len(_PAGE_END) :].lower() == _PAGE_END:
            lies = within is None or (start <= within[0] and within[1] < stop)
            return (start, stop, len(hold.lines)) if lies else None
    return None


def _says(pair: Pair, begins: tuple[str, ...]) -> bool:
    return type(pair[1]) is events.Text and pair[1].text[:16].lstrip().lower().startswith(begins)


def _at_the_end(hold: Hold, size: int, spare: int, _: int) -> Stretch | None:
    """In a pipe standard output is written last; another program may print something behind it."""
    count = len(hold.lines)
    lasts = [count]
    if PROMPT.fullmatch(hold.lines[-1][0].text):
        lasts.append(count - 1)  # the shell asks for the next command
    stops = [*lasts]
    while stops[-1] > 0 and len(stops) < _LAST_LINES and type(hold.lines[stops[-1] - 1][1]) in _PRINTED:
        stops.append(stops[-1] - 1)
    for ruler in hold.rulers:
        exact = ruler.ending is None
        if exact and spare > 1:
            continue
        for stop in lasts if spare and exact else stops:
            for extra in {spare, -spare}:
                index = ruler.lines.get(ruler.at(stop) - size + extra)
                if index is None or not _may_begin(hold, index, stop):
                    continue
                # What another program printed does not stand behind curl's words alone: those are curl's.
                if stop in lasts or _has_text(hold, index - hold.first, stop):
                    return index - hold.first, stop, count
    return None


def _has_text(hold: Hold, start: int, stop: int) -> bool:
    return any(type(event) is events.Text and event.text.strip() for _, event in islice(hold.lines, start, stop))


def _may_begin(hold: Hold, index: int, stop: int) -> bool:
    """Whether a body may begin at a line: behind curl's own words, and with more in it than a farewell."""
    offset = index - hold.first
    if not 0 <= offset < stop or index == hold.told_at or (hold.heads and hold.heads[0] < index):
        return False
    first = hold.lines[offset][1]
    if not hold.begins_as_spelt(index):
        return False
    if type(first) is events.Exit and any(
        type(event) is events.Complaint and event.text == first.text for _, event in islice(hold.lines, offset)
    ):
        return False  # curl repeats its complaint
    if type(first) is events.Complaint and _closes(hold, offset, stop, first.text):
        return False
    if offset > 0:
        before = hold.lines[offset - 1]
        if type(first) is not events.Text and type(before[1]) not in _LAST:
            return False  # in the middle of what curl itself says
        if type(before[1]) in _IN_A_HEAD or _is_drawn_over(before, hold.lines[offset]):
            return False
        if type(before[1]) is events.Text and not (_is_led(hold, offset) or _is_written_out(hold, offset - 1)):
            return False
    # Behind its last word curl says no farewell.
    over = any(type(event) is events.Exit for _, event in islice(hold.lines, offset))
    return over or any(type(event) not in ENDS for _, event in islice(hold.lines, offset, min(stop, offset + 9)))


def _is_drawn_over(before: Pair, pair: Pair) -> bool:
    """Whether curl draws a row of its meter over the one before: a few of them may have a body's length by chance."""
    return type(pair[1]) is type(before[1]) is events.Meter and pair[0].number == before[0].number


def _closes(hold: Hold, start: int, stop: int, complaint: str) -> bool:
    """Whether this is how curl closes a call that failed, and it closes it nowhere else: a length may fit by chance."""
    pairs = islice(hold.lines, start + 1, stop)
    words = [event for source, event in pairs if type(event) is not events.Text or source.text.strip()]
    repeats = bool(words) and type(words[-1]) is events.Exit and words[-1].text == complaint
    alone = ENDS.isdisjoint(type(event) for _, event in islice(hold.lines, start))
    return repeats and alone and bool(words[:-1]) and all(type(event) in ENDS for event in words[:-1])


def _is_led(hold: Hold, offset: int) -> bool:
    """Whether the text above a line may be a head that `-i` wrote, behind which a body begins."""
    for index in range(offset - 1, max(offset - _HEAD_LINES, -1), -1):
        pair = hold.lines[index]
        if type(pair[1]) is not events.Text:
            return type(pair[1]) in _LAST
        if not may_lead(pair) or (index == offset - 1 and pair[0].text.startswith("HTTP/")):
            return index < offset - 1
    return True


def _is_written_out(hold: Hold, offset: int) -> bool:
    """Whether a line of text may be what `-w` wrote for the URL before: it stands right behind a farewell."""
    return offset > 0 and type(hold.lines[offset - 1][1]) in ENDS


_NOT_LAST = events.BEGINNINGS | {events.Text}
"""What is none of curl's closing lines."""


def _around_the_end(hold: Hold, size: int, spare: int, least: int) -> Stretch | None:
    """On a terminal the last line of a body without a final newline is held back behind curl's closing lines."""
    count = len(hold.lines)
    for offset in range(count - 1, max(count - _LAST_LINES, -1), -1):
        if type(hold.lines[offset][1]) not in ENDS:
            continue
        for number, ruler in enumerate(hold.rulers):
            behind = ruler.end - ruler.at(offset + 1)
            if ruler.ending is None and spare > 1 and least:
                continue
            for place in hold.places if behind else ():
                if place.size - behind < least:
                    continue
                for extra in {0, spare}:
                    index = ruler.lines.get(place.starts[number] + size - behind + extra)
                    if index is not None and place.line <= index <= hold.first + offset:
                        stop = index - hold.first
                        between = (type(event) for _, event in islice(hold.lines, stop, offset))
                        if _NOT_LAST.isdisjoint(between):
                            return place.line - hold.first, stop, offset + 1
    return None
