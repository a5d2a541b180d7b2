"""One transaction, one thread hop.

`Database.run(work)` opens a transaction in a worker thread, calls the synchronous `work(transaction)` and commits; an
exception rolls everything back and reaches the caller. SQLite has exactly one worker, so writers queue in order instead
of failing on a lock; PostgreSQL has a few.

What fails is told as DatabaseUnavailable. A transaction that PostgreSQL undid before its commit (a deadlock, a restart
of the server, a lock that a stopped process held) is run again, on a new connection; one whose commit got no answer is
not, for it may stand: whoever asked finds out by asking again, which the inbox, the day's note and the letter's tries
make safe.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.storage import faults, notices
from bot.storage.broadcasts import BroadcastStatements
from bot.storage.chats import ERASED, ChatStatements
from bot.storage.clinic import ClinicStatements
from bot.storage.days import DayStatements
from bot.storage.engines import POSTGRESQL_WORKERS, end_stopped_transactions, open_engine
from bot.storage.faults import DatabaseUnavailable
from bot.storage.journal import JournalStatements
from bot.storage.leases import LeaseStatements
from bot.storage.letters import LetterStatements
from bot.storage.reminders import ReminderStatements
from bot.storage.retention import RetentionStatements
from bot.usecases.ports import Letter, Notice, StorageFailed

__all__ = ["Database", "DatabaseUnavailable", "Transaction", "open_engine"]

T = TypeVar("T")

MOST_RUNS = 4  # of a transaction that PostgreSQL undoes: two that meet in a deadlock may meet in it again


class _UndoneError(Exception):
    """PostgreSQL undid the transaction before its commit: it can be run again."""


class Transaction(
    ChatStatements,
    DayStatements,
    JournalStatements,
    ReminderStatements,
    LetterStatements,
    LeaseStatements,
    ClinicStatements,
    BroadcastStatements,
    RetentionStatements,
):
    """One open transaction (implements `usecases.ports.Transaction`)."""

    __slots__ = ("_notified", "connection", "is_embedded")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.is_embedded = connection.dialect.name == "sqlite"
        self._notified: set[Notice] = set()

    def queue(self, letters: Sequence[Letter]) -> None:
        """Add letters to the outbox; a key that is there already is left as it is. Relays elsewhere are told."""
        super().queue(letters)
        if letters:
            self._notify(Notice.LETTERS)

    def release_lease(self, name: str, holder: str) -> None:
        """Give up a lease; whoever waits for one elsewhere is told."""
        super().release_lease(name, holder)
        self._notify(Notice.LEASE)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo only what is inside when it raises; one at a time.

        A full disk, a broken file or a lost connection is nothing to undo: SQLite may have rolled back the whole
        transaction by then, and whatever came next would be kept without it. That is raised as StorageFailed.

        Spoken to the driver itself: there is one around every update, and SQLAlchemy's own costs as much as three
        statements.
        """
        dbapi = self.connection.dialect.loaded_dbapi
        cursor = self.connection.connection.cursor()
        try:
            cursor.execute("SAVEPOINT one_update")
            try:
                yield
            except BaseException as error:
                if not faults.is_of_the_storage(error, dbapi):
                    cursor.execute("ROLLBACK TO SAVEPOINT one_update")
                    cursor.execute("RELEASE SAVEPOINT one_update")
                    self._notified.clear()  # a notice inside was undone as well
                raise
            cursor.execute("RELEASE SAVEPOINT one_update")
        except Exception as error:
            if faults.is_of_the_storage(error, dbapi):
                raise StorageFailed("the storage failed under an update") from error
            raise
        finally:
            cursor.close()

    def _notify(self, notice: Notice) -> None:
        if not self.is_embedded and notice not in self._notified:
            self._notified.add(notice)
            notices.notify(self.connection, notice)


class Database:
    """The engine and its worker threads."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self.is_embedded = self.engine.dialect.name == "sqlite"
        workers = 1 if self.is_embedded else POSTGRESQL_WORKERS
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="database")

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction on a worker thread; as `run_here`."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, self.run_here, work)

    def run_here(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction on this thread; commit when it returns, roll back when it raises.

        `work` may be run several times and therefore does nothing but through its transaction. Raises
        DatabaseUnavailable when the database is at fault, and whatever `work` raises.
        """
        try:
            for _ in range(MOST_RUNS - 1):
                with suppress(_UndoneError):
                    return self._attempt(work)
            return self._attempt(work)
        except _UndoneError as error:
            raise faults.explained(self.engine.url, error.__cause__ or error) from error.__cause__
        except Exception as error:
            if not faults.is_of_the_storage(error, self.engine.dialect.loaded_dbapi):
                raise
            raise faults.explained(self.engine.url, error) from error

    async def listen(self, on_notice: Callable[[Notice], None], stop: asyncio.Event) -> None:
        """Call `on_notice`, on the loop, for what other processes commit, until `stop`; on SQLite there are none."""
        if self.is_embedded:
            await stop.wait()
        else:
            await notices.listen(self.engine, on_notice, stop)

    def close(self) -> None:
        """Finish the running transactions and close the connections."""
        self._executor.shutdown()
        self.engine.dispose()

    def _attempt(self, work: Callable[[Transaction], T]) -> T:
        with self.engine.connect() as connection:
            with connection.begin():
                try:
                    result = work(Transaction(connection))
                except Exception as error:
                    self._refuse_if_undone(connection, error)
                    raise
            if self.is_embedded and ERASED in connection.info:
                self._clear_log(connection)
            return result

    def _refuse_if_undone(self, connection: Connection, error: Exception) -> None:
        if faults.has_lost_connection(error):
            # SQLAlchemy finds out for itself, and replaces the other connections of the pool, which were lost as well.
            with suppress(SQLAlchemyError):
                connection.exec_driver_sql("SELECT 1")
        elif faults.has_waited_in_vain(error):
            if not end_stopped_transactions(self.engine):
                return
        elif not faults.is_conflict(error):
            return
        raise _UndoneError from error

    def _clear_log(self, connection: Connection) -> None:
        """Fold the write-ahead log back into the file, for it still holds what was erased.

        The erasure itself is committed: if the log cannot be cleared now, it is after the next transaction.
        """
        driver: Any = connection.connection.driver_connection
        with suppress(driver.OperationalError):
            (is_busy, *_) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not is_busy:
                del connection.info[ERASED]
