"""Stars that were lost or replaced."""

from __future__ import annotations

import pytest

from .log import LOG, unwrapped


@pytest.mark.parametrize("bullet", ["-", "•", "–"])
def test_bullets_become_stars_again(bullet: str) -> None:
    stars = [line for line in LOG if line.startswith("*")]
    assert unwrapped([bullet + line[1:] for line in stars]) == (stars, ("bullets",))


def test_lost_stars_are_given_back_to_sentences_of_curl_only() -> None:
    log = [line.lstrip("* ") if line.startswith("*") else line for line in LOG]
    texts, quirks = unwrapped(log)
    assert quirks == ("lost-stars",)
    assert texts[3] == "* Trying 192.0.2.1:443..."
    assert texts[12:18] == LOG[12:18]
    assert texts[20:24] == LOG[20:24]


@pytest.mark.parametrize("time", ["", "09:10:21.506208 ", "09:10:21.506208 [0-0] "])
@pytest.mark.parametrize("asked", ["> GET /a HTTP/1.1", "=> Send header, 80 bytes (0x50)"])
def test_a_request_that_a_body_repeats_has_lost_no_arrow(time: str, asked: str) -> None:
    log = [f"{time}{line}" for line in ("*   Trying 192.0.2.1:80...", asked, "< HTTP/1.1 404 Not Found")]
    assert unwrapped([*log, "GET /a HTTP/1.1", "Host: example.com"])[1] == ()


def test_other_programs_that_connect_do_not_get_stars() -> None:
    telnet = ["Trying 192.0.2.1...", "Connected to example.com.", "Escape character is '^]'.", "Connection closed."]
    assert unwrapped(telnet) == (telnet, ())


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("first", ["Host: a.example", "User-Agent: curl/7.29.0\nHost: a.example"])
def test_a_head_without_arrows_is_given_them_also_where_blank_lines_stand_between(first: str, between: str) -> None:
    log = "* Connected to a.example (192.0.2.1) port 80 (#0)\nGET / HTTP/1.1\n" + first + "\nHTTP/1.1 200 OK\nbody"
    texts, _ = unwrapped(log.replace("\n", between).split("\n"))
    assert [line[:2] for line in texts if line.strip()][1:] == ["> "] * (2 + first.count("\n")) + ["< ", "bo"]
