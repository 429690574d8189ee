"""What was sent is larger than the server takes (HTTP 413).

## What it means

The request's body is over a limit of the server, or of a proxy or load balancer in front of it. Many servers
say so before they have read it all and close the connection, so curl may also complain that it could not send
the rest.

## How curlx knows

The final answer has status 413 (RFC 9110, 15.5.14), or curl says so under `-f`.

## What to do

Send less, in parts, or compressed if the server allows it; or raise the limit on every server on the way.

## When it is something else

Apache also answers 413 when it must ask for a client certificate after the request and cannot keep the body
meanwhile (`SSLRenegBufferSize`).
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.shared.not_asked import not_asked
from curlx.diagnoses.http.shared.statuses import answers
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="http-payload-too-large",
    title="The request's body is too large for the server (413)",
    needs="refusal",
    explains=("network-reset", "network-send-failed", "network-transfer-interrupted", "http-stream-reset"),
)

_OF_GIT = (
    "Push fewer commits at a time, keep large files in Git LFS, or push over SSH, which has no such limit; or ask the "
    "server's owner for the limit."
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 413."""
    for answer in answers(timeline, (413,)):
        if answer.sends_nothing:
            yield not_asked(DIAGNOSIS, answer, "a body that is too large")
            continue
        size = answer.request_value("content-length")
        yield answer.found(
            DIAGNOSIS,
            f"The answer{answer.about()} was 413: the request's body is too large."
            + (f" curl announced {size} bytes." if size.isdigit() else ""),
            evidence=answer.asked("content-length", "the size that curl announced, in bytes"),
            causes=("The body is over the limit of the server, or of a proxy or load balancer in front of it.",),
            remedies=(
                Remedy(
                    who="client",
                    title="Send less at a time",
                    steps=(_OF_GIT if answer.by_git else "Split the upload, or ask the server's owner for the limit.",),
                ),
                Remedy(
                    who="server",
                    title="Raise the limit for request bodies",
                    steps=("Raise it on every server on the way: the smallest one counts.",),
                ),
            ),
        )
