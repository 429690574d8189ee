"""All that a renderer may know about one log: the document of `curlx.explain` and of every `--format`.

The field names are a contract (`docs/report.schema.json`, generated from these types). `format` is 1.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec

from curlx.client_files import ClientFiles
from curlx.complaints import BEFORE_CONNECTING, is_about_certificate
from curlx.findings import Finding, cause_of, transfer_of
from curlx.ports import HTTP_PORT, HTTPS_PORT
from curlx.sections import Detail, Section, SectionKind, Status, sections
from curlx.statuses import PROXY_AUTHENTICATION_REQUIRED, SWITCHING_PROTOCOLS, is_final
from curlx.timeline import Connection, Exchange, Timeline, Tls, Transfer, Tri, Verdict

__all__ = [
    "NOT_CURL",
    "ClientCertificateFacts",
    "CurlFacts",
    "Detail",
    "Outcome",
    "ProxyKind",
    "Report",
    "ReportTimeline",
    "Section",
    "SectionKind",
    "Source",
    "Status",
    "Summary",
    "make_report",
    "report_schema",
]

Outcome: TypeAlias = Literal["success", "failure", "unfinished", "not-curl"]
NOT_CURL = "there is no output of curl -v or --trace in it"
"""What is said of an input with the outcome `not-curl`."""
_UNDER_A_SUCCESS = "http-grpc-status"
"""curl did what it was told, and HTTP's status is one of success; what was called failed all the same."""

ProxyKind: TypeAlias = Literal["none", "tunnel", "forward", "socks", "unknown"]


class Source(msgspec.Struct, frozen=True, gc=False):
    """The input as it was given."""

    name: str
    lines: int
    bytes: int
    encoding: str
    unrecognized_lines: int
    quirks: tuple[str, ...] = ()


class CurlFacts(msgspec.Struct, frozen=True, gc=False):
    """The curl that wrote the log; each null when the log does not say."""

    version: str | None = None
    tls_library: str | None = None
    command: str | None = None
    exit_code: int | None = None
    error: str | None = None


class ClientCertificateFacts(msgspec.Struct, frozen=True, gc=False):
    """Whether the server asked for a client certificate, and whether one was sent."""

    requested: Tri = "unknown"
    sent: Tri = "unknown"


class Summary(msgspec.Struct, frozen=True, gc=False):
    """The facts in short, of the transfer the verdict is about; `http_statuses` are of the whole log, in order."""

    transfers: int
    tls_version: str | None = None
    alpn: str | None = None
    http_statuses: tuple[int, ...] = ()
    proxy: ProxyKind = "unknown"
    client_certificate: ClientCertificateFacts = ClientCertificateFacts()
    server_certificate: Verdict = "unknown"


class ReportTimeline(msgspec.Struct, frozen=True, gc=False):
    """What happened: in full (`transfers`), and step by step (`sections`)."""

    transfers: tuple[Transfer, ...] = ()
    sections: tuple[Section, ...] = ()


class Report(msgspec.Struct, frozen=True, gc=False):
    """The explanation of one log. `findings[0]` is the verdict: the one root cause; the rest are secondary or notes."""

    outcome: Outcome
    source: Source
    curl: CurlFacts
    summary: Summary
    timeline: ReportTimeline
    findings: tuple[Finding, ...] = ()
    client_files: ClientFiles | None = None
    """What the files given with `--cert` and `--key` show; null where none were given."""
    format: int = 1


def make_report(
    timeline: Timeline,
    findings: tuple[Finding, ...],
    source_name: str = "",
    client_files: ClientFiles | None = None,
) -> Report:
    """Put together what a renderer may know; `findings` has the root cause first."""
    cause = cause_of(findings)
    transfer = transfer_of(timeline.transfers, cause)
    return Report(
        outcome=_outcome(timeline, findings),
        source=Source(
            name=source_name.encode(errors="replace").decode(),  # a file's name can hold what UTF-8 cannot
            lines=timeline.lines,
            bytes=timeline.size,
            encoding=timeline.encoding,
            unrecognized_lines=timeline.unrecognized_lines,
            quirks=timeline.quirks,
        ),
        curl=_curl(timeline, transfer, cause),
        summary=_summary(timeline, transfer, cause),
        timeline=ReportTimeline(transfers=timeline.transfers, sections=sections(timeline, findings)),
        findings=findings,
        client_files=client_files,
    )


def report_schema() -> dict[str, Any]:
    """Return the JSON schema of a report: what `docs/report.schema.json` is generated from."""
    return msgspec.json.schema(Report)


def _outcome(timeline: Timeline, findings: tuple[Finding, ...]) -> Outcome:
    codes = {finding.code for finding in findings}
    if "log-not-curl" in codes or (timeline.curl_lines == 0 and not findings):
        return "not-curl"
    failed = any(finding.severity == "error" and not finding.code.startswith("log-") for finding in findings)
    if failed or _UNDER_A_SUCCESS in codes:
        return "failure"
    # A log in which nothing happens (a version, a few stray lines) shows no success either.
    return "success" if timeline.transfers and "log-unfinished" not in codes else "unfinished"


def _curl(timeline: Timeline, transfer: Transfer | None, cause: Finding | None) -> CurlFacts:
    version, library = timeline.curl.version, timeline.curl.tls_library
    command = transfer.command if transfer is not None else None
    last = transfer.exit if transfer is not None else None
    error = last.text if last is not None and last.code != 0 else None
    if error is None and cause is not None and transfer is not None and transfer.complaints:
        error = transfer.complaints[-1].text
    return CurlFacts(
        version=version.value if version is not None else None,
        tls_library=library.value if library is not None else None,
        command=command.value if command is not None else None,
        exit_code=last.code if last is not None else None,
        error=error,
    )


def _summary(timeline: Timeline, transfer: Transfer | None, cause: Finding | None) -> Summary:
    statuses = tuple(_statuses(timeline))
    if transfer is None:
        return Summary(transfers=0, http_statuses=statuses)
    if transfer.doubt:  # whose lines these are nobody knows
        return Summary(transfers=len(timeline.transfers), http_statuses=statuses)
    connection = _decisive(timeline, transfer, cause)
    tls = _tls(timeline, transfer, connection)
    verdict = tls.verdict if tls is not None else _without_tls(transfer, connection, timeline.elided)
    complaints = transfer.complaints
    if verdict == "unknown" and complaints and all(is_about_certificate(one.kind) for one in complaints):
        verdict = "rejected"  # the log shows curl's final word and nothing before it
    client = ClientCertificateFacts()
    if tls is not None:
        client = ClientCertificateFacts(tls.client_certificate.requested, tls.client_certificate.sent)
    elif verdict == "none":  # without a handshake nobody can ask
        client = ClientCertificateFacts("no", "no")
    return Summary(
        transfers=len(timeline.transfers),
        tls_version=version_of(tls),
        alpn=tls.alpn.value if tls is not None and tls.alpn is not None else None,
        http_statuses=statuses,
        proxy=proxy_kind(transfer, connection),
        client_certificate=client,
        server_certificate=verdict,
    )


def _statuses(timeline: Timeline) -> list[int]:
    answers = [
        (exchange.response.first_line, exchange.response.status)
        for transfer in timeline.transfers
        for exchange in transfer.exchanges
        if exchange.response is not None and not _of_tunnel(transfer, exchange)
    ]
    answers += filter(None, map(_told, timeline.transfers))
    final = (status for _, status in sorted(answers) if is_final(status) or status == SWITCHING_PROTOCOLS)
    return list(final)  # a log can end after a 100


def _told(transfer: Transfer) -> tuple[int, int] | None:
    """Return the status that curl tells and does not show, and its line: with --fail older builds print no head."""
    last, told = transfer.last_exchange, transfer.complaint("http-status")
    if told is None or told.number is None or (last is not None and last.response is not None):
        return None
    if any(each.response is not None and each.response.status == told.number for each in transfer.tunnels):
        return None  # it was the proxy's answer to CONNECT
    return (told.line, told.number) if str(told.number) in told.text else None  # git tells what it means


def _of_tunnel(transfer: Transfer, exchange: Exchange) -> bool:
    """Whether an answer is to CONNECT: so is a proxy's 407 whose request a log that begins late does not show."""
    if exchange.request is not None:
        return exchange.request.for_a_tunnel
    tunnelled = any(one.proxy is not None and one.proxy.kind == "tunnel" for one in transfer.connections)
    return tunnelled and exchange.response is not None and exchange.response.status == PROXY_AUTHENTICATION_REQUIRED


def _decisive(timeline: Timeline, transfer: Transfer, cause: Finding | None) -> Connection | None:
    """Return the connection that the verdict is about, or the last one; a reused one as it was when it was opened."""
    connection = transfer.last_connection
    exchange: Exchange | None = transfer.last_exchange
    if cause is not None and cause.evidence:
        line = cause.evidence[0].line
        exchange = next((one for one in transfer.exchanges if one.first_line <= line <= one.last_line), None)
        held = [one for one in transfer.connections if one.first_line <= line <= one.last_line]
        if exchange is None or (held and held[-1].first_line > exchange.first_line):
            exchange, connection = None, held[-1] if held else connection
    if exchange is not None:
        connection = transfer.connection_of(exchange) or connection
    if cause is None and connection is not None and connection.tls is None and not connection.reused:
        # What the log shows of TLS is worth more than that the last URL, or a redirect, went without.
        secured = [one for other in timeline.transfers for one in other.connections if one.tls is not None]
        return secured[-1] if secured else connection
    if connection is None or connection.tls is not None or not connection.reused:
        return connection
    opened = [
        one
        for other in timeline.transfers
        for one in other.connections
        if one.tls is not None and one.number == connection.number and one.first_line < connection.first_line
    ]
    return opened[-1] if opened else connection


def _tls(timeline: Timeline, transfer: Transfer, connection: Connection | None) -> Tls | None:
    """Return the TLS of a connection; where it carried nothing at all, the last one that the log shows before it."""
    if connection is None or connection.tls is not None:
        return connection.tls if connection is not None else None
    if connection.proxy is not None or any(transfer.connection_of(one) is connection for one in transfer.exchanges):
        return None
    shown = (one for other in timeline.transfers for one in other.connections if one.first_line < connection.first_line)
    return next((one.tls for one in reversed([*shown]) if one.tls is not None), None)


def _begins_late(connection: Connection) -> bool:
    """Whether the log does not show how the connection was opened."""
    return not connection.attempts and connection.resolved is None


def _is_elsewhere(transfer: Transfer, connection: Connection) -> bool:
    """Whether a request on a connection is for another host than the one that curl connected to."""
    for exchange in transfer.exchanges:
        if exchange.request is not None and transfer.connection_of(exchange) is connection:
            host = exchange.request.header("host")
            if host is not None and connection.host is not None:
                return host.value.partition(":")[0].lower() != connection.host.lower()
    return False


def version_of(tls: Tls | None) -> str | None:
    """Spell the version as OpenSSL does: GnuTLS prints `TLS1.3`."""
    if tls is None or tls.version is None:
        return None
    version = tls.version.value
    return f"TLSv{version[3:]}" if version.startswith("TLS") and version[3:4].isdigit() else version


def proxy_kind(transfer: Transfer, connection: Connection | None) -> ProxyKind:
    """Tell how the origin was reached; `none` only where the log shows that curl spoke to the origin itself."""
    if connection is not None and connection.proxy is not None:
        return connection.proxy.kind
    if any(complaint.kind.startswith("socks-") for complaint in transfer.complaints):
        return "socks"
    if transfer.complaint("proxy-not-found") is not None:
        return "unknown"
    if connection is None:
        if any(name == "proxy" for name, _ in transfer.way):
            return "unknown"  # the command names one, and it may leave the name to curl (SOCKS)
        # `Could not resolve host` names the origin: with a proxy curl looks up the proxy alone.
        return "none" if transfer.complaint("host-not-found") else "unknown"
    if _begins_late(connection) and _is_elsewhere(transfer, connection):
        return "unknown"
    ports = {connection.port, *(attempt.port for attempt in connection.attempts)} - {None}
    spoken = connection.attempts or connection.connected or connection.resolved
    started = (connection.tls is not None and transfer.finished and not _perhaps_proxy(connection.tls)) or any(
        transfer.connection_of(exchange) is connection for exchange in transfer.exchanges
    )
    # Before anything was said on it, a connection to port 3128 can be one to a proxy; proxies are not on 80 and 443.
    if spoken and (started or (ports and ports <= {HTTP_PORT, HTTPS_PORT}) or transfer.complaint("host-not-found")):
        return "none"
    return "unknown"


def _perhaps_proxy(tls: Tls) -> bool:
    """Whether the peer can be an HTTPS proxy: to one, curl offers HTTP/1.1 alone, or for an http:// URL nothing at all.

    Old builds offer nothing either (ALPN: 7.36, HTTPS proxies: 7.52), nor do those that were told not to.
    """
    return tls.alpn_offered == ("http/1.1",) or (not tls.alpn_offered and tls.shows_handshake)


def _without_tls(transfer: Transfer, connection: Connection | None, elided: tuple[int, ...]) -> Verdict:
    """Tell `none` from `unknown` where the log shows no TLS: a log that begins late may just not show it."""
    if connection is not None:
        # Newer builds print `Connected to` behind the handshake: behind it, a log that begins late may not show one.
        known = not _begins_late(connection) and not any(connection.first_line <= line for line in elided)
        versions = {one.response.version for one in transfer.exchanges if one.response is not None}
        versions |= {one.request.version for one in transfer.exchanges if one.request is not None}
        if "3" in versions or (connection.port == HTTPS_PORT and "2" in versions):
            return "unknown"  # QUIC has TLS in it, and without it nobody speaks HTTP/2 there: these lines are missing
        return "none" if known and (transfer.exchanges or transfer.finished) else "unknown"
    return "none" if transfer.complaint(*BEFORE_CONNECTING) else "unknown"
