"""A person's account: reachable or not, and everything stored about them as a file of their own."""

import json
from dataclasses import replace
from datetime import datetime

from bot.usecases import reminders
from bot.usecases.ports import StoredChat, Transaction


def note_membership(tx: Transaction, stored: StoredChat, *, blocked: bool, now: datetime) -> None:
    """Note that a person blocked the bot (nothing more is sent, what waits is cancelled) or let it back in."""
    known = tx.load_chat(stored.chat.chat_id) is not None
    if not known:
        return
    tx.save_chat(replace(stored, blocked_at=now if blocked else None), now)
    if blocked:
        tx.cancel_letters(stored.chat.chat_id)
        for kind in reminders.KINDS:
            tx.set_due(stored.chat.chat_id, kind, None)
    else:
        reminders.reschedule(tx, stored.chat, now=now)


def export(tx: Transaction, chat_id: int, *, now: datetime) -> str:
    """Return everything stored about a chat as JSON text."""
    data = {"exported_at": now.isoformat(), **tx.everything_about(chat_id)}
    return json.dumps(data, indent=2, ensure_ascii=False)
