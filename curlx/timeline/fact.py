"""A value and the line that says it."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


class Fact(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """A value and the line that says it."""

    value: T
    line: int
