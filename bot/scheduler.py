"""The scheduler: which job runs how often. A handful of jobs, never one per person, and no logic.

APScheduler keeps nothing: what is due stands in the database. Every job runs at once when the scheduler starts, so that
a process that never lives long does its work all the same. A job that is still running is not started again, and one
that was missed (a laptop asleep) runs once.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Job = Callable[[], Awaitable[None]]


def schedule_jobs(*, claim_reminders: Job, trim: Job, claim_every_seconds: float = 1.0) -> AsyncIOScheduler:
    """Return a scheduler, not started, with the bot's jobs."""
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    at_once = datetime.now(UTC)
    for job, name, every in (
        (claim_reminders, "claim_reminders", timedelta(seconds=claim_every_seconds)),
        (trim, "trim", timedelta(hours=6)),
    ):
        scheduler.add_job(
            job, "interval", id=name, seconds=every.total_seconds(), next_run_time=at_once, misfire_grace_time=None
        )
    return scheduler
