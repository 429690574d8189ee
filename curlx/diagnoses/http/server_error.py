"""The server failed while it worked on the request (HTTP 500 and other 5xx).

## What it means

The request arrived, and something went wrong on the other side: the program crashed, a setting is wrong, a
resource is missing. Numbers from 520 on are not in any standard; Cloudflare uses them for trouble between
itself and the server behind.

## How curlx knows

The final answer has a status from 500 to 599 other than 502, 503 and 504, which have diagnoses of their own
(RFC 9110, 15.6), or curl says so under `-f`.

## What to do

The reason is in the server's log, not in curl's. Give its owner the time of the request, its address, and any
request id that the answer carries. Try again later only if the request may safely be sent twice.

## When it is something else

A program may answer 500 to a request that it did not expect: compare with one that works.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.shared.statuses import ERRORS, Answer, answers
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="http-server-error", title="The server failed (5xx)", needs="refusal")

_OWN = frozenset(status for status in ERRORS if status >= 500) - {502, 503, 504}

# RFC 9110, 15.6 and the registry of status codes at IANA.
_MEANINGS = {
    500: "something went wrong on the server",
    501: "the server does not know this method at all",
    505: "the server does not take this version of HTTP",
    506: "the server's content negotiation is set up wrongly",
    507: "the server has no room to store this",
    508: "the server met a loop",
    510: "the server wants an extension of the request",
    511: "the network wants a login first (a captive portal)",
}

# developers.cloudflare.com, "Cloudflare 5xx errors".
_CLOUDFLARE = {
    520: "Cloudflare got an empty or unexpected answer from the server behind it",
    521: "the server behind Cloudflare refused its connection",
    522: "Cloudflare could not connect to the server behind it in time",
    523: "Cloudflare cannot reach the server behind it",
    524: "the server behind Cloudflare did not answer in time",
    525: "Cloudflare's TLS handshake with the server behind it failed",
    526: "the certificate of the server behind Cloudflare is not valid",
    530: "Cloudflare could not find the server behind it; the page gives a 1xxx code",
}

_OPTION = 551
"""Of RTSP (RFC 2326, 11.3.14)."""
_OF_TLS = (525, 526)
_REQUEST_IDS = ("x-request-id", "x-amzn-requestid", "x-amz-request-id", "x-amz-cf-id", "cf-ray", "x-correlation-id",
                "x-trace-id", "traceparent")  # fmt: skip


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 5xx other than 502, 503 and 504."""
    for answer in answers(timeline, _OWN):
        unknown = "a number that HTTP does not know, to be taken like 500 (RFC 9110, 15)" if answer.status > 599 else ""
        meaning = _MEANINGS.get(answer.status, unknown)
        if answer.status == _OPTION and answer.response is not None and answer.response.rtsp:
            meaning = "the server does not support what the Require header asks for"
        cloudflare = answer.status in _CLOUDFLARE and (
            "cloudflare" in answer.value("server").lower() or bool(answer.value("cf-ray"))
        )
        if cloudflare:
            meaning = _CLOUDFLARE[answer.status]
        ids = next(
            (proof for name in _REQUEST_IDS if (proof := answer.header(name, "names this request in the log"))), ()
        )
        yield answer.found(
            DIAGNOSIS,
            f"The request arrived, but the answer{answer.about()} was "
            f"{answer.status}{f': {meaning}' if meaning else ''}.",
            evidence=ids,
            causes=("The program behind this address may have failed, or met data that it does not expect.",)
            if answer.status == 500
            else (),
            remedies=(
                Remedy(
                    who="server",
                    title="Read the server's log at the time of the request",
                    steps=(
                        "The trouble is between Cloudflare and the server behind it: look at that server first."
                        if cloudflare
                        else "Look for the reason in the log of the program that answered"
                        + (", by the request id." if ids else "."),
                    ),
                ),
                _wait(answer)
                if cloudflare
                else Remedy(
                    who="client",
                    title="Compare with a request that works",
                    steps=(answer.reading(), "Change one thing at a time: method, headers, body."),
                ),
            ),
        )


def _wait(answer: Answer) -> Remedy:
    if answer.status not in _OF_TLS:
        return answer.later()
    return Remedy(
        who="client",
        title=f"Tell those who run {answer.request_value('host') or 'the server'}",
        steps=("Your request is not at fault, and sending it again does not help.",),
    )
