from __future__ import annotations

import msgspec
import pytest

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
