"""What `curlx check` does: many logs in, one result out, and an exit code for all of them."""

from __future__ import annotations

import re
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from curlx import batch, workers
from curlx.console import FOUND, INTERRUPTED, NOTHING_WRONG, UNREADABLE, USAGE, FailOn, encoding, invite, look, say
from curlx.findings import at_least
from curlx.outputs import Done, NobodyReads, NotWritten, Output, left_over
from curlx.renderers.batch import GroupBy, render
from curlx.report import Report
from curlx.rows import Row, firsts, fold, make_row, make_rows
from curlx.sources import STANDARD_INPUT, reason_of
from curlx.sources.places import Place, is_address, places

_POLL = 2.0
"""Seconds between two looks at a folder that is watched."""
_SETTLED = 1.0
"""Seconds for which a file must not have been written to before it is read while watching."""
_LONGEST = 1_000_000
"""Seconds that a log may be given."""
_AGO = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Wish(NamedTuple):
    """Everything that can be asked of `curlx check`, as on the command line."""

    paths: tuple[str, ...]
    format: str = "table"
    jobs: int = 0
    """0: one for each core."""
    fail_on: FailOn = "error"
    each: bool = False
    group_by: GroupBy = "code"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: str | None = None
    since: str | None = None
    fold: bool = False
    output: str | None = None
    timeout: float = 60.0
    resume: bool = False
    cluster: str | None = None
    watch: bool = False
    show_secrets: bool = False
    hide: tuple[str, ...] = ()


class _Usage(Exception):
    """What was asked for cannot be done; the message says why."""


class _Tally:
    """What came of the logs, for the exit code and the last word."""

    def __init__(self, fail_on: FailOn) -> None:
        self._fail_on = fail_on
        self.logs = self.rows = 0
        self.from_curl = 0
        self.unreadable = 0
        self.bad = 0

    def add(self, outcome: str, severity: str | None, run: int = 0) -> None:
        self.rows += 1
        self.logs += run <= 1
        self.from_curl += outcome not in ("not-curl", "unreadable")
        self.unreadable += outcome == "unreadable"
        self.bad += outcome != "not-curl" and at_least(severity, self._fail_on)

    def counted(self) -> str:
        """Return how many logs there were, and runs in them, in words."""
        logs = f"{self.logs} log{'' if self.logs == 1 else 's'}"
        return logs if self.rows == self.logs else f"{self.rows} runs in {logs}"

    def exit_code(self) -> int:
        """Return 1 for something found, else 3 for something that could not be read, or no log at all."""
        if self.bad:
            return FOUND
        return UNREADABLE if self.unreadable or not self.from_curl else NOTHING_WRONG


class _Sieve:
    """Lets through what is new: not older than `since`, and not among the stories of the baseline; counts the rest."""

    def __init__(self, wish: Wish, tally: _Tally) -> None:
        self._since = wish.since or ""
        self._known = _stories(wish.baseline) if wish.baseline else frozenset()
        self._tally = tally
        self.older = 0
        self.known = 0

    def __call__(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            # A log that does not tell its time may be a new one.
            older = bool(row.seen) and row.seen < self._since
            known = not older and (row.story, row.code) in self._known
            self.older += older
            self.known += known
            new = not (older or known)
            self._tally.add(row.outcome, row.severity if new else None, row.run)
            if new:
                yield row


def check(wish: Wish) -> int:
    """Check many logs, write the result and return the exit code."""
    try:
        wish = _sane(wish)
        if STANDARD_INPUT in wish.paths:
            invite("type the names of logs, a line each")
        with _interruptible() as stopped:
            return (_watch if wish.watch else _once)(wish, stopped)
    except (_Usage, NotWritten, batch.NoWorkers) as problem:
        say(str(problem))
        return USAGE
    except NobodyReads:
        return NOTHING_WRONG


def _sane(wish: Wish) -> Wish:
    """Return the wish with what was left open filled in; raises `_Usage` for what does not go together."""
    if wish.resume and (wish.format != "jsonl" or wish.output in (None, STANDARD_INPUT)):
        raise _Usage("--resume needs --format jsonl and --output: it goes on with that file")
    if wish.resume and wish.fold:
        raise _Usage("--resume and --fold do not go together: the file does not say which logs were left out")
    if wish.watch and (wish.format not in ("table", "jsonl") or wish.output or STANDARD_INPUT in wish.paths):
        raise _Usage("--watch looks at files and folders, and writes lines (table or jsonl) to standard output")
    if not wish.timeout < _LONGEST:  # nor is "nan" a number of seconds
        raise _Usage(f"--timeout takes seconds, fewer than {_LONGEST}")
    if wish.select or wish.ignore:
        from curlx.diagnoses import known

        for code in (*wish.select, *wish.ignore):
            if not any(batch.of_family(one, (code,)) for one in known()):
                raise _Usage(f"there is no diagnosis or family of them called {code!r}; `curlx why` lists them all")
    since = _moment(wish.since) if wish.since else None
    return wish._replace(jobs=wish.jobs or workers.cores(), since=since)


def _moment(text: str) -> str:
    """Return a time as rows have it: a date, a time (ISO 8601; local without a zone), or so long ago (`36h`, `7d`)."""
    try:
        ago = re.fullmatch(r"(\d{1,6})([mhdw])", text)
        if ago:
            moment = datetime.now(UTC) - timedelta(**{_AGO[ago[2]]: int(ago[1])})
        else:
            moment = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise _Usage(
            f"--since takes a date (2026-11-23, 2026-11-23T08:00Z) or an age (90m, 36h, 7d), not {text!r}"
        ) from error
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _stories(baseline: str) -> frozenset[tuple[str, str]]:
    """Return the stories, and the codes of their verdicts, of an earlier run's jsonl."""
    decoder = msgspec.json.Decoder(Report)
    stories: set[tuple[str, str]] = set()
    try:
        with open(baseline, "rb") as file:
            for line in file:
                if msgspec.json.decode(line, type=Done).outcome not in ("unreadable", "not-curl"):
                    report = decoder.decode(line)
                    stories.update((row.story, row.code) for row in (make_row(report), *make_rows(report)))
    except msgspec.MsgspecError as error:
        raise _Usage(f"{baseline} was not written by curlx check --format jsonl: {error}") from error
    except OSError as error:
        raise _Usage(f"cannot read {baseline}: {reason_of('', error)}") from error
    return frozenset(stories)


# --- once -------------------------------------------------------------------------------------------------------------


def _once(wish: Wish, stopped: Callable[[], bool]) -> int:
    tally = _Tally(wish.fail_on)
    sieve = _Sieve(wish, tally)
    done = _done(wish, tally)
    streams = wish.format == "jsonl" or (wish.format == "table" and wish.each)
    finished = False
    with _executor(wish) as (executor, jobs):
        output = Output(wish.output, encoding=_encoding(wish), resume=wish.resume)
        try:
            rows = batch.check(places(wish.paths), executor, _settings(wish), jobs=jobs, skip=done, stopped=stopped)
            with _progress(wish, streams or wish.format in ("csv", "sarif")) as watched:
                new = sieve(watched(rows))
                if wish.fold:
                    new = firsts(new) if streams else fold(new)
                for text in render(new, wish.format, **_look(wish)):
                    output.write(text)
            if not stopped() or not wish.output:
                output.finish()
                finished = True
        except batch.NoWorkers as error:
            raise batch.NoWorkers(f"{error}{_goes_on(wish)}") from error
        finally:
            if not finished:
                output.give_up(keep=wish.format == "jsonl")
    if stopped():
        say(f"stopped: {tally.counted()} checked{_goes_on(wish)}")
        return INTERRUPTED
    if not tally.logs:
        say("there is nothing to check")
    elif sieve.older or sieve.known:
        say(f"of {tally.counted()} {sieve.older} were left out as older, {sieve.known} as known")
    return tally.exit_code()


def _goes_on(wish: Wish) -> str:
    return "; --resume goes on from here" if wish.format == "jsonl" and wish.output else ""


def _done(wish: Wish, tally: _Tally) -> Callable[[Place], bool]:
    """Return what tells whether an interrupted run has written a log already; a name counts as often as it is there."""
    written: Counter[str] = Counter()
    for line in left_over(wish.output or "") if wish.resume else ():
        written[line.source.name] += 1
        tally.add(line.outcome, line.findings[0].severity if line.findings else None)

    def skip(place: Place) -> bool:
        if not written[place.name]:
            return False
        written[place.name] -= 1
        return True

    return skip if written else lambda _: False


@contextmanager
def _executor(wish: Wish) -> Iterator[tuple[Executor, int]]:
    """Give who does the work, and how many logs at the same time; in the end, what is still under way is given up."""
    executor, jobs = workers.cluster(wish.cluster) if wish.cluster else (workers.processes(wish.jobs), wish.jobs)
    try:
        yield executor, jobs
    finally:
        executor.shutdown(cancel_futures=True)


def _settings(wish: Wish) -> batch.Settings:
    return batch.Settings(wish.select, wish.ignore, wish.format == "jsonl", wish.timeout, wish.show_secrets, wish.hide)


def _encoding(wish: Wish) -> str:
    return encoding() if wish.format == "table" and not wish.output else "utf-8"


def _look(wish: Wish) -> dict[str, object]:
    """Return what the format can be told."""
    if wish.format == "table":
        color, width, unicode = look() if not wish.output else (False, 100, True)
        return {"color": color, "width": width, "unicode": unicode, "group_by": wish.group_by, "each": wish.each}
    told: dict[str, dict[str, object]] = {"junit": {"fail_on": wish.fail_on}, "sarif": {"page_of": _page}}
    return told.get(wish.format, {})


def _page(code: str) -> str:
    from curlx.diagnoses import known

    entry = known().get(code)
    return f"{entry.diagnosis.title}\n\n{entry.page.strip()}" if entry else ""


# --- again and again --------------------------------------------------------------------------------------------------


def _watch(wish: Wish, stopped: Callable[[], bool]) -> int:
    """Look again and again, and read what is new or has changed; a file that is being written to is left to settle."""
    tally = _Tally(wish.fail_on)
    sieve = _Sieve(wish, tally)
    output = Output(None, encoding=_encoding(wish))
    seen: dict[str, tuple[int, float | None, str]] = {}

    def is_new(place: Place) -> bool:
        state = (place.size, place.modified, place.problem)
        settled = place.modified is None or time.time() - place.modified > _SETTLED
        if not settled or seen.get(place.where) == state:
            return False
        seen[place.where] = state
        return True

    wish = wish._replace(each=True)
    with _executor(wish) as (executor, jobs):
        while not stopped():
            arrived = filter(is_new, places(wish.paths))
            new = sieve(batch.check(arrived, executor, _settings(wish), jobs=jobs, stopped=stopped))
            for text in render(firsts(new) if wish.fold else new, wish.format, **_look(wish)):
                output.write(text)
                output.flush()
            end = time.monotonic() + _POLL
            while not stopped() and time.monotonic() < end:
                time.sleep(0.1)
    say(f"stopped: {tally.counted()} checked, {tally.bad} with something found")
    return INTERRUPTED


# --- at the terminal --------------------------------------------------------------------------------------------------


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Give a function that tells whether Ctrl-C was pressed; pressed again, it ends the program at once."""
    pressed: list[int] = []

    def press(number: int, _frame: object) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _progress(wish: Wish, streams: bool) -> Iterator[Callable[[Iterable[Row]], Iterable[Row]]]:
    """Show a bar on standard error while rows pass by, where that is a terminal and not full of the rows themselves."""
    if not sys.stderr.isatty() or (streams and not wish.output and sys.stdout.isatty()):
        yield lambda rows: rows
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    bad = TextColumn("{task.fields[bad]}")
    columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), bad, TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=None, bad="")

        def count() -> None:
            progress.update(bar, total=sum(1 for _ in places(wish.paths)))

        if not any(where == STANDARD_INPUT or is_address(where) for where in wish.paths):
            threading.Thread(target=count, daemon=True).start()

        def watched(rows: Iterable[Row]) -> Iterator[Row]:
            bad = 0
            for row in rows:
                bad += row.severity == "error"
                progress.update(bar, advance=row.run <= 1, bad=f"{bad} with an error" if bad else "")
                yield row
            progress.stop()  # what is written now begins on a line of its own

        yield watched
