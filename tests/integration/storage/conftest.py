"""Both engines for every test: an empty database, or a migrated one, on SQLite and on PostgreSQL.

What only one of them has is tested on `sqlite` or on `postgres`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.unit_of_work import Database
from bot.usecases.knowledge import Knowledge
from tests.knowledge import the_knowledge
from tests.postgres import PostgresServer
from tests.sqlite import make_database


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of an empty database."""
    return str(request.getfixturevalue(f"empty_{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """Open a migrated database without rows."""
    opened: Database = request.getfixturevalue(request.param)
    return opened


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """Return the address of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'lumbar.db'}"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Return what the bot knows: the real content."""
    return the_knowledge()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """Open a migrated SQLite database without rows."""
    opened = Database(make_database(tmp_path / "lumbar.db"))
    yield opened
    opened.close()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """Return the address of a migrated PostgreSQL database without rows, whose tables are left as they are."""
    return postgres_server.emptied()


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Database]:
    """Open a migrated PostgreSQL database without rows."""
    opened = Database(postgres_url)
    yield opened
    opened.close()
