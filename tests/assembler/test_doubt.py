"""What follows an answer whose body the log does not show to its end may be that body: nothing of it is certain."""

from __future__ import annotations

import pytest

import curlx
from curlx.assembler.doubting import introduces

ANSWER = """\
* Connected to a.example (192.0.2.1) port 80 (#0)
> GET / HTTP/1.1
> Host: a.example
>\x20
< HTTP/1.1 200 OK
< Transfer-Encoding: chunked
<\x20
{ [%d bytes data]
* Connection #0 to host a.example left intact
"""
ANOTHER_RUN = """\
$ curl -v https://b.example/
*   Trying 192.0.2.9:443...
* Connected to b.example (192.0.2.9) port 443 (#0)
* SSL certificate problem: self-signed certificate
* Closing connection 0
curl: (60) SSL certificate problem: self-signed certificate
"""
FINISHED = '{"id": 7, "name": "chair"}\n'


def certainties(log: str) -> list[tuple[str, str]]:
    return [(one.code, one.certainty) for one in curlx.explain(log).findings if one.severity == "error"]


@pytest.mark.parametrize("begun", [
    "<html><pre>\n",  # a page that is not ended
    "12:00:00.000000 * Connection #0 to host a.example left intact\n",  # a line of curl's in a style that is not this run's
    "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n<html><pre>\n",  # -i writes the head as well
    "some text\n",  # far less than came in
    "",
])  # fmt: skip
def test_another_run_behind_half_a_body_is_not_certain(begun: str) -> None:
    assert certainties(ANSWER % 5000 + begun + ANOTHER_RUN) == [("server-certificate-self-signed", "likely")]


def test_another_run_behind_a_whole_body_is() -> None:
    assert certainties(ANSWER % 37 + FINISHED + ANOTHER_RUN) == [("server-certificate-self-signed", "certain")]


def test_a_complaint_behind_what_curl_cannot_have_said_in_an_answer_of_unknown_length_is_not_certain() -> None:
    head = (ANSWER % 0).partition("{ [")[0]
    broken = "* Recv failure: Connection reset by peer\n* Closing connection 0\n"
    opened = "*   Trying 192.0.2.9:443...\n"  # of the connection on which the answer comes in, curl has said so before
    assert certainties(head + opened + broken) == [("network-reset", "likely")]
    assert certainties(head + "some text\n" + broken) == [("network-reset", "certain")]


LOOKED_UP = "* Hostname b.example was found in DNS cache\n"
FAILED = """\
*   Trying 192.0.2.9:443...
* Connected to b.example (192.0.2.9) port 443 (#0)
* SSL certificate problem: self-signed certificate
* Closing connection 0
curl: (60) SSL certificate problem: self-signed certificate
"""


@pytest.mark.parametrize("farewell", ["* Closing connection 0\n", "* Connection #0 to host b.example left intact\n"])
def test_a_run_behind_whose_end_curl_says_farewell_once_more_is_not_certain(farewell: str) -> None:
    head, left = (ANSWER % 0).partition("{ [")[0], "* Connection #0 to host a.example left intact\n"
    said = head.replace("Transfer-Encoding: chunked", "Content-Length: 0") + left + FAILED
    assert certainties(said) == [("server-certificate-self-signed", "certain")]
    assert certainties(said + farewell) == [("server-certificate-self-signed", "likely")]


def test_a_host_that_is_looked_up_before_a_farewell_to_the_answer_makes_nothing_certain() -> None:
    head, left = (ANSWER % 0).partition("{ [")[0], "* Connection #0 to host a.example left intact\n"
    assert certainties(head + "text\n" + LOOKED_UP + FAILED) == [("server-certificate-self-signed", "likely")]
    whole = head.replace("Transfer-Encoding: chunked", "Content-Length: 0") + left
    assert certainties(whole + LOOKED_UP + FAILED) == [("server-certificate-self-signed", "certain")]


def test_a_limit_of_redirects_that_the_log_does_not_show_is_not_certain() -> None:
    head = (ANSWER % 0).partition("{ [")[0].replace("200 OK", "302 Found")
    log = head + "* Maximum (%d) redirects followed\n* Connection #0 to host a.example left intact\n"
    assert certainties(log % 50) == [("http-redirect-loop", "likely")]
    assert certainties(log % 0) == [("http-redirect-loop", "certain")]


def test_a_connection_that_is_left_intact_was_not_broken() -> None:
    head, data, farewell = (ANSWER % 5000).partition("{ [5000 bytes data]\n")
    broken = "hello * transfer closed with outstanding read data remaining\n"
    assert certainties(head + data + broken + farewell) == []
    assert certainties(head + data + broken + "* Closing connection 0\n") == [
        ("network-transfer-interrupted", "certain")
    ]


WORD = "curl: (7) Failed to connect to a.example port 80: Connection refused"


@pytest.mark.parametrize(
    "mention",
    [
        f"Last week I got `{WORD}`, now it works:",
        f"On Monday it said {WORD}",
        f"- Fix: {WORD} on slow links",
        f"- [x] {WORD} - fixed in 1.2",
        f"~~{WORD}~~ solved",
        f"chore: {WORD}",
        f"refactor(net): {WORD}",
        f"#4711: {WORD}",
        f"[PATCH 1/2] {WORD}",
        f"ok - {WORD}",
        f"--- PASS: {WORD}",
        f"expected stderr: {WORD}",
        "Our wiki: a line such as CCurlFile::Open failed with code 404 tells that a picture is missing.",
        '[Errno 14] curl#60 - "Peer\'s Certificate issuer is not recognized." appears when the CA is missing.',
    ],
)
def test_what_somebody_mentions_in_a_sentence_or_a_list_is_not_certain(mention: str) -> None:
    for log in (f"{mention}\n", f"{mention}\n\n{ANSWER % 10}"):
        assert [certainty for _, certainty in certainties(log)] == ["likely"]


@pytest.mark.parametrize("before", ["let e = '", 'err := "', '<p class="a">', "#4711 ", "=item "])
def test_nor_is_what_code_or_a_page_has(before: str) -> None:
    assert certainties(f"{before}{WORD}\n") == [("network-refused", "likely")]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "12:00 worker said ",
        "app_1 | ",
        "npm ERR! ",
        "#5 0.2 ",
        "[job] ",
        "Error in job ",
        '{"detail":"nope"}',
        "error: ",
    ],
)
def test_what_a_program_puts_before_a_line_mentions_nothing(before: str) -> None:
    assert certainties(f"{before}{WORD}\n") == [("network-refused", "certain")]


@pytest.mark.parametrize(
    "command",
    [
        'echo "{}" | tee notes',
        'echo "{}" >&2',
        r"echo curl: \(7\) Failed",
        "git show HEAD",
        "man libcurl-errors",
        "cat README",
        "less docs/errors.md",
        "cat > notes <<EOF",
        "cat <<EOF",
        "sudo cat README",
        "cat < README",
        "cat README | head",
        "tail -n 3 NEWS.txt",
        "sed -n 3p FAQ",
        "git grep -h curl:",
        "gh issue view 12",
    ],
)
def test_what_another_command_shows_or_writes_is_not_certain(command: str) -> None:
    assert {certainty for _, certainty in certainties(f"$ {command.format(WORD)}\n{WORD}\n")} == {"likely"}


@pytest.mark.parametrize(
    "command",
    [
        "cat curl.log",
        "tail -n 3 out.txt",
        "cat < run.log | head",
        "head -2 out.txt",
        "./fetch",
        'echo "now"',
        "git pull",
    ],
)
def test_what_shows_a_log_or_may_run_curl_says_nothing_of_it(command: str) -> None:
    assert certainties(f"$ {command}\n{WORD}\n") == [("network-refused", "certain")]


@pytest.mark.parametrize(
    "line",
    [
        "PS C:\\> Get-Content README.md",
        "C:\\Users\\a> type README.md",
        'PS> Write-Output "curl: (6) Could not resolve"',
    ],
)
def test_what_another_command_of_windows_shows_is_not_certain(line: str) -> None:
    assert {certainty for _, certainty in certainties(f"{line}\n{WORD}\n")} == {"likely"}


@pytest.mark.parametrize(("options", "certainty"), [("-s", "likely"), ("-sS", "certain"), ("-sv", "certain")])
def test_a_silent_command_says_nothing_that_could_fail(options: str, certainty: str) -> None:
    log = f"$ curl {options} https://a.example/README\n# tool\n\n{WORD}\n"
    assert certainties(log) == [("network-refused", certainty)]


def test_a_list_of_last_words_is_not_certain() -> None:
    listed = "curl: (6) Could not resolve host: a.example\ncurl: (7) Failed to connect to a.example port 80: Connection refused\n"
    assert {certainty for _, certainty in certainties(listed)} == {"certain"}
    listed += "curl: (51) SSL: no alternative certificate subject name matches target host name 'a.example'\n"
    assert {certainty for _, certainty in certainties(listed)} == {"likely"}


def test_what_nix_asks_for_again_is_not_certain() -> None:
    said = "error: unable to download 'https://cache.example/a.nar': Couldn't resolve host name (6)"
    assert certainties(f"{said}\n") == [("network-host-not-found", "certain")]
    assert certainties(f"warning: {said}; retrying in 250 ms\n") == [("network-host-not-found", "likely")]


def test_what_is_left_intact_with_little_of_its_body_shown_may_go_on() -> None:
    """A process that is killed writes no more: its body began in place, and all behind may be of it."""
    begun = ANSWER.replace("Transfer-Encoding: chunked", "Content-Length: 1696") % 1696
    left = "* Connection #0"
    log = begun.replace(left, "Dear colleague,\n" + left) + ANOTHER_RUN.partition("\n")[2]
    assert certainties(log) == [("server-certificate-self-signed", "likely")]


def test_a_last_word_alone_may_be_of_a_body_that_two_answers_owe() -> None:
    log = ANSWER % 5 + ANSWER.replace("Transfer-Encoding: chunked", "Content-Length: 28") % 28
    log += "some text of its own, and long\ncurl: (6) Could not resolve host: b.example\n"
    assert certainties(log) == [("network-host-not-found", "likely")]


@pytest.mark.parametrize(("command", "certainty"), [
    ("curl -v https://a.example/ -o page", "certain"),
    ("curl -sSv https://a.example/ -o page", "certain"),
    ("curl -sv https://a.example/ -o page", "likely"),
    ("curl -v https://a.example/ | tail -1", "likely"),
    ("curl -v https://a.example/ -o page && tail -1 page", "likely"),
])  # fmt: skip
def test_a_last_word_behind_an_answer_that_the_command_hands_on_may_be_of_its_text(
    command: str, certainty: str
) -> None:
    answered = ANSWER.replace("Transfer-Encoding: chunked", "Content-Length: 4400").replace("{ [%d bytes data]\n", "")
    log = f"$ {command}\n{answered}curl: (6) Could not resolve host: b.example\n"
    assert certainties(log) == [("network-host-not-found", certainty)]


@pytest.mark.parametrize(("options", "written", "certainty"), [
    ("-sSw '%{http_code} %{exitcode}'", "000 6", "certain"),
    ("-sSLw '%{http_code} %{exitcode}'", "302 6", "certain"),
    ("-sSw '%{http_code} %{exitcode}'", "200 0", "likely"),
])  # fmt: skip
def test_a_last_word_before_any_answer_is_not_certain_where_one_is_written_out(
    options: str, written: str, certainty: str
) -> None:
    log = f"$ curl {options} https://a.example/\ncurl: (6) Could not resolve host: b.example\n{written}\n"
    assert certainties(log) == [("network-host-not-found", certainty)]


@pytest.mark.parametrize(("beside", "certainty"), [
    ('"rc":7', "certain"), ('"attempts":0', "certain"), ('"rc":false', "certain"),
    ('"rc":0', "likely"), ('"returncode": 0', "likely"), ('"exitCode":0', "likely"),
])  # fmt: skip
def test_a_last_word_beside_which_json_has_an_exit_code_of_0_was_overcome_perhaps(beside: str, certainty: str) -> None:
    assert certainties(f'web-1 | {{"stderr":"{WORD}\\n",{beside}}}\n') == [("network-refused", certainty)]
    assert certainties(f"{WORD}\n  {beside},\n") == [("network-refused", certainty)]


HEAD = "HTTP/1.1 404 Not Found\nDate: Mon, 27 Jul 2009 12:28:53 GMT\nContent-Length: 3\n\nno\n"


@pytest.mark.parametrize(
    "log",
    [
        "# Answers\n\n    " + HEAD.replace("\n", "\n    ").rstrip() + "\n\nThe client should ask for another.\n",
        "answers:\n\tHTTP/1.1 404\n\tHTTP/1.1 410\n",
        "HTTP/1.1 404 Not Found is what a server answers that has no such page:\nit is not your fault\n",
        "HTTP/1.1 404 Not Found: what it means\n\nThis error says that there is no such page.\n",
        "HTTP/1.1 404 Not Found\n======================\n\nText about it.\n",
        "$ curl https://shop.example/words.txt\n" + HEAD,
    ],
)
def test_a_head_may_be_an_example_where_it_is_moved_in_or_is_one_line_or_curl_was_to_print_none(log: str) -> None:
    (finding, *_) = curlx.explain(log).findings
    assert (finding.code, finding.certainty) == ("http-not-found", "likely")


@pytest.mark.parametrize("log", [HEAD, "$ curl -i https://shop.example/words.txt\n" + HEAD])
def test_a_head_at_the_margin_is_that_of_an_answer(log: str) -> None:
    (finding, *_) = curlx.explain(log).findings
    assert (finding.code, finding.certainty) == ("http-not-found", "certain")


@pytest.mark.parametrize(
    "log",
    [
        '{"cmd":"fetch","rc":"0","stderr":"curl: (6) Could not resolve host: b.example"}\n',
        '{"cmd":"fetch","exitStatus":0,"stderr":"curl: (6) Could not resolve host: b.example\\n"}\n',
        '{"result":{"stderr":"curl: (6) Could not resolve host: b.example"},"rc":0}\n',
        '{"stderr":"* Could not resolve host: b.example\\n* Closing connection 0\\n'
        'curl: (6) Could not resolve host: b.example\\n","rc":0}\n',
        '$ curl -sS -w "%{exitcode}\\n" https://a.example\ncurl: (6) Could not resolve host: b.example\n0\n',
    ],
)
def test_beside_an_exit_code_of_0_what_curl_is_said_to_complain_of_is_not_certain(log: str) -> None:
    (finding, *_) = curlx.explain(log).findings
    assert (finding.code, finding.certainty) == ("network-host-not-found", "likely")
    assert (
        curlx.explain(log.replace('"0"', '"6"').replace(":0", ":6").replace("\n0\n", "\n6\n")).findings[0].certainty
        == "certain"
    )


@pytest.mark.parametrize("said", ["is what I expected.", "no DNS", "?"])
@pytest.mark.parametrize(
    "log", ["", (ANSWER % 6).replace("Transfer-Encoding: chunked", "Content-Length: 6") + "chair\n\n"]
)
def test_words_that_curl_does_not_have_for_its_exit_code_may_be_anothers(log: str, said: str) -> None:
    first = curlx.explain(f"{log}curl: (6) {said}\n".encode()).findings[0]
    assert (first.code, first.certainty) == ("network-host-not-found", "likely")


@pytest.mark.parametrize("behind", [" => check DNS", " -> retry", " */", " -->", " ✓", " ?"])
@pytest.mark.parametrize(
    "said", ["(6) Could not resolve host: shelf.example", "(60) SSL certificate problem: certificate has expired"]
)
def test_a_mark_of_somebodys_behind_what_curl_says_leaves_nothing_certain(said: str, behind: str) -> None:
    certainties = [curlx.explain(f"curl: {said}{end}\n".encode()).findings[0].certainty for end in ("", behind)]
    assert certainties == ["certain", "likely"]


@pytest.mark.parametrize(
    ("command", "printed"),
    [
        ('echo "curl: (6) Could not resolve host: shelf.example"', "curl: (6) Could not resolve host: shelf.example"),
        ('curl -w "%{http_code}" https://shelf.example/page', "HTTP/1.1 502 Bad Gateway\nServer: shelf\n\n200"),
    ],
)
def test_what_a_command_prints_of_its_own_is_no_certain_failure(command: str, printed: str) -> None:
    first = curlx.explain(f"$ {command}\n{printed}\n".encode()).findings[0]
    assert (first.severity, first.certainty) == ("error", "likely")


@pytest.mark.parametrize("prompt", ["$ ", "alice@web-01:~/src$ ", "alice@web-01 ~ $ "])
def test_a_command_that_looks_for_the_words_introduces_them_behind_every_prompt(prompt: str) -> None:
    assert introduces(f'{prompt}grep "curl: (6) Could not resolve host: a.example" run.log')
    assert not introduces(f"{prompt}curl -v https://a.example/")


@pytest.mark.parametrize(("reason", "certainty"), [("OK", "likely"), ("Connection established", "certain")])
def test_a_head_without_headers_is_a_tunnels_for_certain_where_it_says_so(reason: str, certainty: str) -> None:
    log = f"HTTP/1.1 200 {reason}\n\ncurl: (60) SSL certificate problem: certificate has expired\n"
    assert [told for _, told in certainties(log)] == [certainty]
