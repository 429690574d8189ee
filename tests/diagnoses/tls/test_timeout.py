from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import curlx
from curlx.diagnoses.tls.timeout import diagnose
from curlx.timeline import Timeline

SAID = ("connect-timeout", "Connection timed out after 2001 milliseconds")


def test_a_timeout_after_the_handshake_is_another_matter(tls_log: Callable[..., Timeline]) -> None:
    assert not list(diagnose(tls_log(("timeout", "Operation timed out after 3003 ms"), phase="response")))


def test_a_server_hello_without_its_certificate_speaks_for_lost_packets(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(SAID, messages=(("out", 1), ("in", 2))))
    assert "its Certificate, which comes next, did not arrive" in finding.summary
    assert "the Certificate is the first message that needs large ones" in finding.causes[0]
    assert any("did not follow" in item.shows for item in finding.evidence)


def test_a_certificate_that_came_was_not_lost(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(SAID, messages=(("out", 1), ("in", 2), ("in", 11))))
    assert "did not arrive" not in finding.summary


def test_where_lines_were_taken_out_nobody_knows_how_far_the_handshake_got() -> None:
    log = Path(__file__).parents[3] / "fixtures" / "diagnoses" / "tls-timeout" / "fires-behind-a-gap.log"
    (finding, *_) = curlx.explain(log.read_bytes()).findings
    assert finding.certainty == "likely"
    assert "did not arrive" not in finding.summary


def test_a_short_limit_is_named_and_a_longer_one_given(tls_log: Callable[..., Timeline]) -> None:
    (short,) = diagnose(tls_log(SAID, number=2001))
    assert "after 2.0 seconds" in short.summary
    assert any("2.0 seconds, is too short" in cause for cause in short.causes)
    assert any("--connect-timeout 120 --max-time 120" in each for fix in short.remedies for each in fix.commands)
    (long,) = diagnose(tls_log(("connect-timeout", "Connection timed out after 300001 milliseconds"), number=300001))
    assert "after 300.0 seconds" in long.summary
    assert not any("too short" in cause for cause in long.causes)
