"""The status that an answer's own text states, where no status line is there to go by."""

from __future__ import annotations

import json
from typing import Any

from curlx.answer_codes import STATUS_OF_CODE, status_of_phrase

BY_SERVER = {
    # envoy, source/common/router/router.cc; Akamai's page of a request that its edge denies
    "envoy-upstream": (503, "Envoy says this when it has no answer from the server behind it"),
    "akamai-denied": (403, "Akamai's edge ends the page of a request that it denies (403) with such a reference"),
}
"""Pages that a server has for one status."""
TITLE = "the title of the page"
MARKS = {
    "no-required-certificate": "the page says that no client certificate was sent",
    "certificate-error": "the page says that the client certificate was refused",
    "plain-http-to-https": "the page says that plain HTTP was sent to a TLS port",
    "post-handshake-impossible": "the page says that the certificate could not be asked for after the handshake",
    "client-certificate-required": "the page asks for a client certificate",
    "gateway-block": "the page is that of a gateway",
    "squid-error": "the page is that of a squid proxy",
    "envoy-upstream": "Envoy says why it could not get an answer from the server behind it",
    "page-title": TITLE,
}
STATED = ("stated-status", "stated-phrase")
"""The marks of a status that a text states by a field or by its phrase: any text may hold them."""
_CLIENT_ERROR = 400
_OF_AN_ERROR = frozenset((
    "message", "msg", "error", "errors", "error_description", "detail", "details", "title", "type", "status", "code",
    "statuscode", "instance", "path", "timestamp", "traceid", "requestid", "request_id", "request-id", "success",
    "name", "documentation_url", "reason", "url", "help",
))  # fmt: skip
"""What an answer that is nothing but an error has; with other fields, a phrase in it is one of its data."""
_OF_PRODUCTS = {"application is not available": 503}
"""Titles without a number: of OpenShift's router (images/router/haproxy/conf/error-page-503.http)."""
_MOVED = ("moved permanently", "found", "moved temporarily", "see other", "temporary redirect", "permanent redirect")


def is_of_the_answer(line: str, sample: str, status: int, *, explained: bool) -> bool:
    """Whether a status in JSON is the answer's (RFC 9457, 3.1) rather than that of something in a list.

    It must also explain itself, or speak of an error; JSON that somebody shortened must do the first. `line` is the
    line that states it, and `sample` the text from its beginning, where the JSON takes several lines.
    """
    start = sample.find("{")
    whole = _object(line, 0) if line.lstrip().startswith("{") else None
    if whole is None:
        if sample[: max(start, 0)].rstrip().endswith("["):
            return False
        whole = _object(sample, start)
    if whole is None:
        return explained
    errors = whole.get("errors")
    inner = (whole, whole.get("error"), errors[0] if isinstance(errors, list) and errors else errors)
    values = [str(value) for each in inner if isinstance(each, dict) for value in each.values()]
    if str(status) in values:
        return bool(explained or errors or whole.get("error") or whole.get("title"))
    told = any(status in (STATUS_OF_CODE.get(word), status_of_phrase(word)) for word in values)
    return told and _OF_AN_ERROR.issuperset(name.lower() for name in whole)


def _object(text: str, start: int) -> dict[str, Any] | None:
    """Return the object of JSON that begins there; None where it was shortened, or is nested beyond all reason."""
    try:
        whole, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return whole if isinstance(whole, dict) else None


def status_in_title(title: str) -> int | None:
    """Return the status that a page's title begins with: `504 Gateway Time-out`, `HTTP Status 404 - Not Found`."""
    text = title.strip()
    if text.lower() in _OF_PRODUCTS:
        return _OF_PRODUCTS[text.lower()]
    for start in ("http status ", "http error ", "error "):
        if text.lower().startswith(start):
            text = text[len(start) :].lstrip()
            break
    digits, rest = text[:3], text[3:]
    if not (digits.isascii() and digits.isdigit()) or rest[:1].isalnum() or not 300 <= int(digits) < 600:
        return None
    if int(digits) < _CLIENT_ERROR:
        return int(digits) if rest.strip(" -:").lower() in _MOVED else None
    # A page about "500 recipes" is no error page: the words after the number must be those of one.
    words = {word.strip("-–—:|.,()!").lower() for word in rest.split()} - {""}
    return int(digits) if not words or words & _WORDS else None


_WORDS = frozenset((
    "access", "allowed", "authorization", "authorized", "bad", "client", "conflict", "content", "cookie", "denied",
    "entity", "error", "expectation", "failed", "failure", "forbidden", "found", "gateway", "gone", "header",
    "implemented", "insufficient", "internal", "invalid", "large", "many", "media", "method", "misdirected", "moved",
    "not", "payload", "permanent", "permanently", "redirect", "request", "required", "server", "service", "temporarily",
    "time-out", "timed", "timeout", "unauthorized", "unavailable", "unprocessable", "unsupported", "uri",
))  # fmt: skip
