"""One problem per file, found by looking in the folders; `diagnose` runs them all and puts the root cause first."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple, cast

import msgspec

from curlx.diagnoses.caveats import with_caveats
from curlx.diagnoses.certainty import as_sure_as_the_log, unless_overcome
from curlx.diagnoses.curl.error import unexplained
from curlx.findings import CERTAINTIES, SEVERITIES, Diagnosis, Finding, Sign
from curlx.timeline import Timeline, Transfer

Diagnose = Callable[[Timeline], Iterator[Finding]]

_ADVISED = 100
"""Findings that say what to do whatever came before; behind them only the first of a code does. A log of a million
failures would make a report of a hundred times its size."""

_OF_THE_LOG = "log-secrets"
"""What is said of the log itself, and of no call: it is never what went wrong."""


class _Standing(NamedTuple):
    """What ranks the problems of one transfer behind those of the others."""

    doubted: bool
    told_again: bool
    carried_on: bool
    """Neither curl nor git failed at it: an answer that refuses is one to curl, whose exit code is of another call."""


_OF_NO_CALL = _Standing(doubted=False, told_again=False, carried_on=True)


class Known(NamedTuple):
    """One diagnosis: its standing, its function and its page (the module's docstring)."""

    diagnosis: Diagnosis
    diagnose: Diagnose
    page: str


@cache
def known() -> dict[str, Known]:
    """Return every diagnosis by its code, in the order of the folders and files."""
    found: dict[str, Known] = {}
    for info in pkgutil.walk_packages(__path__, __name__ + "."):
        if info.ispkg:
            continue
        module = importlib.import_module(info.name)
        diagnosis = cast("Diagnosis | None", getattr(module, "DIAGNOSIS", None))
        if diagnosis is not None:
            found[diagnosis.code] = Known(diagnosis, module.diagnose, module.__doc__ or "")
    return found


def diagnose(timeline: Timeline) -> tuple[Finding, ...]:
    """Return all findings, the root cause first; one finding a code and transfer."""
    findings: list[Finding] = []
    for entry in _asked(shown(timeline)):
        for finding in entry.diagnose(timeline):
            if finding.evidence:
                finding = as_sure_as_the_log(finding, timeline, entry.diagnosis.rests_on)
                finding = unless_overcome(finding, timeline)
                findings.append(with_caveats(finding, timeline))
    overcome = {index for index, transfer in enumerate(timeline.transfers) if transfer.overcome is not None}
    failures = (each for each in findings if each.severity != "note" and not each.code.startswith("log-"))
    findings += unexplained(timeline, {each.transfer for each in failures} | overcome)
    alongside: dict[int, list[Finding]] = {}
    for finding in findings:
        alongside.setdefault(finding.transfer, []).append(finding)
    standings = dict(enumerate(_standings(timeline.transfers)))
    ranked = sorted(
        (_noted(finding, alongside[finding.transfer]) for finding in findings),
        key=lambda finding: _rank(finding, alongside[finding.transfer], standings.get(finding.transfer, _OF_NO_CALL)),
    )
    return tuple(_once(ranked))


@cache
def _asked(signs: tuple[Sign, ...]) -> tuple[Known, ...]:
    """Return the diagnoses that are asked of a log with these signs."""
    return tuple(entry for entry in known().values() if entry.diagnosis.needs in signs)


def shown(timeline: Timeline) -> tuple[Sign, ...]:
    """Return what a log shows of trouble; who complains may also tell of an answer that refuses."""
    transfers = timeline.transfers
    if any(map(_complains, transfers)):
        return "", "refusal", "complaint"
    return ("", "refusal") if timeline.loose.marks or any(map(_is_refused, transfers)) else ("",)


def _complains(transfer: Transfer) -> bool:
    if transfer.complaints or transfer.exit is not None:
        return True
    for connection in transfer.connections:
        if any(attempt.failure for attempt in connection.attempts):
            return True
        if connection.proxy is not None and connection.proxy.established is None and connection.closed:
            return True
        if any(tls.alerts for tls in connection.tls_each):
            return True
    return False


def _is_refused(transfer: Transfer) -> bool:
    responses = (exchange.response for exchange in (*transfer.exchanges, *transfer.tunnels))
    return any(response is not None and (response.refuses or response.grpc_failure) for response in responses)


def _noted(finding: Finding, alongside: list[Finding]) -> Finding:
    """Make an error a note where its decisive line is also its cause's: it is no second error."""
    line = finding.evidence[0].line
    told = any(
        other.certainty != "possible"
        and other.severity == "error"
        and _explains(other, finding)
        and line in [proof.line for proof in other.evidence]
        for other in alongside
    )
    return msgspec.structs.replace(finding, severity="note") if told else finding


def _standings(transfers: tuple[Transfer, ...]) -> Iterator[_Standing]:
    again = frozenset(_told_again(transfers))
    for index, transfer in enumerate(transfers):
        # A last word alone may be a body's, or of what is no URL but a piece of another call's data.
        shown = bool(transfer.connections) or any(not complaint.from_exit for complaint in transfer.complaints)
        failed = transfer.git or (transfer.exit is not None and transfer.exit.code != 0 and shown)
        yield _Standing(doubted=bool(transfer.doubt), told_again=index in again, carried_on=not failed)


def _told_again(transfers: tuple[Transfer, ...]) -> Iterator[int]:
    """Yield the calls that show only how they ended, where the same ended so once more and shows the way there.

    Somebody asked again with `-v`: that says more of the cause.
    """
    shown: set[tuple[str, int]] = set()
    for index, transfer in reversed(tuple(enumerate(transfers))):
        if transfer.url is None or transfer.exit is None:
            continue
        call = (transfer.url, transfer.exit.code)
        if transfer.connections:
            shown.add(call)
        elif call in shown:
            yield index


def _rank(
    finding: Finding, alongside: list[Finding], standing: _Standing
) -> tuple[int, bool, bool, bool, _Standing, int, int, int]:
    """Order by severity, cause before symptom of the same transfer, then by where it happened and how sure curlx is.

    What may be a body's words ranks behind what curl surely said: a failure of another transfer is none of a body. What
    curl failed at ranks before an answer that refuses and that curl was content with.
    """
    return (
        SEVERITIES.index(finding.severity),
        finding.code == _OF_THE_LOG,
        any(_explains(other, finding) for other in alongside),
        finding.certainty == "possible",
        standing,
        finding.transfer,
        CERTAINTIES.index(finding.certainty),
        finding.evidence[0].line,
    )


def _explains(cause: Finding, symptom: Finding) -> bool:
    if cause.code == symptom.code:
        return False
    if SEVERITIES.index(cause.severity) > SEVERITIES.index(symptom.severity):
        return False  # a note is no cause of an error
    return any(
        symptom.code.startswith(name) if name.endswith("-") else symptom.code == name
        for name in known()[cause.code].diagnosis.explains
    )


def _once(findings: list[Finding]) -> Iterator[Finding]:
    """Yield one finding a code and transfer; of many, what to do is told once for each code."""
    seen: set[tuple[str, int]] = set()
    advised: set[str] = set()
    for finding in findings:
        key = (finding.code, finding.transfer)
        if key in seen:
            continue
        seen.add(key)
        told = len(seen) > _ADVISED and finding.code in advised
        advised.add(finding.code)
        yield msgspec.structs.replace(finding, causes=(), remedies=()) if told else finding
