from __future__ import annotations

import pytest

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


def test_what_has_a_length_is_no_endless_stream(log):
    (known,) = diagnose(log(_said("response", 8), connected=True, status=200, announced=5000))
    (unknown,) = diagnose(log(_said("response", 8), connected=True, status=200))
    assert not any("never ends" in cause for cause in known.causes)
    assert any("never ends" in cause for cause in unknown.causes)


def test_who_was_led_on_is_led_on_again() -> None:
    (finding, *_) = curlx.explain(
        "* Connected to a.example (192.0.2.1) port 80 (#0)\n> GET /old HTTP/1.1\n> Host: a.example\n>\n"
        "< HTTP/1.1 302 Found\n< Location: http://b.example/new\n< Content-Length: 0\n<\n"
        "* Connection #0 to host a.example left intact\n* Issue another request to this URL: 'http://b.example/new'\n"
        "* Connected to b.example (192.0.2.2) port 80 (#1)\n> GET /new HTTP/1.1\n> Host: b.example\n>\n"
        f"< HTTP/1.1 200 OK\n< Content-Length: 5000\n<\n* {WORDS}\n* Closing connection 1\ncurl: (28) {WORDS}\n"
    ).findings
    assert finding.remedies[0].commands == ("curl -v -L --speed-limit 1 --speed-time 30 http://a.example/old",)


SLOW = "Operation too slow. Less than 500 bytes/sec transferred the last 2 seconds"


@pytest.mark.parametrize("answer", ["", "< HTTP/1.1 200 OK\n< Content-Length: 30\n<\n"])
def test_a_limit_of_speed_is_no_limit_of_time(answer: str) -> None:
    (finding, *_) = curlx.explain(
        "* Connected to a.example (192.0.2.1) port 80\n> GET /x HTTP/1.1\n> Host: a.example\n>\n"
        f"{answer}* {SLOW}\n* closing connection #0\ncurl: (28) {SLOW}\n"
    ).findings
    told = (finding.summary, *finding.causes, *finding.remedies[0].steps, *finding.remedies[0].commands)
    assert "less than 500 bytes/sec transferred the last 2 seconds, which is the limit" in finding.summary
    assert not any("--max-time" in text for text in told)
    assert "--speed-limit 1 --speed-time " in finding.remedies[0].commands[0]
