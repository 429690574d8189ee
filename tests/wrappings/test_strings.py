"""A log inside the strings of JSON."""

from __future__ import annotations

import json

import pytest

from curlx.lines import split

from .log import BODY, LOG, unwrapped


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


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n"])  # a console of Windows doubles the last
def test_a_line_end_of_any_make_is_one_in_a_string_within_a_string(end: str) -> None:
    twice = json.dumps({"m": json.dumps({"e": end.join(LOG)})})
    lines = [line.text.rstrip("\r\n") for line in split([twice.encode()])]
    assert lines[1 - len(LOG) : -1] == LOG[1:-1]


def test_a_body_of_json_with_a_log_in_it_stays_a_body() -> None:
    log = [*LOG[:18], json.dumps({"log": BODY[0]}), json.dumps("\n".join(BODY)), LOG[-1]]
    assert unwrapped(log) == (log, ())


@pytest.mark.parametrize("line", ['{"log":"a\\n* Could not resolve host: e.example\\n"}', 'msg="* Could not resolve host: e"',
                                  "< X: a\\n* Could not resolve host: e\\ncurl: (6) Could not resolve host: e"])  # fmt: skip
@pytest.mark.parametrize("before", ["> ", "    ", "client-1  | "])
def test_what_a_wrapped_log_holds_is_no_string_with_a_log(before: str, line: str) -> None:
    log = [*LOG[:18], line, *LOG[18:]]
    texts, quirks = unwrapped([before + text for text in log])
    assert texts == log
    assert "json" not in quirks
