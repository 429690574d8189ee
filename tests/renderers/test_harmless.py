from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curlx.renderers.harmless import harmless


def test_printable_text_stays_as_it_is() -> None:
    assert harmless("* Grüße, 世界 ✔") == "* Grüße, 世界 ✔"


def test_an_escape_sequence_is_shown_instead_of_obeyed() -> None:
    assert harmless("\x1b[2Jgone") == "\\x1b[2Jgone"


def test_a_bidi_override_is_shown_instead_of_obeyed() -> None:
    assert harmless("safe\u202egpj.exe") == "safe\\u202egpj.exe"


def test_a_tab_becomes_blanks() -> None:
    assert harmless("a\tb") == "a    b"


@given(st.text(st.characters(codec=None)))
def test_nothing_unprintable_is_left_of_any_text(text: str) -> None:
    assert harmless(text).isprintable()
