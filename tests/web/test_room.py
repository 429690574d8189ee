"""Memory is bounded, and so is the queue for it."""

from __future__ import annotations

import asyncio

import pytest

from curlx.web.room import Busy, Room


def test_no_more_is_taken_than_there_is_and_all_get_their_turn() -> None:
    most = now = 0
    order: list[int] = []

    async def take(room: Room, number: int) -> None:
        nonlocal most, now
        async with room.taken(4):
            now += 4
            most = max(most, now)
            order.append(number)
            await asyncio.sleep(0.001)
            now -= 4

    async def main() -> None:
        room = Room(10)
        await asyncio.gather(*(take(room, number) for number in range(20)))

    asyncio.run(main())
    assert most == 8
    assert order == [*range(20)]


def test_a_big_one_is_not_overtaken_for_ever() -> None:
    async def main() -> list[str]:
        room, order = Room(10), []

        async def take(name: str, size: int) -> None:
            async with room.taken(size):
                order.append(name)
                await asyncio.sleep(0.01)

        await asyncio.gather(take("small", 6), take("big", 10), *(take("small", 2) for _ in range(5)))
        return order

    assert asyncio.run(main()).index("big") == 1


def test_one_too_many_is_told_to_come_again() -> None:
    async def main() -> None:
        room = Room(1, most=1)
        async with room.taken(1):
            waiting = asyncio.create_task(_take(room))
            await asyncio.sleep(0)
            with pytest.raises(Busy):
                await _take(room)
        await waiting

    asyncio.run(main())


def test_one_who_waits_too_long_is_told_to_come_again_and_takes_nothing() -> None:
    async def main() -> None:
        room = Room(1, seconds=0.05)
        async with room.taken(1):
            with pytest.raises(Busy):
                await _take(room)
        await _take(room)

    asyncio.run(main())


async def _take(room: Room) -> None:
    async with room.taken(1):
        pass
