"""How long an event loop was kept from turning: a task that wakes every few milliseconds and notes when it is late."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

_LOOK_SECONDS = 0.002


@dataclass(slots=True)
class Stall:
    """The longest time the loop did not turn."""

    seconds: float = 0.0


@asynccontextmanager
async def watched() -> AsyncIterator[Stall]:
    """Watch the running loop while the context is open."""
    stall = Stall()

    async def watch() -> None:
        while True:
            asleep_at = time.perf_counter()
            await asyncio.sleep(_LOOK_SECONDS)
            stall.seconds = max(stall.seconds, time.perf_counter() - asleep_at - _LOOK_SECONDS)

    watching = asyncio.create_task(watch())
    try:
        yield stall
    finally:
        watching.cancel()
