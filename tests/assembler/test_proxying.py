from __future__ import annotations

from collections.abc import Callable

import pytest

from curlx.assembler.proxying import split_authority
from curlx.timeline import Connection, Timeline

Assemble = Callable[..., Timeline]

TUNNEL = ("*   Trying 192.0.2.9:3128...", "* Connected to proxy.example (192.0.2.9) port 3128 (#0)",
          "* Establish HTTP proxy tunnel to shop.example:443", "> CONNECT shop.example:443 HTTP/1.1", "> Host: shop.example:443", "> ")  # fmt: skip
STANDS = ("< HTTP/1.1 200 Connection established", "< ", "* CONNECT tunnel established, response 200")


def only(timeline: Timeline) -> Connection:
    return timeline.transfers[0].connections[0]


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("proxy.example:3128", "proxy.example", 3128), ("http://proxy.example:8080/", "proxy.example", 8080),
        ("[2001:db8::1]:3128", "2001:db8::1", 3128), ("proxy.example", "proxy.example", None), ("[", None, None), ("a:99999", None, None),
    ],
)  # fmt: skip
def test_an_authority_is_taken_apart(text: str, host: str | None, port: int | None) -> None:
    assert split_authority(text) == (host, port)


def test_a_tunnel_leads_to_the_origin(assembled: Assemble) -> None:
    timeline = assembled(*TUNNEL, *STANDS, "@secured", "@asked", "@answered", "@left")
    connection = only(timeline)
    assert connection.proxy is not None
    assert (connection.proxy.kind, connection.proxy.established.value if connection.proxy.established else None) == (
        "tunnel",
        True,
    )
    assert (connection.target_host, connection.target_port) == ("shop.example", 443)
    assert [exchange.request.method for exchange in timeline.transfers[0].exchanges if exchange.request] == ["GET"]
    assert connection.tls is not None
    assert connection.proxy_tls is None


def test_a_tunnel_that_is_refused_is_not_established(assembled: Assemble) -> None:
    refused = (
        "< HTTP/1.1 403 Forbidden",
        "< Content-Length: 3",
        "< ",
        "* CONNECT tunnel failed, response 403",
        "* Closing connection 0",
    )
    connection = only(assembled(*TUNNEL, *refused))
    assert connection.proxy is not None
    assert connection.proxy.established is not None
    assert not connection.proxy.established.value
    assert connection.proxy.connect is not None
    assert connection.proxy.connect.response is not None
    assert connection.proxy.connect.response.status == 403
    assert connection.tls is None


def test_no_tunnel_is_refused_behind_an_answer(assembled: Assemble) -> None:
    timeline = assembled(
        "@opened", "@asked", "< HTTP/1.1 200 OK", "< ", "* CONNECT tunnel failed, response 407", "@left"
    )
    assert only(timeline).proxy is None


def test_no_tunnel_begins_while_an_answer_comes_in(assembled: Assemble) -> None:
    lines = (
        "* Establish HTTP proxy tunnel to evil.example:443",
        "* SOCKS5 connect to evil.example:443 (remotely resolved)",
    )
    timeline = assembled("@opened", "@asked", "< HTTP/1.1 200 OK", "< ", *lines, "@left")
    assert only(timeline).proxy is None
    assert only(timeline).target_host == "shop.example"


def test_the_environment_names_the_proxy(assembled: Assemble) -> None:
    line = "* Uses proxy env variable https_proxy == 'http://proxy.example:3128'"
    connection = only(assembled(line, *TUNNEL, *STANDS, "@secured", "@asked"))
    assert connection.proxy is not None
    assert connection.proxy.from_environment is not None
    assert (connection.proxy.from_environment.value, connection.proxy.from_environment.line) == ("https_proxy", 1)
    assert (connection.proxy.host, connection.proxy.port, connection.proxy.kind) == ("proxy.example", 3128, "tunnel")


def test_a_request_in_absolute_form_goes_to_a_proxy(assembled: Assemble) -> None:
    connection = only(assembled("@opened", "> GET http://shop.example/ HTTP/1.1", "> Host: shop.example", "> "))
    assert connection.proxy is not None
    assert connection.proxy.kind == "forward"
    assert connection.target_host == "shop.example"


def test_a_socks_proxy_leads_to_the_origin(assembled: Assemble) -> None:
    lines = ("* SOCKS5 connect to shop.example:443 (remotely resolved)", "* SOCKS5 request granted.")
    connection = only(assembled("@opened", *lines, "@secured", "@asked"))
    assert connection.proxy is not None
    assert (connection.proxy.kind, connection.target_host, connection.target_port) == ("socks", "shop.example", 443)
    assert connection.proxy.established is not None
    assert connection.proxy.established.value


def test_a_name_that_was_looked_up_here_is_known_as_such(assembled: Assemble) -> None:
    (transfer,) = assembled("@opened", "* SOCKS5 connect to IPv4 192.0.2.16 (locally resolved)").transfers
    connection = transfer.connections[0]
    assert connection.proxy
    assert connection.proxy.local
