from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.server_certificate.unverified import diagnose
from curlx.timeline import Timeline


def test_it_is_a_note_and_says_what_is_hidden(tls_log: Callable[..., Timeline]) -> None:
    timeline = tls_log(verdict="unverified", verdict_line=14, verdict_reason="certificate-expired")
    (finding,) = diagnose(timeline)
    assert finding.severity == "note"
    assert "it has expired" in finding.summary


def test_a_checked_certificate_needs_no_note(tls_log: Callable[..., Timeline]) -> None:
    assert not list(diagnose(tls_log(verdict="accepted", verdict_line=14)))


def test_no_ca_stands_behind_a_self_signed_certificate(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(verdict="unverified", verdict_line=14, verdict_reason="certificate-self-signed"))
    assert "No CA" in finding.remedies[0].steps[0]
