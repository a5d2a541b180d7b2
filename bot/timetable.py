"""Timetables: when daily reminders would come, for `lumbar schedule`.

Walks from one occurrence to the next exactly as claiming does, so that an operator who wonders about a zone, a change
of the clocks or a lost date sees what people will get. What is typed is read here, and a slip raises `NotATimetable`
with one line that names the option and shows an example.

Not here: when a time is due (`bot.domain.schedule`), and the present: every date is an argument.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.schedule import EVERY_DAY, MOST_TIMES, ReminderTimes, Schedule, Turn, next_due

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_CLOCK_TIME = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY = timedelta(days=1)
_FIRST_DATE, _LAST_DATE = date(2, 1, 1), date(9998, 12, 31)  # room for any zone and for the occurrence after the last
_SHOWN_CHARACTERS = 60


class NotATimetable(Exception):  # noqa: N818 - says what is the case
    """What was asked for is no timetable; `str()` is one line that names the option and gives an example."""


def timetable(local_times: str, zone: str, first: str, days: int, weekdays: str | None = None) -> Iterator[str]:
    """Give a line for each occurrence on `days` local dates from `first`: the local time and the same instant in UTC.

    Times are up to three, as `07:30,19:00`; weekdays are names or ISO numbers, as `mon,wed` or `1-5`, and None means
    all. Raises NotATimetable before the first line.
    """
    schedule = _schedule(local_times, zone, weekdays)
    begins, ends = _dates(first, days)
    return _lines(schedule, begins, ends)


def _lines(schedule: Schedule, begins: date, ends: date) -> Iterator[str]:
    zone = ZoneInfo(schedule.zone)
    long_before = datetime.combine(begins, time.min, UTC) - 2 * _DAY
    occurrence = next_due(schedule, long_before, last=Turn(begins, -1))
    while occurrence.local_date <= ends:
        due_at = occurrence.due_at
        yield f"{due_at.astimezone(zone).isoformat()} {due_at.replace(tzinfo=None).isoformat()}Z"
        occurrence = next_due(schedule, due_at, last=occurrence.turn)


def _schedule(local_times: str, zone: str, weekdays: str | None) -> Schedule:
    times = ReminderTimes(_times(local_times), EVERY_DAY if weekdays is None else _weekdays(weekdays))
    try:
        return Schedule(times, zone)
    except ValueError:
        raise NotATimetable(
            f"--zone {_shown(zone)} is not an IANA time zone: give one such as Europe/Madrid or America/New_York."
        ) from None


def _times(text: str) -> tuple[time, ...]:
    typed = [one.strip() for one in text.split(",")]
    if not all(map(_CLOCK_TIME.fullmatch, typed)):
        raise NotATimetable(f"--time {_shown(text)} is not a time of the day: give one such as 07:30, or 07:30,19:00.")
    times = sorted({time(int(hour), int(minute)) for hour, _, minute in (one.partition(":") for one in typed)})
    if len(times) > MOST_TIMES:
        raise NotATimetable(f"--time {_shown(text)} are too many: give {MOST_TIMES} at most, such as 07:30,19:00.")
    return tuple(times)


def _weekdays(text: str) -> frozenset[int]:
    chosen: set[int] = set()
    for part in text.lower().split(","):
        ends = [_weekday(name.strip()) for name in part.split("-")]
        match ends:
            case [int(one)]:
                chosen.add(one)
            case [int(one), int(other)]:
                chosen.update((one - 1 + step) % 7 + 1 for step in range((other - one) % 7 + 1))
            case _:
                raise NotATimetable(
                    f"--weekdays {_shown(text)} are not weekdays: give some such as mon,wed,fri or 1-5 (1 is Monday)."
                )
    return frozenset(chosen)


def _weekday(name: str) -> int | None:
    """Read a weekday's name or its ISO number."""
    if name in WEEKDAYS:
        return WEEKDAYS.index(name) + 1
    return int(name) if name in set("1234567") else None


def _dates(first: str, days: int) -> tuple[date, date]:
    """Read the first date and find the last; both are far enough from the ends of the calendar."""
    if days < 1:
        raise NotATimetable(f"--days {days} is too few: give 1 or more, such as --days 14.")
    try:
        begins = date.fromisoformat(first) if _DATE.fullmatch(first) else None
    except ValueError:
        begins = None
    if begins is None:
        raise NotATimetable(f"--from {_shown(first)} is not a date: give one such as 2026-03-28.")
    if not _FIRST_DATE <= begins <= _LAST_DATE or days > (_LAST_DATE - begins).days:
        raise NotATimetable("--from and --days leave the calendar: stay within the years 2 to 9998, as in 2026-03-28.")
    return begins, begins + (days - 1) * _DAY


def _shown(text: str) -> str:
    return f'"{text[:_SHOWN_CHARACTERS]}"'.replace("\n", " ")
