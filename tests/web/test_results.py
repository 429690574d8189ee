"""What is kept, for how long, and how much of it."""

from __future__ import annotations

from curlx.web.answers import Answer
from curlx.web.results import Results


def answer(size: int = 10) -> tuple[Answer, ...]:
    return (Answer("x.log", "success", "ok", "Fine", {"page": b"x" * size}),)


def test_what_is_kept_is_found_by_its_name_alone() -> None:
    results = Results()
    first, second = results.keep(answer()), results.keep(answer(11))
    assert results.find(second) == answer(11)
    assert results.find(first) == answer()
    assert results.find(first[:-1]) is None
    assert len(first) >= 24


def test_the_oldest_go_when_there_is_too_much() -> None:
    results = Results(most=25)
    names = [results.keep(answer(10)) for _ in range(3)]
    assert [results.find(name) is not None for name in names] == [False, True, True]


def test_the_newest_is_kept_even_if_it_is_too_big() -> None:
    results = Results(most=5)
    assert results.find(results.keep(answer(10))) is not None


def test_what_is_old_is_forgotten() -> None:
    now = 0.0
    results = Results(minutes=1, clock=lambda: now)
    name = results.keep(answer())
    now = 59.0
    assert results.find(name) is not None
    now = 61.0
    assert results.find(name) is None
