"""Who reads the logs of a batch: processes of this machine, or a cluster; each an executor for `batch.check`."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from curlx.batch import prepare_process


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
    """A pool whose processes end at once when their work is not wanted any more, whatever they are doing."""

    def submit(self, *arguments: Any, **named: Any) -> Future[Any]:
        with _interrupts_held():
            return super().submit(*arguments, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures:
            for process in [*(self._processes or {}).values()]:  # from Python 3.14 on there is `terminate_workers`
                process.terminate()
        super().shutdown(wait, cancel_futures=cancel_futures)


def processes(jobs: int) -> Callable[[], Executor]:
    """Return what makes an executor of so many processes."""
    # `spawn` everywhere: a fork would copy the threads' locks of whoever calls.
    context = multiprocessing.get_context("spawn")
    most = min(jobs, 61) if os.name == "nt" else jobs  # what Windows can wait for at once
    return lambda: _Processes(most, mp_context=context, initializer=prepare_process)


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
        threads = sum(client.nthreads().values())
    except Exception as error:  # OSError, TimeoutError, ValueError, and those of its own
        raise NoWorkers(f"cannot reach the cluster {address}: {error}") from error
    if not threads:
        raise NoWorkers(f"the cluster {address} has no workers")
    return lambda: _Cluster(client.get_executor()), threads
