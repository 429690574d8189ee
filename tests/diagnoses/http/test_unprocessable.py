from curlx.diagnoses.http.unprocessable import diagnose


def test_a_422_says_that_the_content_was_refused(answered):
    (finding,) = diagnose(answered(422))
    assert (finding.code, finding.evidence[0].line) == ("http-unprocessable", 14)


def test_a_400_is_not_its_business(answered):
    assert not list(diagnose(answered(400)))
