import pytest

import curlx

_BEYOND = ("firewall", "on the way", "captive")


def _causes(host: str, address: str, rest: str) -> str:
    log = f"*   Trying {address}:8443...\n* Connected to {host} ({address}) port 8443 (#0)\n{rest}* Closing connection 0\n"
    return " ".join(curlx.explain(log).findings[0].causes)


@pytest.mark.parametrize("rest", [
    "* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n* SSL certificate problem: self-signed certificate\n",
    "* SSL certificate problem: unable to get local issuer certificate\n",
    "* ALPN: curl offers h2,http/1.1\n* OpenSSL SSL_connect: Connection reset by peer in connection to here:8443\n",
    "* ALPN: curl offers h2,http/1.1\n* TLS connect error: error:0A00010B:SSL routines::wrong version number\n",
    "* ALPN: curl offers h2,http/1.1\n* SSL connection timeout\n",
    "> GET / HTTP/1.1\n> Host: here:8443\n>\n* Recv failure: Connection reset by peer\n",
])  # fmt: skip
def test_within_one_machine_nothing_is_on_the_way(rest: str) -> None:
    near, far = _causes("localhost", "127.0.0.1", rest), _causes("here.example", "192.0.2.7", rest)
    assert any(word in far for word in _BEYOND)
    assert not any(word in near for word in _BEYOND)
    assert "may only pass on" in near


def test_a_proxy_on_this_machine_leads_away_from_it() -> None:
    log = """*   Trying 127.0.0.1:3128...
* Connected to 127.0.0.1 (127.0.0.1) port 3128
* Establish HTTP proxy tunnel to shop.example:443
> CONNECT shop.example:443 HTTP/1.1
> Host: shop.example:443
>
< HTTP/1.1 200 Connection established
<
* CONNECT tunnel established, response 200
* SSL certificate problem: self-signed certificate
"""
    assert "on the way" in " ".join(curlx.explain(log).findings[0].causes)


@pytest.mark.parametrize(("host", "led"), [("shop.example", True), ("localhost", False), ("127.0.0.1", False)])
def test_the_name_of_a_server_that_leads_to_this_machine_is_told(host: str, led: bool) -> None:
    causes = _causes(host, "127.0.0.1", "* SSL certificate problem: unable to get local issuer certificate\n")
    assert (f"The name {host} leads to this machine" in causes) is led
    assert "may only pass on" in causes
