"""Distinguished names, in the spellings of all libraries."""

from __future__ import annotations

import time

import pytest

from curlx.grammar.names import parse_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C=NL; O=Example BV; CN=shop.example", (("C", "NL"), ("O", "Example BV"), ("CN", "shop.example"))),
        ("C=NL,O=Example BV,CN=shop.example", (("C", "NL"), ("O", "Example BV"), ("CN", "shop.example"))),
        ("C=NL, O=Example BV, CN=shop.example", (("C", "NL"), ("O", "Example BV"), ("CN", "shop.example"))),
        ('CN=shop.example,O="Example, Inc.",C=NL', (("CN", "shop.example"), ("O", "Example, Inc."), ("C", "NL"))),
        ("CN=shop.example,O=Example\\, Inc.,C=NL", (("CN", "shop.example"), ("O", "Example, Inc."), ("C", "NL"))),
        ("C=US; O=Example, Inc.; CN=shop.example", (("C", "US"), ("O", "Example, Inc."), ("CN", "shop.example"))),
        ("/C=NL/O=Example BV/CN=shop.example", (("C", "NL"), ("O", "Example BV"), ("CN", "shop.example"))),
        ("O=Example+OU=Test,CN=caf\\C3\\A9.example", (("O", "Example"), ("OU", "Test"), ("CN", "café.example"))),
        ("2.5.4.15=Private; CN=shop.example", (("2.5.4.15", "Private"), ("CN", "shop.example"))),
        ("CN=", (("CN", ""),)),
        ("not a name", ()),
        ("", ()),
    ],
)
def test_a_name_is_read_in_every_spelling(text: str, expected: tuple[tuple[str, str], ...]) -> None:
    assert parse_name(text) == expected


def test_a_hostile_name_costs_no_time() -> None:
    start = time.process_time()
    for text in ("CN=" + "; A" * 2_000, "CN=" + "\\" * 5_000, 'CN="' + '\\"' * 2_000, "+1" * 2_000, "C=" * 2_000):
        parse_name(text)
    assert time.process_time() - start < 1
