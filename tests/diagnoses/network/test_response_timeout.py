from __future__ import annotations

import pytest

import curlx
from curlx import explain
from curlx.diagnoses.network.response_timeout import diagnose
from curlx.timeline import Complaint, Phase


def _said(phase: Phase, came: int) -> Complaint:
    return Complaint(
        "timeout", f"Operation timed out after 2001 milliseconds with {came} bytes received", 40, phase, came
    )


def test_silence_after_the_request_is_certain(log):
    told = log(_said("request", 0), connected=True, requested=True)
    (finding,) = diagnose(told)
    assert finding.certainty == "certain"
    assert [proof.line for proof in finding.evidence] == [40, 10, 20]


def test_the_last_line_alone_is_less_sure(log):
    (likely,) = diagnose(log(_said("start", 0), host=None))
    (possible,) = diagnose(log(("timeout", "start", "Timeout was reached"), host=None))
    assert (likely.certainty, possible.certainty) == ("likely", "possible")


def test_bytes_that_came_make_it_another_problem(log):
    assert not list(diagnose(log(_said("start", 8), host=None)))
    assert not list(diagnose(log(("timeout", "response", ""), status=200)))


def test_a_proxy_that_does_not_answer_connect_in_time_is_found(log):
    (finding,) = diagnose(log(("proxy-connect-aborted", "proxy", "Proxy CONNECT aborted due to timeout")))
    assert "CONNECT" in finding.summary
    assert not list(diagnose(log(("proxy-connect-aborted", "proxy", "Proxy CONNECT aborted"))))


def test_without_a_request_nobody_is_said_to_work_on_one(log):
    (waiting,) = diagnose(log(("timeout", "connect", "server response timeout"), connected=True))
    assert "another protocol" in waiting.causes[0]
    assert not any("request" in text for text in (*waiting.causes, *(remedy.title for remedy in waiting.remedies)))
    (asked,) = diagnose(log(_said("request", 0), connected=True, requested=True))
    assert "still working on the request" in asked.causes[0]


def test_bytes_that_came_after_a_request_make_it_another_problem(log):
    assert not list(diagnose(log(_said("request", 120), requested=True)))


def test_the_limit_for_connecting_is_raised_too_while_a_proxy_opens_the_way():
    told = b"""*   Trying 203.0.113.7:3128...
* CONNECT tunnel: HTTP/1.1 negotiated
* Establish HTTP proxy tunnel to api.bank.example:443
> CONNECT api.bank.example:443 HTTP/1.1
> Host: api.bank.example:443
>
* Connection timed out after 2002 milliseconds
"""
    (finding, *_) = explain(told).findings
    assert finding.code == "network-response-timeout"
    assert "after 2.0 seconds" in finding.summary
    (command,) = finding.remedies[0].commands
    assert "--connect-timeout 120 --max-time 120" in command
    (longer, *_) = explain(told.replace(b"2002", b"300000")).findings
    assert "--connect-timeout 600 --max-time 600" in longer.remedies[0].commands[0]


@pytest.mark.parametrize(("milliseconds", "first", "after"), [
    (300, True, "0.3 seconds"), (1999, True, "2.0 seconds"), (5000, False, "5.0 seconds"), (90000, False, "90.0 seconds"),
])  # fmt: skip
def test_the_limit_is_told_and_a_hasty_one_is_suspected_first(milliseconds: int, first: bool, after: str) -> None:
    told = f"Operation timed out after {milliseconds} milliseconds with 0 bytes received"
    asked = "* Connected to a.example (192.0.2.1) port 80\n> GET / HTTP/1.1\n> Host: a.example\n> \n"
    (finding,) = curlx.explain(f"{asked}* {told}\n* Closing connection\ncurl: (28) {told}\n").findings
    assert f"curl's time was up, after {after}." in finding.summary
    limits = [index for index, cause in enumerate(finding.causes) if cause.startswith("The time limit (--max-time)")]
    assert f", {after}, is shorter" in finding.causes[limits[0]]
    assert (limits == [0]) is first


@pytest.mark.parametrize(("url", "handshake"), [("http://a.example/", False), ("https://a.example/", True)])
def test_http_without_tls_has_no_handshake_to_wait_for(url: str, handshake: bool) -> None:
    told = "curl: (28) Operation timed out after 3000 milliseconds with 0 bytes received"
    (finding,) = curlx.explain(f"$ curl {url}\n{told}\n").findings
    assert ("handshake" in finding.summary) is handshake


def test_the_limit_is_doubled_where_two_minutes_are_not_enough() -> None:
    told = "curl: (28) Operation timed out after 300000 milliseconds with 0 bytes received"
    (finding,) = curlx.explain(f"$ curl http://a.example/\n{told}\n").findings
    assert "--max-time 600" in " ".join(command for remedy in finding.remedies for command in remedy.commands)
