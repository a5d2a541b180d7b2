"""Time grammar: a row of items around exactly one clock, as a time of day.

An item is what a stretch of a message is, in any language: digits, a spelled number, "past", a part of the day. Every
item must be accounted for: a second time or a sign too many makes the whole row unreadable.

A time that leaves the half of the day open ("7", "7:30", "half past seven") is read on the 24-hour clock as it stands,
and marked: whoever shows it back can say so. A leading zero or an hour mark ("07:30", "7h30") leaves nothing open.

Not here: which words make which item (`timewords`), and dates, weekdays and spans.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

HOUR = 60  # minutes
DAY_HOURS = 24
HALF_DAY_HOURS = 12
LONGEST_DIGITS = 4  # 0730

_DAY = DAY_HOURS * HOUR
_LOWEST_TENS = 20  # "twenty five" is one number, "twelve five" is none
_SHORTEST_COMPACT = 3  # 730


@dataclass(frozen=True, slots=True)
class TypedTime:
    """A time of day somebody typed; `assumed_half` if nothing said whether it is before or after noon."""

    time: dt.time
    assumed_half: bool = False


@dataclass(frozen=True, slots=True)
class Digits:
    """One to four digits, as ASCII; 05 and 5 differ."""

    text: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words, or its tens or ones."""

    value: int


@dataclass(frozen=True, slots=True)
class Fraction:
    """A half or a quarter, in minutes; one that leads an hour needs no "past" ("half seven")."""

    minutes: int
    leads_hour: bool


@dataclass(frozen=True, slots=True)
class Named:
    """Noon or midnight, in minutes since midnight."""

    minutes: int


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of the day in minutes since midnight, the end excluded; it may run over midnight."""

    begins: int
    ends: int

    def holds(self, minutes: int) -> bool:
        """Tell whether a time in minutes since midnight lies in this part."""
        return (minutes - self.begins) % _DAY < (self.ends - self.begins) % _DAY


class Mark(Enum):
    """What carries no value of its own; HOUR is the h of 19h30, FILLER what changes nothing."""

    PAST = auto()
    TO = auto()
    HOUR = auto()
    COLON = auto()
    POINT = auto()
    FILLER = auto()


Item = Digits | Spelled | Fraction | Named | DayPart | Mark


def read_items(items: list[Item]) -> TypedTime | None:
    """Read items that are one time of day and nothing else; None otherwise."""
    return _Reader(items).answer()


class _Style(Enum):
    """How much a clock says about the half of the day."""

    OPEN = auto()
    FULL = auto()  # written in the 24-hour fashion, though a part of the day may still turn 07:30 into the evening
    NAMED = auto()


@dataclass(frozen=True, slots=True)
class _Clock:
    """An hour 0-23 and a minute as they were given."""

    hour: int
    minute: int
    style: _Style

    def candidates(self) -> Iterator[int]:
        """Yield the minutes since midnight that may be meant: one, or the same time in both halves of the day."""
        if self.style is not _Style.NAMED and 1 <= self.hour <= HALF_DAY_HOURS:
            yield self.hour % HALF_DAY_HOURS * HOUR + self.minute
            yield (self.hour % HALF_DAY_HOURS + HALF_DAY_HOURS) * HOUR + self.minute
        else:
            yield self.hour * HOUR + self.minute

    def within(self, parts: list[DayPart]) -> TypedTime | None:
        """Settle the half of the day by the parts that were named; None where they contradict."""
        if not parts:
            open_half = self.style is _Style.OPEN and 1 <= self.hour <= HALF_DAY_HOURS
            return TypedTime(dt.time(self.hour, self.minute), assumed_half=open_half)
        fitting = [minutes for minutes in self.candidates() if all(part.holds(minutes) for part in parts)]
        if len(fitting) != 1:
            return None
        return TypedTime(dt.time(*divmod(fitting[0], HOUR)))


class _Reader:
    """The grammar: each method reads one thing from where the reader stands, and moves on only if it was there."""

    def __init__(self, items: list[Item]) -> None:
        self._items = items
        self._at = 0

    def answer(self) -> TypedTime | None:
        """Read fillers and parts of the day around one clock, to the very end."""
        parts = self._surroundings()
        clock = self._clock()
        if clock is None:
            return None
        parts += self._surroundings(after_clock=True)
        return clock.within(parts) if self._at == len(self._items) else None

    def _peek(self, ahead: int = 0) -> Item | None:
        at = self._at + ahead
        return self._items[at] if at < len(self._items) else None

    def _accept(self, *marks: Mark) -> Mark | None:
        item = self._peek()
        if isinstance(item, Mark) and item in marks:
            self._at += 1
            return item
        return None

    def _surroundings(self, *, after_clock: bool = False) -> list[DayPart]:
        """Read what may stand around a clock; after it also a full stop, and noon or midnight as in "12 noon"."""
        parts = []
        while (item := self._peek()) is not None:
            if isinstance(item, DayPart):
                parts.append(item)
            elif after_clock and isinstance(item, Named):
                parts.append(DayPart(item.minutes, item.minutes + 1))
            elif item is not Mark.FILLER and not (after_clock and item is Mark.POINT):
                break
            self._at += 1
        return parts

    def _clock(self) -> _Clock | None:
        item = self._peek()
        if isinstance(item, Named):
            self._at += 1
            return _Clock(*divmod(item.minutes, HOUR), _Style.NAMED)
        if isinstance(item, Fraction):
            self._at += 1
            direction = self._accept(Mark.PAST, Mark.TO) or (Mark.PAST if item.leads_hour else None)
            return None if direction is None else self._counted(item.minutes, direction)
        if isinstance(item, Digits) and len(item.text) >= _SHORTEST_COMPACT:
            self._at += 1
            return self._compact(item.text)
        leading_zero = isinstance(item, Digits) and item.text.startswith("0")
        number = self._number()
        if number is None:
            return None
        if direction := self._accept(Mark.PAST, Mark.TO):
            return self._counted(number, direction) if 0 < number < HOUR else None
        return self._hour_and_minute(number, leading_zero=leading_zero)

    def _compact(self, text: str) -> _Clock | None:
        """Read 730 or 0730; three digits that begin with a zero are a number of something else."""
        leading_zero = text.startswith("0")
        if leading_zero and len(text) == _SHORTEST_COMPACT:
            return None
        marked = self._accept(Mark.HOUR)
        style = _Style.FULL if leading_zero or marked else _Style.OPEN
        return _clock(int(text[:-2]), int(text[-2:]), style)

    def _hour_and_minute(self, hour: int, *, leading_zero: bool) -> _Clock | None:
        """Read what follows an hour; a bare 0 is no time, for it is more often something else."""
        marked = self._accept(Mark.HOUR)
        minute = self._minute()
        if minute is None and hour == 0 and not marked:
            return None
        marked = self._accept(Mark.HOUR) or marked
        style = _Style.FULL if leading_zero or marked else _Style.OPEN
        return _clock(hour, minute or 0, style)

    def _minute(self) -> int | None:
        """Read `:30`, `.30`, `30` or "thirty", always of two digits, and drop the seconds of `:30:00`."""
        sign = self._peek()
        ahead = 1 if sign in (Mark.COLON, Mark.POINT) else 0
        minute = _two_digits(self._peek(ahead))
        if minute is not None:
            self._at += ahead + 1
            seconds = _two_digits(self._peek(1))
            if sign is Mark.COLON and self._peek() is Mark.COLON and seconds is not None and seconds < HOUR:
                self._at += 2
            return minute
        start = self._at
        if isinstance(sign, Spelled) and (number := self._number()) is not None and number >= 10:  # noqa: PLR2004 - "seven five" is no time
            return number
        self._at = start
        return None

    def _counted(self, minutes: int, direction: Mark) -> _Clock | None:
        """Read the hour that minutes are counted from or towards: "quarter to eight", "half past noon"."""
        item = self._peek()
        if isinstance(item, Named):
            self._at += 1
            hour, style = item.minutes // HOUR, _Style.NAMED
        else:
            number = self._number()
            if number is None or not 1 <= number <= DAY_HOURS:
                return None
            hour, style = number, (_Style.FULL if self._accept(Mark.HOUR) else _Style.OPEN)
        if direction is Mark.PAST:
            return _clock(hour % DAY_HOURS, minutes, style)
        if hour == 1 and style is _Style.OPEN:
            return _clock(HALF_DAY_HOURS, HOUR - minutes, style)  # "quarter to one" stays on the twelve-hour dial
        return _clock((hour - 1) % DAY_HOURS, HOUR - minutes, style)

    def _number(self) -> int | None:
        """Read a number of one or two digits, or a spelled one, joined from tens and ones where it has both."""
        item, following = self._peek(), self._peek(1)
        if isinstance(item, Digits) and len(item.text) < _SHORTEST_COMPACT:
            self._at += 1
            return int(item.text)
        if not isinstance(item, Spelled):
            return None
        self._at += 1
        tens = item.value >= _LOWEST_TENS and item.value % 10 == 0
        if tens and isinstance(following, Spelled) and following.value < 10:  # noqa: PLR2004 - the ones of a number
            self._at += 1
            return item.value + following.value
        return item.value


def _two_digits(item: Item | None) -> int | None:
    return int(item.text) if isinstance(item, Digits) and len(item.text) == 2 else None  # noqa: PLR2004 - 05, not 5


def _clock(hour: int, minute: int, style: _Style) -> _Clock | None:
    """Make a clock of numbers that were typed; 24:00 is midnight, and what no clock shows is None."""
    if hour == DAY_HOURS and minute == 0:
        return _Clock(0, 0, style)
    return _Clock(hour, minute, style) if hour < DAY_HOURS and minute < HOUR else None
