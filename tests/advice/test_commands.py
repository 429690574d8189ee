from __future__ import annotations

import shlex

from hypothesis import given
from hypothesis import strategies as st

from curlx.advice.commands import Endpoint, curl, endpoint_of, quote, show_chain
from curlx.timeline import Connection, Proxy, Transfer


@given(st.text())
def test_a_quoted_word_is_one_word_for_the_shell(word: str) -> None:
    kept = "".join(char for char in word if char.isprintable())
    assert shlex.split(quote(word)) == [kept]


def test_the_origin_is_the_endpoint_and_the_proxy_stands_beside_it() -> None:
    proxy = Proxy("tunnel", 1, host="proxy.example", port=3128)
    connection = Connection(1, 9, host="proxy.example", port=3128, target_host="api.example.com", target_port=8443,
                            proxy=proxy)  # fmt: skip
    endpoint = endpoint_of(Transfer(1, 9, url="https://api.example.com:8443/v1", connections=(connection,)))
    assert endpoint == Endpoint("api.example.com", 8443, "/v1", "proxy.example:3128")
    assert show_chain(endpoint) == (
        "openssl s_client -connect api.example.com:8443 -proxy proxy.example:3128 -servername api.example.com "
        "-showcerts </dev/null"
    )


def test_after_a_redirect_to_another_host_the_first_path_is_not_used() -> None:
    connections = (Connection(1, 5, host="a.example", port=443), Connection(6, 9, host="b.example", port=443))
    transfer = Transfer(1, 9, url="https://a.example/secret", connections=connections)
    assert endpoint_of(transfer) == Endpoint("b.example", 443, "/")


def test_no_server_name_is_sent_for_an_address() -> None:
    assert "-servername" not in show_chain(Endpoint("203.0.113.14", 443))
    assert "-connect '[2001:db8::1]:443'" in show_chain(Endpoint("2001:db8::1", 443))


def test_a_log_without_a_host_gives_a_placeholder() -> None:
    assert endpoint_of(Transfer(1, 2)) == Endpoint("HOST", 443)
    assert endpoint_of(Transfer(1, 2, url="https://[::1")).host == "HOST"


def test_the_curl_command_leaves_default_ports_away() -> None:
    assert curl(Endpoint("api.example.com", 443, "/a b"), "--http1.1") == (
        "curl -v --http1.1 'https://api.example.com/a b'"
    )
    assert curl(Endpoint("api.example.com", 443), scheme="http") == "curl -v http://api.example.com:443/"
