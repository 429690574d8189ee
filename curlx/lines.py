"""Bytes to numbered lines, without what pipes, pagers, consoles and tickets did to them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import cast

import msgspec

from curlx import wrappings
from curlx.cutting import LONGEST, Cut
from curlx.meter import METER_STARTS, end_of_row, is_row
from curlx.numbers import shared, within
from curlx.patterns import Pattern
from curlx.signs import HEADED, is_marked, may_be_curl
from curlx.wrappings import boxes


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line of the input. `number` counts from 1 in the input as given; several `Line`s may share a number."""

    number: int
    text: str
    """Decoded and unwrapped, without its end."""
    size: int
    """Bytes that it took in the input, with its end; of several with one number, the sizes add up to the line's.

    Of UTF-16 half of them, as curl wrote it before a shell made two bytes of each: bodies are measured.
    """
    crlf: bool = False
    """It ended with CR LF: in a raw log curl's header lines do, its `* ` lines do not."""
    time: str | None = None
    """`HH:MM:SS.ffffff` before the mark (`--trace-time`); this and the next two are filled in by the reader."""
    transfer: str | None = None
    """curl's own number of the transfer (`--trace-ids`); `x` for none."""
    connection: str | None = None
    """curl's own number of the connection."""
    hidden: int = 0
    """Bytes of invisible characters that the text had: a body may have such, and is measured with them."""


QUIRKS = (
    "byte-order-mark", "utf-16", "nul-bytes", "long-lines", "carriage-returns", "progress-meter", "escape-sequences",
    "control-characters", "no-break-spaces", *wrappings.NAMES, "console-width",
)  # fmt: skip
"""Everything that can be undone, in the order in which it is reported."""

_SAMPLE = 400
"""Lines before and after the first line that curl may have written, which decide how the log is wrapped."""

_SAMPLE_SIZE = 1 << 20
"""Characters of them: long lines are few lines."""

# ECMA-48: CSI, then OSC/DCS/APC/PM/SOS strings, then two-byte escapes; an unfinished one loses two bytes only.
ESCAPES = Pattern(r"\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|[\]PX^_][^\x07\x1b]{0,2048}(?:\x07|\x1b\\)|[ -/]{0,8}[0-~]|)")
OVERSTRIKE = Pattern(r"[^\x08]\x08")
# C0 (tab stays), DEL and C1; and what is invisible or turns the direction of text: it could show other words.
CONTROLS = Pattern(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


class Lines:
    """The lines of one input, read once; what was found out about it is known when the iteration has ended."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        """Take the bytes in order, however they are cut."""
        self._cut = Cut(chunks)
        self._undone: set[str] = set()
        self._beyond_ascii: set[str] = set()
        self._metered = False
        """A line was met that a progress meter may have begun."""
        self.count = 0
        """Lines of the input."""
        self.size = 0
        """Bytes of the input."""
        self.ended = True
        """The last line has its end."""
        self.divided = False
        """Some of its lines were several of curl's: their numbers are of the kind `Within`."""

    @property
    def strange(self) -> bool:
        """Whether the input begins as no log does."""
        return self._cut.strange

    @property
    def encoding(self) -> str:
        """The encoding of the text: `utf-8` (also for plain ASCII), `utf-16-le`, `utf-16-be` or `cp1252`."""
        if self._cut.utf16:
            return self._cut.utf16
        return "cp1252" if "utf-8" not in self._beyond_ascii and self._beyond_ascii else "utf-8"

    @property
    def unit(self) -> int:
        """Bytes of the input that are one in the size of a line."""
        return 2 if self._cut.utf16 else 1

    @property
    def quirks(self) -> tuple[str, ...]:
        """What was undone, as names out of `QUIRKS`."""
        return tuple(filter(self._undone.__contains__, QUIRKS))

    def __iter__(self) -> Iterator[Line]:
        """Yield the lines."""
        return chain.from_iterable(self._unwrap(self._plain()))

    def _plain(self) -> Iterator[Line]:
        """Cut and decode; a line in which a terminal went back to the start becomes several with one number."""
        for lines, lost, end, tidy in self._cut:
            first, unit = self.count + 1, self.unit
            ended = self.ended = end > 0
            self.count += len(lines)
            self.size += sum(map(len, lines)) + lost + end * len(lines)
            if tidy:  # most lines: text already, and with nothing in it that is not a character or its end
                for number, text in enumerate(cast("list[str]", lines), first):
                    crlf = text[-1:] == "\r"
                    if text[:1] not in METER_STARTS:
                        yield Line(number, text[:-1] if crlf else text, len(text) + 1, crlf)
                    else:
                        self._metered = True
                        yield from self._segments(number, text[:-1] if crlf else text, len(text) + 1, crlf)
                continue
            for number, raw in enumerate(lines, first):
                size = (len(raw) + lost + end) // unit
                if isinstance(raw, str):
                    text = raw
                else:
                    text = self._decode(raw, first=number == 1, whole=not lost)
                    lost = 0
                crlf = False
                if text[-1:] == "\r":
                    text, crlf = text.rstrip("\r"), ended
                if text[:1] not in METER_STARTS and text.isprintable():
                    yield Line(number, text, size, crlf)
                else:
                    self._metered = True
                    yield from self._segments(number, text, size, crlf)

    def _decode(self, raw: bytes, *, first: bool, whole: bool) -> str:
        if not whole and len(raw) >= LONGEST:
            self._undone.add("long-lines")
        if self._cut.utf16:
            self._undone.add("utf-16")
            text = raw.decode(self._cut.utf16, "replace")
        else:
            try:
                text = raw.decode()
            except UnicodeDecodeError as error:
                if not whole and error.start >= len(raw) - 3:  # the limit cut through a character
                    text = raw[: error.start].decode()
                else:
                    text = _decode_byte_wise(raw)
                    self._beyond_ascii.add("cp1252")
            else:
                if not text.isascii():
                    self._beyond_ascii.add("utf-8")
        if first and text.startswith("\ufeff"):
            self._undone.add("byte-order-mark")
            text = text[1:]
        return text

    def _segments(self, number: int, text: str, size: int, crlf: bool) -> Iterator[Line]:
        """Yield the pieces in which a line was written."""
        visible = self._written(text)
        talk = place = 0
        for part, following in pairwise(visible):
            place = text.index(part, place) + len(part)
            returned = text.index(following, place) - place - is_row(following)  # a row begins with its CR
            taken = min(size, len(part.encode("utf-8", "surrogatepass")) + max(returned, 0))
            size -= taken
            clean, hidden = self._clean(part)
            yield Line(within(number, talk), clean, taken, hidden=hidden)
            talk += not is_row(part)
        self.divided = self.divided or talk > 0
        clean, hidden = self._clean(visible[-1])
        yield Line(within(number, talk), clean, size, crlf, hidden=hidden)

    def _written(self, text: str) -> list[str]:
        """Take a line apart where a progress meter, which writes no line ends, was followed by something else."""
        parts: list[str] = []
        for written in [text] if HEADED.match(text) else text.split("\r"):
            end = end_of_row(written)
            if 0 < end < len(written):
                self._undone.add("progress-meter")
                parts += [written[:end], written[end:]]
            else:
                parts.append(written)
        if "\r" in text:
            self._undone.add("carriage-returns")
        return [part for part in parts if part] or [""]

    def _clean(self, text: str) -> tuple[str, int]:
        """Return the text without what steers a terminal, and the bytes of what is invisible; tabs stay."""
        if text.isprintable():
            return text, 0
        if "\x1b" in text:
            self._undone.add("escape-sequences")
            text = ESCAPES.sub("", text)
        hidden = text.count("\x00")
        if hidden:
            self._undone.add("nul-bytes")
            text = text.replace("\x00", "")
        if "\x08" in text:
            text = OVERSTRIKE.sub("", text)
            self._undone.add("control-characters")
        if "\xa0" in text:
            self._undone.add("no-break-spaces")
            text = text.replace("\xa0", " ")
        shown = CONTROLS.sub("", text)
        if shown != text:
            self._undone.add("control-characters")
            hidden += len(text.encode("utf-8", "surrogatepass")) - len(shown.encode("utf-8", "surrogatepass"))
        return shown, hidden

    def _unwrap(self, lines: Iterator[Line]) -> Iterator[Iterable[Line]]:
        """Yield in parts the lines without what was done to each, as the first ones around curl's first one show it."""
        held: deque[Line] = deque()
        size = 0
        for line in lines:
            held.append(line)
            if may_be_curl(line.text):
                break
            size += len(line.text)
            while len(held) > _SAMPLE or size > _SAMPLE_SIZE:
                size -= len(held[0].text)
                yield (held.popleft(),)
        size = 0
        for line in islice(lines, _SAMPLE - 1):
            held.append(line)
            size += len(line.text)
            if size > _SAMPLE_SIZE:
                break
        sample = (
            [line.text for line, glued in _with_glued(held) if not glued]
            if self._metered
            else [line.text for line in held]
        )
        undoings = wrappings.recognize(sample)
        width = wrappings.console_width(sample)
        begins: Callable[[str], bool] = is_marked
        if not width and undoings and undoings[0].name in wrappings.PREFIXES:
            # The rest of a line that a console broke has no prefix, and only the whole shows what else was done to it.
            begins = undoings[0].changes
            width = wrappings.console_width(sample, begins)
            if width:
                undoings = wrappings.recognize([line.text for line in self._unfold(held, width, begins)])
        everything: Iterator[Line] = chain(held, lines)
        if boxes.has_box(sample):
            everything = self._unbox(everything)
        if width:
            everything = self._unfold(everything, width, begins)
        yield self._undo(undoings, everything) if undoings else everything

    def _undo(self, undoings: Sequence[wrappings.Wrapping], lines: Iterable[Line]) -> Iterator[Line]:
        """Undo on each line what was done to it."""
        for line, glued in _with_glued(lines):
            text = line.text
            if not glued:
                for undoing in undoings:
                    text = undoing.undo(text) if "\n" not in text else undoing.undo_each(text)
            if text == line.text:
                yield line
            elif "\n" in text:
                yield from self._parts(line, text)
            elif text[:1] in METER_STARTS:
                yield from self._segments(line.number, text, line.size, line.crlf)
            else:
                yield Line(line.number, text, line.size, line.crlf, hidden=line.hidden)
        self._undone.update(undoing.name for undoing in undoings)

    def _parts(self, line: Line, text: str) -> Iterator[Line]:
        """Yield the lines that had been made one; what their escapes took is counted with the first."""
        parts = [piece for part in text.split("\n") for piece in self._pieces(part)]
        sizes = shared(line.size, [size for _, size, _ in parts])
        self.divided = True
        for place, ((part, _, crlf), size) in enumerate(zip(parts, sizes, strict=True)):
            yield Line(within(line.number, place), part, size, crlf or (line.crlf and place == len(parts) - 1))

    def _pieces(self, text: str) -> Iterator[tuple[str, int, bool]]:
        """Yield the pieces in which one of them was written, how many bytes each took, and whether it ended with CR."""
        crlf = text.endswith("\r")
        text = text.removesuffix("\r")
        *others, last = self._written(text)
        left = len(text.encode("utf-8", "surrogatepass")) + 1 + crlf
        for part in others:
            size = len(part.encode("utf-8", "surrogatepass"))
            left -= size
            yield part, size, False
        yield last, left, crlf

    def _unfold(self, lines: Iterable[Line], width: int, begins: Callable[[str], bool]) -> Iterator[Line]:
        """Put the lines of curl's together again that a console broke at its right edge."""
        held: list[Line] = []
        for line in lines:
            if held and line.text and not begins(line.text):
                held.append(line)
                self._undone.add("console-width")
                if _full(line.text, width) and len(held) < 1000:
                    continue
                yield _joined(held)
                held = []
                continue
            if held:
                yield _joined(held)
                held = []
            if _full(line.text, width) and begins(line.text):
                held = [line]
            else:
                yield line
        if held:
            yield _joined(held)

    def _unbox(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Put the message of an exception together again that a program broke to have it in a box."""
        rows: list[Line] = []
        boxed = False
        for line in lines:
            if boxed and len(rows) < _SAMPLE and boxes.is_row(line.text):
                rows.append(line)
                continue
            if rows:
                yield from self._mended(rows)
                rows, boxed = [], False
            boxed = boxes.opens(line.text) or (boxed and boxes.is_blank(line.text))
            yield line
        yield from self._mended(rows)

    def _mended(self, rows: Sequence[Line]) -> Iterator[Line]:
        """Yield the lines of a message that was broken into rows."""
        place = 0
        for count, text in boxes.put_together([row.text for row in rows]):
            of_one = rows[place : place + count]
            place += count
            if count == 1:
                yield of_one[0]
                continue
            self._undone.add("console-width")
            yield msgspec.structs.replace(_joined(of_one), text=text)


def split(chunks: Iterable[bytes]) -> Lines:
    """Return the numbered, decoded, unwrapped lines of an input; streams, and never raises on what the bytes say."""
    return Lines(chunks)


def _with_glued(lines: Iterable[Line]) -> Iterator[tuple[Line, bool]]:
    """Tell of each line whether it is a row of the meter or stands behind one: nothing was put before such a piece."""
    number, after_meter = 0, False
    for line in lines:
        meter = is_row(line.text)
        yield line, meter or (after_meter and line.number == number)
        number, after_meter = line.number, meter


def _decode_byte_wise(raw: bytes) -> str:
    """Decode what is not UTF-8: the Windows code page of western Europe, or Latin-1 where that has no character."""
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _full(text: str, width: int) -> bool:
    """Whether a line goes up to a console's right edge; blanks at its end may only fill it up."""
    return len(text) == width and not text.endswith("  ")


def _joined(lines: Sequence[Line]) -> Line:
    return Line(lines[0].number, "".join(line.text for line in lines), sum(line.size for line in lines), lines[-1].crlf)
