"""Schedule: when a daily reminder is next due, and what to do with one that is found late.

A person asks for a wall-clock time on some weekdays in a zone. Each local date that exists in the zone and falls on
one of those weekdays has exactly one occurrence, and later dates have later occurrences:

- A time that the clocks skip (a gap) moves on by the gap's length: 02:30 in a gap of one hour is 03:30.
- A time that comes twice (a fold) is due once, the first time.
- A local date that the zone left out altogether (Apia had no 30 December 2011) has no occurrence; it does not move to
  the next date, which has its own.

Everything due is an aware `datetime` in UTC; a local date is a plain `date` that belongs to the occurrence, even where
a gap just before midnight pushes the occurrence itself past midnight. Late beyond the grace period means skipped and
counted, and however long the bot was down, at most one reminder results.

Not here: the clock (`now` is an argument), pausing and holding, which stop the claiming altogether, and snoozing,
which is only an addition of minutes. An instant beyond the years 1 to 9999 raises OverflowError.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

EVERY_DAY = frozenset(range(1, 8))

_DAY = timedelta(days=1)
_DAYS_IN_WEEK = 7
_LONGEST_WAIT_DAYS = 16  # yesterday, a week to the weekday, a week more where the zone leaves that date out
_OFFSET_OF_A_LOST_DATE = timedelta(hours=12)  # far more than any season, far less than a change of date line


@dataclass(frozen=True, slots=True)
class DailyTime:
    """A wall-clock time on ISO weekdays (1 Monday to 7 Sunday) in an IANA zone; raises ValueError for anything else."""

    local_time: time
    zone: str
    weekdays: frozenset[int] = EVERY_DAY

    def __post_init__(self) -> None:
        """Refuse what would never come due, or not at a plain wall-clock time."""
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise ValueError(f"weekdays must be some of 1 (Monday) to 7 (Sunday), not {sorted(self.weekdays)}")
        if self.local_time.tzinfo is not None:
            raise ValueError("local_time is a wall-clock time and carries no zone of its own")
        try:
            _zone(self.zone)
        except (KeyError, OSError) as error:
            raise ValueError(f"{self.zone!r} is not an IANA time zone") from error


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One reminder of a schedule: the local date it belongs to and the UTC instant at which it is due."""

    local_date: date
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """What to do with a row found due: the one occurrence to send, how many were missed, and the next one."""

    send: Occurrence | None
    skipped: int
    next: Occurrence


def due_at(local_date: date, local_time: time, zone: str) -> datetime | None:
    """Give the UTC instant of a wall-clock time on a date; None if the zone left that whole date out."""
    instant = _instant(local_date, local_time, zone)
    if local_date_of(instant, zone) != local_date and _leaves_out(local_date, zone):
        return None
    return instant


def next_due(schedule: DailyTime, after: datetime, last_date: date | None = None) -> Occurrence:
    """Give the first occurrence strictly after `after`, and on a local date later than `last_date` where that is given.

    `last_date` is the local date of the latest reminder the person had: whoever travels west, or moves the time to
    later in the day, is not reminded twice on one date.
    """
    first = local_date_of(after, schedule.zone) - _DAY  # a gap before midnight may push yesterday's into today
    if last_date is not None:
        first = max(first, last_date + _DAY)
    for days in range(_LONGEST_WAIT_DAYS):
        occurrence = _occurrence_on(schedule, first + timedelta(days=days))
        if occurrence is not None and occurrence.due_at > after:
            return occurrence
    raise AssertionError("a schedule has at least one weekday, and no zone leaves out the same weekday twice running")


def claim(schedule: DailyTime, due: datetime, now: datetime, grace: timedelta) -> Claim:
    """Decide what a row stored as due at `due` leads to at `now`: at most one occurrence is sent, if not late.

    Of everything due up to `now` only the latest can be sent, and only within the grace period; the rest is counted
    as skipped. `next` comes after `now`. A row not due yet leads to nothing and stays next; so does one that is due by
    rules of its zone that no longer hold, and by those that do is not.
    """
    first = _stored(schedule, due)
    if now < due:
        return Claim(send=None, skipped=0, next=first)
    by_present_rules = _occurrence_on(schedule, first.local_date)
    if by_present_rules is not None and by_present_rules.due_at > now:
        return Claim(send=None, skipped=0, next=by_present_rules)
    following = next_due(schedule, now, last_date=first.local_date)
    missed = _count(schedule, first.local_date, following.local_date - _DAY)
    latest = _latest(schedule, first, following)
    if is_late(latest.due_at, now, grace):
        return Claim(send=None, skipped=missed, next=following)
    return Claim(send=latest, skipped=missed - 1, next=following)


def is_late(due: datetime, now: datetime, grace: timedelta) -> bool:
    """Tell whether more than the grace period has passed since an occurrence was due."""
    return now - due > grace


def local_date_of(instant: datetime, zone: str) -> date:
    """Give the date on the wall calendar of a zone at an aware instant; raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant must be aware")
    return instant.astimezone(_zone(zone)).date()


def wall_clock(instant: datetime, zone: str) -> time:
    """Give the time of day that the clocks of a zone show at an aware instant."""
    return instant.astimezone(_zone(zone)).time()


@cache
def _zone(name: str) -> ZoneInfo:
    """Look a zone up once: zoneinfo itself keeps only the eight latest, and reading one costs as much as 100 claims."""
    return ZoneInfo(name)


def _instant(local_date: date, local_time: time, zone: str) -> datetime:
    """Read a wall-clock time with the offset before any change, which puts gaps and folds where they belong."""
    return datetime.combine(local_date, local_time, _zone(zone)).replace(fold=0).astimezone(UTC)


def _leaves_out(local_date: date, zone: str) -> bool:
    """Tell whether a zone skipped a whole date: then its midnight moves on to the midnight of another."""
    return local_date_of(_instant(local_date, time.min, zone), zone) != local_date


def _occurrence_on(schedule: DailyTime, local_date: date) -> Occurrence | None:
    if local_date.isoweekday() not in schedule.weekdays:
        return None
    due = due_at(local_date, schedule.local_time, schedule.zone)
    return None if due is None else Occurrence(local_date, due)


def _stored(schedule: DailyTime, due: datetime) -> Occurrence:
    """Give the occurrence a row stands for, also where the zone's rules have changed since the row was written."""
    local_date = local_date_of(due, schedule.zone)
    for candidate in (local_date, local_date - _DAY):
        occurrence = _occurrence_on(schedule, candidate)
        if occurrence is not None and occurrence.due_at == due:
            return occurrence
    return Occurrence(local_date, due)


def _latest(schedule: DailyTime, first: Occurrence, following: Occurrence) -> Occurrence:
    """Give the last occurrence before `following`, which is `first` itself if there is none between."""
    for days in range(1, _LONGEST_WAIT_DAYS):
        local_date = following.local_date - timedelta(days=days)
        if local_date <= first.local_date:
            break
        occurrence = _occurrence_on(schedule, local_date)
        if occurrence is not None:
            return occurrence
    return first


def _count(schedule: DailyTime, first: date, last: date) -> int:
    """Count occurrences from the date of one (itself counted, whatever its weekday) to `last`, without walking."""
    if first == last:  # the usual claim, in time
        return 1
    weeks, rest = divmod((last - first).days, _DAYS_IN_WEEK)
    odd_days = (first + timedelta(days=days) for days in range(1, rest + 1))
    count = 1 + weeks * len(schedule.weekdays) + sum(day.isoweekday() in schedule.weekdays for day in odd_days)
    return count - _lost(schedule, first, last)


def _lost(schedule: DailyTime, first: date, last: date) -> int:
    """Count the scheduled dates a zone left out in between, walking only where it changed sides of the date line."""
    before, after = (
        datetime.combine(day, schedule.local_time, _zone(schedule.zone)).utcoffset() for day in (first, last)
    )
    if before is None or after is None or abs(after - before) < _OFFSET_OF_A_LOST_DATE:
        return 0
    between = (first + timedelta(days=days) for days in range(1, (last - first).days + 1))
    return sum(day.isoweekday() in schedule.weekdays and _leaves_out(day, schedule.zone) for day in between)
