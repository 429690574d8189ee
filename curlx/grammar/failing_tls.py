"""How curl says that TLS failed: the handshake, the peer's certificate, the trust anchors (`lib/vtls/*.c`)."""

from __future__ import annotations

from curlx.events import Chatter
from curlx.grammar import blaming
from curlx.grammar.complaining import complaint
from curlx.grammar.message import Message

_LIBRARY = r"(?:OpenSSL|LibreSSL|BoringSSL|AWS-LC|quictls|wolfSSL|AmiSSL)"
_TALKERS = ("OpenSSL", "LibreSSL", "BoringSSL", "AWS-LC", "quictls", "wolfSSL", "AmiSSL")

# --- the peer's certificate -------------------------------------------------------------------------------------------

_TARGET = r"target (?:host ?name|[Ii][Pp]v[46] address) (?:'(?P<subject>[^']*)'|\S+)"

_CERTIFICATES = (
    complaint("SSL certificate problem: certificate has expired", r"SSL certificate problem[:,] .*",
              blaming.certificate),
    complaint("SSL certificate OpenSSL verify result: unable to get local issuer certificate (20)",
              r"SSL certificate (?:OpenSSL )?verify result: (?P<reason>[^()]*) \((?P<number>\d{1,9})\)",
              blaming.certificate),
    complaint("SSL certificate OpenSSL verify result: unable to get local issuer certif",  # a line that was cut
              r"SSL certificate OpenSSL verify result: (?P<reason>[^()]*)(?: \(\d{0,9})?", blaming.certificate),
    complaint("SSL certificate verification failed: certificate signer not trusted. (CAfile: a.crt CRLfile: none)",
              r"(?:SSL certificate|server) verification failed: (?P<reason>.*?)(?:\(CAfile: .*)?", blaming.certificate,
              "SSL", "server"),
    complaint("SSL certificate verification failed", r"SSL certificate verification failed", blaming.no_fault_found),
    complaint("server certificate verification failed. CAfile: /etc/ssl/certs/ca-certificates.crt CRLfile: none",
              r"server certificate verification failed\.(?: CAfile: (?P<subject>.*?)(?: CRLfile: .*)?)?",
              "certificate-rejected"),
    complaint("server cert verify failed: 1", r"server cert (?:activation date |expiration date )?verify failed.*",
              blaming.certificate),
    complaint("server certificate expiration date has passed.", r"server certificate expiration date has passed\.",
              "certificate-expired"),
    complaint("server certificate not activated yet.", r"server certificate not activated yet\.",
              "certificate-not-yet-valid"),
    complaint("server certificate issuer check failed (IssuerCert: a.pem)",
              r"(?:server certificate issuer check failed|SSL: Certificate issuer check failed) "
              r"\((?:IssuerCert: )?(?P<subject>.*)\)",
              "certificate-untrusted", "server", "SSL:"),
    complaint("TLS cert problem: certificate has expired", r"TLS cert problem: .*", blaming.certificate),
    complaint("SSL: X.509 verification: chain could not be linked to a trust anchor",
              r"SSL: (?:X\.509 verification|peer not verified|certificate verification failed|perr not verified).*",
              blaming.certificate),
    complaint("Cert verify failed: BADCERT_NOT_TRUSTED", r"Cert verify failed.*", blaming.certificate),
    complaint("peer certificate could not be verified", r"peer certificate could not be verified",
              "certificate-rejected"),
    complaint("mbedTLS: The certificate is not correctly signed by the trusted CA",
              r"mbedTLS: The (?:certificate|CRL|CMS|peer) .*", blaming.certificate),
    complaint("mbedTLS: certificate verification error 0x00000008", r"mbedTLS: certificate verification error .*",
              "certificate-rejected"),
    complaint(" CA signer not available for verification", r"\s*CA signer not available for verification",
              "certificate-untrusted"),
    complaint("Apple SecTrust verification failed: error -67843", r"Apple SecTrust verification failed.*",
              "certificate-rejected"),
    complaint("SSL: no alternative certificate subject name matches target hostname 'api.bank.example'",
              rf"SSL: ?no alternative certificate subject name matches {_TARGET}", "certificate-name-mismatch",
              "SSL:", "SSL:no"),  # git had no blank there
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
    complaint("Server certificate status is unknown",
              r"Server certificate status is unknown|SSL certificate status: unknown \(2\)",
              "certificate-revocation-unchecked", "Server", "SSL"),
    complaint("SSL peer certificate or SSH remote key was not OK",
              r"SSL peer certificate or SSH remote key was not OK|Peer certificate cannot be authenticated with "
              r"given CA certificates", "certificate-rejected", "SSL", "Peer"),
    complaint("SSL: couldn't get peer certificate!",
              r"(?:SSL: )?(?:Could not|couldn't|unable to|failed to|Error) get(?:ting)? (?:peer|server) cert.*",
              "tls-error",
              "SSL:", "couldn't", "unable", "failed", "Error", "Could"),
)  # fmt: skip

# --- trust anchors ----------------------------------------------------------------------------------------------------

_TRUST_STORE = (
    complaint("error setting certificate verify locations:  CAfile: nope.pem CApath: none",
              r"error setting certificate verify locations[:.](?:\s*CAfile: (?P<subject>.*?)(?: CApath: .*)?)?",
              "trust-store-unreadable"),
    complaint("error setting certificate file: nope.pem", r"error setting certificate (?:file|path): (?P<subject>.*)",
              "trust-store-unreadable"),
    complaint("error adding trust anchors from file: nope.pem",
              r"error adding trust anchors from (?:file|path|locations|certificate blob):\s*(?:CAfile: )?"
              r"(?P<subject>.*?)(?: CApath: .*)?",
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

_PLACE = r"(?P<subject>\S*?)(?::(?P<port>\d{1,5}))?"

_HANDSHAKE = (
    complaint("TLS connect error: error:0A00010B:SSL routines::wrong version number", r"TLS connect error: "
              r"(?P<reason>.*)",
              blaming.verification),
    complaint("error:1409442E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version",
              r"error:[0-9A-Fa-f]{8}:.*", blaming.verification, ""),
    complaint("OpenSSL/3.0.22: error:0A00042E:SSL routines::tlsv1 alert protocol version",
              r"(?:OpenSSL|LibreSSL|BoringSSL|AWS-LC|quictls)[/ ]?[^\s:]{0,30}: error:.*", blaming.verification, ""),
    complaint("OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to flaky.example:8444 ",
              rf"{_LIBRARY} SSL_connect: (?P<reason>.*?)(?: in connection to {_PLACE} ?)?",
              blaming.verification, *_TALKERS),
    complaint("Unknown SSL protocol error in connection to shop.example:-9836",
              r"Unknown SSL protocol error in connection to (?P<subject>\S+?):-(?P<reason>98\d\d) ?",
              blaming.secure_transport),
    complaint("Unknown SSL protocol error in connection to flaky.example:8444 ",
              rf"Unknown SSL protocol error in connection to {_PLACE} ?", "tls-closed"),
    complaint("gnutls_handshake() failed: The server name sent was not recognized",
              r"gnutls_handshake\(\) failed: (?P<reason>.*)", blaming.gnutls),
    complaint("GnuTLS, handshake failed: An unexpected TLS packet was received.",
              r"GnuTLS, handshake failed: (?P<reason>.*)", blaming.gnutls),
    # OpenSSL's reason alone, as programs hand it on (`ERR_reason_error_string`).
    complaint("tlsv1 alert internal error",
              r"(?:SSL_(?:connect|read): )?(?P<reason>(?:sslv3|tlsv1|tlsv13) alert [a-z ]{4,60}?)(?: \(\d{1,3}\))?",
              blaming.handshake, "tlsv1", "tlsv13", "sslv3", "SSL_connect:", "SSL_read:"),
    complaint("SSL_connect failed with error -313: received alert fatal error",
              r"SSL_connect failed with error (?P<number>-?\d{1,9})(?:: (?P<reason>.*)|\.)", blaming.handshake),
    complaint("NSS error -12190 (SSL_ERROR_PROTOCOL_VERSION_ALERT)",
              r"NSS error -?\d{1,9} \((?P<reason>[^()]{1,80})\)(?: [A-Z].*)?", blaming.handshake),
    complaint("NSS error -12190", r"NSS error (?P<number>-\d{1,9})", blaming.nss_number),
    complaint("ssl_handshake returned - mbedTLS: (-0x7780) SSL - A fatal alert message was received from our peer",
              r"ssl_handshake returned(?:: | - mbedTLS: | - PolarSSL: | )(?P<reason>.*)", blaming.verification),
    complaint("schannel: next InitializeSecurityContext failed: SEC_E_INTERNAL_ERROR (0x80090304)",
              r"schannel: (?:initial|next) InitializeSecurityContext failed: (?P<reason>.*)", blaming.schannel),
    complaint("schannel: SEC_E_UNTRUSTED_ROOT (0x80090325) - The certificate chain was issued by an authority that is "
              "not trusted.",
              r"schannel: (?:\.{3} )?(?P<reason>(?:SEC|CRYPT|CERT|TRUST)_E_\w+(?: \(0x[0-9A-Fa-f]+\))?.*)",
              blaming.schannel),
    complaint("schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322)",
              r"schannel: SNI or certificate check failed: .*", blaming.certificate),
    complaint("schannel: CertGetCertificateChain trust error CERT_TRUST_REVOCATION_STATUS_UNKNOWN",
              r"schannel: (?:CertGetCertificateChain (?:trust error|error mask|failed).*|the certificate .*|this "
              r"certificate .*|the revocation .*|trust for this .*)", blaming.certificate),
    complaint("CertGetCertificateChain trust error CERT_TRUST_REVOCATION_STATUS_UNKNOWN",
              r"CertGetCertificateChain trust error CERT_.*", blaming.certificate),
    complaint("schannel: CertGetNameString() failed to match connection hostname (a) against server certificate names",
              r"schannel: (?:CertGetNameString\(\) .*|connection hostname .* does not match .*|server certificate name "
              r"verification failed)", "certificate-name-mismatch"),
    complaint("schannel: failed to receive handshake, SSL/TLS connection failed",
              r"schannel: failed to receive handshake, SSL/TLS connection failed", "tls-closed"),
    complaint("schannel: renegotiation timeout", r"schannel: renegotiation (?:socket )?timeout", "tls-timeout"),
    complaint("schannel: server closed abruptly (missing close_notify)",
              r"schannel: server closed abruptly \(missing close_notify\)", "tls-truncated"),
    complaint("schannel: failed to read data from server: SEC_E_DECRYPT_FAILURE (0x80090330)",
              r"schannel: failed to read data from server: SEC_E_\w+.*", "tls-error"),
    complaint("schannel: failed to setup sequence detection", r"schannel: failed to setup [\w ]{1,40}", "tls-error"),
    Message("schannel: ApplyControlToken failure: SEC_E_UNSUPPORTED_FUNCTION (0x80090302)",  # while it hangs up
            r"schannel: ApplyControlToken failure: .*", Chatter("tls")),
    complaint("schannel: AcquireCredentialsHandle failed: SEC_E_NO_CREDENTIALS (0x8009030E)",
              r"schannel: (?!failed to (?:decrypt data, need|receive handshake, need|read data from "
              r"server))[^:]{0,80}\bfail\w*.*",
              blaming.schannel),
    complaint("rustls_connection_process_new_packets: received fatal alert: HandshakeFailure",
              r"rustls_\w+: (?P<reason>.*)", blaming.handshake, ""),
    complaint("rustls: peer closed TCP connection without first closing TLS connection",
              r"rustls: peer closed TCP connection without (?:first closing TLS connection|TLS close_notify.*)",
              "tls-truncated"),
    complaint("QUIC connect: SSL certificate problem in connection to shop.example:443 (192.0.2.7)",
              r"QUIC connect: (?P<reason>.*) in connection to (?P<subject>\S+).*", blaming.quic),
    complaint("SSL connect error", r"SSL(?:/TLS)? connect error|"
              r"SSL/TLS handshake failed", "tls-error", "SSL", "SSL/TLS"),
    complaint("SSL connection timeout", r"SSL(?:/TLS)? connection timeout(?: at (?P<number>\d{1,9}))?", "tls-timeout",
              "SSL", "SSL/TLS"),
    complaint("rustls: connection timeout after 3000 ms", r"rustls:? connection timeout after (?P<number>\d{1,9}) ms",
              "tls-timeout", "rustls:", "rustls"),
    complaint("timed out before SSL handshake", r"timed out before SSL handshake", "tls-timeout"),
    complaint("SSL Client Certificate required", r"SSL Client Certificate required", "client-certificate-required"),
    complaint("SSL: connection closed during handshake", r"SSL: connection closed during handshake", "tls-closed"),
    complaint("Peer's Certificate has expired.", r"[A-Z][^:]{5,160}\.?", blaming.sentence, ""),
    complaint("SSL certificate peer hostname mismatch", r"SSL [^:]{5,160}", blaming.sentence),
    complaint("Cannot communicate securely with peer: no common encryption algorithm(s).",
              r"(?:Cannot|Unable to) communicate securely with peer: .*", blaming.sentence, "Cannot", "Unable"),
)  # fmt: skip

_AFTERWARDS = (
    complaint("OpenSSL SSL_read: OpenSSL/3.0.22: error:0A000126:SSL routines::unexpected eof while reading, errno 0",
              rf"{_LIBRARY} SSL_(?:read|write|shutdown): .*", blaming.reading, *_TALKERS),
    complaint("SSL read: error:1409442E:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca, errno 0",
              r"SSL (?:read|write): .*", blaming.reading),
    complaint("SSL_write() returned SYSCALL, errno = 32", r"SSL_\w+\(\) (?:return(?:ed)?|error).*", blaming.reading,
              "SSL_write()", "SSL_read()", "SSL_write_early_data()"),
    complaint("GnuTLS recv error (-110): The TLS connection was non-properly terminated.",
              r"GnuTLS recv error \(-?\d{1,9}\): (?P<reason>.*)", blaming.reading),
    complaint("ssl_read returned: (-0x7780) SSL - A fatal alert message was received from our peer",
              r"ssl_(?:read|write) returned.*", blaming.reading, "ssl_read", "ssl_write"),
    complaint("Connection closed abruptly", r"Connection closed abruptly|SSL: EOF without close notify",
              "tls-truncated",
              "Connection", "SSL:"),
    complaint("SSL: connection closed during write", r"SSL: connection closed during write", "tls-closed"),
    complaint("SSLRead() return error -9806", r"SSL(?:Read|Write)\(\) return(?:ed)? error -?\d+", blaming.reading,
              "SSLRead()", "SSLWrite()"),
)  # fmt: skip


MESSAGES: tuple[Message, ...] = (*_CERTIFICATES, *_TRUST_STORE, *_HANDSHAKE, *_AFTERWARDS)
