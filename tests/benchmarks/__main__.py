"""All benchmarks, or those that are named; what they print goes into docs/benchmarks.md as well.

    python -m tests.benchmarks                      every one, as large as the bounds are
    python -m tests.benchmarks echo triage          these two
    python -m tests.benchmarks reminders 500 5000   one, with its own arguments: only printed

The page keeps for each benchmark a place between `<!-- bench: name -->` and `<!-- end -->`.
"""

# ruff: noqa: T201 - a benchmark prints

import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bot.progress_bar import progress_bar

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
MINUTES = {
    "transport": 2,
    "echo": 2,
    "reply": 1,
    "updates": 1,
    "reminders": 6,
    "processes": 2,
    "job_per_person": 3,
    "memory": 3,
    "triage": 1,
    "mini_app": 1,
}
LIBRARIES = ("python-telegram-bot", "aiohttp", "sqlalchemy", "apscheduler", "psycopg")


def main(*arguments: str) -> None:
    """Run benchmarks one after the other; what comes after a number is meant for one alone."""
    names = [name for name in arguments if name in MINUTES] or list(MINUTES)
    sizes = [argument for argument in arguments if argument not in MINUTES]
    done, total = 0, sum(MINUTES[name] for name in names)
    with progress_bar("bench") as tell:
        for name in names:
            tell(done, total)
            said = _said(name, sizes)
            print(f"== {name}\n\n{said}\n", flush=True)
            if not sizes:
                write(name, said)
            done += MINUTES[name]


def _said(name: str, sizes: list[str]) -> str:
    command = [sys.executable, "-m", f"tests.benchmarks.bench_{name}", *sizes]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def write(name: str, said: str) -> None:
    """Put what a benchmark printed into its place on the page; raises SystemExit where the page has none."""
    page = PAGE.read_text(encoding="utf-8")
    place = re.compile(rf"(<!-- bench: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    filled = f"{_circumstances()}\n\n{said}\n"
    written, places = place.subn(lambda found: found[1] + filled + found[2], page)
    if places != 1:
        raise SystemExit(f"lumbar: {PAGE} has {places} places for {name}: give it one `<!-- bench: {name} -->`.")
    PAGE.write_text(written, encoding="utf-8")


def _circumstances() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    load = os.getloadavg()[0]
    return (
        f"{datetime.now(UTC):%d %B %Y}, {os.cpu_count()} cores ({platform.machine()}), load {load:.1f}, Python "
        f"{platform.python_version()}, {libraries}:"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
