"""Pausing: until when somebody who asks for a pause wants no reminders, and what becomes due when it is over.

A pause has no end until the person resumes, or it ends by itself: at the first reminder time on or after the local day
they named, which is the first one with reminders again. It may end within a year; whoever wants longer can pause
without an end.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.schedule import MOST_TIMES, Turn
from bot.domain.times import CalendarDay, When

LONGEST_PAUSE_DAYS = 365
PAUSE_DAYS = (7, 14, 30)
"""What is offered: a week, two weeks, a month."""

_DAY = timedelta(days=1)


def end_of_pause(when: When, today: date) -> date | None:
    """Give the first local day with reminders again; None for a day that is over, today, beyond a year, or no day."""
    end = next(_named(when, today), None)
    return end if end is not None and _DAY <= end - today <= LONGEST_PAUSE_DAYS * _DAY else None


def last_turn_before(paused_until: date) -> Turn:
    """Give the last turn that a pause can leave out."""
    return Turn(paused_until - _DAY, MOST_TIMES - 1)


def _named(when: When, today: date) -> Iterator[date]:
    if when.date is not None:
        yield from _dates(when.date, today)
    elif when.days is not None and when.days <= LONGEST_PAUSE_DAYS:
        yield today + when.days * _DAY
    elif when.weekdays:
        yield today + ((min(when.weekdays) - today.isoweekday() - 1) % 7 + 1) * _DAY


def _dates(named: CalendarDay, today: date) -> Iterator[date]:
    """Yield a day of the calendar; one without its year is this year's, or next year's where that is over."""
    for year in (today.year, today.year + 1) if named.year is None else (named.year,):
        try:
            day = date(year, named.month, named.day)
        except ValueError:  # the 29th of February
            continue
        if named.year is not None or day >= today:
            yield day
