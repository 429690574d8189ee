"""What holds for every diagnosis that reads a failure of TLS."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, get_args

import pytest

from curlx import explain
from curlx.diagnoses.tls.shared.breakages import Breakage
from curlx.timeline import Timeline

BROKEN = {
    "plaintext-server": ("tls-not-tls", "wrong version number"),
    "legacy-renegotiation": ("tls-legacy-renegotiation", "unsafe legacy renegotiation disabled"),
    "weak-key": ("tls-weak-key", "dh key too small"),
    "version-mismatch": ("tls-version", "unsupported protocol"),
    "name-unrecognized": ("tls-alert", "The server name sent was not recognized"),
    "no-shared-cipher": ("tls-no-shared-cipher", "no ciphers available"),
    "refused": ("tls-alert", "A TLS fatal alert has been received."),
    "protocol-error": ("tls-error", "SSL_connect failed"),
    "reset": ("reset", "Recv failure: Connection reset by peer"),
    "timeout": ("connect-timeout", "Connection timed out after 2001 milliseconds"),
    "closed": ("tls-closed", "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to api.example.com:443"),
}
"""What curl says of each way in which a handshake fails."""
NUMBERS = {"name-unrecognized": 112}
"""The alerts that it names so."""

REFUSED = {
    "expired": ("certificate-expired", "SSL certificate problem: certificate has expired"),
    "malformed": ("certificate-malformed", "certificate signature failure"),
    "pin_mismatch": ("certificate-pin-mismatch", "public key does not match pinned public key"),
    "revocation_unchecked": ("certificate-revocation-unchecked", "CRYPT_E_NO_REVOCATION_CHECK"),
    "revoked": ("certificate-revoked", "CERT_TRUST_IS_REVOKED"),
    "staple_missing": ("certificate-staple-missing", "No OCSP response received"),
    "trust_store": ("trust-store-unreadable", "error setting certificate file"),
    "weak": ("certificate-weak", "EE certificate key too weak"),
}
"""What curl says of a certificate of the server that it refuses, by the module that finds it."""


@pytest.mark.parametrize("breakage", get_args(Breakage))
def test_curls_own_words_are_the_decisive_line(breakage: Breakage, tls_log: Callable[..., Timeline]) -> None:
    (finding,) = _tls(breakage).diagnose(tls_log(BROKEN[breakage], number=NUMBERS.get(breakage)))
    assert finding.certainty == ("likely" if breakage == "plaintext-server" else "certain")
    assert finding.evidence[0].text == f"* {BROKEN[breakage][1]}"


@pytest.mark.parametrize("breakage", get_args(Breakage))
def test_a_refused_certificate_is_another_matter(breakage: Breakage, tls_log: Callable[..., Timeline]) -> None:
    said = ("certificate-expired", "certificate has expired")
    assert not list(_tls(breakage).diagnose(tls_log(BROKEN[breakage], said, number=NUMBERS.get(breakage))))


@pytest.mark.parametrize("name", REFUSED)
def test_curl_says_it_and_that_is_certain(name: str, tls_log: Callable[..., Timeline]) -> None:
    (finding,) = _server_certificate(name).diagnose(tls_log(REFUSED[name]))
    assert finding.certainty == "certain"
    assert finding.evidence[0].text == f"* {REFUSED[name][1]}"


@pytest.mark.parametrize("name", REFUSED)
def test_another_complaint_is_another_matter(name: str, tls_log: Callable[..., Timeline]) -> None:
    said = ("certificate-untrusted", "unable to get local issuer certificate")
    assert not list(_server_certificate(name).diagnose(tls_log(said)))


def _tls(breakage: str) -> Any:
    return import_module(f"curlx.diagnoses.tls.{breakage.replace('-', '_')}")


def _server_certificate(name: str) -> Any:
    return import_module(f"curlx.diagnoses.server_certificate.{name}")


@pytest.mark.parametrize("words", ["Error in the push function.", "Error in the pull function."])
@pytest.mark.parametrize(("option", "first"), [("", False), ("--cert me.pem ", True)])
def test_a_certificate_is_the_first_cause_where_something_speaks_of_one(words: str, option: str, first: bool) -> None:
    log = f"$ curl -sS {option}https://quay.example/\ncurl: (35) gnutls_handshake() failed: {words}\n"
    (finding, *_) = explain(log.encode()).findings
    assert "client certificate" in " ".join(finding.causes)
    assert ("client certificate" in finding.causes[0]) is first
