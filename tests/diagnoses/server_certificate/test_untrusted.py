from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from curlx import explain
from curlx.diagnoses.server_certificate.untrusted import diagnose
from curlx.timeline import Certificate, Exchange, Fact, Response, Timeline


def test_the_command_that_decides_between_the_causes_is_given(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("certificate-untrusted", "unable to get local issuer certificate")))
    assert finding.certainty == "certain"
    assert finding.remedies[0].commands == (
        "openssl s_client -connect api.example.com:443 -servername api.example.com -showcerts </dev/null "
        "2>/dev/null | grep -E '^ *([0-9]+ s|[iav]):'",
    )


def test_a_library_that_gives_no_reason_makes_it_likely(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("certificate-rejected", "server certificate verification failed")))
    assert finding.certainty == "likely"


def test_a_reason_elsewhere_in_the_log_silences_the_guess(tls_log: Callable[..., Timeline]) -> None:
    timeline = tls_log(("certificate-rejected", "verification failed"), ("certificate-expired", "has expired"))
    assert not list(diagnose(timeline))


def test_an_alert_from_the_server_silences_the_guess(tls_log: Callable[..., Timeline]) -> None:
    said = ("certificate-rejected", "SSL certificate verification failed")
    assert not list(diagnose(tls_log(said, alerts=(("in", 45, "certificate expired"),))))


def test_an_inspecting_issuer_comes_first_among_the_causes(tls_log: Callable[..., Timeline]) -> None:
    certificate = Certificate("server", 10, 11, issuer=Fact("O=Acme; CN=Acme TLS Inspection CA", 11))
    (finding,) = diagnose(tls_log(("certificate-untrusted", "unable to get issuer"), certificate=certificate))
    assert finding.causes[0].startswith("Interception is the likely one")


def test_a_refusal_that_curl_overcame_is_not_reported(tls_log: Callable[..., Timeline]) -> None:
    answer = Exchange(0, 40, 45, response=Response(200, "OK", "HTTP/1.1", 41, 45))
    assert not list(diagnose(tls_log(("certificate-untrusted", "unable to get issuer"), exchanges=(answer,))))


def test_what_a_library_has_other_words_for_is_not_said_to_look_the_same(tls_log: Callable[..., Timeline]) -> None:
    (gnutls,) = diagnose(tls_log(("certificate-rejected", "server certificate verification failed. CAfile: none")))
    assert "wrong name" not in gnutls.summary
    assert any("has expired" in cause for cause in gnutls.causes)
    (apple,) = diagnose(tls_log(("certificate-rejected", "SSL certificate problem: Invalid certificate chain")))
    assert "look the same" not in apple.summary
    assert not any("has expired" in cause for cause in apple.causes)
    (other,) = diagnose(tls_log(("certificate-rejected", "SSL certificate verification failed")))
    assert "wrong name" in other.summary


def test_who_has_no_authorities_at_all_is_told_so_first(tls_log: Callable[..., Timeline]) -> None:
    said = ("certificate-untrusted", "unable to get local issuer certificate")
    (finding,) = diagnose(tls_log(said, trust=(Fact("none", 12), Fact("none", 13))))
    assert "trusts nobody" in finding.causes[0]
    assert "ca-certificates" in finding.remedies[0].steps[0]
    (finding,) = diagnose(tls_log(said, trust=(Fact("none", 12), Fact("/etc/ssl/certs", 13))))
    assert "trusts nobody" not in " ".join(finding.causes)


def test_an_issuer_that_is_not_the_one_demanded_is_not_called_unknown() -> None:
    report = explain(b"* server certificate issuer check failed (IssuerCert: a.pem)\n")
    assert (report.outcome, report.findings[0].code) == ("failure", "server-certificate-untrusted")
    assert "`a.pem`" in report.findings[0].summary
    assert "does not know" not in report.findings[0].summary


def test_the_list_of_authorities_may_be_old_where_the_log_names_none() -> None:
    said = "* Connected to a.example (192.0.2.1) port 443 (#0)\n{}* SSL certificate problem: unable to get local issuer certificate\n"
    for trust, told in (("", True), ("*  CAfile: /etc/ssl/certs/ca.pem\n*  CApath: none\n", False)):
        (finding,) = explain(said.format(trust)).findings
        assert any("CURLOPT_CAINFO" in cause for cause in finding.causes) == told


@pytest.mark.parametrize(("said", "named", "dated"), [
    ("server verification failed: certificate error, no details available.", True, True),
    ("server certificate verification failed", False, True),
    ("invalid certificate chain", False, False),
])  # fmt: skip
def test_what_the_summary_takes_for_possible_is_a_cause(
    tls_log: Callable[..., Timeline], said: str, named: bool, dated: bool
) -> None:
    (finding,) = diagnose(tls_log(("certificate-rejected", said)))
    assert any("another name" in cause for cause in finding.causes) is named
    assert any("dates" in cause for cause in finding.causes) is dated
    assert any("dates" in step for step in finding.remedies[0].steps) is dated


@pytest.mark.parametrize(
    ("url", "issuer", "why"),
    [
        ("https://localhost/", "CN=Shop CA", "public authorities issue nothing for localhost"),
        ("https://10.0.0.8/", "CN=Shop CA", "public authorities issue nothing for 10.0.0.8"),
        ("https://shop.local/", "CN=Shop CA", "public authorities issue nothing for shop.local"),
        ("https://shop.example/", "C=NL, O=Acme Dev, CN=Internal Development CA", "for development or tests"),
        ("https://shop.example/", "CN=mkcert me@desk,O=mkcert development CA", "mkcert made it"),
    ],
)
def test_a_private_authority_comes_first_where_no_public_one_can_be(
    tls_log: Callable[..., Timeline], url: str, issuer: str, why: str
) -> None:
    shown = Certificate("server", 10, 11, issuer=Fact(issuer, 11))
    said = ("certificate-untrusted", "unable to get local issuer certificate")
    (finding,) = diagnose(tls_log(said, url=url, certificate=shown))
    assert finding.causes[0].startswith("The CA is private")
    assert why in finding.causes[0]
    assert {remedy.who for remedy in finding.remedies} == {"client"}
    assert ("--cacert rootCA.pem" in finding.remedies[-1].commands[0]) == ("mkcert" in issuer)


def test_what_an_ingress_shows_in_place_of_a_certificate_comes_first(tls_log: Callable[..., Timeline]) -> None:
    name = Fact("CN=TRAEFIK DEFAULT CERT", 10)
    shown = Certificate("server", 10, 11, subject=name, issuer=name)
    (finding,) = diagnose(tls_log(("certificate-untrusted", "unable to get issuer"), certificate=shown))
    assert finding.causes[0].startswith("Traefik shows this certificate")


def test_an_address_that_curl_tried_is_not_the_name_that_was_asked_for() -> None:
    log = b"""*   Trying 10.0.0.8:443...
* TLSv1.3 (OUT), TLS alert, unknown CA (560):
* SSL certificate problem: unable to get local issuer certificate
"""
    (finding,) = explain(log).findings[:1]
    assert finding.code == "server-certificate-untrusted"
    assert not any("issue nothing" in cause for cause in finding.causes)


@pytest.mark.parametrize(("host", "common", "told"), [
    ("localhost", "node01", True), ("192.168.7.9", "node01", True), ("localhost", "localhost", False),
    ("api.example.com", "node01", False),
])  # fmt: skip
def test_a_name_that_the_certificate_of_a_private_host_lacks_would_come_next(
    tls_log: Callable[..., Timeline], shop_certificate: Certificate, host: str, common: str, told: bool
) -> None:
    certificate = msgspec.structs.replace(shop_certificate, subject=Fact(f"CN={common}", 10))
    said = ("certificate-untrusted", "unable to get local issuer certificate")
    (finding,) = diagnose(tls_log(said, url=f"https://{host}/", certificate=certificate))
    trust = next(one for one in finding.remedies if one.title.startswith("If the CA is your own"))
    assert any(f"common name is {common}. If it does not hold {host}" in step for step in trust.steps) == told


@pytest.mark.parametrize(("option", "address"), [("--ca-native ", "10.0.1.4"), ("", "10.0.1.4"), ("", "203.0.113.4")])
def test_what_a_private_address_and_the_list_of_the_system_tell(option: str, address: str) -> None:
    (found, *_) = explain(
        f"PS C:\\> curl.exe -v {option}https://vm.demo.example/\n* Connected to vm.demo.example ({address}) port 443\n"
        "* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n* TLSv1.3 (IN), TLS handshake, Server hello (2):\n"
        "* TLSv1.3 (IN), TLS handshake, Certificate (11):\n* TLSv1.3 (OUT), TLS alert, unknown CA (560):\n"
        "* SSL certificate problem: unable to get local issuer certificate\n* Closing connection\n"
        "curl: (60) SSL certificate problem: unable to get local issuer certificate\n"
    ).findings
    first = "The server does not send" if address.startswith("203.") else "The CA is private"
    assert found.causes[0].startswith(first)
    told = [step for remedy in found.remedies for step in remedy.steps]
    assert any("LocalMachine" in step for step in told) == bool(option)
    assert any("--ca-native" in cause for cause in found.causes) == bool(option)


@pytest.mark.parametrize("told", ["k", ""])
def test_a_certificate_refused_in_spite_of_k_is_a_fault_of_mbedtls(told: str) -> None:
    said = (
        "ssl_handshake returned - mbedTLS: (-0x2700) X509 - Certificate verification failed, e.g. CRL, CA or signature"
    )
    log = f"""$ curl -v{told} https://git.example/x
* Connected to git.example (192.0.2.1) port 443
* {said}
* Closing connection
curl: (35) {said}
"""
    finding = explain(log).findings[0]
    assert finding.code == "server-certificate-untrusted"
    assert ("in spite of -k" in finding.title) == bool(told)
    assert ("--tls-max 1.2" in str(finding.remedies)) == bool(told)
    assert any("chain" in remedy.title for remedy in finding.remedies) == (not told)
