"""A log that holds many runs of curl, as cron appends them: the report of the log, cut into one for each run."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.assembler.belonging import runs_among
from curlx.report import Report, ReportTimeline, make_report
from curlx.timeline import Curl, Fact, Timeline


def runs(report: Report) -> Iterator[Report]:
    """Yield the report of each run, in order; its lines are still counted in the log. One run is the report itself."""
    parts = list(runs_among(report.timeline.transfers))
    if len(parts) < 2 or report.outcome == "not-curl":
        yield report
        return
    for first, behind in parts:
        yield _part(report, first, behind)


def _part(report: Report, first: int, behind: int) -> Report:
    about = report.source
    version, library = report.curl.version, report.curl.tls_library
    timeline = Timeline(
        transfers=report.timeline.transfers[first:behind],
        curl=Curl(Fact(version, 0) if version else None, Fact(library, 0) if library else None),
        lines=about.lines,
        size=about.bytes,
        encoding=about.encoding,
        quirks=about.quirks,
        unrecognized_lines=about.unrecognized_lines,
        curl_lines=1,
    )
    findings = tuple(
        msgspec.structs.replace(finding, transfer=finding.transfer - first)
        for finding in report.findings
        if first <= finding.transfer < behind
    )
    part = make_report(timeline, findings, about.name)
    # The steps were marked by every finding; a report of an earlier run of curlx may hold only some (`--select`).
    steps = tuple(
        msgspec.structs.replace(step, transfer=step.transfer - first)
        for step in report.timeline.sections
        if first <= step.transfer < behind
    )
    return msgspec.structs.replace(part, timeline=ReportTimeline(part.timeline.transfers, steps))
