"""Whom and what a sentence of a TLS library blames: the judges of `failing_tls.py`."""

from __future__ import annotations

import re

from curlx.events import ComplaintKind
from curlx.grammar.complaining import Blame
from curlx.grammar.reasons import alert_named, certificate_reason, flat, gnutls_alert, handshake_reason

_SILENT = re.compile(r"\berrno (?:110|60|10060)\b")
"""ETIMEDOUT of Linux, of macOS and the BSDs, of Windows: the system heard nothing of the other side for too long."""
_RESET = re.compile(r"\berrno (?:104|54|10053|10054)\b|\breset\b|\bconnection (?:abort\b|was aborted\b)")
"""ECONNRESET of Linux, of macOS and the BSDs, of Windows, and its WSAECONNABORTED: no orderly end, whoever made it."""


_NO_WAY = re.compile(
    r"\b(?:no route to host|(?:host|network) is (?:down|unreachable)|(?:host|network) unreachable"
    r"|errno (?:100|101|112|113|50|51|64|65|10050|10051|10064|10065))\b"
)
"""ENETDOWN, ENETUNREACH, EHOSTDOWN and EHOSTUNREACH: of Linux, of macOS and the BSDs, of Windows."""


def system(words: str) -> ComplaintKind | None:
    """What the operating system says of a connection, flattened: by words or number (`strerror`, lib/strerror.c)."""
    if _SILENT.search(words) or "timed out" in words or "io timeout" in words:  # the last of NSPR's
        return "timeout"
    if _RESET.search(words):
        return "reset"
    return "way-lost" if _NO_WAY.search(words) else None


def handshake(text: str) -> Blame:
    """The handshake failed; where the reason is about a certificate, that counts."""
    said = system(flat(text)) if "alert" not in text else None
    if said is not None:
        return Blame(_IN_THE_HANDSHAKE[said])
    blame = handshake_reason(text)
    if blame is not None:
        return blame
    about = certificate_reason(text)
    if about:
        return Blame(about)
    return Blame("tls-error")


_IN_THE_HANDSHAKE: dict[ComplaintKind, ComplaintKind] = {
    "timeout": "tls-timeout", "reset": "tls-reset", "way-lost": "way-lost",
}  # fmt: skip


def certificate(text: str) -> Blame:
    """curl refused the peer's certificate."""
    alert = alert_named(text)
    if alert is not None:
        return Blame("tls-alert", alert)
    return Blame(certificate_reason(text) or "certificate-rejected")


def no_fault_found(_text: str) -> Blame:
    """OpenSSL found nothing wrong with the server's certificate, so the peer's alert certificate_expired (45) is meant.

    curl treats that alert like a failed verification of its own, and names the fault whenever the library found one
    (`SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED` and `SSL_get_verify_result`, lib/vtls/openssl.c 7.76 to 8.22).
    """
    return Blame("tls-alert", 45)


def verification(text: str) -> Blame:
    """`certificate verify failed` says nothing of why (OpenSSL's error queue, mbedTLS)."""
    blame = handshake(text)
    if blame.kind == "tls-error" and re.search(r"certificate verif(?:y|ication) failed", flat(text)):
        return Blame("certificate-rejected")
    return blame


def secure_transport(number: str) -> Blame:
    """A number of Secure Transport alone (`SecureTransport.h`, without its sign); alerts are numbered in order."""
    if number in ("9805", "9806"):
        return Blame("tls-closed")
    alert = _SECURE_TRANSPORT.get(int(number)) if number.isdecimal() else None  # it may be left out
    return Blame("tls-error") if alert is None else Blame("tls-alert", alert)


_SECURE_TRANSPORT = dict(
    enumerate((10, 20, 21, 22, 30, 40, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 60, 70, 71, 80, 90, 100), 9819)
)
"""Numbers of errors, and the AlertDescription that the peer sent (RFC 8446, 6)."""


def gnutls(reason: str) -> Blame:
    """GnuTLS's words, which are those of its own list of errors and alerts."""
    alert = gnutls_alert(reason)
    if alert is not None:
        return Blame("tls-alert", alert)
    if "verification" in reason.lower() or "certificate" in reason.lower():
        return certificate(reason)
    return handshake(reason)


def reading(text: str) -> Blame:
    """TLS failed after the handshake, while curl read or wrote."""
    alert = alert_named(text)
    if alert is not None:
        return Blame("tls-alert", alert)
    words = flat(text)
    if "fatal alert" in words or "alert fatal error" in words:
        return Blame("tls-alert")
    if "no renegotiation" in words:
        # BoringSSL refuses the peer's wish with this alert (SSL_R_NO_RENEGOTIATION); OpenSSL was refused with it.
        return Blame("tls-alert", 100)
    # An end without close_notify, as OpenSSL up to 1.1.1 names it (SSL_get_error(3)).
    ended = "ssl error syscall errno 0" in words
    if "decoding the received tls packet" in words or "packet with unexpected length" in words:
        return Blame("transfer-interrupted")  # GnuTLS: a record breaks off (GNUTLS_E_UNEXPECTED_PACKET_LENGTH)
    if ended or "unexpected eof" in words or "non properly terminated" in words or "closed abruptly" in words:
        return Blame("tls-truncated")
    told = system(words)
    if told is not None:
        return Blame(told)
    if "broken pipe" in words or words.endswith(" errno 32"):
        return Blame("send-failed")
    if "syscall" in words or "zero return" in words or "peer closed" in words:
        return Blame("tls-closed")
    blame = handshake_reason(text)
    if blame is not None and blame.kind == "tls-not-tls":
        return Blame("tls-error")
    if blame is None and "ssl routines" in words:
        return Blame("tls-error")  # a record or message that the library cannot take; the end of all is told above
    if blame is None and words.startswith("ssl read ") and words.endswith(" errno 0") and "reason 0" not in words:
        return Blame("tls-error")  # wolfSSL (`wolfssl_recv`, lib/vtls/wolfssl.c): nothing happened to the connection
    if "decryption has failed" in words or "bad decrypt" in words:
        return Blame(
            "tls-error"
        )  # a record that was changed on its way (GNUTLS_E_DECRYPTION_FAILED, EVP_R_BAD_DECRYPT)
    writing = "write" in words or "send" in words
    return Blame("send-failed" if writing else "receive-failed")


def schannel(text: str) -> Blame:
    """Schannel's status codes; some of them are alerts that the peer sent.

    "Schannel Error Codes for TLS and SSL Alerts" (Microsoft Learn): SEC_E_ILLEGAL_MESSAGE is several fatal alerts.
    """
    words = flat(text)
    if "sec e illegal message" in words or "0x80090326" in words:
        return Blame("tls-alert")
    if "application protocol mismatch" in words or "0x80090367" in words:
        return Blame("tls-alert", 120)
    if "incomplete credentials" in words or "0x80090320" in words:
        return Blame("client-certificate-required")
    if any(word in words for word in _NOT_OF_A_CERTIFICATE):
        return Blame("tls-error")
    about = certificate_reason(text)
    if about is not None:
        return Blame(about)
    if "sec e cert unknown" in words or "0x80090327" in words:
        return Blame("certificate-rejected")
    return handshake(text)


_NOT_OF_A_CERTIFICATE = ("sec e buffer too small", "0x80090321", "sec e context expired", "0x80090317")
"""What is too small is a buffer of Windows' own, now and then (curl issue 5488), and what has expired is the security
context, after a renegotiation, say (curl issue 18029)."""


def nss_number(text: str) -> Blame:
    """Builds before 7.29 print the number alone (`lib/nss.c`); the names are of sslerr.h, secerr.h and prerr.h."""
    number = text.rpartition(" ")[2]
    alert = _NSS_ALERTS.get(int(number))
    if alert is not None:
        return Blame("tls-alert", alert) if alert else Blame("tls-closed")
    return handshake(_NSS.get(number, text))


_NSS = {
    "-12286": "SSL_ERROR_NO_CYPHER_OVERLAP",
    "-12279": "SSL_ERROR_UNSUPPORTED_VERSION",
    "-12276": "SSL_ERROR_BAD_CERT_DOMAIN",
    "-12263": "SSL_ERROR_RX_RECORD_TOO_LONG",
    "-12175": "SSL_ERROR_UNSAFE_NEGOTIATION",
    "-12173": "SSL_ERROR_WEAK_SERVER_EPHEMERAL_DH_KEY",
    "-12168": "SSL_ERROR_INVALID_VERSION_RANGE",
    "-8182": "SEC_ERROR_BAD_SIGNATURE",
    "-8181": "SEC_ERROR_EXPIRED_CERTIFICATE",
    "-8180": "SEC_ERROR_REVOKED_CERTIFICATE",
    "-8179": "SEC_ERROR_UNKNOWN_ISSUER",
    "-8172": "SEC_ERROR_UNTRUSTED_ISSUER",
    "-8171": "SEC_ERROR_UNTRUSTED_CERT",
    "-8162": "SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE",
    "-8016": "SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED",
    "-5990": "PR_IO_TIMEOUT_ERROR",
    "-5961": "PR_CONNECT_RESET_ERROR",
    "-5938": "PR_END_OF_FILE_ERROR",
}
_NSS_ALERTS = {
    # SSL_ERROR_BASE (-12288) and 16 to 19, 58 to 64, 91 to 102, 104 to 108
    **dict(enumerate((20, 42, 44, 45), -12272)),
    **dict(enumerate((0, 10, 30, 40, 47, 43, 46), -12230)),
    **dict(enumerate((21, 22, 48, 49, 50, 51, 60, 70, 71, 80, 90, 100), -12197)),
    **dict(enumerate((110, 111, 112, 113, 114), -12184)),
}
"""Numbers of alerts that the peer sent, and their AlertDescription (RFC 8446, 6)."""


def quic(text: str) -> Blame:
    """TLS within QUIC; without an alert or a certificate in its words, it is QUIC that failed."""
    alert = alert_named(text)
    if alert is not None:
        return Blame("tls-alert", alert)
    return Blame(certificate_reason(text) or "quic")


def sentence(text: str) -> Blame | None:
    """A sentence of NSS or Secure Transport without any prefix."""
    alert = alert_named(text)
    if alert is not None:
        return Blame("tls-alert", alert)
    return _BARE.get(flat(text))


_BARE: dict[str, Blame] = {
    # NSS (SSLerrs.h, SECerrs.h, NSPR)
    "peer s certificate has expired": Blame("certificate-expired"),
    "the certificate issuer s certificate has expired check your system date and time": Blame("certificate-expired"),
    "peer s certificate issuer is not recognized": Blame("certificate-untrusted"),
    "peer s certificate issuer has been marked as not trusted by the user": Blame("certificate-untrusted"),
    "peer s certificate has been marked as not trusted by the user": Blame("certificate-untrusted"),
    "issuer certificate is invalid": Blame("certificate-untrusted"),
    "peer s certificate has been revoked": Blame("certificate-revoked"),
    "the ocsp response contains out of date information": Blame("certificate-staple-missing"),
    "unable to communicate securely with peer requested domain name does not match the server s certificate":
        Blame("certificate-name-mismatch"),
    "the certificate was signed using a signature algorithm that is disabled because it is not secure":
        Blame("certificate-weak"),
    "peer s certificate has an invalid signature": Blame("certificate-malformed"),
    "certificate type not approved for application": Blame("certificate-rejected"),
    "cannot communicate securely with peer no common encryption algorithm s": Blame("tls-no-shared-cipher"),
    "peer using unsupported version of security protocol": Blame("tls-version"),
    "ssl received a record that exceeded the maximum permissible length": Blame("tls-not-tls"),
    "ssl received a malformed change cipher spec record": Blame("tls-error"),
    "ssl received a weak ephemeral diffie hellman key in server key exchange handshake message": Blame("tls-weak-key"),
    "encountered end of file": Blame("tls-closed"),
    "tcp connection reset by peer": Blame("reset"),
    # The next two accompany a key or a certificate of the client's that does not load, but not only that.
    "peer s public key is invalid": Blame("tls-error"),
    "unknown pkcs 11 error": Blame("tls-error"),
    # Secure Transport (sectransp.c)
    "could not negotiate an ssl cipher suite with the server": Blame("tls-no-shared-cipher"),
    "indicates a weak ephemeral diffie hellman key": Blame("tls-weak-key"),
    "server dropped the connection during the ssl handshake": Blame("tls-closed"),
    "server aborted the ssl handshake": Blame("tls-closed"),
    "the connection closed gracefully": Blame("tls-closed"),
    "the server closed the session with no notification": Blame("tls-closed"),
    "server requested a client certificate during the handshake": Blame("client-certificate-required"),
    "the server has requested a client certificate": Blame("client-certificate-required"),
    "ssl certificate peer hostname mismatch": Blame("certificate-name-mismatch"),
    **dict.fromkeys((
        "fatal ssl engine error encountered during the ssl handshake",
        "internal ssl engine error encountered during the ssl handshake", "ssl protocol error", "decryption failed",
        "a record overflow occurred", "a record with a bad message authentication code mac was encountered",
        "ssl authentication failed", "an underlying cryptographic error was encountered",
        "a bad ssl cipher suite was encountered", "a configuration error occurred", "decompression failed",
        "an illegal parameter was encountered", "an insufficient buffer was provided", "module attach failure",
        "an attempt to restore an unknown session failed", "a non fatal result for providing a server name indication",
        "unexpected skipped record in dtls",
    ), Blame("tls-error")),
}  # fmt: skip
"""Whole sentences, flattened."""
