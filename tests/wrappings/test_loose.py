"""A sentence of curl's, or the head of an answer, in what somebody wrote."""

from __future__ import annotations

import pytest

from curlx.wrappings import recognize
from curlx.wrappings.coded import told_code

from .log import unwrapped

SAID = "OpenSSL SSL_read: error:0A000126:SSL routines::unexpected eof while reading, errno 0"
ANSWER = ["HTTP/1.1 502 Bad Gateway", "Content-Type: text/html", "", "<p>no</p>"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (SAID, f"* {SAID}"),
        (f"Error: {SAID}", f"* {SAID}"),
        ('  "error": "Received HTTP/0.9 when not allowed\\n",', "* Received HTTP/0.9 when not allowed"),
        ("run into `Could not resolve host: a.example` there", "* Could not resolve host: a.example"),
        ("With [1] pycurl returns a wrong error ( * NSS error -12269 (SSL_ERROR_EXPIRED_CERT_ALERT) )",
         "* NSS error -12269 (SSL_ERROR_EXPIRED_CERT_ALERT)"),
        ("It says Empty reply from server, but a browser gets it", "* Empty reply from server"),
        ("step | fatal: unable to access 'https://a.example/x/': Empty reply from server",
         "fatal: unable to access 'https://a.example/x/': Empty reply from server"),
        ("Curl error: (60) SSL certificate problem: self signed certificate",
         "curl: (60) SSL certificate problem: self signed certificate"),
        ("[ERROR] : UPDATE [0] ERROR : channel.c : get : 12 : operation failed (7): 'Couldn't connect to server'",
         "* Couldn't connect to server"),
        ("error sending; url='https://a.example', error='Couldn\\'t connect to server', worker='0'",
         "* Couldn't connect to server"),
    ],
)  # fmt: skip
def test_a_sentence_of_curls_is_picked_out_of_what_somebody_wrote(line: str, said: str) -> None:
    lines, quirks = unwrapped(["Our plugin shows this:", "", line, "What can I do?"])
    assert (lines[2], quirks) == (said, ("loose-words",))


@pytest.mark.parametrize(
    "before",
    [
        ["$ curl -s https://shop.example/log"],
        ["> curl -s https://shop.example/log"],
        ["╰─λ curl -s https://shop.example/log"],
        ["* Connected to shop.example (192.0.2.7) port 443 (#0)"],
        ["HTTP/1.1 200 OK", "Content-Type: text/plain", ""],
        ["curl: (6) Could not resolve host: b.example"],
    ],
)
def test_where_curl_speaks_or_was_run_a_sentence_is_somebody_elses(before: list[str]) -> None:
    lines, quirks = unwrapped([*before, "text", SAID, "text"])
    assert SAID in lines
    assert "loose-words" not in quirks


def test_the_head_of_an_answer_is_read_in_prose_only_where_nothing_else_is_curls() -> None:
    lines, quirks = unwrapped(["It fails with this:", "", *ANSWER, "", "Any idea?"])
    assert (lines[2], lines[4], lines[5]) == ("< HTTP/1.1 502 Bad Gateway", "< ", "<p>no</p>")
    assert quirks == ("loose-words",)
    for other in (["$ curl -i https://shop.example/"], ["* Closing connection 0", "It fails with this:", ""]):
        lines, quirks = unwrapped([*other, *ANSWER])
        assert "HTTP/1.1 502 Bad Gateway" in lines
    lines, quirks = unwrapped(["$ curl -i https://shop.example/", "", "It fails with this:", "", *ANSWER])
    assert "< HTTP/1.1 502 Bad Gateway" in lines


def test_a_head_below_the_meter_is_curls_own_and_keeps_its_words() -> None:
    meter = (
        "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
        "                                 Dload  Upload   Total   Spent    Left  Speed\n"
        "\r100    54  100    54    0     0  33102      0 --:--:-- --:--:-- --:--:-- 33500\n"
    )
    head = "HTTP/1.0 404 File not found\r\nServer: a\r\n\r\n"
    assert recognize((meter + head).replace("\r", "").splitlines()) == ()
    assert [one.name for one in recognize(("I called it:\n" + head).replace("\r", "").splitlines())] == ["loose-words"]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("CURL error: 60", 60),
        ("a curl error 60, again", 60),
        ("CURL error(1:60)", None),
        ("curl failed at 1.5 s", None),
    ],
)
def test_a_code_that_is_told_is_a_whole_number(sentence: str, told: int | None) -> None:
    found = told_code(sentence)
    assert (found[0] if found else None) == told
