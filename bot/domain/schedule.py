"""Schedule: when reminders are next due, and what to do with one that is found late.

A person asks for up to three wall-clock times on some weekdays in a zone. Each local date that exists in the zone and
falls on one of those weekdays has one occurrence for each of the times, and later ones follow:

- A time that the clocks skip (a gap) moves on by the gap's length: 02:30 in a gap of one hour is 03:30.
- A time that comes twice (a fold) is due once, the first time.
- Two times that a gap moves to the same instant are one occurrence.
- A local date that the zone left out altogether (Apia had no 30 December 2011) has no occurrence; it does not move to
  the next date, which has its own.

Everything due is an aware `datetime` in UTC; a local date is a plain `date` that belongs to the occurrence, even where
a gap just before midnight pushes the occurrence itself past midnight. The occurrences of one date are told apart by
their turn. Late beyond the grace period means skipped and counted, and however long the bot was down, at most one
reminder results.

Not here: the clock (`now` is an argument), pausing and holding, which stop the claiming altogether, and snoozing,
which is only an addition of minutes. An instant beyond the years 1 to 9999 raises OverflowError.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

EVERY_DAY = frozenset(range(1, 8))
MOST_TIMES = 3

_DAY = timedelta(days=1)
_LONGEST_WAIT_DAYS = 16  # yesterday, a week to the weekday, a week more where the zone leaves that date out


@dataclass(frozen=True, slots=True)
class ReminderTimes:
    """When somebody wants to be reminded: one to three wall-clock times in the order of the day, on ISO weekdays.

    Monday is 1, Sunday 7. Raises ValueError for anything else.
    """

    local_times: tuple[time, ...]
    weekdays: frozenset[int] = EVERY_DAY

    def __post_init__(self) -> None:
        """Refuse what would never come due, or not at a plain wall-clock time."""
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise ValueError(f"weekdays must be some of 1 (Monday) to 7 (Sunday), not {sorted(self.weekdays)}")
        if any(local_time.tzinfo is not None for local_time in self.local_times):
            raise ValueError("a local_time is a wall-clock time and carries no zone of its own")
        if not 1 <= len(self.local_times) <= MOST_TIMES or list(self.local_times) != sorted(set(self.local_times)):
            raise ValueError(f"local_times are one to {MOST_TIMES} different ones, in the order of the day")

    @property
    def frequency(self) -> float:
        """How many days a week have a reminder, over seven: above 0 to 1."""
        return len(self.weekdays) / len(EVERY_DAY)

    def spelled(self) -> str:
        """Spell the times to the minute and the weekdays, as `07:30,21:00/12345`."""
        times = ",".join(f"{local_time:%H:%M}" for local_time in self.local_times)
        return f"{times}/{''.join(map(str, sorted(self.weekdays)))}"

    def shifted(self, by: timedelta) -> "ReminderTimes":
        """Return the same times so much later on the clock, on the same weekdays; past midnight they begin anew."""
        moved = ((datetime.combine(date.min + _DAY, local_time) + by).time() for local_time in self.local_times)
        return ReminderTimes(tuple(sorted(set(moved))), self.weekdays)


@cache
def read_reminder_times(text: str) -> ReminderTimes:
    """Read what `ReminderTimes.spelled` writes; raises ValueError for anything else."""
    times, _, weekdays = text.partition("/")
    read = ReminderTimes(tuple(map(time.fromisoformat, times.split(","))), frozenset(map(int, weekdays)))
    if read.spelled() != text:
        raise ValueError(f"{text!r} are no reminder times")
    return read


@dataclass(frozen=True, slots=True)
class Schedule:
    """Reminder times in an IANA zone; raises ValueError for a zone that is none."""

    times: ReminderTimes
    zone: str

    def __post_init__(self) -> None:
        """Refuse a zone that nobody can look up."""
        try:
            _zone(self.zone)
        except (KeyError, OSError) as error:
            raise ValueError(f"{self.zone!r} is not an IANA time zone") from error


def once_a_day(local_time: time, zone: str, weekdays: frozenset[int] = EVERY_DAY) -> Schedule:
    """Return the schedule of one time on each of these weekdays; raises ValueError as its parts do."""
    return Schedule(ReminderTimes((local_time,), weekdays), zone)


class Turn(NamedTuple):
    """Which of a local date's reminders one is: the first of the date has the slot 0. Turns rise with time."""

    local_date: date
    slot: int


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One reminder of a schedule: its turn, and the UTC instant at which it is due."""

    turn: Turn
    due_at: datetime

    @property
    def local_date(self) -> date:
        """The local date it belongs to."""
        return self.turn.local_date


@dataclass(frozen=True, slots=True)
class Claim:
    """What to do with a row found due: the one occurrence to send, how many were missed, and the next one.

    `first` is the occurrence that the row stood for.
    """

    send: Occurrence | None
    skipped: int
    next: Occurrence
    first: Occurrence


def due_at(local_date: date, local_time: time, zone: str) -> datetime | None:
    """Give the UTC instant of a wall-clock time on a date; None if the zone left that whole date out."""
    instant = _instant(local_date, local_time, zone)
    if local_date_of(instant, zone) != local_date and _leaves_out(local_date, zone):
        return None
    return instant


def next_due(schedule: Schedule, after: datetime, last: Turn | None = None) -> Occurrence:
    """Give the first occurrence strictly after `after`, and with a later turn than `last` where that is given.

    `last` is the turn of the latest reminder the person had: whoever travels west, or moves the times to later in the
    day, is not reminded more often on one date than they asked for.
    """
    first = local_date_of(after, schedule.zone) - _DAY  # a gap before midnight may push yesterday's into today
    if last is not None:
        first = max(first, last.local_date)
    for days in range(_LONGEST_WAIT_DAYS):
        for occurrence in _occurrences_on(schedule, first + timedelta(days=days)):
            if occurrence.due_at > after and (last is None or occurrence.turn > last):
                return occurrence
    raise AssertionError("a schedule has at least one weekday, and no zone leaves out the same weekday twice running")


def claim(schedule: Schedule, due: datetime, now: datetime, grace: timedelta) -> Claim:
    """Decide what a row stored as due at `due` leads to at `now`: at most one occurrence is sent, if not late.

    Of everything due up to `now` only the latest can be sent, and only within the grace period; the rest is counted
    as skipped. `next` comes after `now`. A row not due yet leads to nothing and stays next; so does one that is due by
    rules of its zone that no longer hold, and by those that do is not.
    """
    first = _stored(schedule, due)
    if now < due:
        return Claim(send=None, skipped=0, next=first, first=first)
    by_present_rules = next(
        (one for one in _occurrences_on(schedule, first.local_date) if one.turn == first.turn), None
    )
    if by_present_rules is not None and by_present_rules.due_at > now:
        return Claim(send=None, skipped=0, next=by_present_rules, first=first)
    latest, missed = first, 0
    while (following := next_due(schedule, latest.due_at, latest.turn)).due_at <= now:
        latest, missed = following, missed + 1
    if is_late(latest.due_at, now, grace):
        return Claim(send=None, skipped=missed + 1, next=following, first=first)
    return Claim(send=latest, skipped=missed, next=following, first=first)


def clock_shift(from_zone: str, to_zone: str, at: datetime) -> timedelta:
    """Give how much later a wall clock in one zone shows than one in another, at an instant."""
    before, after = (at.astimezone(_zone(zone)).replace(tzinfo=None) for zone in (from_zone, to_zone))
    return after - before


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


def _occurrences_on(schedule: Schedule, local_date: date) -> Iterator[Occurrence]:
    if local_date.isoweekday() not in schedule.times.weekdays:
        return
    found = {due_at(local_date, local_time, schedule.zone) for local_time in schedule.times.local_times}
    for slot, due in enumerate(sorted(due for due in found if due is not None)):
        yield Occurrence(Turn(local_date, slot), due)


def _stored(schedule: Schedule, due: datetime) -> Occurrence:
    """Give the occurrence a row stands for, also where the zone's rules have changed since the row was written."""
    local_date = local_date_of(due, schedule.zone)
    for candidate in (local_date, local_date - _DAY):
        for occurrence in _occurrences_on(schedule, candidate):
            if occurrence.due_at == due:
                return occurrence
    return Occurrence(Turn(local_date, 0), due)
