from __future__ import annotations

from collections.abc import Callable

import curlx
from curlx.diagnoses.server_certificate.self_signed import diagnose
from curlx.timeline import Certificate, Fact, Timeline


def test_curl_says_it_and_that_is_certain(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("certificate-self-signed", "SSL certificate problem: self-signed certificate")))
    assert finding.certainty == "certain"


def test_a_self_signed_root_in_the_chain_is_another_matter(tls_log: Callable[..., Timeline]) -> None:
    said = ("certificate-self-signed-in-chain", "self-signed certificate in certificate chain")
    assert not list(diagnose(tls_log(said)))


def test_no_public_authority_is_promised_for_this_very_machine() -> None:
    log = b"""* Connected to localhost (127.0.0.1) port 443 (#0)
* ALPN: offers h2,http/1.1
* SSL certificate problem: self-signed certificate
curl: (60) SSL certificate problem: self-signed certificate
"""
    for name, private in ((b"localhost", True), (b"10.0.0.8", True), (b"shop.example.com", False)):
        finding = curlx.explain(log.replace(b"localhost", name)).findings[0]
        assert bool(finding.remedies[-1].steps) == private


def test_the_file_that_curl_is_to_trust_is_written_by_a_command_before_it(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("certificate-self-signed", "SSL certificate problem: self-signed certificate")))
    write, look, use = finding.remedies[0].commands
    assert write.endswith("| openssl x509 -out server.pem")
    assert "-in server.pem -noout -subject -fingerprint" in look
    assert "--cacert server.pem" in use


def test_the_stand_in_of_an_ingress_is_known_by_its_name(tls_log: Callable[..., Timeline]) -> None:
    name = "O = Acme Co, CN = Kubernetes Ingress Controller Fake Certificate"
    shown = Certificate("server", 10, 11, subject=Fact(name, 10), issuer=Fact(name, 11))
    said = ("certificate-self-signed", "SSL certificate problem: self-signed certificate")
    (finding,) = diagnose(tls_log(said, certificate=shown))
    (cause,) = finding.causes
    assert cause.startswith("ingress-nginx shows this certificate")
