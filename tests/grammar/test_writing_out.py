from __future__ import annotations

import pytest

from curlx.events import Complaint, WrittenOut
from curlx.grammar.commands import read_command
from curlx.grammar.writing_out import formats_of, read_json, read_written_out


def written(command: str, line: str) -> WrittenOut | None:
    event = read_command(command)
    assert event is not None
    return read_written_out(line, formats_of(event.arguments))


@pytest.mark.parametrize(
    ("command", "line", "status"),
    [
        ('curl -so /dev/null -w "%{http_code}" https://a.example', "403", 403),
        ('curl -so /dev/null -w "%{http_code}" https://a.example', "403root@web:/# ", 403),
        ('curl -so /dev/null -w "%{http_code}" https://a.example', "403%", 403),
        ("curl -sw '\\n%{response_code} %{time_total}\\n' https://a.example", "502 0.12", 502),
        ("curl -sw 'code %{http_code}\\n' https://a.example", "the end of a pagecode 404", 404),
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
