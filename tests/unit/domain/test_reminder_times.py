"""Up to three reminder times on chosen weekdays: when each comes, and how they are spelled and moved."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import (
    Claim,
    Occurrence,
    ReminderTimes,
    Schedule,
    Turn,
    claim,
    clock_shift,
    next_due,
    read_reminder_times,
)
from tests.unit.domain.test_schedule import NEW_YORK, UNHURRIED, instants, minutes, utc, walk, weekdays, zones

TWICE = ReminderTimes((time(8), time(21)), frozenset({1, 3}))


def test_several_times_come_each_on_its_days() -> None:
    """Morning and evening on Mondays and Wednesdays, each with its turn."""
    found = walk(Schedule(TWICE, NEW_YORK), utc("2026-06-01 00:00"))
    assert [next(found) for _ in range(4)] == [
        Occurrence(Turn(date(2026, 6, 1), 0), utc("2026-06-01 12:00")),
        Occurrence(Turn(date(2026, 6, 1), 1), utc("2026-06-02 01:00")),
        Occurrence(Turn(date(2026, 6, 3), 0), utc("2026-06-03 12:00")),
        Occurrence(Turn(date(2026, 6, 3), 1), utc("2026-06-04 01:00")),
    ]


def test_a_new_time_does_not_bring_back_a_reminder_that_came() -> None:
    """Reminded at eight, the person who moves it to nine and adds the evening next hears in the evening."""
    times = ReminderTimes((time(9), time(21)))
    found = next_due(Schedule(times, NEW_YORK), utc("2026-06-01 12:30"), last=Turn(date(2026, 6, 1), 0))
    assert found == Occurrence(Turn(date(2026, 6, 1), 1), utc("2026-06-02 01:00"))


def test_two_times_that_a_gap_makes_one_come_once() -> None:
    """02:30 is shown as 03:30 on the day of the change, and half past three is reminded of once."""
    schedule = Schedule(ReminderTimes((time(2, 30), time(3, 30))), NEW_YORK)
    found = walk(schedule, utc("2026-03-08 00:00"))
    assert [next(found).due_at for _ in range(2)] == [utc("2026-03-08 07:30"), utc("2026-03-09 06:30")]


@UNHURRIED
@given(
    clocks=st.sets(minutes, min_size=1, max_size=3), zone=zones, days=weekdays, after=instants, down=st.integers(0, 200)
)
def test_of_many_times_nothing_is_lost_and_nothing_comes_twice(
    clocks: set[time], zone: str, days: frozenset[int], after: datetime, down: int
) -> None:
    """Turns and instants rise, no day has more than asked for, and a claim sends one and counts the rest."""
    schedule = Schedule(ReminderTimes(tuple(sorted(clocks)), days), zone)
    row: list[Occurrence] = []
    last: Turn | None = None
    for _ in range(7):
        row.append(next_due(schedule, after, last))
        after, last = row[-1].due_at, row[-1].turn
    assert all(one.turn < other.turn and one.due_at < other.due_at for one, other in pairwise(row))
    assert all(one.turn.slot < len(clocks) and one.local_date.isoweekday() in days for one in row)
    now = row[0].due_at + timedelta(hours=down)
    came = [one for one in row if one.due_at <= now]
    if len(came) < len(row):
        expected = Claim(came[-1], len(came) - 1, row[len(came)], row[0])
        assert claim(schedule, row[0].due_at, now, timedelta(weeks=2)) == expected


@given(clocks=st.sets(minutes, min_size=1, max_size=3), days=weekdays)
def test_times_are_spelled_one_way(clocks: set[time], days: frozenset[int]) -> None:
    """What is written is read as the same."""
    times = ReminderTimes(tuple(sorted(clocks)), days)
    assert read_reminder_times(times.spelled()) == times


@pytest.mark.parametrize(
    "text", ["", "07:30", "7:30/1", "07:30/", "07:30/8", "07:30/21", "09:00,07:30/1", "07:30,07:30/1", "noon/1", "/1"]
)
def test_a_spelling_that_is_none_is_refused(text: str) -> None:
    """Unordered, doubled, short or empty: nothing is guessed."""
    with pytest.raises(ValueError, match=r".+"):
        read_reminder_times(text)


def test_the_same_moments_in_another_zone() -> None:
    """Half past seven in Madrid is half past one in New York; what leaves the day comes round again."""
    shift = clock_shift("Europe/Madrid", NEW_YORK, utc("2026-06-01 12:00"))
    assert shift == timedelta(hours=-6)
    moved = ReminderTimes((time(4), time(7, 30)), frozenset({2})).shifted(shift)
    assert moved == ReminderTimes((time(1, 30), time(22)), frozenset({2}))
