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
