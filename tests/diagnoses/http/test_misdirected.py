from curlx.diagnoses.http.misdirected import diagnose


def test_the_host_that_was_asked_for_is_cited(answered):
    (finding,) = diagnose(answered(421))
    assert finding.evidence[1].line == 11
    assert finding.remedies[0].commands == ("curl --resolve api.example.com:443:ADDRESS https://api.example.com/",)


def test_a_404_is_not_its_business(answered):
    assert not list(diagnose(answered(404)))
