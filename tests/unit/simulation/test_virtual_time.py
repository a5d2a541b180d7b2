"""A loop of virtual time: what waits comes in its order and at its time, and nobody waits for it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from bot.simulation.virtual_time import VirtualClock, VirtualTimeLoop

T = TypeVar("T")
START = datetime(2026, 3, 2, tzinfo=UTC)


def lived(life: Callable[[], Awaitable[T]]) -> T:
    """Run a coroutine in virtual time."""

    async def whole() -> T:
        return await life()

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(whole())


def now() -> float:
    """Return the virtual seconds that have passed."""
    return asyncio.get_running_loop().time()


def test_a_year_passes_while_nobody_waits() -> None:
    """A sleep of a year is over at once, and the clock says a year later."""
    year = timedelta(days=365)

    async def life() -> datetime:
        clock = VirtualClock(asyncio.get_running_loop(), START)
        assert clock.now() == START
        await asyncio.sleep(year.total_seconds())
        return clock.now()

    assert lived(life) == START + year


def test_whoever_waits_less_comes_first() -> None:
    """Sleepers wake in the order of their times, whatever the order they fell asleep in."""
    woken: list[tuple[int, float]] = []

    async def sleeper(seconds: int) -> None:
        await asyncio.sleep(seconds)
        woken.append((seconds, now()))

    async def life() -> None:
        await asyncio.gather(*map(sleeper, (300, 1, 60, 7200)))

    lived(life)
    assert woken == [(1, 1.0), (60, 60.0), (300, 300.0), (7200, 7200.0)]


def test_a_timeout_ends_what_would_wait_for_ever() -> None:
    """A timeout comes at its time."""

    async def life() -> float:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.Event().wait(), 300)
        return now()

    assert lived(life) == 300.0


def test_time_goes_on_for_those_who_wait_for_next_to_nothing() -> None:
    """Whoever looks again and again until a moment has come sees it come, one step at a time."""

    async def life() -> int:
        looks = 0
        while now() < 10:
            await asyncio.sleep(1e-18)
            looks += 1
        return looks

    assert lived(life) == 160


def test_a_second_later_is_exactly_a_second_later() -> None:
    """However often, steps add up without a rest: a window of one second holds no call too few."""

    async def life() -> set[float]:
        apart = set()
        for _ in range(1000):
            before = now()
            await asyncio.sleep(1)
            apart.add(now() - before)
        return apart

    assert lived(life) == {1.0}


def test_waiting_for_what_cannot_come_is_a_fault() -> None:
    """Where no timer is left nobody could ever wake the loop, so it says so instead of hanging."""

    async def life() -> None:
        await asyncio.Event().wait()

    with pytest.raises(RuntimeError, match="nothing is due any more"):
        lived(life)
