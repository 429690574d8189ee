"""The server refuses the request with another status from 400 to 499.

## What it means

The server holds the request itself to be at fault. Less common numbers have a meaning of their own: a version
that does not match (412), a range outside the file (416), something gone for good (410). Some are no standard
at all.

## How curlx knows

The final answer has a status from 400 to 499 for which there is no diagnosis of its own, or curl says so under
`-f`.

## What to do

Look the number up in the interface's documentation and read the text of the answer.

## When it is something else

nginx uses 495, 496 and 497 inside itself for client certificates and plain HTTP on a TLS port; a server may let
them out.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.statuses import ERRORS, answers
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="http-client-error", title="The server refuses the request (4xx)", needs="refusal")

_OTHERS = frozenset({400, 401, 403, 404, 405, 407, 413, 415, 417, 421, 422, 429, 431, 494})
_OWN = frozenset(status for status in ERRORS if status < 500) - _OTHERS

# RFC 9110, 15.5, and the registry of status codes at IANA.
_MEANINGS = {
    402: "a payment is wanted",
    406: "the server has nothing that fits the Accept headers",
    408: "the server waited too long for the request",
    409: "the request conflicts with the present state of the thing",
    410: "what was there is gone, most likely for good",
    411: "the server wants to know the length of the data (Content-Length)",
    412: "a condition of the request (If-Match, If-Unmodified-Since) does not hold",
    414: "the URL is too long",
    416: "the range asked for lies outside the file",
    423: "the thing is locked",
    424: "an earlier request that this one needs has failed",
    425: "the server does not take requests in early data",
    426: "the server wants another protocol, named in Upgrade",
    428: "the server wants a condition such as If-Match",
    451: "it is not available for legal reasons",
}

# nginx, src/http/ngx_http_request.h: numbers for its own use, which `error_page` can let out.
_NGINX = {
    495: "nginx uses it for a client certificate that it does not accept",
    496: "nginx uses it for a missing client certificate",
    497: "nginx uses it for plain HTTP on a TLS port",
    499: "nginx writes it into its log when the client closed the connection",
}


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with a status of 4xx that no other diagnosis is about."""
    for answer in answers(timeline, _OWN):
        meaning = _MEANINGS.get(answer.status) or _NGINX.get(answer.status, "")
        yield answer.found(
            DIAGNOSIS,
            f"The answer{answer.about()} was "
            f"{answer.status}{f': {meaning}' if meaning else ', which no standard defines'}.",
            evidence=(
                *(answer.header("upgrade", "the protocol that the server wants") if answer.status == 426 else ()),
                *(answer.header("content-range", "the size of the whole") if answer.status == 416 else ()),
            ),
            remedies=(
                Remedy(
                    who="client",
                    title=f"Look up what status {answer.status} means to this service",
                    steps=(answer.reading(),),
                ),
            ),
        )
