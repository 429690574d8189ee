"""bytes -> lines -> events -> timeline -> findings -> report: the whole program as one expression."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from curlx.assembler import assemble, assemble_parts
from curlx.assembler.strangers import unless_strange
from curlx.client_files import ClientFiles
from curlx.diagnoses import diagnose
from curlx.lines import Line, Lines, split
from curlx.reader import read
from curlx.redaction import MASK, Redactor
from curlx.redaction.file_names import hide_in_name
from curlx.report import Report, make_report
from curlx.timeline import Timeline

if TYPE_CHECKING:
    from curlx.comparison import Comparison
    from curlx.redaction.identities import Identities

Log: TypeAlias = bytes | str | Iterable[bytes]


def explain(
    data: Log,
    *,
    source: str = "",
    show_secrets: bool = False,
    hide: Collection[str] = (),
    client_files: ClientFiles | None = None,
) -> Report:
    """Explain one log.

    `data` is the log: bytes as curl wrote or somebody saved them, text, or an iterable of byte chunks of any size (the
    result is the same however they are cut). `source` names it in the report. Secrets are hidden unless `show_secrets`.
    `hide` can be `hosts`, `addresses` and `names`: others stand in their place; the verdict is the same.
    `client_files` are the files given to curl, as `client_files.reading` reads them: they are held against the log.
    Never raises for what the log holds.
    """
    lines, redactor = split(_chunks(data)), Redactor(show=show_secrets)
    hidden = map(redactor.hide, lines)
    if not hide:
        return _report(lines, hidden, redactor, source, client_files)
    from curlx.redaction.identities import Identities  # few ask for it

    identities = Identities(hide)
    report = _report(lines, _learned(hidden, identities), redactor, source, client_files)
    return msgspec.convert(identities.hide_all(msgspec.to_builtins(report)), Report)


def explain_parts(
    data: Log, *, source: str = "", show_secrets: bool = False, hide: Collection[str] = ()
) -> Iterator[Report]:
    """Explain one log that may hold any number of runs of curl, some hundred at once.

    Yields reports of whole runs, one after the other; the last one knows how many lines and bytes the log has. A log of
    less than a thousand transfers has one, which is that of `explain`.
    """
    lines, redactor = split(_chunks(data)), Redactor(show=show_secrets)
    hidden: Iterable[Line] = map(redactor.hide, lines)
    source = _named(source, redactor)
    if not hide:
        for timeline in assemble_parts(read(hidden), secrets=redactor.secrets):
            yield _reported(timeline, lines, source)
        return
    from curlx.redaction.identities import Identities  # few ask for it

    identities = Identities(hide)
    for timeline in assemble_parts(read(_learned(hidden, identities)), secrets=redactor.secrets):
        report = _reported(timeline, lines, source)
        yield msgspec.convert(identities.hide_all(msgspec.to_builtins(report)), Report)


def explain_together(logs: Sequence[tuple[bytes, str]], *, show_secrets: bool = False) -> list[Report]:
    """Explain several small logs, each given with its name in the report; the answers are those of `explain`.

    They go through the stages side by side: the code of one stage stays in the processor's cache, which saves a quarter
    of the time (`tests/benchmark_batch.py`). What is on its way is held in memory, some two hundred times the logs.
    """
    begun = [(split((data,)), Redactor(show=show_secrets)) for data, _ in logs]
    whole = [list(lines) for lines, _ in begun]
    hidden = [list(map(redactor.hide, each)) for (_, redactor), each in zip(begun, whole, strict=True)]
    events = [list(read(each)) for each in hidden]
    told = [assemble(each, secrets=redactor.secrets) for (_, redactor), each in zip(begun, events, strict=True)]
    names = [_named(source, redactor) for (_, source), (_, redactor) in zip(logs, begun, strict=True)]
    timelines = [_complete(told, lines, name) for (lines, _), told, name in zip(begun, told, names, strict=True)]
    found = [diagnose(timeline) for timeline in timelines]
    reports = [make_report(*each) for each in zip(timelines, found, names, strict=True)]
    return [_with_plain_numbers(report, lines) for report, (lines, _) in zip(reports, begun, strict=True)]


def compare(good: Log, bad: Log, *, sources: tuple[str, str] = ("", ""), show_secrets: bool = False) -> Comparison:
    """Compare the log of a call that works with that of one that does not; each is given as to `explain`.

    Both are read with one numbering of secrets: equal values have equal placeholders in both, different ones do not. A
    placeholder that a log came with is of another numbering: then hidden values are not comparable.
    """
    from curlx import comparison  # only this way needs it

    redactor: Redactor | None = None
    reports: list[Report] = []
    foreign = False
    for data, source in zip((good, bad), sources, strict=True):
        lines, redactor = split(_chunks(data)), Redactor(show=show_secrets, after=redactor)
        watched = _Watched(lines)
        reports.append(_report(lines, map(redactor.hide, watched), redactor, source))
        foreign = foreign or watched.has_placeholders
    return comparison.compare(*reports, one_numbering=not foreign)


def _report(
    lines: Lines, hidden: Iterable[Line], redactor: Redactor, source: str, client_files: ClientFiles | None = None
) -> Report:
    timeline = assemble(read(hidden), secrets=redactor.secrets)
    return _reported(timeline, lines, _named(source, redactor), client_files)


def _reported(timeline: Timeline, lines: Lines, source: str, client_files: ClientFiles | None = None) -> Report:
    timeline = _complete(timeline, lines, source)
    findings = diagnose(timeline)
    if client_files is None:
        return _with_plain_numbers(make_report(timeline, findings, source), lines)
    from curlx.client_files.judging import judge

    judged, findings = judge(client_files, timeline, findings)
    return _with_plain_numbers(make_report(timeline, findings, source, judged), lines)


def _with_plain_numbers(report: Report, lines: Lines) -> Report:
    """Return the report with the line numbers of the input, where pieces of its lines were told apart."""
    return msgspec.convert(msgspec.to_builtins(report, enc_hook=int), Report) if lines.divided else report


def _named(source: str, redactor: Redactor) -> str:
    return source if redactor.show else hide_in_name(source)


def _complete(timeline: Timeline, lines: Lines, source: str) -> Timeline:
    """Return the timeline with what is known of the lines when all have been read."""
    timeline = msgspec.structs.replace(
        timeline,
        lines=lines.count,
        size=lines.size,
        open_line=None if lines.ended else lines.count,
        encoding=lines.encoding,
        quirks=lines.quirks,
        source=source,
    )
    return unless_strange(timeline, strange=lines.strange)


def _learned(lines: Iterable[Line], identities: Identities) -> Iterator[Line]:
    """Pass lines on, and note who they speak of."""
    for line in lines:
        identities.learn(line.text)
        yield line


class _Watched:
    """Lines, and whether one of those that have passed came with a placeholder."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = lines
        self.has_placeholders = False

    def __iter__(self) -> Iterator[Line]:
        for line in self._lines:
            self.has_placeholders = self.has_placeholders or MASK in line.text
            yield line


def _chunks(data: Log) -> Iterable[bytes]:
    if isinstance(data, str):
        return (data.encode("utf-8", "replace"),)
    if isinstance(data, (bytes, bytearray, memoryview)):
        return (bytes(data),)
    return data
