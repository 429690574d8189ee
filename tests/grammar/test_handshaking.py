"""What curl says while TLS is set up, in the words of all builds."""

from __future__ import annotations

import pytest

from curlx.events import (
    AlpnChosen,
    AlpnOffered,
    BackendSeen,
    CipherChosen,
    Event,
    HandshakeDone,
    HandshakeMessage,
    PeerVerificationDisabled,
    SessionReused,
    TlsAlert,
    TlsRecord,
    TrustAnchors,
)
from curlx.grammar import understand
from curlx.grammar.handshaking import version_of


@pytest.mark.parametrize(
    ("text", "direction", "number", "name"),
    [
        ("TLSv1.3 (IN), TLS handshake, Request CERT (13):", "in", 13, "Request CERT"),
        ("TLSv1.2 (OUT), TLS handshake, CERT verify (15):", "out", 15, "CERT verify"),
        ("TLSv1.2 (IN), TLS handshake, Hello request (0):", "in", 0, "Hello request"),
        ("(304) (OUT), TLS handshake, Client hello (1):", "out", 1, "Client hello"),
        ("[CONN-0-0][CF-SSL] (304) (OUT), TLS handshake, Client hello (1):", "out", 1, "Client hello"),
        ("TLSv1.3 (IN), TLS handshake, Unknown (8):", "in", 8, "Encrypted Extensions"),
        ("SSLv3, TLS handshake, Server hello (2):", "in", 2, "Server hello"),
    ],
)
def test_a_handshake_message_goes_by_its_number(text: str, direction: str, number: int, name: str) -> None:
    event = understand(text)
    assert isinstance(event, HandshakeMessage)
    assert (event.direction, event.number, event.name) == (direction, number, name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TLSv1.3 (IN), TLS alert, unknown CA (560):", TlsAlert("in", 48, "unknown ca", "fatal")),
        ("TLSv1.3 (IN), TLS alert, unknown (628):", TlsAlert("in", 116, "certificate required", "fatal")),
        ("TLSv1.3 (OUT), TLS alert, close notify (256):", TlsAlert("out", 0, "close notify", "warning")),
        ("TLSv1.2 (OUT), TLS alert, Client hello (1):", TlsAlert("out", 0, "close notify", "warning")),
        # curl up to 7.58 prints the level instead of the description: fatal, and nobody knows which.
        ("TLSv1.2 (IN), TLS alert, Server hello (2):", TlsAlert("in", -1, "unknown", "fatal")),
    ],
)
def test_an_alert_is_decoded_from_its_number(text: str, expected: Event) -> None:
    assert understand(text) == expected


@pytest.mark.parametrize(
    "text",
    ["TLSv1.2 (OUT), TLS header, Supplemental data (23):", "TLSv1.3 (IN), TLS Unknown, Certificate Status (22):",
     "TLSv1.3 (OUT), TLS change cipher, Change cipher spec (1):", "TLSv1.3 (IN), TLS app data, [no content] (0):",
     "TLSv1.3 (OUT), TLS handshake, [no content] (0):", "TLSv1.3 (OUT), TLS alert, [no content] (0):",
     " (0) (IN), , Unknown (0):", "SSLv3, TLS handshake, Certificate (11):"],
)  # fmt: skip
def test_a_record_header_is_no_message(text: str) -> None:
    assert isinstance(understand(text), TlsRecord)


@pytest.mark.parametrize(
    ("text", "version", "cipher", "library"),
    [
        ("SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384 / X25519 / RSASSA-PSS", "TLSv1.3",
         "TLS_AES_256_GCM_SHA384", None),
        ("SSL connection using TLSv1.2 / ECDHE-RSA-AES256-GCM-SHA384", "TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384", None),
        ("SSL connection using TLSv1.3 / TLS13-AES128-GCM-SHA256", "TLSv1.3", "TLS13-AES128-GCM-SHA256", "wolfSSL"),
        ("SSL connection using TLS1.2 / ECDHE_RSA_AES_256_GCM_SHA384", "TLSv1.2", "ECDHE_RSA_AES_256_GCM_SHA384",
         "GnuTLS"),
        ("SSL connection using TLSv1 / AES256-SHA", "TLSv1.0", "AES256-SHA", None),
        ("SSL connection using TLS_AES_128_GCM_SHA256", "TLSv1.3", "TLS_AES_128_GCM_SHA256", None),
        ("SSL connection using TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLSv1.2",
         "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", None),
        ("SSL connection using TLS_RSA_WITH_AES_128_CBC_SHA", None, "TLS_RSA_WITH_AES_128_CBC_SHA", None),
        ("TLS 1.2 connection using TLS_RSA_WITH_AES_128_CBC_SHA", "TLSv1.2", "TLS_RSA_WITH_AES_128_CBC_SHA", None),
        ("rustls: handshake complete, TLSv1_3, cipher: TLS13_AES_256_GCM_SHA384", "TLSv1.3",
         "TLS13_AES_256_GCM_SHA384", None),
    ],
)  # fmt: skip
def test_the_version_is_spelt_one_way_and_the_spelling_tells_the_library(
    text: str, version: str | None, cipher: str, library: str | None
) -> None:
    assert understand(text) == CipherChosen(version, cipher, library)


@pytest.mark.parametrize(
    ("cipher", "version"),
    [("TLS_CHACHA20_POLY1305_SHA256", "TLSv1.3"), ("TLS13-AES128-GCM-SHA256", "TLSv1.3"),
     ("ECDHE-RSA-AES128-SHA256", "TLSv1.2"), ("TLS_RSA_WITH_AES_256_CBC_SHA256", "TLSv1.2"),
     ("ECDHE-RSA-CHACHA20-POLY1305", "TLSv1.2"), ("ECDHE-RSA-AES128-SHA", None), ("DES-CBC3-SHA", None)],
)  # fmt: skip
def test_a_suite_tells_the_version_only_where_it_exists_in_one(cipher: str, version: str | None) -> None:
    assert version_of(cipher) == version


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mbedTLS: TLSv1.2 Handshake complete", HandshakeDone("TLSv1.2")),
        ("mbedTLS: Handshake complete, cipher is TLS-ECDHE-RSA-WITH-CHACHA20-POLY1305-SHA256",
         HandshakeDone("TLSv1.2", "TLS-ECDHE-RSA-WITH-CHACHA20-POLY1305-SHA256")),
        ("SSL re-using session ID", SessionReused()),
        ("SSL reusing session with ALPN 'h2'", SessionReused()),
        ("ALPN, offering h2", AlpnOffered(("h2",))),
        ("ALPN: curl offers h2,http/1.1", AlpnOffered(("h2", "http/1.1"))),
        ("ALPN, server accepted to use http/1.1", AlpnChosen("http/1.1")),
        ("ALPN: server accepted h2", AlpnChosen("h2")),
        ("ALPN: server confirmed to use 'h2'", AlpnChosen("h2")),
        ("NPN, negotiated HTTP2 (h2)", AlpnChosen("h2")),
        ("ALPN/NPN, server did not agree to a protocol", AlpnChosen(None)),
        ("ALPN: server did not agree on a protocol. Uses default.", AlpnChosen(None)),
        (" CApath: none", TrustAnchors("none")),
        ("  CAfile: 140 certificates in /etc/ssl/cert.pem", TrustAnchors("/etc/ssl/cert.pem", 140)),
        ("found 140 certificates in /etc/ssl/cert.pem", TrustAnchors("/etc/ssl/cert.pem", 140, "GnuTLS")),
        ("SSL Trust: peer verification disabled", PeerVerificationDisabled()),
        ("skipping SSL peer certificate verification", PeerVerificationDisabled()),
        ("GnuTLS priority: NORMAL", BackendSeen("GnuTLS")),
        ("Initializing NSS with certpath: sql:/etc/pki/nssdb", BackendSeen("NSS")),
        ("schannel: disabled automatic use of client certificate", BackendSeen("Schannel")),
    ],
)  # fmt: skip
def test_what_is_agreed_on_is_read_in_every_wording(text: str, expected: Event) -> None:
    assert understand(text) == expected
