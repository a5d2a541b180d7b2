"""Claiming reminders: many at once, in one transaction, and one that is broken harms no other."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.domain.dues import DAILY, FOLLOW_UP, SENT, SNOOZE, DayNote
from bot.domain.schedule import ReminderTimes, Turn
from bot.storage.tables import metadata
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases import reminders
from bot.usecases.knowledge import Knowledge
from tests.integration.storage.samples import NOW, stored

DUE = datetime.fromisoformat("2026-05-07T11:30:00Z")  # 07:30 in New York, as in the samples
GRACE = timedelta(hours=2)


def claim(database: Database, knowledge: Knowledge, limit: int = 500) -> int:
    """Claim what is due now."""
    return database.run_here(lambda tx: reminders.claim_due(tx, now=NOW, limit=limit, grace=GRACE, knowledge=knowledge))


def keys(database: Database) -> list[str]:
    """Return the keys of all letters."""
    with database.engine.connect() as connection:
        return [row["dedupe_key"] for row in connection.execute(metadata.tables["outbox"].select()).mappings()]


def test_a_batch_is_claimed_once(database: Database, knowledge: Knowledge) -> None:
    """Everybody due gets one letter, a note for the day, and tomorrow as the next time; batches follow each other."""
    people = range(1, 8)

    def work(tx: Transaction) -> None:
        for chat_id in people:
            tx.save_chat(stored(chat_id), NOW)
            tx.set_due(chat_id, DAILY, DUE)

    database.run_here(work)
    assert [claim(database, knowledge, 3) for _ in range(4)] == [3, 3, 1, 0]
    assert keys(database) == [f"r{chat_id}:20260507.0" for chat_id in people]
    tomorrow = DUE + timedelta(days=1)
    due = database.run_here(lambda tx: [tx.due_at(chat_id, DAILY) for chat_id in people])
    assert due == [tomorrow] * len(people)
    noted = database.run_here(lambda tx: {tx.last_noted_turn(chat_id, DAILY, date.max) for chat_id in people})
    assert noted == {Turn(date(2026, 5, 7), 0)}


def test_a_letter_keeps_the_grace_of_its_reminder(database: Database, knowledge: Knowledge) -> None:
    """However late it is claimed, it is not sent later than the grace period after its own time."""
    late = DUE + GRACE - timedelta(minutes=1)
    database.run_here(lambda tx: tx.save_chat(stored(1), NOW))
    database.run_here(lambda tx: tx.set_due(1, DAILY, DUE))
    database.run_here(lambda tx: reminders.claim_due(tx, now=late, limit=9, grace=GRACE, knowledge=knowledge))
    with database.engine.connect() as connection:
        (row,) = connection.execute(metadata.tables["outbox"].select()).mappings()
    assert row["expires_at"] == DUE + GRACE


def test_a_broken_row_harms_nobody_else(database: Database, knowledge: Knowledge) -> None:
    """A reminder in a zone that does not exist is put off for a day; the others of its batch go out."""

    def work(tx: Transaction) -> None:
        tx.save_chat(stored(1, zone="Mars/Olympus"), NOW)
        tx.save_chat(stored(2), NOW)
        for chat_id in (1, 2):
            tx.set_due(chat_id, DAILY, DUE)

    database.run_here(work)
    assert claim(database, knowledge) == 2
    assert keys(database) == ["r2:20260507.0"]
    assert database.run_here(lambda tx: tx.due_at(1, DAILY)) == NOW + reminders.ONE_DAY


def test_a_reminder_of_somebody_who_paused_meanwhile_is_dropped(database: Database, knowledge: Knowledge) -> None:
    """A due time left over from before a pause, or from before a block, leads to nothing."""

    def work(tx: Transaction) -> None:
        tx.save_chat(stored(1, paused_at=NOW), NOW)
        tx.set_due(1, DAILY, DUE)
        tx.set_due(1, SNOOZE, DUE)

    database.run_here(work)
    assert claim(database, knowledge) == 2
    assert keys(database) == []
    assert claim(database, knowledge) == 0


def test_rescheduling_knows_the_day_that_is_over(database: Database) -> None:
    """Before today's reminder it is today's, once today is settled it is tomorrow's, and never for who wants none."""
    chat = stored(1, reminder_times=ReminderTimes((time(9),))).chat

    def work(tx: Transaction) -> list[datetime | None]:
        tx.save_chat(stored(1), NOW)
        before = reminders.reschedule(tx, chat, now=NOW)
        finished = reminders.reschedule(tx, chat, now=NOW, after_today=True)
        changed = reminders.reschedule(tx, chat, now=NOW)
        paused = reminders.reschedule(tx, stored(1, paused_at=NOW).chat, now=NOW)
        return [before, finished, changed, paused, tx.due_at(1, DAILY)]

    today_at_nine = DUE + timedelta(hours=1, minutes=30)
    tomorrow_at_nine = today_at_nine + timedelta(days=1)
    assert database.run_here(work) == [today_at_nine, tomorrow_at_nine, tomorrow_at_nine, None, None]


def test_the_next_reminder_told_after_a_flight_west_is_one_that_comes(database: Database) -> None:
    """Reminded in Tokyo on the 8th and then in New York, where it is the 7th: the next one is the 9th's."""
    evening = datetime(2026, 5, 7, 23, 0, tzinfo=UTC)  # 08:00 of the 8th in Tokyo, 19:00 of the 7th in New York

    def work(tx: Transaction) -> datetime | None:
        tx.save_chat(stored(1), evening)
        tx.note_days([DayNote(1, date(2026, 5, 8), DAILY, SENT)], evening)
        return reminders.reschedule(tx, stored(1).chat, now=evening)

    assert database.run_here(work) == datetime(2026, 5, 9, 11, 30, tzinfo=UTC)


def statements_of(database: Database, knowledge: Knowledge) -> list[str]:
    """Return the first word of each statement of a claim, and of which table."""
    found: list[str] = []

    def work(tx: Transaction) -> int:
        raw: Any = tx.connection.connection.dbapi_connection
        raw.set_trace_callback(lambda sql: found.append(" ".join(sql.split()[:2])))
        try:
            return reminders.claim_due(tx, now=NOW, limit=500, grace=GRACE, knowledge=knowledge)
        finally:
            raw.set_trace_callback(None)

    database.run_here(work)
    return found


def test_a_follow_up_costs_those_who_want_none_no_statement(sqlite: Database, knowledge: Knowledge) -> None:
    """A claim is the same statements as ever; of many who want one it is one more, for all of them together."""

    def work(tx: Transaction) -> None:
        for chat_id in range(1, 8):
            tx.save_chat(stored(chat_id), NOW)
            tx.set_due(chat_id, DAILY, DUE)

    sqlite.run_here(work)
    without = statements_of(sqlite, knowledge)

    def again(tx: Transaction) -> None:
        for chat_id in range(11, 18):
            tx.save_chat(stored(chat_id, follow_up_minutes=30), NOW)
            tx.set_due(chat_id, DAILY, DUE)

    sqlite.run_here(again)
    wanted = statements_of(sqlite, knowledge)
    assert len(without) == 4, without  # what is due, due times, notes, letters
    assert len(wanted) == len(without) + 1
    assert sqlite.run_here(lambda tx: tx.due_at(11, FOLLOW_UP)) == NOW + timedelta(minutes=30)


def test_a_reminder_in_the_night_stays_the_evening_befores(database: Database, knowledge: Knowledge) -> None:
    """Sent at one in the morning of the 7th and not wanted on the 8th: due were the 6th and the 7th, ever after."""
    night = datetime(2026, 5, 7, 5, 0, tzinfo=UTC)  # 01:00 in New York
    owl = stored(1, reminder_times=ReminderTimes((time(1),)))

    def work(tx: Transaction) -> None:
        tx.save_chat(owl, night)
        tx.set_due(1, DAILY, night)
        reminders.claim_due(tx, now=night, limit=9, grace=GRACE, knowledge=knowledge)
        reminders.reschedule(tx, owl.chat, now=NOW, after_today=True)
        tx.save_chat(stored(1), NOW)

    database.run_here(work)
    assert database.run_here(lambda tx: tx.journal(1).due) == (date(2026, 5, 6), date(2026, 5, 7))
