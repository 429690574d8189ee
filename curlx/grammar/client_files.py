"""What curl says of the client's certificate and key: local files and stores that it cannot use, and NSS's notes.

`lib/vtls/openssl.c` (`cert_stuff`), `gtls.c`, `nss.c`, `wolfssl.c`, `mbedtls.c`, `schannel.c`, `sectransp.c`,
`rustls.c`.
"""

from __future__ import annotations

from curlx.events import ClientCertificateNote, ComplaintKind
from curlx.grammar.complaining import Blame, complaint
from curlx.grammar.message import Message, Values
from curlx.grammar.reasons import flat

_PASSPHRASE = (
    "mac verify failure", "bad decrypt", "bad password", "decryption has failed", "authentication code verification "
              "failed",
    "password does not allow", "password can t be empty", "password is bad", "incorrect password", "password mismatch",
    "requires a password",
)  # fmt: skip
_MISMATCH = ("key values mismatch", "do not match", "does not match", "key type mismatch")
_WEAK = ("key too small", "md too weak", "too weak", *(f"0a00018{digit}" for digit in "def"))
"""The numbers are OpenSSL 3's (`SSL_R_CA_KEY_TOO_SMALL` and the next two, sslerr.h): the words may be cut off."""


def _reason(text: str, otherwise: ComplaintKind) -> Blame:
    words = flat(text)
    if any(piece in words for piece in _PASSPHRASE):
        return Blame("client-passphrase")
    if any(piece in words for piece in _MISMATCH):
        return Blame("client-key-mismatch")
    if any(piece in words for piece in _WEAK):
        return Blame("client-certificate-weak")
    return Blame(otherwise)


def _certificate(reason: str) -> Blame:
    return _reason(reason, "client-certificate-not-loaded")


def _key(reason: str) -> Blame:
    return _reason(reason, "client-key-not-loaded")


def _not_found(values: Values) -> ClientCertificateNote:
    return ClientCertificateNote("not-found", values["name"])


def _found(values: Values) -> ClientCertificateNote:
    return ClientCertificateNote("found", values["name"])


_OPENSSL = (
    complaint(
        "could not load PEM client certificate from ./nope.pem, OpenSSL error error:80000002:system library::"
        "No such file or directory, (no key found, wrong pass phrase, or wrong file format?)",
        # What is in brackets at the end is curl's guess, the same for every reason.
        r"could not load \S+ client certificate(?: from (?P<subject>[^,]*))?, "
        r"(?P<reason>[^()]*(?:\([^()]*\)[^()]*){0,4})"
        r"(?:\(no key found[^()]*\))?",
        _certificate,
    ),
    complaint("could not open PKCS12 file 'client.p12'", r"could not open PKCS12 file '(?P<subject>[^']*)'",
              "client-certificate-not-loaded"),
    complaint("could not parse PKCS12 file, check password, OpenSSL error error:11800071:PKCS12 routines::mac verify "
              "failure", r"could not parse PKCS12 file, check password, (?P<reason>.*)", _certificate),
    complaint("error reading PKCS12 file 'client.p12'", r"error reading PKCS12 file '(?P<subject>[^']*)'",
              "client-certificate-not-loaded"),
    complaint("unable to set private key file: 'client-enc.key' type PEM",
              r"unable to set private key file: '(?P<subject>[^']*)' type .*", "client-key-not-loaded"),
    complaint("unable to set private key", r"unable to set private key(?: \[(?P<reason>.*)\])?", _key),
    complaint("unable to set client certificate", r"unable to set client certificate(?: \[(?P<reason>.*)\])?",
              _certificate),
    complaint("unable to use client certificate (no key or wrong pass phrase?)",
              r"unable to use client certificate(?: \(no key (?:found )?or wrong pass phrase\?\))?",
              "client-certificate-not-loaded"),
    complaint("unable to use private key from PKCS12 file 'client.p12'",
              r"unable to use private key from PKCS12 file '(?P<subject>[^']*)'", "client-key-not-loaded"),
    complaint("private key from PKCS12 file 'client.p12' does not match certificate in same file",
              r"private key from PKCS12 file '(?P<subject>[^']*)' does not match certificate in same file",
              "client-key-mismatch"),
    complaint("Private key does not match the certificate public key",
              r"Private key does not match the certificate public key", "client-key-mismatch"),
    complaint("failed to load private key from crypto engine", r"failed to load private key from crypto engine",
              "client-key-not-loaded"),
    complaint("crypto engine not set, can't load private key",
              r"crypto (?:engine|provider) not set, (?:can't|cannot) load private key", "client-key-not-loaded"),
    complaint("crypto engine not set, can't load certificate",
              r"crypto (?:engine|provider) not set, (?:can't|cannot) load certificate",
              "client-certificate-not-loaded"),
    complaint("ssl engine cannot load client cert with id 'a' [error:26096080]",
              r"(?:ssl|SSL) engine (?:cannot load client cert|did ?n.t initialized the certificate|did not "
              r"initialized the "
              r"certificate|does not support loading certificates).*", "client-certificate-not-loaded", "ssl", "SSL"),
    complaint("cannot add certificate to certificate chain", r"cannot add certificate to .*",
              "client-certificate-not-loaded"),
    complaint("not supported file type 'PKCS7' for certificate", r"not supported file type '(?P<subject>[^']*)' for "
              r"certificate", "client-certificate-not-loaded"),
    complaint("not supported file type for private key", r"not supported file type for private key",
              "client-key-not-loaded"),
    complaint("file type P12 for private key not supported", r"file type \S+ for private key not \S+",
              "client-key-not-loaded", "file"),
    complaint("file type ENG for certificate not implemented", r"file type \S+ for certificate not \S+",
              "client-certificate-not-loaded", "file"),
    complaint("SSL_FILETYPE_ENGINE not supported for private key", r"SSL_FILETYPE_\w+ not supported for private key",
              "client-key-not-loaded", "SSL_FILETYPE_ENGINE", "SSL_FILETYPE_PROVIDER"),
    complaint("SSL_FILETYPE_ENGINE not supported for certificate", r"SSL_FILETYPE_\w+ not supported for certificate",
              "client-certificate-not-loaded", "SSL_FILETYPE_ENGINE", "SSL_FILETYPE_PROVIDER"),
    complaint("No private key found in the openssl store: store:a",
              r"No private key found in the openssl store: (?P<subject>.*)", "client-key-not-loaded"),
    complaint("No cert found in the openssl store: store:a", r"No cert found in the openssl store: (?P<subject>.*)",
              "client-certificate-not-loaded"),
    complaint("Failed to open OpenSSL store: store:a", r"Failed to open OpenSSL store: (?P<reason>.*)", _certificate),
)  # fmt: skip

_GNUTLS = (
    # The same words for the key's file and, with the key in the certificate's file, for that one.
    complaint("error reading X.509 key file: Error while reading file.",
              r"error reading X\.509 (?:\S+ )?key file: (?P<reason>.*)", _key),
    complaint("error reading X.509 potentially-encrypted key or certificate file: Base64 decoding error.",
              r"error reading X\.509 (?:\S+ )?key or certificate file(?:: (?P<reason>.*))?", _certificate),
    complaint("gnutls lacks support for encrypted key files", r"gnutls lacks support for encrypted key files",
              "client-key-not-loaded"),
)  # fmt: skip

_NSS = (
    Message("NSS: client certificate from file", r"NSS: client certificate from file",
            ClientCertificateNote("from-file")),
    Message("NSS: using client certificate: client", r"NSS: using client certificate: (?P<name>.*)", _found),
    Message("NSS: client certificate not found (nickname not specified)",
            r"NSS: client certificate not found \(nickname not specified\)", ClientCertificateNote("asked-none")),
    Message("NSS: client certificate not found: client.pem", r"NSS: client certificate not found: (?P<name>.*)",
            _not_found),
    complaint("NSS: client certificate from file not found", r"NSS: client certificate from file not found",
              "client-certificate-not-found"),
    complaint("NSS: private key from file not found", r"NSS: private key from file not found", "client-key-not-loaded"),
    complaint("NSS: private key not found for certificate: client",
              r"NSS: private key not found for certificate: (?P<subject>.*)", "client-key-not-loaded"),
    complaint("NSS: refusing previously loaded certificate from file: PEM Token #1:client.pem",
              r"NSS: refusing previously loaded certificate from file: (?P<subject>.*)",
              "client-certificate-not-loaded"),
    complaint("unable to load client cert: -8018 (SEC_ERROR_UNKNOWN_PKCS11_ERROR)",
              r"unable to load client cert: .*", "client-certificate-not-loaded"),
    complaint("unable to load client key: -8178 (SEC_ERROR_BAD_KEY)", r"unable to load client key: .*",
              "client-key-not-loaded"),
    complaint("Unable to load client key: Incorrect password", r"Unable to load client key: (?P<reason>.*)", _key),
    complaint("Unable to load certificate client.pem", r"Unable to load certificate (?P<subject>.*)",
              "client-certificate-not-loaded"),
)  # fmt: skip

_MBEDTLS = (
    complaint("Error reading client cert file client.pem - mbedTLS: (-0x3E00) PK - Read/write of file failed",
              r"Error reading client cert (?:file|data) (?P<subject>\S*)(?: - |: )(?P<reason>.*)", _certificate),
    complaint("Error reading private key client-enc.key - mbedTLS: (-0x2E80) PKCS5 - Requested encryption or digest "
              "alg not available", r"Error reading private key (?P<subject>\S*)(?: - |: )(?P<reason>.*)", _key),
    complaint("Error parsing private key - mbedTLS: (-0x3D00) PK - Invalid key tag or value",
              r"Error parsing private key - (?P<reason>.*)", _key),
    complaint("mbedTLS: error reading client cert file client.pem: (-0x3E00) PK - Read/write of file failed",
              r"mbedTLS: error reading client cert (?:blob|file (?P<subject>[^:]*)): (?P<reason>.*)", _certificate),
    complaint("mbedTLS: error reading private key client.key: (-0x3C00) PK - Private key password can't be empty",
              r"mbedTLS: error (?:parsing private key|reading private key (?P<subject>[^:]*)): (?P<reason>.*)", _key),
)  # fmt: skip

_SCHANNEL = (
    Message("schannel: a client certificate has been requested", r"schannel: a client certificate has been requested",
            ClientCertificateNote("asked")),
    complaint("schannel: Failed to import cert file client.p12, password is bad",
              r"schannel: Failed to import cert file (?P<subject>[^,]*), (?P<reason>.*)", _certificate),
    complaint("schannel: Failed to read cert file client.p12", r"schannel: Failed to read cert file (?P<subject>.*)",
              "client-certificate-not-loaded"),
    complaint("schannel: Failed to get certificate from file client.p12, last error is 0x2",
              r"schannel: Failed to get certificate from file (?P<subject>[^,]*), (?P<reason>.*)", _certificate),
    complaint("schannel: certificate format compatibility error for client.pem",
              r"schannel: certificate format compatibility error {1,2}for (?P<subject>.*)",
              "client-certificate-not-loaded"),
    complaint("schannel: Failed to get certificate location or file for client.pem",
              r"schannel: Failed to get certificate location(?: or file)? for (?P<subject>.*)",
              "client-certificate-not-loaded"),
    complaint("schannel: Failed to open cert store 10000 MY, last error is 0x2",
              r"schannel: Failed to open cert store (?P<subject>[^,]*), .*", "client-certificate-not-found"),
    complaint("schannel: client cert not found in cert store", r"schannel: client cert not found in cert store",
              "client-certificate-not-found"),
    complaint("schannel: client cert support not built in", r"schannel: client cert support not built in", "option"),
)  # fmt: skip

_SECURE_TRANSPORT = (
    Message("Client certificate: client", r"Client certificate: (?P<name>.*)", _found),
    complaint("SSL: Can't find the certificate \"client\" and its private key in the Keychain.",
              r"SSL: (?:Can't|cannot) find the certificate \"(?P<subject>[^\"]*)\" and its private key in the "
              r"Keychain\.?",
              "client-certificate-not-found"),
    complaint("SSL: Can't load the certificate \"client.pem\" and its private key: OSStatus -50",
              r"SSL: (?:(?:Can't|cannot) load|Couldn't make sense of the data in) the certificate "
              r"\"(?P<subject>[^\"]*)\" "
              r"and its private key.*", "client-certificate-not-loaded"),
    complaint("SSL: Incorrect password for the certificate \"client.p12\" and its private key.",
              r"SSL:? (?:Incorrect password for the|The) certificate \"(?P<subject>[^\"]*)\" (?:and its|requires a) .*",
              "client-passphrase", "SSL:", "SSL"),
    complaint("SSL: The Security framework only supports loading identities that are in PKCS#12 format.",
              r"SSL: The Security framework only supports loading identities that are in PKCS#12 format\.",
              "client-certificate-not-loaded"),
    complaint("SSL: SSLSetCertificate() failed: OSStatus -50", r"SSL: SSLSetCertificate\(\) failed: .*",
              "client-certificate-not-loaded"),
)  # fmt: skip

_RUSTLS = (
    complaint("rustls: failed to read client certificate file: 'client.pem'",
              r"rustls: failed to read client certificate file: '(?P<subject>[^']*)'", "client-certificate-not-loaded"),
    complaint("rustls: failed to read key file: 'client.key'", r"rustls: failed to read key file: '(?P<subject>[^']*)'",
              "client-key-not-loaded"),
    complaint("rustls: must provide key with certificate 'client.pem'",
              r"rustls: must provide key with certificate '(?P<subject>[^']*)'", "client-key-not-loaded"),
    complaint("rustls: must provide certificate with key 'client.key'",
              r"rustls: must provide certificate with key '(?P<subject>[^']*)'", "client-certificate-not-loaded"),
)  # fmt: skip

MESSAGES: tuple[Message, ...] = (
    *_OPENSSL,
    *_GNUTLS,
    *_NSS,
    *_MBEDTLS,
    *_SCHANNEL,
    *_SECURE_TRANSPORT,
    *_RUSTLS,
    complaint("Problem with the local SSL certificate", r"[Pp]roblem with the local SSL certificate",
              "client-certificate-not-loaded", "Problem", "problem"),
)  # fmt: skip
