"""What curl says of the client's certificate and key."""

from __future__ import annotations

import pytest

from curlx.events import ClientCertificateNote, Complaint, Event
from curlx.grammar import understand

_GUESS = "(no key found, wrong pass phrase, or wrong file format?)"


@pytest.mark.parametrize(
    ("text", "kind", "subject"),
    [
        (f"could not load PEM client certificate from ./nope.pem, OpenSSL error error:80000002:system library::"
         f"No such file or directory, {_GUESS}", "client-certificate-not-loaded", "./nope.pem"),
        (f"could not load PEM client certificate, OpenSSL error error:0A00018F:SSL routines::"
         f"ee key too small, {_GUESS}",
         "client-certificate-weak", None),
        ("could not parse PKCS12 file, check password, OpenSSL error error:11800071:PKCS12 routines::"
         "mac verify failure",
         "client-passphrase", None),
        ("could not parse PKCS12 file, check password, OpenSSL error error:0308010C:digital envelope "
         "routines::unsupported",
         "client-certificate-not-loaded", None),
        ("unable to set private key file: 'client.key' type PEM", "client-key-not-loaded", "client.key"),
        ("unable to use client certificate (no key or wrong pass phrase?)", "client-certificate-not-loaded", None),
        ("Private key does not match the certificate public key", "client-key-mismatch", None),
        ("error reading X.509 key file: The certificate and the given key do not match.", "client-key-mismatch", None),
        ("error reading X.509 potentially-encrypted key file: Decryption has failed.", "client-passphrase", None),
        ("error reading X.509 key file: Error while reading file.", "client-key-not-loaded", None),
        ("unable to load client cert: -8018 (SEC_ERROR_UNKNOWN_PKCS11_ERROR)", "client-certificate-not-loaded", None),
        ("unable to load client key: -8178 (SEC_ERROR_BAD_KEY)", "client-key-not-loaded", None),
        ("Error reading private key client.key - mbedTLS: (-0x3C00) PK - Private key password can't be empty",
         "client-passphrase", "client.key"),
        ("schannel: Failed to import cert file client.p12, password is bad", "client-passphrase", "client.p12"),
        ("schannel: Failed to get certificate location for C:/client.pem", "client-certificate-not-loaded",
         "C:/client.pem"),
        ("not supported file type 'PKCS7' for certificate", "client-certificate-not-loaded", "PKCS7"),
        ("rustls: failed to read key file: 'client.key'", "client-key-not-loaded", "client.key"),
    ],
)  # fmt: skip
def test_a_local_file_that_fails_is_told_apart(text: str, kind: str, subject: str | None) -> None:
    event = understand(text)
    assert isinstance(event, Complaint)
    assert (event.kind, event.subject, event.text) == (kind, subject, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NSS: client certificate not found (nickname not specified)", ClientCertificateNote("asked-none")),
        ("NSS: client certificate not found: client.pem", ClientCertificateNote("not-found", "client.pem")),
        ("NSS: client certificate from file", ClientCertificateNote("from-file")),
        ("NSS: using client certificate: partner", ClientCertificateNote("found", "partner")),
        ("schannel: a client certificate has been requested", ClientCertificateNote("asked")),
    ],
)
def test_what_a_library_notes_of_the_client_certificate_is_no_complaint(text: str, expected: Event) -> None:
    assert understand(text) == expected
