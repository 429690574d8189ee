"""The pipeline over many logs, with any `concurrent.futures.Executor`: rows come back in the order of the logs.

The work goes out in chunks of places, and comes back as bytes. What is on its way is bounded, so memory does not depend
on the number of logs. A log costs at most itself: what cannot be read, takes too long, or ends the process that reads
it, becomes a row that says so.
"""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future, wait
from functools import partial
from itertools import chain
from typing import NamedTuple

import msgspec

from curlx.clock import Clock, TooLong, unwatch, watch
from curlx.pipeline import explain, explain_parts, explain_together
from curlx.redaction.file_names import hide_in_name
from curlx.renderers.as_json import line_of
from curlx.report import Report
from curlx.rows import Row, make_row, make_rows, unreadable
from curlx.sources import Unreadable
from curlx.sources.packed import IsArchive, members, read
from curlx.sources.places import Place

_CHUNK = 32
"""Logs that are sent at once: the way there and back costs as much as one log."""
_CHUNK_BYTES = 1 << 20
"""Bytes of logs that are sent at once, so that the answer is not too big; a single log may be bigger."""
_SMALL = 16 << 10
"""Bytes of a log that is explained together with others: most have 2 to 5 kB."""
_TOGETHER = 256 << 10
"""Bytes of all that are explained together."""
_AHEAD = 8
"""Chunks on their way for each process, so that one slow log at the head does not stop the others."""
_LOOK = 0.2
"""Seconds after which somebody who wants to stop is noticed."""
_TRIES = 2
"""Times that a log is tried alone: somebody may kill the process that reads an innocent one."""


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


class NoWorkers(Exception):
    """There is nobody to do the work; the message says why."""


class Died(Exception):
    """The process that did the work ended before it was done."""

    def __init__(self, code: int | None = None) -> None:
        """`code` is its exit code; below 0, the signal that ended it; None where that is not known."""
        super().__init__(code)
        self.code = code


def check(
    places: Iterable[Place],
    executor: Executor,
    settings: Settings | None = None,
    *,
    jobs: int = 1,
    skip: Callable[[Place], bool] = lambda _: False,
    stopped: Callable[[], bool] = lambda: False,
    task: Task | None = None,
) -> Generator[Row, None, None]:
    """Yield one row a log, in the order of the places; what an archive holds stands in its place.

    A log that holds many runs of curl has a row for each, unless the rows carry reports: there is one report a log.

    `executor` does `jobs` chunks at the same time. `skip` is asked for each log, also in archives; `stopped` is asked
    while waiting. `task` is `explain_all`, unless what happens around it is to be tried out. Raises `NoWorkers` when
    the executor cannot work any more.
    """
    yield from _Crew(executor, settings or Settings(), jobs, skip, stopped, task or explain_all).rows(places)


class _Work(NamedTuple):
    """Some places that were given to be read, and what is going to come of it."""

    chunk: list[Place]
    future: Future[bytes]


class _Crew:
    """An executor, and what it is asked for."""

    def __init__(
        self,
        executor: Executor,
        settings: Settings,
        jobs: int,
        skip: Callable[[Place], bool],
        stopped: Callable[[], bool],
        task: Task,
    ) -> None:
        self._executor = executor
        self._settings = settings
        self._jobs = jobs
        self._skip = skip
        self._stopped = stopped
        self._task = task

    def rows(self, places: Iterable[Place]) -> Iterator[Row]:
        waiting: deque[_Work] = deque()
        chunks = _chunks(place for place in map(self._named, places) if not self._skip(place))
        while not self._stopped():
            while len(waiting) < _AHEAD * self._jobs and (chunk := next(chunks, None)):
                waiting.append(self._give(chunk))
            if not waiting or not self._wait(waiting[0].future):
                return
            work = waiting.popleft()
            if _failure(work) is None:
                yield from self._told(work)
                continue
            for other in waiting:  # a cluster blames all that a worker was given for its death
                self._wait(other.future)
            for place in work.chunk:
                yield from self._alone(place)

    def _named(self, place: Place) -> Place:
        """Return a place whose name and problem can be shown."""
        if self._settings.show_secrets:
            return place
        return place._replace(name=hide_in_name(place.name), problem=hide_in_name(place.problem))

    def _alone(self, place: Place) -> Iterator[Row]:
        """Yield the row of a log that is read while nothing else is; blamed for a death only when it happens again."""
        error: BaseException | None = None
        for _ in range(_TRIES):
            work = self._give([place])
            if not self._wait(work.future):
                return
            error = _failure(work)
            if error is None:
                yield from self._told(work)
                return
            if _hung(error):
                break
        yield unreadable(place.name, self._blame(error))

    def _give(self, chunk: list[Place]) -> _Work:
        try:
            return _Work(chunk, self._executor.submit(self._task, chunk, self._settings))
        except RuntimeError as error:
            raise NoWorkers(f"nobody takes the work: {error}") from error

    def _wait(self, future: Future[bytes]) -> bool:
        """Wait for an answer; False when somebody wants to stop."""
        while not wait([future], timeout=_LOOK).done:
            if self._stopped():
                return False
        return True

    def _told(self, work: _Work) -> Iterator[Row]:
        for place, answer in zip(work.chunk, _DECODER.decode(work.future.result()), strict=True):
            if isinstance(answer, _Packed):
                yield from answer.rows()
            else:
                yield from self.rows(members(place)) if answer is None else answer

    def _blame(self, error: BaseException | None) -> str:
        if _hung(error):
            return _too_long(self._settings)
        code = error.code if isinstance(error, Died) else None
        how = "" if isinstance(error, Died) else f" ({type(error).__name__})"
        if code == -9:
            how = " (SIGKILL)"
        return f"the process that read it died, killed or out of memory{how}"


def _failure(work: _Work) -> BaseException | None:
    """Return what kept some work from being done; raises `NoWorkers` when that is no fault of the work."""
    if work.future.cancelled():
        raise NoWorkers("those who did the work have gone")
    error = work.future.exception()
    if isinstance(error, NoWorkers):
        raise error
    return error


def _hung(error: BaseException | None) -> bool:
    """Tell whether a process ended itself because a log took too long (`watch`)."""
    return isinstance(error, Died) and error.code == 1


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
_ROWS = msgspec.msgpack.Decoder(list[Row])


class _Packed(msgspec.Struct):
    """The rows of a log of many runs. They resemble one another: packed, they take a twentieth."""

    pieces: list[bytes] = []
    lines: int = 0
    size: int = 0

    def add(self, rows: list[Row]) -> None:
        self.pieces.append(zlib.compress(_ENCODER.encode(rows), 1))

    def rows(self) -> Iterator[Row]:
        for piece in self.pieces:
            for row in _ROWS.decode(zlib.decompress(piece)):
                yield msgspec.structs.replace(row, lines=self.lines, size=self.size)


_DECODER = msgspec.msgpack.Decoder(list[list[Row] | _Packed | None])


def explain_all(chunk: list[Place], settings: Settings) -> bytes:
    """Return the rows of some places, in their order, as bytes; None stands for an archive of logs."""
    try:
        together = {} if settings.hide else _together(chunk, settings)
        rows = [together.get(number) or _rows(place, settings) for number, place in enumerate(chunk)]
        return _ENCODER.encode(rows)
    finally:
        unwatch()


def _together(chunk: list[Place], settings: Settings) -> dict[int, list[Row]]:
    """Return the rows of the small logs of a chunk, by their number in it; the others are read alone, one by one.

    So is what cannot be read, and every log when reading them together fails: each is to fail for itself.
    """
    watch(settings.timeout)
    logs: dict[int, tuple[bytes, str]] = {}
    left = _TOGETHER
    try:
        for number, place in enumerate(chunk):
            data = _small(place, min(left, _SMALL))
            if data is not None:
                logs[number] = data, place.name
                left -= len(data)
        reports = explain_together(list(logs.values()), show_secrets=settings.show_secrets)
        found = zip(logs, reports, strict=True)
        return {number: _rows_of(report, chunk[number], settings) for number, report in found}
    except Exception:
        return {}


def _small(place: Place, most: int) -> bytes | None:
    """Return what is in a log of at most so many bytes; None for a bigger one, and for what is to be told of alone."""
    if not 0 < place.size <= most:
        return None
    pieces: list[bytes] = []
    try:
        for piece in read(place):
            pieces.append(piece)
            most -= len(piece)
            if most < 0:
                return None
    except (IsArchive, Unreadable):
        return None
    return b"".join(pieces)


def _rows(place: Place, settings: Settings) -> list[Row] | _Packed | None:
    clock = Clock(settings.timeout)
    name, show, hide = place.name, settings.show_secrets, settings.hide
    try:
        pieces = clock.passing(read(place))
        if settings.reports:
            return _rows_of(explain(pieces, source=name, show_secrets=show, hide=hide), place, settings)
        parts = explain_parts(pieces, source=name, show_secrets=show, hide=hide)
        return _rows_of_parts(parts, place, settings, clock)
    except IsArchive:
        return None
    except Unreadable as error:
        return [unreadable(place.name, error.message)]
    except TooLong:
        return [unreadable(place.name, _too_long(settings))]
    except MemoryError:
        return [unreadable(place.name, "there is not enough memory for it")]
    except Exception as error:  # curlx never raises on what a log says; if it does, the others are still worth reading
        return [unreadable(place.name, f"curlx failed on it, please report: {type(error).__name__}: {error}")]


def _rows_of_parts(parts: Iterator[Report], place: Place, settings: Settings, clock: Clock) -> list[Row] | _Packed:
    """Return the rows of a log that is explained in parts, each of which may take the time of a log."""
    part = next(parts)
    second = next(parts, None)
    if second is None:
        return _rows_of(part, place, settings)
    packed = _Packed()
    runs = calls = 0
    for part in chain((part, second), parts):  # noqa: B020 - the first is taken out again
        clock.start()
        rows = make_rows(part, modified=place.modified, after=runs, select=_selection(settings))
        packed.add(rows)
        runs += len(rows)
        calls += _shows_a_call(part)
    if not calls:
        return [make_row(_of_curl(part), modified=place.modified)]
    packed.lines, packed.size = part.source.lines, part.source.bytes
    return packed


def _rows_of(report: Report, place: Place, settings: Settings) -> list[Row]:
    report, select = _of_curl(report), _selection(settings)
    if settings.reports:
        report = select(report)
        return [make_row(report, modified=place.modified, document=line_of(report))]
    return make_rows(report, modified=place.modified, select=select)


def _of_curl(report: Report) -> Report:
    """Return the report of a log; of what shows no call of curl, among thousands of files, that it is none.

    A script or a page about curl holds commands, or words that a server's page could hold as well. Whoever asks for an
    explanation of such a text alone gets one (`explain`); found in a folder, it is no log. A command and, below it, an
    answer that tells of an error are a call, saved without `-v`.
    """
    if _shows_a_call(report):
        return report
    return msgspec.structs.replace(report, outcome="not-curl", findings=())


def _shows_a_call(report: Report) -> bool:
    calls = report.timeline.transfers
    if report.outcome == "failure" and any(call.command for call in calls):
        return True
    return any(call.connections or call.exchanges or call.complaints or call.exit for call in calls)


def _too_long(settings: Settings) -> str:
    return f"it takes longer than {settings.timeout:g} s"


def _selection(settings: Settings) -> Callable[[Report], Report]:
    return partial(_selected, settings=settings)


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
