from __future__ import annotations

from curlx.diagnoses.proxy.closed import diagnose


def test_a_proxy_that_hangs_up_after_connect_is_found(log):
    (finding,) = diagnose(log(("proxy-connect-aborted", "proxy", "Proxy CONNECT aborted")))
    assert [proof.line for proof in finding.evidence] == [40, 12, 6]
    assert "socks5h://proxy.example.com:3128" in finding.remedies[0].commands[0]


def test_a_socks_proxy_that_hangs_up_is_found(log):
    (finding,) = diagnose(log(("socks-closed", "proxy", ""), kind="socks"))
    assert "http://proxy.example.com:3128" in finding.remedies[0].commands[0]


def test_a_reset_while_the_proxy_is_asked_is_the_proxys(log):
    assert list(diagnose(log(("reset", "proxy", "Recv failure"))))
    assert not list(diagnose(log(("reset", "request", "Recv failure"))))


def test_a_proxy_that_answered_before_it_closed_is_not(log):
    assert not list(diagnose(log(("proxy-connect-aborted", "proxy", ""), status=403)))


def test_a_proxy_that_is_slow_has_not_closed(log):
    assert not list(diagnose(log(("proxy-connect-aborted", "proxy", "Proxy CONNECT aborted due to timeout"))))
