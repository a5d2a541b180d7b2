"""What reminding needs from storage: when something is due, what became of reminders. Instants are aware UTC."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.dues import DayNote, DueReminder, NewDue
from bot.domain.following import Ignored
from bot.domain.schedule import Turn


class ReminderTransaction(Protocol):
    """The part of a transaction that concerns reminders."""

    def set_due(self, chat_id: int, kind: str, due_at: datetime | None) -> None:
        """Set when a chat's reminder of this kind is due; None: never."""
        ...

    def set_many_due(self, dues: Sequence[NewDue]) -> None:
        """Do `set_due` for many chats at once."""
        ...

    def drop_extras(self, chat_id: int, *, before: datetime | None = None) -> None:
        """Let no snoozed reminder of a chat come any more, and nobody ask again; or only none due before an instant."""
        ...

    def ignored_days(self, chat_ids: Collection[int]) -> Mapping[int, Ignored]:
        """Count the local dates on which each of these chats was reminded since it last changed; none: left out."""
        ...

    def due_at(self, chat_id: int, kind: str) -> datetime | None:
        """Return when a chat's reminder of this kind is due."""
        ...

    def reminded_at(self, chat_id: int) -> datetime | None:
        """Return when a chat's latest reminder, snoozed ones included, was queued."""
        ...

    def due_reminders(self, now: datetime, limit: int) -> Sequence[DueReminder]:
        """Return reminders due at or before `now`, the longest overdue first, locked against other processes."""
        ...

    def reminders_due_after(self, after: datetime, chat_id: int, limit: int) -> Sequence[DueReminder]:
        """Return reminders due after an instant (of those due at it, of chats after `chat_id`), the soonest first."""
        ...

    def move_due(self, due: DueReminder, due_at: datetime | None) -> None:
        """Change when a reminder is due, unless it was changed meanwhile."""
        ...

    def forget_days(self, chat_id: int, *, after: date, outcome: str, since: date) -> None:
        """Delete what was noted of days after `after`, or with this outcome since `since`, and the count of missed."""
        ...

    def note_unsent(self, chat_id: int, turn: Turn, kind: str, outcome: str) -> None:
        """Note that a reminder was queued but never left, to be told with the next one."""
        ...

    def note_days(self, notes: Sequence[DayNote], now: datetime) -> set[tuple[int, Turn]]:
        """Note what became of reminders; return chat and turn of those that had no note of this kind before."""
        ...

    def last_noted_turn(self, chat_id: int, kind: str, until: date) -> Turn | None:
        """Return the latest turn on a local date up to `until` whose reminder of this kind is settled.

        That is: sent, missed, or not wanted. Later dates are those of a clock that was wrong.
        """
        ...

    def next_due_of_all(self) -> datetime | None:
        """Return when the next reminder of anybody is due."""
        ...
