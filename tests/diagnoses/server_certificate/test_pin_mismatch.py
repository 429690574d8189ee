from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.server_certificate.pin_mismatch import diagnose
from curlx.timeline import Timeline


def test_curl_says_it_and_that_is_certain(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("certificate-pin-mismatch", "public key does not match pinned public key")))
    assert finding.certainty == "certain"
    assert finding.evidence[0].text == "* public key does not match pinned public key"


def test_another_complaint_is_another_matter(tls_log: Callable[..., Timeline]) -> None:
    assert not list(diagnose(tls_log(("certificate-untrusted", "unable to get local issuer certificate"))))
