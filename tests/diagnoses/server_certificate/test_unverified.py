from __future__ import annotations

from collections.abc import Callable

import pytest

from curlx import explain
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


_GONE_ON = """\
* Connected to shop.example (192.0.2.7) port 443
* SSL Trust: peer verification disabled
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384 / X25519 / RSASSA-PSS
* Server certificate:
*   subject: CN=shop.example
*   start date: Jan  5 08:00:00 2026 GMT
*   expire date: {end} GMT
*   issuer: CN=Meadow CA
* OpenSSL verify result: {number}
*  SSL certificate verification failed, continuing anyway!
> GET / HTTP/1.1
> Host: shop.example
>
< HTTP/1.1 204 No Content
< Date: Mon, 23 Nov 2026 09:00:00 GMT
<
* Connection #0 to host shop.example left intact
"""


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("9", "it is not valid yet"),
        ("a", "it has expired"),
        ("12", "it is self-signed"),
        ("13", "its chain ends in a root"),
        ("14", "curl does not know its issuer"),
        ("42", "it is too weak"),
    ],
)
def test_the_number_of_the_result_is_hexadecimal(number: str, said: str) -> None:
    report = explain(_GONE_ON.format(end="Jan  5 08:00:00 2027", number=number).encode())
    assert f"would have refused it: {said}" in report.findings[0].summary


def test_what_curl_refuses_is_not_taken_for_passed_by_the_library_s_number_alone() -> None:
    cut = _GONE_ON.format(end="Jan  5 08:00:00 2027", number="14").split("*  SSL")[0].replace("disabled", "enabled")
    assert [finding.code for finding in explain(cut.encode()).findings] == ["log-unfinished"]


def test_a_certificate_that_the_log_s_own_date_lies_behind_has_expired() -> None:
    (finding,) = explain(_GONE_ON.format(end="Nov 11 08:00:00 2026", number="14").encode()).findings
    assert "By the log's own date the certificate has expired." in finding.summary
    assert {7, 15} <= {each.line for each in finding.evidence}
    assert "renew" in finding.remedies[0].steps[-1]
