from __future__ import annotations

from curlx.diagnoses.network.quic import diagnose
from curlx.timeline import Complaint


def test_http2_is_the_way_out(log):
    (finding,) = diagnose(log(("quic", "connect", "QUIC connect failed")))
    assert finding.remedies[0].commands == ("curl -v --http2 https://api.example.com/things",)


def test_a_fallback_that_was_answered_is_no_problem(log):
    assert not list(diagnose(log(Complaint("quic", "", 5, "connect"), connected=True, status=200)))
