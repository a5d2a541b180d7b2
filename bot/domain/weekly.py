"""The weekly summary: when it comes, what it says of the week, and the one suggestion it makes.

It comes on the evening of the person's choice, apart from the reminder, and never while the programme is paused or
held; nor a second time to somebody who has not been there for two weeks. People get it spread over an hour, for each
summary is made from a journal of its own. What it says is kind, whatever the week was: what was missed is not counted
up, and the suggestion is one thing that may help. More pain than before outranks every other suggestion.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from statistics import fmean
from typing import Protocol

from bot.domain.chat import Remindable, wants_reminders
from bot.domain.journal import DayShown, Mark, Overview, PainShown
from bot.domain.schedule import next_due, once_a_day

WEEK_DAYS = 7
EVENING_HOUR, LATER_HOUR = 18, 20  # the latter where the reminder itself comes at about that time
MINUTES_AN_HOUR = 60
TOLD_FOR = timedelta(weeks=2)  # whoever stays away is not reminded of it every week
MORE_PAIN_POINTS = 1.5  # near what people notice as a change, on a scale of 0 to 10
WEEKS_COMPARED = 3
OFTEN_OPEN = 3  # of the four latest of that weekday
MOST_OF_WEEK = 0.7
WORDINGS = 4


class Week(StrEnum):
    """How the week went; each has its praises in `content/`."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


class Suggestion(StrEnum):
    """The one thing to try; the values are parts of keys in `content/`."""

    MORE_PAIN = "more-pain"
    WEEKDAY = "weekday"
    KEEP = "keep"
    HABIT = "habit"
    SHORT = "short"


class Summarised(Remindable, Protocol):
    """What decides when somebody gets a weekly summary; a `Chat` has it, and so has a row read for reminding."""

    @property
    def chat_id(self) -> int: ...  # noqa: D102 - as of a Chat
    @property
    def weekly_day(self) -> int | None: ...  # noqa: D102
    @property
    def finished_at(self) -> datetime | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Summary:
    """The seven days up to today: how many were done, how that went, and what to try.

    `weekday` (ISO) is the one that the suggestion names; `wording` chooses among the praises, by the date alone.
    """

    done: int
    week: Week
    wording: int
    suggestion: Suggestion
    weekday: int | None = None


def next_summary(who: Summarised, after: datetime) -> datetime | None:
    """Give when (UTC) the next weekly summary is due, strictly after `after`.

    None where none is wanted, or where no session was finished in the two weeks before.
    """
    if not wants_reminders(who) or who.zone is None or who.reminder_times is None:
        return None
    if who.weekly_day is None or who.finished_at is None:
        return None
    is_near = any(abs(local_time.hour - EVENING_HOUR) <= 1 for local_time in who.reminder_times.local_times)
    hour = LATER_HOUR if is_near else EVENING_HOUR
    evening = time(hour, who.chat_id % MINUTES_AN_HOUR)
    due = next_due(once_a_day(evening, who.zone, frozenset({who.weekly_day})), after).due_at
    return due if due - who.finished_at <= TOLD_FOR else None


def summary_before(who: Summarised, after: datetime, reminder_at: datetime) -> datetime | None:
    """Give when (UTC) a weekly summary is due after `after` and before the next reminder, None where none is.

    It is worked out from one reminder to the next, so that nearly nothing due lies further ahead than a day.
    """
    due = next_summary(who, after)
    return due if due is not None and due <= reminder_at else None


def summary_of(overview: Overview) -> Summary:
    """Sum up the seven days that end today."""
    past = [day for day in overview.days if day.on <= overview.today]
    week = past[-WEEK_DAYS:]
    done = sum(day.mark is Mark.DONE for day in week)
    open_days = sum(day.mark is Mark.MISSED for day in week)
    suggestion, weekday = _suggestion(overview, past, done=done, open_days=open_days)
    kind = Week.NONE if not done else Week.SOME if open_days else Week.ALL
    wording = (overview.today.toordinal() // WEEK_DAYS) % WORDINGS
    return Summary(done, kind, wording, suggestion, weekday)


def _suggestion(
    overview: Overview, past: Sequence[DayShown], *, done: int, open_days: int
) -> tuple[Suggestion, int | None]:
    if _has_more_pain(overview.pain, overview.today):
        return Suggestion.MORE_PAIN, None
    if not done:
        return Suggestion.SHORT, None
    if (weekday := _often_open(past)) is not None:
        return Suggestion.WEEKDAY, weekday
    if done >= MOST_OF_WEEK * (done + open_days):
        return Suggestion.KEEP, None
    return Suggestion.HABIT, None


def _has_more_pain(pain: Sequence[PainShown], today: date) -> bool:
    """Whether the mean rating after this week's routines is well above that of the weeks before."""
    begins = today - timedelta(days=WEEK_DAYS)
    since = begins - timedelta(weeks=WEEKS_COMPARED)
    now = [point.after for point in pain if point.after is not None and point.on > begins]
    before = [point.after for point in pain if point.after is not None and since < point.on <= begins]
    return bool(now) and bool(before) and fmean(now) - fmean(before) >= MORE_PAIN_POINTS


def _often_open(past: Sequence[DayShown]) -> int | None:
    """Return the ISO weekday that was open most often of late, where one was; the first of equals."""
    month = past[-4 * WEEK_DAYS :]
    counts = {
        weekday: sum(day.mark is Mark.MISSED and day.on.isoweekday() == weekday for day in month)
        for weekday in range(1, WEEK_DAYS + 1)
    }
    weekday = max(counts, key=lambda one: (counts[one], -one))
    others = sum(counts.values()) - counts[weekday]
    return weekday if counts[weekday] >= OFTEN_OPEN and others <= counts[weekday] else None
