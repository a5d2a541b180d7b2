"""Following up: what is asked of somebody whom reminders do not move.

Whoever chose so is asked once more on a day, a while after its reminder, and never in the quiet hours. Whoever let
seven days of reminders pass without a sign of life is asked once how often they want any; if that stays unanswered,
everything goes on as it was until they have been there again.
"""

from datetime import datetime, timedelta

from bot.domain.quiet import is_quiet
from bot.domain.schedule import wall_clock

FOLLOW_UP_MINUTES = (30, 60, 120)
IGNORED_DAYS = 7
FORGOTTEN_DAYS = 60
"""So long after the last sign of life nobody is asked any more: seven reminders have been ignored long before."""


def follow_up_at(minutes: int | None, zone: str, reminded_at: datetime) -> datetime | None:
    """Give when (UTC) to ask once more after a reminder; None where that is not wanted, or in the quiet hours."""
    if minutes is None:
        return None
    due = reminded_at + timedelta(minutes=minutes)
    return None if is_quiet(wall_clock(due, zone)) else due


def may_have_ignored(changed_at: datetime, now: datetime) -> bool:
    """Whether somebody has been silent long enough to have ignored reminders on seven days, and not far longer."""
    return timedelta(days=IGNORED_DAYS) <= now - changed_at <= timedelta(days=FORGOTTEN_DAYS)


def asks_how_often(days_ignored: int) -> bool:
    """Whether the next reminder is the question how often: once, for the day after it counts as ignored as well."""
    return days_ignored == IGNORED_DAYS
