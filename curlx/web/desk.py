"""Who explains what comes in: a few processes that are ready, one log at a time each, with a time limit.

A log that turns out slow is put aside: its process goes on with the lowest priority, and one that stood by takes its
place at the desk. So a log that is made to be slow costs the others less than a second.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from asyncio import Future
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from types import TracebackType
from typing import NamedTuple, Self

from curlx.batch import Died, NoWorkers
from curlx.workers import processes

_PATIENCE = 0.7
"""Seconds after which a log is slow; one of a megabyte takes about that."""
_AGAIN = 1.0
"""Seconds after which it is tried again to start a process."""
_LOWEST = 19
"""Priority, as `nice` counts."""


class TooSlow(Exception):
    """A log takes more time than it may."""


class _Worker(NamedTuple):
    """A process that is ready, and how to give it work and to end it."""

    executor: Executor
    process: int


class Desk:
    """So many processes at the desk, one that stands by, and at most as many again that are busy with slow logs.

    `ready` is what a process does first; it returns the number of the process. Used with `async with`.
    """

    def __init__(self, jobs: int, seconds: float, ready: Callable[[], int] = os.getpid) -> None:
        """`seconds` is the time that one piece of work may take."""
        self._jobs = jobs
        self._seconds = seconds
        self._ready = ready
        self._free: asyncio.Queue[_Worker] = asyncio.Queue()
        self._standby: asyncio.Queue[_Worker] = asyncio.Queue()
        self._aside = 0
        self._open: set[Executor] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._over = False

    async def __aenter__(self) -> Self:
        """Begin to start the processes; who comes before they are ready waits."""
        for _ in range(self._jobs):
            self._later(self._hire(self._free))
        self._later(self._hire(self._standby))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all processes, whatever they are at."""
        self._over = True  # who gives up now must not make a new process start
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*(asyncio.to_thread(_end, executor) for executor in self._open))

    async def do(self, work: Callable[..., bytes], *arguments: object) -> bytes:
        """Have a piece of work done by the next process that is free.

        Raises `TooSlow`, and `Died` when the process ended.
        """
        worker = await self._free.get()
        began = time.monotonic()
        answer: Future[bytes] = asyncio.wrap_future(worker.executor.submit(work, *arguments))
        aside = finished = False
        try:
            if not await _done(answer, min(_PATIENCE, self._seconds)):
                aside = self._put_aside(worker)
                if not await _done(answer, began + self._seconds - time.monotonic()):
                    raise TooSlow
            result = await answer
            finished = True
            return result
        finally:
            self._aside -= aside
            if finished and not aside:
                self._free.put_nowait(worker)
            else:
                answer.cancel()
                self._later(self._dismiss(worker.executor))
                if not aside:
                    self._replace()

    def _put_aside(self, worker: _Worker) -> bool:
        """Let another process take the place of one with a slow log; not when too many are aside already."""
        if self._aside >= self._jobs:
            return False
        self._aside += 1
        if hasattr(os, "setpriority"):  # not on Windows
            with contextlib.suppress(OSError):  # it has ended
                os.setpriority(os.PRIO_PROCESS, worker.process, _LOWEST)
        self._replace()
        return True

    def _replace(self) -> None:
        """Put the process that stands by at the desk, and start the next one."""
        if self._standby.empty():
            self._later(self._hire(self._free))
        else:
            self._free.put_nowait(self._standby.get_nowait())
            self._later(self._hire(self._standby))

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


async def _done(answer: Future[bytes], seconds: float) -> bool:
    done, _ = await asyncio.wait({answer}, timeout=max(0.0, seconds))
    return bool(done)


def _end(executor: Executor) -> None:
    executor.shutdown(cancel_futures=True)
