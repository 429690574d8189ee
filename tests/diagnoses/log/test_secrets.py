from __future__ import annotations

from curlx.diagnoses.log.secrets import diagnose
from curlx.timeline import Secret, Timeline


def test_kinds_and_lines_are_told_and_each_line_once() -> None:
    secrets = (Secret("authorization", 4), Secret("cookie", 6), Secret("cookie", 6))
    (finding,) = diagnose(Timeline(secrets=secrets, quotes={4: "> Authorization: Basic (hidden)"}))
    assert finding.severity == "warning"
    assert "authorization, cookie" in finding.summary
    assert [proof.line for proof in finding.evidence] == [4, 6]


def test_many_lines_are_counted_not_listed() -> None:
    (finding,) = diagnose(Timeline(secrets=tuple(Secret("cookie", line) for line in range(1, 31))))
    assert len(finding.evidence) == 10
    assert "20 more lines" in finding.summary


def test_a_log_without_secrets_is_fine() -> None:
    assert not list(diagnose(Timeline()))
