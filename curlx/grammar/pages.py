"""Sentences in pages that tell which program wrote them, and why.

Matched on the sentence, not on the page around it: branded error pages and JSON envelopes keep the sentence. nginx's
are in `src/http/ngx_http_special_response.c` (codes 495, 496, 497), Apache httpd's in `modules/ssl/ssl_engine_kernel.c`
and `ssl_engine_io.c`, Go's in `net/http/server.go`, Tomcat's in `TLSClientHelloExtractor.java`, IIS's sub-statuses in
Microsoft's "HTTP status codes in IIS", Squid's names in `errors/templates/`, Envoy's in `source/common/router/`.
"""

from __future__ import annotations

import re

import msgspec

from curlx.answer_codes import OF_OAUTH, OF_REGISTRIES, OF_S3, STATUS_OF_CODE, status_of_phrase
from curlx.events import NGINX_PAGES, PageMark
from curlx.patterns import Pattern

LONGEST = 8192
"""Only so many characters of a line are looked at: no server puts the reason of an error later."""

_VERIFY_ERRORS = (
    "CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|CERT_REVOKED|CERT_UNTRUSTED|CERT_REJECTED|UNABLE_TO_VERIFY_LEAF_SIGNATURE"
    "|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|UNABLE_TO_GET_ISSUER_CERT|DEPTH_ZERO_SELF_SIGNED_CERT"
    "|SELF_SIGNED_CERT_IN_CHAIN|INVALID_PURPOSE"
)
"""How Node names what OpenSSL finds wrong with a client's certificate (`tlsSocket.authorizationError`)."""

_MARKS: tuple[tuple[str, tuple[str, ...], Pattern], ...] = tuple(
    (name, keywords, Pattern(expression, re.I))
    for name, keywords, expression in (
        # name, what must occur (lower case) before the expression is tried at all, expression
        ("no-required-certificate", ("no required ssl certificate",), r"No required SSL certificate was sent"),
        ("certificate-error", ("the ssl certificate error",), r"The SSL certificate error"),
        (
            "plain-http-to-https",
            ("plain http", "https server", "https port", "requires tls", "https scheme", "https_required"),
            r"plain HTTP request was sent to (?:an? )?HTTPS port|speaking plain HTTP to an SSL-enabled server port"
            r"|Client sent an HTTP request to an HTTPS server|combination of host and port requires TLS"
            r"|use the HTTPS scheme to access|\bHTTPS_REQUIRED\b",
        ),
        (
            "post-handshake-impossible",
            ("post-handshake authentication",),
            r"Cannot perform Post-Handshake Authentication",
        ),
        (
            "client-certificate-required",
            ("certificate", "403.7", "mtls", "mutual tls", "client_cert", "cert_missing"),
            r"client certificate (?:must be|needs to be) (?:supplied|provided|presented|sent)"
            r"|(?<!no )(?<!not )client certificate (?:is |was )?(?:required|missing|needed|mandatory|not (?:supplied"
            r"|provided|presented|found|sent))"
            r"|(?:requires?|missing|without|provide|present) (?:an? |the |your )?(?:valid )?(?:SSL |TLS )?client"
            r" certificate"
            r"|no (?:required TLS|client(?: SSL| TLS)?) certificate (?:was )?(?:presented|provided|supplied|sent|found)"
            r"|(?<![\d.])(?P<status>403\.7)(?![\d.])"
            r"|\b(?:mtls|mutual tls)[_ -](?:authentication[_ -])?(?:is[_ -])?required"
            r"|\bclient[_-]cert(?:ificate)?[_-](?:required|missing|not[_-](?:provided|presented))|\bcert_missing\b"
            r"|\bcertificate[_-]required\b",
        ),
        (
            "client-certificate-rejected",
            ("client certificate", "failed:", "403.13", "403.16", "403.17", *_VERIFY_ERRORS.lower().split("|")),
            # FAILED:reason is nginx's $ssl_client_verify, which applications show; `failed: reason` is anybody's
            r"client certificate (?:is |was )?(?P<detail>not (?:recogni[sz]ed|trusted|accepted|valid|authorized)"
            r"|untrusted|invalid|rejected|expired|revoked)|(?-i:\bFAILED:(?=[A-Za-z]))(?P<reason>[^\"<>{}]{3,100})"
            r"|(?<![\d.])(?P<status>403\.1[367])(?![\d.])"
            rf"|(?<!code: ')\b(?P<node>{_VERIFY_ERRORS})\b",
        ),
        (
            "squid-error",
            ("err_",),
            r"(?:<body id=\"?|X-Squid-Error:? ?|<!-- )(?P<detail>ERR_[A-Z_]{3,40})",
        ),
        (
            "envoy-upstream",
            ("upstream",),
            r"(?P<detail>upstream connect error or disconnect/reset before headers[^<\"]{0,300}|no healthy upstream"
            r"|upstream request timeout)",
        ),
        (
            "stated-status",
            ('"status', 'code"', '"http'),
            r'"(?:status(?:_?code)?|http_?(?:status|code)|(?:error_?)?code)"\s{0,9}:\s{0,9}"?(?P<detail>[45]\d\d)"?'
            r"\s{0,9}(?:[,}\]]|$)",
        ),
        ("stated-status", ("statuscode>",), r"<(?:http_?)?statuscode>(?P<detail>[45]\d\d)<"),
        (
            "stated-status",
            ("<code>", '"code"', '"error"'),
            r"(?-i:(?<!</Key>)<Code>(?P<s3>" + "|".join(OF_S3) + r")</Code>"
            r'|"code"\s{0,9}:\s{0,9}"(?P<registry>' + "|".join(OF_REGISTRIES) + r')"'
            r'|"error"\s{0,9}:\s{0,9}"(?P<oauth>' + "|".join(OF_OAUTH) + r')")',
        ),
        ("akamai-denied", ("reference&#32;&#35;",), r"Reference&#32;&#35;\d"),
        ("page-title", ("error code",), r"<p>Error code: (?P<detail>[45]\d\d)(?=\.?</p>)"),  # Python's http.server
        ("page-title", ("<title",), r"<title[^>]{0,80}>\s{0,20}(?P<detail>[^<]{1,300})"),
        ("page-title", ("<h1",), r"<h1[^>]{0,80}>\s{0,20}(?P<detail>[^<]{1,300})"),
    )
)

_WHOLE = Pattern(
    r"(?:^|[>\"'])\s{0,40}(?:400 )?(?:No required SSL certificate was sent|The SSL certificate error)[\s.!]{0,40}"
    r"(?:\(\d{3}\)\s{0,9})?(?:$|[<\"'\\])",
    re.I,
)
"""A sentence of nginx's own page has nothing beside it; envelopes and branded pages keep it in a text of its own."""

_MENTIONED = frozenset({"client-certificate-required", "client-certificate-rejected"})
"""What a page also says of its documentation: as the text of a link it is no reason."""
_LINK = Pattern(r"<(?:a\s[^<>]{0,1000}|(?:li|dt|option)(?:\s[^<>]{0,200})?)>[^<]{0,200}\Z", re.I)
_BEFORE = Pattern(r"(?:[#/?]|\b(?:how|if|that|unless|when|whether|why)\s)[^<>\"]{0,100}\Z", re.I)
_AFTER = Pattern(r"(?:[\s,;.!)][^<>\"\\:?]{0,150})?(?:\Z|[<>\"\\'])")
"""What stands around a sentence that an application writes for its own answer; else it speaks of it in passing."""

_GATEWAYS: tuple[tuple[str, str], ...] = (
    # product, how its pages name it (lower case)
    ("Blue Coat", "blue coat"),
    ("Blue Coat", "bluecoat"),
    ("Blue Coat", "network error (tcp_error)"),
    ("Blue Coat", "network error (ssl_failed)"),
    ("Symantec Cloud SWG", "threatpulse"),
    ("Zscaler", "zscaler"),
    ("Forcepoint", "forcepoint"),
    ("Websense", "websense"),
    ("FortiGate", "fortiguard"),
    ("FortiGate", "fortigate"),
    ("FortiGate", "fortinet"),
    ("Netskope", "netskope"),
    ("Netskope", "goskope"),
    ("Palo Alto Networks", "palo alto networks"),
    ("McAfee Web Gateway", "mcafee web gateway"),
    ("Skyhigh", "skyhigh"),
    ("Cisco Umbrella", "cisco umbrella"),
    ("Cisco Umbrella", "block.opendns.com"),
    ("Cisco Web Security", "ironport"),
    ("Cisco Web Security", "cisco web security"),
    ("Trend Micro", "iwsaas"),
    ("Sophos", "sophos"),
    ("Barracuda", "barracuda"),
    ("Menlo Security", "menlo security"),
)
_REFUSAL = Pattern(
    r"\b(?:block(?:ed|s)?|denied|not allowed|forbidden|restricted|violat\w{1,10}|polic(?:y|ies)|network error"
    r"|security by)\b"
)


_SENTENCES: tuple[tuple[tuple[str, ...], Pattern], ...] = tuple(
    (
        keywords,
        Pattern(
            rf'"(?:{json})"\s{{0,20}}:\s{{0,20}}"(?P<json>(?:[^"\\]|\\.){{1,400}})(?:"|$)'
            rf"|<(?P<tag>{xml})>\s{{0,20}}(?P<xml>[^<]{{1,400}})</(?P=tag)>",
        ),
    )
    for keywords, json, xml in (
        # what must occur before the expression is tried at all, fields of JSON, elements of XML; what says most first
        (("etail", "escription"), "details?|error_description|errorDescription", "Details"),
        (("essage", "msg", "faultstring"), "[Mm]essage|errorMessage|error_message|msg", "[Mm]essage|faultstring"),
        (('"error"',), "error", "Error"),
    )
)
"""Where a service writes why it refuses: RFC 9457 (`detail`), RFC 6749 (`error_description`), and by custom; a log may
end within it."""
_MESSAGE = Pattern(r"\"(?:[Mm]essage|error|detail|msg)\"\s{0,9}:\s{0,9}\"(?P<said>[^\"]{3,60})\"")
_SHORT, _PHRASE = 1_000, 60
_REMOTE = "remote: "
"""So git passes on what a server says in plain text (http.c, show_http_message)."""


def page_sentence(text: str) -> str:
    """Return what a line of JSON or XML, or git for the server, says as the reason; empty where none does, or markup
    stands in it."""
    shown = text[:LONGEST]
    for keywords, expression in _SENTENCES:
        match = expression.search(shown) if any(keyword in shown for keyword in keywords) else None
        if match is not None:
            said = _unescaped(match["json"]) if match["json"] else match["xml"]
            return "" if "<" in said else said.strip()
    return shown.removeprefix(_REMOTE).strip() if shown.startswith(_REMOTE) else ""


def _unescaped(string: str) -> str:
    try:
        said: str = msgspec.json.decode(f'"{string}"', type=str)
    except msgspec.DecodeError:
        return string  # no escapes of JSON (RFC 8259, 7)
    return " ".join(said.split())


def page_marks(text: str) -> tuple[PageMark, ...]:
    """Return the tell-tale sentences of a line of a page, each name once."""
    shown = text[:LONGEST]
    lowered = shown.lower()
    marks: dict[str, PageMark] = {}
    for name, keywords, expression in _MARKS:
        if name not in marks and any(keyword in lowered for keyword in keywords):
            match = expression.search(shown)
            if match is not None and not (name in _MENTIONED and _LINK.search(shown, 0, match.start())):
                details = (value for value in match.groupdict().values() if value)
                detail = next(details, "").strip()
                status = STATUS_OF_CODE.get(detail) if name == "stated-status" else None
                marks[name] = PageMark(name, str(status or detail), _is_in_passing(name, shown, match))
    if len(shown) < _SHORT and "stated-status" not in marks:
        _state(marks, shown)
    if len(shown) > 5:
        for product, word in _GATEWAYS:
            # The name alone proves nothing (news, documentation): the page must also refuse something.
            if word in lowered and _REFUSAL.search(lowered):
                marks["gateway-block"] = PageMark("gateway-block", product)
                break
    return tuple(marks.values())


def _state(marks: dict[str, PageMark], shown: str) -> None:
    """Mark a line that is a status's phrase, as plain text or as the message of JSON."""
    status = status_of_phrase(shown) if len(shown) < _PHRASE else None
    if status is not None:
        marks["stated-phrase"] = PageMark("stated-phrase", str(status))
    elif '"' in shown and (match := _MESSAGE.search(shown)):
        status = status_of_phrase(match["said"])
        if status is not None:
            marks["stated-status"] = PageMark("stated-status", str(status))


def _is_in_passing(name: str, shown: str, match: re.Match[str]) -> bool:
    """Whether a page only speaks of what a sentence says: quotes it, explains it, lists it."""
    if name in NGINX_PAGES:
        return not _WHOLE.search(shown)
    if name not in _MENTIONED:
        return False
    before, after = shown[max(match.start() - 200, 0) : match.start()], shown[match.end() : match.end() + 200]
    return bool(_BEFORE.search(before)) or not _AFTER.match(after)
