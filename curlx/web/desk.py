"""Who explains what comes in: a few processes that are ready, one log at a time each, with a limit of time.

A log that turns out slow is put aside: a process that stood by takes its place at the desk, and its own goes on when
nobody waits. So a log that is made to be slow costs the others less than a second.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from asyncio import Future
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from pathlib import Path
from types import TracebackType
from typing import Self

from curlx.batch import Died, NoWorkers
from curlx.workers import processes

_LOOK = 0.1
"""Seconds after which it is looked again at how much time something takes."""
_PATIENCE, _PATIENCE_A_BYTE = 0.5, 1.0 / (1 << 20)
"""Seconds after which a log is slow: an ordinary one of a megabyte takes half of that."""
_BIG = 2 << 20
"""Bytes from which it is known beforehand."""
_ASIDE = 4
"""Slow logs that are aside at the same time; further ones are done at the desk."""
_QUIET = 0.5
"""Seconds without new work after which slow logs go on: before that, a free process says nothing about free cores."""
_AGAIN = 1.0
"""Seconds after which it is tried again to start a process."""


class TooSlow(Exception):
    """A log takes more time than it may."""


class _Worker:
    """A process that is ready, and how much time it has worked on what it is at."""

    def __init__(self, executor: Executor, process: int) -> None:
        self.executor = executor
        self._process = process
        self._paused = False
        self.begin()

    def begin(self) -> None:
        """Count the time from now on."""
        self._worked = 0.0
        self._seen = self._clock()

    def worked(self) -> float:
        """Return the seconds since it began, without those in which it had to wait."""
        now = self._clock()
        if not self._paused:
            self._worked += now - self._seen
        self._seen = now
        return self._worked

    def pause(self, paused: bool) -> None:
        """Hold the process, or let it go on; Windows has no way to."""
        if paused != self._paused and hasattr(signal, "SIGSTOP"):
            self.worked()
            self._paused = paused
            with contextlib.suppress(OSError):  # it has ended
                os.kill(self._process, signal.SIGSTOP if paused else signal.SIGCONT)

    def _clock(self) -> float:
        """Return seconds: of the process's own where the system tells them (proc(5)), for others may be busy too."""
        try:
            fields = Path(f"/proc/{self._process}/stat").read_bytes().rpartition(b")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except (OSError, IndexError):
            return time.monotonic()


class Desk:
    """So many processes at the desk, one that stands by, and a few that are busy with slow logs. Used `async with`.

    `ready` is what a process does first; it returns the number of the process.
    """

    def __init__(self, jobs: int, seconds: float, ready: Callable[[], int] = os.getpid) -> None:
        """`seconds` is the time that one piece of work may take."""
        self._jobs = jobs
        self._seconds = seconds
        self._ready = ready
        self._free: asyncio.Queue[_Worker] = asyncio.Queue()
        self._standby: asyncio.Queue[_Worker] = asyncio.Queue()
        self._wanted = False
        """The one that stands by is needed at once: the next is not started only when there is time."""
        self._aside: list[_Worker] = []
        self._open: set[Executor] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._last = 0.0
        """When somebody came last, as `time.monotonic` counts."""
        self._over = False

    async def __aenter__(self) -> Self:
        """Begin to start the processes; who comes before they are ready waits."""
        for _ in range(self._jobs):
            self._later(self._hire(self._free))
        self._later(self._hire_in_time())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all processes, whatever they are at."""
        self._over = True  # who gives up now must not make a new process start
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*(asyncio.to_thread(_end, executor) for executor in self._open))

    async def do(self, work: Callable[..., bytes], *arguments: object, size: int = 0) -> bytes:
        """Have a piece of work done by the next process that is free; it is about so many bytes.

        Raises `TooSlow`, `Died` when the process ended, and `MemoryError` when it needs more than the process may have.
        """
        patience = _PATIENCE + size * _PATIENCE_A_BYTE if size <= _BIG else 0.0
        worker = await self._free.get()
        self._last = time.monotonic()
        self._share()
        worker.begin()
        answer: Future[bytes] = asyncio.wrap_future(worker.executor.submit(work, *arguments))
        well = False
        try:
            while not await _done(answer):
                worked = worker.worked()
                if worked > self._seconds:
                    raise TooSlow
                if worked > patience and worker not in self._aside:
                    self._put_aside(worker)
                self._share()
            well = answer.exception() is None
            return answer.result()
        finally:
            answer.cancel()
            self._release(worker, well)

    def _put_aside(self, worker: _Worker) -> None:
        """Let the process that stands by take the place of one with a slow log, if there is one."""
        self._wanted = True
        if len(self._aside) < _ASIDE and not self._standby.empty():
            self._aside.append(worker)
            self._free.put_nowait(self._standby.get_nowait())
            self._wanted = False
            self._later(self._hire_in_time())

    def _release(self, worker: _Worker, well: bool) -> None:
        aside = worker in self._aside
        if aside:
            self._aside.remove(worker)
        if well and not aside:
            self._free.put_nowait(worker)
            return
        self._later(self._dismiss(worker.executor))
        if not aside:
            self._later(self._hire(self._free))

    def _share(self) -> None:
        """Let as many slow ones go on as there are free places at the desk, when it is quiet there."""
        going = self._free.qsize() if time.monotonic() - self._last > _QUIET else 0
        for place, worker in enumerate(self._aside):
            worker.pause(place >= going)

    async def _hire_in_time(self) -> None:
        """Start the process that stands by when there is time, or when it is needed."""
        while self._free.empty() and not self._wanted:
            await asyncio.sleep(_LOOK)
        await self._hire(self._standby)

    async def _hire(self, place: asyncio.Queue[_Worker]) -> None:
        while not self._over:
            executor = processes(1)
            self._open.add(executor)
            try:
                process = await asyncio.wrap_future(executor.submit(self._ready))
            except (Died, NoWorkers):
                await self._dismiss(executor)
                await asyncio.sleep(_AGAIN)
            else:
                place.put_nowait(_Worker(executor, process))
                return

    async def _dismiss(self, executor: Executor) -> None:
        await asyncio.to_thread(_end, executor)
        self._open.discard(executor)

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _done(answer: Future[bytes]) -> bool:
    done, _ = await asyncio.wait({answer}, timeout=_LOOK)
    return bool(done)


def _end(executor: Executor) -> None:
    executor.shutdown(cancel_futures=True)
