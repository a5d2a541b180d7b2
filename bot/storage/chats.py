"""Statements about one chat: the inbox's guard, the conversation's row, and what a person answered."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY, insert

from bot.domain.effects import OpenSession, RecordAnswer, SessionStatus
from bot.domain.safety import Finding
from bot.domain.schedule import ReminderTimes
from bot.presentation.outgoing import Priority
from bot.storage import tables as t
from bot.storage.statements import Statement
from bot.storage.values import chat_from_row, chat_to_row, dose_to_json
from bot.usecases.ports import Status, StoredChat, staff_key_prefix

_ADMIT = Statement(insert(t.inbox).on_conflict_do_nothing(), ("update_id", "handled_at"))
_FAIL = Statement(update(t.inbox).where(t.inbox.c.update_id == bindparam("of")).values(failure=bindparam("failure")))
_waiting_replies = (
    select(func.count())
    .where(
        t.outbox.c.settled_at.is_(None),
        t.outbox.c.chat_id == t.chat.c.chat_id,
        t.outbox.c.priority == int(Priority.REPLY),
        t.outbox.c.method.startswith("send"),
    )
    .scalar_subquery()
)
_LOAD = Statement(
    select(t.chat, _waiting_replies.label("waiting"))
    .where(t.chat.c.chat_id == bindparam("of"))
    .with_for_update(of=t.chat)
)
_LOCK = Statement(
    select(t.chat.c.chat_id)
    .where(t.chat.c.chat_id == func.any(bindparam("chats", type_=ARRAY(BigInteger))))
    .order_by(t.chat.c.chat_id)
    .with_for_update()
)
_LOCK_NEW = Statement(select(func.pg_advisory_xact_lock(bindparam("of", type_=BigInteger))))
_insert_chat = insert(t.chat)
_SAVE = Statement(
    _insert_chat.on_conflict_do_update(
        index_elements=[t.chat.c.chat_id],
        set_={column.name: _insert_chat.excluded[column.name] for column in t.chat.c if not column.primary_key},
    ),
    t.chat.c.keys(),
)
_insert_answer = insert(t.answer)
_RECORD_ANSWER = Statement(
    _insert_answer.on_conflict_do_update(
        index_elements=list(t.answer.primary_key),
        set_={column.name: _insert_answer.excluded[column.name] for column in t.answer.c if not column.primary_key},
    ),
    t.answer.c.keys(),
)
_OPEN = Statement(
    insert(t.session).on_conflict_do_nothing(), ("chat_id", "number", "started_at", "local_date", "level", "is_minimum")
)
_of_session = (t.session.c.chat_id == bindparam("of")) & (t.session.c.number == bindparam("nr"))
_CLOSE = Statement(update(t.session).where(_of_session).values(status=bindparam("to"), ended_at=bindparam("at")))
_REOPEN = Statement(update(t.session).where(_of_session).values(status=None, ended_at=None))
_RATE = Statement(update(t.session).where(_of_session).values(rating=bindparam("to")))
_FIND = Statement(insert(t.finding), ("chat_id", "tier", "flag", "rule_id", "found_at"))
_HANGING_ON_CHAT = (t.reminder, t.occurrence, t.session, t.answer, t.finding, t.day, t.standstill, t.staff_code)

ERASED = "erased"  # noted on the connection, so that the unit of work clears what the log still holds


class ChatStatements:
    """The part of a transaction that concerns one chat."""

    connection: Connection
    is_embedded: bool

    def admit(self, update_id: int, now: datetime) -> bool:
        """Note that an update is being handled; False when it was handled before."""
        return _ADMIT.execute(self.connection, {"update_id": update_id, "handled_at": now}) == 1

    def record_failure(self, update_id: int, failure: str, now: datetime) -> None:
        """Note that an update could not be handled; it counts as handled."""
        _ADMIT.execute(self.connection, {"update_id": update_id, "handled_at": now})
        _FAIL.execute(self.connection, {"of": update_id, "failure": failure})

    def lock_chats(self, chat_ids: Collection[int]) -> None:
        """Lock several chats at once, in an order that is everybody's: two that need the same ones never deadlock."""
        if len(chat_ids) > 1 and not self.is_embedded:
            _LOCK.rows(self.connection, {"chats": list(chat_ids)})

    def load_chat(self, chat_id: int) -> StoredChat | None:
        """Load a chat and lock it until the transaction ends.

        On PostgreSQL a chat that is not there has no row to lock: its number is locked in its place, and whoever had to
        wait for that looks again, for the chat may be there now.
        """
        row = _LOAD.first(self.connection, {"of": chat_id})
        if row is None and not self.is_embedded:
            _LOCK_NEW.rows(self.connection, {"of": chat_id})
            row = _LOAD.first(self.connection, {"of": chat_id})
        if row is None:
            return None
        return StoredChat(
            chat_from_row(row),
            live_key=row["live_key"],
            blocked_at=row["blocked_at"],
            flooding_until=row["flooding_until"],
            warned_at=row["warned_at"],
            waiting=row["waiting"],
            changed_at=row["changed_at"],
        )

    def save_chat(self, stored: StoredChat, now: datetime) -> None:
        """Insert or replace a chat: a sign of life, unless the person is found to have blocked the bot."""
        own = {
            "live_key": stored.live_key,
            "blocked_at": stored.blocked_at,
            "flooding_until": stored.flooding_until,
            "warned_at": None if stored.blocked_at is None else stored.warned_at,
            "changed_at": now,
        }
        _SAVE.execute(self.connection, chat_to_row(stored.chat) | own)

    def erase_chat(self, chat_id: int) -> None:
        """Delete every row about a chat, letters included."""
        self.connection.execute(delete(t.outbox).where(_letters_about(chat_id)))
        self.connection.execute(delete(t.chat).where(t.chat.c.chat_id == chat_id))
        self.connection.info[ERASED] = True

    def withdraw_staff_letters(self, chat_id: int) -> None:
        """Delete the letters about a person that wait for the staff chat; what is in flight is not sent again."""
        about = and_(_letters_to_staff_about(chat_id), t.outbox.c.settled_at.is_(None))
        self.connection.execute(delete(t.outbox).where(about, t.outbox.c.status == Status.QUEUED.value))
        self.connection.execute(update(t.outbox).where(about).values(expires_at=t.BEFORE_ALL_TIME))

    def open_session(self, chat_id: int, opening: OpenSession, local_date: date) -> None:
        """Record that a session began."""
        session = opening.session
        values = {
            "chat_id": chat_id,
            "number": session.number,
            "started_at": session.started_at,
            "local_date": local_date,
            "level": opening.level,
            "is_minimum": session.is_minimum,
        }
        _OPEN.execute(self.connection, values)

    def record_answer(self, chat_id: int, answer: RecordAnswer, now: datetime, local_date: date) -> None:
        """Record a step's answer, replacing an earlier one to the same step and variant."""
        values = {
            "chat_id": chat_id,
            "session_number": answer.session,
            "step": answer.step,
            "easier": answer.easier,
            "exercise_id": answer.exercise_id,
            "dose": dose_to_json(answer.dose),
            "outcome": answer.outcome.value,
            "rating": answer.rating,
            "answered_at": now,
            "local_date": local_date,
        }
        _RECORD_ANSWER.execute(self.connection, values)

    def close_session(self, chat_id: int, number: int, status: SessionStatus, now: datetime) -> None:
        """Record how a session ended."""
        _CLOSE.execute(self.connection, {"of": chat_id, "nr": number, "to": status.value, "at": now})

    def reopen_session(self, chat_id: int, number: int) -> None:
        """Record that a session goes on after all."""
        _REOPEN.execute(self.connection, {"of": chat_id, "nr": number})

    def rate_session(self, chat_id: int, number: int, rating: int) -> None:
        """Record how the back felt after a session, 0-10."""
        _RATE.execute(self.connection, {"of": chat_id, "nr": number, "to": rating})

    def record_finding(self, chat_id: int, finding: Finding, now: datetime) -> None:
        """Record tier, flag and rule of a finding."""
        values = {"tier": finding.tier.label, "flag": finding.flag.value, "rule_id": finding.rule_id, "found_at": now}
        _FIND.execute(self.connection, {"chat_id": chat_id, **values})

    def everything_about(self, chat_id: int) -> dict[str, Any]:
        """Return every stored row about a chat as JSON-ready data, by table.

        Letters as what and when, without text; of the staff's looks at it what and when, not who.
        """
        rows = {
            table.name: [
                _plain(row)
                for row in self.connection.execute(select(table).where(table.c.chat_id == chat_id)).mappings()
            ]
            for table in (t.chat, *_HANGING_ON_CHAT)
        }
        letters = select(t.outbox.c.method, t.outbox.c.status, t.outbox.c.settled_at).where(_letters_about(chat_id))
        rows["outbox"] = [_plain(row) for row in self.connection.execute(letters).mappings()]
        looked_at = select(t.staff_action.c.done_at, t.staff_action.c.action).where(t.staff_action.c.chat_id == chat_id)
        rows["staff_action"] = [_plain(row) for row in self.connection.execute(looked_at).mappings()]
        return rows


def _letters_about(chat_id: int) -> ColumnElement[bool]:
    """Select the letters to a person, and those to the staff chat that are about them."""
    return or_(t.outbox.c.chat_id == chat_id, _letters_to_staff_about(chat_id))


def _letters_to_staff_about(chat_id: int) -> ColumnElement[bool]:
    prefix = staff_key_prefix(chat_id)
    return and_(t.outbox.c.dedupe_key >= prefix, t.outbox.c.dedupe_key < prefix[:-1] + chr(ord(prefix[-1]) + 1))


def _plain(row: Any) -> dict[str, Any]:
    return {key: _plain_value(value) for key, value in row.items()}


def _plain_value(value: Any) -> Any:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case ReminderTimes():
            return value.spelled()
        case _:
            return value
