"""Reminders: when the next one is due, and sending what is due now.

`reminder.next_due_at` is a cache of the domain's schedule; claiming writes the letter, the day's occurrence and
the next due time in one transaction, so that a reminder is sent once whatever dies in between.
"""

from datetime import datetime, timedelta

import structlog

from bot.domain import schedule
from bot.domain.chat import Chat
from bot.domain.schedule import DailyTime, local_date_of
from bot.presentation import messages
from bot.presentation.messages import View
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import DueReminder, Letter, Transaction

log = structlog.get_logger()

DAILY = "daily"
SNOOZE = "snooze"


def reschedule(tx: Transaction, chat: Chat, *, now: datetime, after_today: bool = False) -> datetime | None:
    """Store when the chat's next daily reminder is due, and return it; None, and no snooze either, if none is wanted.

    A day that has had its reminder is not reminded again, however often the time is changed.
    """
    if not chat.wants_reminders or chat.zone is None or chat.reminder_time is None:
        if chat.consented_at is not None:
            tx.set_due(chat.chat_id, DAILY, None)
            tx.set_due(chat.chat_id, SNOOZE, None)
        return None
    today = local_date_of(now, chat.zone)
    is_over = after_today or tx.has_occurrence(chat.chat_id, today, DAILY)
    due = schedule.next_due(DailyTime(chat.reminder_time, chat.zone), now, today if is_over else None).due_at
    tx.set_due(chat.chat_id, DAILY, due)
    if after_today:
        tx.set_due(chat.chat_id, SNOOZE, None)
    return due


def claim_due(tx: Transaction, *, now: datetime, limit: int, grace: timedelta, knowledge: Knowledge) -> int:
    """Queue the reminders that are due, at most `limit`, and work out the next ones; return how many were looked at."""
    due_now = tx.due_reminders(now, limit)
    letters: list[Letter] = []
    for due in due_now:
        letter = _claim(tx, due, now=now, grace=grace, knowledge=knowledge)
        if letter is not None:
            letters.append(letter)
    tx.queue(letters)
    return len(due_now)


def _claim(
    tx: Transaction, due: DueReminder, *, now: datetime, grace: timedelta, knowledge: Knowledge
) -> Letter | None:
    chat = due.stored.chat
    if not chat.wants_reminders or chat.zone is None or chat.reminder_time is None or due.stored.blocked_at is not None:
        tx.set_due(chat.chat_id, due.kind, None)
        return None
    if due.kind == SNOOZE:
        tx.set_due(chat.chat_id, SNOOZE, None)
        if schedule.is_late(due.due_at, now, grace):
            return None
        return _letter(chat, f"s{chat.chat_id}:{due.due_at:%Y%m%d%H%M%S}", now=now, grace=grace, knowledge=knowledge)
    claim = schedule.claim(DailyTime(chat.reminder_time, chat.zone), due.due_at, now, grace)
    tx.set_due(chat.chat_id, DAILY, claim.next.due_at)
    if claim.skipped:
        log.info("reminders_skipped", chat_id=chat.chat_id, count=claim.skipped)
        tx.note_occurrence(chat.chat_id, local_date_of(due.due_at, chat.zone), DAILY, "missed", now)
    if claim.send is None or not tx.note_occurrence(chat.chat_id, claim.send.local_date, DAILY, "sent", now):
        return None
    key = f"r{chat.chat_id}:{claim.send.local_date:%Y%m%d}"
    return _letter(chat, key, now=now, grace=grace, knowledge=knowledge)


def _letter(chat: Chat, key: str, *, now: datetime, grace: timedelta, knowledge: Knowledge) -> Letter:
    _, language = knowledge.language(chat.language)
    view = View(chat=chat, now=now, texts=language.texts)
    message = messages.reminder(view, local_date_of(now, chat.zone or "UTC"))
    return Letter(
        key=key,
        chat_id=chat.chat_id,
        method=message.method,
        payload=message.payload,
        priority=message.priority,
        not_before=now,
        expires_at=now + grace,
    )
