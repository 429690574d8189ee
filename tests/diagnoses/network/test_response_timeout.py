from __future__ import annotations

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
