"""A log that holds many runs of curl, as cron appends them: the report of the log, cut into one for each run.

Two transfers are of one run when the log shows it: by the command that both follow from, a connection that is used
again or counted on from (curl counts its connections from 0 in each run), or lines that come in turn (`--parallel`).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.report import Report, make_report
from curlx.timeline import Curl, Fact, Timeline, Transfer


def runs(report: Report) -> Iterator[Report]:
    """Yield the report of each run, in order; its lines are still counted in the log. One run is the report itself."""
    parts = list(_parts(report.timeline.transfers))
    if len(parts) < 2 or report.outcome == "not-curl":
        yield report
        return
    for first, behind in parts:
        yield _part(report, first, behind)


def _parts(transfers: tuple[Transfer, ...]) -> Iterator[tuple[int, int]]:
    """Yield where each run begins among the transfers, and where it ends, exclusive."""
    first = last_line = 0
    number = -1
    for index, transfer in enumerate(transfers):
        if index > first and transfer.first_line > last_line and not _goes_on(transfers[index - 1], transfer, number):
            yield first, index
            first, number = index, -1
        last_line = max(last_line, transfer.last_line)
        number = max([number, *(one.number for one in transfer.connections if one.number is not None)])
    if transfers:
        yield first, len(transfers)


def _goes_on(before: Transfer, transfer: Transfer, number: int) -> bool:
    """Tell whether a transfer is of the same run as the one before it, whose highest connection had that number."""
    if before.command is not None and transfer.command is not None:
        return before.command == transfer.command
    connection = transfer.connections[0] if transfer.connections else None
    if connection is None or transfer.command is not None:
        return False
    return connection.reused or (connection.number is not None and connection.number > number >= 0)


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
    return make_report(timeline, findings, about.name)
