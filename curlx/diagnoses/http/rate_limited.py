"""Too many requests in too short a time (HTTP 429).

## What it means

The server, or a gateway in front of it, limits how often somebody may ask, and this caller is over the limit.
`Retry-After` says how long to wait, where it is sent.

## How curlx knows

The final answer has status 429 (RFC 6585, 4), or curl says so under `-f`.

## What to do

Wait, then ask less often. `--retry 5` waits and tries again, and keeps to `Retry-After` (curl 7.66 and later).

## When it is something else

Limits are often counted by address: other callers behind the same proxy or NAT use up the same allowance.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.statuses import Answer, answers
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="http-rate-limited", title="Too many requests (429)")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 429."""
    for answer in answers(timeline, (429,)):
        wait = answer.value("retry-after")
        seconds = f"{wait} seconds" if wait.isdigit() else wait
        yield answer.found(
            DIAGNOSIS,
            "The caller is over a limit on how often it may ask (429)."
            + (f" The server asks to wait: {seconds}." if wait else " The answer does not say how long to wait."),
            evidence=(*answer.header("retry-after", "how long to wait, in seconds or until a date"), *_limits(answer)),
            causes=(
                "Too many requests with this key, by this user, or from this address (shared behind a proxy or NAT).",
            ),
            remedies=(
                Remedy(
                    who="client",
                    title="Wait, then ask less often",
                    steps=(f"Wait {seconds} before the next try." if wait else "Wait longer after each refusal.",),
                    commands=("curl --retry 5 https://...",),
                ),
            ),
        )


def _limits(answer: Answer) -> Iterator[Evidence]:
    for header in answer.response.headers if answer.response is not None else ():
        if "ratelimit" in header.name.lower().replace("-", "") and header.name.lower().endswith(("limit", "remaining")):
            yield cite(answer.timeline, header.line, "the limit, as the server counts it")
