"""The road not taken: one APScheduler job for each person, in APScheduler's own job store on SQLite.

    python -m tests.benchmarks.bench_job_per_person [people]

Everybody's job is due at the same moment. A job notes that it ran and nothing else: no letter, no next due time of a
zone, no commit that ties the two together. Compare with the claim of `bench_reminders`, which does all of that.
"""

# ruff: noqa: T201, ASYNC110 - a benchmark prints, and looks now and then without telling what it measures

import asyncio
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from tests.benchmarks.event_loop import watched
from tests.benchmarks.table import print_table

_RAN: Counter[int] = Counter()


async def remind(chat_id: int) -> None:
    """Note that a job ran; a coroutine, so that APScheduler runs it on the loop."""
    _RAN[chat_id] += 1


def main(people: int = 10_000) -> None:
    """Print how long adding takes, how long it takes until all have run, and how long the loop stalled."""
    with tempfile.TemporaryDirectory() as folder:
        adding, running, cpu, stalled = asyncio.run(_measure(f"sqlite:///{Path(folder) / 'jobs.db'}", people))
    print(f"{people:,} jobs due at the same moment\n")
    print_table(
        ("one job per person", "seconds", "CPU µs each", "loop stalled, ms"),
        [("adding them", f"{adding:.1f}", "", ""), ("until all have run", f"{running:.1f}", f"{cpu:.0f}", stalled)],
    )


async def _measure(url: str, people: int) -> tuple[float, float, float, str]:
    scheduler = AsyncIOScheduler(
        timezone="UTC", jobstores={"default": SQLAlchemyJobStore(url)}, job_defaults={"misfire_grace_time": None}
    )
    scheduler.start(paused=True)
    began = time.perf_counter()
    due_at = datetime.now(UTC) - timedelta(seconds=1)
    for chat_id in range(people):
        scheduler.add_job(remind, "interval", days=1, start_date=due_at, next_run_time=due_at, args=(chat_id,))
    adding = time.perf_counter() - began
    async with watched() as stall:
        wall, cpu = time.perf_counter(), time.process_time()
        scheduler.resume()
        while len(_RAN) < people:
            await asyncio.sleep(0.02)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    scheduler.shutdown()
    return adding, wall, cpu / people * 1e6, f"{stall.seconds * 1000:,.0f}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
