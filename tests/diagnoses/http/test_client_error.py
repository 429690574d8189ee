import pytest

from curlx import explain
from curlx.diagnoses.http.client_error import diagnose


@pytest.mark.parametrize(("status", "meaning"), [(410, "most likely for good"), (416, "range"), (499, "nginx")])
def test_known_numbers_have_a_meaning(answered, status, meaning):
    (finding,) = diagnose(answered(status))
    assert meaning in finding.summary


def test_an_unknown_number_is_said_to_be_none_of_a_standard(answered):
    (finding,) = diagnose(answered(460))
    assert "which no standard defines" in finding.summary
    assert finding.causes == ()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 407, 413, 415, 417, 421, 422, 429, 431, 494, 500])
def test_those_with_a_diagnosis_of_their_own_are_not_its_business(answered, status):
    assert not list(diagnose(answered(status)))


@pytest.mark.parametrize(
    ("status", "step"),
    [
        (409, "get it as it is now"),
        (411, "-d ''"),
        (412, "`ETag`"),
        (414, "in the body"),
        (425, "--tls-earlydata"),
        (426, "https://"),
        (428, "If-Match"),
    ],
)
def test_what_helps_is_said_for_the_numbers_that_say_it(answered, status, step):
    (finding,) = diagnose(answered(status, sent={"Host": "api.example.com", "If-Match": '"1"'}))
    assert step in " ".join(finding.remedies[0].steps)


def test_a_range_that_does_not_fit_is_cited_and_left_out(answered):
    (finding,) = diagnose(answered(416, sent={"Range": "bytes=500-"}, got={"Content-Range": "bytes */400"}))
    assert [proof.line for proof in finding.evidence] == [14, 15, 11]
    assert finding.remedies[0].commands == ("curl -v https://api.example.com/v1/things",)


def test_a_format_that_the_server_does_not_have_is_cited(answered):
    (finding,) = diagnose(answered(406, sent={"Accept": "application/xml"}))
    assert 11 in [proof.line for proof in finding.evidence]
    assert "-H 'Accept: */*'" in finding.remedies[0].commands[0]


def test_who_takes_any_format_is_not_told_to_take_any(answered):
    (finding,) = diagnose(answered(406, sent={"Accept": "*/*"}))
    assert finding.remedies[0].commands == ()
    assert "Accept" not in " ".join(finding.remedies[0].steps)
    assert "nothing that fits" not in finding.summary
    assert "mod_security" in finding.causes[0]


def test_rtsp_has_another_meaning_for_some_numbers():
    log = b"> SETUP rtsp://cam.example/s RTSP/1.0\n> CSeq: 3\n> \n< RTSP/1.0 451 Parameter Not Understood\n< CSeq: 3\n< \n"
    (finding,) = explain(log).findings
    assert "does not understand a parameter" in finding.summary
