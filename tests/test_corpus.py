"""Every captured log under fixtures/logs gives a right verdict and contradicts no fact of how it was made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import curlx
from curlx.report import Report

LOGS = Path(__file__).parent.parent / "fixtures" / "logs"
CASES = sorted(LOGS.glob("*.log"))


def explained(path: Path) -> tuple[Report, dict[str, Any]]:
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return curlx.explain(path.read_bytes(), source=path.name), truth


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_verdict_is_right(path: Path) -> None:
    report, truth = explained(path)
    errors = [finding for finding in report.findings if finding.severity == "error"]
    codes = [finding.code for finding in report.findings]
    if truth["quiet"]:
        assert not errors, codes
    elif errors:
        assert errors[0].code in truth["accept"] + truth["vague"], codes
        if errors[0].code not in truth["accept"]:
            assert errors[0].certainty != "certain", codes
    else:
        assert set(codes) & set(truth["accept"]), codes


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_fact_is_contradicted(path: Path) -> None:
    report, truth = explained(path)
    summary = report.summary
    seen = {
        "client_certificate_requested": summary.client_certificate.requested,
        "client_certificate_sent": summary.client_certificate.sent,
        "server_certificate": summary.server_certificate,
        "tls_version": summary.tls_version,
        "alpn": summary.alpn,
        "proxy": summary.proxy,
        "http_statuses": list(summary.http_statuses),
    }
    for name, value in truth["facts"].items():
        allowed = value if isinstance(value, list) and name != "http_statuses" else [value]
        assert seen[name] in [*allowed, "unknown", None], name


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_line_of_evidence_is_a_line_of_the_log(path: Path) -> None:
    report, _ = explained(path)
    lines = path.read_bytes().decode("utf-8", "replace").splitlines()
    for finding in report.findings:
        assert finding.evidence, finding.code
        for proof in finding.evidence:
            assert 1 <= proof.line <= len(lines), finding.code


def test_the_corpus_covers_every_tls_library() -> None:
    libraries = {json.loads(path.read_text(encoding="utf-8"))["tls"] for path in LOGS.glob("*.json")}
    assert libraries == {"openssl", "gnutls", "nss", "wolfssl", "mbedtls", "boringssl", "schannel"}
