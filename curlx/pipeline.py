"""bytes -> lines -> events -> timeline -> findings -> report: the whole program as one expression."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from curlx.assembler import assemble
from curlx.diagnoses import diagnose
from curlx.lines import Line, split
from curlx.reader import read
from curlx.redaction import Redactor
from curlx.report import Report, make_report

if TYPE_CHECKING:
    from curlx.redaction.identities import Identities


def explain(
    data: bytes | str | Iterable[bytes], *, source: str = "", show_secrets: bool = False, hide: Collection[str] = ()
) -> Report:
    """Explain one log.

    `data` is the log: bytes as curl wrote or somebody saved them, text, or an iterable of byte chunks of any size (the
    result is the same however they are cut). `source` names it in the report. Secrets are hidden unless `show_secrets`.
    `hide` can be `hosts`, `addresses` and `names`: others stand in their place; the verdict is the same.
    Never raises for what the log holds.
    """
    lines = split(_chunks(data))
    redactor = Redactor(show=show_secrets)
    identities = _identities(hide) if hide else None
    hidden = map(redactor.hide, lines)
    timeline = assemble(read(_learned(hidden, identities) if identities else hidden), secrets=redactor.secrets)
    timeline = msgspec.structs.replace(
        timeline,
        lines=lines.count,
        size=lines.size,
        open_line=None if lines.ended else lines.count,
        encoding=lines.encoding,
        quirks=lines.quirks,
    )
    report = make_report(timeline, diagnose(timeline), source)
    if identities is None:
        return report
    return msgspec.convert(identities.hide_all(msgspec.to_builtins(report)), Report)


def _identities(kinds: Collection[str]) -> Identities:
    from curlx.redaction.identities import Identities  # few ask for it

    return Identities(kinds)


def _learned(lines: Iterable[Line], identities: Identities) -> Iterator[Line]:
    for line in lines:
        identities.learn(line.text)
        yield line


def _chunks(data: bytes | str | Iterable[bytes]) -> Iterable[bytes]:
    if isinstance(data, str):
        return (data.encode("utf-8", "replace"),)
    if isinstance(data, (bytes, bytearray, memoryview)):
        return (bytes(data),)
    return data
