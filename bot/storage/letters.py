"""Statements about letters: the outbox.

A chat's letters leave one at a time, the most urgent first and otherwise in the order they were written. That rule is
in the SQL (`_TAKE`), so that it holds whatever the relay remembers.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from bot.presentation.outgoing import Outgoing, Priority
from bot.storage import tables as t
from bot.storage.bulk import BulkInsert
from bot.storage.media import MediaStatements
from bot.storage.statements import Statement
from bot.storage.unreadable import read_rows
from bot.usecases.ports import Addressee, Letter, Settlement, Status, TakenLetter

_o = t.outbox
_earlier = t.outbox.alias("earlier")
_QUEUE = Statement(
    insert(_o).on_conflict_do_nothing(),
    [name for name in _o.c.keys() if name not in {"id", "message_id", "settled_at", "due_at"}],  # noqa: SIM118 - not a dict
)
_OWN = ("dedupe_key", "chat_id", "expires_at", "due_at")
_SHARED = ("priority", "method", "payload", "not_before", "status", "attempts", "doubts", "forget", "reason")
_QUEUE_ALIKE = BulkInsert(_o, _OWN, lambda rows: rows.on_conflict_do_nothing(), shared=_SHARED)
_MESSAGE_ID = Statement(select(_o.c.message_id).where(_o.c.dedupe_key == bindparam("of")))
_COLUMNS = (
    _o.c.id,
    _o.c.dedupe_key,
    _o.c.chat_id,
    _o.c.method,
    _o.c.payload,
    _o.c.attempts,
    _o.c.doubts,
    _o.c.forget,
    _o.c.expires_at,
    _o.c.priority,
    _o.c.due_at,
)
_is_waiting = _o.c.settled_at.is_(None)  # queued or sending; spelled as the partial indexes are, so that they are used
_take = (
    select(*_COLUMNS)
    .where(
        _is_waiting,
        _o.c.status == Status.QUEUED.value,
        _o.c.not_before <= bindparam("now"),
        ~select(true())
        .where(
            _earlier.c.settled_at.is_(None),
            _earlier.c.chat_id == _o.c.chat_id,
            or_(
                _earlier.c.status == Status.SENDING.value,
                tuple_(_earlier.c.priority, _earlier.c.id) < tuple_(_o.c.priority, _o.c.id),
            ),
        )
        .exists(),
    )
    .order_by(_o.c.priority, _o.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=_o, skip_locked=True)  # one that is being withdrawn just now is left to whoever does so
)
_TAKE = Statement(_take)
_TAKE_EXCEPT = _take.where(_o.c.chat_id.not_in(bindparam("resting", expanding=True)))
_KEYS = (_o.c.id.label("of"),)
_ONE = select(*_COLUMNS).where(_o.c.id == bindparam("of"))
_GIVE_UP = Statement(
    update(_o)
    .where(_o.c.id == bindparam("of"))
    .values(status=Status.GAVE_UP.value, payload=None, reason="the row cannot be read", settled_at=_o.c.not_before)
)
_MARK = Statement(
    update(_o).where(_o.c.id == bindparam("of")).values(status=Status.SENDING.value, attempts=_o.c.attempts + 1)
)
_IN_FLIGHT = Statement(
    select(*_COLUMNS).where(_is_waiting, _o.c.status == Status.SENDING.value).order_by(_o.c.priority, _o.c.id)
)
_NEXT_AFTER = Statement(
    select(func.min(_o.c.not_before, type_=t.UtcDateTime())).where(
        _is_waiting, _o.c.status == Status.QUEUED.value, _o.c.not_before > bindparam("now")
    )
)
_HASTEN = Statement(
    update(_o)
    .where(_is_waiting, _o.c.status == Status.QUEUED.value, _o.c.not_before > bindparam("after"))
    .values(not_before=bindparam("at"))
)
# A settlement counts only for the try it is about: whoever lost the lease meanwhile changes nothing.
_of_this_try = and_(
    _o.c.id == bindparam("of"), _o.c.status == Status.SENDING.value, _o.c.attempts == bindparam("tries")
)
_AGAIN = Statement(
    update(_o)
    .where(_of_this_try)
    .values(status=Status.QUEUED.value, not_before=bindparam("at"), doubts=bindparam("nr"), reason=bindparam("because"))
)
_OVER = Statement(
    update(_o)
    .where(_of_this_try)
    .values(
        status=bindparam("to"),
        payload=None,
        message_id=bindparam("message"),
        reason=bindparam("because"),
        settled_at=bindparam("at"),
    )
)
_FORGET = Statement(delete(_o).where(_of_this_try))
_of_chat = and_(_is_waiting, _o.c.chat_id == bindparam("of"))
_forget_waiting = delete(_o).where(_of_chat, _o.c.status == Status.QUEUED.value, _o.c.forget)
_cancel_waiting = (
    update(_o)
    .where(_of_chat, _o.c.status == Status.QUEUED.value)
    .values(status=Status.CANCELLED.value, payload=None, settled_at=_o.c.not_before)
)
# What is in flight may come back for another try; it is then too late to be sent.
_expire_sending = update(_o).where(_of_chat, _o.c.status == Status.SENDING.value).values(expires_at=t.BEFORE_ALL_TIME)
# Withdrawn are messages only: a referral is always sent, and buttons are always taken off.
_is_withdrawn = and_(_o.c.priority > bindparam("spared"), _o.c.method.startswith("send"))
_endings = (_forget_waiting, _cancel_waiting, _expire_sending)
_CANCEL = tuple(Statement(ending) for ending in _endings)
_WITHDRAW = tuple(Statement(ending.where(_is_withdrawn)) for ending in _endings)
_replies_of_chat = and_(
    _of_chat,
    _o.c.status == Status.QUEUED.value,
    _o.c.priority == int(Priority.REPLY),
    _o.c.method.startswith("send"),
    _o.c.dedupe_key != bindparam("kept"),
)
_WITHDRAW_REPLIES = Statement(
    update(_o)
    .where(_replies_of_chat)
    .values(status=Status.CANCELLED.value, payload=None, settled_at=_o.c.not_before)
    .returning(_o.c.dedupe_key, _o.c.not_before)
)
_FORGET_REPLIES = Statement(delete(_o).where(_replies_of_chat, _o.c.forget).returning(_o.c.dedupe_key, _o.c.not_before))
_STATUS = Statement(select(_o.c.status).where(_o.c.dedupe_key == bindparam("of")))
_WAITING_BY_PRIORITY = select(_o.c.priority, func.count().label("letters")).where(_is_waiting).group_by(_o.c.priority)


class LetterStatements(MediaStatements):
    """The part of a transaction that concerns the outbox."""

    connection: Connection

    def queue(self, letters: Sequence[Letter]) -> None:
        """Add letters to the outbox; a key that is there already is left as it is."""
        if letters:
            _QUEUE.execute_many(self.connection, [_row(letter) for letter in letters])

    def queue_alike(self, message: Outgoing, to: Sequence[Addressee], not_before: datetime) -> None:
        """Add the same message for many chats to the outbox; a key that is there already is left as it is."""
        if to:
            letter = Letter("", 0, message.method, message.payload, message.priority, not_before, forget=message.forget)
            _QUEUE_ALIKE.execute(self.connection, to, _row(letter))

    def message_id_of(self, key: str) -> int | None:
        """Return the Telegram id of a sent letter, None while it waits or when it is gone."""
        message_id: int | None = _MESSAGE_ID.scalar(self.connection, {"of": key})
        return message_id

    def cancel_letters(self, chat_id: int) -> None:
        """Cancel whatever still waits for a chat; what is in flight is not sent again."""
        for statement in _CANCEL:
            statement.execute(self.connection, {"of": chat_id})

    def withdraw_messages(self, chat_id: int, *, spared: int) -> None:
        """Cancel the messages that still wait for a chat, but none as urgent as `spared`; in flight as above."""
        for statement in _WITHDRAW:
            statement.execute(self.connection, {"of": chat_id, "spared": spared})

    def withdraw_replies(self, chat_id: int, *, kept: str | None) -> dict[str, datetime]:
        """Cancel the replies queued for a chat, but the one with the key `kept`; return their keys and `not_before`."""
        withdrawn: dict[str, datetime] = {}
        for statement in (_FORGET_REPLIES, _WITHDRAW_REPLIES):
            rows = statement.rows(self.connection, {"of": chat_id, "kept": kept or ""})
            withdrawn |= {row["dedupe_key"]: row["not_before"] for row in rows}
        return withdrawn

    def status_of(self, key: str) -> Status | None:
        """Return where the letter with this key stands, None when there is none."""
        status = _STATUS.scalar(self.connection, {"of": key})
        return None if status is None else Status(status)

    def take_letters(
        self, now: datetime, limit: int, resting_chats: Collection[int], *, bulk_limit: int | None = None
    ) -> list[TakenLetter]:
        """Mark the most urgent due letter of each chat `sending` and return them, at most `limit`.

        Of reminders and broadcasts at most `bulk_limit`. Chats that rest, or have a letter in flight, get none. One
        that cannot be read is given up and left out.
        """
        bounds: dict[str, Any] = {"now": now, "most": limit}
        if resting_chats:
            letters = self._read(_TAKE_EXCEPT, {**bounds, "resting": list(resting_chats)}, tries=1)
        else:
            letters = self._read(_TAKE, bounds, tries=1)
        if bulk_limit is not None:  # the most urgent come first, so what is too much stands at the end
            urgent = sum(not letter.is_bulk for letter in letters)
            letters = letters[: urgent + bulk_limit]
        if letters:
            _MARK.execute_many(self.connection, [{"of": letter.id} for letter in letters])
        return letters

    def settle(self, settlements: Sequence[Settlement], now: datetime) -> None:
        """Record what became of letters; one that is over loses its payload, or its row where it is to be forgotten.

        The file that went with one is stored by the name that Telegram has for it.
        """
        again: list[dict[str, Any]] = []
        over: list[dict[str, Any]] = []
        forgotten: list[dict[str, Any]] = []
        for one in settlements:
            of = {"of": one.letter.id, "tries": one.letter.attempts}
            if one.status is Status.QUEUED:
                again.append({**of, "because": one.reason, "at": one.not_before, "nr": one.doubts})
            elif one.letter.forget:
                forgotten.append(of)
            else:
                ending = {"to": one.status.value, "message": one.message_id, "because": one.reason, "at": now}
                over.append(of | ending)
        for statement, rows in ((_AGAIN, again), (_OVER, over), (_FORGET, forgotten)):
            if rows:
                statement.execute_many(self.connection, rows)
        if uploads := [one.uploaded for one in settlements if one.uploaded is not None]:
            self.keep_file_ids(uploads)

    def hasten_letters(self, after: datetime, now: datetime) -> None:
        """Let letters that must wait beyond `after` leave now."""
        _HASTEN.execute(self.connection, {"after": after, "at": now})

    def letters_in_flight(self) -> Sequence[TakenLetter]:
        """Return letters that are marked `sending`."""
        return self._read(_IN_FLIGHT, {}, tries=0)

    def next_letter_after(self, now: datetime) -> datetime | None:
        """Return when the next letter that must still wait at `now` may leave."""
        at: datetime | None = _NEXT_AFTER.scalar(self.connection, {"now": now})
        return at

    def waiting_letters(self) -> dict[int, int]:
        """Return how many letters wait or are in flight, by priority."""
        return {row.priority: row.letters for row in self.connection.execute(_WAITING_BY_PRIORITY)}

    def _read(self, statement: Statement | Select[Any], bounds: Mapping[str, Any], *, tries: int) -> list[TakenLetter]:
        def give_up(key: Mapping[str, Any]) -> None:
            _GIVE_UP.execute(self.connection, key)

        read = partial(_taken, tries=tries)
        return read_rows(self.connection, statement, bounds, read, keys=_KEYS, one=_ONE, put_away=give_up)


def _row(letter: Letter) -> dict[str, Any]:
    return {
        "dedupe_key": letter.key,
        "chat_id": letter.chat_id,
        "priority": int(letter.priority),
        "method": letter.method,
        "payload": letter.payload,
        "not_before": letter.not_before,
        "status": Status.QUEUED.value,
        "attempts": 0,
        "doubts": 0,
        "expires_at": letter.expires_at,
        "forget": letter.forget,
        "reason": "",
    }


def _taken(row: Mapping[str, Any], *, tries: int) -> TakenLetter:
    return TakenLetter(
        id=row["id"],
        key=row["dedupe_key"],
        chat_id=row["chat_id"],
        method=row["method"],
        payload=row["payload"],
        attempts=row["attempts"] + tries,
        doubts=row["doubts"],
        forget=row["forget"],
        expires_at=row["expires_at"],
        priority=Priority(row["priority"]),
        due_at=row["due_at"],
    )
