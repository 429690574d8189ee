from __future__ import annotations

import curlx
from curlx.diagnoses.network.unreachable import diagnose


def test_only_ipv6_addresses_point_at_missing_ipv6(log):
    told = log(("connect-unreachable", "connect", ""), attempts=(("2001:db8::1", "connect-unreachable"),))
    (finding,) = diagnose(told)
    assert "IPv6" in finding.causes[0]
    assert "-6" in " ".join(finding.remedies[0].steps)


def test_an_unreachable_ipv6_beside_a_refusing_ipv4_is_not_the_problem(log):
    attempts = (("2001:db8::1", "connect-unreachable"), ("192.0.2.1", "connect-refused"))
    assert not list(diagnose(log(("connect-failed", "connect", ""), attempts=attempts)))


def test_the_servers_own_firewall_may_say_that_there_is_no_way() -> None:
    why = "connect to 192.0.2.7 port 443 failed: No route to host"
    found = curlx.explain(f"*   Trying 192.0.2.7:443...\n* {why}\ncurl: (7) {why}\n").findings[0]
    assert any("the server's own" in cause for cause in found.causes)
