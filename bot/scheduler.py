"""The scheduler: which job runs how often. A handful of jobs, never one per person, and no logic.

APScheduler keeps nothing: what is due stands in the database. Every job runs at once when the scheduler starts, so that
a process that never lives long does its work all the same. A job whose time comes while it still runs runs once more
when it has ended, and one that was missed (a laptop asleep) runs once. A job that could not do its work is tried again
soon, however seldom it runs; one that raises, which is a bug, is logged and runs again at its next time.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Job = Callable[[], Awaitable[bool]]
"""What is to be done; returns whether it could be."""

_CLAIM = "claim_reminders"
_STAFF = "serve_staff"
_STAFF_EVERY = timedelta(seconds=1)
_TRIM = "trim"
_TRIM_EVERY = timedelta(hours=6)
_CHECK_EVERY = timedelta(hours=1)
_TRY_AGAIN_AFTER = timedelta(seconds=10)


class Jobs:
    """The bot's jobs; they run between `start` and `finish`."""

    def __init__(
        self,
        *,
        claim_reminders: Job,
        check_times: Job,
        trim: Job,
        serve_staff: Job | None = None,
        claim_every_seconds: float = 1.0,
    ) -> None:
        self._running: dict[str, asyncio.Task[bool]] = {}
        self._once_more: set[str] = set()
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 3, "misfire_grace_time": None}
        )
        self._add(_CLAIM, claim_reminders, timedelta(seconds=claim_every_seconds))
        self._add("check_times", check_times, _CHECK_EVERY)
        self._add(_TRIM, trim, _TRIM_EVERY)
        if serve_staff is not None:
            self._add(_STAFF, serve_staff, _STAFF_EVERY)

    def start(self) -> None:
        """Start the jobs; needs a running event loop."""
        self._scheduler.start()

    def look_at_clock(self) -> None:
        """Claim reminders and trim now instead of at the next turn: the clock was moved."""
        for name in (_CLAIM, _TRIM):
            self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))

    def look_at_staff(self) -> None:
        """Serve the staff now instead of at the next turn: somebody has asked for something."""
        self._scheduler.modify_job(_STAFF, next_run_time=datetime.now(UTC))

    async def finish(self) -> None:
        """Start no more jobs and let those that run come to their end: APScheduler itself would cancel them."""
        self._scheduler.pause()
        while self._running:
            self._once_more.clear()
            await asyncio.wait(self._running.values())
        self._scheduler.shutdown(wait=False)

    def _add(self, name: str, job: Job, every: timedelta) -> None:
        async def run() -> None:
            if name in self._running:
                self._once_more.add(name)
                return
            self._once_more.add(name)
            while name in self._once_more:
                self._once_more.discard(name)
                task = self._running[name] = asyncio.ensure_future(job())
                try:
                    is_done = await task
                finally:
                    del self._running[name]
                if not is_done:
                    self._scheduler.modify_job(name, next_run_time=datetime.now(UTC) + min(every, _TRY_AGAIN_AFTER))

        self._scheduler.add_job(
            run, "interval", id=name, name=name, seconds=every.total_seconds(), next_run_time=datetime.now(UTC)
        )
