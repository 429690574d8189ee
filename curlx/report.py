"""All that a renderer may know about one log: the document of `curlx.explain` and of every `--format`.

The field names are a contract (`docs/report.schema.json`, generated from these types). `format` is 1.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from curlx.findings import Finding
from curlx.timeline import Transfer, Tri, Verdict

Outcome: TypeAlias = Literal["success", "failure", "unfinished", "not-curl"]
SectionKind: TypeAlias = Literal["command", "resolve", "connection", "proxy", "tls", "server-certificate",
                                 "client-certificate", "request", "response", "error", "close"]  # fmt: skip
Status: TypeAlias = Literal["ok", "problem", "note", "unknown"]


class Source(msgspec.Struct, frozen=True):
    """The input as it was given."""

    name: str
    lines: int
    bytes: int
    encoding: str
    unrecognized_lines: int
    quirks: tuple[str, ...] = ()


class CurlFacts(msgspec.Struct, frozen=True):
    """The curl that wrote the log; each null when the log does not say."""

    version: str | None = None
    tls_library: str | None = None
    command: str | None = None
    exit_code: int | None = None
    error: str | None = None


class ClientCertificateFacts(msgspec.Struct, frozen=True):
    """Whether the server asked for a client certificate, and whether one was sent."""

    requested: Tri = "unknown"
    sent: Tri = "unknown"


class Summary(msgspec.Struct, frozen=True):
    """The facts in short, of the transfer the verdict is about; `http_statuses` are of the whole log, in order."""

    transfers: int
    tls_version: str | None = None
    alpn: str | None = None
    http_statuses: tuple[int, ...] = ()
    proxy: Literal["none", "tunnel", "forward", "socks", "unknown"] = "unknown"
    client_certificate: ClientCertificateFacts = ClientCertificateFacts()
    server_certificate: Verdict = "unknown"


class Detail(msgspec.Struct, frozen=True):
    """One fact of a section, with its line."""

    label: str
    value: str
    line: int | None = None


class Section(msgspec.Struct, frozen=True):
    """One step of the timeline. `transfer` is the index of the transfer it belongs to."""

    kind: SectionKind
    first_line: int
    last_line: int
    title: str
    status: Status
    transfer: int = 0
    details: tuple[Detail, ...] = ()


class ReportTimeline(msgspec.Struct, frozen=True):
    """What happened: in full (`transfers`), and step by step (`sections`)."""

    transfers: tuple[Transfer, ...] = ()
    sections: tuple[Section, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """The explanation of one log. `findings[0]` is the verdict: the one root cause; the rest are secondary or notes."""

    outcome: Outcome
    source: Source
    curl: CurlFacts
    summary: Summary
    timeline: ReportTimeline
    findings: tuple[Finding, ...] = ()
    format: int = 1
