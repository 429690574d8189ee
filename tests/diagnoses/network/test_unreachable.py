from __future__ import annotations

import pytest

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


def test_the_address_that_curl_had_to_start_from_may_have_no_way():
    log = (
        "$ curl -v --interface 203.0.113.184 http://198.51.100.1/\n"
        "*   Trying 198.51.100.1:80...\n"
        "* connect to 198.51.100.1 port 80 failed: No route to host\n"
        "* Failed to connect to 198.51.100.1 port 80: No route to host\n"
        "curl: (7) Failed to connect to 198.51.100.1 port 80: No route to host\n"
    )
    found, plain = (curlx.explain(each).findings[0] for each in (log, log.replace("--interface 203.0.113.184 ", "")))
    assert "from `--interface 203.0.113.184`" in found.summary
    assert "203.0.113.184" in found.causes[0]
    assert found.remedies[0].commands == ("ip route get 198.51.100.1 from 203.0.113.184",)
    assert "this machine" in plain.summary
    assert "interface" not in str(plain)


@pytest.mark.parametrize(("url", "address", "commands"), [
    ("http://deals.example/", "2001:db8:1::1a", ("curl -v -4 http://deals.example/",)),
    ("http://[2001:db8:1::1a]/", "2001:db8:1::1a", ()),
])  # fmt: skip
def test_an_ipv6_address_that_only_curls_last_word_shows_points_at_missing_ipv6(
    url: str, address: str, commands: tuple[str, ...]
) -> None:
    log = f'$ curl "{url}"\ncurl: (7) Failed to connect to {address}: Network is unreachable\n'
    found = curlx.explain(log).findings[0]
    assert found.code == "network-unreachable"
    assert "this machine has no IPv6 connection" in found.causes[0]
    assert not any("192.168" in cause for cause in found.causes)
    assert found.remedies[0].commands == commands


def test_a_private_address_is_the_first_cause() -> None:
    said = "curl: (7) Failed to connect to {} port 3000: Network is unreachable\n"
    causes = [curlx.explain(said.format(each)).findings[0].causes for each in ("192.168.1.96", "203.0.113.9")]
    assert ["is a private address" in each[0] for each in causes] == [True, False]
    assert [sum("private" in cause for cause in each) for each in causes] == [1, 1]


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "0.0.0.0", "::ffff:127.0.0.1"])  # noqa: S104
def test_this_machine_is_not_behind_a_vpn(address: str) -> None:
    said = f"curl: (7) Failed to connect to {address} port 3000: Network is unreachable\n"
    found = curlx.explain(said.encode()).findings[0]
    assert any("is this machine itself" in each for each in found.causes)
    assert not any("VPN" in each for each in (*found.causes, *(step for one in found.remedies for step in one.steps)))


def test_an_ipv4_address_written_as_one_of_ipv6_is_of_ipv4() -> None:
    said = "curl: (7) Failed to connect to ::ffff:203.0.113.9 port 443: Network is unreachable\n"
    causes = curlx.explain(said.encode()).findings[0].causes
    assert not any("IPv6" in each or "is a private address" in each for each in causes)
