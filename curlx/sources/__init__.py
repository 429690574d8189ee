"""Where logs come from: files, folders, archives, standard input and object stores, as named streams of bytes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, NamedTuple

from curlx.packing import is_packed

STANDARD_INPUT = "-"
TO_STANDARD_ERROR = " (curl -v writes to standard error; did you mean `curl -v ... 2>&1 | curlx`?)"
PIECE = 1 << 16
"""Bytes that are read at once."""


class Unreadable(Exception):
    """A source cannot be read; the message says which and why, in a sentence for the person who named it."""

    def __init__(self, message: str) -> None:
        """Keep the sentence."""
        super().__init__(message)
        self.message = message


class Stream(NamedTuple):
    """A name for people and the bytes, in pieces as they come; reading on can raise `Unreadable`."""

    name: str
    pieces: Iterator[bytes]


def open_source(where: str = STANDARD_INPUT) -> Stream:
    """Open a file, or standard input for `-`; raises `Unreadable`, also for one without a single byte."""
    if where == STANDARD_INPUT:
        return _begun("standard input", standard_input(), hint=TO_STANDARD_ERROR)
    return _begun(printable(where), _file(where))


def _begun(name: str, pieces: Iterator[bytes], hint: str = "") -> Stream:
    """Read the first piece now, so that what cannot be read is known before anything is done with it."""
    first = next(pieces, None)
    if first is None:
        raise Unreadable(f"{name} is empty{hint}")
    if is_packed(first):
        raise Unreadable(f"{name} is compressed or an archive: `curlx check` reads what is in it, or unpack it first")
    return Stream(name, chain((first,), pieces))


def _file(path: str) -> Iterator[bytes]:
    try:
        with open(path, "rb") as file:
            yield from pieces_of(file, size_at_first(file))
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        hint = "; `curlx check` checks the logs in one" if os.path.isdir(path) else ""
        raise Unreadable(f"cannot read {printable(path)}: {reason_of(path, error)}{hint}") from error


def standard_input() -> Iterator[bytes]:
    """Yield what comes on standard input."""
    try:
        if sys.stdin.isatty() and sys.platform != "win32":
            from curlx.sources.keyboard import keyboard

            yield from keyboard(sys.stdin.fileno())
        else:
            yield from pieces_of(sys.stdin.buffer)
    except (OSError, ValueError, AttributeError) as error:  # it is closed, or None under pythonw
        raise Unreadable(f"cannot read standard input: {reason_of('', error)}") from error


class UntilStopped:
    """What comes until somebody presses Ctrl-C while there is nothing to read; pressed again, it ends curlx.

    The terminal shows `^C` then, which tells why the log goes no further: so does the last line here.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        """Wait for these pieces."""
        self._pieces = pieces
        self.stopped = False

    def __iter__(self) -> Iterator[bytes]:
        """Yield them, to the end or to Ctrl-C."""
        last = b""
        try:
            for piece in self._pieces:
                last = piece[-1:] or last
                yield piece
        except KeyboardInterrupt:
            self.stopped = True
            if last:
                yield b"^C\n" if last == b"\n" else b"\n^C\n"


def pieces_of(file: BinaryIO, most: int | None = None) -> Iterator[bytes]:
    """Yield what is in an open file, as it comes; of a file that is still written to, the first `most` bytes."""
    # read1 gives what is there: a pipe from a running curl is not waited for until 64 kB are full.
    read = getattr(file, "read1", file.read)
    if most is None:
        while piece := read(PIECE):
            yield piece
        return
    while most > 0 and (piece := read(min(PIECE, most))):
        most -= len(piece)
        yield piece


def size_at_first(file: BinaryIO) -> int | None:
    """Return the size of a regular file: one that grows faster than it is read would have no end."""
    status = os.fstat(file.fileno())
    # /proc says 0 of its files.
    return status.st_size if stat.S_ISREG(status.st_mode) and status.st_size else None


def reason_of(path: str, error: Exception) -> str:
    """Return why a path, or an open stream (`""`), cannot be read, as the end of a sentence."""
    # Windows says "permission denied" of a directory.
    if isinstance(error, IsADirectoryError) or (path and os.path.isdir(path)):
        return "it is a directory"
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "permission denied"
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return "it is closed" if not path else "that is not the name of a file"


def printable(path: str) -> str:
    """Return a path as text, different for different paths: Linux allows names that are not UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
