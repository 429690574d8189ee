from __future__ import annotations

import pytest

from curlx import explain
from curlx.events import Complaint, WrittenOut
from curlx.grammar.commands import read_command
from curlx.grammar.writing_out import format_of, read_json, read_written_out


def written(command: str, line: str) -> WrittenOut | None:
    event = read_command(command)
    assert event is not None
    known = format_of(event.text, event.arguments)
    return read_written_out(line, known) if known is not None else None


@pytest.mark.parametrize(
    ("command", "line", "status"),
    [
        ('curl -so /dev/null -w "%{http_code}" https://a.example', "403", 403),
        ('curl -so /dev/null -w "%{http_code}" https://a.example', "403root@web:/# ", 403),
        ('curl -so /dev/null -w "%{http_code}" https://a.example', "403%", 403),
        ("curl -sw '\\n%{response_code} %{time_total}\\n' https://a.example", "502 0.12", 502),
        ("curl -sw 'code %{http_code}\\n' https://a.example", "the end of a pagecode 404", 404),
        ('curl -sw "%{http_code}" https://a.example', '{"detail":"nope"}404', 404),
        ('curl -sw "%{http_code}" https://a.example', '{"ids":[[1],[2]404]}403 % ', 403),
        ('curl -sw "%{http_code} %{time_total}\\n" https://a.example', "</body></html>502 0.12", 502),
        ("curl -sw $'%{http_code}\\n' https://a.example", "404", 404),
        ("curl -sI -w '100%% %{http_code}%header{date}%{stderr}\\n' https://a.example", "100% 401", 401),
    ],
)
def test_a_line_in_the_commands_format_tells_the_status(command: str, line: str, status: int) -> None:
    told = written(command, line)
    assert told is not None
    assert (told.status, told.code) == (status, 0)


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("curl -s https://a.example", "403"),
        ("curl -sw '%{time_total}' https://a.example", "403"),
        ("curl -sw '%{http_code}' https://a.example", "room 403"),  # a body's last line may end so
        ("curl -so x -w 'a(%{http_code})' https://a.example", "a(403"),
        ("curl -so x -w '%{http_code}' https://a.example", '{"detail":"nope"}404'),  # the answer is elsewhere
        ("curl -sw '%{http_code}' https://a.example", '{"detail":"nope"}4040'),
        ("curl -sw '%{http_code}' https://a.example", '{"a":[1]404}'),
    ],
)
def test_other_lines_tell_nothing(command: str, line: str) -> None:
    assert written(command, line) is None


def test_the_exit_code_and_the_message_are_curls_last_word() -> None:
    told = written("curl -sw '%{exitcode}: %{errormsg}' https://a.example", "6: Could not resolve host: a.example")
    assert told is not None
    assert told.code == 6
    assert isinstance(told.complaint, Complaint)
    assert told.complaint.kind == "host-not-found"


def test_an_object_with_all_variables_needs_no_command() -> None:
    told = read_json('{"errormsg":"no","exitcode":22,"http_code":404,"url_effective":"https://a.example/"}')
    assert told is not None
    assert (told.status, told.code, told.url) == (404, 22, "https://a.example/")


@pytest.mark.parametrize(
    "text",
    [
        '{"errormsg":"no","exitcode":"22","http_code":404,"url_effective":"x"}',
        '{"errormsg":"no","url_effective":"x"}',
        '{"errormsg":"no","exitcode":22,"url_effective":',
        '{"errormsg":' + "[" * 20_000 + '"url_effective":',
    ],
)
def test_another_object_tells_nothing(text: str) -> None:
    assert read_json(text) is None


def test_zeros_tell_that_no_answer_came() -> None:
    told = written("curl -so x -w '%{http_code}' https://a.example", "000")
    assert told is not None
    assert told.complaint == Complaint("unanswered", "status 000")


TIMES = " ".join(f"%{{time_{name}}}" for name in ("namelookup", "connect", "appconnect", "starttransfer", "total"))


@pytest.mark.parametrize(
    ("value", "line", "status"),
    [
        ("%{http_code} \\n", "404 ", 404),  # the blank is lost in many a paste
        ("%{http_code} %{response_code}\\n", "404 404", 404),
        ("%{http_code} %{errormsg}\\n", "404", 404),
        ("   code: %{http_code}\\n", "code: 404", 404),
        (f"{TIMES} %{{http_code}}\\n", "0.01 0.02 0.03 0.04 0.05 404", 404),
        (f"{TIMES} %{{http_code}}\\n", "the quick brown fox jumps over " * 200, None),
        ("%{http_code}%{a}%{a}%{a}%{a}%{a}%{a}%{a}%{a}X", "404" + "a" * 1_000, None),
        ("%{http_code}%{errormsg}%{url}%{url}%{url}", "404" + " a" * 900, 404),
    ],
)
def test_a_format_of_many_variables_is_read_in_one_pass(value: str, line: str, status: int | None) -> None:
    told = written(f"curl -so /dev/null -w '{value}' https://a.example", line)
    assert (told.status if told is not None else None) == status


def test_what_goes_into_a_file_is_not_waited_for() -> None:
    assert written("curl -so /dev/null -w '%{http_code}' https://a.example > out", "404") is None


@pytest.mark.parametrize(
    ("log", "statuses"),
    [
        ("$ curl -so /dev/null -w '%{http_code}\\n' https://a.example\n200\n$ grep -c x file\n404\n", (200,)),
        ("$ curl -sw '\\n%{http_code}\\n' https://a.example\n404\n\n200\n$ wc -l a b\n  503 a\n", (200,)),
        ("$ curl -so /dev/null -w '%{http_code}\\n' 'https://a.example/[1-3]'\n200\n500\n200\n", (200, 500, 200)),
        ("$ curl -so /dev/null -w '%{http_code}\\n' ftp://a.example/a\n550\n", ()),
    ],
)
def test_which_lines_are_curls(log: str, statuses: tuple[int, ...]) -> None:
    assert explain(log).summary.http_statuses == statuses


def test_an_exit_code_of_0_takes_back_what_the_answer_said() -> None:
    assert explain("$ curl -sw '%{exitcode}\\n' https://a.example/answer\n28\n0\n").findings == ()


def test_a_status_without_headers_tells_nothing_of_them() -> None:
    assert explain("$ curl -so /dev/null -w '%{http_code}\\n' https://a.example\n301\n").findings == ()


def test_a_proxy_that_refused_is_told_where_no_answer_came() -> None:
    told = written("curl -so x -w '%{http_code} %{http_connect}' -x http://p.example https://a.example", "000 407")
    assert told is not None
    assert told.complaint == Complaint("proxy-connect-rejected", "CONNECT answered 407", 407)


@pytest.mark.parametrize(("printed", "certainty"), [("404\n500\n200\n", "likely"), ("404\n200\n", "certain")])
def test_more_lines_than_urls_are_not_all_curls(printed: str, certainty: str) -> None:
    command = "$ curl -s -w '%{http_code}\\n' https://a.example/codes https://b.example/\n"
    assert {finding.certainty for finding in explain(command + printed).findings} == {certainty}
