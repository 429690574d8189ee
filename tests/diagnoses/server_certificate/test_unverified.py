from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.server_certificate.unverified import diagnose
from curlx.timeline import Certificate, Fact, Timeline


def test_it_is_a_note_and_says_what_is_hidden(tls_log: Callable[..., Timeline]) -> None:
    timeline = tls_log(verdict="unverified", verdict_line=14, verdict_reason="certificate-expired")
    (finding,) = diagnose(timeline)
    assert finding.severity == "note"
    assert "it has expired" in finding.summary


def test_a_checked_certificate_needs_no_note(tls_log: Callable[..., Timeline]) -> None:
    assert not list(diagnose(tls_log(verdict="accepted", verdict_line=14)))


def test_no_ca_stands_behind_a_self_signed_certificate(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(verdict="unverified", verdict_line=14, verdict_reason="certificate-self-signed"))
    assert "No CA" in finding.remedies[0].steps[0]


def test_a_public_authority_that_curl_does_not_know_lacks_its_intermediate(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(verdict="unverified", verdict_line=14, verdict_reason="certificate-untrusted"))
    assert any("full chain" in step for step in finding.remedies[0].steps)


def test_what_a_proxy_shows_where_it_has_no_certificate_is_told_in_the_title(tls_log: Callable[..., Timeline]) -> None:
    for name, product in (
        ("O=Acme Co; CN=Kubernetes Ingress Controller Fake Certificate", "ingress-nginx"),
        ("CN=TRAEFIK DEFAULT CERT", "Traefik"),
    ):
        shown = Certificate("server", 10, 11, subject=Fact(name, 10), issuer=Fact(name, 11))
        said = {"verdict": "unverified", "verdict_line": 14, "verdict_reason": "certificate-self-signed"}
        (finding,) = diagnose(tls_log(certificate=shown, **said))
        assert f"the one that {product} shows where it has none" in finding.title
        assert 10 in {each.line for each in finding.evidence}
