"""Statements about broadcasts: their rows, the people they are for, and what became of their letters."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, and_, cast, func, literal, select, true, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.broadcast import Broadcast, BroadcastStatus, Delivered
from bot.domain.crowd import ACTIVE_DAYS
from bot.domain.staff import Segment
from bot.presentation.outgoing import Priority
from bot.storage import tables as t
from bot.usecases.clinic_ports import Recipient, broadcast_key
from bot.usecases.ports import Status

_b, _o = t.broadcast, t.outbox
_OWN = (
    *("text", "written_at", "staff_language", "confirmed_at", "next_at", "after_chat_id"),
    *("deferred", "queued", "shown_at", "message_id"),
)


class BroadcastStatements:
    """The part of a transaction that concerns broadcasts."""

    connection: Connection
    is_embedded: bool

    def write_broadcast(self, broadcast: Broadcast) -> int:
        """Store a new broadcast; return its number."""
        statement = insert(_b).values(_row(broadcast)).returning(_b.c.id)
        number: int = self.connection.execute(statement).scalar_one()
        return number

    def load_broadcast(self, number: int) -> Broadcast | None:
        """Load a broadcast and lock it until the transaction ends."""
        return self._first(select(_b).where(_b.c.id == number).with_for_update())

    def latest_broadcast(self) -> Broadcast | None:
        """Return the latest broadcast that was confirmed."""
        return self._first(select(_b).where(_b.c.confirmed_at.is_not(None)).order_by(_b.c.id.desc()).limit(1))

    def broadcast_at_work(self, now: datetime) -> Broadcast | None:
        """Load the first broadcast that is being sent and due for a look; locked, unless somebody else has it."""
        is_due = and_(_b.c.status == BroadcastStatus.SENDING.value, _b.c.next_at <= now)
        return self._first(select(_b).where(is_due).order_by(_b.c.id).limit(1).with_for_update(skip_locked=True))

    def save_broadcast(self, broadcast: Broadcast) -> None:
        """Store how a broadcast goes, and to whom."""
        self.connection.execute(update(_b).where(_b.c.id == broadcast.id).values(_row(broadcast)))

    def recipients(self, broadcast: Broadcast, start_level: str, now: datetime, limit: int) -> Sequence[Recipient]:
        """Return people the broadcast is for and who have no letter of it, by their numbers, after `after_chat_id`.

        Whoever agreed after it was confirmed is none of them: also not somebody who erased everything and came again.
        """
        key = literal(broadcast_key(broadcast.id, "")) + cast(t.chat.c.chat_id, String)
        has_letter = select(true()).where(_o.c.dedupe_key == key).exists()
        fits: list[ColumnElement[bool]] = [_is_recipient(broadcast.segment, start_level, now), ~has_letter]
        if broadcast.confirmed_at is not None:
            fits.append(t.chat.c.consented_at <= broadcast.confirmed_at)
        if broadcast.after_chat_id is not None:
            fits.append(t.chat.c.chat_id > broadcast.after_chat_id)
        columns = (t.chat.c.chat_id, t.chat.c.language, t.chat.c.zone)
        rows = self.connection.execute(select(*columns).where(*fits).order_by(t.chat.c.chat_id).limit(limit))
        return [Recipient(*row) for row in rows]

    def count_recipients(self, segment: Segment, start_level: str, now: datetime) -> int:
        """Return how many people a segment has."""
        statement = select(func.count()).select_from(t.chat).where(_is_recipient(segment, start_level, now))
        return int(self.connection.execute(statement).scalar_one())

    def delivered(self, number: int) -> Delivered:
        """Return what became of a broadcast's letters so far."""
        statement = select(_o.c.status, func.count()).where(_is_of(number)).group_by(_o.c.status)
        counts: dict[str, int] = {row[0]: row[1] for row in self.connection.execute(statement)}
        waiting = counts.get(Status.QUEUED.value, 0) + counts.get(Status.SENDING.value, 0)
        sent = counts.get(Status.SENT.value, 0)
        return Delivered(waiting, sent, sum(counts.values()) - waiting - sent)

    def cancel_broadcast(self, number: int) -> None:
        """Cancel whatever of a broadcast is not on its way yet."""
        waiting = and_(
            _o.c.settled_at.is_(None),
            _o.c.priority == int(Priority.BROADCAST),
            _o.c.status == Status.QUEUED.value,
            _is_of(number),
        )
        cancelled = {"status": Status.CANCELLED.value, "payload": None, "settled_at": _o.c.not_before}
        self.connection.execute(update(_o).where(waiting).values(cancelled))
        on_their_way = and_(_is_of(number), _o.c.status == Status.SENDING.value)
        self.connection.execute(update(_o).where(on_their_way).values(expires_at=t.BEFORE_ALL_TIME))

    def _first(self, statement: Any) -> Broadcast | None:
        row = self.connection.execute(statement).mappings().first()
        if row is None:
            return None
        segment = Segment(row["language"], row["level"], row["active"])
        own = {name: row[name] for name in _OWN}
        return Broadcast(id=row["id"], segment=segment, status=BroadcastStatus(row["status"]), **own)


def _row(broadcast: Broadcast) -> dict[str, Any]:
    segment = broadcast.segment
    chosen = {"language": segment.language, "level": segment.level, "active": segment.active}
    return {name: getattr(broadcast, name) for name in _OWN} | chosen | {"status": broadcast.status.value}


def _is_recipient(segment: Segment, start_level: str, now: datetime) -> ColumnElement[bool]:
    """Select whom a broadcast may reach at all: set up, neither blocked nor paused nor held; and of the segment."""
    c = t.chat.c
    fits: list[ColumnElement[bool]] = [
        c.consented_at.is_not(None),
        c.zone.is_not(None),
        c.reminder_times.is_not(None),
        c.blocked_at.is_(None),
        c.paused_at.is_(None),
        c.hold.is_(None),
    ]
    if segment.language is not None:
        fits.append(c.language == segment.language)
    if segment.active:
        fits.append(c.finished_at >= now - timedelta(days=ACTIVE_DAYS))
    if segment.level is not None:
        latest = (
            select(t.session.c.level)
            .where(t.session.c.chat_id == c.chat_id, t.session.c.level.is_not(None))
            .order_by(t.session.c.number.desc())
            .limit(1)
            .correlate(t.chat)
            .scalar_subquery()
        )
        fits.append(func.coalesce(latest, start_level) == segment.level)
    return and_(*fits)


def _is_of(number: int) -> ColumnElement[bool]:
    prefix = broadcast_key(number, "")
    return and_(_o.c.dedupe_key >= prefix, _o.c.dedupe_key < prefix[:-1] + chr(ord(prefix[-1]) + 1))
