"""The report as one page for a browser or a printer."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

import msgspec

from curlx.findings import Finding, Remedy
from curlx.renderers.drawing import drawing, spoken
from curlx.renderers.pages import template
from curlx.renderers.sequence import sequence
from curlx.renderers.wording import (
    BROKE_HERE,
    CERTAINTIES,
    FILES,
    MARKS,
    PLACES,
    WORST_FIRST,
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
    place,
    remarks,
    shown_transfers,
    verdict_of,
    where_it_broke,
    whose_file,
)
from curlx.report import Report, Section, Status

if TYPE_CHECKING:
    from jinja2 import Template

_STEPS = 60
"""Steps of one transfer in its table."""
_TRANSFERS = 100
_TITLE = 240


class _Row(msgspec.Struct, frozen=True):
    """A row of the table of steps; `step` is None where steps were left out."""

    step: Section | None = None
    place: str = ""
    mark: str = ""
    word: str = ""
    title: str = ""
    broken: bool = False
    left_out: str = ""


class _Told(msgspec.Struct, frozen=True):
    """A transfer as the page tells it. `gap` says how many before it are not shown."""

    name: str
    url: str
    gap: str
    open: bool
    status: Status
    mark: str
    word: str
    caption: str
    rows: tuple[_Row, ...]


def render(report: Report) -> str:
    """Return the report as one HTML document."""
    return framed(report, template("base.html.jinja"))


def framed(report: Report, frame: Template, *, beside: Container[int] = (), **around: object) -> str:
    """Return the report inside a frame, a template with the block `body`; `around` is what the frame wants to know.

    Where the frame shows lines of the log itself, those `beside`, their numbers lead there: to the element `L` with the
    number. What leads back goes to `E` with the number, where the verdict's proof is, or to `F` with the place of
    another finding among them, from 1.
    """
    verdict = verdict_of(report)
    well = report.outcome == "success"
    picture = sequence(report)
    transfers = list(_transfers(report, verdict))
    count_of = len(report.timeline.transfers)
    sure, _, why = CERTAINTIES[verdict.certainty].partition(": ") if verdict is not None else ("", "", "")
    shown = picture.transfer + 1 if picture is not None else 0
    first = verdict or next(iter(report.findings), None)
    return template("page.html.jinja").render(
        frame=frame,
        beside=beside,
        **around,
        title=headline(report),
        tone=verdict.severity if verdict is not None else "ok" if well else "unknown",
        mark=MARKS["problem" if verdict is not None and verdict.severity == "error" else "note"][0],
        verdict=verdict,
        sure=sure,
        why_sure=why,
        all_well=f"{all_well(report)}. {last_answer(report)}".strip() if well and verdict is not None else "",
        last_answer=last_answer(report) if well and verdict is None else "",
        well=well,
        broken_arrows=picture is not None and any(step.manner == "missing" for step in picture.steps),
        causes_heading=causes_heading,
        facts=[clipped(fact, _TITLE) for fact in facts(report)],
        source=clipped(report.source.name, _TITLE) or "the log",
        drawing=drawing(picture) if picture is not None else None,
        spoken=spoken(picture) if picture is not None else "",
        picture_of=f"Transfer {shown} of {count_of}" if count_of > 1 else "",
        proof=by_line(verdict.evidence) if verdict is not None else [],
        decisive=verdict.evidence[0].line if verdict is not None and verdict.evidence else 0,
        remedies=_grouped(verdict.remedies) if verdict is not None else [],
        files=report.client_files,
        files_heading=FILES,
        whose_file=whose_file,
        remarks=remarks,
        marks=MARKS,
        transfers=transfers,
        alone=count_of == 1,
        others=others(report),
        known=_known(report),
        more=first.code if first is not None else "",
        lines=lines,
        newline="\n",
    )


def _grouped(remedies: tuple[Remedy, ...]) -> list[tuple[str, list[Remedy]]]:
    actors = dict.fromkeys(remedy.who for remedy in remedies)
    return [
        (PLACES[who].removeprefix("What to do ").capitalize(), [remedy for remedy in remedies if remedy.who == who])
        for who in actors
    ]


def _transfers(report: Report, verdict: Finding | None) -> list[_Told]:
    every = report.timeline.transfers
    steps_of: dict[int, list[Section]] = {index: [] for index in shown_transfers(report, verdict, _TRANSFERS)}
    for section in report.timeline.sections:
        if section.transfer in steps_of:
            steps_of[section.transfer].append(section)
    told = []
    last = -1
    blamed = verdict.transfer if verdict is not None and verdict.severity == "error" else None
    for index, steps in steps_of.items():
        if not steps:
            continue
        broken = where_it_broke(steps, verdict, index)
        status = next(worst for worst in WORST_FIRST if any(step.status == worst for step in steps))
        mark, word = MARKS[status]
        told.append(
            _Told(
                name=name_of(report, index),
                url=clipped(every[index].url or "", _TITLE),
                gap=f"… {count(index - last - 1, 'more transfer')} not shown …" if index > last + 1 else "",
                open=index == blamed,
                status=status,
                mark=mark,
                word=word,
                caption=f"{count(len(steps), 'step')}, lines {steps[0].first_line} to {steps[-1].last_line}",
                rows=tuple(_rows(steps, broken)),
            )
        )
        last = index
    return told


def _rows(steps: list[Section], broken: Section | None) -> list[_Row]:
    half = _STEPS // 2
    rows = []
    for position, step in enumerate(steps):
        if len(steps) > _STEPS and half <= position < len(steps) - half and step is not broken:
            if position == half:
                rows.append(_Row(left_out=f"{count(len(steps) - 2 * half, 'step')} not shown"))
            continue
        mark, word = MARKS[step.status]
        title = clipped(step.title, _TITLE)
        rows.append(_Row(step, place(step), mark, BROKE_HERE if step is broken else word, title, step is broken))
    return rows


def _known(report: Report) -> list[tuple[str, str]]:
    """Return what is known in short; what the log does not say is left out, for it would read like an answer."""
    summary, client = report.summary, report.summary.client_certificate
    statuses = summary.http_statuses
    said: list[tuple[str, str | None]] = [
        ("Command", clipped(report.curl.command, 1_000) if report.curl.command else None),
        ("Error of curl", report.curl.error),
        ("Exit code of curl", str(report.curl.exit_code) if report.curl.exit_code is not None else None),
        ("Answers", ", ".join(map(str, statuses[:20])) + (", …" if len(statuses) > 20 else "") if statuses else None),
        ("Way to the server", {"none": "directly", "unknown": None}.get(summary.proxy, f"proxy ({summary.proxy})")),
        ("TLS", summary.tls_version),
        ("Protocol agreed on (ALPN)", summary.alpn),
        ("Server certificate", {"none": "no TLS", "unknown": None}.get(summary.server_certificate,
                                                                       summary.server_certificate)),
        ("Client certificate asked for", None if client.requested == "unknown" else client.requested),
        ("Client certificate sent", None if client.sent == "unknown" else client.sent),
        ("Not understood", count(report.source.unrecognized_lines, "line") if report.source.unrecognized_lines
         else None),
    ]  # fmt: skip
    return [(name, value) for name, value in said if value]
