"""Statements that forget: old notes, and people who have not been heard of for long.

Chats are walked through by their number, a stretch at a time: an index by the last sign of life would have to be
written with every message anybody sends.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, or_, select, update

from bot.domain.silence import Silent
from bot.storage import tables as t
from bot.storage.statements import Statement

_c = t.chat.c
_stretch = (
    select(_c.chat_id).where(_c.chat_id > bindparam("after")).order_by(_c.chat_id).limit(bindparam("width")).subquery()
)
_END = Statement(select(func.max(_stretch.c.chat_id).label("until")))
_SILENT = Statement(
    select(_c.chat_id, _c.language, _c.zone, _c.consented_at, _c.blocked_at, _c.changed_at, _c.warned_at)
    .where(
        _c.chat_id > bindparam("after"),
        _c.chat_id <= bindparam("until"),
        or_(_c.changed_at < bindparam("before"), _c.warned_at.is_not(None)),
    )
    .order_by(_c.chat_id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)  # whoever is locked is being heard just now
)
_WARN = Statement(update(t.chat).where(_c.chat_id == bindparam("of")).values(warned_at=bindparam("at")))
_OLD_UPDATES = delete(t.inbox).where(
    t.inbox.c.update_id.in_(
        select(t.inbox.c.update_id)
        .where(t.inbox.c.handled_at < bindparam("before"))
        .order_by(t.inbox.c.handled_at)
        .limit(bindparam("most"))
    )
)
_OLD_LETTERS = delete(t.outbox).where(
    t.outbox.c.id.in_(
        select(t.outbox.c.id)
        .where(t.outbox.c.settled_at < bindparam("before"))
        .order_by(t.outbox.c.settled_at)
        .limit(bindparam("most"))
    )
)


class RetentionStatements:
    """The part of a transaction that forgets."""

    connection: Connection

    def silent_chats(
        self, after: int, before: datetime, *, width: int, limit: int
    ) -> tuple[Sequence[Silent], int | None]:
        """Return who was last heard of before `before`, or was warned, among the next `width` chats after `after`.

        At most `limit` of them, locked; and the number after which to go on, None at the end.
        """
        until = _END.scalar(self.connection, {"after": after, "width": width})
        if until is None:
            return (), None
        bounds = {"after": after, "until": until, "before": before, "most": limit}
        silent = [
            Silent(
                chat_id=row["chat_id"],
                language=row["language"],
                zone=row["zone"],
                has_consented=row["consented_at"] is not None,
                has_blocked=row["blocked_at"] is not None,
                heard_at=row["changed_at"],
                warned_at=row["warned_at"],
            )
            for row in _SILENT.rows(self.connection, bounds)
        ]
        return silent, silent[-1].chat_id if len(silent) == limit else until

    def note_warned(self, chat_id: int, now: datetime) -> None:
        """Note that a silent person was told of the end; `save_chat` takes it back."""
        _WARN.execute(self.connection, {"of": chat_id, "at": now})

    def trim(self, before: datetime, limit: int) -> int:
        """Delete inbox rows and finished letters older than `before`, at most `limit` of each; return how many."""
        bounds = {"before": before, "most": limit}
        return sum(self.connection.execute(old, bounds).rowcount for old in (_OLD_UPDATES, _OLD_LETTERS))
