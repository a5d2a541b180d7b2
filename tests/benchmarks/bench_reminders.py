"""Reminders: claiming what is due among many that are not, and a burst of them through the relay.

    python -m tests.benchmarks.bench_reminders [due] [stored]

The claim is `usecases.reminders.claim_due` in batches of 500, one durable transaction each, letters, notes and next due
times included, with the real content. The burst is the real relay and gateway, limits lifted, against the server of
`bench_transport` in a process of its own that answers after 50 ms. CPU is this process's alone.
"""

# ruff: noqa: T201, ASYNC110 - a benchmark prints, and looks now and then without telling what it measures

import asyncio
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot import telemetry
from bot.bootstrap import CLAIM_BATCH, SystemClock, assemble_knowledge
from bot.catalog import load_catalog
from bot.domain.chat import Chat, State
from bot.settings import load_settings
from bot.storage import migrations
from bot.storage import tables as t
from bot.storage.unit_of_work import Database, Transaction
from bot.storage.values import chat_to_row
from bot.telegram.gateway import Gateway
from bot.telegram.relay import Relay
from bot.usecases import reminders
from bot.usecases.knowledge import Knowledge
from bot.zones import ZoneFinder

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFa"
DUE_AT = datetime.now(UTC).replace(second=0, microsecond=0)
ZONES = ("America/New_York", "Europe/Madrid", "Asia/Kathmandu", "Australia/Lord_Howe")
GRACE = timedelta(hours=2)


def main(due: int = 10_000, stored: int = 1_000_000) -> None:
    """Print seconds for the claim, and messages per second and CPU for the burst."""
    telemetry.configure(level="ERROR", log_format="json")
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrations.apply(database.engine)
        database.run_here(lambda tx: _fill(tx, due, stored))
        _claim(database, due, stored)
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.bench_transport", "--serve"], stdout=subprocess.PIPE, text=True
        )
        try:
            assert server.stdout is not None
            asyncio.run(_burst(database, f"http://127.0.0.1:{int(server.stdout.readline())}", due))
        finally:
            server.terminate()
            server.wait()
            database.close()


def _fill(tx: Transaction, due: int, stored: int) -> None:
    """Store people whose reminder is due now, and many more whose reminder is due tomorrow."""
    for first in range(0, stored, 10_000):
        ids = range(first + 1, min(first + 10_000, stored) + 1)
        extra = {"live_key": None, "blocked_at": None, "changed_at": DUE_AT}
        tx.connection.execute(insert(t.chat), [chat_to_row(_chat(chat_id)) | extra for chat_id in ids])
        rows = [
            {
                "chat_id": chat_id,
                "kind": reminders.DAILY,
                "next_due_at": DUE_AT if chat_id * due % stored < due else DUE_AT + timedelta(days=1),
            }
            for chat_id in ids
        ]
        tx.connection.execute(insert(t.reminder), rows)


def _chat(chat_id: int) -> Chat:
    zone = ZONES[chat_id % len(ZONES)]
    local = DUE_AT.astimezone(ZoneInfo(zone))
    return Chat(
        chat_id=chat_id,
        language="en",
        state=State.IDLE,
        consented_at=DUE_AT,
        zone=zone,
        reminder_time=local.time(),
    )


def _knowledge() -> Knowledge:
    settings = load_settings(env_file=None)
    zones = ZoneFinder.from_content(settings.content_dir)
    return assemble_knowledge(load_catalog(settings.content_dir), zones, settings, bot_username="lumbar_bot")


def _claim(database: Database, due: int, stored: int) -> None:
    knowledge = _knowledge()
    claimed, longest = 0, 0.0
    started, cpu = time.perf_counter(), time.process_time()
    while True:
        batch_started = time.perf_counter()
        batch = database.run_here(
            lambda tx: reminders.claim_due(
                tx, now=DUE_AT + timedelta(seconds=1), limit=CLAIM_BATCH, grace=GRACE, knowledge=knowledge
            )
        )
        longest = max(longest, time.perf_counter() - batch_started)
        claimed += batch
        if batch < CLAIM_BATCH:
            break
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    queued = database.run_here(_waiting)
    assert queued == claimed == due, (queued, claimed)
    print(f"claimed {claimed} due among {stored} stored in {seconds:.2f} s ({cpu / claimed * 1e6:.0f} µs CPU each)")
    print(f"longest of the {claimed // CLAIM_BATCH} transactions: {longest * 1000:.0f} ms, off the event loop")


async def _burst(database: Database, url: str, due: int) -> None:
    stop = asyncio.Event()
    async with Gateway(TOKEN, api_url=url) as gateway, asyncio.TaskGroup() as tasks:
        relay = Relay(run=database.run, send=gateway.call, clock=SystemClock(), per_second=100_000, alone=True)
        started, cpu = time.perf_counter(), time.process_time()
        tasks.create_task(relay.run(stop))
        while await database.run(_waiting):
            await asyncio.sleep(0.05)
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        stop.set()
    print(f"sent {due} reminders in {seconds:.1f} s: {due / seconds:.0f}/s, {cpu / due * 1000:.2f} ms CPU each")


def _waiting(tx: Transaction) -> int:
    return int(tx.connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE settled_at IS NULL").scalar() or 0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
