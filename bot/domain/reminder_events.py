"""What can happen about reminders beyond one day's: a later time, a pause and its end, asking again, how often at all.

These are events like the others of `bot.domain.events`, which names them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.times import When


class Later(StrEnum):
    """What is asked for at a reminder that comes too early: choices, to type a time, or the way back."""

    CHOICES = "choices"
    TYPED = "typed"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class LaterAsked:
    """Show when the reminder of `local_date` may come again; nothing is put off yet."""

    asked: Later
    local_date: date


@dataclass(frozen=True, slots=True)
class PauseAsked:
    """No reminders until a day that is named, or for so many days."""

    when: When


@dataclass(frozen=True, slots=True)
class PauseEnded:
    """The day has come on which a pause was to end."""


@dataclass(frozen=True, slots=True)
class FollowUpChosen:
    """Ask once more where a routine was not begun so many minutes after its reminder; None: do not."""

    minutes: int | None


class Rhythm(StrEnum):
    """How often somebody wants to be reminded who has not been there for a while."""

    KEEP = "keep"
    WEEKLY = "weekly"
    PAUSE = "pause"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class RhythmChosen:
    """The answer to how often, asked on `local_date`, whose weekday is that of a weekly reminder."""

    rhythm: Rhythm
    local_date: date
