"""One step of a call: what a renderer shows of it."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

SectionKind: TypeAlias = Literal["command", "resolve", "connection", "proxy", "tls", "server-certificate",
                                 "client-certificate", "request", "response", "error", "close"]  # fmt: skip
Status: TypeAlias = Literal["ok", "problem", "note", "unknown"]


class Detail(msgspec.Struct, frozen=True, gc=False):
    """One fact of a section, with its line."""

    label: str
    value: str
    line: int | None = None


class Section(msgspec.Struct, frozen=True, gc=False):
    """One step of the timeline. `transfer` is the index of the transfer it belongs to."""

    kind: SectionKind
    first_line: int
    last_line: int
    title: str
    status: Status
    transfer: int = 0
    details: tuple[Detail, ...] = ()
