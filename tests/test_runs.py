"""Logs that hold several runs of curl, made of captured ones: where the next run begins, and what its report says."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import json, structs

from curlx import assembler, explain
from curlx.pipeline import explain_parts
from curlx.report import Report
from curlx.rows import Row, make_row, make_rows
from curlx.runs import runs

FIXTURES = Path(__file__).parent.parent / "fixtures"
LOGS = sorted((FIXTURES / "logs").glob("*.log"))
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


def told_of(row: Row) -> tuple[object, ...]:
    """Return what a row says of its run; that there are secrets is said once, of the whole log."""
    code = "" if row.code == "log-secrets" else row.code
    return code, row.host, row.exit_code, row.statuses, row.outcome


def told_on_linux(path: Path) -> bytes:
    """Return a log with a last line end; on Windows curl ends its own lines otherwise, and two runs share a machine."""
    data = path.read_bytes().rstrip(b"\r\n") + b"\n"
    return data.replace(b"\r\n", b"\n") if data.split(b"\n", 1)[0].endswith(b"\r") else data


@pytest.mark.parametrize("index", range(0, len(LOGS), 25))
def test_a_log_behind_another_is_told_as_it_is_alone(index: int) -> None:
    first, second = (told_on_linux(path) for path in (LOGS[index], LOGS[index - 9]))
    alone = [row for log in (first, second) for row in make_rows(explain(log))]
    together = make_rows(explain(first + second))
    assert [told_of(row) for row in together] == [told_of(row) for row in alone]
    behind = first.count(b"\n")
    assert {row.line - before.line for row, before in zip(together, alone, strict=True) if row.line} <= {0, behind}


@pytest.mark.parametrize("begins", [b"* Connected to", b"* ALPN", b"> GET"])
@pytest.mark.parametrize("last_words", [b"", b"curl: (56) CONNECT tunnel failed, response 403\n"])
@pytest.mark.parametrize("refused", sorted((FIXTURES / "logs").glob("proxy-40[37]*.log")), ids=lambda path: path.stem)
def test_a_refused_tunnel_is_over_wherever_the_next_run_begins(refused: Path, last_words: bytes, begins: bytes) -> None:
    first = b"".join(line for line in refused.read_bytes().splitlines(True) if not line.startswith(b"curl:"))
    second = (FIXTURES / "logs" / "mtls-haproxy-ok-tls12--8.14.1-mbedtls-far.log").read_bytes()
    together = make_rows(explain(first + last_words + second[second.index(begins) :]))
    assert [row.outcome for row in together] == ["failure", "success"]
    assert together[0].code == make_row(explain(first)).code != ""


def test_a_name_that_is_not_found_behind_curls_last_word_is_the_next_urls() -> None:
    words = b"* Could not resolve host: %b\n* Closing connection %d\ncurl: (6) Could not resolve host: %b\n"
    rows = make_rows(explain(words % (b"a.example", 0, b"a.example") + words % (b"b.example", 1, b"b.example")))
    assert [(row.code, row.first_line) for row in rows] == [
        ("network-host-not-found", 1),
        ("network-host-not-found", 4),
    ]
    malformed = b"* Closing connection -1\ncurl: (3) URL using bad/illegal format or missing URL\n"
    rows = make_rows(explain(malformed + words % (b"a.example", 0, b"a.example")))
    assert [row.code for row in rows] == ["curl-url-malformed", "network-host-not-found"]


def test_each_try_of_a_retry_may_say_a_last_word() -> None:
    one = b"*   Trying 127.0.0.1:1...\n* connect to 127.0.0.1 port 1 failed: Connection refused\n* Closing connection %d\n"
    last = b"curl: (7) Failed to connect to localhost port 1 after 0 ms: Couldn't connect to server\n"
    again = b"Warning: Problem : connection refused. Will retry in 1 seconds. 2 retries left.\n"
    report = explain(one % 0 + last + again + one % 1 + last + again + one % 2 + last)
    (call,) = report.timeline.transfers
    assert (len(call.connections), [one.code for one in report.findings]) == (3, ["network-refused"])
    cut = explain(one % 0 + last + again)
    assert [one.code for one in cut.findings if one.severity == "error"] == ["network-refused"]


@pytest.mark.parametrize("begins", [b"* ALPN", b"> GET", b"< HTTP"])
@pytest.mark.parametrize("code", ["network-refused", "server-certificate-expired", "tls-refused"])
def test_a_failure_without_an_answer_stays_when_the_next_run_lost_its_beginning(code: str, begins: bytes) -> None:
    first = min((FIXTURES / "diagnoses" / code).glob("fires-*.log")).read_bytes()
    second = (FIXTURES / "logs" / "mtls-haproxy-ok-tls12--8.14.1-mbedtls-far.log").read_bytes()
    together = make_rows(explain(first.rstrip(b"\n") + b"\n" + second[second.index(begins) :]))
    assert (together[0].code, together[-1].outcome) == (code, "success")


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


def test_a_run_took_the_steps_that_it_took_whatever_findings_the_report_holds() -> None:
    report = explain(OTHER % (0, 0) + REUSED)
    marked = runs(structs.replace(report, findings=()))
    assert [part.timeline.sections for part in marked] == [part.timeline.sections for part in runs(report)]


def test_the_report_of_one_run_is_the_report_of_the_log() -> None:
    report = explain(REUSED)
    assert list(runs(report)) == [report]
    assert make_rows(report) == [make_row(report)]


def test_what_is_not_from_curl_has_one_row() -> None:
    (row,) = make_rows(explain(b"Dear all,\n"))
    assert (row.outcome, row.run) == ("not-curl", 0)


@pytest.mark.parametrize("size", [1, 7, 40])
def test_a_log_that_is_told_in_parts_has_the_same_runs(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    logs = [path.read_bytes().rstrip(b"\n") + b"\n" for path in LOGS[::25]]
    data = b"".join([*logs, *[OTHER % (0, 0)] * 120, *logs, *[REUSED] * 120, *logs])
    whole = explain(data)
    monkeypatch.setattr(assembler, "_PART", size)
    monkeypatch.setattr(assembler, "_EVENTS", 50)
    parts = [*explain_parts(data)]
    assert len(parts) >= 2
    rows: list[Row] = []
    for part in parts:
        rows += make_rows(part, after=len(rows))
    assert [bare(row) for row in rows] == [bare(row) for row in make_rows(whole)]
    assert (parts[-1].source.lines, parts[-1].source.bytes) == (whole.source.lines, whole.source.bytes)


def bare(row: Row) -> Row:
    """Return a row without what only the last part knows: the size of the whole log."""
    return structs.replace(row, lines=0, size=0)


def test_a_short_log_is_one_part_and_the_report_of_the_log() -> None:
    for data in (REUSED, OTHER % (0, 0) * 3, b"", b"prose\n"):
        assert [*explain_parts(data)] == [explain(data)]


def test_who_is_hidden_is_hidden_in_every_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembler, "_PART", 20)
    monkeypatch.setattr(assembler, "_EVENTS", 50)
    parts = [*explain_parts(OTHER % (0, 0) * 300, hide=("hosts",))]
    assert len(parts) >= 2
    assert not any(b"api.example.com" in json.encode(part) for part in parts)
