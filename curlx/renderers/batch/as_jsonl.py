"""One report a line, as JSON: the same documents as `as_json`, in the order of the input, written as they come.

A log that could not be read has a line too, with the outcome `unreadable` and the reason as `error`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from curlx.renderers.as_json import line_of
from curlx.rows import Row


def render(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a line for each row; the rows have to carry their reports."""
    for row in rows:
        yield f"{row.report or line_of(_without(row))}\n"


def _without(row: Row) -> dict[str, object]:
    """Return what there is to say of a log without a report."""
    return {
        "outcome": row.outcome,
        "source": {"name": row.name},
        "error": row.error,
        "findings": [],
        "format": 1,
    }
