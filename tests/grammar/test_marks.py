"""What a line claims to be, looked at alone."""

from __future__ import annotations

import pytest

from curlx.events import (
    Chatter,
    Complaint,
    CurlVersion,
    DataMoved,
    Elided,
    Event,
    Exit,
    Header,
    HeadersEnd,
    HttpChosen,
    Meter,
    ProgramFailed,
    ReceivedText,
    RequestLine,
    SentText,
    StatusLine,
    Text,
    Unrecognized,
    Warned,
)
from curlx.grammar.marks import claim


@pytest.mark.parametrize(("text", "mark", "event"), [
    ("* using HTTP/2", "*", HttpChosen("2")),
    ("== Info: using HTTP/2", "==", HttpChosen("2")),
    ("* [0-0] using HTTP/2", "*", HttpChosen("2")),
    ("* what nobody says", "*", Unrecognized("what nobody says")),
    ("*", "*", Chatter("blank")),
    ("> GET /a b?c HTTP/1.1", ">", RequestLine("GET", "/a b?c", "1.1")),
    ("> [0-0] POST /echo HTTP/2", ">", RequestLine("POST", "/echo", "2")),
    ("> CONNECT shop.example:443 HTTP/1.1", ">", RequestLine("CONNECT", "shop.example:443", "1.1")),
    ("> Host:shop.example", ">", Header("out", "Host", "shop.example")),
    ("> EHLO me.example", ">", SentText("EHLO me.example")),
    ("> ", ">", HeadersEnd("out")),
    (">", ">", HeadersEnd("out")),
    ("< ", "<", HeadersEnd("in")),
    ("< HTTP/1.1 400 Bad Request", "<", StatusLine("1.1", 400, "Bad Request")),
    ("< HTTP/2 400 ", "<", StatusLine("2", 400, "")),
    ("< HTTP/3 200", "<", StatusLine("3", 200, "")),
    ("< RTSP/1.0 461 Unsupported transport", "<", StatusLine("1.0", 461, "Unsupported transport", rtsp=True)),
    ("< HTTP/1.1 **403 Forbidden**", "<", StatusLine("1.1", 403, "Forbidden")),
    ("< date: Mon, 23 Nov 2026 09:10:49 GMT ", "<", Header("in", "date", "Mon, 23 Nov 2026 09:10:49 GMT")),
    ("< 220 mail.example ESMTP", "<", ReceivedText("220 mail.example ESMTP")),
    ("{ [237 bytes data]", "{", DataMoved("in", 237)),
    ("} [8 bytes data]", "{", DataMoved("out", 8)),
    ("=> Send header, 82 bytes (0x52)", "=>", Chatter("tracing")),
    ("<= Recv data, 470 bytes (0x1d6)", "=>", DataMoved("in", 470, body=True)),
    ("<= Recv SSL data, 5 bytes (0x5)", "=>", DataMoved("in", 5, body=False)),
    ("curl: (56) no sentence of curl's", "", Exit(56, "no sentence of curl's")),
    ("pycurl.error: (52, \"no sentence of curl's\")", "", Exit(52, "no sentence of curl's", program="pycurl")),
    ("error: RPC failed; curl 92 no sentence of curl's", "", ProgramFailed("no sentence of curl's", None, 92, program="git")),
    ("error: RPC failed; HTTP 413 curl 22 no sentence of curl's", "",
     ProgramFailed("no sentence of curl's", None, 22, program="git")),
    ("Warning: Transient problem: HTTP error Will retry in 1 seconds. 3 retries left.", "",
     Warned("Warning: Transient problem: HTTP error Will retry in 1 seconds. 3 retries left.", True)),
    ("curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.19 zlib/1.2.13", "",
     CurlVersion("7.88.1", "OpenSSL/3.0.19")),
    ("curl 8.4.0 (x86_64-apple-darwin23.0) libcurl/8.4.0 (SecureTransport) LibreSSL/3.3.6", "",
     CurlVersion("8.4.0", "LibreSSL/3.3.6")),
    ("curl: option --cacert: is badly used here", "",
     Complaint("option", "option --cacert: is badly used here", subject="--cacert")),
    ("...", "", Elided()),
    ("[...]", "", Elided()),
    ("<snip>", "", Elided()),
    ("(some lines removed)", "", Elided()),
    ("<cut for brevity>", "", Elided()),
    ("... (more of the same) ...", "", Elided()),
    ("(中略)", "", Elided()),
    ("[removed] by whom", "", Text("[removed] by whom")),
    ("  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0", "", Meter()),
    ("<html>", "", Text("<html>")),
    ("{}", "", Text("{}")),
    ("", "", Text("")),
])  # fmt: skip
def test_a_line_claims_what_it_says(text: str, mark: str, event: Event) -> None:
    claimed = claim(text)
    assert (claimed.mark, claimed.event) == (mark, event)


def test_time_and_numbers_before_the_mark_are_kept() -> None:
    claimed = claim("09:10:49.304498 [0-1] * using HTTP/2")
    assert (claimed.time, claimed.transfer, claimed.connection) == ("09:10:49.304498", "0", "1")
    assert claimed.event == HttpChosen("2")


def test_the_exit_carries_the_complaint_that_its_text_makes() -> None:
    text = "CONNECT tunnel failed, response 407"
    assert claim(f"curl: (56) {text}").event == Exit(56, text, Complaint("proxy-connect-rejected", text, number=407))


@pytest.mark.parametrize("more", ["\\n", '\\n"', "\\nMore details here: https://curl.se/docs/sslcerts.html\\n"])
def test_the_exit_ends_with_its_line_in_a_string_of_json(more: str) -> None:
    event = claim(f"curl: (6) Could not resolve host: a.example{more}").event
    assert isinstance(event, Exit)
    assert event.text == "Could not resolve host: a.example"


def test_the_name_of_a_file_of_windows_is_not_cut() -> None:
    event = claim("curl: (77) error setting certificate file: C:\\nginx\\cert.pem").event
    assert isinstance(event, Exit)
    assert event.text == "error setting certificate file: C:\\nginx\\cert.pem"


def test_blanks_that_a_paste_lost_do_not_matter() -> None:
    assert claim("* Trying 192.0.2.1...").event == claim("*   Trying 192.0.2.1...").event


def test_what_is_longer_than_curl_writes_is_not_curls() -> None:
    assert isinstance(claim("* " + "Trying " * 1000).event, Text)
