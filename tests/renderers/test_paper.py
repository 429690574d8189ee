from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curlx.renderers.paper import STYLES, Paper, cells, wrapped


def test_words_are_wrapped_at_blanks() -> None:
    assert wrapped("one two three", 7, 7) == ["one two", "three"]


def test_a_word_longer_than_a_row_is_cut() -> None:
    assert wrapped("abcdefghij", 4, 4) == ["abcd", "efgh", "ij"]


def test_a_wide_character_takes_two_cells_and_a_combining_one_none() -> None:
    assert (cells("世"), cells("e\u0301"), cells("e")) == (2, 1, 1)


@given(st.text(), st.integers(8, 60), st.integers(8, 60))
def test_wrapping_keeps_to_the_width_and_loses_nothing_but_blanks(text: str, room: int, next_room: int) -> None:
    rows = wrapped(text, room, next_room)
    assert cells(rows[0]) <= room
    assert all(cells(row) <= next_room for row in rows[1:])
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")


def test_a_row_is_never_wrapped() -> None:
    paper = Paper(40)
    paper.row(("x" * 200, "command"))
    assert paper.text() == "x" * 200 + "\n"


def test_two_gaps_are_one_and_a_page_does_not_begin_with_one() -> None:
    paper = Paper()
    paper.gap()
    paper.row(("a", ""))
    paper.gap()
    paper.gap()
    paper.row(("b", ""))
    assert paper.text() == "a\n\nb\n"


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert Paper().clip("abcdefgh", 5) == "abcd…"
    assert Paper(unicode=False).clip("abcdefgh", 5) == "ab..."


def test_without_unicode_everything_is_ascii() -> None:
    paper = Paper(unicode=False)
    paper.prose("✔ Grüße", first=(("│ ", ""),))
    assert paper.text() == "| + Gr\\xfc\\xdfe\n"


@pytest.mark.parametrize("style", STYLES)
def test_every_style_is_painted_only_when_colour_is_wanted(style: str) -> None:
    for color in (True, False):
        paper = Paper(color=color)
        paper.row(("text", style))
        assert ("\x1b[" in paper.text()) is color
        assert "text" in paper.text()


def test_prose_behind_a_long_piece_begins_on_the_next_row() -> None:
    paper = Paper(40)
    paper.prose(
        "The proxy gave no reason", first=(("error[proxy-socks-target-unreachable]: ", ""),), rest=(("  ", ""),)
    )
    assert paper.text() == "error[proxy-socks-target-unreachable]:\n  The proxy gave no reason\n"


def test_a_page_does_not_end_with_an_empty_row() -> None:
    paper = Paper(40)
    paper.row(("word", ""))
    paper.gap()
    assert paper.text() == "word\n"
