"""Progress: what the finished sessions add up to, reckoned in days and ISO weeks of the person's own calendar.

A day counts once, however often the routine was done on it, and only a finished session makes it count. These are
counts of what was done: nothing here counts what was missed. How they are worded is presentation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

EARLIER_WEEKS = 3
LATEST_RATINGS = 5

_DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class FinishedSession:
    """A session done to the end on `local_date`; `rating` is how the back felt after it, 0-10, if it was told."""

    local_date: date
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Days with the routine done.

    `week` is this ISO week, Monday first; `earlier_weeks` counts the weeks before it, the latest first; `total_days`
    counts all days ever; `ratings` are the latest ones, oldest first.
    """

    week: tuple[bool, ...]
    earlier_weeks: tuple[int, ...]
    total_days: int
    ratings: tuple[int, ...]

    @property
    def days_this_week(self) -> int:
        """How many of this week's days are done."""
        return sum(self.week)


def progress_of(finished: Sequence[FinishedSession], today: date) -> Progress:
    """Add up the finished sessions, given oldest first, as seen on `today` (the person's local date)."""
    days = {session.local_date for session in finished}
    monday = today - timedelta(days=today.weekday())
    weeks = [_week_from(monday - timedelta(weeks=back), days) for back in range(EARLIER_WEEKS + 1)]
    ratings = tuple(session.rating for session in finished if session.rating is not None)
    return Progress(
        week=weeks[0],
        earlier_weeks=tuple(sum(week) for week in weeks[1:]),
        total_days=len(days),
        ratings=ratings[-LATEST_RATINGS:],
    )


def _week_from(monday: date, days: set[date]) -> tuple[bool, ...]:
    return tuple(monday + timedelta(days=offset) in days for offset in range(_DAYS_IN_WEEK))
