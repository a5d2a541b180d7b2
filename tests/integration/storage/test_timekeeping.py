"""Due times that zone data or a wrong clock left behind are put right, and nothing else is touched."""

from datetime import date, datetime, timedelta

import pytest

from bot.domain.dues import DAILY, MISSED, NOT_WANTED, SENT, SNOOZE, DayNote, NewDue
from bot.storage.tables import metadata
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases import timekeeping
from tests.integration.storage.samples import NOW, stored

DUE = datetime.fromisoformat("2026-05-08T11:30:00Z")  # tomorrow 07:30 in New York, as in the samples
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)


def check(database: Database, zone_data: str = "2026b") -> None:
    """Go through the due times as a process does at its start."""

    def work_out(place: timekeeping.Place) -> timekeeping.Place | None:
        return database.run_here(lambda tx: timekeeping.work_out_anew(tx, place, now=NOW))

    place: timekeeping.Place | None = database.run_here(
        lambda tx: timekeeping.start_of_walk(tx, now=NOW, zone_data=zone_data)
    )
    while place is not None:
        place = work_out(place)
    database.run_here(lambda tx: timekeeping.end_of_walk(tx, zone_data=zone_data))


def put(database: Database, *dues: NewDue) -> None:
    """Store a chat for each due time."""

    def work(tx: Transaction) -> None:
        for due in dues:
            tx.save_chat(stored(due.chat_id), NOW)
        tx.set_many_due(dues)

    database.run_here(work)


def due_at(database: Database, chat_id: int, kind: str = DAILY) -> datetime | None:
    """Return when a chat's reminder is due."""
    return database.run_here(lambda tx: tx.due_at(chat_id, kind))


def test_new_zone_data_moves_what_it_changed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was worked out by other rules is moved, in batches; with the same data nothing is gone through again."""
    monkeypatch.setattr(timekeeping, "BATCH", 2)
    off = [HOUR, -HOUR, timedelta(), HOUR, timedelta(), -2 * HOUR, timedelta()]
    put(database, *(NewDue(number, DAILY, DUE + by) for number, by in enumerate(off, 1)))
    check(database, "2026b")
    assert {due_at(database, number) for number in range(1, 8)} == {DUE}
    database.run_here(lambda tx: tx.set_due(1, DAILY, DUE - HOUR))
    check(database, "2026b")
    assert due_at(database, 1) == DUE - HOUR
    check(database, "2026c")
    assert due_at(database, 1) == DUE


def test_a_day_that_is_settled_stays_settled(database: Database) -> None:
    """Tomorrow's reminder was skipped already, so the proper time is the day after's, as it stands."""
    put(database, NewDue(1, DAILY, DUE + DAY))
    tomorrow = DayNote(1, DUE.date(), DAILY, NOT_WANTED)
    database.run_here(lambda tx: tx.note_days([tomorrow], NOW))
    check(database)
    assert due_at(database, 1) == DUE + DAY


def test_what_is_due_already_is_left_to_the_claim(database: Database) -> None:
    """A reminder that waits to be claimed is not moved to tomorrow without anybody having counted it."""
    put(database, NewDue(1, DAILY, NOW - HOUR))
    check(database)
    assert due_at(database, 1) == NOW - HOUR


def test_a_clock_that_stood_a_year_ahead_costs_no_year(database: Database) -> None:
    """What it put off for a year is due tomorrow; the days it noted and the reminders it missed are forgotten."""
    put(database, NewDue(1, DAILY, DUE + YEAR, missed=364), NewDue(2, DAILY, DUE, missed=3))
    notes = [
        DayNote(1, NOW.date(), DAILY, SENT),
        DayNote(1, date(2027, 5, 7), DAILY, MISSED),
    ]
    database.run_here(lambda tx: tx.note_days(notes, NOW))
    database.run_here(lambda tx: tx.set_fact(timekeeping.ZONE_DATA, "2026b"))
    check(database)
    assert (due_at(database, 1), due_at(database, 2)) == (DUE, DUE)
    with database.engine.connect() as connection:
        days = [row.local_date for row in connection.execute(metadata.tables["occurrence"].select())]
        missed = [row.missed for row in connection.execute(metadata.tables["reminder"].select().order_by("chat_id"))]
    assert (days, missed) == ([NOW.date()], [0, 3])


def test_a_snooze_of_next_year_is_dropped(database: Database) -> None:
    """A snooze lasts minutes: what lies beyond a day was said to a clock that was wrong."""
    put(database, NewDue(1, SNOOZE, NOW + YEAR), NewDue(2, SNOOZE, NOW + HOUR))
    check(database)
    assert due_at(database, 1, SNOOZE) is None
    assert due_at(database, 2, SNOOZE) == NOW + HOUR


def test_what_was_changed_meanwhile_is_not_moved(database: Database) -> None:
    """Somebody who chose another time while the walk went on keeps it."""
    put(database, NewDue(1, DAILY, DUE + HOUR))
    (seen,) = database.run_here(lambda tx: tx.reminders_due_after(NOW, 0, 10))
    database.run_here(lambda tx: tx.set_due(1, DAILY, DUE + 2 * HOUR))
    database.run_here(lambda tx: tx.move_due(seen, DUE))
    assert due_at(database, 1) == DUE + 2 * HOUR


def test_a_broken_row_stops_nobody_elses(database: Database) -> None:
    """A zone that no longer exists is reported and passed by."""
    put(database, NewDue(1, DAILY, DUE - HOUR), NewDue(2, DAILY, DUE + HOUR))
    database.run_here(lambda tx: tx.save_chat(stored(1, zone="Mars/Olympus"), NOW))
    check(database)
    assert (due_at(database, 1), due_at(database, 2)) == (DUE - HOUR, DUE)
