"""One clock time and one number, read from a row of items: `7:30`, "half past seven", "ocho menos cuarto".

A time that leaves the half of the day open ("7", "half past seven") is marked so, for somebody has to be asked. "7:30"
is how a 24-hour clock is written, and as such taken to be before noon, yet marked as assumed: whoever shows it back
offers the other half. A leading zero or an hour mark ("07:30", "7h30") leaves nothing open.

Not here: what stands around a clock (`sentence`).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from bot.domain.times.items import (
    DAY_HOURS,
    HALF_DAY_HOURS,
    HOUR,
    DayPart,
    Digits,
    Fraction,
    Length,
    Mark,
    Named,
    Row,
    Spelled,
    Unit,
)

_LOWEST_TENS = 20  # "twenty five" is one number, "twelve five" is none
_LOWEST_JOINED_TENS = 30  # "treinta y cinco" is one number, "veinte y cinco" more often 20:05
_SHORTEST_COMPACT = 3  # 730
_LEAST_PLAIN_MINUTES = 10  # "7 and 8" are two hours, "7 y 10" is one time
_MINUTE = 1


class Half(StrEnum):
    """Whether the half of the day is known: said, assumed as a 24-hour clock is written, or open."""

    SAID = "said"
    ASSUMED = "assumed"
    OPEN = "open"


@dataclass(frozen=True, slots=True, order=True)
class TypedTime:
    """A time of day somebody typed; where its half of the day is not said, the one before noon."""

    time: dt.time
    half: Half = Half.SAID

    @property
    def other_half(self) -> dt.time:
        """The same time in the other half of the day."""
        return self.time.replace(hour=(self.time.hour + HALF_DAY_HOURS) % DAY_HOURS)


class _Style(Enum):
    """How much a clock says about the half of the day."""

    OPEN = auto()
    WRITTEN = auto()  # 7:30
    FULL = auto()  # 07:30, though a part of the day may still turn it into the evening
    NAMED = auto()


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour 0-23 and a minute as they were given."""

    hour: int
    minute: int
    style: _Style

    @property
    def is_open(self) -> bool:
        """Whether both halves of the day may be meant."""
        return self.style in {_Style.OPEN, _Style.WRITTEN} and 1 <= self.hour <= HALF_DAY_HOURS

    @property
    def is_of_24_hours(self) -> bool:
        """Whether only a clock of 24 hours shows it."""
        return self.style is not _Style.NAMED and not 1 <= self.hour <= HALF_DAY_HOURS

    def within(self, parts: Iterable[DayPart]) -> TypedTime | None:
        """Settle the half of the day by the parts that were named; None where they contradict."""
        named = list(parts)
        if not named:
            half = Half.SAID
            if self.is_open:
                half = Half.OPEN if self.style is _Style.OPEN else Half.ASSUMED
            return TypedTime(dt.time(self.hour, self.minute), half)
        fitting = [minutes for minutes in self._candidates() if all(part.holds(minutes) for part in named)]
        if len(fitting) != 1:
            return None
        return TypedTime(dt.time(*divmod(fitting[0], HOUR)))

    def _candidates(self) -> Iterator[int]:
        """Yield the minutes since midnight that may be meant: one, or the same time in both halves of the day."""
        if self.style is not _Style.NAMED and 1 <= self.hour <= HALF_DAY_HOURS:
            yield self.hour % HALF_DAY_HOURS * HOUR + self.minute
            yield (self.hour % HALF_DAY_HOURS + HALF_DAY_HOURS) * HOUR + self.minute
        else:
            yield self.hour * HOUR + self.minute


def read_clock(row: Row) -> Clock | None:
    """Read one clock time and move past it; None, with the row anywhere, where none stands."""
    item = row.peek()
    if isinstance(item, Named):
        row.take()
        return Clock(*divmod(item.minutes, HOUR), _Style.NAMED)
    if isinstance(item, Fraction | Length) and item.minutes < HOUR:
        row.take()
        leads_hour = isinstance(item, Fraction) and item.leads_hour
        direction = row.accept(Mark.PAST) or row.accept(Mark.TO) or (Mark.PAST if leads_hour else None)
        return _counted(row, item.minutes, direction) if direction else None
    if isinstance(item, Digits) and len(item.text) >= _SHORTEST_COMPACT:
        row.take()
        return _compact(row, item.text)
    leading_zero = isinstance(item, Digits) and item.text.startswith("0")
    number = read_number(row)
    if number is None:
        return None
    if direction := row.accept(Mark.PAST) or row.accept(Mark.TO):
        return _counted(row, number, direction) if 0 < number < HOUR else None
    return _hour_and_minute(row, number, leading_zero=leading_zero)


def read_number(row: Row) -> int | None:
    """Read a number of one or two digits, or a spelled one, joined from tens and ones where it has both."""
    item = row.peek()
    if isinstance(item, Digits) and len(item.text) < _SHORTEST_COMPACT:
        row.take()
        return int(item.text)
    if not isinstance(item, Spelled):
        return None
    row.take()
    joined = 1 if item.value >= _LOWEST_JOINED_TENS and row.marks(Mark.PLUS) else 0
    ones = row.peek(joined)
    tens = item.value >= _LOWEST_TENS and item.value % 10 == 0
    if tens and isinstance(ones, Spelled) and ones.value < 10:  # noqa: PLR2004 - the ones of a number
        row.at += joined + 1
        return item.value + ones.value
    return item.value


def _compact(row: Row, text: str) -> Clock | None:
    """Read 730 or 0730; three digits that begin with a zero are a number of something else."""
    leading_zero = text.startswith("0")
    if leading_zero and len(text) == _SHORTEST_COMPACT:
        return None
    marked = row.accept(Mark.HOUR)
    style = _Style.FULL if leading_zero or marked else _Style.WRITTEN
    return _clock(int(text[:-2]), int(text[-2:]), style)


def _hour_and_minute(row: Row, hour: int, *, leading_zero: bool) -> Clock | None:
    """Read what follows an hour; a bare 0 is no time, for it is more often something else."""
    marked = bool(row.accept(Mark.HOUR))
    if not marked and (counted := _added(row)) is not None:
        return _moved(hour, counted, marked=bool(row.accept(Mark.HOUR)))
    start = row.at
    minute = _minute(row)
    if minute is None and hour == 0 and not marked:
        return None
    spelled = minute is not None and isinstance(row.peek(start - row.at), Spelled)
    marked = bool(row.accept(Mark.HOUR)) or marked
    style = _Style.WRITTEN if minute is not None and not spelled else _Style.OPEN
    return _clock(hour, minute or 0, _Style.FULL if leading_zero or marked else style)


def _added(row: Row) -> int | None:
    """Read "y media" or "menos diez" after an hour, as minutes to add."""
    start = row.at
    sign = row.accept(Mark.PLUS) or row.accept(Mark.MINUS)
    if sign:
        item = row.peek()
        if isinstance(item, Fraction):
            row.take()
            return item.minutes if sign is Mark.PLUS else -item.minutes
        number = read_number(row)
        # The h of "y 20 h" would make an hour of it, a colon the next time.
        plain = number is not None and not row.marks(Mark.COLON | Mark.HOUR | Mark.POINT) and number < HOUR
        if number is not None and plain and (number >= _LEAST_PLAIN_MINUTES or number == 5):  # noqa: PLR2004 - "y cinco"
            if row.peek() == Unit(_MINUTE):
                row.take()
            return number if sign is Mark.PLUS else -number
    row.at = start
    return None


def _minute(row: Row) -> int | None:
    """Read `:30`, `.30`, `30` or "thirty", always of two digits, and drop the seconds of `:30:00`."""
    sign = row.marks(Mark.COLON | Mark.POINT)
    ahead = 1 if sign else 0
    minute = _two_digits(row, ahead)
    if minute is not None:
        row.at += ahead + 1
        seconds = _two_digits(row, 1)
        if sign is Mark.COLON and row.marks(Mark.COLON) and seconds is not None and seconds < HOUR:
            row.at += 2
        return minute
    start = row.at
    if isinstance(row.peek(), Spelled) and (number := read_number(row)) is not None and number >= 10:  # noqa: PLR2004 - "seven five" is no time
        return number
    row.at = start
    return None


def _counted(row: Row, minutes: int, direction: Mark) -> Clock | None:
    """Read the hour that minutes are counted from or towards: "quarter to eight", "half past noon"."""
    item = row.peek()
    if isinstance(item, Named):
        row.take()
        hour = item.minutes // HOUR + (DAY_HOURS if item.minutes == 0 and direction is Mark.TO else 0)
        total = hour * HOUR + (minutes if direction is Mark.PAST else -minutes)
        return _clock(total // HOUR % DAY_HOURS, total % HOUR, _Style.NAMED)
    number = read_number(row)
    if number is None or not 1 <= number <= DAY_HOURS:
        return None
    added = minutes if direction is Mark.PAST else -minutes
    return _moved(number, added, marked=bool(row.accept(Mark.HOUR)))


def _moved(hour: int, added: int, *, marked: bool) -> Clock | None:
    """Add minutes, which may be negative, to an hour."""
    if not 0 <= hour <= DAY_HOURS:
        return None
    style = _Style.FULL if marked else _Style.OPEN
    if added < 0 and hour == 1 and style is _Style.OPEN:
        hour += HALF_DAY_HOURS  # "quarter to one" stays on the twelve-hour dial
    return _clock((hour * HOUR + added) // HOUR % DAY_HOURS, added % HOUR, style)


def _two_digits(row: Row, ahead: int) -> int | None:
    item = row.peek(ahead)
    return int(item.text) if isinstance(item, Digits) and len(item.text) == 2 else None  # noqa: PLR2004 - 05, not 5


def _clock(hour: int, minute: int, style: _Style) -> Clock | None:
    """Make a clock of numbers that were typed; 24:00 is midnight, and what no clock shows is None."""
    if hour == DAY_HOURS and minute == 0:
        return Clock(0, 0, style)
    return Clock(hour, minute, style) if hour < DAY_HOURS and minute < HOUR else None
