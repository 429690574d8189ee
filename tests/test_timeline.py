from __future__ import annotations

import pytest

import curlx
from curlx.timeline import Certificate, Connection, Exchange, Fact, Proxy, Tls, Transfer, authority

THROUGH_A_PROXY = """$ curl -v -x http://[2001:db8::9]:3128 https://a.example/
* Connected to 2001:db8::9 (2001:db8::9) port 3128
* Establish HTTP proxy tunnel to a.example:443
> CONNECT a.example:443 HTTP/1.1
> Host: a.example:443
>
< HTTP/1.1 200 OK
<
* CONNECT tunnel established, response 200
* SSL certificate problem: self-signed certificate
* Closing connection
"""


@pytest.mark.parametrize(("host", "port", "written"), [
    ("a.example", 443, "a.example:443"), ("a.example", None, "a.example"),
    ("2001:db8::9", 443, "[2001:db8::9]:443"), ("[2001:db8::9]", 443, "[2001:db8::9]:443"), ("::1", None, "[::1]"),
])  # fmt: skip
def test_an_ipv6_address_stands_in_brackets_once(host: str, port: int | None, written: str) -> None:
    assert authority(host, port) == written


def test_a_proxy_with_an_ipv6_address_is_written_so_that_a_command_finds_its_port() -> None:
    report = curlx.explain(THROUGH_A_PROXY)
    commands = [command for each in report.findings[0].remedies for command in each.commands]
    assert any("-proxy '[2001:db8::9]:3128'" in command for command in commands)
    assert "Tunnel through [2001:db8::9]:3128 to a.example:443" in [each.title for each in report.timeline.sections]


def test_a_line_is_of_the_connection_begun_last_before_it() -> None:
    first, last = Connection(5, 9), Connection(10, 19)
    transfer = Transfer(1, 30, connections=(first, last))
    assert [transfer.connection_at(line) for line in (6, 10, 25)] == [first, last, last]
    assert transfer.connection_at(2) is last
    assert Transfer(1, 9).connection_at(2) is None


def test_a_line_is_of_the_exchange_begun_last_before_it_a_tunnels_among_them() -> None:
    tunnel, answer = Exchange(0, 4, 6), Exchange(0, 9, 12)
    proxied = Connection(1, 12, proxy=Proxy("tunnel", 2, connect=tunnel))
    transfer = Transfer(1, 12, connections=(proxied,), exchanges=(answer,))
    assert [transfer.exchange_at(line) for line in (3, 4, 8, 9, 20)] == [None, tunnel, tunnel, answer, answer]


def test_what_reads_curls_output_stands_behind_the_pipes_of_its_command() -> None:
    piped = Transfer(1, 2, command=Fact("curl -v https://a.example 2>&1 |grep -m 1 '<' | tee log.txt", 1))
    assert piped.readers == (("grep", "-m", "1", "'<'"), ("tee", "log.txt"))
    assert Transfer(1, 2).readers == ()


def test_a_certificate_has_expired_only_by_a_date_that_the_log_has() -> None:
    certificate = Certificate("origin", 1, 4, not_after_at="2026-01-02T00:00:00Z")
    assert certificate.has_expired(Fact("2026-01-02T00:00:01Z", 9))
    assert not certificate.has_expired(Fact("2026-01-02T00:00:00Z", 9))
    assert not certificate.has_expired(None)
    assert not Certificate("origin", 1, 4).has_expired(Fact("2026-01-02T00:00:01Z", 9))


def test_none_is_no_place_of_authorities() -> None:
    trust = (Fact("none", 3), Fact("/etc/ssl/certs", 4))
    assert Tls("origin", 1, 9, True, trust=trust).trusted_places == trust[1:]
