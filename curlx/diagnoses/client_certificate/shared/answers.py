"""What a server's answer says of the client certificate: the one place that reads pages and statuses for it."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from curlx.diagnoses.client_certificate.shared.sides import Side
from curlx.events import NGINX_PAGES
from curlx.timeline import Body, Response, Timeline

Kind: TypeAlias = Literal["none-sent", "refused", "required", "post-handshake"]
Reason: TypeAlias = Literal["expired", "revoked", "untrusted", "unsuitable"]

_MARKS: dict[str, Kind] = {
    "no-required-certificate": "none-sent",
    "certificate-error": "refused",
    "client-certificate-required": "required",
    "client-certificate-rejected": "refused",
    "post-handshake-impossible": "post-handshake",
}

_BAD_REQUEST = "400 Bad Request"
_DEMAND = "client-certificate-required"
_OF_NODE = "UNABLE_TO_GET_ISSUER_CERT"
"""Node says so (`tlsSocket.authorizationError`) where no certificate came, and hardly ever of one that did."""

_STATUSES: dict[int, Kind] = {496: "none-sent", 495: "refused"}
"""nginx's own codes, seen where an `error_page` passes them on (`ngx_http_request.h`: NGX_HTTPS_NO_CERT)."""

ANONYMOUS = "system:anonymous"
"""Whom the API server of Kubernetes takes for the caller where neither certificate nor token tells it."""

_REFUSALS = (400, 401, 403, 495, 496)
"""Statuses under which a sentence about a client certificate is the server's refusal and not just a page about it."""

_REASONS: dict[Reason, tuple[str, ...]] = {
    "expired": ("certificate has expired", "certificate is not yet valid", "403.17", "expired"),
    "revoked": ("certificate revoked", "certificate has been revoked", "403.13", "revoked"),
    "untrusted": ("unable to verify the first certificate", "unable to get local issuer certificate",
                  "unable to get issuer certificate", "self signed certificate", "self-signed certificate", "403.16",
                  "untrusted", "not trusted", "unable_to_verify_leaf", "unable_to_get_issuer", "self_signed_cert"),
    "unsuitable": ("unsupported certificate purpose", "unsuitable certificate purpose", "invalid_purpose"),
}  # fmt: skip
"""Words for the reason: OpenSSL's (`X509_verify_cert_error_string`) as servers copy them into answers, IIS's
sub-statuses (Microsoft, "HTTP status codes in IIS"), Node's names, and plain English."""

IN_PASSING = (
    "The text of the server's answer speaks of a client certificate, but in passing: it may only quote or explain that."
)
"""What is said of an answer that speaks of one `in_passing`."""


class CertificateAnswer(NamedTuple):
    """A server's answer that is about the client certificate."""

    kind: Kind
    line: int
    """The sentence, or the status line when that alone says it."""
    response: Response | None
    """None when only the page was pasted."""
    reason: Reason | None = None
    checked: bool = False
    """The server itself, nginx by its words or its status, says that a certificate came and failed the check."""
    in_passing: bool = False
    """The page quotes or explains the sentence, or names it in a list or an address: it may not be the reason."""
    challenged: bool = False
    """The answer also asks for another login, which may be the reason as well."""
    known: bool = False
    """The words, or the status, are those that a known server (nginx, IIS) gives for itself."""
    words: str = ""
    """What the answer says is wrong with the certificate, in small letters."""


def answer(timeline: Timeline, side: Side) -> CertificateAnswer | None:
    """Return what the server's answer says of the client certificate, or None when it says nothing of it."""
    response = side.response
    if response is None:
        if side.answered or side.position + 1 < len(timeline.transfers):
            return None
        return _from_marks(timeline.loose, None, side, side.transfer.first_line)
    if response.status not in _REFUSALS:
        return None
    found = _from_marks(response.body, response, side)
    if found is None and not response.body.sample.strip() and len(timeline.transfers) == 1:
        found = _from_marks(timeline.loose, response, side)
    if found is None and response.status in _STATUSES:
        kind, checked = _STATUSES[response.status], response.status == 495
        found = CertificateAnswer(kind, response.first_line, response, checked=checked, known=True)
    return found


def lacks_the_page(response: Response) -> bool:
    """Whether the log lacks the page of an answer: it has no text, or somebody's behind the log, which is no page."""
    body, kind = response.body, response.header("content-type")
    if not body.sample.strip():
        return True
    html = kind is not None and "html" in kind.value.lower()
    return html and body.announced is not None and body.seen < body.announced and "<" not in body.sample


def gives_no_reason(response: Response) -> bool:
    """Whether the page of a 400 says the status and nothing else."""
    return response.body.sentence is None and {mark.value.detail for mark in response.body.marks} <= {_BAD_REQUEST}


def _from_marks(body: Body, response: Response | None, side: Side, begun: int = 0) -> CertificateAnswer | None:
    """Return what the text of an answer says; before the call began, only a server's own page is an answer's.

    Whatever else stands there may be somebody's sentence about what is going to happen.
    """
    # A reason says more than the demand that stands beside it.
    for mark in sorted(body.marks, key=lambda mark: (mark.value.embedded, mark.value.name == _DEMAND)):
        kind = _MARKS.get(mark.value.name)
        if mark.line < begun and mark.value.name not in NGINX_PAGES:
            continue
        if kind == "refused" and side.sent != "yes" and _OF_NODE in body.sample.replace(f"{_OF_NODE}_", ""):
            kind = "required"
        if kind is not None:
            embedded = mark.value.embedded
            words = mark.value.detail.lower() if kind == "refused" else ""
            told = mark.value.name == "certificate-error" and not embedded
            checked = told or bool(response and response.status == 495)
            challenged = response is not None and response.header("www-authenticate") is not None
            known = not embedded and (mark.value.name in NGINX_PAGES or _is_of_a_server(response, mark.value.detail))
            return CertificateAnswer(
                kind,
                mark.line,
                response,
                _reason(words),
                checked,
                embedded,
                challenged and kind != "none-sent",
                known,
                words,
            )
    return None


def _is_of_a_server(response: Response | None, detail: str) -> bool:
    """Whether a server gave the reason: OpenSSL's words, as nginx has them in `$ssl_client_verify`, or IIS's number."""
    if not detail.startswith("403."):
        return "certificate" in detail
    server = response.header("server") if response is not None else None
    return server is not None and "microsoft-iis" in server.value.lower()


def _reason(said: str) -> Reason | None:
    return next((reason for reason, words in _REASONS.items() if any(word in said for word in words)), None)
