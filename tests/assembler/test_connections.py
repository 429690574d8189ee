from __future__ import annotations

from collections.abc import Callable

from curlx.assembler.connections import ConnectionDraft
from curlx.timeline import Timeline

Assemble = Callable[..., Timeline]


def test_a_connection_is_found_again_by_its_number_or_its_host() -> None:
    connection = ConnectionDraft(1, 2, number=3, host="shop.example")
    assert connection.matches(3, None)
    assert connection.matches(3, "other.example")
    assert connection.matches(None, "shop.example:443")
    assert not connection.matches(4, "shop.example")
    assert not connection.matches(None, "other.example")


def test_a_second_url_of_the_same_host_uses_the_connection_again(assembled: Assemble) -> None:
    timeline = assembled(
        "@opened", "@secured", "@asked", "@answered", "@left", "@again", "@asked", "@answered", "@left"
    )
    first, second = timeline.transfers
    assert not first.connections[0].reused
    (connection,) = second.connections
    assert connection.reused
    assert connection.number == 0
    assert connection.tls is not None
    assert connection.tls.verdict == "accepted"


def test_a_connection_that_is_used_again_without_having_been_seen_is_one_all_the_same(assembled: Assemble) -> None:
    timeline = assembled("* Re-using existing connection #4 with host shop.example", "@asked", "@answered")
    (connection,) = timeline.transfers[0].connections
    assert (connection.number, connection.host, connection.reused) == (4, "shop.example", True)


def test_behind_a_tunnel_the_second_handshake_is_the_origins(assembled: Assemble) -> None:
    timeline = assembled(
        "*   Trying 192.0.2.9:3130...", "@secured",
        "* Establish HTTP proxy tunnel to shop.example:443", "> CONNECT shop.example:443 HTTP/1.1", "> Host: shop.example:443", "> ",
        "< HTTP/1.1 200 Connection established", "< ", "* CONNECT tunnel established, response 200",
        "@secured", "@asked", "@answered",
    )  # fmt: skip
    (connection,) = timeline.transfers[0].connections
    assert connection.proxy_tls is not None
    assert connection.tls is not None
    assert connection.proxy_tls.role == "proxy"
    assert connection.proxy_tls.last_line < connection.tls.first_line
    assert (connection.target_host, connection.target_port) == ("shop.example", 443)
