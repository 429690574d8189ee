"""Who reads the logs of a batch: processes of this machine, or a cluster; each an executor for `batch.check`."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import cast

from curlx.batch import prepare_process


class NoWorkers(Exception):
    """There is nobody to do the work; the message says why."""


def cores() -> int:
    """Return how many processes of this machine can run at the same time."""
    if hasattr(os, "sched_getaffinity"):  # a container often has less than the machine
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processes(jobs: int) -> Callable[[], Executor]:
    """Return what makes an executor of so many processes."""
    # `spawn` everywhere: a fork would copy the threads' locks of whoever calls.
    context = multiprocessing.get_context("spawn")
    most = min(jobs, 61) if os.name == "nt" else jobs  # what Windows can wait for at once
    return lambda: ProcessPoolExecutor(most, mp_context=context, initializer=prepare_process)


def end_processes() -> None:
    """End the processes of this program now, whatever they do; nobody waits for what they would say."""
    for child in multiprocessing.active_children():
        child.terminate()


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
    return lambda: cast("Executor", client.get_executor()), threads
