"""The log's own call, once more."""

from __future__ import annotations

import pytest

import curlx
from curlx.advice.repeating import once_more, url_of
from curlx.timeline import Connection, Fact, Tls, Transfer

DIALLED = "*   Trying 192.0.2.1:443...\n"


def again(command: str, *options: str) -> str:
    (transfer,) = curlx.explain(f"$ {command}\n{DIALLED}").timeline.transfers
    return once_more(transfer, *options)


@pytest.mark.parametrize(("command", "same"), [
    ("curl -v -L -k shop.example", "-L -k shop.example"),
    ("curl -X POST -d @x.json -H 'A: b c' --proxy p:1 https://a.example/x", "-X POST -d @x.json -H 'A: b c' --proxy p:1 https://a.example/x"),
    ("curl -sSvLo page.html -u al https://a.example/x", "-L -u '‹credentials 1›' https://a.example/x"),
    ("curl -kvo/tmp/x --output /dev/null --trace t.txt https://a.example/x", "-k --output /dev/null https://a.example/x"),
    ("curl -vkXPUT -T f.bin https://a.example/x --stderr log", "-kXPUT -T f.bin https://a.example/x"),
    ("curl -v https://a.example/x https://b.example/y -k", "https://a.example/x https://b.example/y -k"),
    ("curl -v -k --cert c.pem", "-k --cert c.pem URL"),
])  # fmt: skip
def test_a_call_is_repeated_with_all_that_makes_it_what_it_is(command: str, same: str) -> None:
    assert again(command, "-sSv", "--max-time", "60") == f"curl -sSv --max-time 60 {same}"


def test_what_is_secret_stays_hidden() -> None:
    assert "-H 'Authorization: Bearer ‹authorization 1›'" in again(
        "curl -v -H 'Authorization: Bearer abcdefgh12345678' https://a.example/"
    )


def test_in_the_place_of_a_variable_stands_the_address_that_it_came_to() -> None:
    asked = "* Connected to a.example (192.0.2.1) port 443 (#0)\n> GET /x HTTP/1.1\n> Host: a.example\n"
    (transfer,) = curlx.explain(f"$ curl -v -k $BASE/x\n{DIALLED}{asked}").timeline.transfers
    assert once_more(transfer) == "curl -k https://a.example/x"


def test_without_its_command_the_log_tells_what_it_was() -> None:
    log = "* SSL certificate verify result: self signed certificate (18), continuing anyway.\n"
    asked = "> PUT /x HTTP/1.1\n> Host: a.example\n> Content-Length: 7\n> \n"
    (transfer,) = curlx.explain(
        f"{DIALLED}* Connected to a.example (192.0.2.1) port 443 (#0)\n{log}{asked}"
    ).timeline.transfers
    assert once_more(transfer, "-v") == "curl -v -k -X PUT --data-binary @FILE https://a.example/x"


def test_where_the_head_of_the_log_is_missing_a_later_request_tells_the_method() -> None:
    (transfer,) = curlx.explain(
        "> Accept: */*\n> \n< HTTP/1.1 301 Moved Permanently\n< Location: https://a.example/\n< Content-Length: 0\n< \n"
        "* Connection #0 to host a.example left intact\n* Issue another request to this URL: 'https://a.example/'\n"
        "*   Trying 192.0.2.90:443...\n* Connected to a.example (192.0.2.90) port 443 (#1)\n"
        "> HEAD / HTTP/1.1\n> Host: a.example\n> \n< HTTP/1.1 200 OK\n"
    ).timeline.transfers
    assert " -I " in once_more(transfer, "-v")


def test_the_address_of_a_call_is_what_the_log_supports() -> None:
    secure = Tls("origin", 1, 1, False, completed=Fact(False, 1))
    assert url_of(Transfer(1, 1, url="http://a.example/x")) == "http://a.example/x"
    assert url_of(Transfer(1, 1, connections=(Connection(1, 1, host="a.example", port=8443, tls=secure),))) == (
        "https://a.example:8443/"
    )
    assert url_of(Transfer(1, 1, connections=(Connection(1, 1, host="::1", port=80),))) == "http://[::1]/"
    assert url_of(Transfer(1, 1, connections=(Connection(1, 1, host="a.example", port=8080),))) is None
    assert url_of(Transfer(1, 1)) is None
