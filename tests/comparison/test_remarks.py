from __future__ import annotations

import msgspec
import pytest

import curlx
from curlx.comparison.remarks import remarks
from curlx.findings import Finding
from curlx.report import Outcome, Report, make_report
from curlx.timeline import Timeline


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("success", "success", "Both logs end well"),
        ("success", "unfinished", "BAD does not show how it ended"),
        ("unfinished", "unfinished", "GOOD does not show how it ended"),
        ("success", "not-curl", "BAD holds no output of curl"),
    ],
)
def test_what_makes_a_comparison_doubtful_is_said(good: Outcome, bad: Outcome, said: str) -> None:
    report = make_report(Timeline(), ())
    ours, theirs = (msgspec.structs.replace(report, outcome=outcome) for outcome in (good, bad))
    assert any(said in remark for remark in remarks(ours, theirs))


def test_a_good_and_a_bad_log_of_one_host_need_no_remark(founding_case: Timeline, missing: Finding) -> None:
    bad = make_report(founding_case, (missing,))
    good = msgspec.structs.replace(make_report(founding_case, ()), outcome="success")
    assert remarks(good, bad) == ()
    assert "wrong way round" in remarks(bad, good)[0]


def test_two_other_failures_are_told_apart(founding_case: Timeline, missing: Finding) -> None:
    bad = make_report(founding_case, (missing,))
    other: Report = make_report(founding_case, (msgspec.structs.replace(missing, code="http-bad-request"),))
    assert "in another way (http-bad-request)" in remarks(other, bad)[0]
    assert "in the same way" in remarks(bad, bad)[0]


def test_a_name_that_was_not_found_is_a_host_too() -> None:
    good = curlx.explain(
        b"* Connected to www.example.com (203.0.113.10) port 80 (#0)\n> GET / HTTP/1.1\r\n> Host: www.example.com\r\n> \r\n"
        b"< HTTP/1.1 204 No Content\r\n< \r\n* Connection #0 to host www.example.com left intact\n"
    )
    bad = curlx.explain(
        b"* Could not resolve host: wwww.example.com\ncurl: (6) Could not resolve host: wwww.example.com\n"
    )
    assert "different hosts: www.example.com in GOOD, wwww.example.com in BAD" in remarks(good, bad)[0]
