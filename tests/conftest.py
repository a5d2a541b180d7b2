"""For every test: the program's own logs. For those that ask: PostgreSQL, one server per test run and xdist worker."""

import sys
import threading
from collections.abc import Iterator
from io import StringIO

import pytest

from bot import telemetry
from tests.postgres import PostgresServer


class _StdoutOfTheTest(StringIO):
    """Writes to whatever stdout is at the moment."""

    def write(self, text: str) -> int:
        """Write it there."""
        return sys.stdout.write(text)


@pytest.fixture(scope="session", autouse=True)
def _logs_as_in_the_program() -> None:
    """Log in tests what the program would; the hooks for what nobody caught stay pytest's, which fails the test."""
    hooks = (sys.excepthook, sys.unraisablehook, threading.excepthook)
    telemetry.configure(log_format="json", stream=_StdoutOfTheTest())
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks


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
