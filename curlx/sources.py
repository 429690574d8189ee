"""Where logs come from: files and standard input, as named streams of bytes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, NamedTuple

STANDARD_INPUT = "-"
_PIECE = 1 << 16


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
        return _begun("standard input", _standard_input())
    return _begun(_printable(where), _file(where))


def _begun(name: str, pieces: Iterator[bytes]) -> Stream:
    """Read the first piece now, so that what cannot be read is known before anything is done with it."""
    first = next(pieces, None)
    if first is None:
        raise Unreadable(f"{name} is empty")
    return Stream(name, chain((first,), pieces))


def _file(path: str) -> Iterator[bytes]:
    try:
        with open(path, "rb") as file:
            yield from _pieces(file)
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        raise Unreadable(f"cannot read {_printable(path)}: {_reason(path, error)}") from error


def _standard_input() -> Iterator[bytes]:
    try:
        yield from _pieces(sys.stdin.buffer)
    except (OSError, ValueError, AttributeError) as error:  # it is closed, or None under pythonw
        raise Unreadable(f"cannot read standard input: {_reason('', error)}") from error


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    # read1 gives what is there: a pipe from a running curl is not waited for until 64 kB are full.
    read = getattr(file, "read1", file.read)
    while piece := read(_PIECE):
        yield piece


def _reason(path: str, error: Exception) -> str:
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


def _printable(path: str) -> str:
    """Return a path as text: Linux allows names that are not UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")
