"""The inbox's guard and a person's records: written once, replaced where that is meant, exported and erased whole."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from bot.domain.adherence import Standstill, Stop
from bot.domain.dues import DayNote
from bot.domain.effects import OpenSession, RecordAnswer, SessionStatus
from bot.domain.events import Outcome
from bot.domain.journal import Noticed, Tally
from bot.domain.levels import Morning
from bot.domain.safety import Finding, Flag, Tier
from bot.storage.tables import metadata
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases.clinic_ports import StaffAction
from tests.integration.storage.samples import FIVE, MINUTE, NOW, SESSION, TEN, letter, stored

TODAY = date(2026, 5, 7)
FINDING = Finding(tier=Tier.URGENT, flag=Flag.NEURO, rule_id="U1", evidence=())
PAUSE = Standstill(Stop.PAUSE, NOW - timedelta(days=2), NOW)
ANSWER = RecordAnswer(session=1, step=0, easier=False, exercise_id="knee-rolls", dose=TEN, outcome=Outcome.PAIN)


def rows(database: Database, table: str) -> list[dict[str, object]]:
    """Read a table through a connection of its own."""
    with database.engine.connect() as connection:
        return [dict(row) for row in connection.execute(metadata.tables[table].select()).mappings()]


def fill(tx: Transaction, chat_id: int) -> None:
    """Write something about a chat into every table that can hold it."""
    tx.save_chat(stored(chat_id), NOW)
    tx.open_session(chat_id, OpenSession(replace(SESSION, number=1), "settle"), TODAY)
    tx.record_answer(chat_id, ANSWER, NOW, TODAY)
    tx.record_finding(chat_id, FINDING, NOW)
    tx.tell_morning(chat_id, TODAY, Morning.BETTER)
    tx.set_due(chat_id, "daily", NOW)
    tx.note_days([DayNote(chat_id, TODAY, "daily", "sent")], NOW)
    tx.end_standstill(chat_id, PAUSE)
    tx.set_staff_code(chat_id, f"BCDFGHJ{chat_id}")
    tx.log_action(StaffAction(NOW, 99, "who", chat_id=chat_id))
    tx.queue([letter(f"of-{chat_id}", chat_id)])


def test_an_update_is_admitted_once(database: Database) -> None:
    """The second time an update comes it is known."""
    assert database.run_here(lambda tx: [tx.admit(5, NOW), tx.admit(5, NOW), tx.admit(6, NOW)]) == [True, False, True]


def test_a_failed_update_counts_as_handled(database: Database) -> None:
    """A failure is noted by its id, whether the update was admitted before or not, and is not handled again."""

    def work(tx: Transaction) -> None:
        tx.admit(5, NOW)
        tx.record_failure(5, "aaaa", NOW)
        tx.record_failure(6, "bbbb", NOW)

    database.run_here(work)
    assert [(row["update_id"], row["failure"]) for row in rows(database, "inbox")] == [(5, "aaaa"), (6, "bbbb")]
    assert not database.run_here(lambda tx: tx.admit(6, NOW))


def test_an_answer_replaces_the_earlier_one_to_the_same_step(database: Database) -> None:
    """The rating after "pain" completes the answer; the easier variant has an answer of its own."""

    def work(tx: Transaction) -> None:
        tx.save_chat(stored(1), NOW)
        tx.record_answer(1, ANSWER, NOW, TODAY)
        tx.record_answer(1, replace(ANSWER, rating=5), NOW + MINUTE, TODAY)
        tx.record_answer(1, replace(ANSWER, easier=True, dose=FIVE, outcome=Outcome.DONE), NOW, TODAY)

    database.run_here(work)
    found = [(row["easier"], row["outcome"], row["rating"]) for row in rows(database, "answer")]
    assert found == [(False, "pain", 5), (True, "done", None)]


def test_sessions_open_once_close_and_are_rated(database: Database) -> None:
    """The journal has them oldest first, with how they ended and how the back felt after them."""

    def work(tx: Transaction) -> None:
        tx.save_chat(stored(1), NOW)
        for number, status in enumerate((SessionStatus.FINISHED, SessionStatus.STOPPED, SessionStatus.FINISHED)):
            opening = OpenSession(replace(SESSION, number=number), "settle")
            tx.open_session(1, opening, TODAY + timedelta(days=number))
            tx.open_session(1, opening, TODAY + timedelta(days=9))
            tx.close_session(1, number, status, NOW)
        tx.rate_session(1, 2, 4)

    database.run_here(work)
    runs = database.run_here(lambda tx: tx.journal(1)).runs
    assert [run.on for run in runs] == [TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=2)]
    assert [(run.is_finished, run.rating) for run in runs] == [(True, None), (False, None), (True, 4)]
    assert [row["status"] for row in rows(database, "session")] == ["finished", "stopped", "finished"]


def test_a_finding_keeps_the_rule_and_no_words(database: Database) -> None:
    """Tier, flag and rule are stored; there is no column for more."""
    database.run_here(lambda tx: fill(tx, 1))
    (found,) = rows(database, "finding")
    assert found == {"id": 1, "chat_id": 1, "tier": "urgent", "flag": "neuro", "rule_id": "U1", "found_at": NOW}


def test_everything_about_a_chat_is_told_and_nothing_of_another(database: Database) -> None:
    """The export names every table that holds something about the person, and no message text."""
    for chat_id in (1, 2):
        database.run_here(partial(fill, chat_id=chat_id))
    told = database.run_here(lambda tx: tx.everything_about(1))
    about_people = {name for name, table in metadata.tables.items() if "chat_id" in table.c}
    assert set(told) == about_people
    assert {len(found) for found in told.values()} == {1}
    assert set(told["staff_action"][0]) == {"done_at", "action"}  # that the staff looked, not who of them
    for name in about_people - {"outbox", "staff_action"}:
        assert set(told[name][0]) == set(metadata.tables[name].c.keys()), name
    assert set(told["outbox"][0]) == {"method", "status", "settled_at"}  # what it said is gone, or on its way
    assert "of-1" not in str(told)


def test_the_journal_tells_days_sessions_and_stops(database: Database) -> None:
    """Reminders that came or were no longer wanted make their day due; a missed one does not, nor do other kinds."""

    def work(tx: Transaction) -> None:
        fill(tx, 1)
        notes = [("daily", "missed"), ("daily", "not_wanted"), ("own_word", "done"), ("weekly", "sent")]
        tx.note_days([DayNote(1, TODAY + timedelta(days=count), *note) for count, note in enumerate(notes, 1)], NOW)
        tx.note_days([DayNote(1, TODAY + timedelta(days=9), "daily", "sent", 0, TODAY + timedelta(days=8))], NOW)
        tx.end_standstill(1, replace(PAUSE, ended_at=NOW + MINUTE, first_day=TODAY, last_day=TODAY))

    database.run_here(work)
    journal = database.run_here(lambda tx: tx.full_journal(1))
    assert journal.due == (TODAY, TODAY + timedelta(days=2), TODAY + timedelta(days=8))
    assert journal.told == (TODAY + timedelta(days=3),)
    assert journal.standstills == (replace(PAUSE, ended_at=NOW + MINUTE, last_day=TODAY),)
    (run,) = journal.runs
    assert (run.on, run.started_at, run.ended_at, run.status, run.level) == (TODAY, NOW, None, None, "settle")
    assert journal.tallies == (Tally(TODAY, "knee-rolls", Outcome.PAIN, easier=False, count=1),)
    assert journal.findings == (Noticed(NOW, "urgent", "neuro"),)
    assert database.run_here(lambda tx: tx.journal(1)) == replace(journal, tallies=(), findings=())


def test_erasing_leaves_nothing_in_any_table(database: Database) -> None:
    """After an erasure no table has a row about the chat, and another chat keeps every one of its own."""
    for chat_id in (1, 2):
        database.run_here(partial(fill, chat_id=chat_id))
    database.run_here(lambda tx: tx.erase_chat(1))
    for name, table in metadata.tables.items():
        if "chat_id" in table.c:
            left = {None, 2} if name == "staff_action" else {2}  # that the staff looked somebody up; not whom
            assert {row["chat_id"] for row in rows(database, name)} == left, name
