from __future__ import annotations

import pytest

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
