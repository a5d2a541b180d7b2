"""How a process ends: in peace within seconds, at once for the impatient, and safe either way."""

import asyncio
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send
from structlog.testing import capture_logs

from bot import processes
from bot.bootstrap import SystemClock
from bot.processes import Parts, Work, at_work
from bot.sandbox.server import Sandbox
from bot.stopping import EXIT_AT_ONCE
from bot.storage import migrations
from bot.storage.unit_of_work import Database, Transaction
from bot.telegram.gateway import Gateway
from bot.telegram.intake import Intake
from bot.telegram.receiver import Receiver
from bot.usecases.inbox import QueryAnswer
from bot.usecases.incoming import Incoming
from tests.acceptance.person import Person, text_of
from tests.integration.program import PATIENCE_SECONDS, Program, Running, copy_checkout
from tests.integration.storage.samples import stored
from tests.knowledge import the_knowledge

TOKEN = "424242:a-token-that-only-the-sandbox-knows-of"

T = TypeVar("T")


@dataclass(slots=True)
class Stalling:
    """A sandbox where sending takes as long as the test wants."""

    app: ASGIApp
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, at once or when the test lets go."""
        if "/send" in scope["path"]:
            self.arrived.set()
            await self.let_go.wait()
        await self.app(scope, receive, send)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One checkout for all tests; they leave it as it was."""
    return copy_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture
def lumbar(checkout: Path, tmp_path: Path) -> Iterator[Program]:
    """Return the program."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    yield Program(checkout, temporary)
    assert list(temporary.iterdir()) == []


@pytest.fixture
async def stalling() -> AsyncIterator[tuple[str, Stalling]]:
    """Serve a sandbox that stalls; yield its address and the stall."""
    sandbox = Sandbox(token=TOKEN)
    stall = Stalling(sandbox.app)
    sandbox.app = stall  # type: ignore[assignment]  # served all the same
    async with sandbox.serve() as address:
        yield address, stall
        stall.let_go.set()


def variables(address: str, tmp_path: Path) -> dict[str, str]:
    """Return what the program needs to know."""
    database_url = f"sqlite:///{tmp_path / 'lumbar.db'}"
    return {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": address, "DATABASE_URL": database_url}


def statuses(tmp_path: Path) -> set[str]:
    """Read how the letters stand."""
    with closing(sqlite3.connect(tmp_path / "lumbar.db")) as database:
        return {status for (status,) in database.execute("SELECT status FROM outbox")}


async def greet(ada: Person, stall: Stalling) -> None:
    """Write to the bot and wait until its answer is under way."""
    await ada.say("/start")
    await asyncio.wait_for(stall.arrived.wait(), PATIENCE_SECONDS)


async def test_a_call_under_way_is_finished(lumbar: Program, tmp_path: Path, stalling: tuple[str, Stalling]) -> None:
    """Told to stop, the process waits for Telegram's answer and records it before it goes."""
    address, stall = stalling
    async with lumbar.running("run", **variables(address, tmp_path)) as bot, await Person.create(address) as ada:
        await greet(ada, stall)
        bot.process.send_signal(signal.SIGTERM)
        while '"stopping"' not in await bot.line():
            pass
        stall.let_go.set()
        ended = await bot.end()
    assert (ended.code, ended.err) == (0, "")
    assert statuses(tmp_path) == {"sent"}


async def test_a_second_signal_stops_at_once_and_loses_nothing(
    lumbar: Program, tmp_path: Path, stalling: tuple[str, Stalling]
) -> None:
    """The impatient get their way; the next process sends what was under way, twice at most."""
    address, stall = stalling
    async with await Person.create(address) as ada:
        async with lumbar.running("run", **variables(address, tmp_path)) as bot:
            await greet(ada, stall)
            bot.process.send_signal(signal.SIGTERM)
            while '"stopping"' not in await bot.line():
                pass
            assert (await bot.end(signal.SIGTERM)).code == EXIT_AT_ONCE
        assert statuses(tmp_path) == {"sending"}
        stall.let_go.set()
        async with lumbar.running("run", **variables(address, tmp_path)) as bot:
            await ada.say("/privacy")
            await ada.wait_for("What is stored", PATIENCE_SECONDS)
            assert (await bot.end(signal.SIGTERM)).code == 0
        greetings = [text for message in await ada.messages() if "What I am not" in (text := text_of(message))]
    assert len(greetings) in {1, 2}
    assert statuses(tmp_path) == {"sent"}


STUBBORN = """
import asyncio, sys
from bot import stopping
stopping.LONGEST_STOP_SECONDS = {longest}
async def stubborn():
    asyncio.get_running_loop().add_reader(0, lambda: print(sys.stdin.readline().strip(), flush=True))
    print("ready", flush=True)
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            print("stopping", flush=True)
stopping.run_until_stopped(stubborn)
"""


@asynccontextmanager
async def stubborn(longest_stop_seconds: float) -> AsyncIterator[Running]:
    """Run a process that never stops by itself, and repeats every line it is told."""
    script = STUBBORN.format(longest=longest_stop_seconds)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        script,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    running = Running(process)
    assert await running.line() == "ready"
    yield running
    assert process.returncode == EXIT_AT_ONCE


async def test_a_process_that_cannot_stop_is_ended() -> None:
    """Whatever hangs, the process is gone before its manager loses patience."""
    async with stubborn(longest_stop_seconds=0.1) as program:
        await program.end(signal.SIGTERM)
    assert program.process.returncode == EXIT_AT_ONCE


async def test_one_ctrl_c_that_comes_twice_is_one() -> None:
    """A terminal's SIGINT and the process manager's SIGTERM a moment later are no impatience; another SIGINT is."""
    async with stubborn(longest_stop_seconds=60) as program:
        program.process.send_signal(signal.SIGINT)
        assert await program.line() == "stopping"
        program.process.send_signal(signal.SIGTERM)
        assert program.process.stdin is not None
        program.process.stdin.write(b"still there\n")
        assert await program.line() == "still there"
        await program.end(signal.SIGINT)


class Watched(Database):
    """A database that tells of each transaction."""

    told: Callable[[], None] = staticmethod(lambda: None)

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Run a transaction and tell of it."""
        result = await super().run(work)
        self.told()
        return result


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Watched]:
    """Return a database with tables."""
    opened = Watched(f"sqlite:///{tmp_path / 'lumbar.db'}")
    migrations.apply(opened.engine)
    yield opened
    opened.close()


@pytest.fixture
def work(database: Watched) -> Work:
    """Return the work of a process."""
    knowledge = the_knowledge()
    grace = timedelta(hours=2)
    return Work(database, knowledge, SystemClock(), grace=grace, wake_relay=lambda: None, ticked=lambda: None)


async def test_a_part_that_hangs_is_cut_short(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit that never comes back keeps no process alive; the update was not acknowledged and comes again."""
    monkeypatch.setattr(processes, "STOP_SECONDS", 0.05)
    stuck = asyncio.Event()

    async def commit(batch: list[Incoming], unreadable: list[int]) -> list[QueryAnswer]:
        assert batch
        assert not unreadable
        stuck.set()
        await asyncio.Event().wait()
        raise AssertionError

    async def listen(_: object, stop: asyncio.Event) -> None:
        await stop.wait()

    sandbox = Sandbox(token=TOKEN)
    async with sandbox.serve() as address, Gateway(TOKEN, api_url=address) as gateway:
        await gateway.who_am_i()
        intake = Intake(gateway, commit)
        parts = Parts(work, intake, Receiver(gateway, intake), relay=None, jobs=None, listen=listen)
        async with await Person.create(address) as ada:
            await ada.say("/start")
        with capture_logs() as logs:
            async with at_work(parts):
                await asyncio.wait_for(stuck.wait(), PATIENCE_SECONDS)
        assert sandbox.updates.pending_count == 1
    assert "stop_cut_short" in [line["event"] for line in logs]


async def test_a_long_claim_ends_with_its_present_transaction(
    work: Work, database: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of thousands that are due, the rest is the next process's: a stop waits for one batch."""
    monkeypatch.setattr(processes, "CLAIM_BATCH", 1)
    long_ago = datetime.now(UTC) - timedelta(minutes=1)

    def make_due(tx: Transaction) -> None:
        for chat_id in range(1, 4):
            tx.save_chat(stored(chat_id), long_ago)
            tx.set_due(chat_id, "daily", long_ago)

    database.run_here(make_due)
    database.told = work.stop_claiming
    await work.claim_reminders()
    with database.engine.connect() as connection:
        left = connection.exec_driver_sql("SELECT count(*) FROM reminder WHERE next_due_at <= ?", (long_ago,)).scalar()
    assert left == 2
