"""What is wrong with a database is told by its number: with a remedy, and without a word of what was being stored."""

import sqlite3

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from bot.storage import faults
from bot.usecases.ports import StorageFailed

SECRET = "Key (text)=(my back hurts)"
POSTGRESQL = make_url("postgresql+psycopg://lumbar:hunter2@db.example/lumbar")
SQLITE = make_url("sqlite:////srv/lumbar/lumbar.db")


@pytest.mark.parametrize(
    ("sqlstate", "remedy"),
    [
        ("53100", "full disk: make space"),
        ("53300", "no connection left: raise its max_connections"),
        ("25006", "read-only: name the primary"),
        ("55P03", "too long for a lock"),
        ("57014", "took too long over a statement"),
        ("57P01", "starting or stopping: wait"),
        ("40P01", "others stood in its way"),
        ("XX001", "bring back a backup with pg_restore"),
    ],
)
def test_a_fault_of_the_server_has_its_remedy(sqlstate: str, remedy: str) -> None:
    """One line; neither the password nor what the server quotes is in it, however often the error is wrapped."""
    error = errors.lookup(sqlstate)(SECRET)
    wrapped = StorageFailed()
    wrapped.__cause__ = OperationalError("INSERT", None, error)
    for one in (error, wrapped):
        assert faults.is_of_the_storage(one, psycopg)
        told = str(faults.explained(POSTGRESQL, one))
        assert remedy in told
        assert told.startswith("DATABASE_URL: ")
        assert "\n" not in told
        assert not any(secret in told for secret in ("hunter2", "hurts"))


@pytest.mark.parametrize("sqlstate", ["22P05", "22003", "23505", "23503", "42601", "21000"])
def test_a_value_the_server_refuses_is_no_fault_of_the_storage(sqlstate: str) -> None:
    """It fails the one update that brought it."""
    assert not faults.is_of_the_storage(errors.lookup(sqlstate)(SECRET), psycopg)


@pytest.mark.parametrize(
    ("sqlstate", "is_lost", "is_conflict"),
    [
        ("57P01", True, False),
        ("57P02", True, False),
        ("25P03", True, False),
        ("40P01", False, True),
        ("40001", False, True),
        ("53100", False, False),
        ("55P03", False, False),
        ("57014", False, False),
    ],
)
def test_only_what_may_succeed_at_once_is_run_again(sqlstate: str, *, is_lost: bool, is_conflict: bool) -> None:
    """A lost connection or a conflict; a full disk or a stuck lock is not hammered at."""
    error = errors.lookup(sqlstate)()
    assert (faults.has_lost_connection(error), faults.is_conflict(error)) == (is_lost, is_conflict)


def test_a_connection_that_broke_without_a_word_is_lost_and_a_refused_value_is_not() -> None:
    """The driver gives no number when nobody answered, nor when it will not send a value at all."""
    assert faults.has_lost_connection(psycopg.OperationalError("the connection is closed"))
    assert not faults.has_lost_connection(psycopg.DataError("text fields cannot contain NUL"))
    assert not faults.has_lost_connection(sqlite3.OperationalError("database is locked"))


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (sqlite3.SQLITE_FULL, "the disk is full: make space"),
        (sqlite3.SQLITE_IOERR_WRITE, "cannot be read or written"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "may not be written"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "stop a second bot"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "`lumbar restore FILE`"),
        (sqlite3.SQLITE_NOTADB, "`lumbar restore FILE`"),
        (sqlite3.SQLITE_CANTOPEN, "check that the folder exists"),
        (sqlite3.SQLITE_PROTOCOL, "check the disk"),
        (sqlite3.SQLITE_ERROR, "run `lumbar migrate`"),
    ],
)
def test_a_fault_of_sqlite_has_its_remedy(code: int, remedy: str) -> None:
    """The file is named, and the closer kinds of a fault have the remedy of their family."""
    error = sqlite3.OperationalError(SECRET)
    error.sqlite_errorcode = code
    told = str(faults.explained(SQLITE, error))
    assert told.startswith("DATABASE_URL: the SQLite file lumbar.db in /srv/lumbar: ")
    assert remedy in told
    assert "hurts" not in told
