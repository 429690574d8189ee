"""One log of many, on one row: what a summary of a batch may know about it, small enough to keep thousands.

A log that holds many runs of curl has a row for each (`make_rows`). On the row of a run with several transfers, or of a
whole log (`make_row`), the verdict is the worst one of all, `failed` of `transfers` says how many went wrong, and
`also` holds the other findings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal, TypeAlias

import msgspec

from curlx.advice.hosts import split_url
from curlx.findings import Certainty, Finding, Severity, transfer_of
from curlx.grammar.dates import parse_date
from curlx.report import NOT_CURL, Report
from curlx.runs import runs
from curlx.timeline import Transfer

RowOutcome: TypeAlias = Literal["success", "failure", "unfinished", "not-curl", "unreadable"]
"""As `Report.outcome`; `unreadable` is a log that could not be read to its end, for the reason in `Row.error`."""

_WHEN = "%Y-%m-%dT%H:%M:%SZ"

# What differs from one call to the next and tells nothing: words with a digit (addresses, ports, sizes, identifiers)
# and the names in dates. What matters of these (status, exit code, version of TLS) is kept apart.
_PASSING = re.compile(r"(?<![^\s/?&=,])(?:[^\s/?&=,\d]*\d[^\s/?&=,]*|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b|"
                      r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b)")  # fmt: skip


class Also(msgspec.Struct, frozen=True, gc=False):
    """A finding of a log besides its verdict: its decisive line, and which of the log's transfers it is about."""

    code: str
    severity: Severity
    certainty: Certainty
    title: str
    line: int
    text: str
    transfer: int = 0


class Row(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """One log of a batch, or one run of curl in a log that holds several.

    What the log does not say is empty, 0 or None; secrets are hidden as in the report.
    """

    name: str
    """Where the log is, as text that can be shown on one line only after it was made harmless."""
    outcome: RowOutcome
    run: int = 0
    """Which run of its log it is, counted from 1; 0 where the row stands for the whole log."""
    first_line: int = 0
    """Where in the log the run begins and ends."""
    last_line: int = 0
    error: str = ""
    """Why there is nothing to say: of what is `unreadable` or `not-curl`, which then has no verdict."""
    code: str = ""
    """The verdict: the code of the worst finding that was selected; empty where there is none."""
    severity: Severity | None = None
    certainty: Certainty | None = None
    title: str = ""
    summary: str = ""
    """The verdict in a few sentences."""
    line: int = 0
    """The line of the log that decides the verdict, and its text."""
    text: str = ""
    also: tuple[Also, ...] = ()
    """The other findings, in the order of the report."""
    transfers: int = 0
    failed: int = 0
    """How many of the transfers have an error."""
    lines: int = 0
    """Of the whole log; so are its bytes."""
    size: int = 0
    host: str = ""
    """The host that was to answer, of the transfer that the verdict is about; so are `url`, `issuer`, `exit_code`."""
    url: str = ""
    issuer: str = ""
    """Who issued the server's certificate, in curl's words."""
    exit_code: int | None = None
    curl: str = ""
    """The version of curl."""
    tls_library: str = ""
    statuses: tuple[int, ...] = ()
    """The final status of every exchange of the log, in order."""
    seen: str = ""
    """When it happened (ISO 8601, UTC): the first `Date:` of a server in it; else when the file was last written."""
    seen_in: Literal["", "log", "file"] = ""
    """Where `seen` comes from."""
    story: str = ""
    """Fingerprint of what happened, without times, addresses, ports, and identifiers: the same story, the same text."""
    same: int = 1
    """How many logs this row stands for (`--fold`: logs with the same story)."""
    report: str = ""
    """The whole report as one line of JSON, without its line end; only where it was asked for."""


def make_row(report: Report, *, modified: float | None = None, document: str = "") -> Row:
    """Put one report on a row; `modified` is when its file was last written, in seconds since 1970."""
    not_curl = report.outcome == "not-curl"
    findings = () if not_curl else report.findings
    verdict = findings[0] if findings else None
    transfer = transfer_of(report.timeline.transfers, verdict)
    seen = _first_date(report)
    written = datetime.fromtimestamp(modified, UTC).strftime(_WHEN) if modified and not seen else ""
    return Row(
        name=report.source.name,
        outcome=report.outcome,
        error=(NOT_CURL if report.source.bytes else "it is empty") if not_curl else "",
        code=verdict.code if verdict else "",
        severity=verdict.severity if verdict else None,
        certainty=verdict.certainty if verdict else None,
        title=verdict.title if verdict else "",
        summary=verdict.summary if verdict else "",
        line=verdict.evidence[0].line if verdict else 0,
        text=verdict.evidence[0].text if verdict else "",
        also=tuple(map(_also, findings[1:])),
        transfers=report.summary.transfers,
        failed=len({one.transfer for one in findings if one.severity == "error"}),
        lines=report.source.lines,
        size=report.source.bytes,
        host=_host(transfer),
        url=(transfer.url or "") if transfer else "",
        issuer=_issuer(transfer),
        exit_code=transfer.exit.code if transfer and transfer.exit else None,
        curl=report.curl.version or "",
        tls_library=report.curl.tls_library or "",
        statuses=report.summary.http_statuses,
        seen=seen or written,
        seen_in="log" if seen else "file" if written else "",
        story=_story(report),
        report=document,
    )


def make_rows(
    report: Report,
    *,
    modified: float | None = None,
    after: int | None = None,
    select: Callable[[Report], Report] = lambda run: run,
) -> list[Row]:
    """Put one report on as many rows as its log holds runs of curl; `after` is how many stand before a part of one.

    `select` leaves some findings out of a run, after all of them have told what became of it.
    """
    rows = [(part, make_row(select(part), modified=modified)) for part in runs(report)]
    if len(rows) == 1 and (after is None or not report.timeline.transfers):
        return [rows[0][1]]
    return [
        msgspec.structs.replace(row, run=number, first_line=_first_line(part), last_line=_last_line(part))
        for number, (part, row) in enumerate(rows, (after or 0) + 1)
    ]


def _first_line(part: Report) -> int:
    return min(transfer.first_line for transfer in part.timeline.transfers)


def _last_line(part: Report) -> int:
    return max(transfer.last_line for transfer in part.timeline.transfers)


def unreadable(name: str, reason: str) -> Row:
    """Return the row of a log that could not be read."""
    return Row(name=name, outcome="unreadable", error=reason)


def firsts(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the first row of each story, as it comes; what has no story because it cannot be read is never left out."""
    told: set[str] = set()
    for row in rows:
        story = _key(row)
        if story not in told:
            told.add(story)
            yield row


def fold(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the same rows as `firsts`, at the end, each with the number of logs that tell its story."""
    first: dict[str, Row] = {}
    same: Counter[str] = Counter()
    for row in rows:
        story = _key(row)
        first.setdefault(story, row)
        same[story] += row.same
    for story, row in first.items():
        yield msgspec.structs.replace(row, same=same[story])


def _key(row: Row) -> str:
    return f"unreadable {row.name}" if row.outcome == "unreadable" else row.story


def _also(finding: Finding) -> Also:
    proof = finding.evidence[0]
    return Also(
        finding.code, finding.severity, finding.certainty, finding.title, proof.line, proof.text, finding.transfer
    )


def _host(transfer: Transfer | None) -> str:
    if transfer is None:
        return ""
    connection = transfer.last_connection
    if connection is not None and connection.target_host:
        return connection.target_host
    for complaint in transfer.complaints:
        if complaint.subject and complaint.kind.startswith(("connect-", "host-not-found")):
            return complaint.subject
    return split_url(transfer.url)[1] or ""


def _issuer(transfer: Transfer | None) -> str:
    for connection in reversed(transfer.connections if transfer else ()):
        certificate = connection.tls.certificate if connection.tls else None
        if certificate is not None and certificate.issuer is not None:
            return certificate.issuer.value
    return ""


def _first_date(report: Report) -> str:
    """Return the first time that a server told (RFC 9110, 6.6.1)."""
    for transfer in report.timeline.transfers:
        for exchange in transfer.exchanges:
            date = exchange.response.header("date") if exchange.response else None
            moment = parse_date(date.value) if date is not None else None
            if moment is not None:
                return moment
    return ""


def _story(report: Report) -> str:
    """Digest the outcome and every step, in words from which all that passes was taken; not what is selected."""
    if report.outcome == "not-curl":
        return ""
    from hashlib import blake2b

    facts = report.summary
    told = [f"{report.outcome} {facts.http_statuses} {facts.tls_version} {facts.alpn} {facts.client_certificate}"]
    told += [f"{_host(one)} {one.exit.code if one.exit else ''}" for one in report.timeline.transfers]
    told += [f"{step.kind} {step.status} {_lasting(step.title)}" for step in report.timeline.sections]
    return blake2b("\n".join(told).encode("utf-8", "replace"), digest_size=12).hexdigest()


@lru_cache(maxsize=4096)  # logs of one service tell the same steps
def _lasting(title: str) -> str:
    """Return a step's title with what passes taken out."""
    return _PASSING.sub("#", title)
