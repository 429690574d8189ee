"""bytes -> lines -> events -> timeline -> findings -> report: the whole program as one expression."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from curlx.assembler import assemble
from curlx.client_files import ClientFiles
from curlx.diagnoses import diagnose
from curlx.lines import split
from curlx.reader import read
from curlx.redaction import Redactor
from curlx.report import Report, make_report


def explain(
    data: bytes | str | Iterable[bytes],
    *,
    source: str = "",
    show_secrets: bool = False,
    client_files: ClientFiles | None = None,
) -> Report:
    """Explain one log.

    `data` is the log: bytes as curl wrote or somebody saved them, text, or an iterable of byte chunks of any size (the
    result is the same however they are cut). `source` names it in the report. Secrets are hidden unless `show_secrets`.
    `client_files` are the files given to curl, as `client_files.reading` reads them: they are held against the log.
    Never raises for what the log holds.
    """
    lines = split(_chunks(data))
    redactor = Redactor(show=show_secrets)
    timeline = assemble(read(map(redactor.hide, lines)), secrets=redactor.secrets)
    timeline = msgspec.structs.replace(
        timeline,
        lines=lines.count,
        size=lines.size,
        open_line=None if lines.ended else lines.count,
        encoding=lines.encoding,
        quirks=lines.quirks,
    )
    findings = diagnose(timeline)
    if client_files is None:
        return make_report(timeline, findings, source)
    from curlx.client_files.judging import judge

    judged, findings = judge(client_files, timeline, findings)
    return make_report(timeline, findings, source, judged)


def _chunks(data: bytes | str | Iterable[bytes]) -> Iterable[bytes]:
    if isinstance(data, str):
        return (data.encode("utf-8", "replace"),)
    if isinstance(data, (bytes, bytearray, memoryview)):
        return (bytes(data),)
    return data
