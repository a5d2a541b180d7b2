"""Faults of the database: which errors are its own, which leave a transaction that can be run again, what to do.

Nothing here tells what was being stored: an error's own words may quote it, so only its number is read. SQLite gives
every error a result code (https://www.sqlite.org/rescode.html), PostgreSQL a SQLSTATE
(https://www.postgresql.org/docs/current/errcodes-appendix.html).
"""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL
from sqlalchemy.exc import PendingRollbackError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from bot.usecases.ports import StorageFailed

_LOST_CONNECTION = frozenset({"57P01", "57P02", "57P05", "25P03", "08000", "08003", "08006", "08P01"})
_CONFLICT = frozenset({"40001", "40P01"})
_LOCK_TIMEOUT = "55P03"

_SQLITE_REMEDIES = {
    sqlite3.SQLITE_ERROR: "it does not have what a statement of ours asks for: run `lumbar migrate`; if that says that "
    "all is up to date, tell whoever maintains Lumbar",
    sqlite3.SQLITE_FULL: "the disk is full: make space on it",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written, it may be full: make space, and check the disk",
    sqlite3.SQLITE_READONLY: "the file or its folder may not be written: give this account the right to, or mount "
    "the disk writable",
    sqlite3.SQLITE_BUSY: "another program keeps it locked: stop a second bot, a restore or a database browser that "
    "has it open",
    sqlite3.SQLITE_CORRUPT: "it is damaged: stop the bot and bring back a backup with `lumbar restore FILE`",
    sqlite3.SQLITE_NOTADB: "it is damaged or no SQLite file: bring back a backup with `lumbar restore FILE`, or name "
    "another file",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened: check that the folder exists and is writable",
}
_POSTGRESQL_REMEDIES = {
    "40": "undid a transaction again and again because others stood in its way: look at pg_stat_activity",
    "42501": "does not let this user do that: make the user the owner of the database",
    "25006": "is read-only: name the primary server, not a replica",
    "53100": "has a full disk: make space on it",
    "53300": "has no connection left: raise its max_connections, or run fewer processes",
    _LOCK_TIMEOUT: "kept us waiting too long for a lock: look for a stuck session in pg_stat_activity",
    "57014": "took too long over a statement: look at its load, and at pg_stat_activity",
    "57P": "is starting or stopping: wait; the bot goes on by itself",
    "XX": "reports damaged data: bring back a backup with pg_restore",
}
# Whoever is not let in at all is not told a number.
_UNREACHABLE = "cannot be reached: check that it runs, and host, port, database, user and password"


class DatabaseUnavailable(StorageFailed):
    """The database cannot be used now; `str()` is one line saying what to do. Nothing of the transaction is kept."""


def is_of_the_storage(error: BaseException, dbapi: Any) -> bool:
    """Whether an error is about the database and not about a value; a broken SQLite file has a class of its own."""
    if isinstance(error, PendingRollbackError | PoolExhausted | StorageFailed):
        return True
    found = cause_of(error)
    return isinstance(found, (dbapi.OperationalError, dbapi.InternalError)) or type(found) in {
        dbapi.DatabaseError,
        dbapi.InterfaceError,
    }


def cause_of(error: BaseException) -> BaseException:
    """Return the driver's own error below those that wrap it."""
    inner = error.__cause__ if isinstance(error, StorageFailed) else getattr(error, "orig", None)
    return error if inner is None else cause_of(inner)


def has_lost_connection(error: BaseException) -> bool:
    """Whether PostgreSQL is gone from the other end of this connection, as after its restart."""
    found = cause_of(error)
    sqlstate = getattr(found, "sqlstate", "")
    return sqlstate in _LOST_CONNECTION or (sqlstate is None and type(found).__name__ == "OperationalError")


def is_conflict(error: BaseException) -> bool:
    """Whether PostgreSQL undid the transaction because another one stood in its way."""
    return getattr(cause_of(error), "sqlstate", "") in _CONFLICT


def has_waited_in_vain(error: BaseException) -> bool:
    """Whether PostgreSQL undid the transaction because it waited too long for somebody else's lock."""
    return getattr(cause_of(error), "sqlstate", "") == _LOCK_TIMEOUT


def explained(url: URL, error: BaseException) -> DatabaseUnavailable:
    """Return the error in words for whoever runs the bot; raise it from the one it explains."""
    found = cause_of(error)
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "").resolve()
        return DatabaseUnavailable(
            f"DATABASE_URL: the SQLite file {file.name} in {file.parent}: {sqlite_remedy(found)}."
        )
    if isinstance(found, SQLAlchemyError):
        return DatabaseUnavailable("DATABASE_URL: every connection to PostgreSQL is busy: the server is too slow.")
    sqlstate = getattr(found, "sqlstate", None) or ""
    words = next(
        (_POSTGRESQL_REMEDIES[key] for key in (sqlstate, sqlstate[:3], sqlstate[:2]) if key in _POSTGRESQL_REMEDIES), ""
    )
    return DatabaseUnavailable(
        f"DATABASE_URL: the PostgreSQL server {words or _UNREACHABLE} ({sqlstate or 'no answer'})."
    )


def sqlite_remedy(error: BaseException) -> str:
    """Return what is wrong with a SQLite file and what to do about it, to follow its name."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CANTOPEN) & 0xFF  # the rest tells it more closely
    return _SQLITE_REMEDIES.get(code, _SQLITE_REMEDIES[sqlite3.SQLITE_IOERR])
