"""A fresh, migrated database for each test; an engine that joins later joins here and nowhere else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage import migrations
from bot.storage.unit_of_work import Database


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database of each engine."""
    match request.param:
        case "sqlite":
            return f"sqlite:///{tmp_path / 'lumbar.db'}"
        case engine:
            raise AssertionError(f"no {engine} here")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Open a migrated database."""
    opened = Database(database_url)
    migrations.apply(opened.engine)
    yield opened
    opened.close()
