"""How bodies are measured: behind what was put before the lines, and by what curl says of those that broke off."""

from __future__ import annotations

import pytest

from curlx.bodies import settle
from curlx.lines import split
from curlx.reader import read

BEGINS = b"*   Trying 192.0.2.1:80...\n* Connected to shop.example (192.0.2.1) port 80\n"
HEAD = b"> GET / HTTP/1.1\r\n> Host: shop.example\r\n> \r\n< HTTP/1.1 200 OK\r\n< Content-Length: %d\r\n< \r\n"
LEFT = b"* Connection #0 to host shop.example left intact\n"
AGAIN = b"*   Trying 192.0.2.7:443...\n* Connected to shop.example (192.0.2.7) port 443\n{ [108 bytes data]\n"
BROKEN = b"* Recv failure: Connection reset by peer\n* Closing connection 1\n"
EXIT = b"curl: (35) Recv failure: Connection reset by peer\n"
FAKE = b"* Server certificate:\n*  subject: CN=attacker.example\ncurl: (60) SSL problem\n"
METER = b"\r100  %4d    0  %4d    0     0   9821      0 --:--:-- --:--:-- --:--:--  9836\n"


def kinds(data: bytes) -> list[tuple[str, str]]:
    return [(type(event).__name__, source.text) for source, event in settle(read(split([data])))]


def of(lines: bytes, data: bytes) -> set[str]:
    """What those lines are taken for."""
    texts = {line.decode().strip() for line in lines.splitlines() if line.strip()}
    return {kind for kind, text in kinds(data) if text.strip() in texts}


def behind(before: bytes, data: bytes) -> bytes:
    return b"".join(before + line + b"\n" for line in data.split(b"\n")[:-1])


@pytest.mark.parametrize("before", [b"  ", b"> ", b"api-1  | "])
def test_what_was_put_before_the_lines_makes_nothing_as_long_as_a_body_by_chance(before: bytes) -> None:
    width, first = len(before), b"ledger\npending\n"
    chance = len(behind(before, BROKEN + EXIT)) + 2 * width - 1  # the last line, for the lines before to be as long
    body = first + b"x" * chance + b"\n"
    log = BEGINS + HEAD % len(body) + b"{ [%d bytes data]\n" % len(body) + LEFT + AGAIN + BROKEN + EXIT + body
    assert of(BROKEN + EXIT, behind(before, log)) == {"Complaint", "ConnectionClosed", "Exit"}


@pytest.mark.parametrize("before", [b"", b"  ", b"api-1  | "])
def test_a_body_on_a_terminal_ends_lines_as_it_likes_behind_what_was_put_before_them(before: bytes) -> None:
    body = b"--part\r\nContent-Type: text/plain\r\n\r\n" + FAKE + BROKEN + FAKE + b"--part--\r\n"
    log = (BEGINS + HEAD % len(body) + body + LEFT).replace(b"\n", b"\r\n")
    assert of(FAKE + BROKEN, behind(before, log)) == {"Text"}


def test_what_was_put_before_a_line_in_which_a_body_ends_is_counted_once() -> None:
    body, before = FAKE + b"$ ", b"api-1  | "
    following = b"* Found bundle for host: 0x55fce8d14ca0 [serially]\n"
    log = BEGINS + HEAD % len(body) + b"{ [%d bytes data]\n" % len(body) + LEFT
    assert of(FAKE, behind(before, log + body + following + HEAD % 3 + b"ok\n" + LEFT)) == {"Text"}


def test_a_body_in_place_may_say_that_it_is_not_whole() -> None:
    body = FAKE + b"* transfer closed with 20 bytes remaining to read\n" + FAKE
    assert of(FAKE, HEAD % len(body) + b"{ [%d bytes data]\n" % len(body) + body + LEFT) == {"Text"}


def test_a_body_that_broke_off_and_was_written_last_ends_where_curl_goes_on() -> None:
    last = b"transfer closed with 1000 bytes remaining to read\n"
    log = BEGINS + HEAD % (len(FAKE) + 1000) + b"{ [%d bytes data]\n" % len(FAKE)
    log += b"* " + last + b"* Closing connection 0\ncurl: (18) " + last
    assert of(FAKE, log + FAKE + BEGINS + HEAD % 3 + LEFT + b"ok\n") == {"Text"}


@pytest.mark.parametrize(
    "last",
    [METER + LEFT, b"* Operation timed out after 352 milliseconds with %d bytes received\n* Closing connection 0\n"],
)
@pytest.mark.parametrize("told", [b"Connection: close", b"Transfer-Encoding: chunked"])
def test_what_curl_says_last_measures_a_body_of_which_it_told_one_piece(told: bytes, last: bytes) -> None:
    body = FAKE + b"and more\n"
    last = last % ((len(body),) * last.count(b"%"))
    head = BEGINS + HEAD.replace(b"Content-Length: %d", told) + b"{ [42 bytes data]\n"
    assert of(FAKE, head + body + last) == {"Text"}


@pytest.mark.parametrize("before", [b"", b"api-1  | "])
def test_the_meter_measures_a_body_that_is_written_last_behind_what_was_put_before_its_row(before: bytes) -> None:
    body = FAKE + b"and more\n" + FAKE
    head = BEGINS + HEAD.replace(b"Content-Length: %d", b"Transfer-Encoding: chunked") + b"{ [42 bytes data]\n"
    log = head + METER % (len(body), len(body)) + LEFT + body
    assert of(FAKE, behind(before, log)) == {"Text"}


def test_a_long_body_of_which_curl_told_one_piece_is_measured_by_its_last_words() -> None:
    body = b"entry of the nightly statement\n" * 400 + FAKE
    head = BEGINS + HEAD.replace(b"Content-Length: %d", b"Transfer-Encoding: chunked") + b"{ [42 bytes data]\n"
    last = b"* Operation timed out after 352 milliseconds with %d bytes received\n* Closing connection 0\n" % len(body)
    assert of(FAKE, head + body + last) == {"Text"}


def test_no_body_is_behind_the_head_with_which_a_proxy_refuses_a_tunnel() -> None:
    refused = b"> CONNECT b.example:443 HTTP/1.1\r\n> \r\n< HTTP/1.1 503 Service Unavailable\r\n< \r\n"
    said = b"* CONNECT tunnel failed, response 503\n* closing connection #1\ncurl: (7) CONNECT tunnel failed, response 503\n"
    between = LEFT + BEGINS + refused + said
    # From the first farewell to the body's own there are as many bytes as to the end of it, but for its first lines.
    body = AGAIN + b"ledger\n" * 150 + b"* " + b"x" * (len(between) - len(LEFT) - 3) + b"\n" + LEFT + FAKE
    told = HEAD % len(body) + b"{ [%d bytes data]\n" % len(body)
    assert of(AGAIN + FAKE, BEGINS + told + between + body) == {"Text"}
    assert "Text" not in of(refused + said, BEGINS + told + between + body)


def test_no_body_begins_where_curl_looks_for_the_host_of_another_url() -> None:
    looked = b"* RESOLVE b.example:443 - old addresses discarded\n"
    first = b"ledger\npending\n"
    body = first + b"x" * (len(AGAIN + BROKEN + EXIT) - 1) + b"\n"  # as long as what curl says, and the first lines
    log = BEGINS + HEAD % len(body) + b"{ [5 bytes data]\n" + LEFT + looked + AGAIN + BROKEN + EXIT + body
    assert "Text" not in of(AGAIN + BROKEN + EXIT, log)
