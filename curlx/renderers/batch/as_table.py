"""A batch for people at a terminal: what was found how often, where and when, each with an example to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from curlx.renderers.batch import GroupBy
from curlx.renderers.batch.groups import Group, Groups
from curlx.renderers.batch.wording import names, outcomes, period
from curlx.renderers.paper import Paper
from curlx.renderers.wording import count
from curlx.rows import Row

_COUNT = 7
"""Width of the numbers."""
_ROWS = 2
"""Rows that a title may take."""


def render(
    rows: Iterable[Row],
    *,
    width: int = 80,
    color: bool = False,
    unicode: bool = True,
    group_by: GroupBy = "code",
    each: bool = False,
) -> Iterator[str]:
    """Yield the table when the last row is there; with `each`, a line for each log instead, as it comes."""
    if each:
        for row in rows:
            paper = Paper(width, color=color, unicode=unicode)
            _line(paper, row)
            yield paper.text()
        return
    groups = Groups(rows, group_by)
    paper = Paper(width, color=color, unicode=unicode)
    _total(paper, groups)
    if groups.groups:
        paper.gap()
        paper.row((f"{f'{groups.noun}s':>{_COUNT}}  {'diagnosis' if group_by == 'code' else group_by}", "quiet"))
    for group in groups.groups:
        paper.gap()
        _group(paper, group, group_by)
    _unreadable(paper, groups)
    yield paper.text()


def _line(paper: Paper, row: Row) -> None:
    """Write one log as compilers do: place, severity, code."""
    line = row.line or row.first_line
    place = (f"{row.name}:{line}: " if line else f"{row.name}: ", "")
    if row.outcome in ("unreadable", "not-curl"):
        paper.row(place, (row.outcome, "unclear"), (f": {row.error}", ""))
    elif row.severity:
        more = f" ({row.failed} of {row.transfers} transfers failed)" if row.failed > 1 else ""
        more += f" ({row.same} logs)" if row.same > 1 else ""
        paper.row(place, (f"{row.severity}[{row.code}]", row.severity), (f": {row.title}{more}", ""))
    else:
        statuses = "".join(f" {status}" for status in row.statuses[-1:])
        paper.row(place, ("ok", "ok"), (f":{statuses}" if statuses else "", ""))


def _total(paper: Paper, groups: Groups) -> None:
    parts = ", ".join(f"{number} {words}" for number, words in outcomes(groups))
    paper.prose(count(groups.outcomes.total(), groups.noun) + (f": {parts}" if parts else ""), "heading")


def _group(paper: Paper, group: Group, by: GroupBy) -> None:
    row = group.example
    number, margin = f"{group.logs:>{_COUNT}}  ", " " * (_COUNT + 2)
    room = paper.width - len(margin)
    if by == "code":
        first = ((number, "heading"), (f"{row.severity}[{row.code}]: ", row.severity or ""))
        paper.prose(paper.clip(row.title, room * _ROWS), first=first, rest=((margin, ""),))
    else:
        paper.prose(group.key or "unknown", "heading", first=((number, "heading"),), rest=((margin, ""),))
        failed = f"{group.failed} failed" if group.failed else "no error"
        codes = names(group.codes, counts=True)
        paper.prose(f"{failed}{': ' if codes else ''}{codes}", first=((margin, ""),), rest=((margin, ""),))
    facts = [] if by == "host" else [names(group.hosts)]
    facts.append(period(group.first, group.last, group.seen_in))
    told = " · ".join(fact for fact in facts if fact)
    if told:
        paper.prose(told, "quiet", first=((margin, ""),), rest=((margin, ""),))
    paper.row((margin, ""), (f"{row.name}:{row.line}" if row.line else row.name, "second"))
    if row.text:
        paper.row((margin, ""), (paper.clip(row.text.strip(), room), "quiet"))


def _unreadable(paper: Paper, groups: Groups) -> None:
    number = groups.outcomes["unreadable"]
    if not number:
        return
    paper.gap()
    paper.row(("Could not be read", "heading"))
    for row in groups.unreadable:
        paper.prose(f"{row.name}: {row.error}", first=(("  ", ""),), rest=(("    ", ""),))
    if number > len(groups.unreadable):
        paper.row((f"  … {number - len(groups.unreadable)} more; --each lists them all", "quiet"))
