"""A batch as one page for a browser: how it went, a bar for each diagnosis, and where something was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from curlx.renderers.batch.groups import Group, Groups
from curlx.renderers.batch.wording import headline, names, outcomes, period
from curlx.renderers.pages import template
from curlx.rows import Row

_ROWS = 1000
"""Logs that are listed; a browser can show more, but nobody reads them."""
_LISTED = 100
"""Logs that cannot be read and are listed."""


class _Bar(msgspec.Struct, frozen=True):
    """What was found, as a row of the chart; `share` is in percent of the longest bar."""

    group: Group
    row: Row
    share: float
    hosts: str
    seen: str


class _Listed:
    """The first rows in which something was found, those with an error before the others."""

    def __init__(self) -> None:
        self.number = 0
        self._errors: list[Row] = []
        self._others: list[Row] = []

    def passing(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the same rows, and keep some."""
        for row in rows:
            if row.severity:
                self.number += 1
                kept = self._errors if row.severity == "error" else self._others
                if len(kept) < _ROWS:
                    kept.append(msgspec.structs.replace(row, report="", also=()))
            yield row

    def rows(self) -> list[Row]:
        """Return what is listed."""
        return [*self._errors, *self._others][:_ROWS]


def render(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the page when the last row is there."""
    listed = _Listed()
    groups = Groups(listed.passing(rows), listed=_LISTED)
    told = [group for group in groups.groups if group.seen_in == "log"] or groups.groups
    seen = [moment for group in told for moment in (group.first, group.last) if moment]
    shown = listed.rows()
    yield template("batch.html.jinja").render(
        title=headline(groups),
        noun=groups.noun,
        tone=_tone(groups),
        seen=period(min(seen), max(seen), told[0].seen_in) if seen else "",
        outcomes=outcomes(groups),
        bars=list(_bars(groups.groups)),
        rows=shown,
        rows_left_out=listed.number - len(shown),
        unreadable=groups.unreadable,
        unreadable_left_out=groups.outcomes["unreadable"] - len(groups.unreadable),
    )


def _tone(groups: Groups) -> str:
    if groups.outcomes["failure"]:
        return "error"
    if groups.groups or groups.outcomes["unreadable"]:
        return "warning"
    return "ok" if groups.outcomes["success"] else "unknown"


def _bars(groups: list[Group]) -> Iterator[_Bar]:
    most = max((group.logs for group in groups), default=0) or 1
    for group in groups:
        share = round(100 * group.logs / most, 1)
        yield _Bar(group, group.example, share, names(group.hosts), period(group.first, group.last, group.seen_in))
