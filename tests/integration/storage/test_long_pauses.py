"""The end of a long pause: how much easier it begins follows from what is on record, and is said as it is."""

from datetime import date, timedelta

import pytest

from bot.domain.dues import DAILY
from bot.domain.effects import OpenSession, RecordAnswer, SessionStatus
from bot.domain.events import Outcome
from bot.domain.levels import Morning
from bot.storage.tables import metadata
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases import pauses, reminders
from bot.usecases.knowledge import Knowledge
from tests.integration.storage.samples import FIVE, NOW, SESSION, stored

DAY = timedelta(days=1)
DAYS_DONE = 40


def exercised(tx: Transaction, days: int, *, until: date) -> None:
    """Put a good routine and a good morning on record for each of so many days up to one."""
    for number in range(1, days + 1):
        on = until - (days - number) * DAY
        at = NOW - (days - number) * DAY
        session = SESSION.__class__(number, at, SESSION.prescriptions)
        tx.open_session(1, OpenSession(session, "base"), on)
        tx.record_answer(1, RecordAnswer(number, 0, False, "knee-rolls", FIVE, Outcome.DONE), at, on)
        tx.close_session(1, number, SessionStatus.FINISHED, at)
        tx.tell_morning(1, on, Morning.SAME)


@pytest.mark.parametrize(
    ("days_done", "days_paused", "said"),
    [
        (DAYS_DONE, 3, None),
        (DAYS_DONE, 7, "one level easier"),
        (DAYS_DONE, 25, "2 levels easier"),
        (2, 25, None),
        (0, 25, None),
    ],
)
def test_the_plan_is_as_much_easier_as_is_said(
    database: Database, knowledge: Knowledge, days_done: int, days_paused: int, said: str | None
) -> None:
    """A level after a week away, two after three weeks, and nothing below the lowest."""
    later, until = NOW + days_paused * DAY, NOW.date() + days_paused * DAY

    def pause(tx: Transaction) -> None:
        tx.save_chat(stored(1, paused_at=NOW, paused_until=until, finished_at=NOW), NOW)
        exercised(tx, days_done, until=NOW.date())
        reminders.reschedule(tx, stored(1, paused_at=NOW, paused_until=until).chat, now=NOW)

    database.run_here(pause)
    due = database.run_here(lambda tx: tx.due_at(1, DAILY))
    assert due is not None
    assert due.date() == until
    database.run_here(
        lambda tx: reminders.claim_due(tx, now=later, limit=9, grace=timedelta(hours=2), knowledge=knowledge)
    )
    with database.engine.connect() as connection:
        (row,) = connection.execute(metadata.tables["outbox"].select()).mappings()
    text = row["payload"]["text"]
    assert "Welcome back" in text
    assert ("easier" in text) is (said is not None)
    assert said is None or said in text
    stored_now = database.run_here(lambda tx: tx.load_chat(1))
    assert stored_now is not None
    assert (stored_now.chat.paused_at, stored_now.chat.paused_until) == (None, None)
    assert stored_now.changed_at == NOW  # the person has done nothing
    assert database.run_here(lambda tx: pauses.end(tx, 1, now=later, knowledge=knowledge)) is None
