"""One problem per file, found by looking in the folders; `diagnose` runs them all and puts the root cause first."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple, cast

from curlx.findings import Diagnosis, Finding
from curlx.timeline import Timeline

Diagnose = Callable[[Timeline], Iterator[Finding]]

_CERTAINTIES = ("certain", "likely", "possible")
_SEVERITIES = ("error", "warning", "note")


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
    findings = [finding for entry in known().values() for finding in entry.diagnose(timeline) if finding.evidence]
    ranked = sorted(findings, key=lambda finding: _rank(finding, findings))
    return tuple(_once(ranked))


def _rank(finding: Finding, findings: list[Finding]) -> tuple[int, bool, int, int, int]:
    """Order by severity, cause before symptom, then by where it happened and how sure curlx is."""
    return (
        _SEVERITIES.index(finding.severity),
        any(_explains(other, finding) for other in findings),
        finding.transfer,
        _CERTAINTIES.index(finding.certainty),
        finding.evidence[0].line,
    )


def _explains(cause: Finding, symptom: Finding) -> bool:
    if cause.transfer != symptom.transfer or cause.code == symptom.code:
        return False
    if _SEVERITIES.index(cause.severity) > _SEVERITIES.index(symptom.severity):
        return False  # a note is no cause of an error
    return any(
        symptom.code.startswith(name) if name.endswith("-") else symptom.code == name
        for name in known()[cause.code].diagnosis.explains
    )


def _once(findings: list[Finding]) -> Iterator[Finding]:
    seen = set()
    for finding in findings:
        key = (finding.code, finding.transfer)
        if key not in seen:
            seen.add(key)
            yield finding
