"""The real program in a process of its own, in a checkout of its own, with nothing in its environment.

The checkout is a copy, so that its `.env`, its content and its `lumbar.db` are the test's. What a program leaves in the
temporary folder is seen, because that folder is its own as well.

A process takes seconds of a machine. What needs none of its own, no signal and no log, is `typed` in the test's.
"""

import asyncio
import gc
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from bot.__main__ import app
from bot.settings import CHECKOUT, Settings

PATIENCE_SECONDS = 60  # for a machine that is busy with other things


@dataclass(frozen=True, slots=True)
class Ended:
    """What a program left: its exit code and what it wrote."""

    code: int | None
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Running:
    """A program at work."""

    process: asyncio.subprocess.Process

    async def line(self) -> str:
        """Wait for its next line on standard output; empty when there will be none."""
        assert self.process.stdout is not None
        return (await asyncio.wait_for(self.process.stdout.readline(), PATIENCE_SECONDS)).decode().rstrip("\n")

    async def end(self, number: signal.Signals | None = None) -> Ended:
        """Send a signal, if any, and wait for its end."""
        if number is not None:
            self.process.send_signal(number)
        out, err = await asyncio.wait_for(self.process.communicate(), PATIENCE_SECONDS)
        return Ended(self.process.returncode, out.decode(), err.decode())


@dataclass(frozen=True, slots=True)
class Program:
    """`lumbar` in its checkout; `temporary` is where it may put temporary files."""

    checkout: Path
    temporary: Path

    def environment(self, **variables: str) -> dict[str, str]:
        """Return what a process needs and these variables, nothing else of the machine the tests run on."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
        return {**kept, "TMPDIR": str(self.temporary), **variables}

    def command(self, *arguments: str) -> list[str]:
        """Return the command line."""
        return [sys.executable, "-m", "bot", *arguments]

    @asynccontextmanager
    async def running(self, *arguments: str, **variables: str) -> AsyncIterator[Running]:
        """Run the program while the context lasts; one that still runs afterwards is killed."""
        process = await asyncio.create_subprocess_exec(
            *self.command(*arguments),
            cwd=self.checkout,
            env=self.environment(**variables),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            yield Running(process)
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()

    async def ends(self, *arguments: str, **variables: str) -> Ended:
        """Run the program to its end."""
        async with self.running(*arguments, **variables) as running:
            return await running.end()


def typed(*arguments: str, given: str = "", **variables: str) -> Ended:
    """Run a command that serves nothing in this very process, with these settings alone in its environment."""
    unset = dict.fromkeys(name for name in os.environ if name.lower() in Settings.model_fields)
    gc.disable()  # what is read stays until the command ends
    try:
        done = CliRunner().invoke(app, arguments, input=given, env={**unset, **variables}, prog_name="lumbar")
    finally:
        gc.enable()
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ended(done.exit_code, done.stdout, done.stderr)


def copy_checkout(to: Path) -> Path:
    """Copy what the program needs; compiled modules come along, so that it starts as fast as the original."""
    for folder in ("bot", "content"):
        shutil.copytree(CHECKOUT / folder, to / folder)
    return to
