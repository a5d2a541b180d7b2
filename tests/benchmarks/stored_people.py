"""Many people at once in a database, some of them with a reminder due: rows as the bot would have written them."""

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot.domain.chat import Chat, State
from bot.domain.dues import DAILY
from bot.domain.schedule import ReminderTimes
from bot.storage import tables as t
from bot.storage.unit_of_work import Database, Transaction
from bot.storage.values import chat_to_row

DUE_AT = datetime.now(UTC).replace(second=0, microsecond=0)
ZONES = ("America/New_York", "Europe/Madrid", "Asia/Kathmandu", "Australia/Lord_Howe")
_AT_ONCE = 10_000


def store(database: Database, *, due: int, stored: int) -> None:
    """Store people: `due` of them, spread evenly, have a reminder due at DUE_AT, the others a day later."""
    for first in range(0, stored, _AT_ONCE):
        ids = range(first + 1, min(first + _AT_ONCE, stored) + 1)
        database.run_here(partial(_store, ids=ids, due=due, stored=stored))


def _store(tx: Transaction, *, ids: range, due: int, stored: int) -> None:
    extra = {"live_key": None, "blocked_at": None, "warned_at": None, "changed_at": DUE_AT}
    tx.connection.execute(insert(t.chat), [chat_to_row(_chat(chat_id)) | extra for chat_id in ids])
    rows = [
        {
            "chat_id": chat_id,
            "kind": DAILY,
            "next_due_at": DUE_AT if chat_id * due % stored < due else DUE_AT + timedelta(days=1),
        }
        for chat_id in ids
    ]
    tx.connection.execute(insert(t.reminder), rows)


def _chat(chat_id: int) -> Chat:
    zone = ZONES[chat_id % len(ZONES)]
    local = DUE_AT.astimezone(ZoneInfo(zone))
    return Chat(
        chat_id=chat_id,
        language="en",
        state=State.IDLE,
        consented_at=DUE_AT,
        screened_at=DUE_AT,
        checked_at=DUE_AT,
        zone=zone,
        reminder_times=ReminderTimes((local.time(),)),
    )
