from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.server_certificate.trust_store import diagnose
from curlx.timeline import Timeline


def test_the_file_is_named(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("trust-store-unreadable", "error setting certificate file"), subject="./my ca.pem"))
    assert "`./my ca.pem`" in finding.summary
    assert "ls -l './my ca.pem'" in finding.remedies[0].commands


def test_an_unreadable_list_of_revoked_certificates_is_not_called_a_list_of_authorities(
    tls_log: Callable[..., Timeline],
) -> None:
    (finding,) = diagnose(tls_log(("trust-store-unreadable", "error loading CRL file: nope.crl"), subject="nope.crl"))
    assert "revoked" in finding.title
    assert "authorities" not in finding.summary


def test_the_package_that_the_missing_bundle_belongs_to_is_offered(tls_log: Callable[..., Timeline]) -> None:
    said, bundle = ("trust-store-unreadable", "error setting certificate file"), "/etc/ssl/certs/ca-certificates.crt"
    (finding,) = diagnose(tls_log(said, subject=bundle))
    assert "not installed" in finding.causes[0]
    assert "apk add ca-certificates" in finding.remedies[0].commands
    (other,) = diagnose(tls_log(said, subject="/etc/ssl/corp-ca.pem"))
    assert not any("apk" in command for remedy in other.remedies for command in remedy.commands)


def test_a_file_that_was_read_is_there(tls_log: Callable[..., Timeline]) -> None:
    said = ("trust-store-unreadable", "error reading ca cert file (ASN1 parser: Element was not found.)")
    (finding,) = diagnose(tls_log(said, subject="/etc/ssl/certs/ca-certificates.crt"))
    assert len(finding.causes) == 1
    assert not any("apk" in command for remedy in finding.remedies for command in remedy.commands)
