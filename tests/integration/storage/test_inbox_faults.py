"""A batch of updates when one is poison, or when the disk fills up while one is handled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest

from bot.storage.unit_of_work import Database, Transaction
from bot.usecases import inbox
from bot.usecases.incoming import Incoming, Said
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import StorageFailed, StoredChat
from tests.integration.storage.samples import NOW

FULL_DISK_CHAT = 3
POISON_LANGUAGE: Any = 7  # an int where a text belongs, so that even the apology raises


class OnASmallDisk(Transaction):
    """A transaction whose disk is full while one chat is handled, and has space again afterwards."""

    def load_chat(self, chat_id: int) -> StoredChat | None:
        """Fill the disk, or make space."""
        pages = self._pragma("page_count") if chat_id == FULL_DISK_CHAT else 1_000_000
        self._pragma(f"max_page_count={pages}")
        return super().load_chat(chat_id)

    def record_failure(self, update_id: int, failure: str, now: datetime) -> None:
        """Make space."""
        self._pragma("max_page_count=1000000")
        super().record_failure(update_id, failure, now)

    def _pragma(self, words: str) -> int:
        value: int = self.connection.exec_driver_sql(f"PRAGMA {words}").scalar_one()
        return value


def starts(*chats: int, poison: int | None = None) -> list[Incoming]:
    """Return one /start per chat; the poison one cannot be handled, nor apologised for."""
    codes: dict[int | None, Any] = {poison: POISON_LANGUAGE}
    return [Incoming(100 + chat, chat, Said("/start"), "A" * 3000, codes.get(chat, "en")) for chat in chats]


def rows(database: Database, table: str, column: str) -> list[int]:
    """Read a column through a connection of its own."""
    with database.engine.connect() as connection:
        return [row[0] for row in connection.exec_driver_sql(f"SELECT {column} FROM {table} ORDER BY 1")]  # noqa: S608 - our own names


@contextmanager
def one_connection(database: Database) -> Iterator[None]:
    """Give the disk its space back in the end."""
    yield
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")


def test_an_update_that_cannot_even_be_apologised_for_harms_no_other(database: Database, knowledge: Knowledge) -> None:
    """Its neighbours are handled, it is noted, and the batch can be acknowledged."""
    batch = starts(1, 2, 3, poison=2)
    database.run_here(lambda tx: inbox.handle_batch(tx, batch, now=NOW, knowledge=knowledge))
    assert rows(database, "chat", "chat_id") == [1, 3]
    assert rows(database, "inbox", "update_id") == [101, 102, 103]


def test_a_full_disk_fails_the_batch_and_not_the_update(sqlite: Database, knowledge: Knowledge) -> None:
    """SQLite may undo the whole transaction: nothing is kept or acknowledged, and the next try loses nobody."""
    batch = starts(1, 2, FULL_DISK_CHAT, 4)
    with one_connection(sqlite), pytest.raises(StorageFailed):
        sqlite.run_here(lambda tx: inbox.handle_batch(OnASmallDisk(tx.connection), batch, now=NOW, knowledge=knowledge))
    assert rows(sqlite, "inbox", "update_id") == []
    sqlite.run_here(lambda tx: inbox.handle_batch(tx, batch, now=NOW, knowledge=knowledge))
    assert rows(sqlite, "chat", "chat_id") == [1, 2, 3, 4]
