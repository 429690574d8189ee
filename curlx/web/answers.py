"""What the page says about one log: made in a process of its own, and sent back as bytes."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import zlib

import msgspec

from curlx.lines import split
from curlx.pipeline import compare, explain
from curlx.redaction import Redactor
from curlx.redaction.copy import copy
from curlx.renderers import render
from curlx.renderers.as_html import framed
from curlx.renderers.comparison import as_html as comparing
from curlx.renderers.comparison import render as render_comparison
from curlx.renderers.pages import template
from curlx.renderers.wording import headline, verdict_of
from curlx.report import Report
from curlx.web.marked_log import rows

TEMPLATES = "web/templates"
_MEMORY = 2 << 30
"""Bytes of address space that a process may have."""
_LEVEL = 1
"""Of zlib: a log shrinks to a tenth at this level already."""


class Answer(msgspec.Struct, frozen=True):
    """What became of one log, or of two compared. The pieces are compressed (zlib): they may be kept for a while."""

    name: str
    code: str
    """Of the verdict; where there is none, the outcome."""
    severity: str
    """Of the verdict; `ok` or `unknown` where there is none."""
    title: str
    pieces: dict[str, bytes]
    """`page`, and the files that can be saved."""

    def piece(self, name: str) -> bytes:
        """Return a piece; raises KeyError."""
        return zlib.decompress(self.pieces[name])


class Document(msgspec.Struct, frozen=True):
    """What the API answers: the verdict, and the report as the command line writes it."""

    code: str
    text: str


def warm_up() -> int:
    """Load all that an answer needs, bound what it may take, and return the number of the process."""
    if sys.platform == "linux":
        # A process that is paused cannot see that the server is gone: the system ends it (prctl(2), PR_SET_PDEATHSIG).
        ctypes.CDLL(None).prctl(1, int(signal.SIGKILL), 0, 0, 0)
    answer(b"", "")
    if sys.platform == "linux":  # a log can be made to have a report of hundreds of times its size
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    return os.getpid()


def document(data: bytes, name: str) -> bytes:
    """Return a log's `Document`, encoded."""
    report = explain(data, source=name)
    return _encode(Document(_code(report), render(report, "json")))


def answer(data: bytes, name: str, number: int = 1, of: int = 1) -> bytes:
    """Return a log's `Answer`, encoded; it is the one with this `number` of those that came together."""
    report = explain(data, source=name)
    verdict = verdict_of(report)
    shown = [*rows(map(Redactor().hide, split((data,))), report)]
    page = framed(
        report,
        template("result.html.jinja", TEMPLATES),
        beside={row.number for row in shown if row.number is not None},
        log=shown,
        name=name,
        number=number,
        of=of,
        markdown=render(report, "markdown"),
        reply=render(report, "reply"),
    )
    pieces = {
        "page": page.encode(),
        "report.html": render(report, "html").encode(),
        "report.json": render(report, "json").encode(),
        "redacted.log": b"".join(copy((data,))),
    }
    return _encode(
        Answer(
            name=name,
            code=_code(report),
            severity=verdict.severity if verdict is not None else "ok" if report.outcome == "success" else "unknown",
            title=headline(report),
            pieces=_compressed(pieces),
        )
    )


def compared(good: bytes, bad: bytes, names: tuple[str, str]) -> bytes:
    """Return what differs between two logs as an `Answer`, encoded."""
    comparison = compare(good, bad, sources=names)
    page = comparing.framed(
        comparison,
        template("compared.html.jinja", TEMPLATES),
        markdown=render_comparison(comparison, "markdown"),
    )
    pieces = {
        "page": page.encode(),
        "comparison.html": render_comparison(comparison, "html").encode(),
        "comparison.json": render_comparison(comparison, "json").encode(),
    }
    return _encode(Answer(names[1], comparison.bad.code or comparison.bad.outcome, "", "", _compressed(pieces)))


def _code(report: Report) -> str:
    verdict = verdict_of(report)
    return verdict.code if verdict is not None else report.outcome


def _compressed(pieces: dict[str, bytes]) -> dict[str, bytes]:
    return {name: zlib.compress(piece, _LEVEL) for name, piece in pieces.items()}


def _encode(value: Answer | Document) -> bytes:
    return msgspec.msgpack.encode(value)
