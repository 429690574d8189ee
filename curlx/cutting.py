"""Cut bytes into the lines that stand in them, a part of the input at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from curlx.strangers import is_strange

_WINDOW = 64 * 1024
"""A chunk is worked on in parts of this size, so that one huge chunk does not become a million lines at once."""

LONGEST = 64 * 1024
"""Bytes of a line that are kept; the rest is counted only; curl cuts its own at 2 kB (`MAXINFO`, lib/curl_trc.c)."""

HEAD = 4096
"""Bytes that decide about UTF-16."""

_PLAIN = bytes(range(0x20, 0x7F)) + b"\r\n"
"""What an ordinary line is made of: printable ASCII."""


class Cut:
    """The lines of one input as they stand there, read once.

    Most lines of most logs are ASCII, and come as text: to decode, and to look at, many of them at once is cheaper.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        """Take the bytes in order, however they are cut."""
        self._chunks = iter(chunks)
        self.utf16 = ""
        """Which UTF-16 the lines are in; known, like what follows, when the first of them is there."""
        self.strange = False
        """The input begins as no log does."""

    def __iter__(self) -> Iterator[tuple[list[bytes | str], int, int, bool]]:
        """Yield the lines that end in one part of the input, without their ends, and the size of an end, 0 for none.

        In between stands how many bytes of the first line were not kept, last whether all of them can be printed.
        """
        self.utf16 = self._sniff()
        unit = 2 if self.utf16 else 1
        kept: list[bytes] = []  # the pieces of a line that spans parts, joined once
        length = size = 0
        for part in self._windows():
            lines, rest = self._lines_of(part)
            if lines:
                first, *others = lines
                end = first.encode() if isinstance(first, str) else first
                kept.append(end[: LONGEST - length])
                joined = b"".join(kept)
                yield [joined], size + len(end) - len(joined), unit, False
                yield others, 0, unit, part.count(b"\r") == part.count(b"\r\n") and not part.translate(None, _PLAIN)
                kept, length, size = [], 0, 0
            if rest:
                size += len(rest)
                if length < LONGEST:
                    kept.append(rest[: LONGEST - length])
                    length += len(kept[-1])
        if size:
            joined = b"".join(kept)
            yield [joined], size - len(joined), 0, False

    def _lines_of(self, part: bytes) -> tuple[list[bytes | str], bytes]:
        """Return the lines that end in a part of the input, and what is behind the last end."""
        if not self.utf16:
            whole, newline, rest = part.rpartition(b"\n")
            if not newline:
                return [], rest
            return [*(whole.decode("ascii").split("\n") if whole.isascii() else whole.split(b"\n"))], rest
        newline = "\n".encode(self.utf16)
        lines: list[bytes | str] = []
        start = end = 0
        while (end := part.find(newline, end)) >= 0:
            if end % 2:  # halves of two characters
                end += 1
            else:
                lines.append(part[start:end])
                start = end = end + 2
        return lines, part[start:]

    def _windows(self) -> Iterator[bytes]:
        """Yield the input in parts of at most `_WINDOW` bytes; in UTF-16 none ends inside a unit."""
        odd = b""
        for chunk in self._chunks:
            for start in range(0, len(chunk), _WINDOW):
                part = odd + chunk[start : start + _WINDOW]
                odd = part[-1:] if self.utf16 and len(part) % 2 else b""
                yield part[:-1] if odd else part
        if odd:
            yield odd

    def _sniff(self) -> str:
        """Return which UTF-16 the input is, by its byte-order mark or by where its first NUL bytes are, or nothing."""
        head: list[bytes] = []
        length = 0
        for chunk in self._chunks:
            head.append(chunk)
            length += len(chunk)
            if length >= HEAD:
                break
        joined = b"".join(head)
        self._chunks = chain([joined], self._chunks)
        sample = joined[:HEAD]
        self.strange = is_strange(sample)
        if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16-le" if sample[0] == 0xFF else "utf-16-be"
        if b"\0" not in sample:
            return ""
        line, _, more = sample.partition(b"\0")[0].lstrip(b"\r\n").partition(b"\n")
        if more and line.isascii():
            return ""  # a log that begins with a line in ASCII may hold a body in UTF-16
        pairs = len(sample) // 2
        first, second = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
        if pairs >= 4 and second * 10 >= pairs * 7 and first * 20 <= pairs:
            return "utf-16-le"
        if pairs >= 4 and first * 10 >= pairs * 7 and second * 20 <= pairs:
            return "utf-16-be"
        return ""
