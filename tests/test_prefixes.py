"""A log that was cut anywhere is explained without an error, and never with more certainty than the whole log bears."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import curlx
from curlx.findings import Finding

FIXTURES = Path(__file__).parent.parent / "fixtures"
FOUNDING = FIXTURES / "founding.log"
LOGS = [FOUNDING, *sorted((FIXTURES / "logs").glob("*.log"))]
SHORTEST = sorted(LOGS, key=lambda path: (path.stat().st_size, path.name))[:4]
REASONS = {
    "client-certificate-rejected": tuple(
        f"client-certificate-{why}" for why in ("untrusted", "expired", "revoked", "unsuitable")
    )
}
"""That a certificate was refused stays true when the rest of the log tells why."""
CUTS = 40
"""Positions at which each log is cut, spread evenly; those of one log lie between those of the next."""


@cache
def codes_of_the_whole(path: Path) -> tuple[frozenset[str], str]:
    findings = curlx.explain(path.read_bytes()).findings
    verdict = next((finding.code for finding in findings if finding.severity == "error"), "")
    return frozenset(finding.code for finding in findings), verdict


def overconfident(path: Path, position: int) -> list[Finding]:
    """The certain errors that a prefix shows and the whole log does not; what is said of the prefix itself is true of
    it."""
    codes, verdict = codes_of_the_whole(path)
    findings = [one for one in curlx.explain(path.read_bytes()[:position]).findings if not one.code.startswith("log-")]
    errors = [finding for finding in findings if finding.severity == "error" and finding.certainty == "certain"]
    return [one for one in errors if not verdict or not codes & {one.code, *REASONS.get(one.code, ())}]


def positions(path: Path) -> list[int]:
    size = path.stat().st_size
    first = LOGS.index(path) % 7
    return sorted({min(size - 1, (number * size + first * size // 7) // CUTS) for number in range(1, CUTS + 1)})


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_a_prefix_is_never_certain_of_what_the_whole_log_contradicts(path: Path) -> None:
    wrong = {position: overconfident(path, position) for position in positions(path)}
    assert {position: [finding.code for finding in found] for position, found in wrong.items() if found} == {}


@pytest.mark.parametrize("path", SHORTEST, ids=lambda path: path.stem)
def test_no_prefix_of_a_short_log_is_certain_of_what_the_whole_log_contradicts(path: Path) -> None:
    wrong = {position: overconfident(path, position) for position in range(path.stat().st_size)}
    assert {position: [finding.code for finding in found] for position, found in wrong.items() if found} == {}


@pytest.mark.parametrize("path", SHORTEST, ids=lambda path: path.stem)
def test_the_evidence_of_a_prefix_lies_in_the_prefix(path: Path) -> None:
    data = path.read_bytes()
    for position in range(1, len(data), 17):
        report = curlx.explain(data[:position])
        for finding in report.findings:
            assert finding.evidence
            assert all(1 <= proof.line <= report.source.lines for proof in finding.evidence), finding.code
