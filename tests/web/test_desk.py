"""The processes at the desk: what is slow, what dies, and what that costs the others."""

from __future__ import annotations

import asyncio
import os
import sys
import time

import pytest

from curlx.batch import Died
from curlx.web.answers import warm_up
from curlx.web.desk import Desk, TooSlow


def nap(seconds: float) -> bytes:
    time.sleep(seconds)
    return str(os.getpid()).encode()


def die() -> bytes:
    os._exit(9)


def toil(seconds: float) -> bytes:
    """Use so many seconds of a core."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return b"done"


def test_work_is_done_in_another_process() -> None:
    async def main() -> bytes:
        async with Desk(1, 30) as desk:
            return await desk.do(nap, 0)

    assert asyncio.run(main()) != str(os.getpid()).encode()


def test_what_takes_too_long_is_ended_and_the_next_is_served() -> None:
    async def main() -> tuple[float, bytes]:
        async with Desk(1, 1.0) as desk:
            await desk.do(nap, 0)
            began = time.monotonic()
            with pytest.raises(TooSlow):
                await desk.do(toil, 60)
            return time.monotonic() - began, await desk.do(nap, 0)

    took, answer = asyncio.run(main())
    assert took >= 1.0
    assert answer


def test_two_slow_ones_do_not_keep_a_short_one_waiting() -> None:
    async def main() -> float:
        async with Desk(2, 60) as desk:
            await asyncio.gather(desk.do(nap, 0.2), desk.do(nap, 0.2))
            slow = [asyncio.create_task(desk.do(toil, 60)) for _ in range(2)]
            await asyncio.sleep(0.1)
            began = time.monotonic()
            await desk.do(nap, 0)
            took = time.monotonic() - began
            for one in slow:
                one.cancel()
            return took

    assert asyncio.run(main()) < 10  # not 60


def test_a_death_costs_its_own_work_only() -> None:
    async def main() -> bytes:
        async with Desk(1, 30) as desk:
            with pytest.raises(Died):
                await desk.do(die)
            return await desk.do(nap, 0)

    assert asyncio.run(main())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot hold a process")
def test_what_is_slow_waits_while_others_are_served_and_is_done_all_the_same() -> None:
    order: list[str] = []

    async def main() -> None:
        async with Desk(1, 60) as desk:

            async def do(name: str, seconds: float) -> None:
                await desk.do(toil, seconds)
                order.append(name)

            slow = asyncio.create_task(do("slow", 2.0))
            await asyncio.sleep(0.3)
            await asyncio.gather(*(do("short", 0.3) for _ in range(8)))
            await slow

    asyncio.run(main())
    assert order == ["short"] * 8 + ["slow"]


def test_no_process_is_left() -> None:
    import multiprocessing

    before = set(multiprocessing.active_children())

    async def main() -> None:
        async with Desk(2, 60) as desk:
            await desk.do(nap, 0)
            slow = asyncio.create_task(desk.do(nap, 60))
            await asyncio.sleep(0.1)
            slow.cancel()

    began = time.monotonic()
    asyncio.run(main())
    assert time.monotonic() - began < 30
    assert set(multiprocessing.active_children()) <= before


@pytest.mark.skipif(sys.platform != "linux", reason="only there is memory bounded")
def test_what_takes_too_much_memory_is_ended_and_the_next_is_served() -> None:
    async def main() -> bytes:
        async with Desk(1, 30, warm_up) as desk:
            with pytest.raises(MemoryError):
                await desk.do(bytes, 3 << 30)
            return await desk.do(nap, 0)

    assert asyncio.run(main())
