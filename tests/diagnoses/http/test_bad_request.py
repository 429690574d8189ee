from curlx.diagnoses.http.bad_request import diagnose
from curlx.events import PageMark


def test_a_missing_host_header_is_a_cause(answered):
    (finding,) = diagnose(answered(400, sent={"Accept": "*/*"}))
    assert any("Host" in cause for cause in finding.causes)


def test_a_host_header_that_is_there_is_no_cause(answered):
    (finding,) = diagnose(answered(400))
    assert not any("Host" in cause for cause in finding.causes)


def test_the_reason_in_the_page_is_told_instead_of_guesses(answered):
    (finding,) = diagnose(answered(400, marks=(PageMark("no-required-certificate"),)))
    assert "no client certificate was sent" in finding.summary
    assert finding.causes == ()
    assert [proof.line for proof in finding.evidence] == [14, 18]


def test_too_large_headers_are_told_elsewhere(answered):
    assert not list(diagnose(answered(400, marks=(PageMark("page-title", "400 Request Header Or Cookie Too Large"),))))
