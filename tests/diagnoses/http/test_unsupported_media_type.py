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
