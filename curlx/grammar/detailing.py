"""What the words of a complaint tell beyond its kind: whose words they are, at which step they were said, and why.

The kind tells which diagnosis speaks; what stands here decides what it may say. Several of these sentences mean less
than they say, because a library or a system has one for several things.
"""

from __future__ import annotations

from functools import lru_cache

from curlx.complaints import ComplaintKind, Detail
from curlx.grammar.translations import in_english
from curlx.patterns import Pattern

_Words = tuple[Detail, tuple[str, ...]]

_IN_HANDSHAKE: _Words = (
    "in-handshake",
    ("handshake", "ssl connect", "tls connect error", "unknown ssl protocol error"),
)
"""What names the handshake: a program that uses libcurl (git) prints curl's words without the exit code."""
_FIRST_ANSWER: _Words = ("at-first-answer", ("ssl23 get server hello",))
"""Where OpenSSL before 1.1 reads the server's first message (`ssl/s23_clnt.c`): nobody can have asked for anything."""
_LIBRESSL: tuple[_Words, ...] = (
    ("received-or-sent", ("ssl routines:st connect:",)),  # tls13_alert_sent_cb in tls13_lib.c
    ("of-libressl", ("ssl routines:connect cr",)),
)
"""Where LibreSSL reads what a server sends; of an alert the first stands for one that it sends itself as well."""
_TIME_WAS_UP: _Words = ("time-was-up", ("timeout",))  # Proxy CONNECT aborted due to timeout
_WAITED: _Words = ("waited-for-reply", ("response",))
"""`FTP response timeout`, of mail as well: curl was connected, and waited for what the server has to say."""
_STILL_CONNECTING: _Words = ("still-connecting", ("operation now in progress$",))
"""The system says so of every attempt that has begun (EINPROGRESS): it is no reason why one failed."""
_PING_PONG: _Words = ("of-ping-pong", ("^response reading failed",))
"""Only of FTP, mail and the like does curl say so (`lib/pingpong.c`)."""
_BUNDLE: _Words = ("bundle", ("pkcs12",))
_UNKNOWN_TYPE: _Words = ("unknown-file-type", ("not supported file type",))
"""What curl says of the value of --cert-type or --key-type, and not of the file (`cert_stuff`, lib/vtls/openssl.c)."""

_DETAILS: tuple[tuple[tuple[ComplaintKind, ...], tuple[_Words, ...]], ...] = (
    # --- names and connections
    (("connect-failed",), (("own-address", ("^couldn't bind", "^could not bind", "^bind failed")),)),  # cf-socket.c
    (("host-not-found",), (
        ("for-socks", (" for socks",)),
        ("no-thread", ("thread failed to start",)),  # asyn-thrdd.c
        ("over-https", ("^could not doh-resolve", "^doh: ", "^[doh] ")),
    )),
    (("resolve-timeout",), (("of-proxy", ("proxy",)), _WAITED, _STILL_CONNECTING)),
    # EACCES or EPERM (connect(2))
    (("connect-unreachable",), (("not-permitted", ("^permission denied", "^operation not permitted")),)),
    (("unix-socket-failed", "connect-refused"), (
        ("nobody-listens", ("refused",)),
        ("not-permitted", ("denied", "permitted")),
        ("no-such-file", ("no such file",)),
    )),
    (("connect-timeout",), (
        _WAITED, _STILL_CONNECTING, _IN_HANDSHAKE,
        ("by-own-limit", ("^connection timed out after",)),
    )),
    (("timeout",), (
        ("of-proxy", ("proxy",)), _WAITED, _STILL_CONNECTING, _IN_HANDSHAKE,
        ("too-slow", ("too slow",)),
        # `Recv failure: Connection timed out`, `OpenSSL SSL_read: Connection timed out, errno 110`
        ("of-system", ("failure: ", "errno", "ssl read", "ssl write")),
    )),
    (("reset",), (_PING_PONG, _IN_HANDSHAKE)),
    (("receive-failed",), (_PING_PONG, _IN_HANDSHAKE, _FIRST_ANSWER, *_LIBRESSL)),
    (("connection-died",), (_PING_PONG,)),
    (("empty-reply", "send-failed", "tls-reset"), (_IN_HANDSHAKE,)),
    (("transfer-interrupted",), (
        ("counted-missing", ("missing",)),
        ("counted-remaining", ("remaining",)),
        ("of-gnutls", ("^gnutls",)),
        ("of-http2", ("http/2",)),
    )),
    (("proxy-connect-aborted", "socks-closed"), (_TIME_WAS_UP,)),
    (("socks-authentication",), (("rejected-login", ("rejected",)),)),
    # --- TLS
    (("tls-closed",), (
        _IN_HANDSHAKE, _FIRST_ANSWER, *_LIBRESSL, _PING_PONG,
        # Old builds with OpenSSL, and Secure Transport, say this of whatever they have no words for, a reset too.
        ("untold-error", ("unknown ssl protocol error",)),
        # Schannel says it when the connection was closed and of every error of receiving (lib/vtls/schannel.c).
        ("closed-or-reset", ("schannel: failed to receive handshake",)),
    )),
    (("tls-truncated",), (
        _IN_HANDSHAKE,
        ("in-reading", ("ssl read",)),
        # What curl says as well where it takes such an end for the end of a body (`ossl_recv`, lib/vtls/openssl.c).
        ("only-remarked", ("^connection closed abruptly$", "^ssl: eof without close notify$")),
    )),
    (("tls-alert",), (
        _FIRST_ANSWER, *_LIBRESSL,
        ("of-schannel", ("usually",)),  # This error usually occurs when a fatal SSL/TLS alert is received
    )),
    (("tls-error",), (_FIRST_ANSWER, *_LIBRESSL, ("of-system", ("system library",)))),
    (("tls-not-tls",), (("of-schannel", ("sec e invalid token",)),)),
    (("tls-version",), (
        *_LIBRESSL,
        ("of-schannel", ("sec e unsupported function",)),
        ("legacy-signature", ("legacy sigalg",)),
        # SSL_R_NO_PROTOCOLS_AVAILABLE (statem_lib.c); SSL_ERROR_INVALID_VERSION_RANGE (sslerr.h), old builds' number
        ("no-version-left", ("no protocols available", "invalid version range", "nss error -12168")),
    )),
    (("tls-no-shared-cipher",), (
        # NSS's words for handshake_failure before the ServerHello (ssl3con.c; seen with 3.87)
        ("of-nss", ("no cypher overlap", "no common encryption algorithm(s)")),
        ("of-schannel", ("sec e algorithm mismatch", "common algorithm")),
    )),
    # --- the certificate of the peer
    (("certificate-expired",), (("of-nss", ("peer's certificate",)),)),
    (("certificate-revocation-unchecked",), (("of-schannel", ("^schannel",)),)),
    (("certificate-untrusted",), (("issuer-demanded", ("issuer check failed",)),)),
    (("certificate-name-mismatch",), (
        ("beside-alternative-names", ("no alternative certificate subject name", "subjectaltname does not match")),
        ("by-address", ("target ipv4 address", "target ipv6 address")),  # somebody may have hidden which
    )),
    (("certificate-rejected",), (
        # lib/vtls/sectransp.c has sentences of their own for a date and a name
        ("invalid-chain", ("invalid certificate chain",)),
        # lib/vtls/gtls.c compares the name later, and has words of its own for it
        ("of-gnutls", ("server certificate verification failed",)),
        ("of-mbedtls", ("mbedtls",)),
        # The rules that OpenSSL names (`crypto/x509/x509_txt.c`)
        ("purpose", ("certificate purpose",)),
        ("ca-rule", ("invalid ca certificate",)),
        ("path-length", ("path length constraint",)),
        ("name-rule", ("subtree violation",)),
        ("chain-too-long", ("chain too long",)),
    )),
    # How curl begins when an answer came (lib/vtls/openssl.c, lib/vtls/gtls.c)
    (("certificate-staple-missing",), (
        ("staple-sent", ("^ocsp response", "^invalid ocsp", "^could not find certificate id")),
    )),
    (("certificate-weak",), (("too-weak-key", ("key",)),)),
    (("trust-store-unreadable",), (
        ("revocation-list", ("crl file", "revocation list")),
        # GnuTLS (`gnutls_strerror`) says so of what it found in a file: it has others for one that cannot be opened.
        ("unparsed-file", ("asn1 parser:", "base64 decoding error")),
    )),
    # --- files of the client
    (("client-certificate-not-loaded", "client-certificate-not-found"), (
        ("no-such-file", ("no such file",)),  # strerror(3)
        ("not-permitted", ("permission denied",)),
        ("not-pem", ("no start line",)),  # PEM_R_NO_START_LINE
        ("not-asn1", ("load asn1",)),
        _UNKNOWN_TYPE,
        # CRYPT_E_BAD_ENCODE, of `PFXImportCertStore`, which is given what curl has read (lib/vtls/schannel.c)
        ("not-pkcs12", ("0x80092002",)),
        ("store-path", ("location",)),
        ("in-keychain", ("osstatus -25299",)),  # errSecDuplicateItem (SecBase.h)
        ("no-such-entry", ("keychain",)),  # with the next, words of lib/vtls/sectransp.c alone
        ("of-secure-transport", ("osstatus",)),
        ("legacy-encryption", ("digital envelope",)),
        ("in-store", ("cert store",)),
        ("of-schannel", ("schannel",)),
    )),
    (("client-certificate-weak",), (
        _BUNDLE,
        # `ca md too weak` by its number (`sslerr.h`): the log may end within the words.
        ("too-weak-digest", ("md too weak", "ca md", "0a00018e")),
    )),
    (("client-key-mismatch",), (_BUNDLE,)),
    (("client-passphrase", "client-key-not-loaded"), (
        _UNKNOWN_TYPE,
        _BUNDLE,
        ("bundle", ("message authentication code",)),  # only PKCS#12 has a MAC (RFC 7292, 4)
        # What curl with OpenSSL says of every key that it cannot use (lib/vtls/openssl.c)
        ("of-openssl", ("^unable to set private key file",)),
        # GnuTLS reads both files in one call and names the key's alone (`lib/vtls/gtls.c`; measured on 8.14 and 8.21);
        # of a passphrase that is wrong it has another sentence.
        ("of-gnutls", ("^error reading x.509",)),
        ("without-passphrase", ("^error reading x.509 key file",)),
        ("with-passphrase", ("potentially-encrypted",)),
        ("unread-file", ("error while reading file",)),
        ("bad-base64", ("base64 decoding error",)),
        ("not-asn1", ("asn1 parser",)),
        ("of-nss", ("sec error bad key",)),
        ("unknown-encryption", ("not available",)),  # MBEDTLS_ERR_PKCS5_FEATURE_UNAVAILABLE
    )),
    # --- HTTP
    (("http-status",), (("of-git", ("^authentication failed for '", "^could not read ", "^repository '")),)),
    (("content-encoding",), (("unknown-encoding", ("unrecognized content encoding",)),)),
    (("malformed-response",), (
        ("status-line", ("version", "status line", "response code", "server reply")),
        ("transfer-encoding", ("transfer-encoding",)),
        ("header", ("header", "content-length")),
        ("chunks", ("chunk",)),
    )),
    # --- curl on its own machine
    (("option",), (
        # `param2text` (src/tool_helpers.c, 7.29 to 8.22), and what libcurl says of a value
        ("config-file", ("read config",)),
        ("data-file", ("reading a file",)),
        ("one-method", ("only select one",)),
        ("no-url", ("^no url ",)),
        ("tls-max", ("incompatible with curl sslversion",)),
        ("ca-without-check", ("verification is disabled",)),
        ("cipher-names", ("cipher", "curves", "signature algorithm")),
        ("unknown-option", ("is unknown",)),
        ("ambiguous", ("is ambiguous",)),
        ("no-switch", ("isn't a boolean", "reverse")),
        ("no-value", ("requires parameter",)),
        ("no-number", ("numerical parameter", "too large number")),
        ("unfit-value", ("parameter", "badly used", "requires")),
        ("no-tls-to-proxy", ("https-proxy support", "unsupported proxy scheme for 'https:")),  # lib/url.c
        ("not-built-in", ("support", "built", "engine")),
    )),
    (("url-malformed",), (
        ("braces", ("brace",)),
        ("pattern", ("url position",)),  # curl's globbing (src/tool_urlglob.c)
        ("port-number", ("port number",)),
    )),
    (("protocol-unsupported",), (("names-protocol", ("protocol",)), ("opening-quote", (" \"'", " '")))),
    (("read-failed",), (("rewind", ("rewind",)),)),
    (("other",), (
        ("own-address", ("^the address that --interface names",)),
        ("not-started", ("error while loading shared libraries: ", "symbol lookup error: ", "relocation error: ")),
        ("ssh-key", ("^ssh host check: ",)),
        ("range", ("cannot resume.$", "range was not delivered")),
        ("websocket", ("^refused websocket",)),
    )),
)  # fmt: skip
"""Pieces of a complaint of these kinds, in lower case and with a blank for `_`; `^` and `$` stand for its ends."""

_BY_KIND = {kind: words for kinds, words in _DETAILS for kind in kinds}


@lru_cache(maxsize=64)  # several diagnoses ask of the same complaint in turn
def details(kind: ComplaintKind, text: str) -> tuple[Detail, ...]:
    """Return what the words of a complaint tell beyond its kind."""
    known = _BY_KIND.get(kind)
    if known is None:
        return ()
    said = f"^{in_english(text).lower().replace('_', ' ')}$"
    return tuple(detail for detail, pieces in known if any(piece in said for piece in pieces))


_LONGER = ("self signed certificate in certificate chain", "self-signed certificate in certificate chain")
"""What says another thing than its beginning does."""


def may_go_on(text: str) -> bool:
    """Whether words are the beginning of others that mean something else, where a log may have been cut in them."""
    said = text.rpartition(": ")[2]
    return bool(said) and any(longer.startswith(said) and said != longer for longer in _LONGER)


_OF_ASIDES: tuple[_Words, ...] = (
    ("binary-output", ("binary output",)),  # src/tool_cb_wrt.c, and how it puts the next, now and before, and for -J
    ("unopened-file", ("failed to open the file", "failed to create the file", "refusing to overwrite")),
    ("unknown-service", ("not found in kerberos database", "sec e target unknown")),
    ("no-ticket", ("credential", "cannot find mechanisms")),
)


def details_of_aside(text: str) -> tuple[Detail, ...]:
    """Return what a warning tells, or a reason of Kerberos's or Windows': these are of no kind."""
    said = text.lower().replace("_", " ")
    return tuple(detail for detail, pieces in _OF_ASIDES if any(piece in said for piece in pieces))


_QUOTED: dict[ComplaintKind, Pattern] = {
    # A rule that OpenSSL names (`X509_verify_cert_error_string`), where it is none that has its own kind
    "certificate-rejected": Pattern(
        r"SSL certificate problem: (?!.*(?i:verify failed|verification|unspecified|unknown|error code|"
        r"invalid certificate chain))(.*)"
    ),
    # Builds that print no certificate (GnuTLS does not when it refuses one) have its name in the sentence itself.
    "certificate-name-mismatch": Pattern(r"certificate subject name [('](.{0,400}?)[)']? does not match "),
    "url-malformed": Pattern(r"URL rejected: (.*)"),
    "timeout": Pattern(r"too slow\. Less than (\d{1,18} bytes/sec transferred the last \d{1,18} seconds)"),
}
_TIME_UP = Pattern(r"\btimed out after (\d{1,10}) ?(?:milliseconds|ms)\b")
_ENDS = ". \t\r"
"""How a sentence ends: no pattern looks for that, which would try anew at every dot of a long row of them."""


def time_up(text: str) -> int | None:
    """Return after how many milliseconds curl's time was up, where its words tell that."""
    told = _TIME_UP.search(text)
    return int(told[1]) if told is not None else None


def quoted(kind: ComplaintKind, text: str) -> str:
    """Return what a complaint repeats of a certificate, a URL or a limit, or finds in it; or nothing."""
    pattern = _QUOTED.get(kind)
    match = pattern.search(text) if pattern is not None else None
    return match[1].rstrip(_ENDS) if match is not None else ""
