from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.server_certificate.not_yet_valid import diagnose
from curlx.timeline import Timeline


def test_curl_says_it_and_that_is_certain(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("certificate-not-yet-valid", "certificate is not yet valid")))
    assert finding.certainty == "certain"
    assert "date -u" in finding.remedies[0].commands


def test_an_expired_one_is_another_matter(tls_log: Callable[..., Timeline]) -> None:
    assert not list(diagnose(tls_log(("certificate-expired", "certificate has expired"))))
