"""The same thing before every line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from curlx.wrappings import NAMES

from .log import BODY, LOG, unwrapped


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


@pytest.mark.parametrize("words", ["Could not resolve host: a.example", "error:1408F10B:SSL routines::wrong version number",
                                   "bad range in URL position 9:"])  # fmt: skip
def test_curls_last_word_is_read_indented_and_left_alone_at_the_margin(words: str) -> None:
    said = f"curl: (6) {words}"
    assert unwrapped([said]) == ([said], ())
    assert unwrapped(["It says:", f"  {said}", "Any idea?"]) == (["It says:", said, "Any idea?"], ("indentation",))


def test_a_sentence_far_above_a_log_does_not_decide_how_the_log_is_wrapped() -> None:
    before = ["WARN update check: Could not resolve host: updates.example"] + ["a line of another program"] * 500
    lines, quirks = unwrapped([*before, *(f"> {line}" for line in LOG)])
    assert lines[-len(LOG) :] == LOG
    assert quirks == ("quoting",)
