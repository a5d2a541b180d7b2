"""Adherence: how steadily the routine is done, as a score that forgives, and as a streak for those who like one.

Only days count on which something was due, or which were done anyway. A pause or a hold freezes score and streak: its
days do not count at all, except the first and the last where they were done. Today counts once it is done, never
before it is over. So does a day begin at three in the morning on the person's own clocks: a routine after midnight
belongs to the evening before. When reminders fire is `schedule`'s matter and knows nothing of this.

The score is that of the Loop Habit Tracker: each counted day moves it towards 1 or 0, by a share that halves what came
before within 13 days of a daily routine. One missed day costs a twentieth of it at most, and no day brings it to zero.
The streak counts days done in a row; up to two missed days of a calendar month are frozen over without being asked for.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from math import sqrt
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.chat import Chat
from bot.domain.schedule import MOST_TIMES, ReminderTimes, Turn, due_at

DAY_BEGINS = time(3)
HALF_LIFE_DAYS = 13
FREEZES_A_MONTH = 2

_DAY = timedelta(days=1)
_NIGHT = timedelta(hours=DAY_BEGINS.hour)


class Stop(StrEnum):
    """Why nothing is due: the person paused, or the programme is held for safety."""

    PAUSE = "pause"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Standstill:
    """A time in which nothing is due; instants are UTC, `ended_at` is None while it lasts.

    `first_day` and `last_day` are days on the clocks of where the person was then, None where that is not on record.
    """

    kind: Stop
    began_at: datetime
    ended_at: datetime | None = None
    first_day: date | None = None
    last_day: date | None = None

    def days_in(self, zone: str) -> tuple[date, date | None]:
        """Give its first and its last day, None while it lasts; what is not on record goes by the clocks of `zone`."""
        first = self.first_day or day_of(self.began_at, zone)
        return first, self.last_day or (None if self.ended_at is None else day_of(self.ended_at, zone))


class CountedDay(NamedTuple):
    """A day that counts, and whether it was done."""

    on: date
    done: bool


@dataclass(frozen=True, slots=True)
class Streak:
    """Days done in a row up to now, and how many missed days of this month can still be frozen over."""

    days: int
    freezes_left: int


def day_of(instant: datetime, zone: str) -> date:
    """Give the day an aware instant counts for, on the clocks of an IANA zone: until 3 am it is the day before's."""
    if instant.tzinfo is None:
        raise ValueError("an instant must be aware")
    return (instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) - _NIGHT).date()


def end_of_day(instant: datetime, zone: str) -> datetime:
    """Give when (UTC) the day ends that an aware instant counts for: at 3 am, or a day later where that is left out."""
    return due_at(day_of(instant, zone) + _DAY, DAY_BEGINS, zone) or instant + _DAY


def day_of_reminder(turn: Turn, times: ReminderTimes) -> date:
    """Give the day that the reminder with this turn is for; one past the last of a date is for the same day as that."""
    local_time = times.local_times[min(turn.slot, len(times.local_times) - 1)]
    return turn.local_date - _DAY if local_time < DAY_BEGINS else turn.local_date


def last_turn_of(day: date, times: ReminderTimes) -> Turn | None:
    """Give the turn with which all reminders for a day are over, however many follow before the next; None if none was.

    It is the last that a date can have, or of those after midnight the last before 3 am.
    """
    after_midnight = sum(local_time < DAY_BEGINS for local_time in times.local_times)
    following = day + _DAY
    if after_midnight and following.isoweekday() in times.weekdays:
        return Turn(following, after_midnight - 1)
    has_others = after_midnight < len(times.local_times)
    return Turn(day, MOST_TIMES - 1) if has_others and day.isoweekday() in times.weekdays else None


def standstills_of(chat: Chat) -> tuple[Standstill, ...]:
    """Return the pause and the hold that last."""
    pause = () if chat.paused_at is None else (Standstill(Stop.PAUSE, chat.paused_at),)
    hold = () if chat.hold is None else (Standstill(Stop.HOLD, chat.hold.since),)
    return (*pause, *hold)


def ended_standstills(before: Chat, after: Chat, now: datetime) -> tuple[Standstill, ...]:
    """Return what lasted in `before` and no longer does in `after`; a hold that another replaces has ended as well.

    So has, for the record, one in which the person moves: the day it began is known there and then only.
    """
    lasting = set(standstills_of(after)) if before.zone == after.zone else set()
    return tuple(
        Standstill(one.kind, one.began_at, now, _known_day(one.began_at, before.zone), _known_day(now, before.zone))
        for one in standstills_of(before)
        if one not in lasting
    )


def all_standstills(recorded: Sequence[Standstill], chat: Chat) -> tuple[Standstill, ...]:
    """Return those on record and those that last, each once: one in which the person moved is both."""
    lasting = {(one.kind, one.began_at): one for one in standstills_of(chat)}
    over = []
    for one in recorded:
        key = (one.kind, one.began_at)
        if key in lasting:
            lasting[key] = replace(lasting[key], first_day=one.first_day)
        else:
            over.append(one)
    return (*over, *lasting.values())


def _known_day(instant: datetime, zone: str | None) -> date | None:
    return None if zone is None else day_of(instant, zone)


def frozen_days(standstills: Iterable[Standstill], zone: str, today: date) -> tuple[frozenset[date], frozenset[date]]:
    """Return the days that standstills touch, up to `today`, and those among them that they cover from end to end."""
    touched: set[date] = set()
    covered: set[date] = set()
    for one in standstills:
        first, last = one.days_in(zone)
        until = today if last is None else min(today, last)
        days = [first + timedelta(days=count) for count in range((until - first).days + 1)]
        touched.update(days)
        covered.update(days[1:] if last is None else days[1:-1])
    return frozenset(touched), frozenset(covered)


def counted_days(
    *,
    due: Collection[date],
    done: Collection[date],
    touched: Collection[date],
    covered: Collection[date],
    today: date,
) -> tuple[CountedDay, ...]:
    """Return the days that count up to `today`, oldest first.

    `due` are the days on which something was due, `done` those on which it was done; `touched` and `covered` are the
    days of standstills, as `frozen_days` gives them.
    """
    finished = {day for day in done if day <= today and day not in covered}
    open_days = {day for day in due if day < today and day not in touched}
    return tuple(CountedDay(day, day in finished) for day in sorted(finished | open_days))


def share_kept(frequency: float) -> float:
    """Return how much of the score stays over one counted day; `frequency` is days a week over seven, above 0 to 1."""
    if not 0 < frequency <= 1:
        raise ValueError(f"a frequency is above 0 and at most 1, not {frequency}")
    return float(0.5 ** (sqrt(frequency) / HALF_LIFE_DAYS))


def scores_of(days: Sequence[CountedDay], frequency: float) -> tuple[float, ...]:
    """Return the score after each counted day, given oldest first; each is 0 to 1, and begins at 0."""
    kept, score = share_kept(frequency), 0.0
    scores = []
    for day in days:
        score = score * kept + day.done * (1 - kept)
        scores.append(score)
    return tuple(scores)


def score_of(days: Sequence[CountedDay], frequency: float) -> float:
    """Return the score after the last of the counted days, 0 where there is none."""
    return scores_of(days, frequency)[-1] if days else 0.0


def streak_of(days: Sequence[CountedDay], today: date) -> Streak:
    """Count the days done in a row, given all counted days oldest first; a missed day without a freeze ends it."""
    streak, used, month = 0, 0, (0, 0)
    for day in days:
        if (day.on.year, day.on.month) != month:
            month, used = (day.on.year, day.on.month), 0
        if day.done:
            streak += 1
        elif streak and used < FREEZES_A_MONTH:
            used += 1
        else:
            streak = 0
    if (today.year, today.month) != month:
        used = 0
    return Streak(streak, FREEZES_A_MONTH - used)
