"""The pipeline over many logs, with any `concurrent.futures.Executor`: rows come back in the order of the logs.

The work goes out in chunks of places, and comes back as bytes. What is on its way is bounded, so memory does not depend
on the number of logs. A log costs at most itself: what cannot be read, takes too long, or ends the process that reads
it, becomes a row that says so.
"""

from __future__ import annotations

import faulthandler
import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future, wait
from typing import NamedTuple

import msgspec

from curlx.pipeline import explain
from curlx.renderers.as_json import line_of
from curlx.report import Report
from curlx.rows import Row, make_row, unreadable
from curlx.sources import Unreadable
from curlx.sources.packed import IsArchive, members, read
from curlx.sources.places import Place

_CHUNK = 32
"""Logs that are sent at once: the way there and back costs as much as one log."""
_CHUNK_BYTES = 1 << 20
"""Bytes of logs that are sent at once, so that the answer is not too big; a single log may be bigger."""
_AHEAD = 8
"""Chunks on their way for each process, so that one slow log at the head does not stop the others."""
_LOOK = 0.2
"""Seconds after which somebody who wants to stop is noticed."""


class Settings(NamedTuple):
    """What a worker has to know besides the places."""

    select: tuple[str, ...] = ()
    """Codes, or families of codes, of the findings to keep; none means all."""
    ignore: tuple[str, ...] = ()
    reports: bool = False
    """Whether the rows carry the whole reports."""
    timeout: float = 60.0
    """Seconds that one log may take."""
    show_secrets: bool = False
    hide: tuple[str, ...] = ()
    """Who is hidden besides secrets: `hosts`, `addresses`, `names`."""


Task = Callable[[list[Place], Settings], bytes]


def check(
    places: Iterable[Place],
    make_executor: Callable[[], Executor],
    settings: Settings | None = None,
    *,
    jobs: int = 1,
    skip: Callable[[Place], bool] = lambda _: False,
    stopped: Callable[[], bool] = lambda: False,
    task: Task | None = None,
) -> Generator[Row, None, None]:
    """Yield one row a log, in the order of the places; what an archive holds stands in its place.

    `make_executor` is asked for another executor when one breaks. `skip` is asked for each log, also in archives;
    `stopped` is asked while waiting. `task` is `explain_all`, unless what happens around it is to be tried out.
    """
    crew = _Crew(make_executor, settings or Settings(), jobs, skip, stopped, task or explain_all)
    try:
        yield from crew.rows(places)
    finally:
        crew.end()


class _Work:
    """A chunk of places, who works on it, and its rows once they are known."""

    def __init__(self, chunk: list[Place], executor: Executor, future: Future[bytes] | None) -> None:
        self.chunk = chunk
        self.executor = executor
        self.future = future
        self.rows: list[Row | None] | None = None

    def lost(self, executor: Executor) -> bool:
        """Tell whether no answer will come, where `executor` is the one at work now."""
        if self.rows is not None:
            return False
        if self.future is None or self.future.cancelled():
            return True
        if not self.future.done():
            return self.executor is not executor
        return self.future.exception() is not None


class _Crew:
    """An executor, renewed when it breaks, and what is on its way."""

    def __init__(
        self,
        make_executor: Callable[[], Executor],
        settings: Settings,
        jobs: int,
        skip: Callable[[Place], bool],
        stopped: Callable[[], bool],
        task: Task,
    ) -> None:
        self._make_executor = make_executor
        self._executor = make_executor()
        self._settings = settings
        self._jobs = jobs
        self._skip = skip
        self._stopped = stopped
        self._task = task

    def rows(self, places: Iterable[Place]) -> Iterator[Row]:
        waiting: deque[_Work] = deque()
        chunks = _chunks(place for place in places if not self._skip(place))
        while not self._stopped():
            while len(waiting) < _AHEAD * self._jobs and (chunk := next(chunks, None)):
                waiting.append(_Work(chunk, self._executor, self._submit(chunk)))
            if not waiting:
                return
            rows = self._rows_of(waiting)
            for place, row in zip(waiting.popleft().chunk, rows, strict=True):
                if self._stopped():  # rows that were given up are not shown as if they were right
                    return
                if row is None:
                    yield from self.rows(members(place))
                else:
                    yield row

    def end(self) -> None:
        self._executor.shutdown(cancel_futures=True)

    def _rows_of(self, waiting: deque[_Work]) -> list[Row | None]:
        """Return the rows of the first work, one a place, None for an archive; any rows when somebody stopped it."""
        first = waiting[0]
        if first.future is not None and not first.lost(self._executor):
            self._wait(first.future)
        if first.lost(self._executor):
            self._recover(waiting)
        if first.rows is None and first.future is not None and first.future.done():
            first.rows = _DECODER.decode(first.future.result())
        return first.rows or [None for _ in first.chunk]

    def _recover(self, waiting: deque[_Work]) -> None:
        """After a process died: find out which log did it, by trying what may have been at work one by one, alone.

        Executors start work in the order in which it was given, so only so much can have been at work; the rest, which
        died with the pool, is given out again.
        """
        self._renew()
        lost = [one for one in waiting if one.lost(self._executor)]
        suspects = lost[: 2 * self._jobs + 2]
        for work in suspects:
            work.rows = [self._alone(place) for place in work.chunk]
        for work in lost[len(suspects) :]:
            work.executor, work.future = self._executor, self._submit(work.chunk)

    def _alone(self, place: Place) -> Row | None:
        """Return the row of a log that is read while nothing else is; blamed for a death only when it happens again."""
        for _ in range(2):
            started = time.monotonic()
            future = self._submit([place])
            if future is None:
                error: BaseException | None = None
            elif not self._wait(future):
                return unreadable(place.name, "stopped")  # nobody is going to see it
            else:
                error = future.exception()
                if error is None:
                    return _DECODER.decode(future.result())[0]
            self._renew()
            if time.monotonic() - started > self._settings.timeout:
                return unreadable(place.name, _too_long(self._settings))
        reason = f" ({type(error).__name__})" if error else ""
        return unreadable(place.name, f"the process that read it died, killed or out of memory{reason}")

    def _wait(self, future: Future[bytes]) -> bool:
        """Wait for an answer; False when somebody wants to stop."""
        while not wait([future], timeout=_LOOK).done:
            if self._stopped():
                return False
        return True

    def _submit(self, chunk: list[Place]) -> Future[bytes] | None:
        try:
            return self._executor.submit(self._task, chunk, self._settings)
        except RuntimeError:  # BrokenExecutor is one: it broke since the last answer
            return None

    def _renew(self) -> None:
        self.end()
        self._executor = self._make_executor()


def _chunks(places: Iterable[Place]) -> Iterator[list[Place]]:
    chunk: list[Place] = []
    size = 0
    for place in places:
        if chunk and (len(chunk) == _CHUNK or size + place.size > _CHUNK_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(place)
        size += place.size
    if chunk:
        yield chunk


# --- in the worker ----------------------------------------------------------------------------------------------------

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[Row | None])


class _TooLong(Exception):
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


def _watch(seconds: float) -> None:
    """Have the process killed in twice the time that a log may take; faulthandler needs no Python code for that."""
    if _Watch.on and time.monotonic() - _Watch.since > seconds / 2:
        _Watch.since = time.monotonic()
        faulthandler.dump_traceback_later(2 * seconds, exit=True, file=_Watch.nowhere)


def _unwatch() -> None:
    if _Watch.on:
        faulthandler.cancel_dump_traceback_later()
        _Watch.since = 0.0


def explain_all(chunk: list[Place], settings: Settings) -> bytes:
    """Return the rows of some places, one each in their order, as bytes; None stands for an archive of logs."""
    try:
        return _ENCODER.encode([_row(place, settings) for place in chunk])
    finally:
        _unwatch()


def _row(place: Place, settings: Settings) -> Row | None:
    _watch(settings.timeout)
    try:
        report = explain(
            _in_time(read(place), settings.timeout),
            source=place.name,
            show_secrets=settings.show_secrets,
            hide=settings.hide,
        )
        report = _selected(report, settings)
        return make_row(report, modified=place.modified, document=line_of(report) if settings.reports else "")
    except IsArchive:
        return None
    except Unreadable as error:
        return unreadable(place.name, error.message)
    except _TooLong:
        return unreadable(place.name, _too_long(settings))
    except MemoryError:
        return unreadable(place.name, "there is not enough memory for it")
    except (
        Exception
    ) as error:  # curlx never raises on what a log says; if it does, the other logs are still worth reading
        return unreadable(place.name, f"curlx failed on it, please report: {type(error).__name__}: {error}")


def _in_time(pieces: Iterator[bytes], seconds: float) -> Iterator[bytes]:
    end = time.monotonic() + seconds
    for piece in pieces:
        if time.monotonic() > end:
            raise _TooLong
        yield piece


def _too_long(settings: Settings) -> str:
    return f"it takes longer than {settings.timeout:g} s"


def _selected(report: Report, settings: Settings) -> Report:
    """Keep the findings that are wanted; what became of the call does not depend on it."""
    if not (settings.select or settings.ignore):
        return report
    kept = tuple(
        one
        for one in report.findings
        if (not settings.select or of_family(one.code, settings.select)) and not of_family(one.code, settings.ignore)
    )
    return msgspec.structs.replace(report, findings=kept)


def of_family(code: str, families: tuple[str, ...]) -> bool:
    """Tell whether a code is one of these, or of a family among them: `http` and `http-` stand for `http-not-found`."""
    return any(code == one or code.startswith(one.removesuffix("-") + "-") for one in families)
