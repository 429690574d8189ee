"""The report as JSON: the contract that other programs build on (`docs/report.schema.json`)."""

from __future__ import annotations

import msgspec

from curlx.report import Report


def render(report: Report) -> str:
    """Return the report as one indented JSON document, fields in the order of the schema, with a final newline."""
    return document(report)


def document(what: object) -> str:
    """Return a report, or another document, as indented JSON with a final newline."""
    text = msgspec.json.format(msgspec.json.encode(what), indent=2).decode()
    return "".join(f"{_escaped(line)}\n" for line in text.split("\n"))


def line_of(document: object) -> str:
    """Return a report, or another document, as one line of JSON without its end: for files that have one a line."""
    return _escaped(msgspec.json.encode(document).decode())


def _escaped(line: str) -> str:
    """Escape what a terminal could obey: raw C0 controls are forbidden (RFC 8259, 7), DEL, C1 and bidi are not."""
    if line.isprintable():
        return line
    from json import dumps

    return "".join(one if one.isprintable() else dumps(one)[1:-1] for one in line)
