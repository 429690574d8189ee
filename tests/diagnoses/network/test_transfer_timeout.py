from __future__ import annotations

import curlx
from curlx.diagnoses.network.transfer_timeout import diagnose
from curlx.timeline import Complaint, Phase

WORDS = "Operation timed out after 2001 milliseconds with 8 out of 5000 bytes received"


def _said(phase: Phase, came: int) -> Complaint:
    return Complaint("timeout", WORDS, 40, phase, came)


def test_the_bytes_that_came_are_told(log):
    (finding,) = diagnose(log(_said("response", 8), connected=True, status=200, announced=5000))
    assert "8 of 5000 bytes" in finding.summary
    assert [proof.line for proof in finding.evidence] == [40, 30, 31, 10, 20]


def test_the_last_line_alone_is_enough_when_it_counts_bytes(log):
    assert list(diagnose(log(_said("start", 8), host=None)))


def test_without_a_byte_it_is_another_problem(log):
    assert not list(diagnose(log(_said("start", 0), host=None)))
    assert not list(diagnose(log(("timeout", "request", ""), requested=True)))


def test_bytes_that_came_are_an_answer_even_where_the_log_lacks_its_beginning(log):
    assert list(diagnose(log(_said("request", 8), requested=True)))
    assert not list(diagnose(log(_said("request", 0), requested=True)))


def test_the_bytes_are_no_host():
    report = curlx.explain(f"curl: (28) {WORDS}\n".encode())
    assert report.findings[0].summary.startswith("The answer from the server had begun")
