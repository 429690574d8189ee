"""The report for people at a terminal: how far the call got, where it broke, why, and what to do.

Read from the top it gets more detailed: the steps of the call, the verdict in one line, the lines that prove it, the
causes, and remedies by who can act. Every mark is also a word, so that nothing is lost without colour.
"""

from __future__ import annotations

from curlx.client_files import ClientFiles
from curlx.findings import Evidence, Finding, Remedy
from curlx.renderers.paper import Paper, cells, fitting
from curlx.renderers.wording import (
    BROKE_HERE,
    CERTAINTIES,
    FILES,
    MARKS,
    PLACES,
    all_well,
    by_line,
    causes_heading,
    count,
    facts,
    last_answer,
    lines,
    name_of,
    others,
    place,
    remarks,
    shown_transfers,
    verdict_of,
    where_it_broke,
    whose_file,
)
from curlx.report import Report, Section, Status

_STYLES: dict[Status, str] = {"ok": "ok", "problem": "error", "note": "note", "unknown": "unclear"}
_GUTTER = 6
"""Width of the line numbers at the least."""
_TITLE_ROWS, _TITLE = 2, 100
"""Rows that a step may take, or cells where rows are short: the whole text is among the evidence if it matters."""
_STEPS = 24
"""Steps of one transfer that are shown: a redirect loop has a hundred."""
_TRANSFERS = 5
"""Transfers that are shown step by step."""
_ROWS = 3
"""Rows that a quoted line may take."""
_SECONDARY = 8
"""Further findings that are listed."""


def render(report: Report, *, width: int = 80, color: bool = False, unicode: bool = True) -> str:
    """Return the report as text of so many columns; `unicode=False` keeps to ASCII."""
    paper = Paper(width, color=color, unicode=unicode)
    verdict = verdict_of(report)
    _head(paper, report)
    _timeline(paper, report, verdict)
    paper.gap()
    if report.outcome == "success":
        _all_well(paper, report)
    if verdict is not None:
        paper.gap()
        _verdict(paper, report, verdict)
    elif report.client_files is not None:
        _files(paper, report.client_files)
    _secondary(paper, others(report), alone=verdict is None)
    _foot(paper, report, verdict)
    return paper.text()


# --- how far it got ---------------------------------------------------------------------------------------------------


def _head(paper: Paper, report: Report) -> None:
    paper.prose(" · ".join(facts(report)), "quiet")
    paper.gap()


def _timeline(paper: Paper, report: Report, verdict: Finding | None) -> None:
    transfers = report.timeline.transfers
    shown = shown_transfers(report, verdict, _TRANSFERS)
    wanted = set(shown)
    steps_of: dict[int, list[Section]] = {index: [] for index in shown}
    for section in report.timeline.sections:
        if section.transfer in wanted:
            steps_of[section.transfer].append(section)
    gutter = max([_GUTTER, *(len(place(step)) for steps in steps_of.values() for step in steps)])
    last = -1
    for index in shown:
        if index > last + 1:
            paper.row((" " * (gutter + 2), ""), (f"… {count(index - last - 1, 'more transfer')}", "quiet"))
        last = index
        if len(transfers) > 1:
            paper.gap()
            url = transfers[index].url
            paper.prose(name_of(report, index) + (f": {url}" if url else ""), "heading", rest=(("  ", ""),))
        steps = steps_of[index]
        _rail(paper, steps, gutter, where_it_broke(steps, verdict, index))


def _rail(paper: Paper, steps: list[Section], gutter: int, broken: Section | None) -> None:
    half = _STEPS // 2
    left_out = range(half, len(steps) - half) if len(steps) > _STEPS else ()
    quiet = 0
    for position, step in enumerate(steps):
        if position in left_out and step is not broken:
            quiet += 1
            continue
        if quiet:
            paper.row((" " * (gutter + 2), ""), (f"… {count(quiet, 'more step')}", "quiet"))
            quiet = 0
        mark, word = MARKS[step.status]
        style = _STYLES[step.status]
        if step is broken:
            word = BROKE_HERE
        margin = gutter + len(BROKE_HERE) + 6
        paper.prose(
            paper.clip(step.title, max((paper.width - margin) * _TITLE_ROWS, _TITLE)),
            "heading" if step is broken else "",
            first=((f"{place(step):>{gutter}}  ", "gutter"), (f"{mark} {word:<{len(BROKE_HERE)}}  ", style)),
            rest=((f"{' ' * gutter}  ", ""), (f"│{' ' * (len(BROKE_HERE) + 3)}", "quiet")),
        )


# --- the verdict ------------------------------------------------------------------------------------------------------


def _all_well(paper: Paper, report: Report) -> None:
    text = f"{all_well(report)}. {last_answer(report)}"
    paper.prose(text[:1].lower() + text[1:], "heading", first=(("ok: ", "ok"),), rest=(("    ", ""),))


def _verdict(paper: Paper, report: Report, verdict: Finding) -> None:
    paper.prose(verdict.title, "heading", first=((f"{verdict.severity}[{verdict.code}]: ", verdict.severity),),
                rest=(("  ", ""),))  # fmt: skip
    paper.prose(CERTAINTIES[verdict.certainty], "quiet", first=(("  ", ""),), rest=(("  ", ""),))
    paper.gap()
    for paragraph in verdict.summary.splitlines():
        paper.prose(paragraph)
    paper.gap()
    _excerpt(paper, report.source.name or "curl log", verdict.evidence)
    if report.client_files is not None:
        _files(paper, report.client_files)
    if verdict.causes:
        paper.gap()
        paper.row((causes_heading(verdict), "heading"))
        for cause in verdict.causes:
            paper.prose(cause, first=(("  • ", "quiet"),), rest=(("    ", ""),))
    for who in dict.fromkeys(remedy.who for remedy in verdict.remedies):
        paper.gap()
        paper.row((PLACES[who], "heading"))
        for remedy in verdict.remedies:
            if remedy.who == who:
                _remedy(paper, remedy)


def _files(paper: Paper, files: ClientFiles) -> None:
    paper.gap()
    paper.row((FILES, "heading"))
    paper.prose(whose_file(files), first=(("  ", ""),), rest=(("  ", ""),))
    for status, text in remarks(files):
        mark, word = MARKS[status]
        paper.prose(text, first=((f"  {mark} {word:<7}  ", _STYLES[status]),), rest=(("    ", ""), ("         ", "")))
    if files.conclusion:
        paper.prose(files.conclusion, "heading", first=(("  ", ""),), rest=(("  ", ""),))


def _excerpt(paper: Paper, name: str, evidence: tuple[Evidence, ...]) -> None:
    """Quote the lines in their order, the telling part underlined: `>` and `^` for the decisive one, `-` for others."""
    if not evidence:
        return
    decisive = (evidence[0].line, evidence[0].text.rstrip())
    quoted = by_line(evidence)
    digits = max(3, len(str(quoted[-1][0])) + 1)
    margin = f"{' ' * digits} │ "
    paper.row((f"{' ' * digits}--> ", "gutter"), (f"{name}:{decisive[0]}", ""))
    paper.row((margin.rstrip(), "gutter"))
    previous = None
    for line, text, words in quoted:
        if previous is not None and line > previous + 1:
            paper.row(("...", "gutter"))
        previous = line
        decides = (line, text) == decisive
        number = f"{'>' if decides else ' '}{line:>{digits - 1}} │ "
        _quote(paper, number, margin, text, words, decisive=decides)


def _quote(paper: Paper, number: str, margin: str, text: str, words: str, *, decisive: bool) -> None:
    """Quote one line, and say what it shows: behind the last underline where there is room, else below."""
    style, underline = ("error", "^") if decisive else ("second", "-")
    room = paper.width - len(margin)
    text = paper.clip(text, room * _ROWS)
    start, end = _telling(text)
    marks = ""
    for begun, row in _cut(text, room):
        if marks:
            paper.row((margin, "gutter"), (marks, style))
        first, last = (min(max(edge - begun, 0), len(row)) for edge in (start, end))
        paper.row(
            (margin, "gutter") if begun else (number, style if decisive else "gutter"),
            (row[:first], ""),
            (row[first:last], style),
            (row[last:], ""),
        )
        marks = (" " * cells(row[:first]) + underline * cells(row[first:last].rstrip())).rstrip()
    if marks and cells(marks) + 1 + cells(words) <= room:
        paper.row((margin, "gutter"), (f"{marks} {words}", style))
        return
    if marks:
        paper.row((margin, "gutter"), (marks, style))
    paper.prose(words, style, first=((margin, "gutter"),), rest=((margin, "gutter"),))


def _cut(text: str, room: int) -> list[tuple[int, str]]:
    """Cut a quoted line into rows, behind a blank where there is one, each with its place in the line."""
    rows: list[tuple[int, str]] = []
    begun = 0
    while begun < len(text) or not rows:
        row = fitting(text[begun:], room)
        blank = row.rfind(" ", room // 2) + 1
        if blank and begun + len(row) < len(text):
            row = row[:blank]
        rows.append((begun, row))
        begun += len(row)
    return rows


def _telling(text: str) -> tuple[int, int]:
    """Return where the words that tell begin and end in a line: its mark, and tags, tell nothing."""
    start, end = len(text) - len(text.lstrip()), len(text)
    if text[start : start + 2] in ("* ", "< ", "> "):
        start += 2
        start += len(text[start:]) - len(text[start:].lstrip())
    elif text[start : start + 1] == "<" and ">" in text:
        words = max((piece.rpartition(">")[2].strip() for piece in text.split("<")), key=len)
        if words:
            start = text.index(words)
            end = start + len(words)
    return start, end


def _remedy(paper: Paper, remedy: Remedy) -> None:
    paper.prose(remedy.title, "second", first=(("  • ", "quiet"),), rest=(("    ", ""),))
    for number, step in enumerate(remedy.steps, 1):
        paper.prose(step, first=((f"{number:>6}. ", "quiet"),), rest=(("        ", ""),))
    if not remedy.commands:
        return
    paper.row(("        Review before running:", "quiet"))
    for command in remedy.commands:
        paper.gap()
        for line in command.split("\n"):
            paper.row(("          ", ""), (line, "command"))
    paper.gap()


# --- the rest ---------------------------------------------------------------------------------------------------------


def _secondary(paper: Paper, findings: tuple[Finding, ...], *, alone: bool) -> None:
    """List what else there is; where there is no verdict, with what it means and the first thing to do."""
    if not findings:
        return
    paper.gap()
    paper.row(("Also in this log", "heading"))
    for finding in findings[:_SECONDARY]:
        sure = "" if finding.certainty == "certain" else f", {finding.certainty}"
        start = (f"  {finding.severity}[{finding.code}]: ", finding.severity)
        paper.prose(f"{finding.title} ({lines(finding.evidence)}{sure})", first=(start,), rest=(("    ", ""),))
        if alone:
            paper.gap()
            for paragraph in finding.summary.splitlines():
                paper.prose(paragraph, first=(("    ", ""),), rest=(("    ", ""),))
            for remedy in finding.remedies[:1]:
                paper.gap()
                _remedy(paper, remedy)
    if len(findings) > _SECONDARY:
        paper.row((f"  … {count(len(findings) - _SECONDARY, 'more finding')}", "quiet"))


def _foot(paper: Paper, report: Report, verdict: Finding | None) -> None:
    paper.gap()
    if report.source.unrecognized_lines:
        unknown = count(report.source.unrecognized_lines, "line")
        paper.prose(f"{unknown} with a mark of curl's but words unknown to curlx.", "quiet")
    first = verdict or next(iter(report.findings), None)
    if first is not None:
        paper.prose(f"For more about this: curlx why {first.code}", "quiet")
