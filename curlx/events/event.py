"""What all events have in common."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from curlx.complaints import ComplaintKind

Direction: TypeAlias = Literal["in", "out"]
"""Who sent it: `in` came from the peer, `out` was sent by curl."""

Party: TypeAlias = Literal["server", "proxy", "client"]
"""Whose certificate a block describes."""


class Event(msgspec.Struct, frozen=True, gc=False, tag=True):
    """Something that a line says."""


class Complaint(Event, frozen=True):
    """curl (or its TLS library, through curl) says that something failed.

    `number` is an AlertDescription, an HTTP status, milliseconds, bytes or an error code, as `kind` has it. `subject`
    is what the sentence is about: a host, a file, a certificate name; `port` is the subject's, and `proxy` the host
    over which curl was to reach it. `again`: it says that curl tries once more.
    """

    kind: ComplaintKind
    text: str
    number: int | None = None
    subject: str | None = None
    port: int | None = None
    proxy: str | None = None
    again: bool = False
