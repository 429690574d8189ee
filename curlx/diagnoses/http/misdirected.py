"""The request reached a server that does not answer for this host name (HTTP 421).

## What it means

On this connection the server does not speak for the host in the request. The name given in the TLS handshake
(SNI) and the `Host` (or `:authority`) of the request do not fit together, or a connection made for another host
was used again.

## How curlx knows

The final answer has status 421 (RFC 9110, 15.5.20), or curl says so under `-f`.

## What to do

Let both names be the same: instead of an address and `-H 'Host: ...'` use the name with `--resolve` or
`--connect-to`. For a connection used again, try a new one or `--http1.1`.

## When it is something else

Servers that require client certificates check this strictly, so that nobody borrows another site's handshake
(Apache, Caddy).
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.statuses import answers
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="http-misdirected", title="This server does not answer for that host name (421)")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 421."""
    for answer in answers(timeline, (421,)):
        host = answer.request_value("host") or "NAME"
        yield answer.found(
            DIAGNOSIS,
            f"The server does not answer for the host name in the request on this connection (421){answer.about()}.",
            evidence=answer.asked("host", "the host name that was asked for"),
            causes=(
                "The name in the TLS handshake (SNI) and the Host of the request differ, or none was given in the "
                "handshake.",
                "A connection made for another host name was used again.",
                "The server has no site of this name.",
            ),
            remedies=(
                Remedy(
                    who="client",
                    title="Use the same name in the handshake and in the request",
                    steps=("Put the name into the URL and the address into `--resolve`; do not set Host by hand.",),
                    commands=(
                        f"curl --resolve {host.partition(':')[0]}:443:ADDRESS https://{host.partition(':')[0]}/",
                    ),
                ),
            ),
        )
