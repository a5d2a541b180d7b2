"""Reminders: claiming what is due among many that are not, and a burst of them through the relay, on both engines.

    python -m tests.benchmarks.bench_reminders [due] [stored]

The claim is the scheduler's own job with the real content, letters, notes and next due times included, in durable
transactions; beside it the longest time the event loop did not turn. The burst is the real relay and gateway at
Telegram's highest rate, 1,000 a second, against the server of `bench_transport` that answers after 50 ms. CPU is this
process's alone. SQLite syncs every commit to the disk; the tests' own PostgreSQL does not (`tests/postgres.py`).
"""

# ruff: noqa: T201, ASYNC110 - a benchmark prints, and looks now and then without telling what it measures

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot import telemetry
from bot.bootstrap import SystemClock, assemble_knowledge
from bot.catalog import load_catalog
from bot.processes import Work
from bot.settings import load_settings
from bot.storage import migrations
from bot.storage.unit_of_work import Database, Transaction
from bot.telegram.gateway import Gateway
from bot.telegram.relay import Relay
from bot.usecases.knowledge import Knowledge
from bot.zones import ZoneFinder
from tests.benchmarks.event_loop import watched
from tests.benchmarks.stored_people import DUE_AT, store
from tests.benchmarks.table import print_table
from tests.postgres import PostgresServer

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFa"
GRACE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class JustDue:
    """A clock that stands a second after everybody's reminder was due."""

    def now(self) -> datetime:
        """Return that instant."""
        return DUE_AT + timedelta(seconds=1)


def main(due: int = 10_000, stored: int = 1_000_000) -> None:
    """Print seconds for the claim, and messages per second and CPU for the burst."""
    telemetry.configure(level="ERROR", log_format="json")
    knowledge = _knowledge()
    claims, bursts = [], []
    with _bot_api() as url, _engines() as engines:
        for engine, database_url in engines.items():
            database = Database(database_url)
            migrations.apply(database.engine)
            store(database, due=due, stored=stored)
            claims.append((engine, *asyncio.run(_claim(database, knowledge, due))))
            bursts.append((engine, *asyncio.run(_burst(database, url, due))))
            database.close()
    print(f"claim of {due:,} due among {stored:,} stored\n")
    print_table(("engine", "seconds", "CPU µs each", "loop stalled, ms"), claims)
    print(f"burst of {due:,} through one relay, 50 ms round trip\n")
    print_table(("engine", "reminders/s", "CPU ms each"), bursts)


async def _claim(database: Database, knowledge: Knowledge, due: int) -> tuple[str, str, str]:
    work = Work(database, knowledge, JustDue(), grace=GRACE, wake_relay=lambda: None, ticked=lambda: None)
    wall, cpu = time.perf_counter(), time.process_time()
    async with watched() as stall:
        await work.claim_reminders()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    queued = await database.run(_waiting)
    assert queued == due, queued
    return f"{wall:.2f}", f"{cpu / due * 1e6:.0f}", f"{stall.seconds * 1000:.0f}"


async def _burst(database: Database, url: str, due: int) -> tuple[str, str]:
    stop = asyncio.Event()
    async with Gateway(TOKEN, api_url=url) as gateway, asyncio.TaskGroup() as tasks:
        relay = Relay(
            run=database.run,
            send=gateway.call,
            clock=SystemClock(),
            per_second=1000,
            alone=True,
            allow_paid_broadcast=True,
        )
        wall, cpu = time.perf_counter(), time.process_time()
        tasks.create_task(relay.run(stop))
        while await database.run(_waiting):
            await asyncio.sleep(0.05)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        stop.set()
    return f"{due / wall:,.0f}", f"{cpu / due * 1000:.2f}"


def _knowledge() -> Knowledge:
    settings = load_settings(env_file=None)
    zones = ZoneFinder.from_content(settings.content_dir)
    return assemble_knowledge(load_catalog(settings.content_dir), zones, settings, bot_username="lumbar_bot")


def _waiting(tx: Transaction) -> int:
    return sum(tx.waiting_letters().values())


@contextmanager
def _engines() -> Iterator[dict[str, str]]:
    """Name an empty database of each engine."""
    server = PostgresServer()
    try:
        with tempfile.TemporaryDirectory() as folder:
            yield {"SQLite": f"sqlite:///{Path(folder) / 'bench.db'}", "PostgreSQL": server.empty()}
    finally:
        server.close()


@contextmanager
def _bot_api() -> Iterator[str]:
    """Serve a Bot API a round trip away, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_transport", "--serve"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
