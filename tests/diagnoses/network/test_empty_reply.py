from __future__ import annotations

from curlx.diagnoses.network.empty_reply import diagnose


def test_a_plain_request_may_have_met_a_tls_port(log):
    (finding,) = diagnose(log(("empty-reply", "request", "Empty reply"), connected=True, requested=True))
    assert "http" in finding.causes[0]
    assert "https://" in finding.remedies[0].steps[0]


def test_an_end_without_the_farewell_of_tls_before_any_answer_is_an_empty_reply(log):
    assert list(diagnose(log(("tls-truncated", "request", "unexpected eof"), tls=True, requested=True)))


def test_an_end_without_the_farewell_after_an_answer_is_not(log):
    assert not list(diagnose(log(("tls-truncated", "response", "unexpected eof"), tls=True, status=200)))


def test_both_complaints_make_one_finding(log):
    told = log(("tls-truncated", "request", ""), ("empty-reply", "request", ""), tls=True, requested=True)
    assert len(list(diagnose(told))) == 1
