"""A person's account: reachable or not, and everything stored about them as files of their own."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from io import StringIO
from typing import Any

from bot.domain.adherence import ended_standstills
from bot.domain.chat import Chat
from bot.domain.dues import KINDS
from bot.presentation.outgoing import Priority
from bot.usecases import reminders
from bot.usecases.ports import StoredChat, Transaction

EXPORT_JSON = "lumbar-export.json"


def note_membership(tx: Transaction, stored: StoredChat, *, blocked: bool, now: datetime) -> None:
    """Note that a person blocked the bot (nothing more is sent, what waits is cancelled) or let it back in."""
    known = tx.load_chat(stored.chat.chat_id) is not None
    if not known:
        return
    tx.save_chat(replace(stored, blocked_at=now if blocked else None), now)
    if blocked:
        tx.cancel_letters(stored.chat.chat_id)
        for kind in KINDS:
            tx.set_due(stored.chat.chat_id, kind, None)
    else:
        reminders.reschedule(tx, stored.chat, now=now)


def note_standstills(tx: Transaction, before: Chat, after: Chat, now: datetime) -> None:
    """Record a pause or hold that is over; when one begins, a broadcast that waits is not wanted any more."""
    for standstill in ended_standstills(before, after, now):
        tx.end_standstill(after.chat_id, standstill)
    if before.wants_reminders and not after.wants_reminders:
        tx.withdraw_messages(after.chat_id, spared=Priority.REMINDER)


def export(tx: Transaction, chat_id: int, *, now: datetime) -> dict[str, str]:
    """Return everything stored about a chat as the texts of files by name: all as JSON, and each table as CSV."""
    tables = tx.everything_about(chat_id)
    files = {EXPORT_JSON: json.dumps({"exported_at": now.isoformat(), **tables}, indent=2, ensure_ascii=False)}
    return files | {f"{name}.csv": _csv(rows) for name, rows in tables.items() if rows}


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Write rows with the names of their columns above; what is no single value is written as JSON."""
    text = StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {key: json.dumps(value) if isinstance(value, dict | list) else value for key, value in row.items()}
        )
    return text.getvalue()
