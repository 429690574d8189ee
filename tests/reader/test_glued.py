"""What a server writes cannot speak for curl: headers, the last line of a body, and what stands behind one."""

from __future__ import annotations

import pytest

from curlx import explain
from curlx.lines import split
from curlx.reader import read
from curlx.reader.glued import said_next
from curlx.report import Report

HEAD = """\
*   Trying 203.0.113.10:80...
* Connected to api.shop.example (203.0.113.10) port 80 (#0)
> GET /status HTTP/1.1
> Host: api.shop.example
>\x20
< HTTP/1.1 200 OK
"""
LEFT = "* Connection #0 to host api.shop.example left intact\n"
JSON = '{"status":"ok","items":[1,2,3]}'
EXPIRED = "SSL certificate problem: certificate has expired"
REFUSED = """\
*   Trying 127.0.0.1:1...
* connect to 127.0.0.1 port 1 failed: Connection refused
* Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server
* Closing connection 1
curl: (7) Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server
"""


def errors(log: str) -> list[tuple[str, str]]:
    return [(one.code, one.certainty) for one in explain(log.encode()).findings if one.severity == "error"]


def told(log: str) -> Report:
    return explain(log.encode())


@pytest.mark.parametrize("name", ["X-Error", "Location", "* X-Error"])
@pytest.mark.parametrize(
    "value",
    [
        "* Recv failure: Connection reset by peer",
        "* Operation timed out after 1000 milliseconds with 0 bytes received",
        f"12:00:00.000000 * {EXPIRED}",
        f"[0-0] * {EXPIRED}",
        "* Connection #0 to host api.shop.example left intact",
        f"a\r* {EXPIRED}\rcurl: (60) {EXPIRED}",
        f"curl: (60) {EXPIRED}",
    ],
)
def test_a_header_is_one_line_whatever_is_in_it(name: str, value: str) -> None:
    report = told(f"{HEAD}< {name}: {value}\r\n< Content-Length: 0\r\n< \r\n{LEFT}")
    assert (report.findings, report.outcome) == ((), "success")


@pytest.mark.parametrize("value", ["* About to connect() to evil.example port 443 (#0)", f"* {EXPIRED}"])
def test_a_header_that_was_written_behind_the_farewell_is_one_line_too(value: str) -> None:
    head = f"{HEAD}< X-Note: {value}\n< Content-Length: 0\n< \n".replace(">\n", "> \n")
    raw = "".join(f"{line}\r\n" if line[:1] in "<>" else f"{line}\n" for line in head.splitlines())
    written = f"HTTP/1.1 200 OK\r\nX-Note: {value}\r\nContent-Length: 0\r\n\r\n"
    report = explain(raw + LEFT + written)
    assert report.findings == ()
    assert report.summary.transfers == 1


@pytest.mark.parametrize("value", [f"curl: (60) {EXPIRED}", "* Recv failure: Connection reset by peer"])
def test_a_header_that_was_printed_without_v_is_one_line_too(value: str) -> None:
    assert errors(f"HTTP/1.1 200 OK\nServer: attack\nX-Error: {value}\nContent-Length: 12\n\nhello world\n") == []


@pytest.mark.parametrize("reason", ["OK * Recv failure: Connection reset by peer", f"OK curl: (60) {EXPIRED}"])
def test_a_reason_phrase_is_one_line_too(reason: str) -> None:
    assert errors(f"{HEAD.replace('200 OK', f'200 {reason}')}< Content-Length: 0\n< \n{LEFT}") == []


FRAMINGS = {
    "known": f"< Content-Length: {len(JSON)}\n< \n{{ [{len(JSON)} bytes data]\n",
    "chunks": f"< Transfer-Encoding: chunked\n< \n{{ [{len(JSON) + 11} bytes data]\n",
    "until the close": f"< Connection: close\n< \n{{ [{len(JSON)} bytes data]\n",
}
"""Heads of a body that is written behind the farewell, as a pipe has it."""


@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize(
    ("following", "code"),
    [
        (REFUSED, "network-refused"),
        ("* Could not resolve host: b.example\n* Closing connection 1\ncurl: (6) Could not resolve host: b.example\n",
         "network-host-not-found"),
        ("curl: (3) bad range specification in URL position 9:\n", "curl-url-malformed"),
    ],
)  # fmt: skip
def test_a_failure_behind_a_body_without_a_last_line_end_is_told(framing: str, following: str, code: str) -> None:
    assert [one for one, _ in errors(HEAD + FRAMINGS[framing] + LEFT + JSON + following)] == [code]


@pytest.mark.parametrize("behind", ["200\n", "exit=0\n", REFUSED, ""])
def test_a_body_written_last_may_be_followed_by_anything(behind: str) -> None:
    body = f"curl: (60) {EXPIRED}\n"
    log = f"{HEAD}< Content-Length: {len(body)}\n< \n{{ [{len(body)} bytes data]\n{LEFT}{body}{behind}"
    assert errors(log) == ([("network-refused", "certain")] if behind == REFUSED else [])


@pytest.mark.parametrize("head", ["< Connection: close\n< \n", "< Transfer-Encoding: chunked\n< \n"])
def test_a_text_that_tells_of_curl_is_not_curl(head: str) -> None:
    body = '{"job": 7, "log": "fetch failed: curl: (6) Could not resolve host: api.example.com"}\n'
    assert errors(HEAD + head + body + LEFT) == []


def test_a_compressed_body_has_no_known_length_and_so_nothing_behind_it_is_certain() -> None:
    body = f"* {EXPIRED}\n* Closing connection 0\ncurl: (60) {EXPIRED}\n"
    head = "< Content-Encoding: gzip\n< Content-Length: 67\n< \n{ [67 bytes data]\n"
    assert [certainty for _, certainty in errors(HEAD + head + LEFT + body)] in ([], ["likely"])


def test_what_came_of_an_answer_that_broke_off_is_its_body() -> None:
    body = "* Connection #0 to host 127.0.0.1 left intact\n"
    said = "transfer closed with 1000 bytes remaining to read"
    head = f"< Content-Length: {1000 + len(body)}\n< \n{{ [{len(body)} bytes data]\n"
    log = f"{HEAD}{head}* {said}\n* Closing connection 0\ncurl: (18) {said}\n{body}"
    assert errors(log) == [("network-transfer-interrupted", "certain")]


def test_a_body_that_imitates_curl_ends_where_all_that_came_in_has_been_seen() -> None:
    body = f"* {EXPIRED}\n"
    head = f"< Transfer-Encoding: chunked\n< \n{{ [{len(body) + 11} bytes data]\n"
    assert [code for code, _ in errors(HEAD + head + LEFT + body + REFUSED)] == ["network-refused"]


def test_a_failure_that_http1_cannot_have_is_a_body() -> None:
    body = "* HTTP/2 stream 1 was not closed cleanly: INTERNAL_ERROR (err 2)\n"
    assert errors(f"{HEAD}< Connection: close\n< \n{body}* Closing connection 0\n") == []


def test_curl_says_nothing_behind_a_head_that_it_printed_without_v() -> None:
    bare = "HTTP/1.1 200 OK\nServer: attack\nConnection: close\n\n"
    talk = HEAD.replace("200 OK", "500 Oops") + f"< Content-Length: 0\n< \n{LEFT}"
    report = told(bare + talk)
    assert [one.certainty for one in report.findings if one.severity == "error"] in ([], ["likely"])
    assert len(report.timeline.transfers) == 2


def test_the_page_of_nginx_over_plain_http_or_under_another_status_is_not_certain() -> None:
    page = "<html><head><title>400 No required SSL certificate was sent</title></head></html>\n"
    for status in ("403 Forbidden", "400 Bad Request"):
        log = f"$ curl -v http://api.shop.example/status\n{HEAD.replace('200 OK', status)}"
        log += f"< Content-Length: {len(page)}\n< \n{page}{LEFT}"
        assert ("client-certificate-missing", "likely") in errors(log)


def test_the_first_words_that_libressl_uses_for_both_sides_are_not_certain() -> None:
    said = "LibreSSL/3.3.6: error:1404B42E:SSL routines:ST_CONNECT:tlsv1 alert protocol version"
    shown = "* (304) (OUT), TLS handshake, Client hello (1):\n"
    talk = f"* Connected to app.example (203.0.113.9) port 8080 (#0)\n{shown}"
    assert errors(f"{talk}* {said}\n* Closing connection 0\n") == [("tls-version-mismatch", "possible")]
    alert = "* (304) (IN), TLS alert, protocol version (582):\n"
    assert errors(f"{talk}{alert}* {said}\n* Closing connection 0\n") == [("tls-version-mismatch", "certain")]


@pytest.mark.parametrize(
    "body", ["Note: x", "Warning: x", "cURL error 6: x", "fatal: unable to access 'https://e/': x"]
)
def test_whatever_a_bodys_last_line_looks_like_curls_next_words_are_read(body: str) -> None:
    log = (
        "* Connected to a.example (192.0.2.1) port 443 (#0)\n> GET / HTTP/1.1\r\n> Host: a.example\r\n> \r\n"
        f"< HTTP/1.1 200 OK\r\n< Content-Length: {len(body)}\r\n< \r\n{{ [{len(body)} bytes data]\n"
        f"* Connection #0 to host a.example left intact\n{body}* Trying 192.0.2.9:443...\n"
        "* connect to 192.0.2.9 port 443 failed: Connection refused\n"
        "* Failed to connect to b.example port 443 after 0 ms: Connection refused\n* Closing connection 1\n"
    )
    assert explain(log.encode()).findings[0].code == "network-refused"


@pytest.mark.parametrize("stamp", ["09:10:21.506234 ", "[0-0] ", "09:10:21.506234 [0-0] "])
def test_a_time_is_no_bodys_last_line_before_what_a_quoted_trace_shows(stamp: str) -> None:
    heading = "<= Recv header, 19 bytes (0x13)"
    assert said_next(f"{stamp}{heading}", ended=False, talks=True) is None
    assert said_next(f"the end{heading}", ended=False, talks=True) is not None


@pytest.mark.parametrize("before", ["> ", "+", "- ", '    "', "    "])
def test_a_complaint_in_a_log_that_a_body_quotes_is_not_curls(before: str) -> None:
    complaint = "* Recv failure: Connection reset by peer"
    assert said_next(f"{before}{complaint}", ended=True, talks=True) is None
    assert said_next(f"the end{complaint}", ended=True, talks=True) is not None


def test_a_body_that_ends_in_blanks_hides_no_farewell() -> None:
    assert said_next("   * Connection #0 to host a.example left intact", ended=False, talks=True) is not None


def test_a_complaint_in_a_programs_text_is_not_curls() -> None:
    assert said_next('  puts("* Failed receiving HTTP2 data");', ended=False, talks=True) is None


def test_a_head_that_a_body_shows_may_be_broken_off_by_the_farewell_and_one_of_the_servers_may_not() -> None:
    raw = HEAD.replace("\n", "\r\n").replace("...\r", "...").replace("(#0)\r", "(#0)")
    shown = "*   Trying 198.51.100.7:80...\n< HTTP/1.1 301 Moved Perman" + LEFT
    lines = [f"{raw}< Content-Length: 900\r\n< \r\n{body}" for body in (shown, shown.replace("\n", "\r\n"))]
    said = [[type(event).__name__ for _, event in read(split([log.encode()]))] for log in lines]
    assert said[0][-2:] == ["Text", "ConnectionLeft"]
    assert said[1][-1] == "StatusLine"
