from __future__ import annotations

import pytest

import curlx
from curlx.timeline import Connection, Transfer, authority

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
