from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.network.connect_timeout import diagnose


@pytest.mark.parametrize("kind", ["timeout", "connect-timeout"])
def test_silence_before_a_connection_is_found(log, kind):
    (finding,) = diagnose(log((kind, "connect", "Connection timed out"), attempts=(("192.0.2.1", None),)))
    assert finding.evidence[0].line == 40
    assert "nc -vz -w 5 api.example.com 443" in finding.remedies[0].commands


def test_a_lookup_is_no_connection(log):
    assert not list(diagnose(log(("resolve-timeout", "start", "Resolving timed out"))))


@pytest.mark.parametrize("phase", ["tls", "request", "response"])
def test_later_timeouts_are_not_its_business(log, phase):
    assert not list(diagnose(log(("timeout", phase, ""), connected=True)))


@pytest.mark.parametrize(("milliseconds", "patient"), [(130061, True), (3004, False)])
def test_who_waited_for_minutes_had_no_limit_that_is_too_short(milliseconds: int, patient: bool) -> None:
    said = f"Failed to connect to a.example port 443 after {milliseconds} ms: Connection timed out"
    (finding,) = curlx.explain(f"*   Trying 192.0.2.1:443...\n* {said}\ncurl: (28) {said}\n").findings
    assert ("is too short" in str(finding.causes)) == (not patient)
    assert ("--connect-timeout 10" in str(finding.remedies)) == patient
