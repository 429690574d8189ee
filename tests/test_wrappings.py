"""Tests of undoing what wraps a whole log."""

import html
import json
import time
from collections.abc import Callable

import pytest

from curlx.lines import split
from curlx.wrappings import NAMES, recognize

LOG = """\
* Host example.com:443 was resolved.
* IPv6: (none)
* IPv4: 192.0.2.1
*   Trying 192.0.2.1:443...
* ALPN: curl offers h2,http/1.1
* TLSv1.3 (OUT), TLS handshake, Client hello (1):
*  CAfile: /etc/ssl/certs/ca-certificates.crt
  CApath: none
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
* Server certificate:
*  subject: CN=example.com
* Connected to example.com (192.0.2.1) port 443
> GET /a HTTP/1.1
> Host: example.com
> Accept: */*
>\x20

< HTTP/1.1 400 Bad Request
< Content-Type: text/html
<\x20
<html>
    indented & "quoted"
- a dash
</html>
* Connection #0 to host example.com left intact""".splitlines()

BODY = [
    "* Server certificate:",
    "*  subject: CN=evil.example",
    "< HTTP/1.1 500 Internal Server Error",
    "curl: (60) SSL",
] * 80


def unwrapped(lines: list[str]) -> tuple[list[str], tuple[str, ...]]:
    found = split(["\n".join(lines).encode()])
    return [line.text for line in found], found.quirks


def numbered(form: str) -> Callable[[int, str], str]:
    return lambda number, text: form.format(number) + text


PREFIXES: list[tuple[str, Callable[[int, str], str]]] = [
    ("indentation", numbered("    ")),
    ("indentation", numbered("\t")),
    ("quoting", numbered("> ")),
    ("quoting", numbered(">> ")),
    ("quoting", numbered("> > ")),
    ("quoting", numbered("| ")),
    ("quoting", numbered("\\")),
    ("line-numbers", numbered("{:6d}\t")),
    ("line-numbers", numbered("{}: ")),
    ("line-numbers", numbered("{:03d}+ ")),
    ("timestamps", numbered("2024-01-01T00:00:{:02d}.0000000Z ")),
    ("timestamps", numbered("2024-01-01T00:00:{:02d}.123456Z 01O ")),
    ("timestamps", numbered("[2024-01-01T00:00:{:02d}.000Z] ")),
    ("timestamps", numbered("Jan 12 10:11:{:02d} node1 curl[4711]: ")),
    ("timestamps", numbered("2024-01-01 10:11:{:02d},123 DEBUG [main] c.e.Client - ")),
    ("log-prefix", numbered("client-1  | ")),
    ("log-prefix", numbered("[pod/client-6d4cf56db6-abcde/curl] ")),
]


@pytest.mark.parametrize(("name", "wrap"), PREFIXES)
def test_what_stands_before_every_line_is_removed(name: str, wrap: Callable[[int, str], str]) -> None:
    assert unwrapped([wrap(number, line) for number, line in enumerate(LOG, 1)]) == (LOG, (name,))


@pytest.mark.parametrize(("name", "wrap"), PREFIXES)
def test_a_body_that_looks_wrapped_stays_a_body(name: str, wrap: Callable[[int, str], str]) -> None:
    assert name in NAMES
    log = LOG[:20] + [wrap(number, line) for number, line in enumerate(BODY, 1)] + LOG[-1:]
    assert unwrapped(log) == (log, ())


def test_a_log_as_curl_wrote_it_is_left_alone() -> None:
    assert unwrapped(LOG) == (LOG, ())


@pytest.mark.parametrize("own", ["09:10:21.186932 ", "09:10:21.186932 [0-0] ", "[0-0] "])
def test_the_time_and_the_numbers_that_curl_prints_itself_are_left_to_the_reader(own: str) -> None:
    log = [own + line for line in LOG]
    assert unwrapped(log) == (log, ())


def test_wrappings_may_be_nested() -> None:
    wrapped = [f"2024-01-01T00:00:{number:02d}.0000000Z     > {line}" for number, line in enumerate(LOG)]
    assert unwrapped(wrapped)[0] == LOG
    quoted = [f"> {number:3d}: {line}" for number, line in enumerate(LOG)]
    assert unwrapped(quoted)[0] == LOG


def test_prose_around_an_indented_log_does_not_hide_it() -> None:
    prose = ["Hello,", "", "since yesterday this fails:", ""]
    assert unwrapped([*prose, *("    " + line for line in LOG), "", "Any idea?"])[0] == [*prose, *LOG, "", "Any idea?"]


def test_a_log_far_down_is_unwrapped_as_well() -> None:
    build = [f"2024-01-01T00:00:00.{number:07d}Z compiling" for number in range(2000)]
    log = [f"2024-01-01T00:00:01.{number:07d}Z {line}" for number, line in enumerate(LOG)]
    assert unwrapped(build + log)[0][-len(LOG) :] == LOG


def test_escaped_marks_are_given_back() -> None:
    assert unwrapped([html.escape(line) for line in LOG]) == (LOG, ("html",))


def test_an_escaped_page_in_a_plain_log_is_left_alone() -> None:
    log = [*LOG[:20], "&lt; HTTP/1.1 500 Internal Server Error", "&gt; GET / HTTP/1.1", LOG[-1]]
    assert unwrapped(log) == (log, ())


def test_line_breaks_of_html_are_removed() -> None:
    assert unwrapped([line + "<br>" for line in LOG]) == (LOG, ("line-breaks",))


def test_backticks_around_each_line_are_removed() -> None:
    assert unwrapped([f"`{line}`" if line else "" for line in LOG]) == (LOG, ("backticks",))


def test_blanks_up_to_the_right_edge_are_removed() -> None:
    texts, quirks = unwrapped([line.ljust(120) for line in LOG])
    assert quirks == ("padding",)
    assert texts == [line.rstrip() for line in LOG]


def test_bold_is_removed_where_curl_speaks() -> None:
    log = [
        *LOG[:17],
        "< HTTP/1.1 **403 Forbidden**",
        "**curl: (35) error:0A:SSL routines:ssl3_read_bytes:x**",
        "a **b** c",
    ]
    texts, quirks = unwrapped(log)
    assert texts[17:] == ["< HTTP/1.1 403 Forbidden", "curl: (35) error:0A:SSL routines:ssl3_read_bytes:x", "a **b** c"]
    assert quirks == ("bold",)


def test_the_fences_of_a_code_block_are_blanked() -> None:
    assert unwrapped(["```console", *LOG, "```"]) == (["", *LOG, ""], ("fences",))


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


def test_the_types_of_a_debug_callback_become_marks() -> None:
    log = ["INFO text_buff = cURL:type[0]-Connected to example.com (192.0.2.1) port 80 (#2)",
           "INFO text_buff = cURL:type[2]-GET / HTTP/1.1",
           "INFO text_buff = cURL:type[1]-HTTP/1.1 407 Proxy Auth"]  # fmt: skip
    assert unwrapped(log) == (
        ["* Connected to example.com (192.0.2.1) port 80 (#2)", "> GET / HTTP/1.1", "< HTTP/1.1 407 Proxy Auth"],
        ("debug-callback",),
    )


def test_git_prints_curls_trace_in_its_own_words() -> None:
    log = [
        "10:00:00.000001 http.c:845              == Info: Connected to example.com (192.0.2.1) port 443 (#0)",
        "10:00:00.000002 http.c:792              => Send header, 0000000211 bytes (0x000000d3)",
        "10:00:00.000003 http.c:804              => Send header: GET /r.git HTTP/2",
        "10:00:00.000004 http.c:804              => Send header: Host: example.com",
        "10:00:00.000005 http.c:804              => Send header:",
        "10:00:00.000006 http.c:792              <= Recv header, 0000000017 bytes (0x00000011)",
        "10:00:00.000007 http.c:804              <= Recv header: HTTP/2 200",
    ]
    texts, quirks = unwrapped(log)
    assert quirks == ("timestamps", "git-trace")
    assert texts == ["* Connected to example.com (192.0.2.1) port 443 (#0)", "", "> GET /r.git HTTP/2",
                     "> Host: example.com", "> ", "", "< HTTP/2 200"]  # fmt: skip


def test_error_records_of_powershell_are_taken_off() -> None:
    log = [
        "curl.exe : *   Trying 192.0.2.1:443...",
        "At line:1 char:1",
        "+ curl.exe -v https://example.com 2>&1 | Out-File log.txt",
        "+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~",
        "    + CategoryInfo          : NotSpecified: (*   Trying 192.0.2.1:443...:String) [], RemoteException",
        "    + FullyQualifiedErrorId : NativeCommandError",
        " ",
        *LOG[4:],
    ]
    texts, quirks = unwrapped(log)
    assert quirks == ("powershell",)
    assert texts[:7] == [LOG[3], "", "curl.exe -v https://example.com 2>&1 | Out-File log.txt", "", "", "", " "]
    assert texts[7:] == LOG[4:]


def test_an_error_record_of_powershells_own_curl_is_left_as_it_is() -> None:
    log = [
        "curl : The remote server returned an error: (400) Bad Request.",
        "    + CategoryInfo          : InvalidOperation: (System.Net.HttpWebRequest:HttpWebRequest) [Invoke-WebRequest], WebException",
        "    + FullyQualifiedErrorId : WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeWebRequestCommand",
    ]
    assert unwrapped(log) == (log, ())


@pytest.mark.parametrize(
    "prompt",
    ["$ ", "# ", "$", ">", "root@box:/# ", "me@box:~/a$ ", "[me@box ~]$ "],
)
def test_the_prompt_before_the_command_is_removed(prompt: str) -> None:
    assert unwrapped([prompt + "curl -v https://example.com/a", *LOG]) == (
        ["curl -v https://example.com/a", *LOG],
        ("prompt",),
    )


@pytest.mark.parametrize("prompt", ["C:\\>", "c:\\work> ", "PS C:\\work> "])
def test_a_prompt_that_tells_how_the_command_is_quoted_stays(prompt: str) -> None:
    log = [prompt + "curl -v https://example.com/a", *LOG]
    assert unwrapped(log) == (log, ())


def test_a_command_in_a_script_that_was_fetched_stays_what_it_is() -> None:
    log = [*LOG[:20], "# curl -v https://evil.example", "echo", "echo", "echo", *LOG[-1:]]
    assert unwrapped(log) == (log, ())


def test_lines_that_a_console_broke_are_put_together() -> None:
    tail = " and then it goes on and on until the right edge of the window is far behind"
    long = [line + tail if line.startswith("*") else line for line in LOG]
    broken = [part for line in long for part in ([line[i : i + 80] for i in range(0, len(line), 80)] or [""])]
    found = split(["\n".join(broken).encode()])
    assert [line.text for line in found] == long
    assert found.quirks == ("console-width",)
    assert found.count == len(broken)


def test_one_line_that_a_console_of_the_usual_width_broke_is_put_together() -> None:
    long = "* SSL certificate problem: unable to get local issuer certificate of the one that signed it"
    broken = [*LOG[:10], long[:80], long[80:], *LOG[10:]]
    assert unwrapped(broken) == ([*LOG[:10], long, *LOG[10:]], ("console-width",))
    padded = [line.ljust(80) for line in broken]
    assert unwrapped(padded) == ([line.rstrip() for line in [*LOG[:10], long, *LOG[10:]]], ("padding", "console-width"))


def test_a_line_that_happens_to_be_as_long_as_a_console_is_wide_is_left_alone() -> None:
    last = "* Connection #0 to host " + "a" * 44 + " left intact"
    log = [*LOG[:20], last, "<html>"]
    assert len(last) == 80
    assert unwrapped(log) == (log, ())


def test_an_indented_line_as_long_as_a_console_is_wide_is_none_of_curls() -> None:
    log = [*LOG, "    " + "a" * 76, "and more"]
    assert unwrapped(log) == (log, ())


def test_each_line_may_be_a_string_of_json() -> None:
    strings = ["    " + json.dumps(line) + "," for line in LOG]
    assert unwrapped(['"stderr_lines": [', *strings, "]"]) == (['"stderr_lines": [', *LOG, "]"], ("json",))
    objects = [json.dumps({"log": line + "\n", "stream": "stderr"}) for line in LOG]
    assert unwrapped(objects) == (LOG, ("json",))


def test_a_whole_log_may_be_one_string() -> None:
    found = split([f'message: "Readiness probe failed: {json.dumps(chr(10).join(LOG))[1:]}'.encode()])
    lines = list(found)
    assert [line.text for line in lines] == ['message: "Readiness probe failed: ', *LOG[:-1], LOG[-1] + '"']
    assert {int(line.number) for line in lines} == {1}
    assert len({line.number for line in lines}) == len(lines), "each piece is told apart"
    assert sum(line.size for line in lines) == found.size
    assert found.quirks == ("json",)


def test_a_body_of_json_with_a_log_in_it_stays_a_body() -> None:
    log = [*LOG[:18], json.dumps({"log": BODY[0]}), json.dumps("\n".join(BODY)), LOG[-1]]
    assert unwrapped(log) == (log, ())


def test_the_message_below_that_of_r_gets_its_mark() -> None:
    said = ["Error in curl::curl_fetch_memory(url, handle = handle) :", "  Could not resolve host: a.example"]
    assert unwrapped(said) == ([said[0], "* Could not resolve host: a.example"], ("program-error",))
    assert unwrapped([*LOG[:20], *said, LOG[-1]]) == ([*LOG[:20], *said, LOG[-1]], ())


def test_arrows_of_r_become_marks() -> None:
    log = ["-> GET /a HTTP/1.1", "-> Host: example.com", "-> ", "<- HTTP/1.1 404 Not Found", "<- ", "<<  gone"]
    assert unwrapped(log) == (
        ["> GET /a HTTP/1.1", "> Host: example.com", "> ", "< HTTP/1.1 404 Not Found", "< ", "gone"],
        ("debug-callback",),
    )


def test_the_callback_of_pycurls_documentation_becomes_marks() -> None:
    log = [r"debug(0): b'  Trying 192.0.2.1:80...\n'", r"debug(2): b'GET / HTTP/1.1\r\nHost: example.com\r\n\r\n'",
           r"debug(1): b'HTTP/1.1 200 OK\r\n'"]  # fmt: skip
    texts = ["*   Trying 192.0.2.1:80...", "> GET / HTTP/1.1", "> Host: example.com", "> ", "< HTTP/1.1 200 OK"]
    assert unwrapped(log) == (texts, ("debug-callback",))


def test_lines_that_are_bold_from_end_to_end_are_recognized() -> None:
    log = [*LOG[:16], "**< HTTP/1.1 403 Forbidden**", "*** Connection #0 to host example.com left intact**"]
    texts, quirks = unwrapped(log)
    assert texts[16:] == ["< HTTP/1.1 403 Forbidden", "* Connection #0 to host example.com left intact"]
    assert quirks == ("bold",)


def test_every_name_is_known_and_nothing_is_found_in_nothing() -> None:
    assert recognize([]) == ()
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize(
    "unit",
    [
        "> ",
        "* ",
        "  ",
        "&gt;",
        "**a",
        "1 ",
        "`",
        "a@b:",
        "<br>",
        "\t",
        "Host ",
        "(",
        "CURLINFO_",
        "\\n* ",
        '{"log":',
        "01O ",
        "debug(0): b'",
        "[a.b](http://",
        "<http://a|",
        "Failed to connect to ",
        "HTTP/1.1 200 a",
        "  0     0    0 ",
    ],
)
def test_hostile_samples_take_no_longer_than_others(unit: str) -> None:
    sample = [LOG[0]] + [unit * (100_000 // len(unit))] * 5
    start = time.perf_counter()
    for wrapping in recognize(sample) + recognize(sample[1:]):
        wrapping.undo(sample[-1])
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize("line", ['{"log":"a\\n* Could not resolve host: e.example\\n"}', 'msg="* Could not resolve host: e"',
                                  "< X: a\\n* Could not resolve host: e\\ncurl: (6) Could not resolve host: e"])  # fmt: skip
@pytest.mark.parametrize("before", ["> ", "    ", "client-1  | "])
def test_what_a_wrapped_log_holds_is_no_string_with_a_log(before: str, line: str) -> None:
    log = [*LOG[:18], line, *LOG[18:]]
    texts, quirks = unwrapped([before + text for text in log])
    assert texts == log
    assert "json" not in quirks


def test_a_line_end_that_a_page_escaped_is_none() -> None:
    texts, _ = unwrapped(
        [html.escape(line) for line in LOG[:-1]] + ["&lt; X: a&amp;#10;* Could not resolve host: e.example"]
    )
    assert texts[-1] == "< X: a&#10;* Could not resolve host: e.example"


@pytest.mark.parametrize("words", ["Could not resolve host: a.example", "error:1408F10B:SSL routines::wrong version number",
                                   "bad range in URL position 9:"])  # fmt: skip
def test_curls_last_word_is_read_indented_and_left_alone_at_the_margin(words: str) -> None:
    said = f"curl: (6) {words}"
    assert unwrapped([said]) == ([said], ())
    assert unwrapped(["It says:", f"  {said}", "Any idea?"]) == (["It says:", said, "Any idea?"], ("indentation",))


SAID = "OpenSSL SSL_read: error:0A000126:SSL routines::unexpected eof while reading, errno 0"
ANSWER = ["HTTP/1.1 502 Bad Gateway", "Content-Type: text/html", "", "<p>no</p>"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (SAID, f"* {SAID}"),
        (f"Error: {SAID}", f"* {SAID}"),
        ('  "error": "Received HTTP/0.9 when not allowed\\n",', "* Received HTTP/0.9 when not allowed"),
        ("run into `Could not resolve host: a.example` there", "* Could not resolve host: a.example"),
        ("step | fatal: unable to access 'https://a.example/x/': Empty reply from server",
         "fatal: unable to access 'https://a.example/x/': Empty reply from server"),
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


def test_links_that_an_editor_made_of_hosts_are_undone_in_curls_lines_alone() -> None:
    talk = "* Connected to [a.example](http://a.example/) (192.0.2.7) port 25"
    slack = "* Could not resolve host: <http://a.example|a.example>"
    lines, quirks = unwrapped([talk, slack, "see [a.example](http://a.example/)"])
    assert lines[:2] == ["* Connected to a.example (192.0.2.7) port 25", "* Could not resolve host: a.example"]
    assert lines[2] == "see [a.example](http://a.example/)"
    assert quirks == ("links",)


def test_a_sentence_far_above_a_log_does_not_decide_how_the_log_is_wrapped() -> None:
    before = ["WARN update check: Could not resolve host: updates.example"] + ["a line of another program"] * 500
    lines, quirks = unwrapped([*before, *(f"> {line}" for line in LOG)])
    assert lines[-len(LOG) :] == LOG
    assert quirks == ("quoting",)


def test_a_head_below_the_meter_is_curls_own_and_keeps_its_words() -> None:
    meter = (
        "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
        "                                 Dload  Upload   Total   Spent    Left  Speed\n"
        "\r100    54  100    54    0     0  33102      0 --:--:-- --:--:-- --:--:-- 33500\n"
    )
    head = "HTTP/1.0 404 File not found\r\nServer: a\r\n\r\n"
    assert recognize((meter + head).replace("\r", "").splitlines()) == ()
    assert [one.name for one in recognize(("I called it:\n" + head).replace("\r", "").splitlines())] == ["loose-words"]
