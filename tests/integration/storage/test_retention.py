"""What is forgotten by itself: old notes in batches, and people silent for long; on both engines."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import func, select

from bot.storage import tables as t
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases import accounts, retention
from bot.usecases.knowledge import Knowledge
from tests.integration.storage.samples import NOW, letter, sent, stored
from tests.integration.storage.test_records import fill

DAY = timedelta(days=1)
LONG_AGO = NOW - 800 * DAY


def walk(database: Database, knowledge: Knowledge, now: datetime, *, may_erase: bool = True) -> tuple[int, int]:
    """Walk through all chats; return how many people were warned and erased."""
    one, warned, erased = retention.Walk(retention.FIRST_CHAT), 0, 0
    while (after := one.after) is not None:
        one = database.run_here(
            partial(retention.end_silence, after=after, now=now, may_erase=may_erase, knowledge=knowledge)
        )
        warned, erased = warned + one.warned, erased + one.erased
    return warned, erased


def save(database: Database, chat_id: int, heard_at: datetime, *, consented: bool = True) -> None:
    """Store somebody who was last heard of at a moment."""
    chat = stored(chat_id) if consented else stored(chat_id, consented_at=None)
    database.run_here(lambda tx: tx.save_chat(chat, heard_at))


def chats(database: Database) -> list[int]:
    """Return who is stored."""
    with database.engine.connect() as connection:
        return list(connection.execute(select(t.chat.c.chat_id).order_by(t.chat.c.chat_id)).scalars())


def letters(database: Database) -> list[tuple[int, str]]:
    """Return to whom something waits to be sent, and what it says."""
    with database.engine.connect() as connection:
        waiting = select(t.outbox.c.chat_id, t.outbox.c.payload).where(t.outbox.c.settled_at.is_(None))
        rows = connection.execute(waiting.order_by(t.outbox.c.chat_id))
        return [(row.chat_id, row.payload["text"]) for row in rows]


def test_the_silent_are_told_and_thirty_days_later_erased(database: Database, knowledge: Knowledge) -> None:
    """Of two, the silent one gets one letter that names the day, and goes with every row; the other stays."""
    database.run_here(lambda tx: fill(tx, 1))
    save(database, 1, LONG_AGO)
    save(database, 2, NOW - 600 * DAY)
    database.run_here(lambda tx: tx.settle([sent(one) for one in tx.take_letters(NOW, 9, ())], NOW - DAY))

    assert walk(database, knowledge, NOW) == (1, 0)
    assert walk(database, knowledge, NOW + 29 * DAY) == (0, 0)
    waiting = letters(database)
    assert [chat_id for chat_id, _ in waiting] == [1]
    assert "6 June 2026" in waiting[0][1]

    assert walk(database, knowledge, NOW + 30 * DAY) == (0, 1)
    assert chats(database) == [2]
    with database.engine.connect() as connection:
        for table in t.metadata.tables.values():
            if "chat_id" in table.c:
                about = select(func.count()).select_from(table).where(table.c.chat_id == 1)
                assert connection.execute(about).scalar() == 0, table.name


def test_a_sign_of_life_takes_the_warning_back(database: Database, knowledge: Knowledge) -> None:
    """Whoever writes, even on the last day, is kept for the whole time again."""
    save(database, 1, LONG_AGO)
    assert walk(database, knowledge, NOW) == (1, 0)

    def write(tx: Transaction) -> None:
        found = tx.load_chat(1)
        assert found is not None
        tx.save_chat(found, NOW + 29 * DAY)

    database.run_here(write)
    assert walk(database, knowledge, NOW + 31 * DAY) == (0, 0)
    assert walk(database, knowledge, NOW + 720 * DAY) == (0, 0)
    assert walk(database, knowledge, NOW + 740 * DAY) == (1, 0)


def test_who_blocked_the_bot_is_erased_as_well_without_a_letter(database: Database, knowledge: Knowledge) -> None:
    """That the warning found the bot blocked is no sign of life."""
    for chat_id in (1, 2):
        save(database, chat_id, LONG_AGO)
    first = database.run_here(lambda tx: tx.load_chat(1))
    assert first is not None
    database.run_here(lambda tx: accounts.note_membership(tx, first, blocked=True, now=LONG_AGO))
    assert walk(database, knowledge, NOW) == (2, 0)
    assert [chat_id for chat_id, _ in letters(database)] == [2]
    second = database.run_here(lambda tx: tx.load_chat(2))
    assert second is not None
    database.run_here(lambda tx: accounts.note_membership(tx, second, blocked=True, now=NOW + DAY))
    assert walk(database, knowledge, NOW + 30 * DAY) == (0, 2)


def test_who_never_agreed_is_erased_and_never_written_to(database: Database, knowledge: Knowledge) -> None:
    """They are not written to by somebody they said no to."""
    save(database, 1, LONG_AGO, consented=False)
    assert walk(database, knowledge, NOW) == (1, 0)
    assert letters(database) == []
    assert walk(database, knowledge, NOW + 30 * DAY) == (0, 1)


def test_a_process_that_has_just_started_erases_nobody(database: Database, knowledge: Knowledge) -> None:
    """What was written while the bot was down may wait at Telegram still."""
    save(database, 1, LONG_AGO)
    assert walk(database, knowledge, NOW) == (1, 0)
    assert walk(database, knowledge, NOW + 30 * DAY, may_erase=False) == (0, 0)
    assert chats(database) == [1]


def test_many_are_walked_through_in_short_transactions(database: Database, knowledge: Knowledge) -> None:
    """Each transaction handles few, and none is left out between them."""
    many = range(-3, 2 * retention.SILENT_AT_ONCE + 5)
    for chat_id in many:
        save(database, chat_id, LONG_AGO)
    assert walk(database, knowledge, NOW) == (len(many), 0)
    assert walk(database, knowledge, NOW + 30 * DAY) == (0, len(many))


def test_the_clinics_own_time_is_kept(database: Database, knowledge: Knowledge) -> None:
    """Where the clinic says three months, three months it is."""
    save(database, 1, NOW - 70 * DAY)
    assert walk(database, knowledge, NOW) == (0, 0)
    assert walk(database, replace(knowledge, kept_months=3), NOW) == (1, 0)


def test_old_notes_go_a_batch_at_a_time(database: Database) -> None:
    """A trim deletes at most what it was told, the oldest first, and the next one goes on."""
    database.run_here(lambda tx: [tx.admit(number, LONG_AGO + number * DAY) for number in range(5)])
    database.run_here(lambda tx: tx.queue([letter("a"), letter("b", 2)]))
    database.run_here(lambda tx: tx.settle([sent(one) for one in tx.take_letters(NOW, 9, ())], LONG_AGO))
    assert [database.run_here(lambda tx: tx.trim(NOW, 2)) for _ in range(4)] == [4, 2, 1, 0]
