from curlx import explain
from curlx.diagnoses.http.requires_http1 import DIAGNOSIS, diagnose

REQUIRED = {
    "kind": "requires-http1",
    "text": "stream 1 reset (error 0xd HTTP_1_1_REQUIRED)",
    "subject": "HTTP_1_1_REQUIRED",
    "line": 8,
}


def test_a_stream_broken_off_for_http1_is_certain(several):
    (finding,) = diagnose(several({"status": None}, complaints=(REQUIRED,)))
    assert (finding.certainty, finding.evidence[0].line) == ("certain", 8)


def test_a_second_try_that_failed_is_told_as_its_consequence(several):
    failed = {"kind": "not-http", "text": "Received HTTP/0.9 when not allowed", "line": 30}
    (finding,) = diagnose(
        several({"status": None, "superseded": True}, {"status": None}, complaints=(REQUIRED, failed))
    )
    assert "that failed too" in finding.summary
    assert "network-not-http" in DIAGNOSIS.explains


def test_a_second_try_that_was_answered_is_no_problem(several):
    answered = several({"status": None, "superseded": True}, {"status": 200}, complaints=(REQUIRED,))
    assert not list(diagnose(answered))


def test_the_empty_reply_of_the_first_stream_is_not_taken_for_the_second_try(several):
    empty = {"kind": "empty-reply", "text": "Empty reply from server", "line": 9}
    (finding,) = diagnose(several({"status": None}, complaints=(REQUIRED, empty)))
    assert "failed too" not in finding.summary


def test_a_server_that_agreed_to_switch_was_not_asked_with_prior_knowledge():
    log = """$ curl -v --http2 http://api.example/
* Connected to api.example (192.0.2.1) port 80 (#0)
> GET / HTTP/1.1
> Host: api.example
> Connection: Upgrade, HTTP2-Settings
> Upgrade: h2c
> HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA
>\x20
< HTTP/1.1 101 Switching Protocols
< Upgrade: h2c
* Received 101
* Using HTTP2, server supports multi-use
* http2 error: Remote peer returned unexpected data while we expected SETTINGS frame.  Perhaps, peer does not support \
HTTP/2 properly.
* Closing connection 0
"""
    finding = explain(log).findings[0]
    assert finding.code == "http-requires-http1"
    assert "had agreed to switch" in finding.summary
    assert "prior-knowledge" not in str(finding.causes)
    assert "TLS" not in str(finding.remedies)
    assert finding.evidence[0].line == 13
    assert 10 in [proof.line for proof in finding.evidence]
