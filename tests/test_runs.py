"""Logs that hold several runs of curl, made of captured ones: where the next run begins, and what its report says."""

from __future__ import annotations

from pathlib import Path

import pytest

from curlx import explain
from curlx.report import Report
from curlx.rows import make_row, make_rows
from curlx.runs import runs

LOGS = sorted((Path(__file__).parent.parent / "fixtures" / "logs").glob("*.log"))
REUSED = b"""\
*   Trying 203.0.113.10:80...
* Connected to www.example.com (203.0.113.10) port 80 (#0)
> GET /a HTTP/1.1
> Host: www.example.com
>\x20
< HTTP/1.1 204 No Content
<\x20
* Connection #0 to host www.example.com left intact
* Re-using existing connection with host www.example.com
> GET /b HTTP/1.1
> Host: www.example.com
>\x20
< HTTP/1.1 404 Not Found
< Content-Length: 0
<\x20
* Connection #0 to host www.example.com left intact
"""
OTHER = b"""\
*   Trying 203.0.113.11:80...
* Connected to api.example.com (203.0.113.11) port 80 (#%d)
> GET / HTTP/1.1
> Host: api.example.com
>\x20
< HTTP/1.1 204 No Content
<\x20
* Connection #%d to host api.example.com left intact
"""


def told(data: bytes) -> list[Report]:
    return list(runs(explain(data, source="cron.log")))


@pytest.mark.parametrize("index", range(0, len(LOGS), 25))
def test_a_log_behind_another_is_told_as_it_is_alone(index: int) -> None:
    first, second = (path.read_bytes().rstrip(b"\n") + b"\n" for path in (LOGS[index], LOGS[index - 9]))
    alone = [row for log in (first, second) for row in make_rows(explain(log))]
    last = explain(first).timeline.transfers[-1:]
    if last and last[0].phase == "proxy" and last[0].exit is None:
        pytest.skip("without curl's last word, what comes next can be its next try at the proxy")
    together = make_rows(explain(first + second))
    assert [(row.code, row.host, row.exit_code, row.statuses, row.outcome) for row in together] == [
        (row.code, row.host, row.exit_code, row.statuses, row.outcome) for row in alone
    ]
    behind = first.count(b"\n")
    assert {row.line - before.line for row, before in zip(together, alone, strict=True) if row.line} <= {0, behind}


def test_a_connection_that_is_used_again_is_of_the_same_run() -> None:
    assert [report.summary.http_statuses for report in told(REUSED)] == [(204, 404)]
    assert [report.summary.http_statuses for report in told(REUSED + REUSED)] == [(204, 404), (204, 404)]


def test_connections_are_counted_from_0_in_each_run() -> None:
    goes_on, begins = OTHER % (1, 1), OTHER % (0, 0)
    assert [report.summary.transfers for report in told(REUSED + goes_on)] == [3]
    assert [report.summary.transfers for report in told(REUSED + begins)] == [2, 1]


def test_a_command_begins_a_run_and_what_follows_from_it_stays_together() -> None:
    command = b"$ curl -v http://www.example.com/a http://api.example.com/\n"
    once = command + OTHER % (0, 0) + OTHER % (1, 1)
    assert [report.summary.transfers for report in told(once + once)] == [2, 2]


def test_the_lines_of_a_run_are_counted_in_the_log() -> None:
    rows = make_rows(explain(OTHER % (0, 0) + REUSED))
    assert [(row.run, row.first_line, row.last_line) for row in rows] == [(1, 1, 8), (2, 9, 24)]
    assert (rows[1].code, rows[1].line, rows[1].lines) == ("http-not-found", 21, 24)


def test_the_report_of_one_run_is_the_report_of_the_log() -> None:
    report = explain(REUSED)
    assert list(runs(report)) == [report]
    assert make_rows(report) == [make_row(report)]


def test_what_is_not_from_curl_has_one_row() -> None:
    (row,) = make_rows(explain(b"Dear all,\n"))
    assert (row.outcome, row.run) == ("not-curl", 0)
