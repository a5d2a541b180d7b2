"""A whole message about times: up to three clock times, weekdays, a day, or a length of time from now.

Every item must be accounted for: a sign too many makes the whole row unreadable, and so does what cannot be told apart,
such as other times on other days. A part of the day belongs to the clocks before it ("8 and 9 at night") or, in a
message that begins with one, to those after it.

Not here: one clock time (`clock`), which words make which item (`words`), and what the person wants with it all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.times.clock import Clock, TypedTime, read_clock
from bot.domain.times.items import (
    DAY,
    DayPart,
    Digits,
    Item,
    Mark,
    Named,
    RelativeDay,
    Row,
    Spelled,
    Weekdays,
)
from bot.domain.times.spans import CalendarDay, read_calendar_day, read_length, read_plain_minutes

MOST_TIMES = 3
EVERY_DAY = frozenset(range(1, 8))


@dataclass(frozen=True, slots=True)
class When:
    """What somebody said about times, and only that.

    `times` in the order of the day; `weekdays` ISO 1 to 7; `minutes` from now; `days` from today; `part` where a part
    of the day was named without a clock; `until`: the day or time is an end ("until monday", "for a week").
    """

    times: tuple[TypedTime, ...] = ()
    weekdays: frozenset[int] = frozenset()
    minutes: int | None = None
    days: int | None = None
    date: CalendarDay | None = None
    part: DayPart | None = None
    until: bool = False


def read_items(items: Sequence[Item], *, bare_lengths: bool = False, bare_minutes: bool = False) -> When | None:
    """Read items that speak of times and of nothing else; None otherwise.

    With `bare_lengths` "20 minutes" is read as "in 20 minutes" is, as an answer to "when?"; with `bare_minutes` so is
    "20", as after "give me".
    """
    return _Sentence(Row(items), bare_lengths=bare_lengths, bare_minutes=bare_minutes).read()


@dataclass(slots=True)
class _Sentence:
    """What has been read so far; each step reads one thing from where the row stands."""

    row: Row
    bare_lengths: bool
    bare_minutes: bool
    said: list[Clock | list[DayPart]] = field(default_factory=list)
    is_parted: bool = True  # whether another clock may follow
    weekdays: set[int] = field(default_factory=set)
    excluded: set[int] = field(default_factory=set)
    clocks_after_days: bool = False
    is_excluding: bool = False
    is_between: bool = False  # "between monday and thursday"
    minutes: int | None = None
    days: int | None = None
    date: CalendarDay | None = None
    until: bool = False

    def read(self) -> When | None:
        while self.row.peek() is not None:
            if not self._step():
                return None
        return self._result()

    def _step(self) -> bool:
        if self._signs():
            return True
        item = self.row.peek()
        match item:
            case Weekdays():
                return self._weekdays()
            case DayPart():
                self.row.take()
                self._part(item)
                return True
            case RelativeDay(days):
                self.row.take()
                self.days, before = days, self.days
                return before in {None, days}
            case Named(minutes) if self.said and not self.is_parted:  # "12 noon"
                self.row.take()
                self._part(DayPart(minutes, minutes + 1))
                return True
        return self._length_of_time() or self._date() or self._clock()

    def _signs(self) -> bool:
        """Take what stands between things; False if nothing of that kind does."""
        row, at_start, after_clock = self.row, self.row.at == 0, bool(self.said) and not self.is_parted
        if row.marks(Mark.EXCEPT | Mark.MINUS) and self._weekdays_ahead():
            row.take()
            row.skip_fillers()
            self.is_excluding = True
        elif row.accept(Mark.AND | Mark.PLUS):
            self.is_parted = True
        elif row.marks(Mark.SLASH) and isinstance(row.peek(-1), DayPart | Weekdays):
            row.take()
            self.is_parted = True
        elif row.accept(Mark.UNTIL):
            self.until = True
        elif row.accept(Mark.BETWEEN):
            self.is_between = True
        elif (row.marks(Mark.POINT) and not at_start) or (row.marks(Mark.COLON) and not after_clock and not at_start):
            row.take()
        elif not row.accept(Mark.FILLER):
            return False
        return True

    def _weekdays_ahead(self) -> bool:
        ahead = 1
        while self.row.marks(Mark.FILLER, ahead):
            ahead += 1
        return isinstance(self.row.peek(ahead), Weekdays)

    def _weekdays(self) -> bool:
        days = set(self._run_of_days())
        is_refused = bool(self.row.marks(Mark.EXCEPT)) and not self._weekdays_ahead()  # "los domingos no"
        self.row.at += is_refused
        if self.is_excluding or is_refused:
            self.excluded |= days
            return True
        if self.weekdays and self.clocks_after_days:
            return False
        self.weekdays |= days
        return True

    def _run_of_days(self) -> Iterator[int]:
        """Read "monday", or "monday to friday", which may run over the weekend."""
        row = self.row
        first = row.peek()
        row.take()
        start = row.at
        while row.marks(Mark.FILLER) and not row.marks(Mark.RANGE):
            row.take()
        if row.accept(Mark.RANGE | (Mark.AND if self.is_between else Mark(0))):
            row.skip_fillers()
            last = row.peek()
            if isinstance(first, Weekdays) and isinstance(last, Weekdays) and len(first.days) == len(last.days) == 1:
                row.take()
                (begin,), (end,) = first.days, last.days
                yield from ((begin - 1 + step) % 7 + 1 for step in range((end - begin) % 7 + 1))
                return
        row.at = start
        if isinstance(first, Weekdays):
            yield from first.days

    def _part(self, part: DayPart) -> None:
        if self.said and isinstance(self.said[-1], list):
            self.said[-1].append(part)
        else:
            self.said.append([part])
        self.is_parted = True

    def _length_of_time(self) -> bool:
        """Read "in 20 minutes", "for a week"; days and longer count in days."""
        row, start = self.row, self.row.at
        lead = row.accept(Mark.IN | Mark.FOR)
        row.skip_fillers()
        after_lead = row.at
        length = read_length(row)
        if length is None and (lead is Mark.IN or (self.bare_minutes and start == 0)):
            row.at = after_lead
            length = read_plain_minutes(row)
        if (
            length is None
            or not (lead or self.bare_lengths or self.bare_minutes)
            or self.minutes is not None
            or self.days is not None
        ):
            row.at = start
            return bool(row.accept(Mark.FOR))  # "set it for 8"
        self.until = self.until or lead is Mark.FOR
        if length >= DAY and length % DAY == 0:
            self.days = length // DAY
        else:
            self.minutes = length
        return True

    def _date(self) -> bool:
        start = self.row.at
        date = read_calendar_day(self.row)
        if date is None or self.date is not None:
            self.row.at = start
            return False
        self.date = date
        return True

    def _clock(self) -> bool:
        if isinstance(self.row.peek(), Digits | Spelled) and self.row.marks(Mark.COUNTED, 1):  # "two reminders"
            self.row.at += 2
            return True
        if not self.is_parted:
            return False
        clock = read_clock(self.row)
        if clock is None:
            return False
        self.said.append(clock)
        self.is_parted = self.is_excluding = False
        self.clocks_after_days = bool(self.weekdays)
        return True

    def _result(self) -> When | None:
        times = _settled(self.said)
        if times is None or len(times) > MOST_TIMES:
            return None
        weekdays = frozenset(self.weekdays)
        if self.excluded:
            weekdays = (weekdays or EVERY_DAY) - self.excluded
            if not weekdays:
                return None
        parts = [part for entry in self.said if isinstance(entry, list) for part in entry] if not times else []
        when = When(
            times=times,
            weekdays=weekdays,
            minutes=self.minutes,
            days=self.days,
            date=self.date,
            part=parts[0] if parts else None,
            until=self.until,
        )
        others = bool(times or weekdays or parts or self.date) or self.days is not None
        if len(parts) > 1 or (self.minutes is not None and others) or (self.minutes is None and not others):
            return None
        return when


def _settled(said: list[Clock | list[DayPart]]) -> tuple[TypedTime, ...] | None:
    """Give every clock its parts of the day; None where they contradict."""
    clocks = [entry for entry in said if isinstance(entry, Clock)]
    if not clocks:
        return ()
    if len(clocks) == 1:
        time = clocks[0].within(part for entry in said if isinstance(entry, list) for part in entry)
        return None if time is None else (time,)
    leading = isinstance(said[0], list) and isinstance(said[-1], Clock)
    has_24_hours = any(clock.is_of_24_hours for clock in clocks)
    found: list[TypedTime] = []
    parts: list[DayPart] = []
    is_own = False
    for entry in said if leading else reversed(said):
        if isinstance(entry, list):
            parts, is_own = entry, True
            continue
        wanted = parts if is_own or entry.is_open else []
        time = entry.within(wanted) or (None if is_own else entry.within([]))
        if time is None:
            return None
        if not wanted and has_24_hours:
            time = TypedTime(time.time)
        if not is_own and any(time.time == other.time for other in found):
            time = TypedTime(time.other_half, time.half)  # "8 and 8 pm"
        found.append(time)
        is_own = False
    return tuple(sorted({time.time: time for time in found}.values()))
