import pytest

from curlx.diagnoses.http.unsupported_media_type import diagnose


def test_curls_default_type_is_named_as_such(answered):
    sent = {"Host": "api.example.com", "Content-Type": "application/x-www-form-urlencoded"}
    (finding,) = diagnose(answered(415, method="POST", sent=sent, got={"accept-post": "application/json"}))
    assert "It takes application/json." in finding.summary
    assert "default" in finding.causes[0]
    assert [proof.line for proof in finding.evidence] == [14, 12, 15]


def test_another_type_is_not_called_the_default(answered):
    (finding,) = diagnose(answered(415, sent={"Content-Type": "text/xml"}))
    assert "default" not in finding.causes[0]


@pytest.mark.parametrize(("sent", "step", "commands"), [
    ("text/xml", "for JSON as below", 1),
    ("application/json", "application/json is what was refused", 0),
    ("application/json; charset=utf-8", "try it without what follows", 1),
])  # fmt: skip
def test_a_type_that_was_refused_is_not_advised(answered, sent: str, step: str, commands: int) -> None:
    (finding,) = diagnose(answered(415, method="POST", sent={"Content-Type": sent}))
    assert step in finding.remedies[0].steps[0]
    assert len(finding.remedies[0].commands) == commands
