"""What curl says of the peer's certificate, in the words of all builds."""

from __future__ import annotations

import pytest

from curlx.events import (
    BackendSeen,
    CertificateBlock,
    CertificateField,
    CertificateNameChecked,
    CertificateVerified,
    Chatter,
    Event,
)
from curlx.grammar import understand


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Server certificate:", CertificateBlock("server")),
        ("Proxy certificate:", CertificateBlock("proxy")),
        ("Dumping cert info: * cert. version     : 3", CertificateBlock("server")),
        (" subject: C=NL; O=Example BV; CN=shop.example", CertificateField("subject",
         "C=NL; O=Example BV; CN=shop.example")),
        ("\t issuer: C=NL,CN=Example CA", CertificateField("issuer", "C=NL,CN=Example CA")),
        ("issuer name       : C=NL, CN=Example CA", CertificateField("issuer", "C=NL, CN=Example CA")),
        ("  start date: Sat, 24 Oct 2026 08:42:02 GMT", CertificateField("not-before",
         "Sat, 24 Oct 2026 08:42:02 GMT")),
        (" issued  on        : 2026-10-24 08:42:02", CertificateField("not-before", "2026-10-24 08:42:02")),
        (" expires on        : 2027-09-19 08:42:02", CertificateField("not-after", "2027-09-19 08:42:02")),
        ("     dNSName : shop.example", CertificateField("alternative-name", "shop.example")),
        (" common name: shop.example", CertificateField("common-name", "shop.example")),
        (" RSA key size      : 2048 bits", CertificateField("public-key", "2048 bits")),
        (" cert. version     : 3", Chatter("tls")),
        (' subjectAltName: host "a.example" matched cert\'s "*.example"',
         CertificateNameChecked(True, "a.example", "*.example")),
        ('  subjectAltName: "a.example" matches cert\'s "*.example"', CertificateNameChecked(True, "a.example",
         "*.example")),
        ("  common name: a.example (matched)", CertificateNameChecked(True, None, "a.example")),
        ("  common name: a.example (does not match 'b.example')", CertificateNameChecked(False, "b.example",
         "a.example")),
        (" subjectAltName does not match hostname b.example", CertificateNameChecked(False, "b.example",
         decisive=True)),
        (" subjectAltName does not match ipv4 address 203.0.113.14", CertificateNameChecked(False, "203.0.113.14",
         decisive=True)),
    ],
)  # fmt: skip
def test_a_certificate_is_read_in_the_words_of_every_library(text: str, expected: Event) -> None:
    assert understand(text) == expected


@pytest.mark.parametrize(
    ("text", "result", "reason"),
    [
        (" SSL certificate verify ok.", "ok", None),
        ("SSL certificate verified via OpenSSL.", "ok", None),
        ("  SSL certificate verified by GnuTLS", "ok", None),
        ("\t server certificate verification OK", "ok", None),
        ("  server certificate verification SKIPPED", "skipped", None),
        ("  server certificate verification FAILED", "continuing", None),
        ("  server certificate expiration date FAILED", "continuing", "certificate-expired"),
        (" SSL certificate verify result: certificate has expired (10), continuing anyway.", "continuing",
         "certificate-expired"),
        (" SSL certificate verify result: self signed certificate in certificate chain (19), continuing anyway.",
         "continuing", "certificate-self-signed-in-chain"),
        (" SSL certificate verification failed, continuing anyway!", "continuing", None),
    ],
)  # fmt: skip
def test_the_verdict_on_a_certificate_is_read(text: str, result: str, reason: str | None) -> None:
    event = understand(text)
    assert isinstance(event, CertificateVerified)
    assert (event.result, event.reason) == (result, reason)


@pytest.mark.parametrize(
    "text",
    ["  server certificate status verification SKIPPED", "  server certificate expiration date OK",
     "  SSL certificate activation date OK", "  SSL certificate status verification SKIPPED"],
)  # fmt: skip
def test_one_step_of_gnutls_is_not_the_verdict(text: str) -> None:
    assert understand(text) == BackendSeen("GnuTLS")
