"""Who reads the logs of a batch: processes of this machine, or a cluster; each an executor for `batch.check`."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pkgutil import resolve_name
from queue import Empty, SimpleQueue
from typing import Any

from curlx import __version__
from curlx.batch import Died, NoWorkers
from curlx.clock import prepare_process
from curlx.sources import reason_of


def cores() -> int:
    """Return how many processes of this machine can run at the same time."""
    if hasattr(os, "sched_getaffinity"):  # a container often has less than the machine
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Processes(Executor):
    """So many processes, each with a pipe of its own, and a thread here that gives it work and takes its answers.

    A process that dies closes its pipe, and so costs the work that it was at, and nothing else. (The pool of the
    standard library breaks as a whole, can lose a future that is submitted at that moment, and waits for ever for the
    other half of an answer: Python 3.11, `_ExecutorManagerThread.terminate_broken`, `wait_result_broken_or_wakeup`.)
    """

    def __init__(self, jobs: int) -> None:
        self._work: SimpleQueue[tuple[Future[Any], tuple[Any, ...]] | None] = SimpleQueue()
        self._over = self._given_up = False
        self._lock = threading.Lock()
        self._running: set[BaseProcess] = set()
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(jobs)]
        for thread in self._threads:
            thread.start()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        with self._lock:
            if self._over:
                raise RuntimeError("no work is taken any more")
            self._work.put((future, (function, arguments)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        with self._lock:
            self._over = True
            if cancel_futures:
                self._given_up = True
                with contextlib.suppress(Empty):
                    while work := self._work.get_nowait():
                        work[0].cancel()
                for process in self._running:
                    process.kill()
        for _ in self._threads:
            self._work.put(None)
        for thread in self._threads if wait else ():
            thread.join()

    def _serve(self) -> None:
        """Give work to one process, and to another when it has died."""
        if hasattr(signal, "pthread_sigmask"):
            from multiprocessing.resource_tracker import ensure_running

            # Ctrl-C at a terminal goes to all; it is the parent that stops the others, which start with this mask. (Who
            # starts the tracker has it lifted.)
            ensure_running()
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        process, pipe = None, None
        while work := self._work.get():
            future, call = work
            if not future.set_running_or_notify_cancel():
                continue
            try:
                if process is None or pipe is None:
                    process, pipe = self._start()
                pipe.send(call)
                answer, error = pipe.recv()
            except (EOFError, OSError):
                future.set_exception(Died(self._end(process, pipe)))
                process = pipe = None
            except BaseException as problem:  # it cannot be sent
                future.set_exception(problem)
            else:
                future.set_result(answer) if error is None else future.set_exception(error)
            del work, future, call
        self._end(process, pipe)

    def _start(self) -> tuple[BaseProcess, Connection]:
        # `spawn` everywhere: a fork would copy the threads' locks of whoever calls.
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_answer, args=(there,), daemon=True)
        with there, self._lock:
            if self._given_up:
                raise NoWorkers("the work was given up")
            try:
                process.start()
            except OSError as error:
                here.close()
                raise NoWorkers(f"cannot start a process: {reason_of('', error)}") from error
            self._running.add(process)
        return process, here

    def _end(self, process: BaseProcess | None, pipe: Connection | None) -> int | None:
        """Wait for a process whose pipe is closed, and return its exit code."""
        if process is None or pipe is None:
            return None
        pipe.close()
        process.join()
        with self._lock:
            self._running.discard(process)
        return process.exitcode


def _answer(pipe: Connection) -> None:
    """Do what comes through a pipe until it is closed: the whole life of a process."""
    prepare_process()
    with contextlib.suppress(EOFError, OSError):  # nobody asks, or nobody listens any more
        while True:
            function, arguments = pipe.recv()
            answer: tuple[Any, Exception | None]
            try:
                answer = (function(*arguments), None)
            except MemoryError as error:
                answer = (None, error)
            except Exception as error:
                answer = (None, RuntimeError(f"{type(error).__name__}: {error}"))
            pipe.send(answer)


def processes(jobs: int) -> Executor:
    """Return an executor of so many processes, which are started when they are needed."""
    return _Processes(jobs)


class _Cluster(Executor):
    """The executor of a Dask client, which lacks one word of the interface: `cancel_futures` (distributed 2026.8)."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor: Executor = client.get_executor()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        return self._executor.submit(function, *arguments, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._executor.shutdown(wait=wait and not cancel_futures)  # not to wait is to cancel
        self._client.close()


def cluster(address: str) -> tuple[Executor, int]:
    """Return an executor of a Dask cluster, and how many logs it can read at the same time; raises `NoWorkers`."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise NoWorkers(
            '--cluster needs the extra "cluster": in the folder with the source of curlx, pip install ".[cluster]"'
        ) from error
    logging.disable()  # distributed writes tracebacks about what is said here in a sentence
    try:
        client = distributed.Client(address, timeout=10, set_as_default=False)
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
    return _Cluster(client), threads
