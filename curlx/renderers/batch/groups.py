"""What many rows have in common: counted as they come, so that only the groups are held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from curlx.findings import SEVERITIES
from curlx.renderers.batch import GroupBy
from curlx.rows import Row, RowOutcome

_KEYS: dict[GroupBy, Callable[[Row], str]] = {
    "code": lambda row: row.code,
    "host": lambda row: row.host,
    "issuer": lambda row: row.issuer,
    "day": lambda row: row.seen[:10],
    "curl": lambda row: row.curl,
}
_DISTINCT = 1000
"""Names that a group counts one by one; with a million hosts the rest is only known to be more."""


class Group:
    """Rows with the same key; the worst of them is the example."""

    def __init__(self, key: str, row: Row) -> None:
        """Begin with a first row."""
        self.key = key
        self.example = row
        self.logs = 0
        self.failed = 0
        """Logs with an error."""
        self.hosts: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()
        """Of the errors."""
        self.first = ""
        """When it was first and last seen, by the logs that tell it, else by their files; empty where none is known."""
        self.last = ""
        self.seen_in = ""

    def add(self, row: Row) -> None:
        """Count one more row."""
        self.logs += row.same
        _count(self.hosts, row.host, row.same)
        if row.severity == "error":
            self.failed += row.same
            _count(self.codes, row.code, row.same)
        if row.seen and row.seen_in != self.seen_in and self.seen_in != "log":
            self.first, self.last, self.seen_in = "", "", row.seen_in
        if row.seen and row.seen_in == self.seen_in:
            self.first = min(self.first or row.seen, row.seen)
            self.last = max(self.last, row.seen)
        if badness(row) < badness(self.example):
            self.example = row


def _count(counter: Counter[str], name: str, number: int) -> None:
    if name and (name in counter or len(counter) < _DISTINCT):
        counter[name] += number


class Groups:
    """All rows of a batch, by what they have in common; by code, a log in which nothing was found is in no group."""

    def __init__(self, rows: Iterable[Row], by: GroupBy = "code", listed: int = 10) -> None:
        """Count the rows; of those that cannot be read the first `listed` are kept."""
        self.outcomes: Counter[RowOutcome] = Counter()
        self.severities: Counter[str] = Counter()
        self.unreadable: list[Row] = []
        self.noun = "log"
        """What is counted: logs, or runs of curl where a log holds several."""
        self._groups: dict[str, Group] = {}
        key_of = _KEYS[by]
        for row in rows:
            self.outcomes[row.outcome] += row.same
            if row.run:
                self.noun = "run"
            if row.severity:
                self.severities[row.severity] += row.same
            if row.outcome == "unreadable":
                self.unreadable += [row] if len(self.unreadable) < listed else []
            elif row.outcome != "not-curl" and (row.code or by != "code"):
                key = key_of(row)
                group = self._groups.get(key)
                if group is None:
                    group = self._groups[key] = Group(key, row)
                group.add(row)
        self.groups = self._sorted(by)

    def _sorted(self, by: GroupBy) -> list[Group]:
        groups = list(self._groups.values())
        if by == "day":
            return sorted(groups, key=lambda one: one.key)
        if by == "code":
            return sorted(groups, key=lambda one: (badness(one.example), -one.logs, one.key))
        return sorted(groups, key=lambda one: (-one.failed, -one.logs, one.key))


def badness(row: Row) -> int:
    """Return 0 for a row with an error, and more for the less bad."""
    return SEVERITIES.index(row.severity) if row.severity else len(SEVERITIES)
