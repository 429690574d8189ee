"""A gateway got no usable answer from the server behind it (HTTP 502).

## What it means

Between curl and the application stands a gateway, load balancer or reverse proxy. It answered curl; its own
connection to the server behind failed: refused, closed early, or answered with something it could not read.

## How curlx knows

The final answer has status 502 (RFC 9110, 15.6.3), or curl says so under `-f`, or a page pasted without its log
is headed so. Tries that `--retry` repeated count only when the last one failed too.

## What to do

Nothing in the request is at fault, as far as the log shows. The gateway's error log names the server behind and
what was wrong.

## When it is something else

An application may answer 502 itself about a service it depends on; then its answer is often JSON, not the
gateway's page. A 502 to CONNECT is the proxy's, and comes before any TLS.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.shared.statuses import answers
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="http-bad-gateway", title="A gateway got no usable answer from the server behind it (502)", needs="refusal"
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 502."""
    for answer in answers(timeline, (502,)):
        yield answer.found(
            DIAGNOSIS,
            f"The answer{answer.about()} was 502: whoever answered says that it got nothing usable from a server "
            "behind it.",
            evidence=answer.header("via", "the answer passed through this gateway"),
            causes=(
                "The server behind is down, restarting, or listens on another port.",
                "It closed the connection early, or its answer cannot be read by the gateway: plain text where TLS is "
                "expected, or headers too large.",
                "The gateway's TLS to it failed: a certificate it does not trust, or a client certificate it lacks.",
            ),
            remedies=(
                Remedy(
                    who="server",
                    title="Look at the leg between the gateway and the server behind it",
                    steps=(
                        "Look for that server and the reason in the gateway's error log, at the time of the request.",
                        "From the gateway's host, ask that server directly.",
                    ),
                ),
                answer.later(),
            ),
        )
