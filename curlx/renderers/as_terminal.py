"""The report for people at a terminal: how far the call got, where it broke, why, and what to do.

Read from the top it gets more detailed: the steps of the call, the verdict in one line, the lines that prove it, the
causes, and remedies by who can act. Every mark is also a word, so that nothing is lost without colour.
"""

from __future__ import annotations

from collections.abc import Iterable

from curlx.findings import Actor, Certainty, Evidence, Finding, Remedy
from curlx.renderers.paper import Paper, cells, fitting
from curlx.report import Report, Section, Status

_MARKS: dict[Status, tuple[str, str, str]] = {
    "ok": ("✔", "ok", "ok"),
    "problem": ("✖", "problem", "error"),
    "note": ("●", "note", "note"),
    "unknown": ("?", "unclear", "unclear"),
}
_BROKE_HERE = "broke here"
_CERTAINTIES: dict[Certainty, str] = {
    "certain": "certain: curl or the server says so, or the protocol proves it",
    "likely": "likely: inferred from the lines below; see what else it could be",
    "possible": "possible: one of several explanations; the log cannot decide",
}
_PLACES: dict[Actor, str] = {
    "client": "What to do on the client",
    "server": "What to do on the server",
    "gateway": "What to do at the gateway or proxy",
    "network": "What to do in the network",
}
_GUTTER = 6
"""Width of the line numbers at the least."""
_TITLE_ROWS = 2
"""Rows that a step may take: the whole text is among the evidence if it matters."""
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
    verdict = report.findings[0] if report.findings else None
    if verdict is not None and verdict.severity == "note" and report.outcome == "success":
        verdict = None
    _head(paper, report)
    _timeline(paper, report, verdict)
    paper.gap()
    if report.outcome == "success":
        _all_well(paper, report)
    if verdict is not None:
        paper.gap()
        _verdict(paper, report, verdict)
    _secondary(paper, report.findings[1:] if verdict is not None else report.findings)
    _foot(paper, report, verdict)
    return paper.text()


# --- how far it got ---------------------------------------------------------------------------------------------------


def _head(paper: Paper, report: Report) -> None:
    facts = [report.source.name or "curl log", _count(report.source.lines, "line")]
    if report.curl.version is not None:
        facts.append(f"curl {report.curl.version}")
    if report.curl.tls_library is not None:
        facts.append(report.curl.tls_library)
    paper.prose(" · ".join(facts), "quiet")
    paper.gap()


def _timeline(paper: Paper, report: Report, verdict: Finding | None) -> None:
    broken = verdict.transfer if verdict is not None and verdict.severity == "error" else None
    transfers = range(len(report.timeline.transfers))
    shown = [index for index in transfers if index < _TRANSFERS or index == broken or index == transfers[-1]]
    wanted = set(shown)
    steps_of: dict[int, list[Section]] = {index: [] for index in shown}
    for section in report.timeline.sections:
        if section.transfer in wanted:
            steps_of[section.transfer].append(section)
    gutter = max([_GUTTER, *(len(_range(step)) for steps in steps_of.values() for step in steps)])
    last = -1
    for index in shown:
        if index > last + 1:
            paper.row((" " * (gutter + 2), ""), (f"… {_count(index - last - 1, 'more transfer')}", "quiet"))
        last = index
        if len(transfers) > 1:
            paper.gap()
            url = report.timeline.transfers[index].url
            paper.prose(f"Transfer {index + 1} of {len(transfers)}" + (f": {url}" if url else ""), "heading",
                        rest=(("  ", ""),))  # fmt: skip
        steps = steps_of[index]
        _rail(
            paper, steps, gutter, _where_it_broke(steps, verdict) if verdict is not None and index == broken else None
        )


def _where_it_broke(steps: list[Section], verdict: Finding) -> Section | None:
    """Return the step that the verdict is about, or the first of those that hold its decisive line, or that failed."""
    problems = [step for step in steps if step.status == "problem"]
    about = [step for step in problems if verdict.code.startswith(f"{step.kind}-")]
    line = verdict.evidence[0].line if verdict.evidence else 0
    holding = [step for step in problems if step.first_line <= line <= step.last_line]
    return next(iter(about or holding or problems), None)


def _range(step: Section) -> str:
    return f"{step.first_line}-{step.last_line}" if step.last_line > step.first_line else str(step.first_line)


def _rail(paper: Paper, steps: list[Section], gutter: int, broken: Section | None) -> None:
    half = _STEPS // 2
    left_out = range(half, len(steps) - half) if len(steps) > _STEPS else ()
    quiet = 0
    for position, step in enumerate(steps):
        if position in left_out and step is not broken:
            quiet += 1
            continue
        if quiet:
            paper.row((" " * (gutter + 2), ""), (f"… {_count(quiet, 'more step')}", "quiet"))
            quiet = 0
        mark, word, style = _MARKS[step.status]
        if step is broken:
            word = _BROKE_HERE
        margin = gutter + len(_BROKE_HERE) + 6
        paper.prose(
            paper.clip(step.title, (paper.width - margin) * _TITLE_ROWS),
            "heading" if step is broken else "",
            first=((f"{_range(step):>{gutter}}  ", "gutter"), (f"{mark} {word:<{len(_BROKE_HERE)}}  ", style)),
            rest=((f"{' ' * gutter}  ", ""), (f"│{' ' * (len(_BROKE_HERE) + 3)}", "quiet")),
        )


# --- the verdict ------------------------------------------------------------------------------------------------------


def _all_well(paper: Paper, report: Report) -> None:
    statuses = report.summary.http_statuses
    answer = f" The last answer was {statuses[-1]}." if statuses else ""
    found = "no error found" if any(one.severity == "warning" for one in report.findings) else "no problem found"
    paper.prose(f"{found} in this log.{answer}", "heading", first=(("ok: ", "ok"),), rest=(("    ", ""),))


def _verdict(paper: Paper, report: Report, verdict: Finding) -> None:
    paper.prose(verdict.title, "heading", first=((f"{verdict.severity}[{verdict.code}]: ", verdict.severity),),
                rest=(("  ", ""),))  # fmt: skip
    paper.prose(_CERTAINTIES[verdict.certainty], "quiet", first=(("  ", ""),), rest=(("  ", ""),))
    paper.gap()
    for paragraph in verdict.summary.splitlines():
        paper.prose(paragraph)
    paper.gap()
    _excerpt(paper, report.source.name or "curl log", verdict.evidence)
    if verdict.causes:
        paper.gap()
        paper.row(("Possible causes" if len(verdict.causes) > 1 else "Why this happens", "heading"))
        for cause in verdict.causes:
            paper.prose(cause, first=(("  • ", "quiet"),), rest=(("    ", ""),))
    for who in dict.fromkeys(remedy.who for remedy in verdict.remedies):
        paper.gap()
        paper.row((_PLACES[who], "heading"))
        for remedy in verdict.remedies:
            if remedy.who == who:
                _remedy(paper, remedy)


def _excerpt(paper: Paper, name: str, evidence: tuple[Evidence, ...]) -> None:
    """Quote the lines in their order, the telling part underlined: `^` in the decisive line, `-` in the others."""
    if not evidence:
        return
    decisive = evidence[0].line
    shows: dict[int, list[str]] = {}
    for proof in evidence:
        shows.setdefault(proof.line, []).append(proof.shows)
    texts = {proof.line: proof.text for proof in evidence}
    digits = max(3, len(str(max(texts))))
    margin = f"{' ' * digits} │ "
    paper.row((f"{' ' * digits}--> ", "gutter"), (f"{name}:{decisive}", ""))
    paper.row((margin.rstrip(), "gutter"))
    previous = None
    for line in sorted(texts):
        if previous is not None and line > previous + 1:
            paper.row(("...", "gutter"))
        previous = line
        words = "; ".join(dict.fromkeys(shows[line]))
        _quote(paper, f"{line:>{digits}} │ ", margin, texts[line].rstrip(), words, decisive=line == decisive)


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
            (margin if begun else number, "gutter"), (row[:first], ""), (row[first:last], style), (row[last:], "")
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


def _secondary(paper: Paper, findings: tuple[Finding, ...]) -> None:
    if not findings:
        return
    paper.gap()
    paper.row(("Also in this log", "heading"))
    for finding in findings[:_SECONDARY]:
        lines = _lines(finding.evidence)
        sure = "" if finding.certainty == "certain" else f", {finding.certainty}"
        start = (f"  {finding.severity}[{finding.code}]: ", finding.severity)
        paper.prose(f"{finding.title} ({lines}{sure})", first=(start,), rest=(("    ", ""),))
    if len(findings) > _SECONDARY:
        paper.row((f"  … {_count(len(findings) - _SECONDARY, 'more finding')}", "quiet"))


def _lines(evidence: Iterable[Evidence]) -> str:
    numbers = [str(proof.line) for proof in evidence]
    return f"line{'s' if len(numbers) > 1 else ''} {', '.join(numbers[:4])}{', …' if len(numbers) > 4 else ''}"


def _foot(paper: Paper, report: Report, verdict: Finding | None) -> None:
    paper.gap()
    if report.source.unrecognized_lines:
        count = _count(report.source.unrecognized_lines, "line")
        paper.prose(f"{count} with a mark of curl's but words unknown to curlx.", "quiet")
    first = verdict or next(iter(report.findings), None)
    if first is not None:
        paper.prose(f"For more about this: curlx why {first.code}", "quiet")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
