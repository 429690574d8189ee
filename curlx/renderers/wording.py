"""The words that the formats for people share: how sure, who can act, what became of a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from curlx.client_files import ClientFiles
from curlx.findings import Actor, Certainty, Evidence, Finding
from curlx.renderers.harmless import harmless
from curlx.report import Report, Section, Status
from curlx.statuses import refuses

CERTAINTIES: dict[Certainty, str] = {
    "certain": "certain: curl or the server says so, or the protocol proves it",
    "likely": "likely: inferred from the lines below; see what else it could be",
    "possible": "possible: one of several explanations; the log cannot decide",
}
PLACES: dict[Actor, str] = {
    "client": "What to do on the client",
    "server": "What to do on the server",
    "gateway": "What to do at the gateway or proxy",
    "network": "What to do in the network",
}
MARKS: dict[Status, tuple[str, str]] = {
    "ok": ("✔", "ok"), "problem": ("✖", "problem"), "note": ("●", "note"), "unknown": ("?", "unclear"),
}  # fmt: skip
BROKE_HERE = "broke here"
FILES = "The client's own files"
"""Heading of what the files given with `--cert` and `--key` show."""
WORST_FIRST: tuple[Status, ...] = ("problem", "unknown", "note", "ok")


def verdict_of(report: Report) -> Finding | None:
    """Return what the report is about; None where all went well and there is at most a note."""
    verdict = report.findings[0] if report.findings else None
    return None if verdict is not None and verdict.severity == "note" and report.outcome == "success" else verdict


def others(report: Report) -> tuple[Finding, ...]:
    """Return the findings beside the verdict."""
    return report.findings[1:] if verdict_of(report) is not None else report.findings


def causes_heading(verdict: Finding) -> str:
    """Return what stands above the causes: of several, and of one that may be it, the log does not say that it was."""
    if len(verdict.causes) > 1:
        return "Possible causes"
    return "Possible cause" if any(" may " in cause for cause in verdict.causes) else "Why this happens"


def all_well(report: Report) -> str:
    """Say that nothing went wrong."""
    found = "No error found" if report.findings else "No problem found"
    return f"{found} in this log"


def headline(report: Report) -> str:
    """Return the whole report in one line."""
    verdict = verdict_of(report)
    if verdict is not None:
        return verdict.title
    return all_well(report) if report.outcome == "success" else "The log does not show a call of curl"


def last_answer(report: Report) -> str:
    """Say what the last answer was, where there was one; without `-v` the log may not show a better one."""
    statuses = report.summary.http_statuses
    if not statuses:
        return ""
    return f"The last answer {'that the log shows ' if refuses(statuses[-1]) else ''}was {statuses[-1]}."


def facts(report: Report) -> list[str]:
    """Return which log this is, and which curl wrote it."""
    said = [report.source.name or "curl log", count(report.source.lines, "line")]
    if report.curl.version is not None:
        said.append(f"curl {report.curl.version}")
    if report.curl.tls_library is not None:
        said.append(report.curl.tls_library)
    return said


def whose_file(files: ClientFiles) -> str:
    """Return whose certificate the client's file holds, in one sentence."""
    if not files.certificates:
        return f"{files.file}: no certificate could be read."
    own = files.certificates[0]
    more = f", and {count(len(files.certificates) - 1, 'more certificate')}" if len(files.certificates) > 1 else ""
    return (f"{files.file} ({files.container}): {own.subject}, issued by {own.issuer}, serial number {own.serial}, "
            f"{own.key}, valid {own.not_before[:10]} to {own.not_after[:10]}{more}.")  # fmt: skip


def remarks(files: ClientFiles) -> list[tuple[Status, str]]:
    """Return what is to be said of the client's files, the worst first."""
    return sorted(((one.status, one.text) for one in files.remarks), key=lambda told: WORST_FIRST.index(told[0]))


def where_it_broke(steps: Iterable[Section], verdict: Finding | None, transfer: int) -> Section | None:
    """Return the step that the verdict is about, or the first of those that hold its decisive line, or that failed."""
    if verdict is None or verdict.severity != "error" or verdict.transfer != transfer:
        return None
    problems = [step for step in steps if step.status == "problem"]
    about = [step for step in problems if verdict.code.startswith(f"{step.kind}-")]
    line = verdict.evidence[0].line if verdict.evidence else 0
    holding = [step for step in problems if step.first_line <= line <= step.last_line]
    return next(iter(about or holding or problems), None)


def name_of(report: Report, index: int) -> str:
    """Name a transfer of several: `Transfer 1 of 2`; and say where nothing tells whose lines it has."""
    transfers = report.timeline.transfers
    doubt = ", whose lines may be another's" if transfers[index].doubt else ""
    return f"Transfer {index + 1} of {len(transfers)}{doubt}"


def shown_transfers(report: Report, verdict: Finding | None, limit: int) -> list[int]:
    """Return the transfers to be told step by step: the first ones, the one that broke, and the last."""
    broken = verdict.transfer if verdict is not None and verdict.severity == "error" else None
    every = range(len(report.timeline.transfers))
    return [index for index in every if index < limit or index == broken or index == every[-1]]


def by_line(evidence: Iterable[Evidence]) -> list[tuple[int, str, str]]:
    """Return every line of a proof once, in the order of the log: number, text, and all that it shows.

    A line of the input may hold several of curl's, each with a text of its own.
    """
    shows: dict[tuple[int, str], dict[str, None]] = {}
    for proof in evidence:
        shows.setdefault((proof.line, proof.text.rstrip()), {})[proof.shows] = None
    return [(*place, "; ".join(shows[place])) for place in sorted(shows, key=lambda place: place[0])]


def lines(evidence: Iterable[Evidence]) -> str:
    """Name the lines of a proof in a few words."""
    numbers = [str(proof.line) for proof in evidence]
    return f"line{'s' if len(numbers) > 1 else ''} {', '.join(numbers[:4])}{', …' if len(numbers) > 4 else ''}"


def place(step: Section) -> str:
    """Name the lines of a step."""
    return f"{step.first_line}-{step.last_line}" if step.last_line > step.first_line else str(step.first_line)


def count(number: int, noun: str) -> str:
    """Return the number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def clipped(text: str, room: int) -> str:
    """Return the beginning of a text, made harmless, `…` where it was cut."""
    text = harmless(text if len(text) <= room else text[: room + 1])
    return text if len(text) <= room else f"{text[: max(room - 1, 0)]}…"


def pieces(prose: str) -> Iterator[tuple[str, bool]]:
    """Cut prose at its backticks: each piece with whether it is code. An odd backtick is a character like any other."""
    parts = prose.split("`")
    if len(parts) % 2 == 0:
        parts[-2:] = [f"{parts[-2]}`{parts[-1]}"]
    for position, part in enumerate(parts):
        if part:
            yield part, position % 2 == 1
