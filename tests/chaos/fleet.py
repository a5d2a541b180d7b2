"""The bot's processes in a storm: started, killed, stopped and started again, as a process manager would.

They come from a fork server that has read everything already, and run `bot.bootstrap.running` as `lumbar` does. The
clock they go by is the machine's plus an offset that they share with the sandbox. A chat may be written to faster than
Telegram allows, because the people here answer faster than people do.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from random import Random
from typing import Any

from bot import telemetry
from bot.bootstrap import running
from bot.processes import Command
from bot.settings import load_settings
from bot.storage.faults import DatabaseUnavailable
from bot.telegram import rate
from tests.acceptance.killable import CONTEXT, TOKEN

_NO_DATABASE = os.EX_TEMPFAIL


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bot lives: the sandbox, the database, the webhook's port (None: it polls), and the clock's offset."""

    address: str
    database_url: str
    port: int | None
    offset: Any


class SharedClock:
    """The machine's clock plus seconds that other processes turn."""

    def __init__(self, offset: Any) -> None:
        self._offset = offset

    def now(self) -> datetime:
        """Return the present moment, aware, UTC."""
        return datetime.now(UTC) + timedelta(seconds=self._offset.value)


class Fleet:
    """The processes of one bot, each kept running."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._processes: dict[str, BaseProcess] = {}
        self.starts = 0

    @asynccontextmanager
    async def at_sea(self, commands: dict[str, Command]) -> AsyncIterator[None]:
        """Keep a process of each name running while the context is open; one that ends by itself fails the test.

        One that finds no database as it starts, for that is being restarted as well, is started again.
        """
        is_over = False

        async def keep(name: str, command: Command) -> None:
            while not is_over:
                process = CONTEXT.Process(target=_live, args=(self._place, command), daemon=True)
                process.start()  # not in a thread: it looks after the others' ends, and two that look take one for lost
                self._processes[name] = process
                self.starts += 1
                await _ended(process)
                if not is_over and process.exitcode not in {-signal.SIGKILL, _NO_DATABASE}:
                    raise RuntimeError(f"{name} ended by itself with {process.exitcode}")

        async with asyncio.TaskGroup() as tasks:
            keepers = [tasks.create_task(keep(name, command)) for name, command in commands.items()]
            try:
                yield
            finally:
                is_over = True
                while not all(keeper.done() for keeper in keepers):
                    for process in self._processes.values():
                        if process.is_alive():
                            process.kill()
                    await asyncio.wait(keepers, timeout=0.05)

    def kill_one(self, random: Random) -> bool:
        """Kill a process that runs; False when none does just now. None is killed twice."""
        alive = [name for name, process in sorted(self._processes.items()) if process.is_alive()]
        if alive:
            self._processes.pop(random.choice(alive)).kill()
        return bool(alive)

    def stop(self, name: str) -> int | None:
        """Stop a process as SIGSTOP does; return its id, None when it does not run just now."""
        process = self._processes.get(name)
        if process is None or not process.is_alive() or process.pid is None:
            return None
        os.kill(process.pid, signal.SIGSTOP)
        return process.pid


async def _ended(process: BaseProcess) -> None:
    """Wait for the end of a process without a thread of its own."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(process.sentinel, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(process.sentinel)
    process.join()


def _live(place: Place, command: Command) -> None:
    telemetry.configure(level="CRITICAL", log_format="json")
    setattr(rate, "CHAT_PER_SECOND", 1_000.0)  # noqa: B010 - a constant of production
    setattr(rate, "CHAT_BURST", 1_000)  # noqa: B010 - as above
    asyncio.run(_run(place, command))


async def _run(place: Place, command: Command) -> None:
    settings = load_settings(
        env_file=None,
        telegram_bot_token=TOKEN,
        telegram_api_url=place.address,
        database_url=place.database_url,
        public_url=None if place.port is None else f"http://127.0.0.1:{place.port}",
        port=place.port if command is Command.WEB else None,
        allow_paid_broadcast=True,
        messages_per_second=1_000,
    )
    async with AsyncExitStack() as closing:
        try:
            await closing.enter_async_context(running(settings, command, clock=SharedClock(place.offset)))
        except DatabaseUnavailable:
            sys.exit(_NO_DATABASE)
        await asyncio.Event().wait()
