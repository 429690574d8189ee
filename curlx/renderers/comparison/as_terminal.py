"""The comparison for people at a terminal: what explains the failure first, both calls side by side last."""

from __future__ import annotations

from itertools import zip_longest

from curlx.comparison import Comparison, Difference, Pair, Row, Telling
from curlx.renderers.comparison.wording import (
    PARTING,
    SAME,
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
from curlx.renderers.paper import Paper, Piece, cells, wrapped
from curlx.renderers.wording import MARKS, count, place
from curlx.report import Section

_STYLES: dict[Telling, str] = {
    "certain": "error", "likely": "warning", "possible": "note", "result": "heading", "unclear": "quiet",
}  # fmt: skip
_VALUE_ROWS = 3
_ROWS = 3
"""Rows that a step may take in its column."""
_NARROW = 26
"""Cells of a column in which a step does not stand beside its numbers."""
_STEPS = 40
_PAIRS = 5


def render(comparison: Comparison, *, width: int = 80, color: bool = False, unicode: bool = True) -> str:
    """Return the comparison as text of so many columns; `unicode=False` keeps to ASCII."""
    paper = Paper(width, color=color, unicode=unicode)
    for side, log, style in (("GOOD", comparison.good, "ok"), ("BAD ", comparison.bad, "error")):
        facts = f"{name(log)} · {count(log.lines, 'line')} · {state(log)}"
        paper.prose(facts, first=((f"{side}  ", style),), rest=(("      ", ""),))
    paper.gap()
    for remark in comparison.remarks:
        paper.prose(remark, "warning", first=(("note: ", "warning"),), rest=(("      ", ""),))
    paper.gap()
    paper.prose(paper.clip(headline(comparison), paper.width * _VALUE_ROWS), "heading")
    for telling, heading, differences in groups(comparison):
        paper.gap()
        paper.prose(heading, _STYLES[telling])
        for difference in differences:
            _difference(paper, difference, title_of(difference, comparison), brief=telling in ("result", "unclear"))
    _unknown(paper, comparison)
    _steps(paper, comparison)
    return paper.text()


def _difference(paper: Paper, difference: Difference, title: str, *, brief: bool) -> None:
    good, bad = difference.good, difference.bad
    if brief:
        text = f"{title}: {good.value} → {bad.value}"
        paper.prose(paper.clip(text, paper.width * _VALUE_ROWS), first=(("  • ", "quiet"),), rest=(("    ", ""),))
        return
    paper.prose(title, "heading", first=(("  • ", "quiet"),), rest=(("    ", ""),))
    for side, shown, style in (("GOOD", good, "ok"), ("BAD ", bad, "error")):
        where = f"  (line {shown.line})" if shown.line is not None else ""
        value = paper.clip(shown.value, (paper.width - 10) * _VALUE_ROWS)
        paper.prose(f"{value}{where}", first=((f"    {side}  ", style),), rest=(("          ", ""),))
    paper.prose(difference.why, first=(("    ", ""),), rest=(("    ", ""),))


def _unknown(paper: Paper, comparison: Comparison) -> None:
    if not comparison.incomparable:
        return
    paper.gap()
    paper.prose("Not comparable: one log does not tell", "unclear")
    for what, why in unknown(comparison):
        text = paper.clip(f"{what}. {why}", paper.width * _VALUE_ROWS * 2)
        paper.prose(text, first=(("  ? ", "unclear"),), rest=(("    ", ""),))
    if still_open(comparison):
        paper.prose(still_open(comparison), first=(("    ", ""),), rest=(("    ", ""),))


def _steps(paper: Paper, comparison: Comparison) -> None:
    for index, pair in enumerate(comparison.pairs[:_PAIRS]):
        paper.gap()
        title = "Step by step" if len(comparison.pairs) == 1 else f"Transfer {index + 1} step by step"
        asked = urls(pair)
        paper.prose(paper.clip(f"{title}{f': {asked}' if asked else ''}", paper.width * _ROWS), "heading")
        _pair(paper, pair)
    more = len(comparison.pairs) - _PAIRS + comparison.pairs_left_out
    if more > 0:
        paper.gap()
        paper.row((f"… {count(more, 'more transfer')}", "quiet"))


def _pair(paper: Paper, pair: Pair) -> None:
    room = (paper.width - 3) // 2
    _line(paper, [("GOOD", "ok")], [("BAD", "error")], room)
    for row in pair.rows[:_STEPS]:
        if row.parting:
            rule = "-" * 3
            paper.row((f"{rule} {PARTING} ", "error"), ("-" * (paper.width - len(PARTING) - 5), "error"))
        _row(paper, row, room)
    if len(pair.rows) > _STEPS:
        paper.row((f"… {count(len(pair.rows) - _STEPS, 'more step')}", "quiet"))


def _row(paper: Paper, row: Row, room: int) -> None:
    quiet = "quiet" if row.relation == "same" else ""
    sides = [_cell(paper, row, step, room, quiet) for step in (row.good, row.bad)]
    if row.relation == "same" and row.bad is not None:
        sides[1] = [[(f"{place(row.bad):>7} ", "gutter"), (MARKS[row.bad.status][0], quiet), (f" {SAME}", "quiet")]]
    for good, bad in zip_longest(*sides, fillvalue=[("", "")]):
        _line(paper, good, bad, room)


def _cell(paper: Paper, row: Row, step: Section | None, room: int, style: str) -> list[list[Piece]]:
    """Return the rows of one column: the lines of the log, the mark, the step."""
    if step is None:
        return [[("        ", ""), ("-", "quiet")]]
    mark, manner = MARKS[step.status]
    style = style or ({"problem": "error", "note": "note"}.get(step.status, ""))
    head: list[Piece] = [(f"{place(step):>7} ", "gutter"), (f"{mark} ", "error" if manner == "problem" else style)]
    narrow = room < _NARROW
    indent, most = (2, 2 * _ROWS) if narrow else (10, _ROWS)
    text = paper.clip(" ".join(told(row, step).split()), (room - indent - 1) * most)
    rows = wrapped(text, room - indent, room - indent)[: most + 1]
    if narrow:  # beside the numbers no word would fit, and what differs would be cut away
        return [head, *([("  ", ""), (line, style)] for line in rows)]
    return [[*(head if not position else [(" " * 10, "")]), (line, style)] for position, line in enumerate(rows)]


def _line(paper: Paper, good: list[Piece], bad: list[Piece], room: int) -> None:
    used = cells("".join(text for text, _ in good))
    paper.row(*good, (" " * max(room - used, 0), ""), (" │ ", "quiet"), *bad)
