"""What was answered, kept in memory for a while: so that a page can be loaded again, and its files be saved."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import NamedTuple

from curlx.web.answers import Answer

_MINUTES = 30


class _Kept(NamedTuple):
    answers: tuple[Answer, ...]
    size: int
    since: float


class Results:
    """Answers by a name that nobody can guess; the oldest go first, when there are too many bytes of them."""

    def __init__(self, most: int = 64 << 20, minutes: float = _MINUTES, clock: Callable[[], float] = time.monotonic):
        """`most` is the bytes that are kept, as they are in the answers; `clock` counts seconds."""
        self._most = most
        self._seconds = minutes * 60
        self._clock = clock
        self._size = 0
        self._kept: dict[str, _Kept] = {}

    def keep(self, answers: tuple[Answer, ...]) -> str:
        """Keep what came together, and return its name. The newest is kept in any case."""
        self._forget()
        name = secrets.token_urlsafe(18)
        size = sum(len(piece) for one in answers for piece in one.pieces.values())
        self._kept[name] = _Kept(answers, size, self._clock())
        self._size += size
        while self._size > self._most and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))
        return name

    def find(self, name: str) -> tuple[Answer, ...] | None:
        """Return what is kept under a name."""
        self._forget()
        kept = self._kept.get(name)
        return kept.answers if kept is not None else None

    def _forget(self) -> None:
        old = self._clock() - self._seconds
        for name in [name for name, kept in self._kept.items() if kept.since < old]:
            self._drop(name)

    def _drop(self, name: str) -> None:
        self._size -= self._kept.pop(name).size
