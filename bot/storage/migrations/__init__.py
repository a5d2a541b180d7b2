"""Migrations: the tables' history. `apply(engine)` brings a database to the newest revision.

Applied by `lumbar migrate` and at every start; of several processes that start together one migrates, and the others
wait for it and find everything done. One file per change in `versions/`; a test compares the result with
`tables.metadata`, and another walks every step up and down.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.faults import DatabaseUnavailable

# A migration may take long over a large table, and others then wait for it; a stuck one is told all the same.
_PATIENCE = {"statement_timeout": "0", "idle_in_transaction_session_timeout": "0", "lock_timeout": "5min"}
_LUMBAR = 0x6C756D62  # two numbers name an advisory lock; those of chats are single numbers, and never meet it


def config_for(connection: Connection) -> Config:
    """Return Alembic's configuration for an open connection."""
    config = _config()
    config.attributes["connection"] = connection
    return config


def apply(engine: Engine) -> None:
    """Bring the database to the newest revision, in one transaction; DatabaseUnavailable if that cannot be.

    SQLite alters a table by building it anew and dropping the old one, which would delete every row that hangs on it:
    foreign keys are therefore off meanwhile, and checked before the commit.
    """
    with engine.connect() as connection, foreign_keys_off(connection), connection.begin():
        try:
            _wait_for_turn(connection)
            command.upgrade(config_for(connection), "head")
        except CommandError as error:
            raise DatabaseUnavailable(
                f"DATABASE_URL: this database was brought further by another version of Lumbar ({error}): "
                "use that version, or name another database."
            ) from error
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", error)).partition("\n")[0]
            raise DatabaseUnavailable(
                f"DATABASE_URL: this database cannot be brought up to date ({reason}): stop what else uses it, "
                "restore a backup, or name another database."
            ) from error
        if engine.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("a migration would leave rows without the row they belong to; nothing was changed")


def known_revisions() -> frozenset[str]:
    """Return every revision this version of Lumbar can bring up to date."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def newest_revision() -> str:
    """Return the revision that `apply` leads to."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "bot.storage:migrations")
    config.set_main_option("path_separator", "os")
    return config


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
