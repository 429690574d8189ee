"""A batch as a comment for a ticket: how it went, and a table of what was found; nothing from the logs can act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from curlx.renderers.as_markdown import cell, code, marked
from curlx.renderers.batch.groups import Group, Groups
from curlx.renderers.batch.wording import headline, names, outcomes, period
from curlx.renderers.wording import clipped, count
from curlx.rows import Row

_CELL = 120


def render(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the comment when the last row is there (CommonMark with tables)."""
    groups = Groups(rows)
    yield f"## {headline(groups)}\n\n"
    if groups.outcomes:
        yield f"{', '.join(f'{number} {words}' for number, words in outcomes(groups))}\n\n"
    if groups.groups:
        yield f"| {groups.noun.capitalize()}s | Severity | Diagnosis | Hosts | Seen (UTC) | Example |\n"
        yield "| ---: | --- | --- | --- | --- | --- |\n"
        yield from map(_row, groups.groups)
        yield "\n"
        yield from _worst(groups.groups[0].example)
    if groups.unreadable:
        yield "### Could not be read\n\n"
        for row in groups.unreadable:
            yield f"- {_name(row)}: {marked(clipped(row.error, _CELL))}\n"
        more = groups.outcomes["unreadable"] - len(groups.unreadable)
        yield f"- … {more} more\n\n" if more > 0 else "\n"
    yield "---\n\nChecked by curlx.\n"


def _row(group: Group) -> str:
    row = group.example
    severity = f"**{row.severity}**" if row.severity == "error" else row.severity
    found = f"{code(row.code)} {cell(row.title)}"
    example = f"{row.name}:{row.line}" if row.line else row.name
    seen = period(group.first, group.last, group.seen_in)
    cells = (str(group.logs), severity, found, _code(names(group.hosts)), seen, _code(example))  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |\n"


def _worst(row: Row) -> Iterator[str]:
    """Yield the explanation of the first example: what most readers want to know next."""
    if not row.summary:
        return
    yield f"### {marked(row.title)}\n\n"
    yield f"In {_name(row)}{f', line {row.line}' if row.line else ''} ({row.certainty}):\n\n"
    for paragraph in filter(None, map(marked, row.summary.splitlines())):
        yield f"{paragraph}\n\n"
    more = f"curlx why {row.code}"
    yield f"{code(clipped(row.text.strip(), _CELL))}\n\n" if row.text.strip() else ""
    yield f"More about this: {code(more)}. {count(row.transfers, 'transfer')} in this log, {row.failed} failed.\n\n"


def _name(row: Row) -> str:
    return _code(row.name) or "a log without a name"


def _code(text: str) -> str:
    """Return text as code that also a table leaves alone."""
    shown = clipped(text, _CELL).replace("|", "\\x7c")
    return code(shown) if shown.strip() else ""
