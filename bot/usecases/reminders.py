"""Reminders: when the next one is due, and sending what is due now.

`reminder.next_due_at` is a cache of the domain's schedule; claiming writes the letter, the day's note and the next due
time in one transaction, so that a reminder is sent once whatever dies in between. The note is the last guard: a
turn of a local date that has one gets no daily reminder any more, whether it was sent, missed, or not wanted.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache

import structlog

from bot import metrics
from bot.domain import schedule
from bot.domain.adherence import day_of, end_of_day, last_turn_of
from bot.domain.chat import Chat, Remindable, will_be_reminded
from bot.domain.checkin import next_check_in
from bot.domain.claims import Claimed, decide, note_of, one_each, turn_of
from bot.domain.dues import CHECK_IN, DAILY, FOLLOW_UP, MISSED, NOT_WANTED, WEEKLY, DueReminder, NewDue
from bot.domain.following import asks_how_often, may_have_ignored
from bot.domain.pausing import last_turn_before
from bot.domain.reminded import asks_morning
from bot.domain.schedule import Schedule, Turn, local_date_of
from bot.domain.weekly import summary_before
from bot.presentation import messages
from bot.presentation.messages import Outgoing, Welcome
from bot.usecases import pauses, weekly
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Addressee, StorageFailed, TakenLetter, Transaction

log = structlog.get_logger()

ONE_DAY = timedelta(days=1)


def reschedule(tx: Transaction, chat: Chat, *, now: datetime, after_today: bool = False) -> datetime | None:
    """Store when the chat's next daily reminder is due, and return it; None, and no snooze either, if none is wanted.

    While the programme is held, the next check-in takes its place; nothing is due of it afterwards.
    A turn of a day that has had its reminder is not reminded again, however often the times are changed; nor is today
    once it is finished or skipped (`after_today`), which after midnight is still the evening's.
    """
    today = None if chat.zone is None else local_date_of(now, chat.zone)
    if after_today and chat.zone is not None and chat.reminder_times is not None:
        settled = last_turn_of(day_of(now, chat.zone), chat.reminder_times)
        if settled is not None:
            tx.note_days([note_of(chat, settled, NOT_WANTED)], now)
        drop_todays_extras(tx, chat, now)
    check_in = next_check_in(chat, now)
    if chat.consented_at is not None and check_in != tx.due_at(chat.chat_id, CHECK_IN):
        tx.set_due(chat.chat_id, CHECK_IN, check_in)
    if not will_be_reminded(chat) or chat.zone is None or chat.reminder_times is None or today is None:
        if chat.consented_at is not None:
            tx.set_many_due([NewDue(chat.chat_id, kind, None) for kind in (DAILY, WEEKLY)])
            tx.drop_extras(chat.chat_id)
        return None
    # Tomorrow, for whoever just flew west over midnight; no later day can have had its reminder.
    last = over_before(chat, tx.last_noted_turn(chat.chat_id, DAILY, today + ONE_DAY))
    due = schedule.next_due(Schedule(chat.reminder_times, chat.zone), now, last).due_at
    tx.set_due(chat.chat_id, DAILY, due)
    tx.set_due(chat.chat_id, WEEKLY, summary_before(chat, now, due))
    if chat.paused_at is not None:
        tx.drop_extras(chat.chat_id)
    return due


def drop_todays_extras(tx: Transaction, chat: Chat, now: datetime) -> None:
    """Let nothing that was put off come any more today; what was put off to another day still comes."""
    tx.drop_extras(chat.chat_id, before=end_of_day(now, chat.zone or "UTC"))


def over_before(who: Remindable, noted: Turn | None) -> Turn | None:
    """Return the latest turn that is over: settled by a note, or left out by a pause that is to end."""
    if who.paused_at is None or who.paused_until is None:
        return noted
    paused = last_turn_before(who.paused_until)
    return paused if noted is None else max(noted, paused)


def claim_due(tx: Transaction, *, now: datetime, limit: int, grace: timedelta, knowledge: Knowledge) -> int:
    """Queue the reminders that are due, at most `limit`; return how many were looked at.

    1. Read what is due. 2. Decide for each: send, or count as missed, and when the next one is; of several for one
    person only one is sent. 3. Write the next due times, of weekly summaries and follow-ups too. 4. Note the days.
    5. Queue letters for the days that had no note before.
    """
    claims = one_each([_decide_alone(due, now=now, grace=grace) for due in tx.due_reminders(now, limit)], now)
    claims = _asking_how_often(tx, claims, now)
    tx.set_many_due([claim.next_due(now) for claim in claims])
    tx.set_many_due([coming for claim in claims for coming in claim.coming(now)])
    fresh = tx.note_days([note for claim in claims for note in claim.notes], now)
    render = _renderer(now, knowledge)
    mailing: dict[int, tuple[Outgoing, list[Addressee]]] = {}
    for claim in claims:
        if claim.key is None or not (claim.turn is None or (claim.due.chat_id, claim.turn) in fresh):
            continue
        if claim.due.paused_at is not None and claim.due.kind == DAILY:
            message = _welcome(tx, claim, now=now, knowledge=knowledge)
        elif claim.due.kind == WEEKLY:
            message = _summary(tx, claim.due.chat_id, now=now, knowledge=knowledge)
        else:
            message = render(claim)
        if message is not None:
            _, addressees = mailing.setdefault(id(message), (message, []))
            addressees.append(Addressee(claim.key, claim.due.chat_id, claim.expires_at, claim.due_at))
    for message, addressees in mailing.values():
        tx.queue_alike(message, addressees, now)
    missed = sum(claim.missed_count for claim in claims)
    if missed:
        log.warning("reminders_missed", count=missed)
        metrics.count_missed(missed)
    return len(claims)


def _asking_how_often(tx: Transaction, claims: Sequence[Claimed], now: datetime) -> list[Claimed]:
    """Mark the reminders that are the question how often, after seven days of them without a sign of life."""
    silent = {
        claim.due.chat_id
        for claim in claims
        if claim.due.kind == DAILY
        and claim.key is not None
        and claim.due.paused_at is None
        and claim.due.changed_at is not None
        and may_have_ignored(claim.due.changed_at, now)
    }
    ignored = tx.ignored_days(silent)
    if not ignored:
        return list(claims)

    def asks(claim: Claimed) -> bool:
        if claim.due.kind != DAILY or claim.turn is None:
            return False
        return asks_how_often(ignored.get(claim.due.chat_id), claim.turn.local_date)

    return [claim._replace(asks_how_often=asks(claim)) for claim in claims]


def note_unsent(tx: Transaction, letter: TakenLetter) -> None:
    """Count a daily reminder as missed that was queued in time but could not be sent before it was too late.

    One that was withdrawn on its way, which is marked by an end long past, was not wanted any more.
    """
    turn = turn_of(letter.key)
    if turn is None or letter.expires_at is None:
        return
    if letter.expires_at.date() >= turn.local_date - 2 * ONE_DAY:
        tx.note_unsent(letter.chat_id, turn, DAILY, MISSED)
        log.warning("reminders_missed", count=1)
        metrics.count_missed(1)


def _decide_alone(due: DueReminder, *, now: datetime, grace: timedelta) -> Claimed:
    """Decide about one reminder; one that cannot be decided about is put off for a day, and harms no other."""
    try:
        return decide(due, now=now, grace=grace)
    except Exception:
        log.exception("reminder_undecidable", chat_id=due.chat_id, kind=due.kind)
        return Claimed(due, now + ONE_DAY)


def _summary(tx: Transaction, chat_id: int, *, now: datetime, knowledge: Knowledge) -> Outgoing | None:
    """Make one weekly summary; one that cannot be made is left out, and harms no other."""
    try:
        with tx.savepoint():
            return weekly.summary(tx, chat_id, now=now, knowledge=knowledge)
    except StorageFailed:
        raise
    except Exception:
        log.exception("summary_left_out", chat_id=chat_id)
        return None


def _welcome(tx: Transaction, claim: Claimed, *, now: datetime, knowledge: Knowledge) -> Outgoing | None:
    """End the pause of somebody whose reminder is due; a pause that cannot be ended stays, and harms nobody else."""
    chat_id = claim.due.chat_id
    try:
        with tx.savepoint():
            back = pauses.end(tx, chat_id, now=now, knowledge=knowledge)
            if back is None or back.chat.zone is None:
                return None
            reschedule(tx, back.chat, now=now)
            texts = knowledge.language(back.chat.language)[1].texts
            local_date, day = local_date_of(now, back.chat.zone), day_of(now, back.chat.zone)
            welcome = Welcome(back.levels_easier)
            return messages.reminder(texts, local_date, claim.untold, day=day, welcome=welcome)
    except StorageFailed:
        raise
    except Exception:
        log.exception("pause_not_ended", chat_id=chat_id)
        return None


def _renderer(now: datetime, knowledge: Knowledge) -> Callable[[Claimed], Outgoing]:
    """Return a function that renders what is due, telling how many before it were missed.

    Rendered once for all who read the same: the same language, date, number of missed ones, and question or none.
    """

    @cache
    def reminder(language: str, local_date: date, day: date, missed: int, asks_morning: bool) -> Outgoing:  # noqa: FBT001 - cached
        texts = knowledge.language(language)[1].texts
        return messages.reminder(texts, local_date, missed, day=day, asks_morning=asks_morning)

    @cache
    def how_often(language: str, local_date: date) -> Outgoing:
        return messages.how_often(knowledge.language(language)[1].texts, local_date)

    @cache
    def follow_up(language: str, local_date: date, day: date) -> Outgoing:
        return messages.follow_up(knowledge.language(language)[1].texts, local_date, day)

    @cache
    def today_in(zone: str) -> tuple[date, date]:
        return local_date_of(now, zone), day_of(now, zone)

    def render(claim: Claimed) -> Outgoing:
        due = claim.due
        if due.hold is not None:
            texts = knowledge.language(due.language)[1].texts
            country = None if due.zone is None else knowledge.country_of(due.zone)
            return messages.check_in(due.hold, replace(texts, country=country))
        zone = due.zone or "UTC"
        local_date, day = today_in(zone)
        if claim.asks_how_often:
            return how_often(due.language, local_date)
        if due.kind == FOLLOW_UP:
            return follow_up(due.language, local_date, day)
        is_first = claim.turn is not None and claim.turn.slot == 0
        asks = is_first and asks_morning(due.finished_at, zone, local_date)
        return reminder(due.language, local_date, day, claim.untold, asks)

    return render
