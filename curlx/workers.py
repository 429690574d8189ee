"""Who reads the logs of a batch: processes of this machine, or a cluster; each an executor for `batch.check`."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from pkgutil import resolve_name
from typing import Any

from curlx import __version__
from curlx.batch import prepare_process

_LAST = 5.0
"""Seconds for which a process that was killed is waited for."""


class NoWorkers(Exception):
    """There is nobody to do the work; the message says why."""


def cores() -> int:
    """Return how many processes of this machine can run at the same time."""
    if hasattr(os, "sched_getaffinity"):  # a container often has less than the machine
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start processes that do not get Ctrl-C, which a terminal sends to all: it is the parent that stops them."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows: `prepare_process` does what it can
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Processes(ProcessPoolExecutor):
    """A pool whose processes end at once when their work is not wanted, and that does not hang if one is killed.

    A process that dies while it writes an answer leaves half of it in the pipe, and the pipe locked. The pool (Python
    3.11, `_ExecutorManagerThread.wait_result_broken_or_wakeup`) then waits for the other half for ever.
    """

    def __init__(self, jobs: int) -> None:
        # `spawn` everywhere: a fork would copy the threads' locks of whoever calls.
        context = multiprocessing.get_context("spawn")
        super().__init__(jobs, mp_context=context, initializer=prepare_process)
        self._over = threading.Event()
        threading.Thread(target=self._look_after, daemon=True).start()

    def submit(self, *arguments: Any, **named: Any) -> Future[Any]:
        with _interrupts_held():
            return super().submit(*arguments, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._over.set()
        if cancel_futures:
            self._end_processes()
        super().shutdown(wait, cancel_futures=cancel_futures)

    def _look_after(self) -> None:
        dead_before = False
        while not self._over.wait(1.0):
            dead = bool(wait([process.sentinel for process in self._started()], timeout=0))
            if dead and dead_before and not self._broken:
                self._end_processes()
                return
            dead_before = dead

    def _started(self) -> list[Any]:
        return [*(self._processes or {}).values()]

    def _end_processes(self) -> None:
        started = self._started()
        for process in started:
            process.kill()
        wait_for = time.monotonic() + _LAST
        for process in started:
            wait([process.sentinel], timeout=max(0.0, wait_for - time.monotonic()))
        # Now that nobody can write, the other half of an answer is known not to come.
        queue: Any = self._result_queue
        if queue is not None:
            queue._writer.close()


def processes(jobs: int) -> Callable[[], Executor]:
    """Return what makes an executor of so many processes."""
    most = min(jobs, 61) if os.name == "nt" else jobs  # what Windows can wait for at once
    return lambda: _Processes(most)


class _Cluster(Executor):
    """The executor of a Dask client, which lacks one word of the interface: `cancel_futures` (distributed 2026.8)."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def submit(self, *arguments: Any, **named: Any) -> Future[Any]:
        return self._executor.submit(*arguments, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._executor.shutdown(wait=wait and not cancel_futures)  # not to wait is to cancel


def cluster(address: str) -> tuple[Callable[[], Executor], int]:
    """Return what makes an executor of a Dask cluster, and how many logs it can read at the same time."""
    try:
        from distributed import Client  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError as error:
        raise NoWorkers('--cluster needs the extra "cluster": pip install "curlx[cluster]"') from error
    try:
        client = Client(address, timeout=10, set_as_default=False)
    except Exception as error:  # OSError, TimeoutError, ValueError, and those of its own
        raise NoWorkers(f"cannot reach the cluster {address}: {error}") from error
    threads = sum(client.nthreads().values())
    if not threads:
        raise NoWorkers(f"the cluster {address} has no workers")
    try:
        # Without curlx the workers would not say a word: what they cannot load they do not answer (distributed 2026.8).
        versions = set(client.run(resolve_name, "curlx:__version__").values())
    except Exception as error:
        raise NoWorkers(f"the workers of the cluster {address} cannot load curlx: {error}") from error
    if versions != {__version__}:
        found = ", ".join(sorted(versions))
        raise NoWorkers(f"the workers of the cluster {address} have curlx {found}, this is {__version__}")
    return lambda: _Cluster(client.get_executor()), threads
