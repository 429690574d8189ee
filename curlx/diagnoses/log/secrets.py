"""The log shows secrets.

## What it means

A log of `curl -v` has requests and answers as they were sent, with passwords, tokens and cookies in them. Whoever
reads the log can use them. curlx has hidden them in its own output; the log itself still has them.

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

from curlx.advice.commands import quote
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.redaction import MASK
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="log-secrets", title="The log shows secrets", severity="warning")

_CITED = 10
_ARCHIVES = (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst")


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
        title=f"{DIAGNOSIS.title}: `curlx redact` writes a copy without them",
        evidence=[cite(timeline, line, f"a secret: {first[line]}") for line in lines[:_CITED]],
        causes=tuple(dict.fromkeys(_shown(timeline, line) for line in lines[:_CITED])),
        remedies=(
            Remedy(
                "client",
                "Hide them before you pass the log on",
                ("If the log has already left your hands, withdraw the secrets and get new ones.",),
                (_command(timeline.source),),
            ),
        ),
    )


def _shown(timeline: Timeline, line: int) -> str:
    """Say why a line with a secret stands in the log."""
    for transfer in timeline.transfers:
        if transfer.command is not None and transfer.command.line == line:
            return "The echoed command has its options in it."
        for exchange in (*transfer.exchanges, *transfer.tunnels):
            request, response = exchange.request, exchange.response
            if request is not None and request.first_line <= line <= request.last_line:
                return "curl -v prints the headers of requests as they are sent."
            for answer in (*exchange.interim, *((response,) if response is not None else ())):
                if answer.first_line <= line <= answer.last_line:
                    return "curl -v prints the headers of answers as they come: here the server handed out the secret."
    if timeline.text_of(line).lstrip().startswith("* "):
        return "curl repeats addresses and headers in its own lines."
    return "It stands in a body, or in a line that is not curl's: the log holds more than what curl -v adds."


def _command(name: str) -> str:
    """Return the command that writes a copy without secrets, for the log's own file where its name is known."""
    folder, _, file = name.rpartition("/")
    stem, dot, ending = file.rpartition(".")
    in_archive = any(part.lower().endswith(_ARCHIVES) for part in folder.split("/"))
    if not (stem and dot and ending) or "://" in name or in_archive or MASK in name or name.startswith("-"):
        return "curlx redact log.txt > log-to-share.txt"
    windows = "\\" in name
    return f"curlx redact {quote(name, windows=windows)} > {quote(f'{stem}-to-share.{ending}', windows=windows)}"
