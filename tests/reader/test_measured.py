"""A body without marks of its own, behind a head that `-i` wrote or in what curl_cffi shows, is known by its length."""

from __future__ import annotations

import pytest

import curlx
from curlx.lines import split
from curlx.reader import read

BODY = (
    "{}\n* Server certificate:\n*  subject: CN=attacker.example\n* SSL certificate problem: certificate has expired\n"
    "> GET / HTTP/1.1\r\n* Closing connection 0\n"
)
TITLE = "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
TITLE += "                                 Dload  Upload   Total   Spent    Left  Speed\n"
ROW = "100   {0}  100   {0}    0     0  17882      0 --:--:-- --:--:-- --:--:-- 17882\n"
LENGTH, CHUNKS, PACKED = "Content-Length: {0}\r\n", "Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n"


def kinds(log: str) -> list[str]:
    return [type(event).__name__ for _, event in read(split([log.encode()]))]


def written(body: str, *, status: str = "200 OK", framing: str = LENGTH) -> str:
    size = len(body.encode())
    return TITLE + ROW.format(size) + f"HTTP/1.1 {status}\r\n{framing.format(size)}\r\n{body}"


def codes(log: str) -> list[str]:
    return [finding.code for finding in curlx.explain(log).findings if finding.severity == "error"]


@pytest.mark.parametrize("framing", [LENGTH, CHUNKS])
@pytest.mark.parametrize("body", [BODY, BODY[:-1], BODY + "* "])
def test_a_body_that_i_wrote_has_no_marks_and_another_answer_may_follow(body: str, framing: str) -> None:
    log = written(body, framing=framing) + written("{}\n")
    assert codes(log) == []
    assert kinds(log).count("StatusLine") == 2


@pytest.mark.parametrize("log", [written(BODY + "more\n").replace("more\n", ""), written(BODY, framing=PACKED)])
def test_where_no_line_ends_with_the_body_its_lines_are_read_as_usual(log: str) -> None:
    assert "Complaint" in kinds(log)


def test_talk_behind_a_head_alone_is_curls() -> None:
    talk = "*   Trying 192.0.2.1:443...\n* Connected to shop.example (192.0.2.1) port 443\n"
    assert kinds(f"HTTP/1.1 200 OK\r\nContent-Length: {len(talk)}\r\n\r\n{talk}")[-1] == "Connected"


HEAD = "*   Trying 192.0.2.1:80...\n> GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n< HTTP/1.1 {}\r\n< Content-Length: {}\r\n< \r\n"
LEFT = "* Connection #0 to host shop.example:80 left intact\n"


@pytest.mark.parametrize("cuts", [(), (2,), (3, 25, 90), (2, 3, 26)])
def test_what_curl_cffi_shows_of_a_body_and_prints_once_more_is_text(cuts: tuple[int, ...]) -> None:
    pieces = [BODY[start:stop] for start, stop in zip((0, *cuts), (*cuts, len(BODY)), strict=True)]
    shown = "< SSL [5 bytes]: 17 03 03 00 ab\n".join(f"< DATA {piece}\n" for piece in pieces)
    log = HEAD.format("503 Service Unavailable", len(BODY)) + shown + LEFT + f"503\n{BODY}\n"
    assert codes(log) == ["http-unavailable"]
    assert not {"Complaint", "CertificateBlock", "ConnectionClosed"} & set(kinds(log))


@pytest.mark.parametrize("page", [
    '{"message":"cURL error 7: Failed to connect to stock.example port 80: Connection refused"}',
    "curl: (6) Could not resolve host: stock.example",
])  # fmt: skip
def test_the_line_below_what_guzzle_says_of_a_response_is_of_the_page(page: str) -> None:
    said = "Server error: `POST https://a.example/v2` resulted in a `502 Bad Gateway` response:\n"
    assert codes(f"{said}{page}\n") == ["http-bad-gateway"]


@pytest.mark.parametrize(
    ("size", "found"), [(44, []), (43, ["network-host-not-found"]), (4400, ["network-host-not-found"])]
)
def test_what_is_as_long_as_the_meter_tells_is_the_body(size: int, found: list[str]) -> None:
    assert codes(f"{TITLE}{ROW.format(size)}curl: (6) Could not resolve host: b.example\n") == found


def test_below_a_meter_whose_body_went_elsewhere_another_is_measured() -> None:
    assert codes(TITLE + ROW.format(5000) + "\n" + written(BODY)) == []
