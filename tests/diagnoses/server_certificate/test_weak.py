from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.server_certificate.weak import diagnose
from curlx.timeline import Timeline


def test_curl_says_it_and_that_is_certain(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("certificate-weak", "EE certificate key too weak")))
    assert finding.certainty == "certain"
    assert finding.evidence[0].text == "* EE certificate key too weak"


def test_another_complaint_is_another_matter(tls_log: Callable[..., Timeline]) -> None:
    assert not list(diagnose(tls_log(("certificate-untrusted", "unable to get local issuer certificate"))))


def test_a_weak_digest_needs_a_lower_level_than_a_weak_key(tls_log: Callable[..., Timeline]) -> None:
    for said, level in (("EE certificate key too weak", "1"), ("CA signature digest algorithm too weak", "0")):
        (finding,) = diagnose(tls_log(("certificate-weak", said)))
        (command,) = finding.remedies[-1].commands
        assert f"SECLEVEL={level}" in command
