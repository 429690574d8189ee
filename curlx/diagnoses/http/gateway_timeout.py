"""A gateway waited too long for the server behind it (HTTP 504).

## What it means

Between curl and the application stands a gateway, load balancer or reverse proxy. It answered curl; the server
behind it did not answer within the gateway's patience.

## How curlx knows

The final answer has status 504 (RFC 9110, 15.6.5), or curl says so under `-f`, or a page pasted without its log
is headed so.

## What to do

Find out why the work takes so long, or let the gateway wait longer. The work may still be going on: look before
sending the same request again.

## When it is something else

The gateway may not have reached the server at all: a firewall that drops packets looks the same to it as a slow
server.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.shared.statuses import answers
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="http-gateway-timeout", title="A gateway waited too long for the server behind it (504)", needs="refusal"
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 504."""
    for answer in answers(timeline, (504,)):
        yield answer.found(
            DIAGNOSIS,
            f"The answer{answer.about()} was 504: whoever answered says that it waited too long for a server "
            "behind it.",
            evidence=answer.header("via", "the answer passed through this gateway"),
            causes=(
                "The server behind takes longer than the gateway waits.",
                "The gateway cannot reach it at all: wrong address, or a firewall that drops packets.",
            ),
            remedies=(
                Remedy(
                    who="server",
                    title="Find what takes so long, or let the gateway wait longer",
                    steps=(
                        "Look in the gateway's error log, at the time of the request, for the server it waited for.",
                        "Raise the gateway's timeout only if the work really needs the time.",
                    ),
                ),
                Remedy(
                    who="client",
                    title="Ask for less at a time",
                    steps=("Narrow the query or split the work; look before repeating, it may still be going on.",),
                ),
            ),
        )
