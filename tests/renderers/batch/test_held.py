from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from curlx.renderers.batch.held import Held


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_what_is_held_comes_back_in_order(texts: list[str]) -> None:
    held = Held()
    for text in texts:
        held.add(text)
    assert "".join(held.text()) == "".join(texts)
    assert held.number == len(texts)


def test_pieces_that_come_back_are_small_whatever_is_held() -> None:
    held = Held()
    held.add("ü" * 10_000_000)
    assert max(map(len, held.text())) <= 1 << 16


def test_many_that_are_alike_take_little_room() -> None:
    held = Held()
    tracemalloc.start()
    for number in range(20_000):
        held.add(f"/var/log/nightly/2026-11-23/partner-{number:06}.log was checked and nothing was found in it\n")
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 20_000 * 90 / 5
