"""Migrations: the tables' history. `apply(engine)` brings a database to the newest revision.

Applied by `lumbar migrate` and at every start. One file per change in `versions/`; a test compares the result with
`tables.metadata`, and another walks every step up and down.
"""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine


def config_for(connection: Connection) -> Config:
    """Return Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", "bot.storage:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def apply(engine: Engine) -> None:
    """Bring the database to the newest revision, in one transaction."""
    with engine.begin() as connection:
        command.upgrade(config_for(connection), "head")
