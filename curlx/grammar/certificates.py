"""What curl says of the peer's certificate, once it has it (`lib/vtls/*.c`, `lib/vtls/x509asn1.c`)."""

from __future__ import annotations

from curlx.complaints import ComplaintKind
from curlx.events import (
    BackendSeen,
    CertificateBlock,
    CertificateField,
    CertificateFieldName,
    CertificateNameChecked,
    CertificateVerified,
    Chatter,
    Event,
    KeyHashSeen,
)
from curlx.grammar.message import Message, Values
from curlx.grammar.reasons import certificate_reason

_LABELS: dict[str, CertificateFieldName] = {
    # OpenSSL, GnuTLS, NSS
    "subject": "subject", "issuer": "issuer", "start date": "not-before", "expire date": "not-after",
    "common name": "common-name", "certificate public key": "public-key",
    # mbedTLS (mbedtls_x509_crt_info)
    "subject name": "subject", "issuer name": "issuer", "issued on": "not-before", "expires on": "not-after",
    "serial number": "serial", "signed using": "signature", "ext key usage": "key-usage", "key usage": "key-usage",
    "dnsname": "alternative-name", "rfc822name": "alternative-name", "ip address": "alternative-name",
    "uniformresourceidentifier": "alternative-name", "rsa key size": "public-key", "ec key size": "public-key",
    # --cert-info style of old OpenSSL builds and x509asn1.c
    "signature algorithm": "signature", "public key algorithm": "public-key",
}  # fmt: skip


def _field(values: Values) -> CertificateField | None:
    name = _LABELS.get(" ".join(values["label"].lower().split()))
    value = values["value"].strip()
    return CertificateField(name, value) if name is not None else None


def _level(values: Values) -> CertificateField:
    return CertificateField("level", values["value"])


def _block(values: Values) -> CertificateBlock:
    return CertificateBlock("proxy" if values["party"] == "Proxy" else "server")


def _matched(values: Values) -> CertificateNameChecked:
    return CertificateNameChecked(True, values.get("host"), values.get("name"))


def _mismatched(values: Values) -> CertificateNameChecked:
    return CertificateNameChecked(False, values.get("host"), values.get("name"))


def _refused_by_name(values: Values) -> CertificateNameChecked:
    """OpenSSL: `failf()` follows at once (`ossl_verifyhost`, lib/vtls/openssl.c)."""
    return CertificateNameChecked(False, values.get("host"), decisive=True)


def _continuing(values: Values) -> CertificateVerified:
    return CertificateVerified("continuing", certificate_reason(values["reason"] or ""))


_RESULTS: dict[int, ComplaintKind] = {
    2: "certificate-untrusted", 9: "certificate-not-yet-valid", 10: "certificate-expired",
    18: "certificate-self-signed", 19: "certificate-self-signed-in-chain", 20: "certificate-untrusted",
    21: "certificate-untrusted", 23: "certificate-revoked", 66: "certificate-weak", 67: "certificate-weak",
    68: "certificate-weak",
}  # fmt: skip
"""What OpenSSL and its relatives found wrong (`X509_V_ERR_*`, include/openssl/x509_vfy.h)."""


def _result(values: Values) -> Event:
    """curl prints the number in hexadecimal (`%lx`, lib/vtls/openssl.c from 8.17 on): 14 is 20."""
    reason = _RESULTS.get(int(values["number"], 16))
    return CertificateVerified("at-fault", reason) if reason is not None else Chatter("tls")


def _gnutls(values: Values) -> Event:
    """GnuTLS judges in steps; `FAILED` is printed only where curl goes on (`-k`), a refusal is a complaint."""
    result = {"OK": "ok", "SKIPPED": "skipped", "FAILED": "continuing"}[values["result"]]
    what = values["what"].strip().removesuffix("verify").removesuffix("verification").strip()
    if result == "continuing":
        reason = {"activation date": "certificate-not-yet-valid", "expiration date": "certificate-expired"}.get(what)
        return CertificateVerified("continuing", reason)  # type: ignore[arg-type]
    if what:
        return BackendSeen("GnuTLS")  # one step of several says nothing of the whole
    return CertificateVerified(result)  # type: ignore[arg-type]


_FIELDS = (
    Message("Server certificate:", r"(?P<party>Server|Proxy) certificate:", _block, starts=("Server", "Proxy")),
    Message(" subject: C=NL; O=Example BV; CN=shop.example",
            r"\s{0,8}(?P<label>[Ss]ubject|[Ii]ssuer|start date|expire date|Start [Dd]ate|Expire [Dd]ate|common name|"
            r"certificate public key|Serial Number|Signature Algorithm|Public Key Algorithm): (?P<value>.*)", _field,
            starts=("subject:", "issuer:", "Subject:", "Issuer:", "start", "expire", "Start", "Expire", "common",
                    "certificate", "Serial", "Signature", "Public")),
    Message(" issuer name       : C=NL, O=Example Trust Services, CN=Example Trust TLS CA 3",
            r"\s{0,8}(?P<label>(?:subject name|issuer name|issued {1,2}on|expires on|serial number|signed using|"
            r"(?:ext )?key usage|RSA key size|EC key size)) {0,12}: (?P<value>.*)", _field,
            starts=("subject", "issuer", "issued", "expires", "serial", "signed", "ext", "key", "RSA", "EC")),
    Message("     dNSName : shop.example",
            r"\s{1,8}(?P<label>dNSName|rfc822Name|iPAddress|IP Address|uniformResourceIdentifier) : (?P<value>.*)",
            _field,
            starts=("dNSName", "rfc822Name", "iPAddress", "IP", "uniformResourceIdentifier")),
    Message("  Certificate level 0: Public key type RSA (2048/112 Bits/secBits), signed using sha256WithRSAEncryption",
            r"\s*Certificate level (?P<value>\d{1,4}: .*)", _level),
    Message("Server certificate: shop.example", r"Server certificate: (?P<value>.*)",
            lambda values: CertificateField("common-name", values["value"].strip())),
    Message("Dumping cert info: * cert. version     : 3",
            r"Dumping cert info:.*", CertificateBlock("server")),
    Message(" cert. version     : 3", r"\s*(?:cert\. version|basic constraints|cert\. type|certificate policies|"
            r"subject alt name) "
            r"{0,12}:.*", Chatter("tls"), starts=("cert.", "basic", "certificate", "subject")),
    Message("  certificate version: #3", r"\s*certificate version: .*", Chatter("tls")),
    Message(" public key hash: sha256//9j9NXeMQW9zvltg9P/FC/AlYOhFz9jPw9/+9naHwAw=",
            r"\s*public key hash: \S.*", KeyHashSeen(), starts=("public",)),
    Message("pinned public key verified successfully!",
            r"pinned public key verified successfully!?|\s*public key hash.*", Chatter("tls"),
            starts=("public", "pinned")),
    Message("--- Certificate chain", r"--- Certificate chain|\s*\d{1,2} Subject: .*|\s+(?:ECC|RSA) Public Key \(\d+ "
            r"bits\)|"
            r"\s+(?:Version|Signature|Cert|ecPublicKey|rsa\(\w\)|dh\(\w{1,8}\)|dsa\(\w{1,8}\)): .*|\s+Unable to load "
            r"public key",
            Chatter("tls"),
            starts=("---", *map(str, range(10)), "ECC", "RSA", "Version:", "Signature:", "Unable", "Cert:",
            "ecPublicKey:",
                    "rsa(n):", "rsa(e):", "dh(p):", "dh(g):", "dh(pub_key):", "dsa(p):", "dsa(q):", "dsa(g):",
                    "dsa(pub_key):")),
)  # fmt: skip

_NAMES = (
    Message('  subjectAltName: host "shop.example" matched cert\'s "*.shop.example"',
            r"\s*subjectAltName: (?:host )?\"(?P<host>[^\"]*)\" match(?:ed|es) cert's (?:\"(?P<name>[^\"]*)\"|IP "
            r"address!)",
            _matched),
    Message("\t subjectAltName: shop.example matched", r"\s*subjectAltName: (?P<host>\S*) matched", _matched),
    Message(" subjectAltName does not match hostname api.bank.example",
            r"\s*subjectAltName does not match (?:host ?name |[Ii][Pp]v[46] address )?(?P<host>[^\s\",]*)",
            _refused_by_name),
    Message("  common name: shop.example (matched)", r"\s*common name: (?P<name>.*) \(matched\)", _matched),
    Message("  common name: www.other-site.example (does not match 'intranet.corp.example')",
            r"\s*common name: (?P<name>[^()]*) \(does not match '(?P<host>.*)'\)", _mismatched),
    Message(' subject alt name(s) and/or common name do not match "shop.example"',
            r"\s*subject alt name\(s\) and/or common name do not match \"(?P<host>.*)\"", _mismatched),
    Message("schannel: connection hostname (shop.example) validated against certificate name (*.shop.example)",
            r"schannel: connection hostname \((?P<host>[^()]*)\) (?:validated against certificate name "
            r"\((?P<name>.*)\)|"
            r"matched cert's IP address!)", _matched),
    Message("schannel: connection hostname (a) did not match against certificate name (b)",
            r"schannel: connection hostname .* did not match against certificate name .*", Chatter("tls")),
    Message(" common name: WARNING couldn't obtain", r"\s*common name: WARNING .*", Chatter("tls")),
)  # fmt: skip

_VERIFIED = (
    Message(" SSL certificate verify ok.",
            r"\s*(?:SSL certificate verify ok\.|SSL certificate verified (?:by|via) .*|Verified certificate "
            r"just fine)",
            CertificateVerified("ok"), starts=("SSL", "Verified")),
    Message(" SSL certificate verify result: unable to get local issuer certificate (20), continuing anyway.",
            # Also when the line was cut in `continuing anyway.`
            r"\s*SSL certificate verify result: (?P<reason>.*), c[a-z ]*\.{0,3}", _continuing),
    Message("OpenSSL verify result: 14", r"\s*(?:Open)?SSL verify result: (?P<number>[0-9a-f]{1,8})\.?", _result,
            starts=("OpenSSL", "SSL")),
    Message(" SSL certificate verification failed, continuing anyway!",
            # A build between 8.15 and 8.17 gave the reason in brackets.
            r"\s*(?:SSL certificate verification failed(?: \([^)]{1,200}\))?|CA signer not available for "
            r"verification), continuing anyway[.!]?(?P<reason>)", _continuing, starts=("SSL", "CA")),
    Message("\t server certificate verification OK",
            r"\s*(?:server|SSL) certificate (?P<what>(?:(?:activation date|expiration date|status) "
            r"?)?(?:verify|verification)?) ?(?P<result>OK|SKIPPED|FAILED)", _gnutls, starts=("server", "SSL")),
    Message(" SSL certificate issuer check ok (a.pem)",
            r"\s*(?:SSL|server) certificate (?:issuer check [Oo][Kk]|status(?!: unknown)).*",
            Chatter("tls"), starts=("SSL", "server")),
)  # fmt: skip

MESSAGES: tuple[Message, ...] = (*_NAMES, *_VERIFIED, *_FIELDS)
