"""Both engines for every test: an empty database, or a migrated one, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage import migrations
from bot.storage.unit_of_work import Database

SQLITE = "sqlite"
POSTGRESQL = "postgresql"


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Name the engine of this run of the test."""
    return str(request.param)


@pytest.fixture
def database_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database."""
    if engine_name == SQLITE:
        return f"sqlite:///{tmp_path / 'lumbar.db'}"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture
def database(engine_name: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """Open a migrated database without rows."""
    fixture = "database_url" if engine_name == SQLITE else "postgres_url"
    opened = Database(request.getfixturevalue(fixture))
    if engine_name == SQLITE:
        migrations.apply(opened.engine)
    yield opened
    opened.close()
