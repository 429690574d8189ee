from __future__ import annotations

from curlx.diagnoses.network.not_http import diagnose


def test_a_plain_request_may_have_met_tls(log):
    (finding,) = diagnose(log(("not-http", "request", "Received HTTP/0.9 when not allowed"), requested=True))
    assert any("TLS" in cause for cause in finding.causes)


def test_inside_tls_the_scheme_is_not_suspected(log):
    (finding,) = diagnose(log(("not-http", "request", ""), tls=True, requested=True))
    assert not any("TLS" in cause for cause in finding.causes)
