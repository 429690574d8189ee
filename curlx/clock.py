"""The time that a log may take, kept in a process that reads logs; and what such a process needs before it begins."""

from __future__ import annotations

import faulthandler
import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator

from curlx.pipeline import explain


class TooLong(Exception):
    """A log takes more time than it may."""


class _Watch:
    """The end of a process that hangs where no Python code runs that could look at the clock; off in a shared one."""

    on = False
    since = 0.0
    nowhere = -1
    """Where faulthandler writes what it insists on writing."""


def prepare_process() -> None:
    """Make a process that does nothing else ready for `explain_all`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends Ctrl-C to all; the parent decides
    explain(b"")  # loads what is loaded when it is first used
    gc.freeze()
    gc.set_threshold(50_000)  # a report has no cycles; looking for them costs a tenth of the time
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Watch.nowhere = os.open(os.devnull, os.O_WRONLY)
    _Watch.on = True


def _end_with_parent() -> None:
    """End when the parent does, however it did: a worker would wait for its next work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def watch(seconds: float) -> None:
    """Have the process killed in twice the time that a log may take; faulthandler needs no Python code for that."""
    if _Watch.on and time.monotonic() - _Watch.since > seconds / 2:
        _Watch.since = time.monotonic()
        faulthandler.dump_traceback_later(2 * seconds, exit=True, file=_Watch.nowhere)


def unwatch() -> None:
    """Have it live on."""
    if _Watch.on:
        faulthandler.cancel_dump_traceback_later()
        _Watch.since = 0.0


class Clock:
    """The time that a log may take, or a part of one that is told in parts."""

    def __init__(self, seconds: float) -> None:
        """Start it."""
        self._seconds = seconds
        self.start()

    def start(self) -> None:
        """Begin anew."""
        self._end = time.monotonic() + self._seconds
        watch(self._seconds)

    def passing(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the pieces of a log; raises `TooLong`."""
        for piece in pieces:
            if time.monotonic() > self._end:
                raise TooLong
            yield piece
