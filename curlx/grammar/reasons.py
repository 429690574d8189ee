"""Why TLS failed, in the words of every library: alerts, certificates, and the handshake itself.

Sources: RFC 8446, 6 and B.2, with IANA's registry of TLS alerts (numbers and names); OpenSSL `include/openssl/sslerr.h`
and `crypto/x509/x509_txt.c`; GnuTLS `lib/alert.c`, `lib/errors.c`; NSS `lib/ssl/SSLerrs.h`, `lib/util/SECerrs.h`;
mbedTLS `library/x509_crt.c`; wolfSSL `src/internal.c`; curl `lib/vtls/sectransp.c` (8.13).
"""

from __future__ import annotations

import re

from curlx.events import ComplaintKind
from curlx.grammar.complaining import Blame
from curlx.patterns import Pattern
from curlx.tls_numbers import ALERT_NAMES

ALERTS = {number: name.replace("_", " ") for number, name in ALERT_NAMES.items()}
"""The AlertDescriptions and their names, flattened."""

_BY_NAME = {name: number for number, name in ALERTS.items()} | {
    # NSS shortens some (`SSL_ERROR_BAD_CERT_ALERT`), and OpenSSL and LibreSSL spell a few differently.
    "bad cert": 42, "unsupported cert": 43, "revoked cert": 44, "expired cert": 45, "handshake unexpected": 10,
    "bad mac": 20, "bad cert status response": 113, "bad cert hash value": 114, "user cancelled": 90,
    "decompression failed": 30,
    # rustls (`AlertDescription`)
    "unrecognised name": 112, "encrypted client hello required": 121,
}  # fmt: skip

_NAMES = "|".join(sorted(_BY_NAME, key=len, reverse=True))
_NAMED_ALERT = Pattern(
    rf"(?:sslv3|tlsv1|tlsv13|ssl tls)(?: alert)? (?P<openssl>{_NAMES})(?: |$)"
    rf"|ssl error (?:rx )?(?P<nss>{_NAMES}) alert"
    rf"|(?:received fatal alert|alert received) (?P<rustls>{_NAMES})(?: |$)"
    rf"|ssl (?:read|write|connect) alert (?P<bare>{_NAMES})(?: errno 0)?$"  # somebody left out OpenSSL's number
)

_OPENSSL_CODE = Pattern(r"error:([0-9A-Fa-f]{8}):SSL routines")

_SENTENCES: dict[str, int] = {
    # GnuTLS, gnutls_alert_get_name()
    "bad record mac": 20, "decompression failed": 30, "handshake failed": 40, "no certificate ssl 3 0": 41,
    "certificate is bad": 42, "certificate is not supported": 43, "certificate was revoked": 44,
    "certificate is expired": 45, "unknown certificate": 46, "ca is unknown": 48, "access was denied": 49,
    "error in protocol version": 70, "no renegotiation is allowed": 100,
    "an extension was expected but was not seen": 109, "an unsupported extension was sent": 110,
    "could not retrieve the specified certificate": 111, "the server name sent was not recognized": 112,
    "the srp psk username is missing or not known": 115, "certificate is required": 116,
    "no supported application protocol could be negotiated": 120,
    # NSS, PR_ErrorToString()
    "ssl peer was not expecting a handshake message it received": 10,
    "ssl peer reports incorrect message authentication code": 20,
    "ssl peer was unable to negotiate an acceptable set of security parameters": 40,
    "ssl peer cannot verify your certificate": 42,
    "ssl peer does not support certificates of the type it received": 43,
    "ssl peer rejected your certificate as revoked": 44,
    "ssl peer rejected your certificate as expired": 45,
    "ssl peer had some unspecified issue with the certificate it received": 46,
    "ssl peer rejected a handshake message for unacceptable content": 47,
    "peer does not recognize and trust the ca that issued your certificate": 48,
    "peer received a valid certificate but access was denied": 49,
    "peer could not decode an ssl handshake message": 50,
    "peer reports failure of signature verification or key exchange": 51,
    "peer reports negotiation not in compliance with export regulations": 60,
    "peer reports incompatible or unsupported protocol version": 70,
    "server requires ciphers more secure than those supported by client": 71,
    "peer reports it experienced an internal error": 80,
    "peer user canceled handshake": 90,
    "peer does not permit renegotiation of ssl security parameters": 100,
    "ssl peer does not support requested tls hello extension": 110,
    "ssl peer has no certificate for the requested dns name": 112,
    "ssl received a certificate required alert": 116,
    # Secure Transport: those that curl prints for errSSLPeer... alone
    "peer rejected unexpected message": 10, "decode failed": 50, "a decryption error occurred": 51,
    "ssl peer handshake failed the server most likely requires a client certificate to connect": 40,
    "ssl certificate problem an unsupported certificate format was encountered": 43,
    "ssl certificate problem the certificate was revoked": 44,
    "ssl certificate problem the certificate is unknown": 46,
    "ssl server rejected the client certificate due to the certificate being signed by an unknown certificate "
    "authority":
        48,
    "an export restriction occurred": 60, "a bad protocol version was encountered": 70,
    "there is insufficient security for this operation": 71, "the user canceled the operation": 90,
}  # fmt: skip
"""Whole sentences, flattened, with which a library names an alert that it received."""

_CERTIFICATE_REASONS: tuple[tuple[str, ComplaintKind], ...] = (
    ("self signed certificate in", "certificate-self-signed-in-chain"),
    ("self signed", "certificate-self-signed"),
    ("unable to get certificate crl", "certificate-revocation-unchecked"),
    ("crl has expired", "certificate-revocation-unchecked"),
    ("crl is expired", "certificate-revocation-unchecked"),
    ("crl is not yet valid", "certificate-revocation-unchecked"),
    ("crl is from the future", "certificate-revocation-unchecked"),
    ("crl is not correctly signed", "certificate-revocation-unchecked"),
    ("no revocation check", "certificate-revocation-unchecked"),
    ("revocation offline", "certificate-revocation-unchecked"),
    ("revocation failure", "certificate-revocation-unchecked"),
    ("revocation status is unknown", "certificate-revocation-unchecked"),
    ("trust revocation status unknown", "certificate-revocation-unchecked"),
    ("0x80092012", "certificate-revocation-unchecked"),
    ("0x80092013", "certificate-revocation-unchecked"),
    ("0x800b010e", "certificate-revocation-unchecked"),
    ("revoked", "certificate-revoked"),
    ("revocation", "certificate-revocation-unchecked"),
    ("0x80092010", "certificate-revoked"),
    ("ocsp", "certificate-staple-missing"),
    ("not yet valid", "certificate-not-yet-valid"),
    ("not valid yet", "certificate-not-yet-valid"),
    ("not activated yet", "certificate-not-yet-valid"),
    ("activation date", "certificate-not-yet-valid"),
    ("current date before", "certificate-not-yet-valid"),
    ("starts in the future", "certificate-not-yet-valid"),
    ("badcert future", "certificate-not-yet-valid"),
    ("expired", "certificate-expired"),
    ("expiration date", "certificate-expired"),
    ("current date after", "certificate-expired"),
    ("time valid", "certificate-expired"),
    ("0x80090328", "certificate-expired"),
    ("0x800b0101", "certificate-expired"),
    ("unable to get local issuer certificate", "certificate-untrusted"),
    ("unable to get issuer certificate", "certificate-untrusted"),
    ("unable to verify the first certificate", "certificate-untrusted"),
    ("signer not trusted", "certificate-untrusted"),
    ("no signer error", "certificate-untrusted"),
    ("ca signer not available", "certificate-untrusted"),
    ("not correctly signed by", "certificate-untrusted"),
    ("not trusted", "certificate-untrusted"),
    ("untrusted", "certificate-untrusted"),
    ("unknown issuer", "certificate-untrusted"),
    ("issuer is unknown", "certificate-untrusted"),
    ("no root certificate", "certificate-untrusted"),
    ("partial chain", "certificate-untrusted"),
    ("chain is incomplete", "certificate-untrusted"),
    ("linked to a trust anchor", "certificate-untrusted"),
    ("ca cert invalid", "certificate-untrusted"),
    ("0x80090325", "certificate-untrusted"),
    ("0x800b0109", "certificate-untrusted"),
    ("0x800b010a", "certificate-untrusted"),
    ("hostname mismatch", "certificate-name-mismatch"),
    ("host name mismatch", "certificate-name-mismatch"),
    ("ip address mismatch", "certificate-name-mismatch"),
    ("cn mismatch", "certificate-name-mismatch"),
    ("does not match with the expected cn", "certificate-name-mismatch"),
    ("bad cert domain", "certificate-name-mismatch"),
    ("subject name mismatch", "certificate-name-mismatch"),
    ("expected server name was not found", "certificate-name-mismatch"),
    ("wrong principal", "certificate-name-mismatch"),
    ("not valid for name", "certificate-name-mismatch"),
    ("0x80090322", "certificate-name-mismatch"),
    ("0x800b010f", "certificate-name-mismatch"),
    ("too weak", "certificate-weak"),
    ("too small", "certificate-weak"),
    ("insecure algorithm", "certificate-weak"),
    ("unacceptable hash", "certificate-weak"),
    ("unacceptable key", "certificate-weak"),
    ("rsa too short", "certificate-weak"),
    ("signature algorithm disabled", "certificate-weak"),
    ("certificate signature failure", "certificate-malformed"),
    ("sig error", "certificate-malformed"),
    ("asn signature error", "certificate-malformed"),
    ("bad signature", "certificate-malformed"),
    ("bad encoding", "certificate-malformed"),
    ("unable to decode", "certificate-malformed"),
    ("understand the server certificate format", "certificate-malformed"),
    ("unable to decrypt certificate", "certificate-malformed"),
    ("format error in certificate", "certificate-malformed"),
    ("asn1 encoding routines evp lib", "tls-error"),  # of a signature that it could not check, or make
    ("asn1 encoding routines asn1 item verify evp lib", "tls-error"),  # OpenSSL 1 names the function, too,
    ("asn1 encoding routines crypto internal evp lib", "tls-error"),  # and LibreSSL that it has none to name
    ("asn1 encoding routines", "certificate-malformed"),
    ("asn parsing error", "certificate-malformed"),
    ("error in the certificate verification", "certificate-rejected"),
    # GNUTLS_E_CERTIFICATE_ERROR: GnuTLS cannot read it; curl has it checked only behind the handshake (gtls.c).
    ("error in the certificate", "certificate-malformed"),
    ("0x80096004", "certificate-malformed"),
)
"""Pieces of flattened text and what they say of the peer's certificate; the first that fits counts."""

_HANDSHAKE_REASONS: tuple[tuple[str, ComplaintKind], ...] = (
    # SSL_R_BAD_SIGNATURE is about a signature of the handshake (ServerKeyExchange, CertificateVerify), not of a chain.
    ("ssl routines bad signature", "tls-error"),
    ("ssl routines openssl internal bad signature", "tls-error"),
    ("wrong version number", "tls-not-tls"),
    ("packet length too long", "tls-not-tls"),
    ("unknown protocol", "tls-not-tls"),
    ("http request", "tls-not-tls"),
    ("https proxy request", "tls-not-tls"),
    ("unexpected tls packet was received", "tls-not-tls"),
    # GnuTLS before 3.0 had this (-9) for an end of the stream; bytes that are no TLS are -15, above.
    ("tls packet with unexpected length", "tls-closed"),
    ("unsupported record version", "tls-not-tls"),
    ("invalid content type", "tls-not-tls"),
    ("record layer length error", "tls-not-tls"),
    ("exceeded the maximum permissible length", "tls-not-tls"),
    ("rx record too long", "tls-not-tls"),
    ("invalid ssl record was received", "tls-not-tls"),
    ("sec e invalid token", "tls-not-tls"),
    ("no protocols available", "tls-version"),
    ("ssl error invalid version range", "tls-version"),  # NSS refuses what it is told to offer (sslsock.c)
    ("unsupported protocol", "tls-version"),
    ("unsupported version", "tls-version"),
    # Only of versions below 1.2 does OpenSSL ask for a signature of a kind that 3.0 refuses (t1_lib.c).
    ("legacy sigalg disallowed or unsupported", "tls-version"),
    ("version too low", "tls-version"),
    ("inappropriate fallback", "tls-version"),
    ("protocol is not within min max", "tls-version"),
    ("not within min max boundaries", "tls-version"),
    ("peer using unsupported version of security protocol", "tls-version"),
    ("unsupported tls version", "tls-version"),
    ("server tls version is not enabled", "tls-version"),
    ("server does not support tls12or13", "tls-version"),
    ("server tls version is disabled by our config", "tls-version"),
    ("sec e unsupported function", "tls-version"),
    ("no shared cipher", "tls-no-shared-cipher"),
    ("no cipher match", "tls-no-shared-cipher"),
    ("no ciphers available", "tls-no-shared-cipher"),
    ("no cypher overlap", "tls-no-shared-cipher"),
    ("no common encryption algorithm", "tls-no-shared-cipher"),
    ("no ciphersuites in common", "tls-no-shared-cipher"),
    ("no cipher suites in common", "tls-no-shared-cipher"),
    ("no supported cipher suites", "tls-no-shared-cipher"),
    ("could not negotiate a supported cipher suite", "tls-no-shared-cipher"),
    ("could not negotiate an ssl cipher suite", "tls-no-shared-cipher"),
    ("can t match cipher suite", "tls-no-shared-cipher"),
    ("sec e algorithm mismatch", "tls-no-shared-cipher"),
    ("unsafe legacy renegotiation", "tls-legacy-renegotiation"),
    ("safe renegotiation failed", "tls-legacy-renegotiation"),
    ("unsafe renegotiation", "tls-legacy-renegotiation"),
    ("unsafe negotiation", "tls-legacy-renegotiation"),
    ("old style potentially vulnerable handshake", "tls-legacy-renegotiation"),
    ("dh key too small", "tls-weak-key"),
    ("bad dh p length", "tls-weak-key"),
    ("bad dh value", "tls-weak-key"),
    ("weak server ephemeral dh key", "tls-weak-key"),
    ("weak ephemeral diffie hellman", "tls-weak-key"),
    ("prime sent by the server is not acceptable", "tls-weak-key"),
    ("connection reset", "tls-reset"),
    ("connection was reset", "tls-reset"),
    ("connect reset error", "tls-reset"),
    ("unexpected eof", "tls-closed"),
    ("ssl error syscall", "tls-closed"),
    ("broken pipe", "tls-closed"),
    ("ssl error zero return", "tls-closed"),
    ("ssl handshake failure", "tls-closed"),
    ("non properly term", "tls-closed"),
    ("error in the pull function", "tls-closed"),
    ("error in the push function", "tls-closed"),
    ("connection closed", "tls-closed"),
    ("closed abruptly", "tls-closed"),
    ("error state on socket", "tls-closed"),
    ("indicated an eof", "tls-closed"),
    ("connection is going to be closed", "tls-closed"),
    ("end of file", "tls-closed"),
    ("peer closed", "tls-closed"),
    ("dropped the connection", "tls-closed"),
    ("failed to receive handshake", "tls-closed"),
    ("closed during handshake", "tls-closed"),
    ("fatal alert", "tls-alert"),
    ("alert fatal error", "tls-alert"),
)
"""Pieces of flattened text and what they say of the handshake; the first that fits counts."""

_LONGEST = 2000
"""Reasons are read this far: longer ones are not a library's."""


def flat(text: str) -> str:
    """Return lower-case words with one blank between them: `SSLV3_ALERT_BAD_CERTIFICATE` = `sslv3 alert bad ...`."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text[:_LONGEST])
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def alert_named(text: str) -> int | None:
    """Return the AlertDescription that the peer sent, when the text names it; None otherwise."""
    code = _OPENSSL_CODE.search(text[:_LONGEST])
    if code is not None:
        # Reasons 1000 to 1255 of OpenSSL and its relatives are alerts received (SSL_AD_REASON_OFFSET, sslerr.h).
        description = (int(code[1], 16) & 0xFFF) - 1000
        if 0 <= description <= 255:
            return description
    words = flat(text)
    named = _NAMED_ALERT.search(words)
    if named is not None:
        return _BY_NAME[named["openssl"] or named["nss"] or named["rustls"] or named["bare"]]
    return _SENTENCES.get(words)


def gnutls_alert(reason: str) -> int | None:
    """Return the alert that GnuTLS means; it prints the bare name (`Handshake failed`, `Illegal parameter`)."""
    words = flat(reason)
    return _SENTENCES.get(words, _BY_NAME.get(words))


def certificate_reason(text: str) -> ComplaintKind | None:
    """Return what a library finds wrong with the peer's certificate; None when the text does not say."""
    words = flat(text)
    for piece, kind in _CERTIFICATE_REASONS:
        if piece in words:
            return kind
    return None


def handshake_reason(text: str) -> Blame | None:
    """Return why a handshake failed; None when the text does not say."""
    alert = alert_named(text)
    if alert is not None:
        return Blame("tls-alert", alert) if alert else Blame("tls-closed")
    words = flat(text)
    for piece, kind in _HANDSHAKE_REASONS:
        if piece in words:
            return Blame(kind)
    return None
