"""What a transfer has come to at the end of a log, wherever that is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import curlx
from curlx.timeline import Timeline

Assemble = Callable[..., Timeline]

CALLED = "$ curl -v https://a.example:8443/x\n"
SECURED = (
    "* Connected to a.example (192.0.2.1) port 8443 (#0)\n* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384\n"
)


@pytest.mark.parametrize(("log", "url"), [
    (CALLED + SECURED + "> GET /x HTTP/1.1\n> Host: a.example:", "https://a.example:8443/x"),
    (CALLED + SECURED + "> GET /x HTTP/1.1\n> Host: a.exa", "https://a.example:8443/x"),
    (SECURED + "> GET /x HTTP/1.1\n> Host: a.example:", "https://a.example:8443/x"),
    ("$ curl -v https://a.example?q=1\n" + SECURED + "> GET /?q=1 HTTP/1.1\n> Host: a.ex", "https://a.example/?q=1"),
    (CALLED + SECURED + "> GET /x HTTP/1.1\n> Host: b.example\n> \n", "https://b.example/x"),
    (f"{CALLED[:-1]} -H 'host: b.example'\n{SECURED}> GET /x HTTP/1.1\n> host: b.example\n> \n",
     "https://a.example:8443/x"),
])  # fmt: skip
def test_a_host_within_which_the_log_ends_is_made_whole(log: str, url: str) -> None:
    (transfer,) = curlx.explain(log).timeline.transfers
    assert transfer.url == url


@pytest.mark.parametrize(("asked", "port", "said", "url"), [
    ("http://192.0.2.7:443/a", 443, "", "http://192.0.2.7:443/a"),
    ("http://192.0.2.7/a", 80, "", "http://192.0.2.7/a"),
    ("https://192.0.2.7:80/a", 80, "* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384\n", "https://192.0.2.7:80/a"),
    ("https://192.0.2.7/a", 443, "* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384\n", "https://192.0.2.7/a"),
    ("https://192.0.2.7/a", 443, "", "https://192.0.2.7/a"),
])  # fmt: skip
def test_only_the_port_of_the_scheme_is_left_out(asked: str, port: int, said: str, url: str) -> None:
    log = f"$ curl -v -H 'Host: shop.example' {asked}\n* Connected to 192.0.2.7 (192.0.2.7) port {port} (#0)\n{said}"
    (transfer,) = curlx.explain(f"{log}> GET /a HTTP/1.1\n> Host: shop.example\n> \n").timeline.transfers
    assert transfer.url == url


@pytest.mark.parametrize("said", ["> GET /oauth/auth", "* [HTTP/2] [1] [:method: GET]"])
def test_a_log_may_end_within_the_request(assembled: Assemble, said: str) -> None:
    (transfer,) = assembled("@opened", "@secured", said).transfers
    assert (transfer.phase, transfer.exchanges) == ("request", ())


@pytest.mark.parametrize(
    "said", ["> quoted by somebody", "> GET home", "* Re-using existing connection #0 with host shop.example"]
)
def test_what_asks_for_nothing_is_no_request(assembled: Assemble, said: str) -> None:
    (transfer,) = assembled("@opened", "@secured", said).transfers
    assert transfer.phase in ("tls", "connect")


@pytest.mark.parametrize(("before", "version", "url"), [
    ("", "2", "https://a.example/"), ("", "1.1", "http://a.example/"),
    ("* Connected to a.example (192.0.2.1) port 80 (#0)\n", "2", "http://a.example/"),
    ("$ curl -v --http2-prior-knowledge a.example\n", "2", "http://a.example/"),
])  # fmt: skip
def test_http2_alone_tells_of_tls(assembled: Assemble, before: str, version: str, url: str) -> None:
    (call,) = assembled(f"{before}> GET / HTTP/{version}\n> Host: a.example\n> accept: */*\n>\n").transfers
    assert call.url == url


@pytest.mark.parametrize("urls", ["192.0.2.20:8100 http://depot/", "192.0.2.20:8100 https://depot:8443/a"])
def test_of_several_urls_a_transfer_without_a_request_has_the_one_with_the_host_that_curl_names(urls: str) -> None:
    first, second = curlx.explain(
        f"$ curl -v {urls}\n* Connected to 192.0.2.20 (192.0.2.20) port 8100 (#0)\n> GET / HTTP/1.1\n"
        "> Host: 192.0.2.20:8100\n> \n< HTTP/1.1 204 No Content\n< \n* Connection #0 to host 192.0.2.20 left intact\n"
        "* Could not resolve host: depot\n* Closing connection 1\ncurl: (6) Could not resolve host: depot\n"
    ).timeline.transfers
    assert (first.url, second.url) == ("http://192.0.2.20:8100/", urls.split()[1])
