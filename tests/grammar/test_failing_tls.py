"""How curl says that TLS failed, library by library."""

from __future__ import annotations

import pytest

from curlx.events import Complaint
from curlx.grammar import understand


@pytest.mark.parametrize(
    ("text", "alert"),
    [
        ("error:1409442E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version", 70),
        ("error:1409445C:SSL routines:ssl3_read_bytes:reason(1116)", 116),
        ("error:1401E412:SSL routines:CONNECT_CR_FINISHED:sslv3 alert bad certificate", 42),
        ("TLS connect error: error:0A000458:SSL routines::tlsv1 unrecognized name", 112),
        ("OpenSSL/3.0.22: error:0A000410:SSL routines::sslv3 alert handshake failure", 40),
        ("OpenSSL SSL_read: OpenSSL/3.0.22: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0",
         116),
        ("BoringSSL SSL_read: BoringSSL: error:10000418:SSL routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA, errno 0",
         48),
        ("LibreSSL SSL_read: error:1401E3FC:SSL routines:CONNECT_CR_FINISHED:sslv3 alert bad record mac, errno 0", 20),
        ("gnutls_handshake() failed: The server name sent was not recognized", 112),
        ("GnuTLS, handshake failed: Certificate is bad", 42),
        ("GnuTLS, handshake failed: CA is unknown", 48),
        ("NSS error -12190 (SSL_ERROR_PROTOCOL_VERSION_ALERT)", 70),
        ("NSS error -12272", 20),
        ("NSS error -12229", 10),
        ("NSS error -12224", 46),
        ("NSS error -12197", 21),
        ("NSS error -12188", 80),
        ("NSS error -12182", 112),
        ("SSL read: errno -12271 (SSL_ERROR_BAD_CERT_ALERT)", 42),
        ("SSL peer rejected your certificate as expired.", 45),
        ("SSL received a certificate_required alert.", 116),
        ("Peer does not recognize and trust the CA that issued your certificate.", 48),
        ("rustls_connection_process_new_packets: received fatal alert: HandshakeFailure", 40),
        ("rustls_connection_process_new_packets: received fatal alert: UnrecognisedName", 112),
        ("rustls_connection_process_new_packets: received fatal alert: EncryptedClientHelloRequired", 121),
        ("SSL server rejected the client certificate due to the certificate being signed by an unknown certificate "
         "authority", 48),
        ("BoringSSL SSL_read: BoringSSL: error:100000b6:SSL routines:OPENSSL_internal:NO_RENEGOTIATION, errno 0", 100),
        ("SSL certificate verification failed", 45),  # with a fault of the server's certificate curl would name it
        # These libraries do not say which.
        ("SSL_connect failed with error -313: received alert fatal error", None),
        ("GnuTLS recv error (-12): A TLS fatal alert has been received.", None),
        ("ssl_handshake returned: (-0x7780) SSL - A fatal alert message was received from our peer", None),
        ("schannel: next InitializeSecurityContext failed: SEC_E_ILLEGAL_MESSAGE (0x80090326) - a", None),
    ],
)  # fmt: skip
def test_an_alert_of_the_peer_keeps_its_number(text: str, alert: int | None) -> None:
    event = understand(text)
    assert isinstance(event, Complaint)
    assert event.kind == "tls-alert"
    assert (event.number if alert is not None else None) == alert


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("TLS connect error: error:0A00010B:SSL routines::wrong version number", "tls-not-tls"),
        ("GnuTLS, handshake failed: An unexpected TLS packet was received.", "tls-not-tls"),
        ("error:0A000102:SSL routines::unsupported protocol", "tls-version"),
        ("error:141A318A:SSL routines:tls_process_ske_dhe:dh key too small", "tls-weak-key"),
        ("error:0A000152:SSL routines::unsafe legacy renegotiation disabled", "tls-legacy-renegotiation"),
        ("NSS error -12279", "tls-version"),
        ("NSS error -12276", "certificate-name-mismatch"),
        ("NSS error -12230", "tls-closed"),
        ("NSS error -12175", "tls-legacy-renegotiation"),
        ("NSS error -8180", "certificate-revoked"),
        ("Cannot communicate securely with peer: no common encryption algorithm(s).", "tls-no-shared-cipher"),
        ("OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to flaky.example:8444 ", "tls-closed"),
        ("OpenSSL SSL_connect: Connection reset by peer in connection to flaky.example:8444 ", "tls-reset"),
        ("OpenSSL SSL_connect: Broken pipe in connection to flaky.example:8444 ", "tls-closed"),
        ("LibreSSL SSL_connect: SSL_ERROR_SYSCALL, errno 60", "tls-timeout"),
        ("OpenSSL SSL_connect: SSL_ERROR_SYSCALL, errno 110 in connection to flaky.example:8444 ", "tls-timeout"),
        ("OpenSSL SSL_connect: No route to host in connection to flaky.example:8444 ", "way-lost"),
        ("Recv failure: Network is down", "way-lost"),
        ("TLS connect error: error:0A000126:SSL routines::unexpected eof while reading", "tls-closed"),
        ("OpenSSL SSL_read: error:0A000126:SSL routines::unexpected eof while reading, errno 0", "tls-truncated"),
        ("GnuTLS recv error (-110): The TLS connection was non-properly terminated.", "tls-truncated"),
        ("OpenSSL SSL_read: SSL_ERROR_SYSCALL, errno 104", "reset"),
        ("OpenSSL SSL_write: Broken pipe, errno 32", "send-failed"),
        ("OpenSSL SSL_write: SSL_ERROR_ZERO_RETURN, errno 0", "tls-closed"),
        ("SSL connection timeout", "tls-timeout"),
        ("schannel: failed to receive handshake, SSL/TLS connection failed", "tls-closed"),
        ("SSL connect error", "tls-error"),
    ],
)  # fmt: skip
def test_a_broken_handshake_is_told_apart(text: str, kind: str) -> None:
    event = understand(text)
    assert isinstance(event, Complaint)
    assert event.kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SSL certificate problem: certificate has expired", "certificate-expired"),
        ("SSL certificate problem: self-signed certificate in certificate chain", "certificate-self-signed-in-chain"),
        ("SSL certificate problem: self signed certificate", "certificate-self-signed"),
        ("SSL certificate problem: EE certificate key too weak", "certificate-weak"),
        ("SSL certificate OpenSSL verify result: unable to get local issuer certificate (20)", "certificate-untrusted"),
        ("server verification failed: certificate not valid yet.", "certificate-not-yet-valid"),
        ("SSL certificate verification failed: certificate signer not trusted. (CAfile: a CRLfile: none)",
         "certificate-untrusted"),
        ("server certificate issuer check failed (IssuerCert: a.pem)", "certificate-untrusted"),
        ("Cert verify failed: BADCERT_REVOKED", "certificate-revoked"),
        ("Cert verify failed. Certificate is not correctly signed by a trusted CA. UnityTls error code: 7",
         "certificate-untrusted"),
        ("SSL_connect failed with error -151: ASN date error, current date after", "certificate-expired"),
        ("SSL: no alternative certificate subject name matches target host name 'a.example'",
         "certificate-name-mismatch"),
        ("SSL: public key does not match pinned public key!", "certificate-pin-mismatch"),
        ("No OCSP response received", "certificate-staple-missing"),
        ("schannel: next InitializeSecurityContext failed: Unknown error (0x80092012) - Die Sperrfunktion.",
         "certificate-revocation-unchecked"),
        ("error:0DFFF07B:asn1 encoding routines:CRYPTO_internal:header too long", "certificate-malformed"),
        ("error:06880006:asn1 encoding routines::EVP lib", "tls-error"),  # it may be this machine's own signature
        ("error:0D0C5006:asn1 encoding routines:ASN1_item_verify:EVP lib", "tls-error"),
        ("error:0DFFF006:asn1 encoding routines:CRYPTO_internal:EVP lib", "tls-error"),
        ("schannel: ... CRYPT_E_NO_REVOCATION_CHECK", "certificate-revocation-unchecked"),  # somebody left out the middle
        ("schannel: next InitializeSecurityContext failed: SEC_E_UNTRUSTED_ROOT (0x80090325)", "certificate-untrusted"),
        # Without a reason, and possibly no judgement of curl's at all.
        ("server certificate verification failed. CAfile: /etc/ssl/cert.pem CRLfile: none", "certificate-rejected"),
        ("error setting certificate file: nope.pem", "trust-store-unreadable"),
        ("error adding trust anchors from file: nope.pem", "trust-store-unreadable"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_certificate_is_told_apart(text: str, kind: str) -> None:
    event = understand(text)
    assert isinstance(event, Complaint)
    assert event.kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SSL received a malformed Change Cipher Spec record.", "tls-error"),
        ("SSL certificate problem, verify that the CA cert is OK. Details:", "certificate-rejected"),
    ],
)
def test_words_of_old_builds_are_known(text: str, kind: str) -> None:
    event = understand(text)
    assert isinstance(event, Complaint)
    assert event.kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NSS error -5990 (PR_IO_TIMEOUT_ERROR)", "tls-timeout"),
        ("NSS error -5990", "tls-timeout"),
        ("OpenSSL SSL_connect: Software caused connection abort in connection to api.example:443", "tls-reset"),
        ("Recv failure: Connection was aborted", "reset"),
        ("Recv failure: Software caused connection abort", "reset"),
        ("Recv failure: Bad file descriptor", "receive-failed"),
    ],
)
def test_the_systems_words_are_told_from_those_of_tls(text: str, kind: str) -> None:
    event = understand(text)
    assert isinstance(event, Complaint)
    assert event.kind == kind
