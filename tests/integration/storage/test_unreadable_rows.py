"""Garbage in a row harms that row alone: the others of its batch are read, and it is put away and counted."""

from datetime import timedelta

import pytest

from bot import metrics
from bot.storage.unit_of_work import Database, Transaction
from tests.integration.storage.samples import MINUTE, NOW, letter, stored


def unreadable_rows() -> float:
    """Return how many unreadable rows were counted so far."""
    return metrics.REGISTRY.get_sample_value("lumbar_unreadable_rows_total") or 0.0


def spoil(database: Database, statement: str) -> None:
    """Write what the program never writes."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def three_due(tx: Transaction) -> None:
    """Store three people who are due to be reminded, the third for the longest."""
    for chat_id in (1, 2, 3):
        tx.save_chat(stored(chat_id), NOW)
        tx.set_due(chat_id, "daily", NOW - chat_id * MINUTE)


def who_is_reminded(database: Database, garbage: str) -> list[int]:
    """Spoil one of three whose reminders are due; return whose are found, after the one has been counted."""
    database.run_here(three_due)
    spoil(database, garbage)
    before = unreadable_rows()
    due = database.run_here(lambda tx: tx.due_reminders(NOW, 3))
    assert unreadable_rows() == before + 1
    return [one.chat_id for one in due]


@pytest.mark.parametrize(
    "garbage",
    [
        """UPDATE chat SET hold = '{"tier": "unheard of"}' WHERE chat_id = 2""",
        "UPDATE chat SET hold = '[1, 2]' WHERE chat_id = 2",
    ],
)
def test_a_chat_that_cannot_be_read_keeps_no_other_from_being_reminded(database: Database, garbage: str) -> None:
    """Its reminder is put off for a day, so that it does not stand first in every batch from now on."""
    assert who_is_reminded(database, garbage) == [3, 1]
    assert database.run_here(lambda tx: tx.due_at(2, "daily")) == NOW + timedelta(days=1)
    walked = database.run_here(lambda tx: tx.reminders_due_after(NOW - 5 * MINUTE, 0, 10))
    assert [one.chat_id for one in walked][:2] == [3, 1]


@pytest.mark.parametrize(
    "garbage",
    [
        "UPDATE reminder SET next_due_at = '2020-garbage' WHERE chat_id = 2",
        "UPDATE chat SET reminder_times = 'noon' WHERE chat_id = 2",
        "UPDATE chat SET hold = '{' WHERE chat_id = 2",
    ],
)
def test_so_does_a_column_that_only_sqlite_would_take(sqlite: Database, garbage: str) -> None:
    """SQLite stores any text in any column; a due time that is none is put right as well."""
    assert who_is_reminded(sqlite, garbage) == [3, 1]
    assert sqlite.run_here(lambda tx: tx.due_at(2, "daily")) == NOW + timedelta(days=1)


@pytest.mark.parametrize("garbage", ["state = 'daydreaming'", "session = '[1, 2]'"])
def test_garbage_that_no_reminder_depends_on_keeps_nobody_from_being_reminded(database: Database, garbage: str) -> None:
    """What a reminder is decided by is all that is read for it."""
    database.run_here(three_due)
    spoil(database, f"UPDATE chat SET {garbage} WHERE chat_id = 2")  # noqa: S608 - words of this file
    due = database.run_here(lambda tx: tx.due_reminders(NOW, 3))
    assert [one.chat_id for one in due] == [3, 2, 1]


def test_a_letter_that_cannot_be_read_is_given_up(database: Database) -> None:
    """The others leave, the chat's next one too; the row says why, and holds nothing of what was to be said."""
    database.run_here(lambda tx: tx.queue([letter("a", 1), letter("b", 2), letter("c", 2)]))
    spoil(database, "UPDATE outbox SET priority = -77 WHERE dedupe_key = 'b'")
    before = unreadable_rows()
    taken = database.run_here(lambda tx: tx.take_letters(NOW, 10, (), bulk_limit=5))
    assert [one.key for one in taken] == ["a"]
    assert unreadable_rows() == before + 1
    assert [one.key for one in database.run_here(lambda tx: tx.take_letters(NOW, 10, ()))] == ["c"]
    with database.engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT status, payload, reason FROM outbox WHERE dedupe_key = 'b'").one()
    assert tuple(told) == ("gave_up", None, "the row cannot be read")


def test_a_letter_in_flight_that_cannot_be_read_is_given_up(sqlite: Database) -> None:
    """Whoever takes over from a relay that died finds the others."""
    sqlite.run_here(lambda tx: tx.queue([letter("a", 1), letter("b", 2)]))
    sqlite.run_here(lambda tx: tx.take_letters(NOW, 10, ()))
    spoil(sqlite, "UPDATE outbox SET payload = '{' WHERE dedupe_key = 'a'")
    assert [one.key for one in sqlite.run_here(lambda tx: tx.letters_in_flight())] == ["b"]
    assert [one.key for one in sqlite.run_here(lambda tx: tx.letters_in_flight())] == ["b"]
