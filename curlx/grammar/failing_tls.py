"""How curl says that TLS failed: the handshake, the peer's certificate, the trust anchors (`lib/vtls/*.c`)."""

from __future__ import annotations

import re

from curlx.grammar.complaining import Blame, complaint
from curlx.grammar.message import Message
from curlx.grammar.reasons import alert_named, certificate_reason, flat, gnutls_alert, handshake_reason

_LIBRARY = r"(?:OpenSSL|LibreSSL|BoringSSL|AWS-LC|quictls|wolfSSL|AmiSSL)"
_TALKERS = ("OpenSSL", "LibreSSL", "BoringSSL", "AWS-LC", "quictls", "wolfSSL", "AmiSSL")

_RESET = re.compile(r"\berrno (?:104|54|10054)$")
"""ECONNRESET of Linux, of macOS and the BSDs, of Windows."""


# --- judges -----------------------------------------------------------------------------------------------------------


def _handshake(text: str) -> Blame:
    """The handshake failed; where the reason is about a certificate, that counts."""
    blame = handshake_reason(text)
    if blame is not None:
        return blame
    about = certificate_reason(text)
    return Blame(about) if about else Blame("tls-error")


def _certificate(text: str) -> Blame:
    """curl refused the peer's certificate."""
    alert = alert_named(text)
    if alert is not None:
        return Blame("tls-alert", alert)
    return Blame(certificate_reason(text) or "certificate-rejected")


def _verify_failed(text: str) -> Blame:
    """`certificate verify failed` says nothing of why (OpenSSL's error queue, mbedTLS)."""
    blame = _handshake(text)
    if blame.kind == "tls-error" and re.search(r"certificate verif(?:y|ication) failed", flat(text)):
        return Blame("certificate-rejected")
    return blame


def _gnutls(reason: str) -> Blame:
    alert = gnutls_alert(reason)
    if alert is not None:
        return Blame("tls-alert", alert)
    if "verification" in reason.lower() or "certificate" in reason.lower():
        return _certificate(reason)
    return _handshake(reason)


def _reading(text: str) -> Blame:
    """TLS failed after the handshake, while curl read or wrote."""
    alert = alert_named(text)
    if alert is not None:
        return Blame("tls-alert", alert)
    words = flat(text)
    if "fatal alert" in words or "alert fatal error" in words:
        return Blame("tls-alert")
    if "unexpected eof" in words or "non properly terminated" in words or "closed abruptly" in words:
        return Blame("tls-truncated")
    if "connection reset" in words or "connect reset error" in words or _RESET.search(words):
        return Blame("reset")
    if "broken pipe" in words or words.endswith(" errno 32"):
        return Blame("send-failed")
    if "syscall" in words or "zero return" in words or "peer closed" in words:
        return Blame("tls-closed")
    blame = handshake_reason(text)
    if blame is not None and blame.kind == "tls-not-tls":
        return Blame("tls-error")
    writing = "write" in words or "send" in words
    return Blame("send-failed" if writing else "receive-failed")


def _schannel(text: str) -> Blame:
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
    about = certificate_reason(text)
    if about is not None:
        return Blame(about)
    if "sec e cert unknown" in words or "0x80090327" in words:
        return Blame("certificate-rejected")
    return _handshake(text)


def _nss_number(text: str) -> Blame:
    """Builds before 7.29 print the number alone (`lib/nss.c`); the names are of sslerr.h, secerr.h and prerr.h."""
    return _handshake(_NSS.get(text.rpartition(" ")[2], text))


_NSS = {
    "-12286": "SSL_ERROR_NO_CYPHER_OVERLAP",
    "-12271": "SSL_ERROR_BAD_CERT_ALERT",
    "-12270": "SSL_ERROR_REVOKED_CERT_ALERT",
    "-12269": "SSL_ERROR_EXPIRED_CERT_ALERT",
    "-12227": "SSL_ERROR_HANDSHAKE_FAILURE_ALERT",
    "-12195": "SSL_ERROR_UNKNOWN_CA_ALERT",
    "-12190": "SSL_ERROR_PROTOCOL_VERSION_ALERT",
    "-8181": "SEC_ERROR_EXPIRED_CERTIFICATE",
    "-8179": "SEC_ERROR_UNKNOWN_ISSUER",
    "-8172": "SEC_ERROR_UNTRUSTED_ISSUER",
    "-5961": "PR_CONNECT_RESET_ERROR",
    "-5938": "PR_END_OF_FILE_ERROR",
}


def _quic(text: str) -> Blame:
    alert = alert_named(text)
    if alert is not None:
        return Blame("tls-alert", alert)
    return Blame(certificate_reason(text) or "quic")


def _sentence(text: str) -> Blame | None:
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

# --- the peer's certificate -------------------------------------------------------------------------------------------

_TARGET = r"target (?:host ?name|ipv[46] address) '(?P<subject>[^']*)'"

_CERTIFICATES = (
    complaint("SSL certificate problem: certificate has expired", r"SSL certificate problem: .*", _certificate),
    complaint("SSL certificate OpenSSL verify result: unable to get local issuer certificate (20)",
              r"SSL certificate (?:OpenSSL )?verify result: (?P<reason>[^()]*) \((?P<number>\d{1,9})\)", _certificate),
    complaint("SSL certificate OpenSSL verify result: unable to get local issuer certif",  # a line that was cut
              r"SSL certificate OpenSSL verify result: (?P<reason>[^()]*)(?: \(\d{0,9})?", _certificate),
    complaint("SSL certificate verification failed: certificate signer not trusted. (CAfile: a.crt CRLfile: none)",
              r"(?:SSL certificate|server) verification failed: (?P<reason>.*?)(?:\(CAfile: .*)?", _certificate,
              "SSL", "server"),
    # Without a reason: with OpenSSL and TLS 1.2 this is also what a received alert certificate_expired (45) becomes.
    complaint("SSL certificate verification failed", r"SSL certificate verification failed", "certificate-rejected"),
    complaint("server certificate verification failed. CAfile: /etc/ssl/certs/ca-certificates.crt CRLfile: none",
              r"server certificate verification failed\.(?: CAfile: (?P<subject>.*?)(?: CRLfile: .*)?)?",
              "certificate-rejected"),
    complaint("server cert verify failed: 1", r"server cert (?:activation date |expiration date )?verify failed.*",
              _certificate),
    complaint("server certificate expiration date has passed.", r"server certificate expiration date has passed\.",
              "certificate-expired"),
    complaint("server certificate not activated yet.", r"server certificate not activated yet\.",
              "certificate-not-yet-valid"),
    complaint("server certificate issuer check failed (IssuerCert: a.pem)",
              r"(?:server certificate issuer check failed|SSL: Certificate issuer check failed) \((?P<subject>.*)\)",
              "certificate-untrusted", "server", "SSL:"),
    complaint("TLS cert problem: certificate has expired", r"TLS cert problem: .*", _certificate),
    complaint("SSL: X.509 verification: chain could not be linked to a trust anchor",
              r"SSL: (?:X\.509 verification|peer not verified|certificate verification failed|perr not verified).*",
              _certificate),
    complaint("Cert verify failed: BADCERT_NOT_TRUSTED", r"Cert verify failed.*", _certificate),
    complaint("peer certificate could not be verified", r"peer certificate could not be verified",
              "certificate-rejected"),
    complaint("mbedTLS: The certificate is not correctly signed by the trusted CA",
              r"mbedTLS: The (?:certificate|CRL|CMS|peer) .*", _certificate),
    complaint("mbedTLS: certificate verification error 0x00000008", r"mbedTLS: certificate verification error .*",
              "certificate-rejected"),
    complaint(" CA signer not available for verification", r"\s*CA signer not available for verification",
              "certificate-untrusted"),
    complaint("Apple SecTrust verification failed: error -67843", r"Apple SecTrust verification failed.*",
              "certificate-rejected"),
    complaint("SSL: no alternative certificate subject name matches target hostname 'api.bank.example'",
              rf"SSL: no alternative certificate subject name matches {_TARGET}", "certificate-name-mismatch"),
    complaint("SSL: certificate subject name (shop.example) does not match target hostname '203.0.113.14'",
              rf"SSL: certificate subject name [('].* does not match {_TARGET}", "certificate-name-mismatch"),
    complaint("SSL: certificate subject name 'shop.example' does not match target ho",  # lines that were cut
              r"SSL: (?:no alternative certificate subject name matches|certificate subject name [('].* does not match)"
              r" t[a-z ]*(?: '\S*)?", "certificate-name-mismatch"),
    complaint("SSL: unable to obtain common name from peer certificate",
              r"(?:SSL: )?unable to obtain common name from peer certificate", "certificate-name-mismatch",
              "SSL:", "unable"),
    complaint(" subject alt name(s) or common name do not match \"203.0.113.14\"",
              r"\s*subject alt name\(s\) or common name do not match (?P<subject>.*)", "certificate-name-mismatch"),
    complaint("\tcommon name \"a\" does not match \"b\"", r"\s*common name \"[^\"]*\" does not match "
              r"(?P<subject>\".*\")",
              "certificate-name-mismatch"),
    complaint("\tsubjectAltName(s) do not match b", r"\s*subjectAltName\(s\) do not match (?P<subject>.*)",
              "certificate-name-mismatch"),
    complaint("SSL certificate peer verification failed, the certificate did not match \"b\"",
              r"SSL certificate peer verification failed, the certificate did not match (?P<subject>.*)",
              "certificate-name-mismatch"),
    complaint("SSL: public key does not match pinned public key",
              r"(?:SSL: )?(?:SSL )?public key does not match pinned public key!?", "certificate-pin-mismatch",
              "SSL:", "SSL", "public"),
    complaint("failed to verify pinned public key", r"failed to verify pinned public key", "certificate-pin-mismatch"),
    complaint("No OCSP response received", r"(?:No|Invalid) OCSP response(?: received| status: .*)?",
              "certificate-staple-missing", "No", "Invalid"),
    complaint("OCSP response has expired", r"OCSP response .*", "certificate-staple-missing"),
    complaint("Could not find certificate ID in OCSP response",
              r"(?:Could not|Error|Failed to) [^.]{0,60}OCSP [^.]*", "certificate-staple-missing",
              "Could", "Error", "Failed"),
    complaint("SSL server certificate status verification FAILED", r"SSL server certificate status verification FAILED",
              "certificate-staple-missing"),
    complaint("Server certificate was revoked: keyCompromise (1)",
              r"Server certificate was revoked: .*|SSL certificate revocation reason: .*", "certificate-revoked",
              "Server", "SSL"),
    complaint("Server certificate status is unknown", r"Server certificate status is unknown",
              "certificate-revocation-unchecked"),
    complaint("SSL peer certificate or SSH remote key was not OK",
              r"SSL peer certificate or SSH remote key was not OK|Peer certificate cannot be authenticated with "
              r"given CA "
              r"certificates", "certificate-rejected", "SSL", "Peer"),
    complaint("SSL: couldn't get peer certificate!",
              r"(?:SSL: )?(?:[Cc]ould not|couldn't|unable to|failed to|Error) get(?:ting)? (?:peer|server) cert.*",
              "tls-error",
              "SSL:", "unable", "failed", "Error", "Could"),
)  # fmt: skip

# --- trust anchors ----------------------------------------------------------------------------------------------------

_TRUST_STORE = (
    complaint("error setting certificate verify locations:  CAfile: nope.pem CApath: none",
              r"error setting certificate verify locations[:.](?:\s*CAfile: (?P<subject>.*?)(?: CApath: .*)?)?",
              "trust-store-unreadable"),
    complaint("error setting certificate file: nope.pem", r"error setting certificate (?:file|path): (?P<subject>.*)",
              "trust-store-unreadable"),
    complaint("error adding trust anchors from file: nope.pem",
              r"error adding trust anchors from (?:file|path|locations|certificate blob): (?P<subject>.*)",
              "trust-store-unreadable"),
    complaint("error importing CA certificate blob", r"error importing CA certificate blob", "trust-store-unreadable"),
    complaint("error reading ca cert file nope.pem (Error while reading file.)",
              r"error reading (?:ca|CA) cert (?:file (?P<subject>\S+) |blob )?(?:\([^()]*\))?",
              "trust-store-unreadable"),
    complaint("Error reading ca cert file nope.pem - mbedTLS: (-0x3E00) PK - Read/write of file failed",
              r"Error (?:reading|importing) (?:ca cert|CRL) (?:file|path|blob) ?(?P<subject>[^:]*?)(?: - .*|: .*)",
              "trust-store-unreadable"),
    complaint("mbedTLS: error reading CA cert file nope.pem: (-0x3E00) PK - Read/write of file failed",
              r"mbedTLS: error (?:importing CA cert blob|reading (?:CA cert|CRL) (?:file|path) (?P<subject>[^:]*)): .*",
              "trust-store-unreadable"),
    complaint("error loading CRL file: nope.crl", r"error loading CRL file:? (?P<subject>.*)",
              "trust-store-unreadable"),
    complaint("error reading CRL file nope.crl (Error while reading file.)",
              r"error reading (?:CRL|crl) file (?P<subject>\S+) .*", "trust-store-unreadable"),
    complaint("failed to load trusted certificates", r"(?:rustls: )?failed to (?:load|parse) trusted certificates.*",
              "trust-store-unreadable", "failed", "rustls:"),
    complaint("rustls: failed to build trusted root certificate store",
              r"rustls: failed to (?:build trusted root certificate store|build certificate verifier|parse "
              r"revocation list|"
              r"read revocation list file)", "trust-store-unreadable"),
    complaint("SSL: can't load CA certificate file nope.pem",
              r"SSL: (?:can't|cannot) load CA certificate file (?P<subject>.*)", "trust-store-unreadable"),
    complaint("SSL: invalid CA certificate #1 (offset 0) in bundle", r"SSL: (?:invalid|failed to read or invalid) CA "
              r"certificate.*", "trust-store-unreadable"),
    complaint("SSL: Unable to open issuer cert (nope.pem)", r"SSL: Unable to (?:open|read) issuer cert "
              r"\((?P<subject>.*)\)",
              "trust-store-unreadable"),
    complaint("failed to import issuer certificate (a) (Issuer Cert: b)", r"failed to import issuer certificate .*",
              "trust-store-unreadable"),
    complaint("schannel: failed to open CA file 'nope.pem': The system cannot find the file specified.",
              r"schannel: (?:failed to [^']{1,80}|invalid path name for )CA file '(?P<subject>[^']*)'.*",
              "trust-store-unreadable"),
    complaint("schannel: CA file 'nope.pem' is not correctly formatted",
              r"schannel: CA file (?:'(?P<subject>[^']*)' is not correctly formatted|exceeds max size.*)",
              "trust-store-unreadable"),
    complaint("Problem with the SSL CA cert (path? access rights?)", r"[Pp]roblem with the SSL CA cert \(path\? access "
              r"rights\?\)", "trust-store-unreadable", "Problem", "problem"),
    complaint("Failed to load CRL file (path? access rights?, format?)", r"Failed to load CRL file \(.*",
              "trust-store-unreadable"),
)  # fmt: skip

# --- the handshake, and TLS afterwards --------------------------------------------------------------------------------

_HANDSHAKE = (
    complaint("TLS connect error: error:0A00010B:SSL routines::wrong version number", r"TLS connect error: "
              r"(?P<reason>.*)",
              _verify_failed),
    complaint("error:1409442E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version",
              r"error:[0-9A-Fa-f]{8}:.*", _verify_failed, ""),
    complaint("OpenSSL/3.0.22: error:0A00042E:SSL routines::tlsv1 alert protocol version",
              r"(?:OpenSSL|LibreSSL|BoringSSL|AWS-LC|quictls)[/ ]?[^\s:]{0,30}: error:.*", _verify_failed, ""),
    complaint("OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to flaky.example:8444 ",
              rf"{_LIBRARY} SSL_connect: (?P<reason>.*?)(?: in connection to (?P<subject>\S*) ?)?", _verify_failed,
              *_TALKERS),
    complaint("Unknown SSL protocol error in connection to flaky.example:8444 ",
              r"Unknown SSL protocol error in connection to (?P<subject>\S+) ?", "tls-closed"),
    complaint("gnutls_handshake() failed: The server name sent was not recognized",
              r"gnutls_handshake\(\) failed: (?P<reason>.*)", _gnutls),
    complaint("GnuTLS, handshake failed: An unexpected TLS packet was received.",
              r"GnuTLS, handshake failed: (?P<reason>.*)", _gnutls),
    complaint("SSL_connect failed with error -313: received alert fatal error",
              r"SSL_connect failed with error (?P<number>-?\d{1,9})(?:: (?P<reason>.*)|\.)", _handshake),
    complaint("NSS error -12190 (SSL_ERROR_PROTOCOL_VERSION_ALERT)",
              r"NSS error -?\d{1,9} \((?P<reason>.*)\)", _handshake),
    complaint("NSS error -12190", r"NSS error (?P<number>-\d{1,9})", _nss_number),
    complaint("ssl_handshake returned - mbedTLS: (-0x7780) SSL - A fatal alert message was received from our peer",
              r"ssl_handshake returned(?:: | - mbedTLS: | - PolarSSL: | )(?P<reason>.*)", _verify_failed),
    complaint("schannel: next InitializeSecurityContext failed: SEC_E_INTERNAL_ERROR (0x80090304)",
              r"schannel: (?:initial|next) InitializeSecurityContext failed: (?P<reason>.*)", _schannel),
    complaint("schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322)",
              r"schannel: SNI or certificate check failed: .*", _certificate),
    complaint("schannel: CertGetCertificateChain trust error CERT_TRUST_REVOCATION_STATUS_UNKNOWN",
              r"schannel: (?:CertGetCertificateChain (?:trust error|error mask|failed).*|the certificate .*|this "
              r"certificate .*|"
              r"the revocation .*|trust for this .*)", _certificate),
    complaint("schannel: CertGetNameString() failed to match connection hostname (a) against server certificate names",
              r"schannel: (?:CertGetNameString\(\) .*|connection hostname .* does not match .*|server certificate name "
              r"verification failed)", "certificate-name-mismatch"),
    complaint("schannel: failed to receive handshake, SSL/TLS connection failed",
              r"schannel: failed to receive handshake, SSL/TLS connection failed", "tls-closed"),
    complaint("schannel: renegotiation timeout", r"schannel: renegotiation (?:socket )?timeout", "tls-timeout"),
    complaint("schannel: server closed abruptly (missing close_notify)",
              r"schannel: server closed abruptly \(missing close_notify\)", "tls-truncated"),
    complaint("schannel: AcquireCredentialsHandle failed: SEC_E_NO_CREDENTIALS (0x8009030E)",
              r"schannel: (?!failed to (?:decrypt data, need|receive handshake, need|read data from "
              r"server))[^:]{0,80}\bfail\w*.*",
              _schannel),
    complaint("rustls_connection_process_new_packets: received fatal alert: HandshakeFailure",
              r"rustls_\w+: (?P<reason>.*)", _handshake, ""),
    complaint("rustls: peer closed TCP connection without first closing TLS connection",
              r"rustls: peer closed TCP connection without first closing TLS connection", "tls-truncated"),
    complaint("QUIC connect: SSL certificate problem in connection to shop.example:443 (192.0.2.7)",
              r"QUIC connect: (?P<reason>.*) in connection to (?P<subject>\S+).*", _quic),
    complaint("SSL connect error", r"(?:A problem occurred somewhere in the )?SSL(?:/TLS)? connect error|"
              r"SSL/TLS handshake failed", "tls-error", "SSL", "SSL/TLS"),
    complaint("SSL connection timeout", r"SSL(?:/TLS)? connection timeout(?: at (?P<number>\d{1,9}))?", "tls-timeout",
              "SSL", "SSL/TLS"),
    complaint("rustls: connection timeout after 3000 ms", r"rustls:? connection timeout after (?P<number>\d{1,9}) ms",
              "tls-timeout", "rustls:", "rustls"),
    complaint("timed out before SSL handshake", r"timed out before SSL handshake", "tls-timeout"),
    complaint("SSL Client Certificate required", r"SSL Client Certificate required", "client-certificate-required"),
    complaint("SSL: connection closed during handshake", r"SSL: connection closed during handshake", "tls-closed"),
    complaint("Peer's Certificate has expired.", r"[A-Z][^:]{5,160}\.?", _sentence, ""),
    complaint("SSL certificate peer hostname mismatch", r"SSL [^:]{5,160}", _sentence),
    complaint("Cannot communicate securely with peer: no common encryption algorithm(s).",
              r"(?:Cannot|Unable to) communicate securely with peer: .*", _sentence, "Cannot", "Unable"),
)  # fmt: skip

_AFTERWARDS = (
    complaint("OpenSSL SSL_read: OpenSSL/3.0.22: error:0A000126:SSL routines::unexpected eof while reading, errno 0",
              rf"{_LIBRARY} SSL_(?:read|write|shutdown): .*", _reading, *_TALKERS),
    complaint("SSL read: error:1409442E:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca, errno 0",
              r"SSL (?:read|write): .*", _reading),
    complaint("SSL_write() returned SYSCALL, errno = 32", r"SSL_\w+\(\) (?:return(?:ed)?|error).*", _reading,
              "SSL_write()", "SSL_read()", "SSL_write_early_data()"),
    complaint("GnuTLS recv error (-110): The TLS connection was non-properly terminated.",
              r"GnuTLS recv error \(-?\d{1,9}\): (?P<reason>.*)", _reading),
    complaint("ssl_read returned: (-0x7780) SSL - A fatal alert message was received from our peer",
              r"ssl_(?:read|write) returned.*", _reading),
    complaint("Connection closed abruptly", r"Connection closed abruptly|SSL: EOF without close notify",
              "tls-truncated",
              "Connection", "SSL:"),
    complaint("SSL: connection closed during write", r"SSL: connection closed during write", "tls-closed"),
    complaint("SSLRead() return error -9806", r"SSL(?:Read|Write)\(\) return(?:ed)? error -?\d+", _reading,
              "SSLRead()", "SSLWrite()"),
)  # fmt: skip


MESSAGES: tuple[Message, ...] = (*_CERTIFICATES, *_TRUST_STORE, *_HANDSHAKE, *_AFTERWARDS)
