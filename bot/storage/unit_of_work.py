"""One transaction, one thread hop.

`Database.run(work)` opens a transaction in a worker thread, calls the synchronous `work(transaction)` and commits; an
exception rolls everything back and reaches the caller. SQLite has exactly one worker, so writers queue in order instead
of failing on a lock; PostgreSQL has a few.

SQLite is set up for promises that hold through power loss: WAL, `synchronous=FULL`, foreign keys on, and
`BEGIN IMMEDIATE`, so that a transaction that read can always write.
"""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from bot.storage.chats import ERASED, ChatStatements
from bot.storage.letters import LetterStatements
from bot.storage.reminders import ReminderStatements
from bot.usecases.ports import StorageFailed

T = TypeVar("T")

POSTGRESQL_WORKERS = 4
BUSY_TIMEOUT_SECONDS = 10


class DatabaseUnavailable(Exception):  # noqa: N818 - says what is the case
    """The database cannot be opened; `str()` is one line saying what to do."""


class Transaction(ChatStatements, ReminderStatements, LetterStatements):
    """One open transaction (implements `usecases.ports.Transaction`)."""

    __slots__ = ("connection",)

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo only what is inside when it raises; one at a time.

        A full disk, a broken file or a lost connection is nothing to undo: SQLite may have rolled back the whole
        transaction by then, and whatever came next would be kept without it. That is raised as StorageFailed.

        Spoken to the driver itself: there is one around every update, and SQLAlchemy's own costs as much as three
        statements.
        """
        cursor = self.connection.connection.cursor()
        try:
            cursor.execute("SAVEPOINT one_update")
            try:
                yield
            except BaseException as error:
                if _is_of_the_storage(error):
                    raise StorageFailed("the storage failed under an update") from error
                cursor.execute("ROLLBACK TO SAVEPOINT one_update")
                cursor.execute("RELEASE SAVEPOINT one_update")
                raise
            cursor.execute("RELEASE SAVEPOINT one_update")
        finally:
            cursor.close()


class Database:
    """The engine and its worker threads."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self.is_embedded = self.engine.dialect.name == "sqlite"
        workers = 1 if self.is_embedded else POSTGRESQL_WORKERS
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="database")

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction on a worker thread; commit when it returns, roll back when it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, self.run_here, work)

    def run_here(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction on this thread."""
        with self.engine.connect() as connection:
            with connection.begin():
                result = work(Transaction(connection))
            if connection.info.pop(ERASED, False) and self.is_embedded:
                # What was erased still stands in the write-ahead log until that is folded back into the file.
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return result

    def close(self) -> None:
        """Finish the running transactions and close the connections."""
        self._executor.shutdown()
        self.engine.dispose()


def _is_of_the_storage(error: BaseException) -> bool:
    """Whether a database error is about the database and not about a value; a broken SQLite file has no class."""
    return isinstance(error, OperationalError) or type(error) is DatabaseError


def open_engine(url: str) -> Engine:
    """Make the engine for a database URL; raise DatabaseUnavailable when it cannot be reached."""
    parsed = make_url(url)
    try:
        if parsed.get_backend_name() == "sqlite":
            _create_privately(Path(parsed.database or ""))
            engine = _sqlite_engine(url)
        else:
            engine = create_engine(
                url, hide_parameters=True, pool_size=POSTGRESQL_WORKERS, max_overflow=0, pool_pre_ping=True
            )
        with engine.connect():
            pass
    except (SQLAlchemyError, OSError) as error:
        raise DatabaseUnavailable(_remedy(parsed.get_backend_name(), parsed.database, error)) from error
    return engine


def _create_privately(path: Path) -> None:
    """Create a new database file for its owner's eyes only: it holds health data. SQLite's side files follow it."""
    with suppress(FileExistsError):
        path.touch(mode=0o600, exist_ok=False)


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's begin event below opens transactions, not the driver
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _remedy(backend: str, database: str | None, error: Exception) -> str:
    if backend == "sqlite":
        folder = Path(database or ".").resolve().parent
        return f"DATABASE_URL: cannot open the SQLite file in {folder}: check that the folder exists and is writable."
    kind = type(getattr(error, "orig", error)).__name__
    return f"DATABASE_URL: cannot reach the PostgreSQL server ({kind}): check host, port, database, user and password."
