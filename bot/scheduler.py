"""The scheduler: which job runs how often. A handful of jobs, never one per person, and no logic.

APScheduler keeps nothing: what is due stands in the database. A job that is still running is not started again, and
one that was missed (a laptop asleep) runs once.
"""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Job = Callable[[], Awaitable[None]]


def schedule_jobs(*, claim_reminders: Job, trim: Job, claim_every_seconds: float = 1.0) -> AsyncIOScheduler:
    """Return a scheduler, not started, with the bot's jobs."""
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    scheduler.add_job(
        claim_reminders, "interval", id="claim_reminders", seconds=claim_every_seconds, misfire_grace_time=None
    )
    scheduler.add_job(trim, "interval", id="trim", hours=6, misfire_grace_time=None)
    return scheduler
