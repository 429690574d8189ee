"""Indentation that only a part of a log has is undone where no answer's text can stand yet, and nowhere else."""

from __future__ import annotations

import pytest

from curlx.wrappings.ragged import ragged

BEGINS = ["*   Trying 192.0.2.7:80...", "* Connected to shop.example (192.0.2.7) port 80"]
ASKS = ["> GET / HTTP/1.1", "> Host: shop.example", ">"]
ANSWERS = ["< HTTP/1.1 200 OK", "< A: b", "<"]
FENCED = ["- then", "  ```", "  *   Trying 192.0.2.9:80...", "  ```"]


def indented(lines: list[str], by: str = "  ") -> list[str]:
    return [by + line for line in lines]


def undone(lines: list[str]) -> list[str] | None:
    wrapping = ragged(lines)
    return None if wrapping is None else [wrapping.undo(line) for line in lines]


@pytest.mark.parametrize("by", [" ", "  ", "\t", "    "])
def test_what_curl_says_before_an_answer_may_be_indented_from_some_line_on(by: str) -> None:
    lines = [*BEGINS, *indented(ASKS + ANSWERS, by), by + "<p>"]
    assert undone(lines) == [*BEGINS, *ASKS, *ANSWERS, "<p>"]


def test_what_an_answer_holds_stays_as_it_is() -> None:
    assert ragged([*BEGINS, *ASKS, *ANSWERS, *indented(BEGINS + ASKS)]) is None
    assert ragged([*BEGINS, *ASKS, *ANSWERS, *FENCED]) is None


def test_a_log_that_is_indented_as_a_whole_is_for_another() -> None:
    assert ragged(indented(BEGINS + ASKS)) is None


def test_a_block_in_a_list_is_undone_where_the_first_log_stands_in_a_block() -> None:
    lines = ["```", *BEGINS, *ASKS, *ANSWERS, "```", *FENCED]
    assert undone(lines) == [*lines[:-4], *map(str.strip, FENCED)]


@pytest.mark.parametrize(
    "before",
    [
        ["* Connected to files.example (192.0.2.7) port 70"],  # gopher knows no head
        [*BEGINS, *ASKS, "..."],
        [*BEGINS, "< 220 ready", "> RETR a", "< 226 done"],
        [*BEGINS, *ASKS, "12:00:00.000005 < HTTP/1.1 200 OK"],
    ],
)
def test_where_an_answers_text_may_stand_nothing_is_undone(before: list[str]) -> None:
    assert (
        ragged([*before, "  * Could not resolve host: b.example", "  curl: (6) Could not resolve host: b.example"])
        is None
    )


def test_times_and_numbers_stand_behind_the_blanks() -> None:
    lines = [
        "09:10:29.660001 [0-0] *   Trying 192.0.2.1:443...",
        "  09:10:29.660003 [0-0] * SSL certificate problem: x",
    ]
    assert undone(lines) == [lines[0], lines[1].strip()]
