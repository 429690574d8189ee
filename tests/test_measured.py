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
