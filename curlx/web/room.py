"""Room for what is being worked on: a bound on the bytes in memory, and on those who wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Busy(Exception):
    """Too many are waiting already, or one has waited too long."""


class Room:
    """`size` bytes of room, given to those who ask in the order in which they ask; at most `most` may wait."""

    def __init__(self, size: int, most: int = 200, seconds: float = 120.0) -> None:
        """`seconds` is how long one waits at most."""
        self._free = size
        self._most = most
        self._seconds = seconds
        self._waiting = 0
        self._turn = asyncio.Lock()
        self._given_back = asyncio.Condition()

    @asynccontextmanager
    async def taken(self, size: int) -> AsyncIterator[None]:
        """Hold so many bytes, at most all there are; raises `Busy`."""
        if self._waiting >= self._most:
            raise Busy
        self._waiting += 1
        try:
            async with asyncio.timeout(self._seconds), self._turn, self._given_back:
                await self._given_back.wait_for(lambda: self._free >= size)
                self._free -= size
        except TimeoutError:
            raise Busy from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            async with self._given_back:
                self._free += size
                self._given_back.notify_all()
