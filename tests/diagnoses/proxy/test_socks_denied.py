from __future__ import annotations

from curlx.diagnoses.proxy.socks_denied import diagnose
from curlx.timeline import Complaint


def test_the_rule_and_the_target_are_named(log):
    (finding,) = diagnose(
        log(
            Complaint("socks-denied", "(2)", 40, "proxy", 2),
            kind="socks",
            socks=5,
        )
    )
    assert finding.certainty == "certain"
    assert "api.example.com:443" in finding.summary
    assert [proof.line for proof in finding.evidence] == [40, 11, 6]
