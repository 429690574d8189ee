"""The words that the summaries of a batch share."""

from __future__ import annotations

from collections import Counter

from curlx.renderers.batch.groups import Groups
from curlx.renderers.wording import count

_NAMES = 3
"""Names that are told one by one."""


def headline(groups: Groups) -> str:
    """Return the whole batch in one line."""
    logs, failed = groups.outcomes.total(), groups.outcomes["failure"]
    if not logs:
        return "No log was checked"
    return f"{failed} of {count(logs, groups.noun)} failed" if failed else f"No failure in {count(logs, groups.noun)}"


def outcomes(groups: Groups) -> list[tuple[int, str]]:
    """Return how many logs ended how, in words; what did not happen is left out."""
    told = groups.outcomes
    counted = [
        (told["success"], "without an error"),
        (told["failure"], "failed"),
        (told["unfinished"], "unfinished"),
        (told["not-curl"], "not from curl"),
        (told["unreadable"], "unreadable"),
    ]
    return [(number, words) for number, words in counted if number]


def names(counter: Counter[str], *, counts: bool = False) -> str:
    """Return the most frequent names, and how many more there are."""
    common = counter.most_common(_NAMES)
    told = ", ".join(f"{name} ({number})" if counts else name for name, number in common)
    more = len(counter) - len(common)
    return f"{told} and {more} more" if more > 0 else told


def period(first: str, last: str, seen_in: str = "log") -> str:
    """Return when something was seen, to the minute, in UTC; empty where nothing tells."""
    start, end = first[:16].replace("T", " "), last[:16].replace("T", " ")
    by_file = "files of " if start and seen_in == "file" else ""  # copied, a file is as old as the copy
    if start == end:
        return by_file + start
    return f"{by_file}{start} to {end[11:] if start[:10] == end[:10] else end}"
