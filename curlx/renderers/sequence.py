"""Who sent what to whom: one transfer as arrows between curl, a proxy and the servers, for the pictures of a report.

What should have been sent and was not is a step of its own (`missing`), and so is what curl says to itself (`remark`).
Nothing is drawn that the log does not show: behind a proxy that opened no tunnel there is no arrow to the server.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

import msgspec

from curlx.events import ComplaintKind
from curlx.findings import Finding, cause_of
from curlx.report import Report, Section, SectionKind, Status
from curlx.sections.exchanging import status_line
from curlx.timeline import Alert, Certificate, Connection, Exchange, HandshakeMessage, Tls, Transfer
from curlx.tls_numbers import HandshakeType

Role: TypeAlias = Literal["client", "proxy", "server"]
Manner: TypeAlias = Literal["sent", "missing", "remark"]

_STEPS = 30
"""Steps that a picture holds: a redirect loop has a hundred."""
_SERVERS = 4
"""Servers that are drawn one by one."""
_ATTEMPTS = 6
"""Addresses of one connection that are drawn."""
_CUT_OFF: tuple[ComplaintKind, ...] = ("tls-closed", "tls-reset", "tls-timeout", "connect-timeout", "timeout", "reset")
"""Complaints that, while the handshake is open, mean that its rest never came."""


class Party(msgspec.Struct, frozen=True):
    """Somebody who sends or receives; `name` as the log gives it, empty when it gives none."""

    role: Role
    name: str = ""


class Step(msgspec.Struct, frozen=True):
    """One arrow, and the line that shows it; a remark has the same party at both ends. `missing` was never sent."""

    sender: Party
    receiver: Party
    text: str
    status: Status
    line: int | None
    manner: Manner = "sent"
    place: int | None = None
    """The line at which it belongs, where that is not `line`: a page can tell what the handshake before it lacked."""


class Sequence(msgspec.Struct, frozen=True):
    """The picture of one transfer. `transfer` is its index."""

    transfer: int
    parties: tuple[Party, ...]
    steps: tuple[Step, ...]


CLIENT = Party("client", "curl")


def sequence(report: Report) -> Sequence | None:
    """Return the picture of the transfer that the verdict is about, or of the last one; None where there is nothing."""
    transfers = report.timeline.transfers
    if not transfers:
        return None
    cause = cause_of(report.findings)
    index = cause.transfer if cause is not None and 0 <= cause.transfer < len(transfers) else len(transfers) - 1
    sections = [section for section in report.timeline.sections if section.transfer == index]
    drawing = _Drawing(transfers[index], sections, cause)
    steps = _few_servers(sorted(drawing.steps(), key=_place))
    if not steps:
        return None
    shown = tuple(_shortened(steps))
    return Sequence(index, _parties(shown, drawing.reached_for), shown)


def _place(step: Step) -> int:
    return step.place if step.place is not None else step.line or 0


def _few_servers(steps: list[Step]) -> list[Step]:
    """Draw many servers as one: redirects can lead through more of them than a picture has room for."""
    servers = {end for step in steps for end in (step.sender, step.receiver) if end.role == "server"}
    if len(servers) <= _SERVERS:
        return steps
    together = Party("server", f"{len(servers)} servers")
    return [
        msgspec.structs.replace(
            step,
            sender=together if step.sender in servers else step.sender,
            receiver=together if step.receiver in servers else step.receiver,
        )
        for step in steps
    ]


def _shortened(steps: list[Step]) -> Iterator[Step]:
    half = _STEPS // 2
    quiet = 0
    for position, step in enumerate(steps):
        if len(steps) > _STEPS and half <= position < len(steps) - half:
            quiet += 1
            continue
        if quiet:
            yield Step(CLIENT, CLIENT, f"{quiet} more steps", "unknown", None, "remark", _place(step))
            quiet = 0
        yield step


def _parties(steps: tuple[Step, ...], reached_for: list[Party]) -> tuple[Party, ...]:
    """Return curl, the proxies and the servers, in the order in which they come up; also a server never reached."""
    seen = dict.fromkeys([CLIENT, *(end for step in steps for end in (step.sender, step.receiver))])
    for party in reached_for:
        if not any(one.role == party.role for one in seen):
            seen[party] = None
    order: tuple[Role, ...] = ("client", "proxy", "server")
    return tuple(sorted(seen, key=lambda party: order.index(party.role)))


class _Drawing:
    """One transfer while it is drawn: what each step became of is read from the sections, where it is decided."""

    def __init__(self, transfer: Transfer, sections: list[Section], cause: Finding | None) -> None:
        self._transfer = transfer
        self._sections = sections
        self._code = cause.code if cause is not None else ""
        self._decisive = cause.evidence[0].line if cause is not None and cause.evidence else 0
        self.reached_for: list[Party] = []

    def steps(self) -> Iterator[Step]:
        transfer = self._transfer
        for connection in transfer.connections:
            yield from self._opening(connection)
            if connection.proxy is not None and connection.proxy.connect is not None:
                yield from self._exchange(connection.proxy.connect, _proxy(connection))
            for tls in connection.tls_each:
                # A connection that is used again carries what was said when it was opened.
                if tls.first_line >= max(transfer.first_line, connection.first_line):
                    yield from self._tls(tls, connection)
            self.reached_for.append(self._server(connection))
        for exchange in transfer.exchanges:
            yield from self._exchange(exchange, self._answering(exchange))
        if not transfer.connections and _host(transfer.url):
            self.reached_for.append(self._server(None))
        yield from self._remarks()
        for complaint in transfer.complaints:
            if complaint.subject and complaint.kind in ("host-not-found", "proxy-not-found"):
                role: Role = "server" if complaint.kind == "host-not-found" else "proxy"
                self.reached_for.append(Party(role, complaint.subject))

    def _status(self, kind: SectionKind, line: int, otherwise: Status = "unknown") -> Status:
        """Return what became of the step of this kind at this line, or of the one nearest to it."""
        of_kind = [section for section in self._sections if section.kind == kind]
        if not of_kind:
            return otherwise
        holding = [section for section in of_kind if section.first_line <= line <= section.last_line]
        return min(holding or of_kind, key=lambda section: abs(section.first_line - line)).status

    # --- who -----------------------------------------------------------------------------------------------------

    def _server(self, connection: Connection | None) -> Party:
        name = None
        if connection is not None:
            name = connection.target_host or (connection.host if connection.proxy is None else None)
            if name is None and connection.proxy is None and connection.attempts and not _host(self._transfer.url):
                name = connection.attempts[-1].address
        return Party("server", name or _host(self._transfer.url))

    def _peer(self, connection: Connection) -> Party:
        """Return who is at the other end of the connection."""
        return self._server(connection) if connection.proxy is None else _proxy(connection)

    def _answering(self, exchange: Exchange) -> Party:
        connection = self._transfer.connection_of(exchange)
        if connection is not None and connection.proxy is not None and connection.proxy.kind == "forward":
            return _proxy(connection)
        server = self._server(connection)
        if not server.name and exchange.request is not None:
            host = exchange.request.header("host") or exchange.request.header(":authority")
            return Party("server", host.value if host is not None else "")
        return server

    # --- what ----------------------------------------------------------------------------------------------------

    def _opening(self, connection: Connection) -> Iterator[Step]:
        peer = self._peer(connection)
        attempts = [one for one in connection.attempts if one.line >= self._transfer.first_line]
        for attempt in attempts[-_ATTEMPTS:]:
            text = f"connect to {attempt.address}" + (f" port {attempt.port}" if attempt.port is not None else "")
            failure = attempt.failure
            yield Step(CLIENT, peer, text, self._status("connection", attempt.line) if failure is None else "note",
                       attempt.line)  # fmt: skip
            if failure is not None:
                broke = self._status("connection", failure.line)
                timed_out = failure.value in ("connect-timeout", "timeout")
                yield Step(peer, CLIENT, "missing: an answer" if timed_out else attempt.reason or "connection refused",
                           broke if broke == "problem" else "note", failure.line,
                           "missing" if timed_out else "sent")  # fmt: skip
        connected = connection.connected
        if not attempts and connected is not None and not connection.reused:
            yield Step(CLIENT, peer, f"connect to {connected.value}".rstrip(), "ok", connected.line)
        waited = next((one for one in self._transfer.complaints if one.kind == "connect-timeout"), None)
        if waited is not None and waited.phase == "connect" and attempts and attempts[-1].failure is None:
            yield Step(peer, CLIENT, "missing: an answer", "problem", waited.line, "missing")

    def _tls(self, tls: Tls, connection: Connection) -> Iterator[Step]:
        peer = _proxy(connection) if tls.role == "proxy" else self._server(connection)
        status = self._status("tls", tls.first_line)
        end = tls.completed.line if tls.completed is not None else tls.first_line
        end = max((message.line for message in tls.messages if not message.late), default=end)
        if tls.messages:
            yield from _handshake(tls.messages, peer)
        else:
            version = tls.version.value.replace("v", " ") if tls.version is not None else "TLS"
            yield Step(CLIENT, peer, f"{version} handshake" + (" (failed)" if status == "problem" else ""), status,
                       tls.first_line)  # fmt: skip
        told = tls.verdict_line is not None and all(one.line != tls.verdict_line for one in self._transfer.complaints)
        if tls.certificate is not None or told:
            yield self._server_certificate(tls, tls.certificate, peer)
        yield from self._client_certificate(tls, peer, end)
        for alert in tls.alerts:
            if alert.fatal:
                yield _alert(alert, peer, "problem" if alert.line == self._decisive else status)
        if tls.completed is None or tls.completed.value or tls.alerts:
            return
        if (plain := self._transfer.complaint("tls-not-tls")) is not None:
            yield Step(peer, CLIENT, "something that is not TLS", "problem", plain.line)
        elif (cut := self._transfer.complaint(*_CUT_OFF)) is not None:
            yield Step(
                peer, CLIENT, "missing: the rest of the handshake", "problem", cut.line, "missing", max(end, cut.line)
            )

    def _server_certificate(self, tls: Tls, certificate: Certificate | None, peer: Party) -> Step:
        line = certificate.first_line if certificate is not None else tls.verdict_line or tls.first_line
        words = {"accepted": "accepted", "rejected": "refused", "unverified": "not checked"}.get(tls.verdict, "")
        verdict = f" {words} by curl" if words else ""
        status = self._status("server-certificate", line)
        whose = "proxy" if peer.role == "proxy" else "server"
        if tls.messages or certificate is None:  # the handshake has the arrow already
            return Step(
                CLIENT, CLIENT, f"certificate of the {whose}{verdict or ': no verdict'}", status, line, "remark"
            )
        return Step(peer, CLIENT, f"certificate of the {whose}{verdict and f' ({verdict.strip()})'}", status, line)

    def _client_certificate(self, tls: Tls, peer: Party, end: int) -> Iterator[Step]:
        client = tls.client_certificate
        status = self._status("client-certificate", client.requested_line or client.sent_line or end, "note")
        answered = tls.message("out", HandshakeType.CERTIFICATE)
        # A page tells afterwards what the handshake did. The server shows its certificate before the client does.
        shown = tls.certificate.first_line if tls.certificate is not None and not tls.messages else 0
        asked = client.requested_line
        if asked is None or (asked > end and not client.late):
            asked = max(end, shown)
        place = answered.line if answered is not None else max(asked, shown)
        line = answered.line if answered is not None else client.sent_line
        if client.requested == "yes":
            yield Step(peer, CLIENT, "asks for a client certificate", "ok", client.requested_line, place=asked)
        elif client.requested == "no" and self._code == "client-certificate-not-requested":
            yield Step(peer, CLIENT, "missing: a request for a client certificate", "problem", None, "missing", end)
        if client.sent == "yes":
            yield Step(
                CLIENT, peer, "client certificate", "problem" if status == "problem" else "ok", line, place=place
            )
        elif client.sent == "no" and client.requested != "no":
            # Where the server does without one, nothing is missing.
            lacks = "missing: client certificate" if status == "problem" else "no client certificate"
            text = lacks + (" (an empty list was sent)" if answered is not None else "")
            yield Step(CLIENT, peer, text, status, line, "missing", place)
        elif client.sent == "unknown" and self._code == "client-certificate-missing":
            yield Step(CLIENT, peer, "perhaps missing: client certificate", "note", line, "missing", place)

    def _exchange(self, exchange: Exchange, peer: Party) -> Iterator[Step]:
        request, response = exchange.request, exchange.response
        if request is not None:
            yield Step(CLIENT, peer, f"{request.method} {request.target}", "ok", request.first_line)
        for early in exchange.interim:
            yield Step(peer, CLIENT, status_line(early), "ok", early.first_line)
        if response is not None:
            kind: SectionKind = "proxy" if request is not None and request.for_a_tunnel else "response"
            good: Status = "note" if response.refuses else "ok"
            status = self._status(kind, response.first_line, good)
            yield Step(peer, CLIENT, status_line(response), status, response.first_line)
        elif request is not None and not exchange.superseded:
            after = [one.line for one in self._transfer.complaints if one.line > request.first_line]
            failed = bool(after) or self._code.startswith("network-")
            whole = failed or self._transfer.finished
            text = "missing: an answer" if whole else "missing: an answer (the log ends before one)"
            yield Step(peer, CLIENT, text, "problem" if failed else "unknown", min(after, default=None), "missing",
                       min(after, default=exchange.last_line))  # fmt: skip

    def _remarks(self) -> Iterator[Step]:
        errors = [section for section in self._sections if section.kind == "error"]
        for position, section in enumerate(errors):
            last_word = section.title.startswith("curl: (")
            if not last_word or position == 0:  # otherwise curl says the same once more
                text = section.title if last_word else f"curl: {section.title}"
                yield Step(CLIENT, CLIENT, text, section.status, section.first_line, "remark")


def _proxy(connection: Connection) -> Party:
    proxy = connection.proxy
    return Party("proxy", (proxy.host if proxy is not None else None) or connection.host or "")


def _host(url: str | None) -> str:
    try:
        return urlsplit(url if url and "://" in url else f"//{url or ''}").hostname or ""
    except ValueError:  # a broken IPv6 literal
        return ""


def _handshake(messages: tuple[HandshakeMessage, ...], peer: Party) -> Iterator[Step]:
    """Draw the messages as the log prints them, those of one side in a row as one arrow.

    The request for a client certificate and the client's answer have their own arrows.
    """
    run: list[HandshakeMessage] = []
    told = {("in", HandshakeType.CERTIFICATE_REQUEST), ("out", HandshakeType.CERTIFICATE)}
    for message in [*(one for one in messages if not one.late), None]:
        if message is not None and (not run or message.direction == run[-1].direction):
            if (message.direction, message.number) not in told:
                run.append(message)
            continue
        if run:
            yield _flight(run, peer)
        run = [message] if message is not None and (message.direction, message.number) not in told else []


def _flight(run: list[HandshakeMessage], peer: Party) -> Step:
    ends = (peer, CLIENT) if run[0].direction == "in" else (CLIENT, peer)
    return Step(*ends, f"TLS: {', '.join(dict.fromkeys(message.name for message in run))}", "ok", run[0].line)


def _alert(alert: Alert, peer: Party, status: Status) -> Step:
    ends = (peer, CLIENT) if alert.direction == "in" else (CLIENT, peer)
    return Step(*ends, f"TLS alert: {alert.name}", status if status == "problem" else "note", alert.line)
