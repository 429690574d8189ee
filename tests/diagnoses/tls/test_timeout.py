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
