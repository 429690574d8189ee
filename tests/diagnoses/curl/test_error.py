from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.curl.error import diagnose, unexplained
from curlx.timeline import Exit


def test_an_exit_code_alone_is_told_in_words(log):
    (finding,) = diagnose(log(exit=Exit(27, "Out of memory", 90)))
    assert finding.certainty == "possible"
    assert "ran out of memory" in finding.summary


def test_a_code_that_curl_does_not_use_is_told_as_unknown(log):
    (finding,) = diagnose(log(exit=Exit(250, "", 90)))
    assert "does not know this code" in finding.summary


def test_it_keeps_quiet_where_something_else_explains_the_failure(log):
    assert not list(diagnose(log(("reset", "Recv failure", None), exit=Exit(56, "", 90))))


def test_a_status_that_curl_was_told_to_fail_on_is_not_curls_error(log):
    assert not list(diagnose(log(status=404, exit=Exit(22, "", 90))))


def test_an_unknown_complaint_beside_an_answer_proves_nothing(log):
    assert not list(diagnose(log(("other", "something odd", None), status=200)))
    assert list(diagnose(log(("other", "something odd", None))))


def test_a_success_is_no_error(log):
    assert not list(diagnose(log(status=200)))


def test_a_failure_that_no_diagnosis_speaks_of_is_told_all_the_same(log):
    timeline = log(("certificate-rejected", "verification failed", None), exit=Exit(60, "verification failed", 90))
    (finding,) = unexplained(timeline, set())
    assert finding.certainty == "possible"
    assert finding.evidence[-1].line == 90
    assert not list(unexplained(timeline, {0}))


def test_an_exit_code_of_zero_needs_no_explanation(log):
    assert not list(unexplained(log(status=200, exit=Exit(0, "", 90)), set()))


def test_where_http2_breaks_the_older_http_is_tried(log):
    said = "Error in the HTTP2 framing layer"
    (finding,) = diagnose(log(("http2-error", said, None), exit=Exit(16, said, 90)))
    assert finding.causes
    assert "--http1.1" in finding.remedies[0].steps[0]


def test_an_exit_code_that_the_log_does_not_show_is_not_told(log):
    said = ("other", "HTTP server does not seem to support byte ranges. Cannot resume.", None)
    (finding,) = diagnose(log(said, status=200))
    assert "exit code" not in finding.summary
    assert not list(diagnose(log(said, status=416)))  # the answer says what is wrong


@pytest.mark.parametrize(
    ("port", "codes"),
    [(80, ["network-refused"]), (81, ["curl-error", "network-refused"])],
    ids=["the same call", "another"],
)
def test_a_silent_run_is_explained_by_one_that_is_not(port: int, codes: list[str]):
    report = curlx.explain(
        f"$ curl -s -o /dev/null -w '%{{http_code}}\\n' http://localhost:80\n000\n"
        f"$ curl -v http://localhost:{port}\n*   Trying 127.0.0.1:{port}...\n"
        f"* connect to 127.0.0.1 port {port} failed: Connection refused\n"
        f"* Failed to connect to localhost port {port} after 0 ms: Connection refused\n* Closing connection 0\n"
        f"curl: (7) Failed to connect to localhost port {port} after 0 ms: Connection refused\n"
    )
    assert sorted(each.code for each in report.findings if each.severity == "error") == codes
