"""Where curl gives up without a word, the log shows it only by what is missing."""

from __future__ import annotations

import pytest

from curlx.assembler import assemble
from curlx.diagnoses.silence import dropped, unfollowed
from curlx.lines import split
from curlx.reader import read
from curlx.timeline import Timeline

HEAD = (
    "*   Trying 192.0.2.7:80...\n* Connected to shop.example (192.0.2.7) port 80 (#0)\n"
    "> GET /a HTTP/1.1\r\n> Host: shop.example\r\n> \r\n"
)
MOVED = "< HTTP/1.1 302 Found\r\n< Location: /b\r\n< Content-Length: 2\r\n< \r\n"
IGNORED = "* Ignoring the response-body\n"
LEFT = "* Connection #0 to host shop.example left intact\n"


def told(text: str) -> Timeline:
    return assemble(read(split([text.encode()])))


def test_a_redirect_that_curl_set_out_to_follow_leads_somewhere() -> None:
    head = MOVED.replace("< Content-Length", f"{IGNORED}< Content-Length")
    assert [(index, url) for index, _, url in unfollowed(told(HEAD + head + LEFT))] == [(0, "http://shop.example/b")]


@pytest.mark.parametrize("end", ["", "curl: (3) URL rejected: Port number was not a decimal number\n"])
def test_a_redirect_that_was_not_to_be_followed_or_that_curl_speaks_of_is_none(end: str) -> None:
    head = MOVED.replace("< Content-Length", f"{IGNORED}< Content-Length") if end else MOVED
    assert not list(unfollowed(told(HEAD + head + LEFT + end)))


def test_a_connection_is_dropped_where_curl_closes_it_and_says_not_why() -> None:
    (transfer,) = told(f"{HEAD}< HTTP/1.1 200 OK\r\n* Closing connection 0\n").transfers
    closed = dropped(transfer)
    assert closed is not None
    assert closed.line == 7
    for end in (LEFT, "* Recv failure: Connection reset by peer\n* Closing connection 0\n"):
        (transfer,) = told(f"{HEAD}< HTTP/1.1 200 OK\r\n{end}").transfers
        assert dropped(transfer) is None
