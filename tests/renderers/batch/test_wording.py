from __future__ import annotations

from collections import Counter

import pytest

from curlx.renderers.batch.groups import Group, Groups
from curlx.renderers.batch.wording import headline, names, outcomes, period
from curlx.rows import Row


def test_the_headline_counts_the_logs_that_failed(rows: list[Row]) -> None:
    assert headline(Groups(rows)) == "3 of 7 logs failed"
    assert headline(Groups(rows[1:2])) == "No failure in 1 log"


def test_only_what_happened_is_counted(rows: list[Row]) -> None:
    assert outcomes(Groups(rows[:2])) == [(1, "without an error"), (3, "failed")]


def test_the_most_frequent_names_are_told() -> None:
    counter = Counter({"a": 1, "b": 3, "c": 2, "d": 1, "e": 1})
    assert names(counter) == "b, c, a and 2 more"
    assert names(Counter({"a": 1}), counts=True) == "a (1)"


@pytest.mark.parametrize(
    ("last", "told"),
    [
        ("2026-11-23T09:03:59Z", "2026-11-23 09:03"),
        ("2026-11-23T10:00:00Z", "2026-11-23 09:03 to 10:00"),
        ("2026-11-24T10:00:00Z", "2026-11-23 09:03 to 2026-11-24 10:00"),
    ],
)
def test_a_period_is_told_to_the_minute(last: str, told: str) -> None:
    assert period("2026-11-23T09:03:19Z", last) == told


def test_a_copys_age_is_told_as_the_files_and_only_where_no_log_tells_the_time() -> None:
    by_file = Row(name="a", outcome="success", seen="2026-11-30T07:56:00Z", seen_in="file")
    by_log = Row(name="b", outcome="success", seen="2026-11-23T09:03:00Z", seen_in="log")
    group = Group("", by_file)
    group.add(by_file)
    assert period(group.first, group.last, group.seen_in) == "files of 2026-11-30 07:56"
    group.add(by_log)
    group.add(by_file)
    assert period(group.first, group.last, group.seen_in) == "2026-11-23 09:03"
