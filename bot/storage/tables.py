"""The tables, once, as SQLAlchemy Core.

Rules: instants are `UtcDateTime` and aware; a local date stands beside an instant that people name by its day.
No column holds what a person wrote, nor their name. Everything about a person hangs on `chat` and goes with it, except
letters in the outbox, which `erase_chat` deletes itself: a goodbye must outlive the chat it says goodbye to.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    Time,
    TypeDecorator,
    false,
    text,
)

from bot.domain.audit import LONGEST_DETAIL
from bot.domain.schedule import ReminderTimes, read_reminder_times

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


BEFORE_ALL_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_UTC_OFFSET = "+00:00"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant on every engine; SQLite, which knows no zones, stores it without one.

    On SQLite it is written as SQLAlchemy's own type does, only faster: a chat has ten of them.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Any) -> Callable[[Any], Any]:
        """Return what refuses a naive instant and writes UTC."""

        def write(value: datetime | None) -> datetime | None:
            if value is None:
                return None
            if value.tzinfo is None:
                raise ValueError("a naive datetime cannot be stored: instants are aware UTC")
            return value if value.tzinfo is UTC else value.astimezone(UTC)

        def write_text(value: datetime | None) -> str | None:
            instant = write(value)
            return None if instant is None else instant.isoformat(" ", "microseconds")[: -len(_UTC_OFFSET)]

        return write_text if dialect.name == "sqlite" else write

    def result_processor(self, dialect: Any, coltype: object) -> Callable[[Any], Any]:
        """Return what reads UTC."""
        del coltype

        def read(value: datetime | None) -> datetime | None:
            return None if value is None else value.astimezone(UTC)

        def read_text(text: str | None) -> datetime | None:
            return (
                None if text is None else datetime.fromisoformat(text + _UTC_OFFSET)
            )  # faster than to replace the zone

        return read_text if dialect.name == "sqlite" else read


class SpelledTimes(TypeDecorator[ReminderTimes]):
    """Reminder times as `ReminderTimes.spelled` writes them: 07:30,21:00/12345."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: ReminderTimes | None, dialect: Any) -> str | None:
        """Write them."""
        del dialect
        return None if value is None else value.spelled()

    def process_result_value(self, value: str | None, dialect: Any) -> ReminderTimes | None:
        """Read them; raises ValueError for what is none."""
        del dialect
        return None if value is None else read_reminder_times(value)


# Found by its beginning, so compared byte by byte, as SQLite does anyway.
_Key = String(64).with_variant(String(64, collation="C"), "postgresql")
# SQLite keeps rows in the order of an INTEGER primary key, and looks them up without a second tree.
_Id = BigInteger().with_variant(Integer, "sqlite")


def _chat_id(*, primary_key: bool = False) -> Column[int]:
    return Column(
        "chat_id", BigInteger, ForeignKey("chat.chat_id", ondelete="CASCADE"), primary_key=primary_key, nullable=False
    )


chat = Table(
    "chat",
    metadata,
    Column("chat_id", _Id, primary_key=True, autoincrement=False),
    Column("language", String(16), nullable=False),
    Column("state", String(32), nullable=False),
    Column("entered_at", UtcDateTime),
    Column("consented_at", UtcDateTime),
    Column("zone", String(64)),
    Column("reminder_times", SpelledTimes),
    Column("proposed", JSON(none_as_null=True)),
    Column("at_reminder", Boolean, nullable=False, server_default=false()),
    Column("paused_at", UtcDateTime),
    Column("paused_until", Date),
    Column("follow_up_minutes", SmallInteger),
    Column("hold", JSON(none_as_null=True)),
    Column("session", JSON(none_as_null=True)),
    Column("sessions_started", Integer, nullable=False),
    Column("gentle", Boolean, nullable=False, server_default=false()),
    Column("referred_at", UtcDateTime),
    Column("screening", JSON(none_as_null=True)),
    Column("screened_at", UtcDateTime),
    Column("checked_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("plan_referred_at", UtcDateTime),
    Column("staff_consent", Boolean),
    Column("text_only", Boolean, nullable=False, server_default=false()),
    Column("weekly_day", SmallInteger, server_default=text("7")),
    Column("wants_streak", Boolean, nullable=False, server_default=false()),
    Column("wants_dark", Boolean, nullable=False, server_default=false()),
    Column("invitation", String(16)),
    Column("programme", String(64)),
    Column("last_answer", JSON(none_as_null=True)),
    Column("live_key", String(64)),
    Column("blocked_at", UtcDateTime),
    Column("flooding_until", UtcDateTime),
    Column("warned_at", UtcDateTime),
    Column("changed_at", UtcDateTime, nullable=False),
)

reminder = Table(
    "reminder",
    metadata,
    _chat_id(primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("next_due_at", UtcDateTime),
    Column("missed", Integer, nullable=False, server_default=text("0")),
    Column("sent_at", UtcDateTime),
)
Index("ix_reminder_next_due_at", reminder.c.next_due_at, postgresql_where=reminder.c.next_due_at.is_not(None))

occurrence = Table(
    "occurrence",
    metadata,
    _chat_id(primary_key=True),
    Column("local_date", Date, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("slot", SmallInteger, primary_key=True, autoincrement=False, server_default=text("0")),
    Column("outcome", String(16), nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
    Column("counts_for", Date),
)

session = Table(
    "session",
    metadata,
    _chat_id(primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("local_date", Date, nullable=False),
    Column("level", String(32)),
    Column("is_minimum", Boolean, nullable=False, server_default=false()),
    Column("status", String(16)),
    Column("ended_at", UtcDateTime),
    Column("rating", SmallInteger),
)

day = Table(
    "day",
    metadata,
    _chat_id(primary_key=True),
    Column("local_date", Date, primary_key=True),
    Column("pain", SmallInteger),
    Column("morning", String(16)),
    Column("wish", String(16)),
    Column("corrected_before", SmallInteger),
    Column("corrected_during", SmallInteger),
    Column("corrected_after", SmallInteger),
    Column("gravest", SmallInteger),
    Column("corrected_at", UtcDateTime),
)

answer = Table(
    "answer",
    metadata,
    _chat_id(primary_key=True),
    Column("session_number", Integer, primary_key=True, autoincrement=False),
    Column("step", SmallInteger, primary_key=True, autoincrement=False),
    Column("easier", Boolean, primary_key=True),
    Column("exercise_id", String(64), nullable=False),
    Column("dose", JSON, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("rating", SmallInteger),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("local_date", Date, nullable=False),
)

standstill = Table(
    "standstill",
    metadata,
    _chat_id(primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("began_at", UtcDateTime, primary_key=True),
    Column("ended_at", UtcDateTime, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
)

finding = Table(
    "finding",
    metadata,
    Column("id", _Id, primary_key=True),
    _chat_id(),
    Column("tier", String(16), nullable=False),
    Column("flag", String(16), nullable=False),
    Column("rule_id", String(64), nullable=False),
    Column("found_at", UtcDateTime, nullable=False),
    Index("ix_finding_chat_id", "chat_id"),
)

# By which code a person is found by the clinic's staff, once they have told it there.
staff_code = Table(
    "staff_code",
    metadata,
    _chat_id(primary_key=True),
    Column("code", String(16), nullable=False, unique=True),
)

# What somebody of the staff asked for in the staff chat, until it is answered.
staff_request = Table(
    "staff_request",
    metadata,
    Column("update_id", _Id, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("message_id", BigInteger),
    Column("language", String(16), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
)

# Who of the staff did what. Whom it was about goes with that person; that it was done stays.
staff_action = Table(
    "staff_action",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("done_at", UtcDateTime, nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("action", String(32), nullable=False),
    Column("detail", String(LONGEST_DETAIL), nullable=False),
    Column("chat_id", BigInteger, ForeignKey("chat.chat_id", ondelete="SET NULL")),
    Index("ix_staff_action_done_at", "done_at"),
    Index("ix_staff_action_chat_id", "chat_id"),
)

broadcast = Table(
    "broadcast",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("text", Text, nullable=False),
    Column("language", String(16)),
    Column("level", String(32)),
    Column("active", Boolean, nullable=False),
    Column("status", String(16), nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("confirmed_at", UtcDateTime),
    Column("next_at", UtcDateTime),
    Column("after_chat_id", BigInteger),
    Column("deferred", Integer, nullable=False, server_default=text("0")),
    Column("queued", Integer, nullable=False, server_default=text("0")),
    Column("shown_at", UtcDateTime),
    Column("message_id", BigInteger),
    Column("staff_language", String(16), nullable=False),
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("code", String(16), nullable=False, unique=True),
    Column("language", String(16)),
    Column("local_time", Time),
    Column("programme", String(64)),
    Column("uses", Integer),
    Column("used", Integer, nullable=False, server_default=text("0")),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_invitation_expires_at", "expires_at"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", _Id, primary_key=True, autoincrement=False),
    Column("handled_at", UtcDateTime, nullable=False),
    Column("failure", String(64)),
    Index("ix_inbox_handled_at", "handled_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("dedupe_key", _Key, nullable=False, unique=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("priority", SmallInteger, nullable=False),
    Column("method", String(64), nullable=False),
    Column("payload", JSON(none_as_null=True)),
    Column("not_before", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("due_at", UtcDateTime),
    Column("status", String(16), nullable=False),
    Column("attempts", SmallInteger, nullable=False),
    Column("doubts", SmallInteger, nullable=False),
    Column("forget", Boolean, nullable=False),
    Column("message_id", BigInteger),
    Column("reason", Text, nullable=False),
    Column("settled_at", UtcDateTime),
)
# What waits is what is not settled: spelled exactly as the queries spell it, or SQLite does not use the indexes.
_waiting = text("settled_at IS NULL")
Index("ix_outbox_waiting", outbox.c.priority, outbox.c.id, sqlite_where=_waiting, postgresql_where=_waiting)
Index(
    "ix_outbox_waiting_chat",
    outbox.c.chat_id,
    outbox.c.priority,
    outbox.c.id,
    sqlite_where=_waiting,
    postgresql_where=_waiting,
)
Index("ix_outbox_waiting_until", outbox.c.not_before, sqlite_where=_waiting, postgresql_where=_waiting)
_settled = text("settled_at IS NOT NULL")
Index("ix_outbox_settled_at", outbox.c.settled_at, sqlite_where=_settled, postgresql_where=_settled)

lease = Table(
    "lease",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("token", BigInteger, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

fact = Table(
    "fact",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

media = Table(
    "media",
    metadata,
    Column("key", String(128), primary_key=True),
    Column("file_id", Text, nullable=False),
)
