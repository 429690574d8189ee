from __future__ import annotations

from collections.abc import Callable

import pytest

from curlx.timeline import Timeline

Assemble = Callable[..., Timeline]

RESET = ("* Recv failure: Connection reset by peer", "* Closing connection 0")


@pytest.mark.parametrize(
    ("lines", "finished"),
    [
        (("@opened",), False),
        (("@opened", "@secured"), False),
        (("@opened", "@asked"), False),
        (("@opened", "@asked", "< HTTP/1.1 200 OK", "< Content-Length: 300", "< ", "a"), False),
        (("@opened", "@asked", "< HTTP/1.1 200 OK", "< "), False),
        (("@opened", "@asked", "@answered"), True),
        (("@opened", "@asked", "@answered", "@left"), True),
        (("@opened", "@asked", *RESET), True),
        (("curl: (6) Could not resolve host: shop.example",), True),
    ],
)
def test_a_transfer_is_finished_when_the_log_shows_its_end(
    assembled: Assemble, lines: tuple[str, ...], finished: bool
) -> None:
    assert assembled(*lines).transfers[0].finished is finished


def test_the_phase_tells_how_far_it_got(assembled: Assemble) -> None:
    steps = {
        "connect": ("@opened",),
        "tls": ("@hello",),
        "request": ("@asked",),
        "response": ("< HTTP/1.1 200 OK", "< X: y"),
    }
    lines: list[str] = []
    for phase, more in steps.items():
        lines += more
        assert assembled(*lines).transfers[0].phase == phase


def test_the_url_is_put_together_from_what_is_there(assembled: Assemble) -> None:
    assert assembled("@opened", "@secured", "@asked").transfers[0].url == "https://shop.example/"
    assert assembled("@opened", "> GET http://a.example/b HTTP/1.1", "> ").transfers[0].url == "http://a.example/b"
    assert (
        assembled("$ curl -v https://c.example/d", "* Could not resolve host: c.example").transfers[0].url
        == "https://c.example/d"
    )
    login = assembled(
        "@opened", "@secured", "> GET /login?next=https://a.example/ HTTP/1.1", "> Host: shop.example", "> "
    )
    assert login.transfers[0].url == "https://shop.example/login?next=https://a.example/"
    assert assembled("@opened").transfers[0].url is None


def test_insecure_is_known_from_the_command_and_from_the_log(assembled: Assemble) -> None:
    command = assembled("$ curl -vk https://shop.example/", "@opened").transfers[0].insecure
    said = assembled(
        "@opened", "@hello", "*  SSL certificate verify result: self signed certificate (18), continuing anyway."
    )
    assert command is not None
    assert command.line == 1
    assert said.transfers[0].insecure is not None
    assert assembled("@opened", "@secured").transfers[0].insecure is None


@pytest.mark.parametrize(
    ("lines", "url"),
    [
        (("* Connected to a.example (192.0.2.1) port 443 (#0)", "> GET /b HTTP/1.1", "> Host: a.example"),
         "https://a.example/b"),
        (("* Connected to a.example (192.0.2.1) port 443 (#0)", "> GET /b HTTP/1.1", "> Host: a.example:443"),
         "http://a.example:443/b"),
        (("$ curl -v https://a.example:8443", "* Connected to a.example (192.0.2.1) port 8443 (#0)",
          "> GET / HTTP/1.1", "> Host: a.example:8443"),
         "https://a.example:8443/"),
    ],
)  # fmt: skip
def test_where_the_lines_of_tls_are_missing_the_request_tells_the_scheme(
    assembled: Assemble, lines: tuple[str, ...], url: str
) -> None:
    assert assembled(*lines, "> ").transfers[0].url == url
