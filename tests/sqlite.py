"""Migrated SQLite databases, made as cheaply as a file is written: migrating takes longer than most tests.

What is tested of migrating itself, and the bot's first start on nothing, do without.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.storage import migrations
from bot.storage.unit_of_work import Database


def make_database(path: Path) -> str:
    """Write a database with the newest tables and no rows; return its address."""
    path.write_bytes(_migrated())
    return f"sqlite:///{path}"


@cache
def _migrated() -> bytes:
    """Migrate once for all tests of a process."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "migrated.db"
        database = Database(f"sqlite:///{path}")
        migrations.apply(database.engine)
        database.close()
        return path.read_bytes()
