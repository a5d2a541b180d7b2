"""A backlog of updates after downtime: how many a second, and what each costs the bot's processor.

    python -m tests.benchmarks.bench_updates [people] [updates each]

A server in a process of its own stands in for Telegram: it hands out, 100 a poll, a backlog in which everybody goes
through the routine again and again, and answers every other call at once. The bot is the real one, through
`bot.bootstrap.running`, on a durable SQLite file, with Telegram's limits lifted. The clock stops when the last update
is acknowledged, and again when the last letter is sent. CPU is the bot's process alone. Everybody is set up before.
"""

# ruff: noqa: T201, ASYNC110 - a benchmark prints, and looks now and then without telling what it measures

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from datetime import time as wall_time
from pathlib import Path
from unittest import mock

from bot import telemetry
from bot.bootstrap import running
from bot.domain.chat import Chat, State
from bot.settings import load_settings
from bot.storage import migrations
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases.ports import StoredChat

TOKEN = "424242:a-token-that-only-the-benchmark-knows"
WORDS = ("/routine", "done", "done", "done", "done", "2")


def main(people: int = 500, each: int = 12) -> None:
    """Print updates per second and CPU milliseconds per update."""
    telemetry.configure(level="ERROR", log_format="json")
    server = subprocess.Popen(
        [sys.executable, "-m", __spec__.name, "--serve", str(people), str(each)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        url = f"http://127.0.0.1:{int(server.stdout.readline())}"
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_measure(url, f"sqlite:///{Path(folder) / 'bench.db'}", people * each, people))
    finally:
        server.terminate()
        server.wait()


async def _measure(url: str, database_url: str, updates: int, people: int) -> None:
    database = Database(database_url)
    migrations.apply(database.engine)
    database.run_here(lambda tx: _settle(tx, people))
    settings = load_settings(
        env_file=None,
        telegram_bot_token=TOKEN,
        telegram_api_url=url,
        database_url=database_url,
        messages_per_second=1_000,
        allow_paid_broadcast=True,
    )
    with mock.patch("bot.telegram.rate.CHAT_PER_SECOND", 1e9):
        wall, cpu = time.perf_counter(), time.process_time()
        async with running(settings):
            started, started_cpu = time.perf_counter(), time.process_time()
            while await database.run(_handled) < updates:
                await asyncio.sleep(0.02)
            handled = time.perf_counter() - started
            while await database.run(_waiting):
                await asyncio.sleep(0.02)
            sent, sent_cpu = time.perf_counter() - started, time.process_time() - started_cpu
    letters = database.run_here(_letters)
    failed = database.run_here(_failed)
    database.close()
    print(f"start-up {started - wall:.2f} s, CPU {started_cpu - cpu:.2f} s")
    print(f"{updates} updates of {people} people: handled at {updates / handled:.0f}/s, {failed} failed")
    print(f"{letters} calls sent at {letters / sent:.0f}/s, so the backlog with its replies at {updates / sent:.0f}/s")
    print(f"{sent_cpu / updates * 1000:.2f} ms CPU per update with its replies, {letters / updates:.2f} calls each")


def _settle(tx: Transaction, people: int) -> None:
    now = datetime.now(UTC)
    for chat_id in range(1, people + 1):
        chat = Chat(
            chat_id=chat_id,
            language="en",
            state=State.IDLE,
            consented_at=now,
            zone="America/New_York",
            reminder_time=wall_time(7, 30),
        )
        tx.save_chat(StoredChat(chat), now)


def _handled(tx: Transaction) -> int:
    return int(tx.connection.exec_driver_sql("SELECT count(*) FROM inbox").scalar() or 0)


def _waiting(tx: Transaction) -> int:
    return int(tx.connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE settled_at IS NULL").scalar() or 0)


def _letters(tx: Transaction) -> int:
    return int(tx.connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar() or 0)


def _failed(tx: Transaction) -> int:
    failed = "SELECT (SELECT count(failure) FROM inbox) + (SELECT count(*) FROM outbox WHERE status != 'sent')"
    return int(tx.connection.exec_driver_sql(failed).scalar() or 0)


class _Backlog(asyncio.Protocol):
    """Hands out the updates that are left, and agrees to everything else."""

    updates: list[dict[str, object]]

    def __init__(self) -> None:
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, separator, body = self._received.partition(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        if separator and len(body) >= length:
            self._received = b""
            self._reply(head.split(b" ", 2)[1].rsplit(b"/", 1)[-1].decode(), body)

    def _reply(self, method: str, body: bytes) -> None:
        result: object = {"message_id": 42, "date": 1760000000, "chat": {"id": 5, "type": "private"}}
        if method == "getMe":
            result = {"id": 424242, "is_bot": True, "first_name": "Lumbar", "username": "lumbar_bot"}
        elif method == "getUpdates":
            offset = int(json.loads(body).get("offset", 1))
            result = self.updates[offset - 1 : offset + 99]
            if not result:
                asyncio.get_running_loop().call_later(1, self._answer, result)
                return
        self._answer(result)

    def _answer(self, result: object) -> None:
        if self._transport is not None and not self._transport.is_closing():
            body = json.dumps({"ok": True, "result": result}).encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            self._transport.write(head.encode() + body)


def _backlog(people: int, each: int) -> list[dict[str, object]]:
    updates: list[dict[str, object]] = []
    for turn in range(each):
        for chat_id in range(1, people + 1):
            person = {"id": chat_id, "is_bot": False, "first_name": "Zoe", "language_code": "en"}
            message = {
                "message_id": turn + 1,
                "date": 1760000000,
                "from": person,
                "chat": {"id": chat_id, "type": "private", "first_name": "Zoe"},
                "text": WORDS[turn % len(WORDS)],
            }
            updates.append({"update_id": len(updates) + 1, "message": message})
    return updates


async def _serve(people: int, each: int) -> None:
    _Backlog.updates = _backlog(people, each)
    server = await asyncio.get_running_loop().create_server(_Backlog, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        asyncio.run(_serve(*map(int, sys.argv[2:])))
    else:
        main(*map(int, sys.argv[1:]))
