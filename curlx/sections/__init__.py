"""The timeline step by step: each step one line of prose, where in the log it stands, and whether it went well.

A step is `problem` where the call broke, `ok` where the log proves that it went well, `note` where something is worth
knowing but broke nothing, and `unknown` where the log cannot say.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.findings import Finding
from curlx.sections.connecting import connecting, proxying
from curlx.sections.exchanging import exchanging, failing
from curlx.sections.section import Detail, Section, SectionKind, Status
from curlx.sections.securing import securing
from curlx.timeline import Connection, Exchange, Fact, Timeline, Transfer

__all__ = ["Detail", "Section", "SectionKind", "Status", "sections"]

_BLAMED = ("client-certificate", "server-certificate", "proxy")
"""Kinds of step that the codes of diagnoses begin with, and that are the place of the problem when they do."""
_TITLE = 300
"""Characters that a title has at the most: a request target can be as long as a line."""


def sections(timeline: Timeline, findings: tuple[Finding, ...] = ()) -> tuple[Section, ...]:
    """Return the steps of a log in the order of its lines; the root cause of each transfer marks where it broke."""
    causes: dict[int, Finding] = {}
    for finding in findings:
        if finding.severity == "error" and finding.evidence:
            causes.setdefault(finding.transfer, finding)
    found: list[Section] = []
    for index, transfer in enumerate(timeline.transfers):
        cause = causes.get(index)
        steps = _in_order(transfer, _steps(transfer, cause is not None))
        found.extend(
            msgspec.structs.replace(step, transfer=index, title=_clipped(step.title))
            for step in (_broken(steps, cause) if cause else steps)
        )
    return tuple(found)


def _in_order(transfer: Transfer, steps: Iterator[Section]) -> list[Section]:
    """Order steps by their lines; what a page tells later of a client certificate belongs behind its handshake."""
    late = any(one.tls is not None and one.tls.client_certificate.late for one in transfer.connections)
    placed: list[tuple[int, Section]] = []
    handshake = 0
    for step in steps:
        if step.kind == "tls":
            handshake = step.last_line
        told_later = step.kind == "client-certificate" and not late
        placed.append((min(step.first_line, handshake) if told_later else step.first_line, step))
    return [step for _, step in sorted(placed, key=lambda one: one[0])]


def _broken(steps: list[Section], cause: Finding) -> list[Section]:
    """Mark the step that holds the line which decided the verdict, and the one that the verdict is about."""
    line = cause.evidence[0].line
    about = [step for step in steps if step.kind in _BLAMED and cause.code.startswith(f"{step.kind}-")]
    blamed = [step for step in about if step.first_line <= line][-1:] or about[-1:]
    holding = [step for step in steps if step.first_line <= line <= step.last_line and step not in blamed]
    if not holding and not blamed:
        told = [step for step in steps if any(detail.line == line for detail in step.details)]
        holding = told or [step for step in steps if step.first_line <= line and step.kind != "command"][-1:]
    # What was done about a client certificate is the problem only where the verdict says so.
    holding.sort(key=lambda step: (step.kind == "client-certificate", step.last_line - step.first_line))
    blamed += holding[:1]
    # The page that decided it may stand anywhere; the answer that it belongs to is where the call broke all the same.
    cited = {proof.line for proof in cause.evidence}
    blamed += [step for step in steps if step.kind == "response" and step.status == "note" and step.first_line in cited]
    return [msgspec.structs.replace(step, status="problem") if step in blamed else step for step in steps]


def _steps(transfer: Transfer, failed: bool) -> Iterator[Section]:
    if transfer.command is not None:
        line = transfer.command.line
        yield Section("command", line, line, transfer.command.value, "ok")
    carried_by: dict[int, list[Exchange]] = {}
    for exchange in transfer.exchanges:
        carried_by.setdefault(exchange.connection, []).append(exchange)
    for index, known in enumerate(transfer.connections):
        carried = carried_by.get(index, [])
        connection = _own(known, known.first_line if known.reused else transfer.first_line)
        yield from connecting(connection, carried)
        if connection.proxy_tls is not None:
            yield from securing(connection.proxy_tls, carried, " to the proxy")
        if connection.proxy is not None:
            yield from proxying(connection, connection.proxy)
        if connection.tls is not None:
            yield from securing(connection.tls, carried, "")
        if connection.closed is not None:
            title = "Connection closed" if connection.closed.value else "Connection kept open, curl is done with it"
            yield Section("close", connection.closed.line, connection.closed.line, title, "ok")
    for exchange in transfer.exchanges:
        yield from exchanging(exchange)
    yield from failing(transfer, failed)


def _own(connection: Connection, begun: int) -> Connection:
    """Return a connection without what an earlier transfer has already told of it."""
    own = {
        name: None
        for name in ("resolved", "connected", "proxy", "proxy_tls", "tls")
        if (part := getattr(connection, name)) is not None
        and (part.line if isinstance(part, Fact) else part.first_line) < begun
    }
    return msgspec.structs.replace(connection, **own) if own else connection


def _clipped(title: str) -> str:
    return title if len(title) <= _TITLE else f"{title[:_TITLE]}…"
