"""Memory and start-up of the whole bot, with a thousand people and with a million.

    python -m tests.benchmarks.bench_memory [people ...]

The bot is a process of its own on a SQLite file that holds so many people, with 500 reminders due at its start. Seconds
are counted until it first asks for updates; memory is what the process has resident (VmRSS) once the 500 are sent, and
the most it ever had (VmHWM).
"""

import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from bot.storage import migrations
from bot.storage.unit_of_work import Database
from tests.benchmarks.null_api import null_api
from tests.benchmarks.stored_people import store
from tests.benchmarks.table import print_table
from tests.benchmarks.used_by import cpu_seconds, mebibytes

DUE = 500
_LOOK_SECONDS = 0.1
_SENT = "SELECT count(*) FROM outbox WHERE status = 'sent'"


def main(*crowds: int) -> None:
    """Print a row for each number of people."""
    rows = [(f"{people:,} people", *_measured(people)) for people in crowds or (1_000, 1_000_000)]
    print_table(("stored", "database MB", "start, s", "its CPU, s", "VmRSS MiB", "VmHWM MiB"), rows)


def _measured(people: int) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory() as folder, null_api() as api:
        path = Path(folder) / "bench.db"
        database = Database(f"sqlite:///{path}")
        migrations.apply(database.engine)
        store(database, due=DUE, stored=people)
        database.close()
        megabytes = path.stat().st_size / 1e6
        began = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.lumbar_at_work", path, api.url])
        try:
            api.wait_for("begun")
            start, cpu = time.perf_counter() - began, cpu_seconds(process.pid)
            _wait_until_reminded(path)
            resident, most = (mebibytes(process.pid, field) for field in ("VmRSS", "VmHWM"))
        finally:
            process.kill()
            process.wait()
        return f"{megabytes:,.1f}", f"{start:.2f}", f"{cpu:.2f}", f"{resident:.0f}", f"{most:.0f}"


def _wait_until_reminded(path: Path) -> None:
    """Read as a bystander: a transaction of our own kind would hold up the bot."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        while database.execute(_SENT).fetchone() != (DUE,):
            time.sleep(_LOOK_SECONDS)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
