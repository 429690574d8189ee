"""Dates, in the spellings of all libraries."""

from __future__ import annotations

import pytest

from curlx.grammar.dates import parse_date


@pytest.mark.parametrize(
    "text",
    ["Oct 24 08:42:02 2026 GMT", "Sat, 24 Oct 2026 08:42:02 GMT", "2026-10-24 08:42:02", "2026-10-24 08:42:02 GMT",
     "Sat Oct 24 08:42:02 2026", "Sat, 24-Oct-2026 08:42:02 GMT"],
)  # fmt: skip
def test_a_date_is_read_in_every_spelling(text: str) -> None:
    assert parse_date(text) == "2026-10-24T08:42:02Z"


@pytest.mark.parametrize(
    "text", ["", "soon", "Feb 30 08:42:02 2026 GMT", "Foo 24 08:42:02 2026 GMT", "2026-13-01 00:00:00"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None
