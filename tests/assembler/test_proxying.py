from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curlx.assembler import assemble
from curlx.assembler.proxying import split_authority
from curlx.lines import split
from curlx.reader import read
from curlx.timeline import Connection, Timeline

Assemble = Callable[..., Timeline]

TUNNEL = ("*   Trying 192.0.2.9:3128...", "* Connected to proxy.example (192.0.2.9) port 3128 (#0)",
          "* Establish HTTP proxy tunnel to shop.example:443", "> CONNECT shop.example:443 HTTP/1.1", "> Host: shop.example:443", "> ")  # fmt: skip
TELLS = re.compile(rb"HTTP/|CONNECT|SOCKS|proxy|connect|curl:|location|^[<>] *\r?$", re.IGNORECASE)
"""What a line says that a proxy, or the way to one, may have to do with."""
LOGS = [path.read_bytes() for path in sorted((Path(__file__).parents[2] / "fixtures").rglob("*.log"))]
OF_PROXIES = [
    tuple(line for line in log.splitlines(keepends=True) if TELLS.search(line))
    for log in LOGS
    if b" 407" in log or b"SOCKS" in log or b"CONNECT " in log
]
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


def test_a_challenge_is_followed_by_another_answer_of_the_proxy(assembled: Assemble) -> None:
    challenged = ("< HTTP/1.1 407 Proxy Authentication Required", "< ")
    for again in ((), (TUNNEL[2],)):
        connection = only(assembled(*TUNNEL[:3], *challenged, *again, *STANDS, "@secured"))
        assert connection.proxy is not None
        assert connection.proxy.connect is not None
        assert connection.proxy.connect.response is not None
        assert connection.proxy.connect.response.status == 200
        assert connection.proxy.established is not None
        assert connection.proxy.established.value


def test_a_head_without_end_behind_a_challenge_does_not_say_that_the_tunnel_was_refused(assembled: Assemble) -> None:
    connection = only(assembled(TUNNEL[2], "< HTTP/1.1 407 Proxy Authentication Required", "< ", STANDS[0]))
    assert connection.proxy is not None
    assert connection.proxy.established is None


def test_a_login_that_was_asked_for_again_keeps_its_last_word(assembled: Assemble) -> None:
    challenged = ("< HTTP/1.1 407 Proxy Authentication Required", "< ", TUNNEL[2])
    said = "* Received HTTP code 407 from proxy after CONNECT"
    transfer = assembled(*TUNNEL[:3], *challenged, said, "* Closing connection 0").transfers[0]
    assert [each.number for each in transfer.complaints] == [407]
    proxy = transfer.connections[0].proxy
    assert proxy is not None
    assert proxy.connect is None


def test_behind_connect_the_proxys_certificate_is_no_longer_in_question(assembled: Assemble) -> None:
    said = "* SSL: no alternative certificate subject name matches target hostname 'shop.example'"
    ticket = "* TLSv1.3 (IN), TLS handshake, Newsession Ticket (4):"
    for between in ((), (ticket,), STANDS):
        connection = only(assembled("@secured", *TUNNEL[2:], *between, said, "* Closing connection 0"))
        assert connection.proxy_tls is not None
        assert connection.proxy_tls.verdict != "rejected"
        assert connection.tls is not None
        assert connection.tls.verdict == "rejected"


def test_a_tunnel_behind_a_request_through_another_has_a_connection_of_its_own(assembled: Assemble) -> None:
    moved = ("< HTTP/1.1 302 Moved", "< Content-Length: 0", "< ")
    lines = (*TUNNEL, *STANDS, "@secured", "@asked", *moved, "> CONNECT images.example:443 HTTP/1.1", "> ")
    first, second = assembled(*lines).transfers[0].connections
    assert first.tls is not None
    assert first.proxy_tls is None
    assert second.target_host == "images.example"


@settings(max_examples=400, deadline=None)
@given(
    log=st.sampled_from(OF_PROXIES), chance=st.randoms(use_true_random=False), lacks=st.sampled_from([b">", b"*", b"-"])
)
def test_any_lines_of_a_log_of_a_proxy_can_be_assembled(log: tuple[bytes, ...], chance: Random, lacks: bytes) -> None:
    kept = (line for line in log * 2 if not line.startswith(lacks) and chance.random() < 0.8)
    assemble(read(split([b"".join(kept)])))
