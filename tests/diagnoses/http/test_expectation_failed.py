from msgspec.structs import replace

from curlx.diagnoses.http.expectation_failed import DIAGNOSIS, diagnose

EXPECT = {"Host": "api.example.com", "Expect": "100-continue"}


def test_a_417_cites_the_header_that_was_refused(answered):
    (finding,) = diagnose(answered(417, method="POST", sent=EXPECT))
    assert [proof.line for proof in finding.evidence] == [14, 12]


def test_repeated_417s_are_the_cause_of_the_loop(several):
    refused = {"status": 417, "sent": EXPECT, "superseded": True}
    (finding,) = diagnose(several(refused, refused, refused, complaints=({"kind": "redirect-loop"},)))
    assert finding.certainty == "certain"
    assert [proof.line for proof in finding.evidence] == [5, 3, 50]
    assert "http-redirect-loop" in DIAGNOSIS.explains


def test_one_417_that_curl_got_round_is_no_problem(several):
    assert not list(diagnose(several({"status": 417, "sent": EXPECT, "superseded": True}, {"status": 200})))


def test_a_redirect_loop_without_417_is_not_its_business(several):
    moved = {"status": 302, "superseded": True}
    assert not list(diagnose(several(moved, moved, complaints=({"kind": "redirect-loop"},))))


def test_a_header_that_is_not_there_is_not_to_be_left_out(answered):
    (finding,) = diagnose(answered(417, method="POST"))
    assert "has none" in finding.summary
    assert "100-continue" not in finding.title
    assert finding.remedies[0].commands == ()
    assert not any("-H" in step for step in finding.remedies[0].steps)


def test_where_somebody_took_lines_out_the_header_may_have_been_there(answered):
    (finding,) = diagnose(replace(answered(417, method="POST"), elided=(12,)))
    assert "does not support" in finding.summary


def test_the_command_keeps_the_kind_of_the_data(answered):
    (finding,) = diagnose(answered(417, method="POST", sent={**EXPECT, "Content-Type": "application/json"}))
    assert finding.remedies[0].commands == (
        "curl -v -H Expect: -H 'Content-Type: application/json' --data-binary @FILE https://api.example.com/v1/things",
    )
