"""A burst of reminders on PostgreSQL with one process, with others standing by, and with webhooks taking updates.

    python -m tests.benchmarks.bench_processes [due]

Each process is the real program's (`lumbar worker`, `lumbar web`), over one PostgreSQL, at Telegram's highest rate and
50 ms round trip. When all are at work, so many people are stored whose reminder is due; the clock stops when the last
reminder is sent. In the third row other people write meanwhile, 20 a second to each of two webhooks, and the time from
a post to its 200, which is its commit, is taken. The tests' own PostgreSQL does not sync to the disk.
"""

# ruff: noqa: T201, ASYNC110 - a benchmark prints, and looks now and then without telling what it measures

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp

from bot.presentation.messages import Priority
from bot.storage import migrations
from bot.storage.unit_of_work import Database
from bot.web.webhook import secret_for
from tests.benchmarks.lumbar_at_work import TOKEN
from tests.benchmarks.null_api import null_api
from tests.benchmarks.stored_people import store
from tests.benchmarks.table import print_table
from tests.postgres import PostgresServer

SETUPS = {"one worker": (1, 0), "two more standing by": (3, 0), "and two webhooks, written to": (3, 2)}
POSTS_A_SECOND = 20
FIRST_WRITER = 10_000_000
_HEADERS = {"X-Telegram-Bot-Api-Secret-Token": secret_for(TOKEN)}


def main(due: int = 10_000) -> None:
    """Print reminders per second, and how soon updates were committed meanwhile."""
    server = PostgresServer()
    try:
        rows = []
        for name, (workers, webhooks) in SETUPS.items():
            url = server.empty()
            with null_api(round_trip_seconds=0.05) as api, _at_work(url, api.url, workers, webhooks) as ports:
                rows.append((name, *asyncio.run(_burst(url, due, ports))))
            server.drop(url)
    finally:
        server.close()
    print(f"burst of {due:,} on PostgreSQL, 50 ms round trip\n")
    print_table(("processes", "seconds", "reminders/s", "post to 200, median ms", "99 % under, ms"), rows)


@contextmanager
def _at_work(database_url: str, api_url: str, workers: int, webhooks: int) -> Iterator[list[int]]:
    """Run so many processes while the context is open; yield the ports of the webhooks."""
    database = Database(database_url)
    migrations.apply(database.engine)
    database.close()
    command = [sys.executable, "-m", "tests.benchmarks.lumbar_at_work", database_url, api_url]
    kinds = ["worker"] * workers + ["web"] * webhooks
    processes = [subprocess.Popen([*command, kind], stdout=subprocess.PIPE, text=True) for kind in kinds]
    try:
        said = [process.stdout.readline().strip() for process in processes if process.stdout is not None]
        yield [int(port) for port in said[workers:]]
    finally:
        for process in processes:
            process.kill()
            process.wait()


async def _burst(database_url: str, due: int, ports: list[int]) -> tuple[str, str, str, str]:
    database = Database(database_url)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        posting = tasks.create_task(_post(ports, stop))
        store(database, due=due, stored=due)
        began = time.perf_counter()
        while not (waiting := await _waiting(database)):
            await asyncio.sleep(0.02)
        while waiting:
            await asyncio.sleep(0.02)
            waiting = await _waiting(database)
        seconds = time.perf_counter() - began
        stop.set()
    database.close()
    taken = posting.result()
    shown = (f"{statistics.median(taken):.0f}", f"{statistics.quantiles(taken, n=100)[98]:.0f}") if taken else ("", "")
    return f"{seconds:.1f}", f"{due / seconds:,.0f}", *shown


async def _waiting(database: Database) -> int:
    return await database.run(lambda tx: tx.waiting_letters().get(Priority.REMINDER, 0))


async def _post(ports: list[int], stop: asyncio.Event) -> list[float]:
    """Post updates to each webhook until `stop`; return the milliseconds from each post to its 200."""
    taken: list[float] = []

    async def post(session: aiohttp.ClientSession, port: int, number: int) -> None:
        began = time.perf_counter()
        async with session.post(f"http://127.0.0.1:{port}/telegram", json=_update(number), headers=_HEADERS) as answer:
            assert answer.status == 200, await answer.text()
        taken.append((time.perf_counter() - began) * 1000)

    number = 0
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as posts:
        while ports and not stop.is_set():
            for port in ports:
                number += 1
                posts.create_task(post(session, port, number))
            await asyncio.sleep(1 / POSTS_A_SECOND)
    return taken


def _update(number: int) -> dict[str, object]:
    """Return somebody's first message; nobody writes twice."""
    person = {"id": FIRST_WRITER + number, "is_bot": False, "first_name": "Zoe", "language_code": "en"}
    chat = {"id": FIRST_WRITER + number, "type": "private", "first_name": "Zoe"}
    message = {"message_id": 1, "date": 1760000000, "from": person, "chat": chat, "text": "/start"}
    return {"update_id": number, "message": message}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
