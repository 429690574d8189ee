"""The blocks of a trace, and what their rows spell."""

from __future__ import annotations

import pytest

from curlx.grammar.tracing import Block, Heading, Spelt, read_heading


def spelt(heading: Heading, rows: list[str]) -> list[Spelt]:
    block = Block(heading)
    assert all(block.take(row) for row in rows)
    return block.spell()


@pytest.mark.parametrize(("text", "heading"), [
    ("=> Send header, 102 bytes (0x66)", Heading("out", "header", 102)),
    ("<= Recv data, 470 bytes (0x1d6)", Heading("in", "data", 470)),
    ("<= Recv SSL data, 5 bytes (0x5)", Heading("in", "tls", 5)),
])  # fmt: skip
def test_a_heading_is_read(text: str, heading: Heading) -> None:
    assert read_heading(text) == heading


def test_other_lines_are_no_heading() -> None:
    assert read_heading("=> see below") is None


def test_hex_rows_spell_the_lines_and_know_where_they_begin() -> None:
    rows = [
        "0000: 50 4f 53 54 20 2f 65 63 68 6f 20 48 54 54 50 2f POST /echo HTTP/",
        "0010: 32 0d 0a 48 6f 73 74 3a 20 61 0d 0a 0d 0a       2..Host: a....",
    ]
    expected = [Spelt(0, "POST /echo HTTP/2"), Spelt(1, "Host: a"), Spelt(1, "")]
    assert spelt(Heading("out", "header", 30), rows) == expected


def test_hidden_bytes_are_dots() -> None:
    rows = ["0000: 78 3a 20 xx xx xx 0d 0a                         x: ....."]
    assert spelt(Heading("out", "header", 8), rows) == [Spelt(0, "x: ...")]


def test_text_rows_are_joined_where_a_line_was_longer_than_a_row() -> None:
    long = "content-security-policy: default-src 'self'; img-src https://cdn."
    rows = [f"0000: {long[:64]}", f"0040: {long[64:]}", "0043: "]
    assert spelt(Heading("in", "header", 69), rows) == [Spelt(0, long), Spelt(2, "")]


def test_a_row_that_ends_with_its_line_is_not_joined() -> None:
    exact = "x" * 62
    assert spelt(Heading("in", "header", 70), [f"0000: {exact}", "0040: next"]) == [Spelt(0, exact), Spelt(1, "next")]


def test_the_numbers_that_some_builds_put_into_the_data_are_taken_off() -> None:
    assert spelt(Heading("in", "header", 19), ["0000: [0-0] HTTP/2 400 "]) == [Spelt(0, "HTTP/2 400 ")]


def test_records_of_tls_spell_nothing() -> None:
    assert spelt(Heading("in", "tls", 5), ["0000: ....z"]) == []


@pytest.mark.parametrize("line", ["* Connection #0 to host a left intact", "0100: beyond the size", "00zz: x", ""])
def test_a_line_that_is_no_row_ends_the_block(line: str) -> None:
    block = Block(Heading("in", "data", 10))
    assert block.take('0000: {"a": 1}.')
    assert not block.take(line)
    assert not block.take("0000: again")
