"""Statements about reminders: when one is due, what became of a day's, and facts about them all."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.dues import ASKING_FOR_ROUTINE, DAILY, EXTRAS, SENT, DayNote, DueReminder, NewDue
from bot.domain.following import Ignored
from bot.domain.schedule import Turn
from bot.storage import tables as t
from bot.storage.bulk import BulkInsert
from bot.storage.statements import Statement
from bot.storage.unreadable import read_rows
from bot.storage.values import hold_from_json

PUT_OFF = timedelta(days=1)
_NEVER = datetime.max.replace(tzinfo=UTC)

_insert_reminder = insert(t.reminder)
_new = _insert_reminder.excluded
_SET_DUE = Statement(
    _insert_reminder.on_conflict_do_update(
        index_elements=list(t.reminder.primary_key), set_={"next_due_at": _new.next_due_at}
    ),
    ("chat_id", "kind", "next_due_at"),
)
_SET_MANY_DUE = BulkInsert(
    t.reminder,
    ("chat_id", "kind", "next_due_at", "missed", "sent_at"),
    lambda rows: rows.on_conflict_do_update(
        index_elements=list(t.reminder.primary_key),
        set_={
            "next_due_at": rows.excluded.next_due_at,
            "missed": rows.excluded.missed,
            "sent_at": func.coalesce(rows.excluded.sent_at, t.reminder.c.sent_at),
        },
    ),
)
_DROP_EXTRAS = Statement(
    update(t.reminder)
    .where(
        t.reminder.c.chat_id == bindparam("of"),
        or_(*(t.reminder.c.kind == kind for kind in EXTRAS)),
        t.reminder.c.next_due_at < bindparam("before"),
    )
    .values(next_due_at=None)
)
_REMINDED_AT = Statement(
    select(func.max(t.reminder.c.sent_at, type_=t.UtcDateTime())).where(
        t.reminder.c.chat_id == bindparam("of"), or_(*(t.reminder.c.kind == kind for kind in ASKING_FOR_ROUTINE))
    )
)
_DUE_AT = Statement(
    select(t.reminder.c.next_due_at).where(
        t.reminder.c.chat_id == bindparam("of"), t.reminder.c.kind == bindparam("kind")
    )
)
_REMINDER = (  # in the order of DueReminder
    t.reminder.c.chat_id,
    t.reminder.c.kind,
    t.reminder.c.next_due_at,
    t.reminder.c.missed,
    t.chat.c.language,
    t.chat.c.consented_at,
    t.chat.c.zone,
    t.chat.c.reminder_times,
    t.chat.c.paused_at,
    t.chat.c.paused_until,
    t.chat.c.hold,
    t.chat.c.finished_at,
    t.chat.c.blocked_at,
    t.chat.c.weekly_day,
    t.chat.c.follow_up_minutes,
    t.chat.c.changed_at,
)
_DUE = Statement(
    select(*_REMINDER)
    .join(t.chat, t.chat.c.chat_id == t.reminder.c.chat_id)
    .where(t.reminder.c.next_due_at <= bindparam("now"))
    .order_by(t.reminder.c.next_due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_KEYS = (t.reminder.c.chat_id.label("of"), t.reminder.c.kind.label("which"))
_of_reminder = and_(t.reminder.c.chat_id == bindparam("of"), t.reminder.c.kind == bindparam("which"))
_ONE = select(*_REMINDER).join(t.chat, t.chat.c.chat_id == t.reminder.c.chat_id).where(_of_reminder)
_PUT_OFF = Statement(update(t.reminder).where(_of_reminder).values(next_due_at=bindparam("at")))
_DUE_AFTER = Statement(
    select(*_REMINDER)
    .join(t.chat, t.chat.c.chat_id == t.reminder.c.chat_id)
    .where(
        t.reminder.c.next_due_at >= bindparam("after"),
        or_(t.reminder.c.next_due_at > bindparam("after"), t.reminder.c.chat_id > bindparam("of")),
    )
    .order_by(t.reminder.c.next_due_at, t.reminder.c.chat_id)
    .limit(bindparam("most"))
)
_MOVE_DUE = Statement(
    update(t.reminder)
    .where(
        t.reminder.c.chat_id == bindparam("of"),
        t.reminder.c.kind == bindparam("which"),
        t.reminder.c.next_due_at == bindparam("was"),
    )
    .values(next_due_at=bindparam("at"))
)
_FORGET_DAYS = Statement(
    delete(t.occurrence).where(
        t.occurrence.c.chat_id == bindparam("of"),
        or_(
            t.occurrence.c.local_date > bindparam("day"),
            and_(t.occurrence.c.local_date >= bindparam("first"), t.occurrence.c.outcome == bindparam("became")),
        ),
    )
)
_FORGET_MISSED = Statement(update(t.reminder).where(t.reminder.c.chat_id == bindparam("of")).values(missed=0))
_ONE_MORE_MISSED = Statement(update(t.reminder).where(_of_reminder).values(missed=t.reminder.c.missed + 1))
_NOTE_OTHERWISE = Statement(
    update(t.occurrence)
    .where(
        t.occurrence.c.chat_id == bindparam("of"),
        t.occurrence.c.local_date == bindparam("day"),
        t.occurrence.c.slot == bindparam("place"),
        t.occurrence.c.kind == bindparam("which"),
    )
    .values(outcome=bindparam("became"))
)
_NEXT_OF_ALL = Statement(select(func.min(t.reminder.c.next_due_at, type_=t.UtcDateTime())))
_NOTE = BulkInsert(
    t.occurrence,
    ("chat_id", "local_date", "kind", "outcome", "slot", "counts_for"),
    lambda rows: rows.on_conflict_do_nothing().returning(
        t.occurrence.c.chat_id, t.occurrence.c.local_date, t.occurrence.c.slot
    ),
    shared=["noted_at"],
)
_LAST_NOTED = Statement(
    select(t.occurrence.c.local_date, t.occurrence.c.slot)
    .where(
        t.occurrence.c.chat_id == bindparam("of"),
        t.occurrence.c.kind == bindparam("kind"),
        t.occurrence.c.local_date <= bindparam("until"),
    )
    .order_by(t.occurrence.c.local_date.desc(), t.occurrence.c.slot.desc())
    .limit(1)
)
_FACT = Statement(select(t.fact.c.value).where(t.fact.c.name == bindparam("of")))
_insert_fact = insert(t.fact)
_SET_FACT = Statement(
    _insert_fact.on_conflict_do_update(index_elements=[t.fact.c.name], set_={"value": _insert_fact.excluded.value}),
    ("name", "value"),
)


class ReminderStatements:
    """The part of a transaction that concerns reminders."""

    connection: Connection

    def set_due(self, chat_id: int, kind: str, due_at: datetime | None) -> None:
        """Set when a chat's reminder of this kind is due; None: never."""
        _SET_DUE.execute(self.connection, {"chat_id": chat_id, "kind": kind, "next_due_at": due_at})

    def set_many_due(self, dues: Sequence[NewDue]) -> None:
        """Do `set_due` for many chats at once, and set how many missed reminders the next one tells of."""
        if dues:
            _SET_MANY_DUE.execute(self.connection, dues)

    def due_at(self, chat_id: int, kind: str) -> datetime | None:
        """Return when a chat's reminder of this kind is due."""
        due: datetime | None = _DUE_AT.scalar(self.connection, {"of": chat_id, "kind": kind})
        return due

    def ignored_days(self, chat_ids: Collection[int]) -> Mapping[int, Ignored]:
        """Count the local dates on which each of these chats was reminded since it last changed."""
        if not chat_ids:
            return {}
        asked = (
            select(
                t.occurrence.c.chat_id,
                func.count(t.occurrence.c.local_date.distinct()).label("days"),
                func.max(t.occurrence.c.local_date).label("latest"),
            )
            .join(t.chat, t.chat.c.chat_id == t.occurrence.c.chat_id)
            .where(
                t.occurrence.c.chat_id.in_(chat_ids),
                t.occurrence.c.kind == DAILY,
                t.occurrence.c.outcome == SENT,
                t.occurrence.c.noted_at > t.chat.c.changed_at,
            )
            .group_by(t.occurrence.c.chat_id)
        )
        return {row.chat_id: Ignored(row.days, row.latest) for row in self.connection.execute(asked)}

    def drop_extras(self, chat_id: int, *, before: datetime | None = None) -> None:
        """Let no snoozed reminder of a chat come any more, and nobody ask again; or only none due before an instant."""
        _DROP_EXTRAS.execute(self.connection, {"of": chat_id, "before": before or _NEVER})

    def reminded_at(self, chat_id: int) -> datetime | None:
        """Return when a chat's latest reminder, snoozed ones included, was queued."""
        sent_at: datetime | None = _REMINDED_AT.scalar(self.connection, {"of": chat_id})
        return sent_at

    def due_reminders(self, now: datetime, limit: int) -> Sequence[DueReminder]:
        """Return reminders due at or before `now`, the longest overdue first, locked against other processes.

        One that cannot be read, or whose chat cannot, is put off for a day and left out.
        """

        def put_off(key: Mapping[str, Any]) -> None:
            _PUT_OFF.execute(self.connection, {**key, "at": now + PUT_OFF})

        bounds = {"now": now, "most": limit}
        return read_rows(self.connection, _DUE, bounds, _due, keys=_KEYS, one=_ONE, put_away=put_off)

    def reminders_due_after(self, after: datetime, chat_id: int, limit: int) -> Sequence[DueReminder]:
        """Return reminders due after an instant (of those due at it, of chats after `chat_id`), the soonest first.

        One that cannot be read is left out, and stays as it is until it is due.
        """
        bounds = {"after": after, "of": chat_id, "most": limit}
        return read_rows(self.connection, _DUE_AFTER, bounds, _due, keys=_KEYS, one=_ONE, put_away=lambda _: None)

    def move_due(self, due: DueReminder, due_at: datetime | None) -> None:
        """Change when a reminder is due, unless it was changed meanwhile."""
        _MOVE_DUE.execute(self.connection, {"of": due.chat_id, "which": due.kind, "was": due.due_at, "at": due_at})

    def forget_days(self, chat_id: int, *, after: date, outcome: str, since: date) -> None:
        """Delete what was noted of days after `after`, or with this outcome since `since`, and the count of missed."""
        bounds = {"of": chat_id, "day": after, "first": since, "became": outcome}
        if _FORGET_DAYS.execute(self.connection, bounds):
            _FORGET_MISSED.execute(self.connection, {"of": chat_id})

    def note_unsent(self, chat_id: int, turn: Turn, kind: str, outcome: str) -> None:
        """Note that a reminder was queued but never left, to be told with the next one."""
        values = {"of": chat_id, "day": turn.local_date, "place": turn.slot, "which": kind, "became": outcome}
        _NOTE_OTHERWISE.execute(self.connection, values)
        _ONE_MORE_MISSED.execute(self.connection, {"of": chat_id, "which": kind})

    def note_days(self, notes: Sequence[DayNote], now: datetime) -> set[tuple[int, Turn]]:
        """Note what became of reminders; return chat and turn of those that had no note of this kind before."""
        rows = _NOTE.execute(self.connection, notes, {"noted_at": now}) if notes else ()
        return {(row["chat_id"], Turn(row["local_date"], row["slot"])) for row in rows}

    def last_noted_turn(self, chat_id: int, kind: str, until: date) -> Turn | None:
        """Return the latest turn on a local date up to `until` whose reminder of this kind is settled.

        That is: sent, missed, or not wanted. Later dates are those of a clock that was wrong.
        """
        bounds = {"of": chat_id, "kind": kind, "until": until}
        rows = _LAST_NOTED.rows(self.connection, bounds)
        return Turn(**rows[0]) if rows else None

    def next_due_of_all(self) -> datetime | None:
        """Return when the next reminder of anybody is due."""
        due: datetime | None = _NEXT_OF_ALL.scalar(self.connection)
        return due

    def fact(self, name: str) -> str | None:
        """Return what was stored under a name."""
        value: str | None = _FACT.scalar(self.connection, {"of": name})
        return value

    def set_fact(self, name: str, value: str) -> None:
        """Store something under a name."""
        _SET_FACT.execute(self.connection, {"name": name, "value": value})


def _due(row: Mapping[str, Any]) -> DueReminder:
    due = DueReminder._make(row.values())
    return due if due.hold is None else due._replace(hold=hold_from_json(row["hold"]))
