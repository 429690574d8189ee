"""A log that was cut anywhere is explained without an error, and never with more certainty than the whole log bears.

Every fixture is cut at the end and in the middle of each of its lines; `CURLX_EVERY_BYTE=1` cuts it at every byte, which
takes some twenty minutes.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

import curlx
from curlx.findings import Finding

FIXTURES = Path(__file__).parent.parent / "fixtures"
LOGS = sorted(path for path in FIXTURES.rglob("*") if path.suffix in (".log", ".txt"))
SHORTEST = sorted((FIXTURES / "logs").glob("*.log"), key=lambda path: (path.stat().st_size, path.name))[:4]
EVERY_BYTE = bool(os.environ.get("CURLX_EVERY_BYTE"))
REASONS = {
    "client-certificate-rejected": tuple(
        f"client-certificate-{why}" for why in ("untrusted", "expired", "revoked", "unsuitable")
    ),
    "http-bad-request": ("http-headers-too-large",),
}
"""That a certificate was refused, that the answer was 400, stays true when the rest of the log tells why."""
WHOLE_IN_ITSELF = {
    "diagnoses/http-bad-gateway/quiet-retried-successfully.log",
    "diagnoses/http-rate-limited/quiet-retried-successfully.log",
    "diagnoses/http-rate-limited/quiet-retried.log",
    "diagnoses/http-stream-reset/quiet-retried-successfully.log",
    "diagnoses/http-unavailable/quiet-retried-successfully.log",
    "diagnoses/log-unfinished/fires-waits-for-a-retry.log",
    "diagnoses/network-empty-reply/quiet-retried-without-a-word.log",
    "diagnoses/network-reset/quiet-retried-without-a-word.log",
    "diagnoses/network-transfer-interrupted/quiet-retried-in-8.22s-words.log",
    "diagnoses/network-transfer-interrupted/quiet-retried.log",
    "wrapped/hostile-chunks-unbuffered-8.23.log",
    "wrapped/hostile-handshake-then-farewell.log",
    "wrapped/hostile-talk-with-crlf.log",
    "wrapped/retry-answered-without-talk.log",
    "wrapped/retry-without-v-that-succeeded.log",
    "wrapped/second-try-lost-its-arrows.log",
}
"""Logs with a prefix that is the whole log of a call that failed: what came then was `--retry`, or shows that the failure
was the text of a page that imitates curl to its farewell. No reader of the prefix can know."""

TOLD_LATE = {
    "wrapped/body-before-the-log.log",
    "wrapped/body-before-the-log-of-a-503.log",
    "wrapped/chunked-body-before-the-log.log",
}
"""Logs behind the body: that what stands first is no log is known when curl has told its length."""


@cache
def codes_of_the_whole(path: Path) -> tuple[frozenset[str], str]:
    findings = curlx.explain(path.read_bytes()).findings
    verdict = next((finding.code for finding in findings if finding.severity == "error"), "")
    return frozenset(finding.code for finding in findings), verdict


def overconfident(path: Path, data: bytes) -> list[Finding]:
    """The certain errors that a prefix shows and the whole log does not; what is said of the prefix itself is true of
    it."""
    codes, verdict = codes_of_the_whole(path)
    report = curlx.explain(data)
    findings = [one for one in report.findings if not one.code.startswith("log-")]
    errors = [finding for finding in findings if finding.severity == "error" and finding.certainty == "certain"]
    wrong = [one for one in errors if not verdict or not codes & {one.code, *REASONS.get(one.code, ())}]
    if path.relative_to(FIXTURES).as_posix() not in WHOLE_IN_ITSELF:
        return wrong
    calls = report.timeline.transfers
    return [one for one in wrong if not any(call.parted for call in calls[: one.transfer + 1])]


def positions(data: bytes, *, told_late: bool) -> list[int]:
    start = data.index(b"\n", data.rindex(b"{ [")) + 1 if told_late else 0
    if EVERY_BYTE:
        return list(range(start, len(data)))
    found = set()
    data, before = data[start:], start
    start = 0
    for line in data.splitlines(keepends=True):
        found |= {start + len(line) // 2, start + len(line)}
        start += len(line)
    return sorted(before + position for position in found - {len(data)})


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_a_prefix_is_never_certain_of_what_the_whole_log_contradicts(path: Path) -> None:
    data = path.read_bytes()
    wrong = {
        position: overconfident(path, data[:position])
        for position in positions(data, told_late=path.relative_to(FIXTURES).as_posix() in TOLD_LATE)
    }
    assert {position: [finding.code for finding in found] for position, found in wrong.items() if found} == {}


@pytest.mark.parametrize("path", SHORTEST, ids=lambda path: path.stem)
def test_no_prefix_of_a_short_log_is_certain_of_what_the_whole_log_contradicts(path: Path) -> None:
    data = path.read_bytes()
    wrong = {position: overconfident(path, data[:position]) for position in range(len(data))}
    assert {position: [finding.code for finding in found] for position, found in wrong.items() if found} == {}


@pytest.mark.parametrize("path", SHORTEST, ids=lambda path: path.stem)
def test_the_evidence_of_a_prefix_lies_in_the_prefix(path: Path) -> None:
    data = path.read_bytes()
    for position in range(1, len(data), 17):
        report = curlx.explain(data[:position])
        for finding in report.findings:
            assert finding.evidence
            assert all(1 <= proof.line <= report.source.lines for proof in finding.evidence), finding.code
