"""Migrations: the tables' history. `apply(engine)` brings a database to the newest revision.

Applied by `lumbar migrate` and at every start; of several processes that start together one migrates, and the others
wait for it and find everything done. One file per change in `versions/`, named by its revision; a test compares the
result with `tables.metadata`, and another walks every step up and down.
"""

from importlib import resources

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.faults import DatabaseUnavailable


def apply(engine: Engine) -> None:
    """Bring the database to the newest revision, in one transaction; DatabaseUnavailable if that cannot be."""
    try:
        with engine.connect() as connection:
            if revision_of(connection) == newest_revision():
                return
        from bot.storage.migrations.upgrading import upgrade  # noqa: PLC0415 - hardly ever, and slow to load

        upgrade(engine)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).partition("\n")[0]
        raise DatabaseUnavailable(
            f"DATABASE_URL: this database cannot be brought up to date ({reason}): stop what else uses it, "
            "restore a backup, or name another database."
        ) from error


def revision_of(connection: Connection) -> str | None:
    """Return the revision a database is at, None for one without tables of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return revision


def known_revisions() -> frozenset[str]:
    """Return every revision this version of Lumbar can bring up to date."""
    names = (file.name for file in (resources.files(__name__) / "versions").iterdir())
    return frozenset(name.partition("_")[0] for name in names if name.endswith(".py"))


def newest_revision() -> str:
    """Return the revision that `apply` leads to."""
    return max(known_revisions())
