"""PostgreSQL for every test that asks: one server for the test run (per xdist worker), a database for each test."""

from collections.abc import Iterator

import pytest

from tests.postgres import PostgresServer


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Run a PostgreSQL server until the test run ends."""
    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Make a migrated PostgreSQL database without rows; return its DATABASE_URL."""
    url = postgres_server.migrated()
    yield url
    postgres_server.drop(url)


@pytest.fixture
def empty_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Make a PostgreSQL database without tables; return its DATABASE_URL."""
    url = postgres_server.empty()
    yield url
    postgres_server.drop(url)
