"""What a transition has recorded: each record is a row, written in the order of the effects."""

from datetime import datetime

from bot import metrics
from bot.domain import effects as do
from bot.domain.adherence import day_of
from bot.domain.dues import SNOOZE
from bot.domain.transition import Transition
from bot.usecases import reminders, safety
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Transaction


def write(  # noqa: C901, PLR0912 - one case per record
    tx: Transaction, transition: Transition, *, now: datetime, knowledge: Knowledge
) -> datetime | None:
    """Write what the records say; return when the next reminder is due if one of them worked it out."""
    chat = transition.chat
    today = day_of(now, chat.zone or "UTC")  # until 3 am it is the day before's
    next_due: datetime | None = None
    for effect in transition.effects:
        match effect:
            case do.OpenSession():
                tx.open_session(chat.chat_id, effect, today)
            case do.RecordAnswer():
                tx.record_answer(chat.chat_id, effect, now, today)
            case do.CloseSession(session=number, status=status):
                tx.close_session(chat.chat_id, number, status, now)
            case do.ReopenSession(session=number):
                tx.reopen_session(chat.chat_id, number)
            case do.RecordRating(session=number, rating=rating):
                tx.rate_session(chat.chat_id, number, rating)
            case do.RecordFinding(finding=finding):
                tx.record_finding(chat.chat_id, finding, now)
                metrics.count_finding(finding.tier.label)
            case do.RecordPain(local_date=local_date, rating=rating):
                tx.tell_pain(chat.chat_id, local_date, rating)
            case do.RecordMorning(local_date=local_date, morning=morning):
                tx.tell_morning(chat.chat_id, local_date, morning)
            case do.RecordWish(local_date=local_date, wish=wish):
                tx.tell_wish(chat.chat_id, local_date, wish)
            case do.RecordDayDone(local_date=local_date, done=done):
                tx.tell_done(chat.chat_id, local_date, now, done=done)
            case do.RecordCorrection(correction=correction):
                tx.correct_ratings(chat.chat_id, correction, now)
            case do.NotifyStaff(finding=finding):
                safety.notify_staff(tx, chat, finding, today, now=now, knowledge=knowledge)
            case do.Reschedule(after_today=after_today):
                next_due = reminders.reschedule(tx, chat, now=now, after_today=after_today)
            case do.DropStaffCode():
                tx.drop_staff_code(chat.chat_id)
                if not chat.staff_consent:  # taken back, not renewed
                    tx.withdraw_staff_letters(chat.chat_id)
            case do.Snooze(due_at=due_at):
                tx.drop_extras(chat.chat_id)
                tx.set_due(chat.chat_id, SNOOZE, due_at)
                next_due = due_at
            case do.DropExtras():
                reminders.drop_todays_extras(tx, chat, now)
            case do.Erase():
                tx.erase_chat(chat.chat_id)
            case _:
                pass
    return next_due
