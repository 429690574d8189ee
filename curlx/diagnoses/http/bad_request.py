"""The server could not or would not make sense of the request (HTTP 400).

## What it means

The server answered 400: something in the request itself is wrong for it, not the connection. Many servers use
the same number for quite different things, so the page or JSON text that comes with it is the best hint.

## How curlx knows

The final answer has status 400 (RFC 9110, 15.5.1), or curl says so under `-f`. A 400 whose page speaks of a
client certificate, of plain HTTP on a TLS port, or of too large headers has a diagnosis of its own, which then
comes first.

## What to do

Read the body of the answer. Then look at what was sent: a body that is no valid JSON, a missing or doubled
header, an empty `Host`, blanks or other unescaped characters in the URL.

## When it is something else

A gateway that decrypts TLS can lose the client certificate on the way; the origin then answers 400 although
curl was given one. A load balancer may answer 400 by itself, before any application sees the request.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.headers_too_large import names_large_headers
from curlx.diagnoses.http.statuses import Answer, answers
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="http-bad-request", title="The server calls the request malformed (400)")

_REASONS = {
    "no-required-certificate": "Its page gives the reason: no client certificate was sent.",
    "certificate-error": "Its page gives the reason: the client certificate was refused.",
    "plain-http-to-https": "Its page gives the reason: plain HTTP was sent to a port that speaks TLS.",
    "client-certificate-required": "Its page asks for a client certificate.",
}


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 400."""
    for answer in answers(timeline, (400,)):
        if names_large_headers(answer):
            continue
        mark = answer.body.mark(*_REASONS)
        reason = _REASONS[mark.value.name] if mark is not None else "The status alone does not say what about it."
        yield answer.found(
            DIAGNOSIS,
            f"The connection worked, but the answer{answer.about()} was 400: the request was not accepted. {reason}",
            evidence=answer.asked("content-type", "how curl labelled what it sent"),
            causes=_causes(answer) if mark is None else (),
            remedies=(
                Remedy(
                    who="client",
                    title="Read the answer's text, then check what was sent",
                    steps=(
                        "Print the whole answer with `-i`: the text after the headers usually names the field.",
                        "See what is really sent with `--trace-ascii -`, and quote JSON in single quotes for the "
                        "shell.",
                    ),
                ),
            ),
        )


def _causes(answer: Answer) -> tuple[str, ...]:
    causes = []
    request = answer.request
    # HTTP/1.1 requires exactly one Host header (RFC 9112, 3.2); a server must answer 400 otherwise.
    if request is not None and request.headers and request.version == "1.1" and not answer.request_value("host"):
        causes.append("The request shows no Host header, which HTTP/1.1 requires.")
    kind = answer.request_value("content-type").lower()
    if kind.startswith("application/x-www-form-urlencoded"):
        causes.append("The data went out as a form, curl's default with `-d`: the server may expect JSON.")
    elif "json" in kind:
        causes.append(
            "The body is not the JSON that the server expects: quoting by the shell, a missing field, a type."
        )
    causes.append("A parameter or header is missing, doubled or malformed.")
    return tuple(causes)
