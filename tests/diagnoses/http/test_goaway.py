from curlx.diagnoses.http.goaway import diagnose

GOAWAY = {"kind": "goaway", "text": "received GOAWAY, error=2, last_stream=0", "line": 8}
REFUSED = {
    "kind": "stream-reset",
    "text": "HTTP/2 stream 1 was not closed cleanly: error_code = 7",
    "number": 7,
    "line": 9,
}
DIED = {"kind": "connection-died", "text": "Connection died, tried 5 times before giving up", "line": 60}


def test_a_goaway_without_an_answer_is_certain(several):
    (finding,) = diagnose(several({"status": None}, complaints=(GOAWAY, DIED)))
    assert finding.certainty == "certain"
    assert [proof.line for proof in finding.evidence] == [8, 60]


def test_refused_streams_alone_do_not_prove_it(several):
    assert not list(diagnose(several({"status": None}, complaints=(REFUSED, DIED))))


def test_a_goaway_after_which_curl_got_its_answer_is_no_problem(several):
    assert not list(diagnose(several({"status": None, "superseded": True}, {"status": 200}, complaints=(GOAWAY,))))


def test_the_code_of_the_frame_is_told(several):
    (finding,) = diagnose(several({"status": None}, complaints=({**GOAWAY, "number": 2}, DIED)))
    assert "INTERNAL_ERROR" in finding.summary


def test_the_code_decides_which_cause_comes_first(several):
    for number, first in ((0, "shutting down"), (2, "met a failure")):
        (finding,) = diagnose(several({"status": None}, complaints=({**GOAWAY, "number": number}, DIED)))
        assert first in finding.causes[0]
