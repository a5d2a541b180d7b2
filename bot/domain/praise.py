"""Praise: what is said after a session, by what happened in it and before it.

It is kind whatever the session was, counts what was done and never what was not, and promises nothing about the back.
An occasion has several wordings, which take turns by the number of finished sessions, so that nobody reads the same
words twice running. Where pain was told, or the day was a bad one, the words are about that, and no milestone is
celebrated beside pain.

The words themselves are in `content/`; how a milestone looks in Telegram is presentation.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.journal import Journal, Mark, Overview, done_days

WORDINGS = 4
MILESTONES = frozenset({7, 30, 100})
"""On which day done, counted from the first, the session is celebrated: few, or it is worth nothing."""
AWAY_DAYS = 3
"""So many days left out or frozen before today make a comeback."""
_FEWEST_OF_WEEK = 2


class Occasion(StrEnum):
    """What the praise is about; the values are parts of keys in `content/`."""

    FIRST = "first"
    PAIN = "pain"
    BAD_DAY = "bad-day"
    COMEBACK = "comeback"
    WEEK = "week"
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class Praise:
    """What is said after a session: about what, in which of its wordings, and the day done that is celebrated."""

    occasion: Occasion
    wording: int = 0
    milestone: int | None = None


def praise_of(journal: Journal, overview: Overview, weekdays: frozenset[int], *, is_minimum: bool) -> Praise:
    """Tell how to praise the session that was finished just now, the latest of `journal`.

    `weekdays` (ISO) are those of the reminder; `is_minimum`: it was the one exercise of a bad day.
    """
    finished = [run for run in journal.runs if run.is_finished]
    if not finished:
        return Praise(Occasion.BAD_DAY if is_minimum else Occasion.ORDINARY)
    run = finished[-1]
    is_first_of_day = all(earlier.on != run.on for earlier in finished[:-1]) and run.on not in journal.told
    occasion = Occasion.ORDINARY
    if run.peak:
        occasion = Occasion.PAIN
    elif len(finished) == 1:
        occasion = Occasion.FIRST
    elif is_minimum:
        occasion = Occasion.BAD_DAY
    elif is_first_of_day and _days_away(journal, overview, run.on) >= AWAY_DAYS:
        occasion = Occasion.COMEBACK
    elif is_first_of_day and _is_end_of_whole_week(done_days(journal), run.on, weekdays):
        occasion = Occasion.WEEK
    is_milestone = is_first_of_day and not run.peak and overview.days_ever in MILESTONES
    return Praise(occasion, len(finished) % WORDINGS, overview.days_ever if is_milestone else None)


def _days_away(journal: Journal, overview: Overview, today: date) -> int:
    """Count the days since the last one done that were left out or frozen."""
    last = max((day for day in done_days(journal) if day < today), default=today)
    return sum(day.mark in {Mark.MISSED, Mark.FROZEN} for day in overview.days if last < day.on < today)


def _is_end_of_whole_week(done: frozenset[date], today: date, weekdays: frozenset[int]) -> bool:
    """Whether today is the last of this ISO week's days with a reminder, and all of them are done."""
    if len(weekdays) < _FEWEST_OF_WEEK or today.isoweekday() != max(weekdays):
        return False
    monday = today - timedelta(days=today.weekday())
    return all(monday + timedelta(days=weekday - 1) in done for weekday in weekdays)
