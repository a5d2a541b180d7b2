"""Statements about letters: the outbox and the relay's lease.

A chat's letters leave one at a time, the most urgent first and otherwise in the order they were written. That rule is
in the SQL (`_TAKE`), so that it holds whatever the relay remembers.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select, true, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from bot.storage import tables as t
from bot.usecases.ports import Letter, Settlement, Status, TakenLetter

_o = t.outbox
_earlier = t.outbox.alias("earlier")
_QUEUE = insert(_o).on_conflict_do_nothing()
_MESSAGE_ID = select(_o.c.message_id).where(_o.c.dedupe_key == bindparam("of"))
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
)
_TAKE = (
    select(*_COLUMNS)
    .where(
        _o.c.status == Status.QUEUED.value,
        _o.c.not_before <= bindparam("now"),
        _o.c.chat_id.not_in(bindparam("busy", expanding=True)),
        ~select(true())
        .where(
            _earlier.c.chat_id == _o.c.chat_id,
            _earlier.c.status.in_([Status.QUEUED.value, Status.SENDING.value]),
            or_(
                _earlier.c.status == Status.SENDING.value,
                tuple_(_earlier.c.priority, _earlier.c.id) < tuple_(_o.c.priority, _o.c.id),
            ),
        )
        .exists(),
    )
    .order_by(_o.c.priority, _o.c.id)
    .limit(bindparam("most"))
)
_MARK = update(_o).where(_o.c.id == bindparam("of")).values(status=Status.SENDING.value, attempts=_o.c.attempts + 1)
_LEFT_SENDING = select(*_COLUMNS).where(_o.c.status == Status.SENDING.value)
_NEXT_AT = select(func.min(_o.c.not_before, type_=t.UtcDateTime())).where(_o.c.status == Status.QUEUED.value)
_AGAIN = (
    update(_o)
    .where(_o.c.id == bindparam("of"))
    .values(status=Status.QUEUED.value, not_before=bindparam("at"), doubts=bindparam("nr"), reason=bindparam("because"))
)
_OVER = (
    update(_o)
    .where(_o.c.id == bindparam("of"))
    .values(
        status=bindparam("to"),
        payload=None,
        message_id=bindparam("message"),
        reason=bindparam("because"),
        settled_at=bindparam("at"),
    )
)
_FORGET = delete(_o).where(_o.c.id == bindparam("of"))


class LetterStatements:
    """The part of a transaction that concerns the outbox."""

    connection: Connection

    def queue(self, letters: Sequence[Letter]) -> None:
        """Add letters to the outbox; a key that is there already is left as it is."""
        if letters:
            self.connection.execute(_QUEUE, [_row(letter) for letter in letters])

    def message_id_of(self, key: str) -> int | None:
        """Return the Telegram id of a sent letter, None while it waits or when it is gone."""
        message_id: int | None = self.connection.execute(_MESSAGE_ID, {"of": key}).scalar()
        return message_id

    def cancel_letters(self, chat_id: int) -> None:
        """Cancel whatever still waits for a chat."""
        cancelled = {"status": Status.CANCELLED.value, "payload": None}
        waiting = and_(_o.c.chat_id == chat_id, _o.c.status == Status.QUEUED.value)
        self.connection.execute(update(_o).where(waiting).values(cancelled))

    def take_letters(self, now: datetime, limit: int, busy_chats: Collection[int]) -> list[TakenLetter]:
        """Mark the most urgent due letter of each free chat `sending` and return them, at most `limit`."""
        rows = self.connection.execute(_TAKE, {"now": now, "most": limit, "busy": list(busy_chats)}).all()
        if rows:
            self.connection.execute(_MARK, [{"of": row.id} for row in rows])
        return [_taken(row, attempts=row.attempts + 1) for row in rows]

    def settle(self, settlements: Sequence[Settlement], now: datetime) -> None:
        """Record what became of letters; one that is over loses its payload, or its row where it is to be forgotten."""
        again: list[dict[str, Any]] = []
        over: list[dict[str, Any]] = []
        forgotten: list[dict[str, Any]] = []
        for one in settlements:
            because = {"of": one.letter.id, "because": one.reason}
            if one.status is Status.QUEUED:
                again.append({**because, "at": one.not_before, "nr": one.doubts})
            elif one.letter.forget:
                forgotten.append({"of": one.letter.id})
            else:
                over.append({**because, "to": one.status.value, "message": one.message_id, "at": now})
        for statement, rows in ((_AGAIN, again), (_OVER, over), (_FORGET, forgotten)):
            if rows:
                self.connection.execute(statement, rows)

    def recover_letters(self) -> Sequence[TakenLetter]:
        """Return letters left `sending` by a relay that is gone."""
        return [_taken(row, attempts=row.attempts) for row in self.connection.execute(_LEFT_SENDING)]

    def next_letter_at(self) -> datetime | None:
        """Return when the next waiting letter may leave."""
        at: datetime | None = self.connection.execute(_NEXT_AT).scalar()
        return at

    def hold_lease(
        self, name: str, holder: str, now: datetime, expires_at: datetime, *, force: bool = False
    ) -> int | None:
        """Take or renew a lease; return its fencing token, None while somebody else holds it.

        The token grows with every change of holder, so that one who was paused finds a higher one and stands back.
        """
        lease = self.connection.execute(select(t.lease).where(t.lease.c.name == name).with_for_update()).first()
        if lease is None:
            values = {"name": name, "holder": holder, "token": 1, "expires_at": expires_at}
            return 1 if self.connection.execute(insert(t.lease).on_conflict_do_nothing(), values).rowcount else None
        if lease.holder != holder and lease.expires_at > now and not force:
            return None
        token: int = lease.token + (lease.holder != holder)
        values = {"holder": holder, "token": token, "expires_at": expires_at}
        self.connection.execute(update(t.lease).where(t.lease.c.name == name).values(values))
        return token

    def trim(self, before: datetime) -> int:
        """Delete inbox rows and finished letters older than `before`; return how many."""
        old_updates = delete(t.inbox).where(t.inbox.c.handled_at < before)
        old_letters = delete(_o).where(_o.c.settled_at < before)
        return sum(self.connection.execute(statement).rowcount for statement in (old_updates, old_letters))


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


def _taken(row: Any, *, attempts: int) -> TakenLetter:
    return TakenLetter(
        id=row.id,
        key=row.dedupe_key,
        chat_id=row.chat_id,
        method=row.method,
        payload=row.payload,
        attempts=attempts,
        doubts=row.doubts,
        forget=row.forget,
        expires_at=row.expires_at,
    )
