"""Whatever happens to a log on its way, the verdict, the facts and the line numbers stay those of curl's own bytes.

`fixtures/wrapped/<name>.log` is a log as it arrives; the `.json` beside it says what is expected: the names of what
has to be undone, the verdict (null: nothing is wrong), the facts, and in `of` the captured log that it was made from.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

import curlx
from curlx.lines import QUIRKS
from curlx.report import Report

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = sorted((FIXTURES / "wrapped").glob("*.log"))
ABOUT_THE_LOG = ("log-not-curl", "log-unfinished")

_ESCAPE_SEQUENCE = re.compile(r"\x1b\[[\d;]*[A-Za-z]")
_HIDDEN = re.compile(r"‹[^›]*›")
_AS_CURL_PRINTS_IT = re.compile(r"\bcurl: \(\d{1,3}\) ")


def expected(path: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return truth


def explained(path: Path) -> Report:
    return curlx.explain(path.read_bytes(), source=path.name)


def verdict(report: Report) -> str | None:
    errors = [finding.code for finding in report.findings if finding.severity == "error"]
    about_the_log = [finding.code for finding in report.findings if finding.code in ABOUT_THE_LOG]
    return (errors or about_the_log or [None])[0]


def facts(report: Report) -> dict[str, Any]:
    summary = report.summary
    return {
        "client_certificate_requested": summary.client_certificate.requested,
        "client_certificate_sent": summary.client_certificate.sent,
        "server_certificate": summary.server_certificate,
        "tls_version": summary.tls_version,
        "alpn": summary.alpn,
        "proxy": summary.proxy,
        "http_statuses": list(summary.http_statuses),
    }


def letters(text: str) -> str:
    """What no wrapping changes: letters and digits."""
    return "".join(letter for letter in text if letter.isalnum())


def every(name: str) -> Any:
    return pytest.mark.parametrize(name, CASES, ids=lambda path: path.stem)


@every("path")
def test_the_verdict_is_that_of_the_log_inside(path: Path) -> None:
    report = explained(path)
    assert verdict(report) == expected(path)["verdict"], [finding.code for finding in report.findings]


@every("path")
def test_the_facts_are_those_of_the_log_inside(path: Path) -> None:
    truth = expected(path)
    seen = facts(explained(path))
    for name, value in truth["facts"].items():
        assert seen[name] in (value if isinstance(value, list) and name != "http_statuses" else [value]), name
    if "of" in truth:
        assert seen == facts(explained(FIXTURES / "logs" / f"{truth['of']}.log"))


@every("path")
def test_what_was_undone_is_named(path: Path) -> None:
    quirks = explained(path).source.quirks
    assert set(expected(path)["quirks"]) <= set(quirks) <= set(QUIRKS)


@every("path")
def test_evidence_stands_on_the_line_of_the_input_as_given(path: Path) -> None:
    report = explained(path)
    lines = path.read_bytes().decode(report.source.encoding, "replace").split("\n")
    for finding in report.findings:
        assert finding.evidence, finding.code
        for proof in finding.evidence:
            # A line that a console broke goes on in the next ones.
            given = "".join(lines[proof.line - 1 : proof.line + 4 * ("console-width" in report.source.quirks)])
            if "json" in report.source.quirks:
                given += re.sub(r"\\u(00[0-9a-f]{2})", lambda escape: chr(int(escape[1], 16)), given)
            if "links" in report.source.quirks:
                given = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", given)
            given = _ESCAPE_SEQUENCE.sub("", given)
            # A page keeps its own entities where the log around it has none.
            found = f"{letters(given)} {letters(html.unescape(html.unescape(given)))}"
            quoted = proof.text if proof.text in given else _AS_CURL_PRINTS_IT.sub("", proof.text, count=1)
            for piece in _HIDDEN.split(quoted):
                assert letters(piece) in found, (finding.code, proof.line)


@every("path")
def test_the_input_is_counted_as_it_was_given(path: Path) -> None:
    data = path.read_bytes()
    report = explained(path)
    text = data.decode(report.source.encoding, "replace")
    assert report.source.bytes == len(data)
    assert report.source.lines == text.count("\n") + (not text.endswith("\n"))


def test_each_way_of_wrapping_has_a_log() -> None:
    named = {name for path in CASES for name in expected(path)["quirks"]}
    rare = {"long-lines", "control-characters"}
    assert set(QUIRKS) - named <= rare


def test_a_log_in_which_nothing_happens_shows_no_success() -> None:
    assert curlx.explain("curl 8.5.0 (x86_64-pc-linux-gnu) libcurl/8.5.0 OpenSSL/3.0.13\n").outcome == "unfinished"


def test_a_quotation_of_a_trace_with_ids_on_both_sides_of_its_stars_is_seen_whoever_quotes_on() -> None:
    said = ("Host down.example:443 was resolved.", "IPv4: 203.0.113.60", "  Trying 203.0.113.60:443...",
            "connect to 203.0.113.60 port 443 from 203.0.113.60 port 44922 failed: Connection refused")  # fmt: skip
    quoted = "".join(f"> > 09:10:54.7426{number} [0-0] * [0-0] {text}\n" for number, text in enumerate(said, 10))
    report = curlx.explain(f"{quoted}\n> See above, what is wrong?\n\nI will look at it.\n".encode())
    assert report.findings[0].code == "network-refused"
