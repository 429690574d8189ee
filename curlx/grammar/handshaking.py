"""What curl says while TLS is set up: handshake messages, alerts, ALPN, trust anchors, the cipher (`lib/vtls/*.c`).

Only OpenSSL and its relatives print messages (`ssl_tls_trace`): `TLSv1.3 (IN), TLS handshake, Request CERT (13):`. The
number is right in every version; the name is not, nor is the version before it, which belongs to the record.
"""

from __future__ import annotations

import re

from curlx.events import (
    AlpnChosen,
    AlpnOffered,
    BackendSeen,
    Chatter,
    CipherChosen,
    ClientHello,
    Direction,
    Event,
    HandshakeDone,
    HandshakeMessage,
    PeerVerificationDisabled,
    Renegotiation,
    SessionReused,
    TlsAlert,
    TlsRecord,
    TrustAnchors,
)
from curlx.grammar.message import Message, Values
from curlx.grammar.reasons import ALERTS
from curlx.grammar.words import NUMBER
from curlx.patterns import Pattern
from curlx.tls_numbers import UNTOLD_ALERT, HandshakeType

HANDSHAKE_NAMES = {
    0: "Hello request", 1: "Client hello", 2: "Server hello", 3: "Hello verify request", 4: "Newsession Ticket",
    5: "End of early data", 6: "Hello retry request", 8: "Encrypted Extensions", 11: "Certificate",
    12: "Server key exchange", 13: "Request CERT", 14: "Server finished", 15: "CERT verify", 16: "Client key exchange",
    20: "Finished", 21: "Certificate URL", 22: "Certificate Status", 23: "Supplemental data", 24: "Key update",
    25: "Compressed certificate", 67: "Next protocol", 254: "Message hash",
}  # fmt: skip
"""curl's names of the HandshakeTypes (RFC 8446, B.3; RFC 5246, 7.4; RFC 8879; `lib/vtls/openssl.c`)."""

_SENDERS: dict[int, Direction] = {0: "in", 1: "out", 2: "in", 4: "in", 8: "in", 12: "in", 13: "in", 14: "in", 15: "out",
                                  16: "out", 22: "in"}  # fmt: skip
"""Who sends a message in TLS up to 1.2, for curl before 7.4x, which does not print it; both may send the others."""


def _traced(values: Values) -> Event:
    told: Direction | None = None
    if values["direction"]:
        told = "in" if values["direction"] == "IN" else "out"
    number = int(values["number"])
    if "alert" in values["record"]:
        return _alert(told, number)
    # 7.61 announces the inner content type of a TLS 1.3 record like a message without content.
    if "handshake" in values["record"] and values["name"] != "[no content]" and number <= 255:
        sender = told or _SENDERS.get(number)
        if sender is not None:
            kind = ClientHello if number == HandshakeType.CLIENT_HELLO else HandshakeMessage
            return kind(sender, number, HANDSHAKE_NAMES.get(number, "Unknown"), values["label"].strip())
    return TlsRecord()


def _alert(told: Direction | None, number: int) -> Event:
    """`unknown CA (560)` is level * 256 + description; curl up to 7.58 prints the level alone, under a wrong name."""
    if told is None or number == 0 or number > 0x2FF:
        return TlsRecord()
    level, description = divmod(number, 256)
    if level == 0:
        if number == 1:
            return TlsAlert(told, 0, ALERTS[0], "warning")  # all but one of the warnings in practice
        return TlsAlert(told, UNTOLD_ALERT, "unknown", "fatal") if number == 2 else TlsRecord()
    return TlsAlert(told, description, ALERTS.get(description, "unknown"), "warning" if level == 1 else "fatal")


_TRACED = (
    r"\s{0,3}(?P<label>(?:D?TLSv[\d.]{1,4}|SSLv\d|\([0-9a-fx]{1,6}\))?) ?(?:\((?P<direction>IN|"
    r"OUT)\))?, ?(?P<record>[^,]{0,30}),? ?(?P<name>[^()]{0,60}?(?:\([^()]{0,20}\))?) ?\((?P<number>\d{1,5})\):?"
)

# --- what was agreed on -----------------------------------------------------------------------------------------------

_TLS13_SUITE = Pattern(r"TLS_(?:AES_\d+_(?:GCM|CCM)|CHACHA20_POLY1305)_|TLS_AES_128_CCM_8_|TLS13[-_]|TLS1-3-")
_TLS12_SUITE = Pattern(r"GCM|CCM|CHACHA20|(?:CBC|AES_?\d+|CAMELLIA_?\d+)[-_](?:CBC[-_])?SHA(?:256|384)$")


def version_of(cipher: str) -> str | None:
    """Return the TLS version that a cipher suite implies; None when it exists in several.

    TLS_AES_... and TLS_CHACHA20_... are of TLS 1.3 alone (RFC 8446, B.4); AEAD suites and those with a SHA-2 MAC are of
    TLS 1.2 alone (RFC 5246, 1.2 and A.5; RFC 5288, 4; RFC 6655, 3; RFC 7905, 2).
    """
    if _TLS13_SUITE.match(cipher):
        return "TLSv1.3"
    return "TLSv1.2" if _TLS12_SUITE.search(cipher.replace("-", "_")) else None


def _version(text: str | None) -> str | None:
    """Spell a version like OpenSSL does: `TLS1.3`, `TLSv1_3`, `TLS 1.3` and `0x304` are `TLSv1.3`."""
    if text is None:
        return None
    match = re.fullmatch(r"(D?TLS|SSL) ?v? ?(\d)(?:[._](\d))?", text)
    if match is None:
        return {"0x303": "TLSv1.2", "0x304": "TLSv1.3", "0x302": "TLSv1.1", "0x301": "TLSv1.0"}.get(text)
    if match[1] == "SSL":
        return f"SSLv{match[2]}"
    return f"{match[1]}v{match[2]}.{match[3] or 0}"


def _cipher(values: Values) -> CipherChosen | HandshakeDone:
    cipher = (values["cipher"] or "").strip()
    version = _version(values.get("version"))
    if not cipher:
        return HandshakeDone(version)
    return CipherChosen(version or version_of(cipher), cipher, _speller(values.get("version") or "", cipher))


def _speller(version: str, cipher: str) -> str | None:
    """Name the library by its spelling (seven were measured): `TLS1.2` is GnuTLS, `TLS13-AES128-GCM-SHA256` wolfSSL."""
    if version.startswith(("TLS1.", "SSL3.")) and "_" in cipher:
        return "GnuTLS"
    return "wolfSSL" if cipher.startswith("TLS13-") else None


def _done(values: Values) -> HandshakeDone:
    cipher = values.get("cipher")
    version = _version(values.get("version"))
    return HandshakeDone(version or (version_of(cipher) if cipher else None), cipher)


_VERSION = r"(?:D?TLS|SSL) ?v?\d(?:[._]\d)?"

_AGREED = (
    Message(
        "SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384 / X25519 / RSASSA-PSS",
        rf"SSL connection using (?P<version>{_VERSION})(?: / (?P<cipher>[^/]*)(?: / .*)?)?",
        _cipher,
    ),
    Message("SSL connection using TLS 0x303", r"SSL connection using TLS (?P<version>0x\w{1,4})(?P<cipher>)", _cipher),
    Message("SSL connection using TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            r"SSL connection using (?P<cipher>[A-Za-z0-9_-]{3,80})", _cipher),
    Message("TLS 1.2 connection using TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            r"(?P<version>(?:TLS|SSL) \d\.\d) connection using (?P<cipher>\S*)", _cipher, starts=("TLS", "SSL")),
    Message("BearSSL: TLS v1.2 connection using ECDHE-RSA-AES128-GCM-SHA256",
            r"BearSSL: (?P<version>TLS v\d\.\d) connection using (?P<cipher>\S*)", _cipher),
    Message("rustls: handshake complete, TLSv1_3, cipher: TLS13_AES_256_GCM_SHA384",
            rf"rustls: handshake complete, (?P<version>{_VERSION}), cipher(?:suite)?: (?P<cipher>[^,]*)(?:, .*)?",
            _cipher),
    Message("mbedTLS: Handshake complete, cipher is TLS-ECDHE-RSA-WITH-CHACHA20-POLY1305-SHA256",
            rf"(?:mbedTLS|PolarSSL): (?:(?P<version>{_VERSION}) )?Handshake complete(?:, cipher is "
            rf"(?P<cipher>\S*))?", _done,
            starts=("mbedTLS:", "PolarSSL:")),
    Message("schannel: SSL/TLS handshake complete", r"schannel: SSL/TLS handshake complete", HandshakeDone()),
    Message("schannel: failed to decrypt data, need more data",  # as it receives, behind the handshake
            r"schannel: (?:failed to decrypt data, need more data|decrypted data .*)", HandshakeDone()),
    Message("SSL connected", r"SSL connected|Done handshaking|handshake completed successfully", HandshakeDone(),
            starts=("SSL", "Done", "handshake")),
    Message("SSL re-using session ID",
            r"(?:SSL|BearSSL:|mbedTLS|PolarSSL) (?:SSL )?(?:re-using|reusing) session.*|SSL session allows .* reusing "
            r".*",
            SessionReused(), starts=("SSL", "BearSSL:", "mbedTLS", "PolarSSL")),
    Message("schannel: remote party requests renegotiation",
            r"schannel: (?:remote party requests (?:SSL/TLS )?renegotiation|renegotiating SSL/TLS connection)",
            Renegotiation()),
)  # fmt: skip

# --- ALPN -------------------------------------------------------------------------------------------------------------


def _offered(values: Values) -> AlpnOffered:
    return AlpnOffered(tuple(part.strip() for part in re.split(r"[, ]+", values["list"].strip()) if part.strip()))


def _chosen(values: Values) -> AlpnChosen:
    return AlpnChosen(values["protocol"].strip("'. ") or None)


_ALPN = (
    Message("ALPN: curl offers h2,http/1.1",
            r"(?:ALPN[:,]|schannel: ALPN,) (?:curl )?offer(?:s|ing) (?P<list>\S+(?: ?,\S+)*)", _offered,
            starts=("ALPN:", "ALPN,", "schannel:")),
    Message("offering ALPN for HTTP/1.1 and HTTP/2", r"offering ALPN for HTTP/1\.1 and HTTP/2",
            AlpnOffered(("h2", "http/1.1"))),
    Message("offering ALPN for HTTP/1.1 only", r"offering ALPN for HTTP/1\.1 only", AlpnOffered(("http/1.1",))),
    Message("ALPN, server accepted to use h2",
            r"(?:ALPN[:,]|NPN,|schannel: ALPN,) (?:server )?(?:accepted(?: to use)?|confirmed to use|negotiated) "
            r"(?P<protocol>'?(?:h[23](?:-\d\d)?|http/1\.[01])['.]{0,2})", _chosen,
            starts=("ALPN:", "ALPN,", "NPN,", "schannel:")),
    Message("NPN, negotiated HTTP2 (h2)", r"NPN, negotiated HTTP2.*", AlpnChosen("h2")),
    Message("NPN, negotiated HTTP1.1", r"NPN, (?:negotiated HTTP1\.1|no overlap, use HTTP1\.1)",
            AlpnChosen("http/1.1")),
    Message("ALPN, server did not agree to a protocol",
            r"ALPN(?:/NPN)?[:,] (?:server did not agree (?:to|on) a protocol.*|no ALPN negotiated.*)", AlpnChosen(None),
            starts=("ALPN:", "ALPN,", "ALPN/NPN:", "ALPN/NPN,")),
    Message("ALPN: server accepted weird", r"ALPN[:,] (?:server accepted(?: to use)?|unrecognized protocol) "
            r"\S+",  # or a name that the end of the log cut off
            Chatter("tls"), starts=("ALPN:", "ALPN,")),
    Message("ALPN, negotiated an unrecognized protocol", r"ALPN, negotiated an unrecognized protocol", Chatter("tls")),
)  # fmt: skip

# --- whom curl trusts -------------------------------------------------------------------------------------------------


def _anchors(values: Values, backend: str | None = None) -> TrustAnchors:
    count = values.get("count")
    return TrustAnchors(values["source"].strip(), int(count) if count else None, backend)


def _anchors_of_gnutls(values: Values) -> TrustAnchors:
    return _anchors(values, "GnuTLS")


_TRUST = (
    Message("  CAfile: /etc/ssl/certs/ca-certificates.crt",
            rf"\s*(?:CAfile|CApath|CRLfile|CAdir): (?:(?P<count>{NUMBER}) (?:certificates?|CRL) in )?(?P<source>.*)",
            _anchors,
            starts=("CAfile:", "CApath:", "CRLfile:", "CAdir:")),
    Message("found 140 certificates in /etc/ssl/certs/ca-certificates.crt",
            rf"found (?:(?P<count>{NUMBER}) )?(?:certificates|CRL) in (?P<source>.*)", _anchors_of_gnutls),
    Message("  Native: 140 certificates from system trust",
            rf"\s*Native: (?:(?P<count>{NUMBER}) certificates from )?(?P<source>.*)", _anchors),
    Message("  OpenSSL default paths (fallback)", r"\s*(?P<source>OpenSSL default paths(?: \(fallback\))?)", _anchors),
    Message("  CA Blob: 3 certificates", rf"\s*(?P<source>CA Blob)(?:: (?P<count>{NUMBER}) certificates?| from "
            rf"configuration)",
            _anchors),
    Message("  no trust anchors configured", r"\s*no trust anchors configured", TrustAnchors("none", 0)),
    Message("successfully imported Windows ROOT store", r"successfully imported (?P<source>.* store|CA certificate "
            r"blob)",
            _anchors),
    Message("schannel: added 3 certificate(s) from CA file 'corp.pem'",
            rf"schannel: added (?P<count>{NUMBER}) certificate\(s\) from CA file '(?P<source>.*)'", _anchors),
    Message("successfully set certificate verify locations:",
            r"(?:successfully (?:set certificate verify locations|load(?:ed)? CRL file):|SSL Trust Anchors:)",
            Chatter("tls"),
            starts=("successfully", "SSL")),
    Message("SSL Trust: peer verification disabled",
            r"SSL Trust: peer verification disabled|skipping SSL peer certificate verification",
            PeerVerificationDisabled(),
            starts=("SSL", "skipping")),
)  # fmt: skip

# --- which library it is ----------------------------------------------------------------------------------------------

_LIBRARIES = (
    Message("GnuTLS priority: NORMAL:-ARCFOUR-128:-CTYPE-ALL:+CTYPE-X509:-VERS-SSL3.0", r"GnuTLS (?:priority|"
            r"ciphers): .*",
            BackendSeen("GnuTLS")),
    Message("Initializing NSS with certpath: none", r"Initializing NSS with certpath: .*", BackendSeen("NSS")),
    Message("mbedTLS: Connecting to shop.example:443",
            r"mbedTLS: (?:Connecting to .*|Set .*|Forced min.*|(?:unknown|duplicate) cipher in list: .*)",
            BackendSeen("mbedTLS")),
    Message("CyaSSL: Connecting to shop.example:443", r"CyaSSL: Connecting to .*", BackendSeen("CyaSSL")),
    Message("PolarSSL: Connecting to shop.example:443", r"PolarSSL: (?:Connecting to .*|Forced min.*)",
            BackendSeen("PolarSSL")),
    Message("BearSSL: unknown cipher in list: \"x\"", r"BearSSL: (?:unknown|duplicate) cipher in list: .*",
            BackendSeen("BearSSL")),
    Message("rustls: unknown cipher in list: \"x\"", r"rustls: (?:(?:unknown|duplicate) cipher in list|ECH).*",
            BackendSeen("rustls-ffi")),
    Message("WARNING: disabling hostname validation also disables SNI.",
            r"WARNING: (?:disabling hostname validation also disables SNI\.|using IP address, SNI is being disabled "
            r"by the OS\.)",
            BackendSeen("SecureTransport")),
)  # fmt: skip

MESSAGES: tuple[Message, ...] = (
    Message("TLSv1.3 (IN), TLS handshake, Request CERT (13):", _TRACED, _traced,
            starts=("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1.0", "TLSv1", "SSLv3", "SSLv2", "SSLv3,", "SSLv2,",
            "TLSv1.0,",
                    "TLSv1.1,", "TLSv1.2,", "TLSv1.3,", "TLSv1,", "(304)", "(303)", "(0)", "(5)", "DTLSv1.2", "(IN),",
                    "(OUT),")),
    Message("(7f1c) (OUT), TLS handshake, Client hello (1):", r"\([0-9a-f]{1,6}\) " + _TRACED, _traced, starts=("",)),
    *_AGREED,
    *_ALPN,
    *_TRUST,
    *_LIBRARIES,
)  # fmt: skip
