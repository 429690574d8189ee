from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.server_certificate.staple_missing import diagnose
from curlx.timeline import Timeline


def test_curl_says_it_and_that_is_certain(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("certificate-staple-missing", "No OCSP response received")))
    assert finding.certainty == "certain"
    assert finding.evidence[0].text == "* No OCSP response received"


def test_another_complaint_is_another_matter(tls_log: Callable[..., Timeline]) -> None:
    assert not list(diagnose(tls_log(("certificate-untrusted", "unable to get local issuer certificate"))))


def test_an_answer_that_came_and_is_too_old_is_not_called_missing(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("certificate-staple-missing", "OCSP response has expired")))
    assert "sent one" in finding.summary
    assert not any("not switched on" in cause for cause in finding.causes)
