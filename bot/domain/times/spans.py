"""Lengths of time and days of the calendar, read from a row of items: "20 minutes", "1.5 hours", "24 december".

Every reader returns None, with the row anywhere, where nothing of its kind stands. A day that may be two ("3/4/2027")
is none.
"""

import datetime as dt
from dataclasses import dataclass

from bot.domain.times.clock import read_number
from bot.domain.times.items import HOUR, Digits, Fraction, Length, Mark, Month, Row, Spelled, Unit

_LEAST_PLAIN_MINUTES, _MOST_PLAIN_MINUTES = 5, 120  # "in 20" is minutes, "in 2" nobody knows
_DECIMALS = 10
_MONTHS = 12
_YEAR_DIGITS = 4
_NO_YEAR = 2000  # a leap year, so that the 29th of February can be named


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the calendar; without a year where none was said."""

    month: int
    day: int
    year: int | None = None


def read_plain_minutes(row: Row) -> int | None:
    """Read "in 20" where nothing follows."""
    number = read_number(row)
    plain = number is not None and _LEAST_PLAIN_MINUTES <= number <= _MOST_PLAIN_MINUTES and row.peek() is None
    return number if plain else None


def read_length(row: Row) -> int | None:
    """Read a length of time in minutes: "20 minutes", "1 hour 30", "half an hour", "1.5 hours"."""
    item = row.peek()
    if isinstance(item, Length):
        row.take()
        return item.minutes
    number = read_number(row)
    if number is None:
        return None
    if number == 0 and not row.marks(Mark.POINT):
        return None
    tenths = row.peek(1)
    if row.marks(Mark.POINT) and isinstance(tenths, Digits) and len(tenths.text) == 1:
        row.at += 2
        unit = _unit(row)
        return None if unit is None else unit * (number * _DECIMALS + int(tenths.text)) // _DECIMALS or None
    half = _and_a_half(row)
    row.skip_fillers()  # "5 more minutes"
    unit = _unit(row)
    if unit is None:
        return None
    total = unit * number
    if half or _and_a_half(row):
        return total + unit // 2
    start = row.at
    row.accept(Mark.AND | Mark.PLUS)
    minutes = read_number(row) if unit == HOUR else None
    if minutes is not None and minutes < HOUR and (_unit(row) == 1 or row.at == start + 1):
        return total + minutes
    row.at = start
    return total


def _and_a_half(row: Row) -> bool:
    half = row.peek(1)
    if row.marks(Mark.AND | Mark.PLUS) and isinstance(half, Fraction) and half.minutes == HOUR // 2:
        row.at += 2
        return True
    return False


def _unit(row: Row) -> int | None:
    item = row.peek()
    if isinstance(item, Unit):
        row.take()
        return item.minutes
    return HOUR if row.accept(Mark.HOUR) else None


def read_calendar_day(row: Row) -> CalendarDay | None:
    """Read "24 december", "dec 24, 2026", 2026-12-24 or 24/12/2026; what may be two days is none."""
    item = row.peek()
    if isinstance(item, Month):
        row.take()
        row.skip_fillers()
        day = read_number(row)
        row.accept(Mark.ORDINAL)
        return None if day is None else _valid(item.number, day, _year(row))
    if isinstance(item, Digits) and len(item.text) == _YEAR_DIGITS and row.marks(Mark.DASH | Mark.SLASH, 1):
        row.take()
        month, day = _after_sign(row), _after_sign(row)
        return None if month is None or day is None else _valid(month, day, int(item.text))
    first = read_number(row) if isinstance(item, Digits | Spelled) else None
    if first is None:
        return None
    if row.marks(Mark.SLASH | Mark.DASH | Mark.POINT):
        second, year = _after_sign(row), None
        if second is None:
            return None
        last = row.peek(1)
        if row.marks(Mark.SLASH | Mark.DASH | Mark.POINT) and isinstance(last, Digits):
            row.at += 2
            year = int(last.text)
        if year is None or year < _NO_YEAR:
            return None
        day, month = (first, second) if first > 12 or first == second else (second, first)  # noqa: PLR2004 - months
        return _valid(month, day, year) if day > 12 or day == month else None  # noqa: PLR2004 - months
    row.accept(Mark.ORDINAL)
    row.skip_fillers()
    month_item = row.peek()
    if not isinstance(month_item, Month):
        return None
    row.take()
    return _valid(month_item.number, first, _year(row))


def _after_sign(row: Row) -> int | None:
    if not row.accept(Mark.SLASH | Mark.DASH | Mark.POINT):
        return None
    return read_number(row)


def _year(row: Row) -> int | None:
    """Read a year of four digits after a day, with or without a comma."""
    ahead = 0
    while row.marks(Mark.AND | Mark.FILLER, ahead):
        ahead += 1
    item = row.peek(ahead)
    if isinstance(item, Digits) and len(item.text) == _YEAR_DIGITS and item.text.startswith("20"):
        row.at += ahead + 1
        return int(item.text)
    return None


def _valid(month: int, day: int, year: int | None) -> CalendarDay | None:
    try:
        dt.date(year or _NO_YEAR, month, day)
    except ValueError:
        return None
    return CalendarDay(month, day, year)
