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

from curlx.diagnoses.http.shared.pauses import waiting
from curlx.diagnoses.http.shared.statuses import Answer, answers
from curlx.findings import Diagnosis, Evidence, Finding, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="http-rate-limited", title="Too many requests (429)", needs="refusal")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 429."""
    for answer in answers(timeline, (429,)):
        wait = answer.value("retry-after")
        yield answer.found(
            DIAGNOSIS,
            "The caller is over a limit on how often it may ask (429)."
            + (f" The answer asks to wait {waiting(wait)}." if wait else " The answer does not say how long to wait."),
            evidence=(*answer.header("retry-after", "how long to wait, in seconds or until a date"), *_limits(answer)),
            causes=(
                "The limit may count by key, by user, or by address; behind a proxy or NAT others use up the same one.",
            ),
            remedies=(answer.later(),),
        )


def _limits(answer: Answer) -> Iterator[Evidence]:
    for header in answer.response.headers if answer.response is not None else ():
        if "ratelimit" in header.name.lower().replace("-", "") and header.name.lower().endswith(("limit", "remaining")):
            left = header.name.lower().endswith("remaining")
            yield cite(answer.timeline, header.line, "what is left of the limit" if left else "the limit")
