"""Virtual time: an event loop whose clock jumps to the next thing that is due instead of waiting for it.

Whatever runs in it (sleeps, timeouts, the relay's rates on `loop.time`) takes as long as it says in virtual time and
next to nothing in real time. The order of events is that of an infinitely fast machine, the same in every run. Only for
code that waits for the loop and nothing else: no threads, no network.

The clock stands on whole steps, and what is due within one happens together; that is most of the speed, and the
resolution. A timer never fires in the step it was set in, so time goes on even for those who wait for next to nothing.
With a step of a power of two, a second later is exactly a second later.
"""

import asyncio
import selectors
from collections.abc import Callable
from contextvars import Context
from datetime import datetime, timedelta
from math import ceil
from typing import TypeVarTuple

Ts = TypeVarTuple("Ts")


class _Jumping(selectors.SelectSelector):
    """Where a loop would wait, moves its clock instead."""

    def __init__(self, step_seconds: float) -> None:
        super().__init__()
        self.step_seconds = step_seconds
        self.steps = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Let `timeout` seconds pass; see what is ready."""
        if timeout is None:
            raise RuntimeError("nothing is due any more, and nobody outside could wake a loop of virtual time")
        self.steps += ceil(timeout / self.step_seconds)
        return super().select(0)


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An event loop that begins at 0 and never waits."""

    def __init__(self, step_seconds: float = 1 / 16) -> None:
        self._jumping = _Jumping(step_seconds)
        super().__init__(self._jumping)

    def time(self) -> float:
        """Return the virtual seconds that have passed."""
        return self._jumping.steps * self._jumping.step_seconds

    def call_at(
        self, when: float, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Call back at a virtual time, in the next step at the earliest."""
        step_seconds = self._jumping.step_seconds
        step = max(ceil(when / step_seconds), self._jumping.steps + 1)
        # Half a step before it is safely past when that step comes: asyncio lets nothing come at its exact time.
        return super().call_at((step - 0.5) * step_seconds, callback, *args, context=context)


class VirtualClock:
    """The clock of a virtual-time loop as UTC instants, from `start` on."""

    def __init__(self, loop: asyncio.AbstractEventLoop, start: datetime) -> None:
        self._loop = loop
        self._start = start

    def now(self) -> datetime:
        """Return the present virtual instant, aware, UTC."""
        return self._start + timedelta(seconds=self._loop.time())
