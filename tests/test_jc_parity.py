"""Whatever `jc --curl-head` gets out of a log of `curl --head`, curlx gets too: and order, case and commas besides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import curlx
from curlx.timeline import Header, Request, Response

jc = pytest.importorskip("jc")
from jc.parsers.http_headers import MULTI_HEADERS, SPLIT_AND_MULTI_HEADERS  # noqa: E402

LOGS = Path(__file__).parent.parent / "fixtures" / "logs"

VERBOSE = """\
*   Trying 192.0.2.1:80...
* Connected to shop.example (192.0.2.1) port 80 (#0)
> HEAD /a,b?c=d HTTP/1.1
> Host: shop.example
> User-Agent: curl/7.88.1
> Accept: text/html, application/json;q=0.9, */*;q=0.1
> X-Trace: 1, 2
>\x20
< HTTP/1.1 200 OK
< Date: Mon, 23 Nov 2026 09:08:48 GMT
< Set-Cookie: a=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT
< Set-Cookie: b=2; Path=/
< Via: 1.1 cache-a, 1.1 cache-b
< Via: 1.0 fred
< Link: </a>; rel="next, last", </b>; rel=prev
< X-Twice: one
< X-Colon: a: b: c
< Content-Type: text/html; charset=UTF-8
< Content-Length: 0
<\x20
* Connection #0 to host shop.example left intact
"""

REDIRECTED = """\
* Connected to shop.example (192.0.2.1) port 80 (#0)
> HEAD / HTTP/1.1
> Host: shop.example
> Accept: */*
>\x20
< HTTP/1.1 301 Moved Permanently
< Location: https://shop.example/
< Content-Length: 169
<\x20
* Connection #0 to host shop.example left intact
* Issue another request to this URL: 'https://shop.example/'
*   Trying 192.0.2.1:443...
* Connected to shop.example (192.0.2.1) port 443 (#1)
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
* ALPN: server accepted h2
> HEAD / HTTP/2
> Host: shop.example
> accept: */*
>\x20
< HTTP/2 103\x20
< link: </style.css>; rel=preload; as=style
<\x20
< HTTP/2 204\x20
< server: nginx
< strict-transport-security: max-age=31536000; includeSubDomains
<\x20
* Connection #1 to host shop.example left intact
"""

PLAIN = """\
HTTP/1.1 301 Moved Permanently
Server: nginx
Location: https://shop.example/
Content-Length: 169

HTTP/2 200\x20
server: nginx
set-cookie: a=1, still a
set-cookie: b=2
vary: Accept-Encoding, Cookie
cache-control: no-cache, no-store
"""


def messages(log: str) -> list[Request | Response]:
    """Return every request and response of a log, in order."""
    found: list[Request | Response] = []
    for transfer in curlx.explain(log, show_secrets=True).timeline.transfers:
        for exchange in transfer.exchanges:
            found += [
                message for message in (exchange.request, *exchange.interim, exchange.response) if message is not None
            ]
    return found


def as_jc(message: Request | Response) -> dict[str, Any]:
    """Return a message in the terms of jc, which folds names, forgets order, and splits some values at commas."""
    shown: dict[str, Any] = {}
    if isinstance(message, Request):
        version = f"HTTP/{message.version.removeprefix('HTTP/')}"
        shown = {
            "_type": "request",
            "_request_method": message.method,
            "_request_uri": message.target,
            "_request_version": version,
        }
    else:
        version = f"HTTP/{message.version.removeprefix('HTTP/')}"
        shown = {
            "_type": "response",
            "_response_version": version,
            "_response_status": message.status,
            "_response_reason": [message.reason] if message.reason else None,
        }
    for header in message.headers:
        name = header.name.lower()
        if name in SPLIT_AND_MULTI_HEADERS:
            shown.setdefault(name, []).extend(value.strip() for value in header.value.split(","))
        elif name in MULTI_HEADERS:
            shown.setdefault(name, []).append(header.value)
        else:
            shown[name] = header.value
    return shown


def captured() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(LOGS.glob("http-head--*.log"))]


@pytest.mark.parametrize("log", [VERBOSE, REDIRECTED, PLAIN, *captured()])
def test_every_message_that_jc_finds_is_found(log: str) -> None:
    theirs = jc.parse("curl_head", log, raw=True, quiet=True)
    ours = [as_jc(message) for message in messages(log)]
    assert theirs
    for message in theirs:
        assert message in ours


def headers(log: str) -> list[tuple[str, str]]:
    response = [message for message in messages(log) if isinstance(message, Response)][-1]
    return [(header.name, header.value) for header in response.headers]


def test_duplicates_keep_their_order_and_commas_are_left_alone() -> None:
    assert headers(VERBOSE) == [
        ("Date", "Mon, 23 Nov 2026 09:08:48 GMT"),
        ("Set-Cookie", "a=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT"),
        ("Set-Cookie", "b=2; Path=/"),
        ("Via", "1.1 cache-a, 1.1 cache-b"),
        ("Via", "1.0 fred"),
        ("Link", '</a>; rel="next, last", </b>; rel=prev'),
        ("X-Twice", "one"),
        ("X-Colon", "a: b: c"),
        ("Content-Type", "text/html; charset=UTF-8"),
        ("Content-Length", "0"),
    ]


@pytest.mark.parametrize("empty", ["X-Empty:", "X-Empty: "])
def test_a_header_without_a_value_is_kept(empty: str) -> None:
    assert ("X-Empty", "") in headers(VERBOSE.replace("< X-Twice: one", f"< {empty}"))
    assert ("X-Empty", "") in headers(PLAIN.replace("vary: Accept-Encoding, Cookie", empty))


def test_a_repeated_header_that_jc_overwrites_is_kept_twice() -> None:
    log = VERBOSE.replace("< X-Colon: a: b: c", "< X-Twice: two")
    assert [value for name, value in headers(log) if name == "X-Twice"] == ["one", "two"]


def test_every_header_knows_its_line() -> None:
    lines = VERBOSE.splitlines()
    for message in messages(VERBOSE):
        for header in message.headers:
            assert isinstance(header, Header)
            assert lines[header.line - 1].startswith((f"> {header.name}:", f"< {header.name}:"))
