"""A backlog of updates after downtime: how many a second, and what each costs the bot's processor.

    python -m tests.benchmarks.bench_updates [people]

`null_api` stands in for Telegram: it hands out, 100 a poll, a backlog in which everybody goes through the routine, and
answers every other call at once. The bot is the real one, through `bot.bootstrap.running`, on a durable SQLite file,
with Telegram's limits lifted. The clock stops when the last update is committed, and again when the last letter is
sent. CPU is the bot's process alone. Everybody is set up before.
"""

# ruff: noqa: T201, ASYNC110 - a benchmark prints, and looks now and then without telling what it measures

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

from bot import telemetry
from bot.bootstrap import running
from bot.storage import migrations
from bot.storage.unit_of_work import Database, Transaction
from tests.benchmarks.lumbar_at_work import settings_for, settle
from tests.benchmarks.null_api import null_api
from tests.benchmarks.table import print_table

WORDS = ("/routine", "done", "done", "done", "done", "2")  # few enough that nobody's replies are a flood


def main(people: int = 1000) -> None:
    """Print updates per second and CPU milliseconds per update."""
    telemetry.configure(level="ERROR", log_format="json")
    with null_api(people, WORDS) as api, tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(api.url, f"sqlite:///{Path(folder) / 'bench.db'}", people))


async def _measure(url: str, database_url: str, people: int) -> None:
    updates = people * len(WORDS)
    database = Database(database_url)
    migrations.apply(database.engine)
    database.run_here(lambda tx: settle(tx, people))
    with mock.patch("bot.telegram.rate.CHAT_PER_SECOND", 1e9):
        wall, cpu = time.perf_counter(), time.process_time()
        async with running(settings_for(database_url, url)):
            started, started_cpu = time.perf_counter(), time.process_time()
            while await database.run(_handled) < updates:
                await asyncio.sleep(0.02)
            handled = time.perf_counter() - started
            while await database.run(_waiting):
                await asyncio.sleep(0.02)
            sent, sent_cpu = time.perf_counter() - started, time.process_time() - started_cpu
    letters, failed = database.run_here(_letters), database.run_here(_failed)
    database.close()
    print(f"{updates:,} updates of {people:,} people, {letters / updates:.2f} calls each, {failed} failed\n")
    print_table(
        ("backlog", "measured"),
        [
            ("start-up, seconds", f"{started - wall:.2f}"),
            ("start-up, CPU seconds", f"{started_cpu - cpu:.2f}"),
            ("updates handled and committed, a second", f"{updates / handled:,.0f}"),
            ("updates with all their replies sent, a second", f"{updates / sent:,.0f}"),
            ("CPU ms per update, its calls included", f"{sent_cpu / updates * 1000:.2f}"),
        ],
    )


def _handled(tx: Transaction) -> int:
    return int(tx.connection.exec_driver_sql("SELECT count(*) FROM inbox").scalar() or 0)


def _waiting(tx: Transaction) -> int:
    return sum(tx.waiting_letters().values())


def _letters(tx: Transaction) -> int:
    return int(tx.connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar() or 0)


def _failed(tx: Transaction) -> int:
    failed = "SELECT (SELECT count(failure) FROM inbox) + (SELECT count(*) FROM outbox WHERE status != 'sent')"
    return int(tx.connection.exec_driver_sql(failed).scalar() or 0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
