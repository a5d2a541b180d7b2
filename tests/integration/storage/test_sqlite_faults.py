"""SQLite's bad days: killed while it commits, power cut, disk full, not writable, locked, damaged.

Each ends in recovery or in one line that says what to do; what was committed is there, and nothing is there by half.
"""

import os
import pwd
import resource
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from bot.storage import migrations
from bot.storage.unit_of_work import Database, DatabaseUnavailable, Transaction
from bot.usecases.ports import StorageFailed
from tests.integration.storage.committing import one_person

REPOSITORY = Path(__file__).parents[3]
PAGE_BYTES = 4096


def add(database: Database, *people: int) -> None:
    """Store people, each in a transaction of their own."""
    for number in people:
        database.run_here(partial(one_person, number=number))


def whole(path: Path) -> int:
    """Return how many people a database holds, numbered from 1, after making sure that none is there by half."""
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        tables = {"chat": "chat_id", "inbox": "update_id", "outbox": "chat_id"}
        found = [
            [row[0] for row in file.execute(f"SELECT {column} FROM {table} ORDER BY 1")]  # noqa: S608 - our own names
            for table, column in tables.items()
        ]
    assert found[0] == found[1] == found[2] == list(range(1, len(found[0]) + 1))
    return len(found[0])


@pytest.fixture
def path(empty_sqlite_url: str) -> Path:
    """Return the database's file."""
    return Path(empty_sqlite_url.removeprefix("sqlite:///"))


def test_a_kill_loses_nothing_that_was_committed(sqlite: Database, path: Path, empty_sqlite_url: str) -> None:
    """Killed again and again: every commit that returned is there, and the one under way whole or not at all."""
    sqlite.close()
    stored_people = 0
    for commits in (1, 20, 57):
        program = [sys.executable, "-m", "tests.integration.storage.committing", empty_sqlite_url]
        with Popen([*program, str(stored_people + 1)], stdout=PIPE, text=True, cwd=REPOSITORY) as process:
            assert process.stdout is not None
            for _ in range(commits):
                process.stdout.readline()
            process.kill()
            said = stored_people + commits + len(process.stdout.read().splitlines())
        stored_people = whole(path)
        assert stored_people in {said, said + 1}


def test_a_power_cut_in_the_middle_of_a_write_costs_that_write_alone(
    sqlite: Database, path: Path, tmp_path: Path
) -> None:
    """Wherever the last commit is torn off in the log: those before it are there, and it is there whole or not."""
    add(sqlite, 1, 2, 3)
    log = Path(f"{path}-wal")
    before = log.stat().st_size
    add(sqlite, 4)
    after = log.stat().st_size
    found = set()
    for size in {*range(before, after, 1000), after - 1, after}:
        crashed = tmp_path / f"{size}.db"
        shutil.copy(path, crashed)
        Path(f"{crashed}-wal").write_bytes(log.read_bytes()[:size] + b"\xff" * 500)
        found.add((whole(crashed), size == after))
    assert found == {(3, False), (4, True)}


@contextmanager
def room_for(limit_bytes: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_stops_commits_and_loses_none(sqlite: Database, path: Path) -> None:
    """Whoever could not be stored is told so in words; with space again the bot goes on by itself."""
    add(sqlite, 1)
    with room_for(Path(f"{path}-wal").stat().st_size + 20 * PAGE_BYTES):
        with pytest.raises(DatabaseUnavailable, match=r"lumbar\.db in .*: the disk .*make space"):
            add(sqlite, *range(2, 1000))
        stored_people = whole(path)
        with pytest.raises(StorageFailed):
            add(sqlite, stored_people + 1)
    assert 1 < whole(path) == stored_people
    add(sqlite, stored_people + 1)
    assert whole(path) == stored_people + 1


@contextmanager
def as_somebody_else(folder: Path) -> Iterator[None]:
    """Act as an account that may read `folder` and not write it; root may write anything."""
    for path in (folder, *folder.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


def test_a_file_that_may_not_be_written_is_told_at_the_start() -> None:
    """A volume mounted read-only, or the wrong account: the line names the file and the remedy."""
    folder = Path(tempfile.mkdtemp())  # pytest's own folders are closed to other accounts
    try:
        database = Database(f"sqlite:///{folder / 'lumbar.db'}")
        migrations.apply(database.engine)
        database.close()
        with as_somebody_else(folder), pytest.raises(DatabaseUnavailable, match=r"^DATABASE_URL: .*writ(able|ten)"):
            Database(f"sqlite:///{folder / 'lumbar.db'}")
        assert whole(folder / "lumbar.db") == 0
    finally:
        shutil.rmtree(folder)


def test_a_file_that_somebody_else_keeps_locked_is_told(sqlite: Database, path: Path) -> None:
    """A database browser with an open transaction: nothing is stored, everything goes on when it lets go."""
    impatient = Database(f"sqlite:///{path}?timeout=0")
    with closing(sqlite3.connect(path, isolation_level=None)) as browser:
        browser.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseUnavailable, match="another program keeps it locked: stop"):
            add(impatient, 1)
        browser.execute("ROLLBACK")
    add(impatient, 1)
    impatient.close()
    sqlite.close()
    assert whole(path) == 1


@pytest.mark.parametrize("is_cut_off", [False, True], ids=["no database", "cut off"])
def test_a_file_that_is_damaged_is_told_at_the_start(sqlite: Database, path: Path, *, is_cut_off: bool) -> None:
    """The line names the way back, and the file stays as it is."""
    sqlite.close()
    damaged = path.read_bytes()[: 2 * PAGE_BYTES] if is_cut_off else b"dear diary" * 1000
    path.write_bytes(damaged)
    with pytest.raises(DatabaseUnavailable, match=r"it is damaged.* bring back a backup with `lumbar restore FILE`"):
        Database(f"sqlite:///{path}")
    assert path.read_bytes() == damaged


@pytest.mark.parametrize("garbage", [b"\x00", b"\xff"])
def test_damage_is_told_and_not_taken_for_an_empty_chat(sqlite: Database, path: Path, garbage: bytes) -> None:
    """Reading a damaged page is the storage's error: nobody is greeted as a stranger, no update acknowledged."""
    add(sqlite, 1)
    with sqlite.engine.connect() as connection:
        page = connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'chat'").scalar_one()
    sqlite.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE_BYTES)
        file.write(garbage * PAGE_BYTES)
    damaged = Database(f"sqlite:///{path}")
    for work in (Transaction.load_chat, one_person):
        with pytest.raises(DatabaseUnavailable, match="it is damaged: stop the bot and bring back a backup"):
            damaged.run_here(lambda tx, work=work: work(tx, 2))  # type: ignore[misc]
    damaged.close()
