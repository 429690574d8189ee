"""The comparison as a comment for a ticket; nothing from the logs can act."""

from __future__ import annotations

from collections.abc import Iterable

from curlx.comparison import Comparison, Difference, Pair, Row, Shown
from curlx.renderers.as_markdown import cell, code, marked
from curlx.renderers.comparison.wording import (
    PARTING,
    groups,
    headline,
    name,
    state,
    still_open,
    title_of,
    told,
    unknown,
    urls,
)
from curlx.renderers.wording import MARKS, clipped, count, place
from curlx.report import Section

_CELL = 120
_STEPS = 60
_PAIRS = 10


def render(comparison: Comparison) -> str:
    """Return the comparison as Markdown (CommonMark with tables)."""
    blocks = [f"## {marked(headline(comparison))}", *_logs(comparison)]
    blocks += [f"**Note:** {marked(remark)}" for remark in comparison.remarks]
    for _, heading, differences in groups(comparison):
        blocks += [f"### {heading}", _differences(comparison, differences)]
    if comparison.incomparable:
        blocks.append("### Not comparable")
        rows = [*(f"- {marked(what)}. {marked(why)}" for what, why in unknown(comparison))]
        blocks.append("\n".join(rows))
        blocks += filter(None, [marked(still_open(comparison))])
    blocks += _steps(comparison)
    return "\n\n".join([*blocks, "---\n\nCompared by curlx."]) + "\n"


def _logs(comparison: Comparison) -> Iterable[str]:
    rows = []
    for side, log in (("GOOD", comparison.good), ("BAD", comparison.bad)):
        rows.append(f"- **{side}** {code(clipped(name(log), _CELL))} {marked(state(log))}")
    yield "\n".join(rows)


def _differences(comparison: Comparison, differences: list[Difference]) -> str:
    rows = ["| | GOOD | BAD | Why it tells |", "| --- | --- | --- | --- |"]
    for one in differences:
        rows.append(
            f"| {cell(title_of(one, comparison))} | {_shown(one.good)} | {_shown(one.bad)} | {marked(one.why)} |"
        )
    return "\n".join(rows)


def _shown(shown: Shown) -> str:
    return cell(shown.value) + (f" (line {shown.line})" if shown.line is not None else "")


def _steps(comparison: Comparison) -> Iterable[str]:
    for index, pair in enumerate(comparison.pairs[:_PAIRS]):
        title = "Step by step" if len(comparison.pairs) == 1 else f"Transfer {index + 1} step by step"
        yield f"### {title}"
        if asked := urls(pair):
            yield code(clipped(asked, _CELL))
        if pair.rows:
            yield _table(pair)
    more = len(comparison.pairs) - _PAIRS + comparison.pairs_left_out
    if more > 0:
        yield f"… {count(more, 'more transfer')}"


def _table(pair: Pair) -> str:
    rows = ["| Lines | GOOD | Lines | BAD | |", "| ---: | --- | ---: | --- | --- |"]
    for row in pair.rows[:_STEPS]:
        word = f"**{PARTING}**" if row.parting else "" if row.relation == "same" else "differs"
        rows.append(f"| {_side(row, row.good)} | {_side(row, row.bad)} | {word} |")
    if len(pair.rows) > _STEPS:
        rows.append(f"| | … {count(len(pair.rows) - _STEPS, 'more step')} | | | |")
    return "\n".join(rows)


def _side(row: Row, step: Section | None) -> str:
    lines = place(step) if step is not None else ""
    mark = f"{MARKS[step.status][0]} " if step is not None else ""
    return f"{lines} | {mark}{cell(told(row, step))}"
