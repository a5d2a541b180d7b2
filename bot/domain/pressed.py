"""What a transition asks for at the message whose button was pressed: other buttons, or a passing line.

These are effects like the others of `bot.domain.effects`, which names them; only a press has a message to change.
"""

from dataclasses import dataclass
from datetime import date

from bot.domain.keys import Note
from bot.domain.levels import Morning


@dataclass(frozen=True, slots=True)
class MarkMorning:
    """In the reminder that asked, what was answered takes the place of the question; its other buttons stay."""

    local_date: date
    morning: Morning


@dataclass(frozen=True, slots=True)
class ShowReminderButtons:
    """In the reminder that was pressed: its usual buttons, or the choices of when it may come again (`later`)."""

    local_date: date
    later: bool


@dataclass(frozen=True, slots=True)
class Notify:
    """A passing line at the pressed button."""

    note: Note
