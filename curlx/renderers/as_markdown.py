"""The report as a comment for a ticket: GitHub, GitLab, Jira, ServiceNow.

Nothing from the log can act. Lines of the log stand in a fence that is longer than any run of backticks in them. In
prose, a word that could mean something (markup, HTML, a mention, a reference to an issue, an address) becomes code,
where CommonMark, GitHub and GitLab leave it alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from curlx.client_files import ClientFiles
from curlx.findings import Finding, Remedy
from curlx.renderers import mermaid
from curlx.renderers.harmless import harmless
from curlx.renderers.sequence import sequence
from curlx.renderers.wording import (
    BROKE_HERE,
    CERTAINTIES,
    FILES,
    MARKS,
    PLACES,
    all_well,
    by_line,
    causes_heading,
    clipped,
    count,
    facts,
    headline,
    last_answer,
    lines,
    name_of,
    others,
    pieces,
    place,
    remarks,
    shown_transfers,
    verdict_of,
    where_it_broke,
    whose_file,
)
from curlx.report import Report, Section

_LINE = 300
"""Characters of a quoted line."""
_CELL = 120
_STEPS = 30
"""Steps of one transfer in the table."""
_TRANSFERS = 4
_OTHERS = 8
# Markup of CommonMark and its tables; what GitHub and GitLab turn into a link or a notice (`@user`, `#1`, `!1`, `%1`,
# `GH-1`, addresses, `:bomb:`); `{` and `^` of Jira.
_ACTIVE = re.compile(r"""[\\`*_\[\]<>|~&@#^{}$]|!\w|%\w|://|www\.|GH-[0-9]|:(?!\d\d:)[\w+-]+:""")
_BLOCK = re.compile(r"[-+=]+|[0-9]{1,9}[.)]|/.*")
"""A first word that would begin a list, a line or a heading, or that GitLab would obey (`/close`)."""
_WORD = re.compile(r"(?:‹[^‹›]{1,80}›|[^ ])+")
"""A word; the blank in `‹parameter 2›`, which stands for a secret, divides none."""
_EDGE = "()\"'“”‘’.,;:?"


def render(report: Report) -> str:
    """Return the report as Markdown (CommonMark with tables, and one Mermaid diagram)."""
    verdict = verdict_of(report)
    blocks = [*_verdict(report, verdict)]
    if verdict is not None:
        blocks += _proof(report, verdict)
    if report.client_files is not None:
        blocks += _files(report.client_files)
    if verdict is not None:
        blocks += _remedies(verdict.remedies)
    blocks += _timeline(report, verdict)
    blocks += _others(others(report))
    if verdict is None:  # nothing else tells what they mean, and what to do
        for note in report.findings[:_OTHERS]:
            blocks += [f"### {code(note.code)}", *filter(None, map(marked, note.summary.splitlines()))]
            blocks += _remedies(note.remedies[:1])
    blocks.append(_foot(report, verdict))
    return "\n\n".join(blocks) + "\n"


def _verdict(report: Report, verdict: Finding | None) -> Iterable[str]:
    if verdict is None:
        yield f"## {'✔ ' if report.outcome == 'success' else ''}{headline(report)}"
        if last_answer(report):
            yield last_answer(report)
        return
    yield f"## {marked(f'{verdict.severity.capitalize()}: {headline(report)}')}"
    if report.outcome == "success":
        yield f"{all_well(report)}. {last_answer(report)}".rstrip()
    sure, _, why = CERTAINTIES[verdict.certainty].partition(": ")
    yield f"{code(verdict.code)} · **{sure}**: {marked(why)}"
    yield from filter(None, map(marked, verdict.summary.splitlines()))


def _proof(report: Report, verdict: Finding) -> Iterable[str]:
    if not verdict.evidence:
        return
    first = verdict.evidence[0]
    decisive = (first.line, first.text.rstrip())
    quoted = by_line(verdict.evidence)
    digits = len(str(quoted[-1][0]))
    name = code(clipped(report.source.name, _CELL)) if report.source.name else "the log"
    yield f"### Proof\n\nFrom {name}, line {first.line} decides:"
    yield fence(f"{'>' if (line, text) == decisive else ' '} {line:>{digits}} | {clipped(text, _LINE)}".rstrip()
                for line, text, _ in quoted)  # fmt: skip
    yield "\n".join(f"- line {line}: {marked(shows)}" for line, _, shows in quoted)
    if verdict.causes:
        yield f"### {causes_heading(verdict)}"
        yield "\n".join(f"- {marked(cause)}" for cause in verdict.causes)


def _files(files: ClientFiles) -> Iterable[str]:
    yield f"### {FILES}"
    yield marked(whose_file(files))
    yield "\n".join(f"- {MARKS[status][0]} **{MARKS[status][1]}**: {marked(text)}" for status, text in remarks(files))
    if files.conclusion:
        yield marked(files.conclusion)


def _remedies(remedies: tuple[Remedy, ...]) -> Iterable[str]:
    for who in dict.fromkeys(remedy.who for remedy in remedies):
        yield f"### {PLACES[who]}"
        for remedy in remedies:
            if remedy.who != who:
                continue
            yield f"**{marked(remedy.title)}**"
            if remedy.steps:
                yield "\n".join(f"{number}. {marked(step)}" for number, step in enumerate(remedy.steps, 1))
            if remedy.commands:
                yield "Review before running:"
                for command in remedy.commands:
                    yield fence(map(harmless, command.split("\n")))


def _timeline(report: Report, verdict: Finding | None) -> Iterable[str]:
    transfers = report.timeline.transfers
    if not report.timeline.sections:
        return
    yield "### How far it got"
    last = -1
    for index in shown_transfers(report, verdict, _TRANSFERS):
        if index > last + 1:
            yield f"… {count(index - last - 1, 'more transfer')} …"
        last = index
        steps = [step for step in report.timeline.sections if step.transfer == index]
        if len(transfers) > 1:
            url = transfers[index].url
            yield name_of(report, index) + (f": {code(clipped(url, _CELL))}" if url else "")
        if steps:
            yield _table(steps, where_it_broke(steps, verdict, index))
    picture = sequence(report)
    if picture is not None:
        yield fence(mermaid.diagram(picture).split("\n"), "mermaid")


def _table(steps: list[Section], broken: Section | None) -> str:
    rows = ["| Lines | Result | Step |", "| ---: | --- | --- |"]
    half = _STEPS // 2
    for position, step in enumerate(steps):
        if len(steps) > _STEPS and half <= position < len(steps) - half and step is not broken:
            if position == half:
                rows.append(f"| … |  | {count(len(steps) - 2 * half, 'step')} not shown |")
            continue
        mark, word = MARKS[step.status]
        result = f"**{mark} {BROKE_HERE}**" if step is broken else f"{mark} {word}"
        rows.append(f"| {place(step)} | {result} | {cell(step.title)} |")
    return "\n".join(rows)


def cell(text: str) -> str:
    """Return text for a table: even in code a `|` ends the cell (GFM, 4.10), so it is shown as its escape."""
    return marked(clipped(text, _CELL).replace("|", "\\x7c"))


def _others(findings: tuple[Finding, ...]) -> Iterable[str]:
    if not findings:
        return
    yield "### Also in this log"
    rows = []
    for finding in findings[:_OTHERS]:
        sure = "" if finding.certainty == "certain" else f", {finding.certainty}"
        rows.append(f"- {finding.severity} {code(finding.code)}: {marked(finding.title)} "
                    f"({lines(finding.evidence)}{sure})")  # fmt: skip
    if len(findings) > _OTHERS:
        rows.append(f"- … {count(len(findings) - _OTHERS, 'more finding')}")
    yield "\n".join(rows)


def _foot(report: Report, verdict: Finding | None) -> str:
    first = verdict or next(iter(report.findings), None)
    more = f" More about this: {code(f'curlx why {first.code}')}" if first is not None else ""
    return f"---\n\nExplained by curlx from {' · '.join(map(marked, facts(report)))}.{more}"


def marked(prose: str) -> str:
    """Return one paragraph of prose as Markdown in which nothing but its own backticks means anything."""
    shown = ""
    for text, is_code in pieces(" ".join(harmless(prose.replace("\n", " ")).split())):
        piece = code(text) if is_code else _WORD.sub(lambda word: _word(word[0]), text)
        # Two runs of backticks that touch would be one run, and end neither span.
        shown += f" {piece}" if shown.endswith("`") and piece.startswith("`") else piece
    first, blank, rest = shown.partition(" ")
    return f"{code(first)}{blank}{rest}" if _BLOCK.fullmatch(first) else shown


def _word(word: str) -> str:
    """Return a word as it is, or as code without the punctuation around it."""
    if not _ACTIVE.search(word):
        return word
    core = word.strip(_EDGE)
    if not core or _ACTIVE.search(core) is None:
        return code(word)
    start = word.index(core)
    return f"{word[:start]}{code(core)}{word[start + len(core) :]}"


def code(text: str) -> str:
    """Return text as a code span that its own backticks cannot end (CommonMark, 6.1)."""
    text = harmless(text)
    marks = "`" * (_longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{marks}{pad}{text}{pad}{marks}"


def fence(rows: Iterable[str], language: str = "text") -> str:
    """Return rows as a fenced block that none of them can end (CommonMark, 4.5)."""
    text = "\n".join(rows)
    marks = "`" * max(_longest_run(text) + 1, 3)
    return f"{marks}{language}\n{text}\n{marks}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
