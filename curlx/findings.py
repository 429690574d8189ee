"""What a diagnosis is, and what it returns.

A diagnosis is a module with a `DIAGNOSIS` constant and a function `diagnose(timeline) -> Iterator[Finding]`. It reads
the timeline and nothing else. It yields nothing unless it has evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias, get_args

import msgspec

from curlx.timeline import Timeline, Transfer

Severity: TypeAlias = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The worst first."""
Certainty: TypeAlias = Literal["certain", "likely", "possible"]
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
"""The surest first."""
Actor: TypeAlias = Literal["client", "server", "gateway", "network"]
Sign: TypeAlias = Literal["", "refusal", "complaint"]
"""What a log shows of trouble: nothing is needed; an answer or a page that refuses, or more; a word of curl's that
something failed."""
Footing: TypeAlias = Literal["", "absence", "page"]
"""What a finding rests on that the rest of a log may take away: what the log does not show (how far curl had not got),
or what the page that follows does not say."""


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """A line of the log and, in words, what it shows."""

    line: int
    text: str
    shows: str


CERTIFICATE_FILE, KEY_FILE, BUNDLE_FILE = "client.pem", "client.key", "client.p12"
"""What the commands of remedies call the client's files where the log names none."""


class Remedy(msgspec.Struct, frozen=True, gc=False):
    """What one of those who can act may do. `commands` can be pasted; a reader is told to review them first."""

    who: Actor
    title: str
    steps: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


class Finding(msgspec.Struct, frozen=True, gc=False):
    """One answer to the question what went wrong. `transfer` is the index of the transfer it is about."""

    code: str
    severity: Severity
    certainty: Certainty
    title: str
    summary: str
    evidence: tuple[Evidence, ...]
    causes: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    page: str = ""
    transfer: int = 0


class Diagnosis(msgspec.Struct, frozen=True, gc=False):
    """The standing of a diagnosis among the others.

    `explains` names the codes that are only its symptoms when both are found in one transfer; a name that ends in `-`
    stands for the whole family (`http-`). `needs` is what a log must show for it to be looked for at all: most logs
    show little, and the diagnoses are many. `rests_on` is what it concludes from besides curl's and the server's words.
    """

    code: str
    title: str
    severity: Severity = "error"
    needs: Sign = ""
    rests_on: Footing = ""
    explains: tuple[str, ...] = ()

    def found(
        self,
        certainty: Certainty,
        summary: str,
        evidence: Iterable[Evidence],
        *,
        transfer: int = 0,
        causes: Iterable[str] = (),
        remedies: Iterable[Remedy] = (),
        title: str = "",
    ) -> Finding:
        """Return a finding of this diagnosis; evidence comes decisive line first."""
        return Finding(
            code=self.code,
            severity=self.severity,
            certainty=certainty,
            title=title or self.title,
            summary=f"T{summary[1:]}" if summary.startswith("the ") else summary,  # where no name of a host begins it
            evidence=tuple(evidence),
            causes=tuple(causes),
            remedies=tuple(remedies),
            page=f"docs/diagnoses/{self.code}.md",
            transfer=transfer,
        )


def cause_of(findings: Sequence[Finding]) -> Finding | None:
    """Return the root cause of what went wrong: the first finding, where it is an error."""
    return findings[0] if findings and findings[0].severity == "error" else None


def transfer_of(transfers: Sequence[Transfer], finding: Finding | None) -> Transfer | None:
    """Return the transfer that a finding is about, without one the last; a page that was pasted alone is of none."""
    index = finding.transfer if finding is not None else -1
    return transfers[index] if transfers and index < len(transfers) else None


def at_least(severity: str | None, least: str) -> bool:
    """Tell whether a severity (None: nothing was found) is at least so bad; nothing is as bad as `never`."""
    return severity in SEVERITIES and least in SEVERITIES[SEVERITIES.index(severity) :]


def cite(timeline: Timeline, line: int, shows: str) -> Evidence:
    """Quote a line as evidence."""
    return Evidence(line=line, text=timeline.text_of(line), shows=shows)
