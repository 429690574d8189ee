"""A body that imitates curl changes nothing of what is told of captured logs."""

from __future__ import annotations

import re
from functools import cache

import pytest

import curlx
from curlx.report import Report

from .bodies import BODIES, LOGS

PLAIN = b"<p>All is well here.</p>\n" * 3


def told(report: Report) -> tuple[object, ...]:
    """What a body must not change."""
    errors = [(finding.code, finding.transfer) for finding in report.findings if finding.severity == "error"]
    summary = report.summary
    return (report.outcome, errors, summary.client_certificate, summary.server_certificate, summary.tls_version, summary.alpn,
            summary.proxy, summary.http_statuses)  # fmt: skip


def with_body(data: bytes, report: Report, body: bytes) -> bytes | None:
    """The log as it had been with another body; None when it does not show one whole body in its announced length."""
    answers = [
        exchange.response
        for transfer in report.timeline.transfers
        for exchange in transfer.exchanges
        if exchange.response is not None and exchange.response.body.seen
    ]
    if len(answers) != 1 or b"bytes (0x" in data:
        return None
    lines = data.splitlines(keepends=True) if b"\r\r" not in data else [line + b"\n" for line in data.split(b"\n")[:-1]]
    first, last, announced = answers[0].body.first_line, answers[0].body.last_line, answers[0].body.announced
    if first is None or last is None or announced is None or sum(map(len, lines[first - 1 : last])) != announced:
        return None
    length = re.compile(rb"(.*< (?:\[\d-\d\] )?content-length: ?)\d+(\r*\n)", re.IGNORECASE)
    for index in range(answers[0].first_line - 1, answers[0].last_line):
        lines[index] = length.sub(lambda match: match[1] + b"%d" % len(body) + match[2], lines[index])
    data_line = b"{ [%d bytes data]" % announced
    rest = [line.replace(data_line, b"{ [%d bytes data]" % len(body)) for line in lines]
    return b"".join(rest[: first - 1]) + body + b"".join(rest[last:])


@cache
def victims() -> list[tuple[str, bytes]]:
    """One log of each way in which curl prints a body, healthy and failing, out of those that are here."""
    chosen: dict[tuple[str, bool, bool], tuple[str, bytes]] = {}
    for path in LOGS:
        data = path.read_bytes()
        report = curlx.explain(data)
        if with_body(data, report, PLAIN) is not None:
            mode = path.stem.rpartition("-")[2]
            kind = (mode, report.outcome == "success", bool(report.timeline.transfers[-1].connections[-1:]))
            chosen.setdefault(kind, (path.stem, data))
    return list(chosen.values())


def test_there_are_victims_of_every_kind() -> None:
    names = " ".join(name for name, _ in victims())
    assert len(victims()) >= 20
    assert all(library in names for library in ("openssl", "gnutls", "nss", "wolfssl", "mbedtls", "boringssl"))


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_imitates_curl_changes_nothing(name: str) -> None:
    for log, data in victims():
        report = curlx.explain(data)
        plain, hostile = with_body(data, report, PLAIN), with_body(data, report, BODIES[name])
        assert plain is not None
        assert hostile is not None
        assert told(curlx.explain(hostile)) == told(curlx.explain(plain)), log
