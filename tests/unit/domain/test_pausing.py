"""Until when a pause lasts: what somebody may say, and what is no end."""

from datetime import date, time

import pytest

from bot.domain.pausing import end_of_pause, last_turn_before
from bot.domain.schedule import Turn
from bot.domain.times import CalendarDay, TypedTime, When

THURSDAY = date(2026, 5, 7)


@pytest.mark.parametrize(
    ("when", "end"),
    [
        (When(days=7), date(2026, 5, 14)),
        (When(days=1), date(2026, 5, 8)),
        (When(days=365), date(2027, 5, 7)),
        (When(days=1, times=(TypedTime(time(9)),)), date(2026, 5, 8)),
        (When(weekdays=frozenset({1})), date(2026, 5, 11)),
        (When(weekdays=frozenset({4})), date(2026, 5, 14)),
        (When(weekdays=frozenset({6, 7})), date(2026, 5, 9)),
        (When(date=CalendarDay(8, 3)), date(2026, 8, 3)),
        (When(date=CalendarDay(1, 3)), date(2027, 1, 3)),
        (When(date=CalendarDay(5, 7)), None),
        (When(date=CalendarDay(5, 7, 2026)), None),
        (When(date=CalendarDay(5, 6, 2026)), None),
        (When(date=CalendarDay(5, 7, 2027)), date(2027, 5, 7)),
        (When(date=CalendarDay(5, 8, 2027)), None),
        (When(date=CalendarDay(2, 29)), None),
        (When(days=0), None),
        (When(days=366), None),
        (When(days=10**9), None),
        (When(minutes=20), None),
        (When(times=(TypedTime(time(18)),)), None),
    ],
)
def test_the_end_is_the_first_day_with_reminders_again(when: When, end: date | None) -> None:
    """From tomorrow on and within a year; a weekday is the next of its name, a day without a year the next as well."""
    assert end_of_pause(when, THURSDAY) == end


def test_all_turns_before_the_end_are_left_out() -> None:
    """The first of that day is not."""
    assert Turn(date(2026, 5, 6), 2) <= last_turn_before(THURSDAY) < Turn(THURSDAY, 0)
