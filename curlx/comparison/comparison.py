"""What a comparison of two logs is: the document of `curlx diff` and of `curlx.compare`.

The field names are a contract (`docs/comparison.schema.json`, generated from these types). `format` is 1. Lines are
counted from 1, each in its own log. A secret shows as its placeholder.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec

from curlx.findings import Certainty
from curlx.report import Outcome, Section

Topic: TypeAlias = Literal[
    "command", "insecure", "curl-version", "tls-library", "scheme", "address", "port", "proxy", "proxy-credentials",
    "proxy-answer", "tls", "tls-offered", "tls-version", "cipher", "alpn", "trust", "issuer", "subject", "validity",
    "server-verdict", "client-certificate-requested", "client-certificate-sent", "client-certificate-configured",
    "method", "target", "host", "http-version", "request-header", "status", "response-header", "reached", "error",
]  # fmt: skip
Telling: TypeAlias = Literal["certain", "likely", "possible", "result", "unclear"]
"""How telling a difference is.

`certain`, `likely`, `possible`: it explains the failure, as sure as that. `result`: it is part of the failure itself.
`unclear`: nothing known links the two.
"""
Relation: TypeAlias = Literal["same", "differs", "only-good", "only-bad"]


class Log(msgspec.Struct, frozen=True):
    """One of the two logs. `code`, `title` and `certainty` are those of its verdict; empty where nothing went wrong."""

    name: str
    lines: int
    outcome: Outcome
    code: str = ""
    title: str = ""
    certainty: Certainty | None = None


class Shown(msgspec.Struct, frozen=True):
    """What one log says, and the line that says it; without a line it follows from the log as a whole."""

    value: str
    line: int | None = None


class Difference(msgspec.Struct, frozen=True):
    """Something that both logs tell, and tell differently. `pair` is an index into `Comparison.pairs`."""

    topic: Topic
    title: str
    good: Shown
    bad: Shown
    telling: Telling
    why: str
    pair: int = 0


class Incomparable(msgspec.Struct, frozen=True):
    """Something that one log tells and the other leaves unknown: it may differ or not. `silent` is the other log.

    `known` is empty where neither log tells. `matters`: a difference in it could well explain the failure.
    """

    topic: Topic
    title: str
    silent: Literal["good", "bad", "both"]
    known: Shown
    why: str
    matters: bool = False
    pair: int = 0


class Row(msgspec.Struct, frozen=True):
    """Two steps side by side. `changed` names their details that differ; `parting` marks where the paths part."""

    relation: Relation
    good: Section | None = None
    bad: Section | None = None
    changed: tuple[str, ...] = ()
    parting: bool = False


class Pair(msgspec.Struct, frozen=True):
    """Two transfers side by side: indices into the timelines, None where the other log has nothing like it."""

    good: int | None
    bad: int | None
    good_url: str | None = None
    bad_url: str | None = None
    rows: tuple[Row, ...] = ()


class Comparison(msgspec.Struct, frozen=True):
    """Two logs side by side. `remarks` come first: whatever makes the comparison itself doubtful.

    `differences` has the most telling first. `pairs_left_out` counts transfers beyond those that are compared.
    """

    good: Log
    bad: Log
    remarks: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    incomparable: tuple[Incomparable, ...] = ()
    pairs: tuple[Pair, ...] = ()
    pairs_left_out: int = 0
    format: int = 1

    @property
    def tells(self) -> bool:
        """Whether a difference explains something or is part of a failure, or a call stands alone."""
        alone = any(pair.good is None or pair.bad is None for pair in self.pairs)
        return alone or any(one.telling != "unclear" for one in self.differences)


def comparison_schema() -> dict[str, Any]:
    """Return the JSON schema of a comparison: what `docs/comparison.schema.json` is generated from."""
    return msgspec.json.schema(Comparison)
