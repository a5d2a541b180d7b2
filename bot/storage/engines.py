"""The engines: how a connection is opened and set up.

SQLite is set up for promises that hold through power loss: WAL, `synchronous=FULL`, foreign keys on, and
`BEGIN IMMEDIATE`, so that a transaction that read can always write.

PostgreSQL runs at READ COMMITTED, whatever the server's default: what must not happen twice at once is locked row by
row. Nothing may wait for ever: not for a connection, a statement or a lock. A process that is stopped in the middle of
a transaction (SIGSTOP, a frozen machine) loses it after ten seconds, and with it its locks: by PostgreSQL's own limit
between two statements, and by `end_stopped_transactions` between the statements of one batch, where PostgreSQL before
17 knows no limit. Connections are not tried before use: one that turns out to be dead is replaced, and its transaction
run again (`unit_of_work`).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from bot.storage import faults

POSTGRESQL_WORKERS = 4
SPARE_CONNECTIONS = 2  # for those who ask outside the workers: the demo's page, a health check
BUSY_TIMEOUT_SECONDS = 10
CONNECT_TIMEOUT_SECONDS = 5

_SESSION = {
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "10s",
    # Every statement of ours finds few rows by an index, in its order. The outbox is empty in one minute and holds a
    # hundred thousand letters in the next: a plan from the empty minute's statistics would read them all, each time.
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_sort": "off",
    "jit": "off",
}
# Our own transactions that wait for their process to say more, for longer than anybody waits for a lock.
_END_STOPPED = text("""
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
        AND application_name = current_setting('application_name') AND wait_event_type = 'Client'
        AND clock_timestamp() - xact_start >= current_setting('lock_timeout')::interval
""")
# A peer that vanished without a word (a pulled cable, a frozen machine) is noticed within half a minute.
_LIBPQ = {
    "connect_timeout": CONNECT_TIMEOUT_SECONDS,
    "fallback_application_name": "lumbar",
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}


def open_engine(url: str) -> Engine:
    """Make the engine for a database URL; raise DatabaseUnavailable when it cannot be reached."""
    parsed = make_url(url)
    try:
        if parsed.get_backend_name() == "sqlite":
            _create_privately(parsed)
            engine = _sqlite_engine(parsed)
        else:
            engine = _postgresql_engine(parsed)
        with engine.connect():
            pass
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise faults.explained(parsed, error) from error
    return engine


def end_stopped_transactions(engine: Engine) -> bool:
    """End what stopped processes of ours left open in PostgreSQL; whether there was any.

    For whoever waited for a lock in vain: the transaction that held it has been open since before the wait.
    """
    with engine.begin() as connection:
        return bool(connection.execute(_END_STOPPED).scalar())


def libpq_arguments(url: URL) -> dict[str, Any]:
    """Return how every connection to PostgreSQL is opened, as far as the address does not say otherwise."""
    return {name: value for name, value in _LIBPQ.items() if name not in url.query}


def _create_privately(url: URL) -> None:
    """Create a new database file for its owner's eyes only: it holds health data. SQLite's side files follow it."""
    with suppress(FileExistsError):
        Path(url.database or "").touch(mode=0o600, exist_ok=False)


def _sqlite_engine(url: URL) -> Engine:
    waits: dict[str, Any] = {} if "timeout" in url.query else {"timeout": BUSY_TIMEOUT_SECONDS}
    engine = create_engine(url, hide_parameters=True, connect_args={**waits, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's begin event below opens transactions, not the driver
        with _closed_on_failure(connection):
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
                connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgresql_engine(url: URL) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        pool_size=POSTGRESQL_WORKERS,
        max_overflow=SPARE_CONNECTIONS,
        pool_timeout=BUSY_TIMEOUT_SECONDS,
        connect_args=libpq_arguments(url),
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        settings = ", ".join(f"set_config('{name}', '{value}', false)" for name, value in _SESSION.items())
        with _closed_on_failure(connection):
            connection.execute(f"SELECT {settings}")
            connection.commit()

    return engine


@contextmanager
def _closed_on_failure(connection: Any) -> Iterator[None]:
    """Close a connection that cannot be set up; the pool has not heard of it yet."""
    try:
        yield
    except BaseException:
        connection.close()
        raise
