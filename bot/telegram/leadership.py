"""Leadership: which of several processes does what only one may do, by a lease in the database.

The holder renews its lease long before it ends; whoever stands by asks every second and takes over when it has ended,
or at once when it was given up. The lease is a courtesy, not a guard: two processes may believe for a moment that they
lead, and what they do meanwhile must be harmless. (The relay, for which that is not so, has a lease of its own with a
fencing token: `bot/usecases/outbox.py`.)
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from secrets import token_hex
from typing import Any

from bot.usecases.ports import Clock, Transaction

LEASE_SECONDS = 10
RENEW_SECONDS = 2.5
STANDBY_SECONDS = 1.0

Run = Callable[[Callable[[Transaction], Any]], Awaitable[Any]]


class Leadership:
    """One process's claim to lead in the matter of `name`."""

    def __init__(self, name: str, *, run: Run, clock: Clock) -> None:
        self._name = name
        self._run = run
        self._clock = clock
        self._holder = token_hex(8)

    async def hold(self) -> bool:
        """Take or renew the lease and tell whether it is ours; raises what the storage raises."""
        now = self._clock.now()
        until = now + timedelta(seconds=LEASE_SECONDS)
        fence = await self._run(lambda tx: tx.hold_lease(self._name, self._holder, now, until))
        return fence is not None

    async def release(self) -> None:
        """Give the lease up, so that another process need not wait for its end; raises what the storage raises."""
        await self._run(lambda tx: tx.release_lease(self._name, self._holder))
