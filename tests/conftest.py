"""For every test: the program's own logs, and the order. For those that ask: PostgreSQL, one server per xdist worker.

What waits for processes comes first, the quick unit tests last: then no core is idle at the end while another still has
a minute to go.
"""

import gc
import sys
import threading
from collections.abc import Iterator
from io import StringIO

import pytest

from bot import telemetry
from tests.postgres import PostgresServer

gc.disable()  # until everything is collected: looking for garbage meanwhile takes its time and finds none

_SLOWEST_FIRST = (
    "tests/chaos/",
    "tests/acceptance/test_kill.py",
    "tests/integration/test_cli.py",
    "tests/acceptance/",
    "tests/integration/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; within that, files stay in their order and whole."""

    def rank(item: pytest.Item) -> int:
        matches = (at for at, start in enumerate(_SLOWEST_FIRST) if item.nodeid.startswith(start))
        return next(matches, len(_SLOWEST_FIRST))

    items.sort(key=rank)


def pytest_collection_finish() -> None:
    """Look for garbage from now on, and never in what was collected: all of it stays until the end."""
    gc.freeze()
    gc.enable()


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
