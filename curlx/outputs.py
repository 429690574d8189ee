"""Where the result of a long run goes: standard output as it comes, or a file that is there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from curlx.sources import STANDARD_INPUT, reason_of

_BUFFER = 1 << 18
PARTIAL = ".partial"
"""What the name of a file ends with until it is whole."""


class NotWritten(Exception):
    """The result cannot be written; the message says why."""


class NobodyReads(Exception):
    """Whoever read standard output has gone (`| head`): no reason to complain, and none to go on."""


class Done(msgspec.Struct):
    """What a line of an earlier run says of its log."""

    class Source(msgspec.Struct):
        """Its name."""

        name: str

    class Finding(msgspec.Struct):
        """How bad a finding is."""

        severity: str

    outcome: str
    source: Source
    findings: list[Finding] = []


class Output:
    """An open result. A file is written beside its place, and moved there by `finish`."""

    def __init__(self, path: str | None = None, *, encoding: str = "utf-8", resume: bool = False) -> None:
        """Open a file or (None, `-`) standard output; `resume` goes on behind what an interrupted run left."""
        self._encoding = encoding
        self._path = self._partial = ""
        self._what = "standard output"
        self._file: BinaryIO
        try:
            if path in (None, STANDARD_INPUT):
                self._file = sys.stdout.buffer
                return
            self._what = path or ""
            if os.path.exists(self._what) and not stat.S_ISREG(os.stat(self._what).st_mode):
                self._file = open(self._what, "wb", buffering=_BUFFER)  # noqa: SIM115 - a device, a pipe: nothing to move
                return
            self._path = os.path.realpath(self._what)
            self._partial = self._path + PARTIAL
            self._file = open(self._partial, "ab" if resume else "wb", buffering=_BUFFER)  # noqa: SIM115
        except (OSError, ValueError, AttributeError) as error:  # AttributeError: there is no standard output
            raise self.failure(error) from error

    def write(self, text: str) -> None:
        """Write a piece; raises `NotWritten` or `NobodyReads`."""
        self.write_bytes(text.encode(self._encoding, "backslashreplace"))

    def write_bytes(self, data: bytes) -> None:
        """Write a piece as it is."""
        try:
            self._file.write(data)
        except (OSError, ValueError) as error:
            raise self.failure(error) from error

    def flush(self) -> None:
        """Give on what was written."""
        try:
            self._file.flush()
        except (OSError, ValueError) as error:
            raise self.failure(error) from error

    def finish(self) -> None:
        """Put the file where it belongs."""
        self.flush()
        try:
            if self._file is not getattr(sys.stdout, "buffer", None):
                self._file.close()
            if self._partial:
                os.replace(self._partial, self._path)
        except OSError as error:
            raise self.failure(error) from error

    def give_up(self, *, keep: bool = False) -> None:
        """Leave the file as it was before; what was written is deleted, or kept for a run that resumes."""
        if self._file is getattr(sys.stdout, "buffer", None):
            return
        with contextlib.suppress(OSError):
            self._file.close()
        if self._partial and not keep:
            with contextlib.suppress(OSError):
                os.unlink(self._partial)

    def failure(self, error: Exception) -> Exception:
        """Return what an error of the system means: `NobodyReads`, or `NotWritten` with the reason."""
        on_stdout = self._what == "standard output"
        if on_stdout and isinstance(error, OSError):
            # The flush at exit must not fail once more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            # On Windows a reader that has gone is EINVAL.
            if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL):
                return NobodyReads()
        missing = self._path and isinstance(error, FileNotFoundError)
        return NotWritten(
            f"cannot write {self._what}: {'there is no such folder' if missing else reason_of('', error)}"
        )


def left_over(path: str) -> Iterator[Done]:
    """Yield what an interrupted run has written for `path`, and cut off the line that it did not finish.

    Raises `NotWritten` when that is no file of such lines.
    """
    partial = os.path.realpath(path) + PARTIAL
    decoder = msgspec.json.Decoder(Done)
    whole = 0
    try:
        with open(partial, "r+b") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break
                whole += len(line)
                yield decoder.decode(line)
            file.truncate(whole)
    except FileNotFoundError:
        return
    except msgspec.MsgspecError as error:
        raise NotWritten(f"cannot go on with {partial}: it was not written by curlx check --format jsonl") from error
    except OSError as error:
        raise NotWritten(f"cannot go on with {partial}: {reason_of('', error)}") from error
