"""The log shows secrets.

## What it means

A log of `curl -v` has the request as it was sent, with passwords, tokens and cookies in it. Whoever reads the log
can use them. curlx has hidden them in its own output; the log itself still has them.

## How curlx knows

It looks for the places where secrets stand: `Authorization` and `Cookie` headers, passwords in URLs, and the like.
It reports the kind and the line, never the value.

## What to do

Before you send the log to anybody, hide them: `curlx redact` writes the same log without them. If the log has
already left your hands, withdraw the secrets and get new ones.

## When it is something else

A line may look like a secret and be none (a test password). curlx cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="log-secrets", title="The log shows secrets", severity="warning")

_CITED = 10


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the lines with secrets."""
    if not timeline.secrets:
        return
    kinds = list(dict.fromkeys(each.kind for each in timeline.secrets))
    first = {each.line: each.kind for each in reversed(timeline.secrets)}
    lines = sorted(first)
    more = f" ({len(lines) - _CITED} more lines)" if len(lines) > _CITED else ""
    yield DIAGNOSIS.found(
        "certain",
        f"The log shows secrets: {', '.join(kinds[:6])}{more}. curlx hides them here; the log itself still has them.",
        [cite(timeline, line, f"a secret: {first[line]}") for line in lines[:_CITED]],
        causes=("curl -v prints requests as they are sent, and an echoed command has its options in it.",),
        remedies=(
            Remedy(
                "client",
                "Hide them before you pass the log on",
                ("If the log has already left your hands, withdraw the secrets and get new ones.",),
                ("curlx redact log.txt > log-to-share.txt",),
            ),
        ),
    )
