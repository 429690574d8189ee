from curlx.diagnoses.http.method_not_allowed import diagnose


def test_the_allowed_methods_are_told(answered):
    (finding,) = diagnose(answered(405, method="PUT", got={"allow": "GET, POST"}))
    assert "does not take PUT" in finding.summary
    assert "It takes GET, POST." in finding.summary
    assert finding.evidence[1].line == 15


def test_a_redirect_that_turned_the_post_into_a_get_is_cited(several):
    (finding,) = diagnose(several({"status": 301, "method": "POST", "superseded": True}, {"status": 405}))
    assert [proof.line for proof in finding.evidence] == [15, 5]
    assert "redirect turned the POST into a GET" in finding.causes[0]


def test_without_such_a_redirect_none_is_blamed(answered):
    (finding,) = diagnose(answered(405))
    assert not any("redirect" in cause for cause in finding.causes)
