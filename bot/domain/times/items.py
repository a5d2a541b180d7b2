"""Items: what a stretch of a message about times is, in any language, and a row of them to read from.

A word may be several things at once: "to" stands between an hour and its minutes, and between two weekdays. Which of
them counts is the grammar's to say (`clock`, `sentence`); which words make which item is data (`words`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Flag, auto

HOUR = 60  # minutes
DAY_HOURS = 24
HALF_DAY_HOURS = 12
DAY = DAY_HOURS * HOUR
LONGEST_DIGITS = 4  # 0730


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
        return (minutes - self.begins) % DAY < (self.ends - self.begins) % DAY


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Days of the week, ISO 1 (Monday) to 7."""

    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """Today (0), tomorrow (1) and so on."""

    days: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month, 1 to 12."""

    number: int


@dataclass(frozen=True, slots=True)
class Unit:
    """What a length of time is counted in, in minutes; a month has thirty days."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time with a name of its own ("half an hour"), in minutes."""

    minutes: int


class Mark(Flag):
    """What carries no value of its own; HOUR is the h of 19h30, FILLER what changes nothing."""

    PAST = auto()
    TO = auto()
    PLUS = auto()
    MINUS = auto()
    HOUR = auto()
    ORDINAL = auto()
    COLON = auto()
    POINT = auto()
    SLASH = auto()
    DASH = auto()
    AND = auto()
    RANGE = auto()
    BETWEEN = auto()
    EXCEPT = auto()
    IN = auto()
    FOR = auto()
    UNTIL = auto()
    COUNTED = auto()
    FILLER = auto()


Item = Digits | Spelled | Fraction | Named | DayPart | Weekdays | RelativeDay | Month | Unit | Length | Mark


class Row:
    """A row of items with a place to read from."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self.at = 0

    def peek(self, ahead: int = 0) -> Item | None:
        """Return the item that many places ahead, None beyond the ends."""
        at = self.at + ahead
        return self._items[at] if 0 <= at < len(self._items) else None

    def take(self) -> None:
        """Move on by one item."""
        self.at += 1

    def marks(self, marks: Mark, ahead: int = 0) -> Mark:
        """Return which of these marks stands here, an empty one if none does."""
        item = self.peek(ahead)
        return item & marks if isinstance(item, Mark) else Mark(0)

    def accept(self, marks: Mark) -> Mark:
        """Take one of these marks if it stands here; return which."""
        found = self.marks(marks)
        self.at += bool(found)
        return found

    def skip_fillers(self) -> None:
        """Move on past fillers."""
        while self.accept(Mark.FILLER):
            pass
