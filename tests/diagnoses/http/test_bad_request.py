from msgspec.structs import replace

from curlx.diagnoses.http.bad_request import diagnose
from curlx.events import PageMark


def test_a_missing_host_header_is_told(answered):
    (finding,) = diagnose(answered(400, sent={"Accept": "*/*"}))
    assert "no Host header" in finding.summary
    assert [proof.line for proof in finding.evidence] == [14, 10]


def test_a_host_header_that_somebody_may_have_cut_out_is_not_missed(answered):
    cut = replace(answered(400, sent={"Accept": "*/*"}), elided=(12,))
    (finding,) = diagnose(cut)
    assert "no Host header" not in finding.summary


def test_a_host_header_that_is_there_is_not_missed(answered):
    (finding,) = diagnose(answered(400))
    assert "no Host header" not in finding.summary


def test_the_reason_in_the_page_is_told_instead_of_guesses(answered):
    (finding,) = diagnose(answered(400, marks=(PageMark("no-required-certificate"),)))
    assert "no client certificate was sent" in finding.summary
    assert finding.causes == ()
    assert [proof.line for proof in finding.evidence] == [14, 18]


def test_too_large_headers_are_told_elsewhere(answered):
    assert not list(diagnose(answered(400, marks=(PageMark("page-title", "400 Request Header Or Cookie Too Large"),))))
