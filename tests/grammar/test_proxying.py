"""What curl says about proxies."""

from __future__ import annotations

import pytest

from curlx.events import (
    BodyIgnored,
    Chatter,
    Complaint,
    Event,
    ProxyFromEnvironment,
    SocksGranted,
    SocksStarting,
    TunnelEnded,
    TunnelStarting,
)
from curlx.grammar import understand


@pytest.mark.parametrize(("text", "event"), [
    ("Uses proxy env variable https_proxy == 'http://gate.example:3128'",
     ProxyFromEnvironment("https_proxy", "http://gate.example:3128")),
    ("Establish HTTP proxy tunnel to shop.example:443", TunnelStarting("shop.example", 443)),
    ("Establishing HTTP proxy tunnel to shop.example:443", TunnelStarting("shop.example", 443)),
    ("Establish HTTP/2 proxy tunnel to [2001:db8::1]:443", TunnelStarting("2001:db8::1", 443)),
    ("CONNECT tunnel established, response 200", TunnelEnded(True, 200)),
    ("Proxy replied 200 to CONNECT request", TunnelEnded(True, 200)),
    ("Proxy replied OK to CONNECT request", TunnelEnded(True, 200)),
    ("Ignore 3084 bytes of response-body", BodyIgnored(of_tunnel=True)),
    ("SOCKS5 communication to shop.example:443", SocksStarting(5, "shop.example", 443)),
    ("SOCKS5 connect to IPv4 192.0.2.16 (locally resolved)", SocksStarting(5, "192.0.2.16", local=True)),
    ("SOCKS5 connect to IPv6 2001:db8:4005:407::2004:443 (locally resolved)",
     SocksStarting(5, "2001:db8:4005:407::2004", 443, local=True)),
    ("SOCKS4 connect to IPv4 192.0.2.16 (locally resolved)", SocksStarting(4, "192.0.2.16", local=True)),
    ("SOCKS4a request granted.", SocksGranted(4)),
    ("SOCKS5 request granted.", SocksGranted(5)),
])  # fmt: skip
def test_a_line_is_understood(text: str, event: Event) -> None:
    assert understand(text) == event


def test_no_proxy_is_no_proxy() -> None:
    assert understand("Uses proxy env variable no_proxy == 'localhost,.internal.example'") == Chatter("proxying")


@pytest.mark.parametrize("text", [
    "CONNECT tunnel failed, response 407", "Received HTTP code 407 from proxy after CONNECT",
])  # fmt: skip
def test_a_refused_tunnel_carries_the_status_of_the_proxy(text: str) -> None:
    assert understand(text) == Complaint("proxy-connect-rejected", text, number=407)


@pytest.mark.parametrize(("code", "kind"), [
    (1, "socks-failed"), (2, "socks-denied"), (3, "socks-unreachable"), (4, "socks-unreachable"),
    (5, "socks-unreachable"), (6, "socks-unreachable"), (7, "socks-failed"), (8, "socks-failed"),
])  # fmt: skip
def test_the_reply_code_of_socks5_tells_the_kind(code: int, kind: str) -> None:
    text = f"Can't complete SOCKS5 connection to shop.example. ({code})"
    assert understand(text) == Complaint(kind, text, number=code, subject="shop.example")  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "kind"), [
    ("cannot complete SOCKS5 connection to down.example. (5)", "socks-unreachable"),
    ("Can't complete SOCKS5 connection to 0.0.0.0:0. (4)", "socks-unreachable"),
    ("Can't complete SOCKS4 connection to 192.0.2.7:443. (91), request rejected or failed.", "socks-failed"),
    ("No authentication method was acceptable.", "socks-authentication"),
    ("User was rejected by the SOCKS5 server (1 2).", "socks-authentication"),
    ("Failed to receive SOCKS5 connect request ack.", "socks-closed"),
    ("connection to proxy closed", "socks-closed"),
    ("Proxy CONNECT aborted", "proxy-connect-aborted"),
    ("Proxy CONNECT aborted due to timeout", "proxy-connect-aborted"),
])  # fmt: skip
def test_a_failure_of_the_proxy_is_a_complaint(text: str, kind: str) -> None:
    event = understand(text)
    assert isinstance(event, Complaint)
    assert event.kind == kind
