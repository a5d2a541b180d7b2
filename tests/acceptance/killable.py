"""The real bot in a process of its own that kills itself (kill -9) around a transaction chosen by the test.

The test holds the sandbox and a `Trap` in shared memory; the bot runs through `bot.bootstrap.running` with a database
that counts the transactions that changed something. When the trap's count is spent, the process dies on the spot:
either just before that commit, when its letters and calls may already have left, or just after it, when nobody has
acted on it yet. `kept_running` starts the bot again, as the process manager would.

Processes come from a fork server that has imported everything already, so that a new life takes a fraction of a second.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from bot import telemetry
from bot.bootstrap import running
from bot.settings import load_settings
from bot.storage.unit_of_work import Database, Transaction
from bot.telegram import rate

TOKEN = "424242:a-token-that-only-the-sandbox-knows-of"

T = TypeVar("T")
CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload([__name__, "tests.acceptance.warm"])


class Trap:
    """Kills the bot around the n-th transaction that changes something, counted from `arm`; shared between processes.

    With `again`, every later life is counted anew and ends the same way, until the trap is taken away.
    """

    def __init__(self) -> None:
        self._left = CONTEXT.Value("i", 0)
        self._before_commit = CONTEXT.Value("b", 0)
        self._each_life = CONTEXT.Value("i", 0)

    def arm(self, nth: int, *, before_commit: bool, again: bool = False) -> None:
        """Strike at the n-th transaction from now on (1 is the next)."""
        self._before_commit.value = before_commit
        self._each_life.value = nth if again else 0
        self._left.value = nth

    def take_away(self) -> None:
        """Strike no more."""
        self._left.value = self._each_life.value = 0

    def begin_life(self) -> None:
        """Start counting anew in a new process, where that was asked for."""
        if self._each_life.value:
            self._left.value = self._each_life.value

    @property
    def has_struck(self) -> bool:
        """Whether the count is spent."""
        return bool(self._left.value == 0)

    def count(self) -> bool:
        """Count one transaction; tell whether it is the one."""
        with self._left.get_lock():
            if self._left.value == 0:
                return False
            self._left.value -= 1
            return bool(self._left.value == 0)

    @property
    def is_before_commit(self) -> bool:
        """Whether to strike before the commit rather than after it."""
        return bool(self._before_commit.value)


class KillableDatabase(Database):
    """A database whose trap kills the process around a commit."""

    def __init__(self, url: str, trap: Trap) -> None:
        super().__init__(url)
        self._trap = trap

    def run_here(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction, unless the trap strikes."""
        strikes = False

        def watched(tx: Transaction) -> T:
            nonlocal strikes
            before = _changes(tx)
            result = work(tx)
            strikes = _changes(tx) != before and self._trap.count()
            if strikes and self._trap.is_before_commit:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        result = super().run_here(watched)
        if strikes:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


@dataclass(slots=True)
class Lives:
    """How often the bot has been killed."""

    deaths: int = 0


@asynccontextmanager
async def kept_running(address: str, database: Path, trap: Trap) -> AsyncIterator[Lives]:
    """Keep the bot running, starting it again whenever it was killed; any other end fails the test."""
    lives = Lives()
    is_over = False
    process = CONTEXT.Process(target=_live, args=(address, database, trap), daemon=True)

    async def keep() -> None:
        nonlocal process
        while True:
            await asyncio.to_thread(process.start)
            await asyncio.to_thread(process.join)
            if is_over:
                return
            assert process.exitcode == -signal.SIGKILL, f"the bot ended by itself with {process.exitcode}"
            lives.deaths += 1
            process = CONTEXT.Process(target=_live, args=(address, database, trap), daemon=True)

    async with asyncio.TaskGroup() as tasks:
        keeping = tasks.create_task(keep())
        try:
            yield lives
        finally:
            is_over = True
            while not keeping.done():
                if process.is_alive():
                    process.kill()
                await asyncio.wait({keeping}, timeout=0.05)


def _changes(tx: Transaction) -> int:
    changes: int = tx.connection.connection.driver_connection.total_changes  # type: ignore[union-attr]
    return changes


def _live(address: str, database: Path, trap: Trap) -> None:
    telemetry.configure(level="ERROR", log_format="json")
    setattr(rate, "CHAT_PER_SECOND", 1_000.0)  # noqa: B010 - production's limit; a test talks faster than a person
    setattr(rate, "CHAT_BURST", 1_000)  # noqa: B010 - as above
    trap.begin_life()
    asyncio.run(_run(address, database, trap))


async def _run(address: str, database: Path, trap: Trap) -> None:
    settings = load_settings(
        env_file=None,
        telegram_bot_token=TOKEN,
        telegram_api_url=address,
        database_url=f"sqlite:///{database}",
        allow_paid_broadcast=True,
        messages_per_second=1_000,  # a new life begins slowly, and these lives are short
    )
    async with running(settings, open_database=lambda url: KillableDatabase(url, trap)):
        await asyncio.Event().wait()
