from __future__ import annotations

import curlx
from curlx.diagnoses.network.transfer_timeout import diagnose

WORDS = "Operation timed out after 2001 milliseconds with 8 out of 5000 bytes received"


def test_the_bytes_that_came_are_told(log):
    (finding,) = diagnose(log(("timeout", "response", WORDS), connected=True, status=200, announced=5000))
    assert "8 of 5000 bytes" in finding.summary
    assert [proof.line for proof in finding.evidence] == [40, 30, 31, 10, 20]


def test_the_last_line_alone_is_enough_when_it_counts_bytes(log):
    assert list(diagnose(log(("timeout", "start", WORDS), host=None)))


def test_without_a_byte_it_is_another_problem(log):
    assert not list(diagnose(log(("timeout", "start", "timed out after 9 ms with 0 bytes received"), host=None)))
    assert not list(diagnose(log(("timeout", "request", ""), requested=True)))


def test_bytes_that_came_are_an_answer_even_where_the_log_lacks_its_beginning(log):
    assert list(diagnose(log(("timeout", "request", WORDS), requested=True)))
    assert not list(diagnose(log(("timeout", "request", WORDS.replace("8 out of 5000", "0")), requested=True)))


def test_the_bytes_are_no_host():
    report = curlx.explain(f"curl: (28) {WORDS}\n".encode())
    assert report.findings[0].summary.startswith("The answer from the server had begun")
