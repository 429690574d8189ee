"""Copy a log byte for byte, with nothing but its secrets replaced."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import groupby

from curlx.cutting import HEAD
from curlx.lines import CONTROLS, ESCAPES, Line, split
from curlx.patterns import Pattern
from curlx.redaction.identities import Identities
from curlx.redaction.placing import MARKS, Edit, edits, place
from curlx.redaction.redactor import Redactor

_PIECE = 48 * 1024
"""Bytes of a line that are looked at together: more than a header or a parameter takes, less than is kept of one."""
_BACK = 8 * 1024
"""Bytes before the end of a piece within which it is cut where no value is."""
_TELLING, _TIMES = 6, 100
"""Characters of a value that is nothing else wherever it stands, and how often it is looked for in one line."""
_WRITTEN = 64 * 1024
_SEPARATORS = (b",", b"&", b">", b";", b" ")
_REST = Pattern(r"[^\"'\s&<>]*")


def copy(
    chunks: Iterable[bytes], redactor: Redactor | None = None, identities: Identities | None = None
) -> Iterator[bytes]:
    """Yield the bytes of a log without its secrets; all others stay as they are, whatever their encoding.

    Streams, also through a line without an end. The placeholders are in the encoding of the line they stand in.
    With `identities` these are hidden too, also before the line that tells that they are some: then the log is held.
    """
    if identities is not None:
        chunks = list(chunks)
        for _ in _Copy(chunks, Redactor(), identities).written():
            pass
    return _Copy(chunks, redactor or Redactor(), identities).written()


class _Copy:
    """What was read and not yet written."""

    def __init__(self, chunks: Iterable[bytes], redactor: Redactor, identities: Identities | None) -> None:
        self._chunks = chunks
        self._identities = identities
        self._redactor = redactor
        self._lines = split(self._fed())
        self._held = bytearray()
        self._given = 0  # bytes that were taken from `_held`
        self._fed_bytes = 0
        self._seams: deque[int] = deque()  # where line ends were put in that the log does not have
        self._in_secret = False  # a secret goes on behind the seam

    def written(self) -> Iterator[bytes]:
        pieces: list[bytes] = []
        size = 0
        for _, lines in groupby(self._lines, key=lambda line: int(line.number)):
            piece = self._copied(list(lines))
            pieces.append(piece)
            size += len(piece)
            if size >= _WRITTEN:
                yield b"".join(pieces)
                pieces, size = [], 0
        yield b"".join([*pieces, bytes(self._held)])

    def _fed(self) -> Iterator[bytes]:
        """Give the bytes on to be cut into lines, and keep them; put line ends into a line that is too long."""
        open_line = 0  # bytes since the last line end
        for chunk in self._chunks:
            start = 0
            while start < len(chunk):
                if self._fed_bytes < HEAD:
                    stop = min(len(chunk), start + HEAD - self._fed_bytes)
                else:
                    stop = min(len(chunk), start + _PIECE)
                piece = chunk[start:stop]
                start = stop
                end = piece.rfind(b"\n")
                first = piece.find(b"\n") if end >= 0 else len(piece)
                if open_line + first >= _PIECE:
                    cut = _cut(piece[:first])
                    yield self._keep(piece[:cut])
                    seam = "\n".encode(self._lines.encoding) if self._lines.encoding.startswith("utf-16") else b"\n"
                    self._seams.append(self._fed_bytes)
                    yield self._keep(seam)
                    piece, open_line = piece[cut:], 0
                    end = piece.rfind(b"\n")
                open_line = len(piece) - end - 1 if end >= 0 else open_line + len(piece)
                yield self._keep(piece)

    def _keep(self, data: bytes) -> bytes:
        self._held += data
        self._fed_bytes += len(data)
        return data

    def _take(self, size: int) -> tuple[bytes, bool]:
        """Return the next bytes, and whether they end at a seam, which is left out."""
        raw = bytes(self._held[:size])
        del self._held[:size]
        self._given += size
        if self._seams and self._seams[0] < self._given:
            seam = self._given - self._seams.popleft()
            return raw[: len(raw) - seam], True
        return raw, False

    def _copied(self, lines: list[Line]) -> bytes:
        """Return the bytes of one line, or of the lines that a console had made of one."""
        raw, at_seam = self._take(sum(line.size for line in lines) * self._lines.unit)
        if self._in_secret:
            raw, lines = self._behind_seam(raw, lines)
        hidden = list(map(self._hide, lines))
        around = self._around(raw, lines)
        if hidden == lines and not self._in_secret and not around:
            return raw
        changes = [edits(line.text, told.text) for line, told in zip(lines, hidden, strict=True)]
        self._in_secret = at_seam and (
            bool(changes[-1] and changes[-1][-1].end == len(lines[-1].text)) or (self._in_secret and not raw)
        )
        if not any(changes) and not around:
            return raw
        codec = _codec(raw, self._lines.encoding)
        text = raw.decode(codec, _ERRORS[codec])
        placed: list[Edit] = []
        position = 0
        for line, change in zip(lines, changes, strict=True):
            found = place(text, line.text, change, position) if change else ([], position)
            if found is None:
                return _rewritten(raw, hidden, codec)
            placed += found[0]
            position = found[1]
        values = {
            line.text[start:end]: told
            for line, change in zip(lines, changes, strict=True)
            for start, end, told in change
        }
        for value, told in values.items():
            around += _elsewhere(text, value, told)
        return _edited(text, _apart(placed, around), codec)

    def _around(self, raw: bytes, lines: list[Line]) -> list[Edit]:
        """Return the edits of what was taken off the lines to read them: it may hold secrets as well."""
        bare = raw.rstrip(b"\r\n\x00")
        if len(bare) <= sum(len(line.text) for line in lines) or self._in_secret or self._redactor.show:
            return []
        codec = _codec(raw, self._lines.encoding)
        text = bare.decode(codec, _ERRORS[codec]) if len(bare) % 2 == 0 or not codec.startswith("utf-16") else ""
        hidden = self._redactor.hide_around(Line(lines[0].number, text, len(raw))).text
        changes = edits(text, hidden)
        if self._identities is None:
            return changes
        changes += edits(text, self._identified(text))
        plain = CONTROLS.sub("", ESCAPES.sub("", text))  # a prompt in colours
        placed = place(text, plain, edits(plain, self._identified(plain)), 0) if plain != text else None
        return changes + placed[0] if placed is not None else changes

    def _identified(self, text: str) -> str:
        if self._identities is None:
            return text
        self._identities.learn(text)
        return self._identities.hide(text, marks=MARKS)

    def _hide(self, line: Line) -> Line:
        hidden = self._redactor.hide(line)
        if self._identities is None:
            return hidden
        return Line(line.number, self._identified(hidden.text), line.size, line.crlf)

    def _behind_seam(self, raw: bytes, lines: list[Line]) -> tuple[bytes, list[Line]]:
        """Take away what belongs to the secret before the seam."""
        codec = _codec(raw, self._lines.encoding)
        text = raw.decode(codec, _ERRORS[codec])
        rest = text[_end(text) :]
        first = lines[0]
        shown = Line(first.number, first.text[_end(first.text) :], first.size, first.crlf)
        return rest.encode(codec, _ERRORS[codec]), [shown, *lines[1:]]


def _edited(text: str, placed: list[Edit], codec: str) -> bytes:
    pieces: list[bytes] = []
    done = 0
    for start, end, told in placed:
        pieces += [text[done:start].encode(codec, _ERRORS[codec]), _encoded(told, codec)]
        done = end
    return b"".join(pieces) + text[done:].encode(codec, _ERRORS[codec])


def _apart(placed: list[Edit], more: list[Edit]) -> list[Edit]:
    """Return the edits of a line, and of more those that do not overlap with one that is there."""
    placed.sort()
    for edit in more:
        behind = bisect_left(placed, (edit.end,))
        # As none overlaps with another, the one that begins last ends last.
        if not behind or placed[behind - 1].end <= edit.start:
            placed.insert(bisect_left(placed, edit), edit)
    return placed


def _elsewhere(text: str, value: str, told: str) -> list[Edit]:
    """Return the edits of a value wherever else it stands in the line: Ansible prints what curl said twice."""
    found: list[Edit] = []
    start = text.find(value) if len(value) >= _TELLING else -1
    while start >= 0 and len(found) < _TIMES:
        found.append(Edit(start, start + len(value), told))
        start = text.find(value, start + len(value))
    return found


def _end(text: str) -> int:
    match = _REST.match(text)
    return match.end() if match else 0


def _cut(piece: bytes) -> int:
    """Return where a long line can be cut: behind a separator near its end, on an even place because of UTF-16."""
    near = max(0, len(piece) - _BACK)
    for separator in _SEPARATORS:
        if (found := piece.rfind(separator, near)) >= 0:
            return found + 2 - found % 2 if found + 2 - found % 2 <= len(piece) else found - found % 2
    return len(piece) - len(piece) % 2


_ERRORS = {
    "utf-8": "strict", "cp1252": "strict", "latin-1": "strict",
    "utf-16-le": "surrogatepass", "utf-16-be": "surrogatepass",
}  # fmt: skip


def _codec(raw: bytes, encoding: str) -> str:
    """Return how a line is decoded so that nothing is lost; the same as it is decoded to be read."""
    codecs = (encoding,) if encoding.startswith("utf-16") or raw.isascii() else ("utf-8", "cp1252")
    for codec in codecs:
        try:
            if raw.decode(codec, _ERRORS[codec]).encode(codec, _ERRORS[codec]) == raw:
                return codec
        except UnicodeError:
            continue
    return "latin-1"


def _encoded(placeholder: str, codec: str) -> bytes:
    return placeholder.encode("cp1252" if codec == "latin-1" else codec, "replace")


def _rewritten(raw: bytes, hidden: list[Line], codec: str) -> bytes:
    """Write a line as it is read: a last resort, where it cannot be told which of its bytes are the secret."""
    end = raw[len(raw.rstrip(b"\r\n\x00")) :]
    told = "\n".join(line.text for line in hidden)
    return _encoded(told.replace(MARKS[0], "").replace(MARKS[1], ""), codec) + end
