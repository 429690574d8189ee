"""A redirect made curl ask again without the data that it had posted.

## What it means

curl posted data, and the answer was a permanent redirect (301). curl followed as browsers do: with a GET, without the
data. The new address never got them, whatever it answered.

## How curlx knows

The request that was answered with 301 is a POST that announces a body, and the next request of the same call is a GET.

## What to do

Post to the new address directly, or add `--post301`, with which curl posts again.

## When it is something else

After 302 and 303 a GET is often meant: the data were taken, and the page that follows only says so. Nothing is said of
them here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Request, Timeline

DIAGNOSIS = Diagnosis(code="http-redirect-lost-data", title="A redirect dropped the posted data", severity="note")

_MOVED = 301


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find calls in which curl turned a POST with data into a GET."""
    for index, transfer in enumerate(timeline.transfers):
        for first, second in pairwise(transfer.exchanges):
            asked, answer, again = first.request, first.response, second.request
            if asked is None or answer is None or again is None or answer.status != _MOVED:
                continue
            if asked.method == "POST" and again.method == "GET" and _has_data(asked):
                yield DIAGNOSIS.found(
                    "certain",
                    "The data were posted to an address that has moved (301), and curl went on to the new one with a "
                    "GET, without the data.",
                    (
                        cite(timeline, asked.first_line, "a POST with data"),
                        cite(timeline, answer.first_line, "the address has moved"),
                        cite(timeline, again.first_line, "the next request is a GET"),
                    ),
                    transfer=index,
                    remedies=(
                        Remedy("client", "Post to the new address", ("Put it in the URL, or add `--post301`.",)),
                        Remedy("server", "Redirect with 308: clients keep the data then (RFC 9110, 15.4.9)"),
                    ),
                )
                break


def _has_data(request: Request) -> bool:
    length = request.header("content-length")
    return request.header("transfer-encoding") is not None or (length is not None and length.value.strip() != "0")
