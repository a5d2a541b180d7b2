"""An inspection: what a database is and whether Lumbar can work on it. It changes nothing and makes no file."""

import sqlite3
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.storage import faults, migrations
from bot.storage.engines import open_engine


class Tables(Enum):
    """How the tables stand towards this version of Lumbar."""

    NEWEST = auto()
    OLDER = auto()
    MISSING = auto()
    FOREIGN = auto()


@dataclass(frozen=True, slots=True)
class Inspection:
    """Engine, version and whether it can be written, in words; and how the tables stand."""

    words: str
    tables: Tables


def inspect(url: str) -> Inspection:
    """Open the database, try whether it can be written, and look at its tables; raises DatabaseUnavailable."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").exists():
        return Inspection(f"SQLite {sqlite3.sqlite_version}, whose file is yet to be made", Tables.MISSING)
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            found = Inspection(f"{_name(connection)}, writable", _tables(connection))
            connection.rollback()
            _try_to_write(connection)
    except SQLAlchemyError as error:
        raise faults.explained(parsed, error) from error
    finally:
        engine.dispose()
    return found


def _name(connection: Connection) -> str:
    if connection.dialect.name == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    return f"PostgreSQL {connection.exec_driver_sql('SHOW server_version').scalar()}"


def _tables(connection: Connection) -> Tables:
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        return Tables.MISSING
    if revision not in migrations.known_revisions():
        return Tables.FOREIGN
    return Tables.NEWEST if revision == migrations.newest_revision() else Tables.OLDER


def _try_to_write(connection: Connection) -> None:
    """Make a table and take it back: the database must be writable, and by an account that may migrate."""
    with connection.begin() as transaction:
        connection.exec_driver_sql("CREATE TABLE lumbar_doctor_was_here (id INTEGER)")
        transaction.rollback()
