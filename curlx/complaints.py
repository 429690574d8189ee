"""curlx's one vocabulary for what curl complains of, in the many wordings of many builds."""

from __future__ import annotations

from typing import Literal, TypeAlias

ComplaintKind: TypeAlias = Literal[
    # names and addresses
    "host-not-found", "proxy-not-found", "resolve-timeout",
    # TCP, UDP, Unix sockets
    "connect-refused", "connect-timeout", "connect-unreachable", "connect-failed", "unix-socket-failed",
    # proxies
    "proxy-connect-rejected", "proxy-connect-aborted", "socks-authentication", "socks-denied", "socks-unreachable",
    "socks-closed", "socks-version", "socks-failed",
    # TLS itself
    "tls-alert", "tls-closed", "tls-reset", "tls-timeout", "tls-not-tls", "tls-version", "tls-no-shared-cipher",
    "tls-legacy-renegotiation", "tls-weak-key", "tls-truncated", "tls-error",
    # the certificate of the peer
    "certificate-expired", "certificate-not-yet-valid", "certificate-self-signed", "certificate-self-signed-in-chain",
    "certificate-untrusted", "certificate-name-mismatch", "certificate-revoked", "certificate-revocation-unchecked",
    "certificate-pin-mismatch", "certificate-staple-missing", "certificate-weak", "certificate-malformed",
    "certificate-rejected", "trust-store-unreadable",
    # the certificate of the client
    "client-certificate-not-loaded", "client-key-not-loaded", "client-key-mismatch", "client-passphrase",
    "client-certificate-not-found", "client-certificate-weak", "client-certificate-required",
    # bytes on the wire
    "reset", "empty-reply", "timeout", "transfer-interrupted", "send-failed", "receive-failed", "not-http",
    "connection-died", "unanswered", "way-lost",
    # HTTP
    "http-status", "stream-reset", "goaway", "requires-http1", "http2-error", "quic", "content-encoding",
    "redirect-loop", "malformed-response", "headers-too-large",
    # curl on its own machine
    "url-malformed", "protocol-unsupported", "option", "write-failed", "read-failed", "size-limit", "aborted",
    "other",
]  # fmt: skip

Detail: TypeAlias = Literal[
    # whose words they are, where that decides what they can mean
    "of-git", "of-gnutls", "of-libressl", "of-mbedtls", "of-nss", "of-openssl", "of-schannel", "of-secure-transport",
    "of-system",
    # on the way
    "by-own-limit", "counted-missing", "counted-remaining", "for-socks", "nobody-listens", "of-http2", "of-ping-pong",
    "of-proxy", "own-address", "over-https", "rejected-login", "still-connecting", "time-was-up", "too-slow",
    "waited-for-reply",
    # TLS
    "at-first-answer", "closed-or-reset", "in-handshake", "in-reading", "legacy-signature", "no-version-left",
    "only-remarked", "received-or-sent", "untold-error",
    # the certificate of the peer
    "beside-alternative-names", "by-address", "ca-rule", "chain-too-long", "invalid-chain", "issuer-demanded",
    "name-rule", "path-length", "purpose", "revocation-list", "staple-sent", "too-weak-key", "unparsed-file",
    # files of the client
    "bad-base64", "bundle", "in-keychain", "in-store", "legacy-encryption", "no-such-entry", "no-such-file", "not-asn1",
    "not-pem", "not-permitted", "not-pkcs12", "store-path", "too-weak-digest", "unknown-encryption",
    "unknown-file-type", "unread-file", "with-passphrase", "without-passphrase",
    # HTTP
    "chunks", "header", "status-line", "transfer-encoding", "unknown-encoding",
    # curl on its own machine
    "ambiguous", "braces", "ca-without-check", "cipher-names", "config-file", "data-file", "names-protocol",
    "no-number", "no-switch", "no-thread", "no-tls-to-proxy", "no-url", "no-value", "not-built-in", "not-started",
    "one-method", "opening-quote", "pattern", "port-number", "range", "rewind", "ssh-key", "tls-max", "unfit-value",
    "unknown-option", "websocket",
    # in an aside
    "binary-output", "no-ticket", "unknown-service", "unopened-file",
]  # fmt: skip
"""What a complaint tells beyond its kind, or an aside tells, and a diagnosis wants to know.

`grammar/detailing.py` has the words.
"""

BEFORE_CONNECTING: tuple[ComplaintKind, ...] = (
    "host-not-found", "proxy-not-found", "resolve-timeout", "url-malformed",
)  # fmt: skip
"""What curl complains of before it connects for a URL: it may be the first that the log has of it."""

LOCAL_FILES: tuple[ComplaintKind, ...] = (
    "client-certificate-not-loaded", "client-key-not-loaded", "client-key-mismatch", "client-passphrase",
    "client-certificate-weak", "trust-store-unreadable",
)  # fmt: skip
"""curl stopped at a file of its own, before any handshake: whatever else it says follows from that."""


def is_about_certificate(kind: ComplaintKind) -> bool:
    """Tell whether it is a judgement of the peer's certificate: all of these are named `certificate-`."""
    return kind.startswith("certificate-")
