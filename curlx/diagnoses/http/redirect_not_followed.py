"""The answer is a redirect, and curl was not told to follow it.

## What it means

What was asked for is at another address, named in the `Location` header. curl shows the redirect as it is, and
follows only with `-L`.

## How curlx knows

The final answer has status 301, 302, 303, 307 or 308 with a `Location` (RFC 9110, 15.4), and the log shows that
curl ended there.

## What to do

Add `-L`, or ask for the new address directly. Nothing to do if the redirect itself was what you wanted to see.

## When it is something else

A redirect to a login page means that the request came without a session or credentials. A proxy may redirect to
its own block or login page: look at the host in `Location`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.statuses import again
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Header, Response, Timeline, Transfer

DIAGNOSIS = Diagnosis(code="http-redirect-not-followed", title="A redirect that curl did not follow", severity="note")

_REDIRECTS = (301, 302, 303, 307, 308)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that ended with a redirect."""
    for index, transfer in enumerate(timeline.transfers):
        exchange = transfer.last_exchange
        response = exchange.response if exchange is not None else None
        if exchange is None or response is None or response.status not in _REDIRECTS or exchange.superseded:
            continue
        location = response.header("location")
        ended = (exchange.complete or transfer.finished) and not transfer.complaints
        if location is None or not ended or _follows(transfer):
            continue
        if transfer.url is not None and location.value == transfer.url:
            yield _to_itself(timeline, index, response, location)
            continue
        yield DIAGNOSIS.found(
            "certain",
            f"The answer is a redirect ({response.status}) to {location.value}, and curl ended there: it follows "
            "redirects only with -L.",
            (
                cite(timeline, response.first_line, f"the final answer is status {response.status}"),
                cite(timeline, location.line, "the address to ask instead"),
            ),
            transfer=index,
            remedies=(
                Remedy(
                    who="client",
                    title="Let curl follow, or ask for the new address",
                    steps=("Check that the new address is where you want to go, then follow it.",),
                    commands=again(transfer, exchange, "-v", "-L"),
                ),
            ),
        )


def _follows(transfer: Transfer) -> bool:
    """Whether curl was told to follow redirects, as the log shows: then it stopped for another reason."""
    followed = any(
        each.superseded and each.response is not None and each.response.status in _REDIRECTS
        for each in transfer.exchanges
    )
    return followed or any(
        each in ("--location", "--location-trusted") or (each[:1] == "-" and each[:2] != "--" and "L" in each)
        for each in transfer.arguments
    )


def _to_itself(timeline: Timeline, index: int, response: Response, location: Header) -> Finding:
    return DIAGNOSIS.found(
        "certain",
        f"The answer is a redirect ({response.status}) to the very address that was asked, {location.value}: with -L "
        "curl would go round in a circle.",
        (
            cite(timeline, location.line, "the address to ask instead is the one that was asked"),
            cite(timeline, response.first_line, f"the final answer is status {response.status}"),
        ),
        transfer=index,
        title="A redirect to itself",
        causes=(
            "TLS ends at a proxy or load balancer in front, and the server behind it, which sees plain HTTP, redirects "
            "to https:// without end.",
            "The server wants a cookie, a header or another method, and sends whoever lacks it round.",
        ),
        remedies=(
            Remedy(
                "server",
                "Tell the server behind the proxy which scheme was asked",
                (
                    "The proxy passes `X-Forwarded-Proto: https` on, and the server goes by it, or leaves redirects to "
                    "https:// to the proxy.",
                ),
            ),
        ),
    )
