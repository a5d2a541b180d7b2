"""Proposals: reminder times that somebody typed, before they count.

What was typed changes only what it says: "on weekdays" keeps the times, "at 8" keeps the weekdays. Where a half of the
day is not said, there is more than one reading, and the person chooses; nothing counts before that.
"""

from dataclasses import dataclass
from datetime import time

from bot.domain.schedule import EVERY_DAY, ReminderTimes
from bot.domain.times import DayPart, Half, TypedTime, When

_MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class ProposedTimes:
    """Reminder times as they were read: one to three in the order of the day, on ISO weekdays."""

    times: tuple[TypedTime, ...]
    weekdays: frozenset[int]

    @property
    def is_open(self) -> bool:
        """Whether somebody has to be asked for a half of the day."""
        return any(typed.half is Half.OPEN for typed in self.times)

    def readings(self) -> tuple[ReminderTimes, ...]:
        """Return what may be meant, likeliest first: of the times without a half, the first few are before noon."""
        unsaid = [typed for typed in self.times if typed.half is not Half.SAID]
        found = []
        for count in range(len(unsaid), -1, -1):
            late = set(unsaid[count:])
            times = {typed.other_half if typed in late else typed.time for typed in self.times}
            if len(times) == len(self.times):
                found.append(ReminderTimes(tuple(sorted(times)), self.weekdays))
        return tuple(found)

    def agreed(self) -> ReminderTimes | None:
        """Return what a yes agrees to; None where a half of the day is open."""
        return None if self.is_open else self.readings()[0]

    def within(self, part: DayPart) -> ReminderTimes | None:
        """Return the times in this part of the day; None where one has no half in it, or both."""
        times = [_halves_within(typed, part) for typed in self.times]
        if any(len(halves) != 1 for halves in times):
            return None
        return ReminderTimes(tuple(sorted({half for halves in times for half in halves})), self.weekdays)


def proposal_of(when: When, kept: ReminderTimes | None, shown: ProposedTimes | None) -> ProposedTimes | None:
    """Read reminder times from what somebody said, and take what was not said from `shown`, or else from `kept`.

    None where it speaks of something else ("for a week"), or no time of day is known.
    """
    if when != When(times=when.times, weekdays=when.weekdays):
        return None
    weekdays = when.weekdays
    times = when.times
    if not times and shown is not None:
        times = shown.times
    elif not times and kept is not None:
        times = tuple(TypedTime(local_time) for local_time in kept.local_times)
    if not weekdays and shown is not None:
        weekdays = shown.weekdays
    elif not weekdays:
        weekdays = EVERY_DAY if kept is None else kept.weekdays
    return ProposedTimes(times, weekdays) if times else None


def _halves_within(typed: TypedTime, part: DayPart) -> set[time]:
    return {half for half in (typed.time, typed.other_half) if part.holds(half.hour * _MINUTES_AN_HOUR + half.minute)}
