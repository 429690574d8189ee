from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curlx.renderers.plain import Explainer


def test_a_word_of_the_trade_is_explained_where_it_comes_up_first() -> None:
    explainer = Explainer()
    assert explainer.explain("It asks for TLS, and TLS.") == "It asks for TLS (the encryption behind https), and TLS."
    assert explainer.explain("Again TLS.") == "Again TLS."
    assert explainer.rest() == []


def test_inside_a_phrase_in_brackets_and_in_quotation_marks_the_word_waits_for_the_end() -> None:
    explainer = Explainer()
    prose = 'The PEM file (from DNS) and "your proxy, then".'
    assert explainer.explain(prose) == prose
    assert [word.partition(":")[0] for word in explainer.rest()] == ["PEM", "DNS", "proxy"]
    assert explainer.rest() == []


def test_the_longer_name_explains_the_shorter_one_and_a_plural_its_singular() -> None:
    explainer = Explainer()
    explainer.explain("Send a client certificate, with headers.")
    assert explainer.explain("A certificate, a header.") == "A certificate, a header."


def test_parts_of_hosts_paths_and_options_are_no_words() -> None:
    prose = "proxy.example/shell --proxy: TLS-1, x-port=y /port."
    assert Explainer().explain(prose) == prose


def test_a_paragraph_is_not_buried_under_its_explanations() -> None:
    explainer = Explainer()
    assert explainer.explain("TLS, SNI, DNS, PEM, NTP.").count("(") == 3
    assert len(explainer.rest()) == 2


@given(st.text())
def test_nothing_is_taken_away(prose: str) -> None:
    assert len(Explainer().explain(prose)) >= len(prose)
