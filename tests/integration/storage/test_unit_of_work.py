"""Transactions: all or nothing, savepoints that fail alone, and a database set up to survive a power cut."""

import sqlite3
import stat
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.storage import migrations
from bot.storage.unit_of_work import Database, DatabaseUnavailable, Transaction
from bot.usecases.ports import StoredChat
from tests.integration.storage.samples import FULL_CHAT, NOW, stored


def chats(database: Database) -> list[int]:
    """Return the chats there are, through a connection of its own."""
    with database.engine.connect() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT chat_id FROM chat ORDER BY chat_id")]


def test_what_raises_leaves_nothing_behind(database: Database) -> None:
    """A transaction that raises is rolled back, and its error reaches the caller."""

    def work(tx: Transaction) -> None:
        tx.save_chat(stored(1), NOW)
        raise LookupError("on the way")

    with pytest.raises(LookupError):
        database.run_here(work)
    assert chats(database) == []


def test_a_savepoint_fails_alone(database: Database) -> None:
    """What is inside a savepoint that raises is undone; what came before and comes after is kept."""

    def work(tx: Transaction) -> None:
        tx.save_chat(stored(1), NOW)
        with suppress(LookupError), tx.savepoint():
            tx.save_chat(stored(2), NOW)
            raise LookupError("inside")
        with tx.savepoint():
            tx.save_chat(stored(3), NOW)

    database.run_here(work)
    assert chats(database) == [1, 3]


async def test_work_runs_off_the_loop_in_order(database: Database) -> None:
    """`run` hops to a thread and gives back what the work returned."""
    assert await database.run(lambda tx: tx.admit(1, NOW))
    assert not await database.run(lambda tx: tx.admit(1, NOW))


def test_a_naive_instant_is_refused(database: Database) -> None:
    """An instant without a zone is a bug and is not stored."""
    naive = datetime(2026, 5, 7, 11, 30)  # noqa: DTZ001 - the very thing that is refused
    with pytest.raises(ValueError, match="naive datetime"):
        database.run_here(lambda tx: tx.save_chat(stored(1), naive))


def test_sqlite_is_set_up_for_power_cuts(sqlite: Database) -> None:
    """WAL, synchronous FULL and foreign keys hold on every connection, and writers wait for each other."""
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 10_000}
    with sqlite.engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
    assert found == expected


def test_a_chat_comes_back_as_it_was_stored(database: Database) -> None:
    """Hold, session, doses and instants survive the way to the database and back."""
    full = StoredChat(FULL_CHAT, live_key="u1:0", blocked_at=NOW, changed_at=NOW)
    database.run_here(lambda tx: tx.save_chat(full, NOW))
    assert database.run_here(lambda tx: tx.load_chat(7)) == full
    database.run_here(lambda tx: tx.save_chat(stored(7), NOW))
    assert database.run_here(lambda tx: tx.load_chat(7)) == replace(stored(7), changed_at=NOW)
    assert database.run_here(lambda tx: tx.load_chat(8)) is None


def test_a_new_sqlite_file_is_its_owners_alone(empty_sqlite_url: str, tmp_path: Path) -> None:
    """Health data is not for other accounts of the machine, nor are the files SQLite puts beside it."""
    new = Database(empty_sqlite_url)
    migrations.apply(new.engine)
    new.run_here(lambda tx: tx.save_chat(stored(1), NOW))
    assert len(list(tmp_path.glob("lumbar.db*"))) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("lumbar.db*")} == {0o600}
    new.close()


def test_what_is_erased_stands_in_no_file(sqlite: Database, tmp_path: Path) -> None:
    """Neither the database nor its write-ahead log can be searched for somebody who is gone."""
    zone = b"America/New_York"
    sqlite.run_here(lambda tx: tx.save_chat(stored(1), NOW))
    assert any(zone in path.read_bytes() for path in tmp_path.glob("lumbar.db*"))
    sqlite.run_here(lambda tx: tx.erase_chat(1))
    assert not any(zone in path.read_bytes() for path in tmp_path.glob("lumbar.db*"))


def test_a_database_with_tables_of_somebody_else_is_one_line(tmp_path: Path) -> None:
    """What cannot be migrated is told in one line that says what to do."""
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE chat (x)")
    opened = Database(f"sqlite:///{path}")
    with pytest.raises(DatabaseUnavailable, match=r"^DATABASE_URL: .*\.$"):
        migrations.apply(opened.engine)
    opened.close()
