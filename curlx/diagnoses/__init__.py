"""One problem per file, found by looking in the folders; `diagnose` runs them all and puts the root cause first."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple, cast

import msgspec

from curlx.diagnoses.curl.error import unexplained
from curlx.findings import Diagnosis, Finding, Sign
from curlx.timeline import Timeline, Transfer

Diagnose = Callable[[Timeline], Iterator[Finding]]

_CERTAINTIES = ("certain", "likely", "possible")
_RETRYABLE = (408, 429, 500, 502, 503, 504)
"""Statuses that `--retry` tries again (curl(1))."""
_REFUSED = 400
"""The first status that refuses (RFC 9110, 15.5)."""
_SEVERITIES = ("error", "warning", "note")


_ADVISED = 100
"""Findings that say what to do whatever came before; behind them only the first of a code does. A log of a million
failures would make a report of a hundred times its size."""


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
    for look in _asked(shown(timeline)):
        for finding in look(timeline):
            if finding.evidence:
                findings.append(_as_sure_as_the_log(finding, timeline))
    failures = (each for each in findings if each.severity != "note" and not each.code.startswith("log-"))
    findings += unexplained(timeline, {each.transfer for each in failures})
    alongside: dict[int, list[Finding]] = {}
    for finding in findings:
        alongside.setdefault(finding.transfer, []).append(finding)
    ranked = sorted(findings, key=lambda finding: _rank(finding, alongside[finding.transfer]))
    return tuple(_once(ranked))


@cache
def _asked(signs: tuple[Sign, ...]) -> tuple[Diagnose, ...]:
    """Return the diagnoses that are asked of a log with these signs."""
    return tuple(entry.diagnose for entry in known().values() if entry.diagnosis.needs in signs)


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
        for tls in (connection.tls, connection.proxy_tls):
            if tls is not None and tls.alerts:
                return True
    return False


def _is_refused(transfer: Transfer) -> bool:
    tunnels = (each.proxy.connect for each in transfer.connections if each.proxy is not None)
    responses = (exchange.response for exchange in (*transfer.exchanges, *tunnels) if exchange is not None)
    return any(response is not None and response.status >= _REFUSED for response in responses)


def _as_sure_as_the_log(finding: Finding, timeline: Timeline) -> Finding:
    """Return a finding that is certain of no more than the log shows: it may have been cut off."""
    if finding.certainty != "certain" or finding.severity != "error" or finding.code.startswith("log-"):
        return finding
    line = finding.evidence[0].line
    transfers = timeline.transfers
    doubt = transfers[finding.transfer].doubt if 0 <= finding.transfer < len(transfers) else ""
    if doubt:
        reason = doubt
    elif line == timeline.open_line and not timeline.text_of(line).startswith(
        "curl: ("
    ):  # a paste often ends with that
        reason = "The log ends in this line, perhaps in its middle: the rest of it could say something else."
    elif line in _retryable(timeline, finding.transfer):
        reason = "The log ends before it shows whether curl tried again."
    elif any(first <= line <= last for first, last in _challenges(timeline, finding.transfer)):
        reason = "The log ends before it shows whether curl went on and logged in."
    else:
        return finding
    return msgspec.structs.replace(finding, certainty="likely", summary=f"{finding.summary} {reason}")


def _retryable(timeline: Timeline, index: int) -> range:
    """Return the lines of a last answer that `--retry` would ask for again, when the log ends before its end."""
    transfer = timeline.transfers[index] if 0 <= index < len(timeline.transfers) else None
    last = transfer.last_exchange if transfer else None
    if transfer is None or last is None or last.response is None or transfer.finished or last.complete:
        return range(0)
    return range(last.first_line, transfer.last_line + 1 if last.response.status in _RETRYABLE else 0)


def _challenges(timeline: Timeline, index: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of an answer that asks for a login, when the log does not show the end of its transfer."""
    if not 0 <= index < len(timeline.transfers) or timeline.transfers[index].finished:
        return
    transfer = timeline.transfers[index]
    tunnels = [each.proxy.connect for each in transfer.connections[-1:] if each.proxy and each.proxy.connect]
    for exchange in (*transfer.exchanges[-1:], *tunnels):
        if exchange.response is not None and exchange.response.status in (401, 407):
            yield exchange.first_line, transfer.last_line


def _rank(finding: Finding, alongside: list[Finding]) -> tuple[int, bool, int, int, int]:
    """Order by severity, cause before symptom of the same transfer, then by where it happened and how sure curlx is."""
    return (
        _SEVERITIES.index(finding.severity),
        any(_explains(other, finding) for other in alongside),
        finding.transfer,
        _CERTAINTIES.index(finding.certainty),
        finding.evidence[0].line,
    )


def _explains(cause: Finding, symptom: Finding) -> bool:
    if cause.code == symptom.code:
        return False
    if _SEVERITIES.index(cause.severity) > _SEVERITIES.index(symptom.severity):
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
