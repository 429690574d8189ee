from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.server_certificate.self_signed import diagnose
from curlx.timeline import Timeline


def test_curl_says_it_and_that_is_certain(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("certificate-self-signed", "SSL certificate problem: self-signed certificate")))
    assert finding.certainty == "certain"


def test_a_self_signed_root_in_the_chain_is_another_matter(tls_log: Callable[..., Timeline]) -> None:
    said = ("certificate-self-signed-in-chain", "self-signed certificate in certificate chain")
    assert not list(diagnose(tls_log(said)))
