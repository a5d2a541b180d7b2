"""Statements about reminders: when one is due, and what became of a day's."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from bot.storage import tables as t
from bot.storage.values import chat_from_row
from bot.usecases.ports import DayNote, DueReminder, NewDue, StoredChat

_insert_reminder = insert(t.reminder)
_SET_DUE = _insert_reminder.on_conflict_do_update(
    index_elements=list(t.reminder.primary_key), set_={"next_due_at": _insert_reminder.excluded.next_due_at}
)
_DUE_AT = select(t.reminder.c.next_due_at).where(
    t.reminder.c.chat_id == bindparam("of"), t.reminder.c.kind == bindparam("kind")
)
_DUE = (
    select(t.reminder.c.kind, t.reminder.c.next_due_at, t.chat)
    .join(t.chat, t.chat.c.chat_id == t.reminder.c.chat_id)
    .where(t.reminder.c.next_due_at <= bindparam("now"))
    .order_by(t.reminder.c.next_due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_NEXT_OF_ALL = select(func.min(t.reminder.c.next_due_at, type_=t.UtcDateTime()))
_NOTE = insert(t.occurrence).on_conflict_do_nothing().returning(t.occurrence.c.chat_id, t.occurrence.c.local_date)
_LAST_NOTED = select(func.max(t.occurrence.c.local_date)).where(
    t.occurrence.c.chat_id == bindparam("of"), t.occurrence.c.kind == bindparam("kind")
)


class ReminderStatements:
    """The part of a transaction that concerns reminders."""

    connection: Connection

    def set_due(self, chat_id: int, kind: str, due_at: datetime | None) -> None:
        """Set when a chat's reminder of this kind is due; None: never."""
        self.connection.execute(_SET_DUE, {"chat_id": chat_id, "kind": kind, "next_due_at": due_at})

    def set_many_due(self, dues: Sequence[NewDue]) -> None:
        """Do `set_due` for many chats at once."""
        rows = [{"chat_id": due.chat_id, "kind": due.kind, "next_due_at": due.due_at} for due in dues]
        if rows:
            self.connection.execute(_SET_DUE, rows)

    def due_at(self, chat_id: int, kind: str) -> datetime | None:
        """Return when a chat's reminder of this kind is due."""
        due: datetime | None = self.connection.execute(_DUE_AT, {"of": chat_id, "kind": kind}).scalar()
        return due

    def due_reminders(self, now: datetime, limit: int) -> Sequence[DueReminder]:
        """Return reminders due at or before `now`, the longest overdue first, locked against other processes."""
        rows = self.connection.execute(_DUE, {"now": now, "most": limit}).mappings()
        return [
            DueReminder(
                stored=StoredChat(chat_from_row(row), live_key=row["live_key"], blocked_at=row["blocked_at"]),
                kind=row["kind"],
                due_at=row["next_due_at"],
            )
            for row in rows
        ]

    def note_days(self, notes: Sequence[DayNote], now: datetime) -> set[tuple[int, date]]:
        """Note what became of reminders; return chat and date of those whose day had no note of this kind before."""
        rows = [
            {
                "chat_id": note.chat_id,
                "local_date": note.local_date,
                "kind": note.kind,
                "outcome": note.outcome,
                "noted_at": now,
            }
            for note in notes
        ]
        return {(row.chat_id, row.local_date) for row in self.connection.execute(_NOTE, rows)} if rows else set()

    def last_noted_day(self, chat_id: int, kind: str) -> date | None:
        """Return the latest local date whose reminder of this kind is settled: sent, missed, or not wanted."""
        day: date | None = self.connection.execute(_LAST_NOTED, {"of": chat_id, "kind": kind}).scalar()
        return day

    def next_due_of_all(self) -> datetime | None:
        """Return when the next reminder of anybody is due."""
        due: datetime | None = self.connection.execute(_NEXT_OF_ALL).scalar()
        return due
