"""Upgrading: Alembic at work. Imported where something is to be migrated, for it takes 0.2 s and 8 MiB to load."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from bot.storage.faults import DatabaseUnavailable

# A migration may take long over a large table, and others then wait for it; a stuck one is told all the same.
_PATIENCE = {"statement_timeout": "0", "idle_in_transaction_session_timeout": "0", "lock_timeout": "5min"}
_LUMBAR = 0x6C756D62  # two numbers name an advisory lock; those of chats are single numbers, and never meet it


def config_for(connection: Connection) -> Config:
    """Return Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", "bot.storage:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest revision, in one transaction; raises DatabaseUnavailable for an unknown one.

    SQLite alters a table by building it anew and dropping the old one, which would delete every row that hangs on it:
    foreign keys are therefore off meanwhile, and checked before the commit.
    """
    with engine.connect() as connection, foreign_keys_off(connection), connection.begin():
        _wait_for_turn(connection)
        try:
            command.upgrade(config_for(connection), "head")
        except CommandError as error:
            raise DatabaseUnavailable(
                f"DATABASE_URL: this database was brought further by another version of Lumbar ({error}): "
                "use that version, or name another database."
            ) from error
        if engine.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("a migration would leave rows without the row they belong to; nothing was changed")


def _wait_for_turn(connection: Connection) -> None:
    """Let one process migrate at a time, until the transaction ends; on SQLite, beginning it has done that."""
    if connection.dialect.name == "postgresql":
        for timeout, limit in _PATIENCE.items():
            connection.exec_driver_sql(f"SET LOCAL {timeout} = '{limit}'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LUMBAR}, 0)")


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    """Switch SQLite's foreign keys off; it heeds that only outside a transaction, hence on the driver's connection."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
