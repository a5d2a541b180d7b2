"""CPU per update: Lumbar beside the bare echo bots of PTB and aiogram, one after the other in the same run.

    python -m tests.benchmarks.bench_echo [people]

Each bot is a process of its own that polls the same backlog from `null_api`. CPU is that process's alone, user and
system, from its first update to its last reply; starting and warming up are not counted. The echo bots repeat what
they get and forget it. Lumbar triages every text, decides, and commits its answer to a durable SQLite file before it
acknowledges anything: once answering each person's one message (as the echo bots do), once taking everybody through a
routine, where each update also takes the buttons off the message before.
"""

# ruff: noqa: T201 - a benchmark prints

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.null_api import null_api
from tests.benchmarks.table import print_table
from tests.benchmarks.used_by import cpu_seconds, wait_until_at_rest

AIOGRAM = Path(sys.prefix) / "aiogram" / "bin" / "python"  # an environment that `make bench` makes
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Contestant:
    """A bot: how it is started (the server's address comes last), and what people say to it."""

    name: str
    command: Sequence[str | Path]
    texts: Sequence[str] = ("Good morning, I slept well",)


def contestants(folder: Path) -> list[Contestant]:
    """Name the bots that can be started here."""
    ptb = [sys.executable, "-m", "tests.benchmarks.echo_ptb"]
    lumbar = [sys.executable, "-m", "tests.benchmarks.lumbar_at_work"]
    found = [
        Contestant("Lumbar, one reply", [*lumbar, folder / "reply.db"]),
        Contestant("Lumbar, a routine", [*lumbar, folder / "routine.db"], ("/routine", "done", "done")),
        Contestant(f"PTB {version('python-telegram-bot')}, echo", ptb),
        Contestant("the same on our transport", [*ptb, "--aiohttp"]),
    ]
    if AIOGRAM.exists():
        found.append(Contestant(f"aiogram {_aiogram_version()}, echo", [AIOGRAM, HERE / "echo_aiogram.py"]))
    else:
        print("aiogram is not installed: `make bench` installs it into an environment of its own\n")
    return found


def main(people: int = 1000) -> None:
    """Print CPU milliseconds and updates per second for each bot."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [(one.name, *_measured(one, people)) for one in contestants(Path(folder))]
    print(f"{people} people, each text from everybody in turn; CPU of the bot's own process\n")
    print_table(("bot", "updates", "CPU ms per update", "updates/s"), rows)


def _measured(contestant: Contestant, people: int) -> tuple[str, str, str]:
    with null_api(people, contestant.texts, held=True) as api:
        process = subprocess.Popen([*contestant.command, api.url])
        try:
            api.wait_for("begun")
            wait_until_at_rest(process.pid)
            wall, cpu = time.perf_counter(), cpu_seconds(process.pid)
            api.release()
            api.wait_for("done")
            wall, cpu = time.perf_counter() - wall, cpu_seconds(process.pid) - cpu
        finally:
            process.kill()
            process.wait()
    updates = people * len(contestant.texts)
    return f"{updates:,}", f"{cpu / updates * 1000:.2f}", f"{updates / wall:,.0f}"


def _aiogram_version() -> str:
    shown = [str(AIOGRAM), "-c", "import aiogram; print(aiogram.__version__)"]
    return subprocess.run(shown, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
