"""What one process commits wakes the others: on PostgreSQL by notices, over restarts of the server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.storage.unit_of_work import Database, DatabaseUnavailable, Transaction
from bot.usecases.ports import Notice
from tests.integration.storage.samples import NOW, letter
from tests.postgres import PostgresServer

BOTH = [Notice.LETTERS, Notice.LEASE]


class Listener:
    """Another process's ears: every notice it was given."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self._heard: asyncio.Queue[Notice] = asyncio.Queue()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Listener"]:
        """Listen while the context is open, and begin once the connection stands."""
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._database.listen(self._heard.put_nowait, stop))
            assert await self.heard(2) == BOTH
            yield self
            stop.set()
        self._database.close()

    async def heard(self, count: int) -> list[Notice]:
        """Wait for as many notices."""
        async with asyncio.timeout(20):
            return [await self._heard.get() for _ in range(count)]

    def silent(self) -> bool:
        """Whether nothing more was heard."""
        return self._heard.empty()


async def test_a_queued_letter_is_heard_when_it_is_committed(postgres_url: str) -> None:
    """However many letters a transaction queues, one notice comes, and none from one that was rolled back."""
    database = Database(postgres_url)

    def undone(tx: Transaction) -> None:
        tx.queue([letter("never")])
        raise LookupError

    def several(tx: Transaction) -> None:
        tx.queue([letter("a")])
        tx.queue([letter("b"), letter("c")])

    async with Listener(postgres_url).listening() as other:
        with suppress(LookupError):
            await database.run(undone)
        await database.run(several)
        await database.run(lambda tx: tx.hold_lease("relay", "me", NOW, NOW))
        await database.run(lambda tx: tx.release_lease("relay", "me"))
        assert await other.heard(2) == BOTH
        assert other.silent()
    database.close()


async def test_a_notice_undone_with_its_update_is_given_by_the_next(postgres_url: str) -> None:
    """The savepoint of an update that fails takes its notice with it; the update after it gives its own."""
    database = Database(postgres_url)

    def batch(tx: Transaction) -> None:
        with suppress(LookupError), tx.savepoint():
            tx.queue([letter("never")])
            raise LookupError
        with tx.savepoint():
            tx.queue([letter("a")])

    async with Listener(postgres_url).listening() as other:
        await database.run(batch)
        assert await other.heard(1) == [Notice.LETTERS]
    database.close()


async def test_a_listener_returns_after_a_restart_and_looks_at_everything(
    postgres_url: str, postgres_server: PostgresServer
) -> None:
    """Whatever was missed while the server was away is made up for by one look; then notices come again."""
    database = Database(postgres_url)
    async with Listener(postgres_url).listening() as other:
        await asyncio.to_thread(postgres_server.crash)
        assert await other.heard(2) == BOTH
        await database.run(lambda tx: tx.queue([letter("a")]))
        assert await other.heard(1) == [Notice.LETTERS]
    database.close()


async def test_a_listener_is_stopped_while_the_server_is_away(
    postgres_url: str, postgres_server: PostgresServer
) -> None:
    """The end of the program does not wait for a database."""
    async with Listener(postgres_url).listening() as other:
        await asyncio.to_thread(postgres_server.halt)
    with pytest.raises(DatabaseUnavailable):
        Database(postgres_url)
    assert other.silent()
    await asyncio.to_thread(postgres_server.resume)


async def test_on_sqlite_there_is_nobody_else_to_be_heard(tmp_path: Path) -> None:
    """Listening is over at the stop event, and says nothing before."""
    database = Database(f"sqlite:///{tmp_path / 'lumbar.db'}")
    heard: list[Notice] = []
    stop = asyncio.Event()
    stop.set()
    await database.listen(heard.append, stop)
    assert heard == []
    database.close()
