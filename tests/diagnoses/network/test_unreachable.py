from __future__ import annotations

from curlx.diagnoses.network.unreachable import diagnose


def test_only_ipv6_addresses_point_at_missing_ipv6(log):
    told = log(("connect-unreachable", "connect", ""), attempts=(("2001:db8::1", "connect-unreachable"),))
    (finding,) = diagnose(told)
    assert "IPv6" in finding.causes[0]
    assert "-6" in " ".join(finding.remedies[0].steps)


def test_an_unreachable_ipv6_beside_a_refusing_ipv4_is_not_the_problem(log):
    attempts = (("2001:db8::1", "connect-unreachable"), ("192.0.2.1", "connect-refused"))
    assert not list(diagnose(log(("connect-failed", "connect", ""), attempts=attempts)))
