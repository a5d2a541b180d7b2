"""Following up: what is asked of somebody whom reminders do not move.

Whoever chose so is asked once more on a day, a while after its reminder, and never in the quiet hours. Whoever let
seven days of reminders pass without a sign of life is asked once how often they want any; if that stays unanswered,
everything goes on as it was until they have been there again.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.domain.quiet import is_quiet
from bot.domain.schedule import wall_clock

FOLLOW_UP_MINUTES = (30, 60, 120)
IGNORED_DAYS = 7
FORGOTTEN_DAYS = 60
"""So long after the last sign of life nobody is asked any more: seven reminders have been ignored long before."""


class Ignored(NamedTuple):
    """On how many local dates somebody was reminded since their last sign of life, and the latest of them."""

    days: int
    latest: date


def follow_up_at(minutes: int | None, zone: str, reminded_at: datetime) -> datetime | None:
    """Give when (UTC) to ask once more after a reminder; None where that is not wanted, or in the quiet hours."""
    if minutes is None:
        return None
    due = reminded_at + timedelta(minutes=minutes)
    return None if is_quiet(wall_clock(due, zone)) else due


def may_have_ignored(changed_at: datetime, now: datetime) -> bool:
    """Whether somebody has been silent long enough to have ignored reminders on seven days, and not far longer.

    Seven days of reminders may be over after little more than six: the first is the day of the last sign of life where
    another reminder followed.
    """
    return timedelta(days=IGNORED_DAYS - 1) <= now - changed_at <= timedelta(days=FORGOTTEN_DAYS)


def asks_how_often(ignored: Ignored | None, local_date: date) -> bool:
    """Whether the reminder of a date is the question how often: once, the first of the eighth day of reminders.

    The day after it counts as ignored as well, so that the question does not come again.
    """
    return ignored is not None and ignored.days == IGNORED_DAYS and ignored.latest < local_date
