"""Reminders: when the next one is due, and sending what is due now.

`reminder.next_due_at` is a cache of the domain's schedule; claiming writes the letter, the day's note and the next due
time in one transaction, so that a reminder is sent once whatever dies in between. The note is the last guard: a
turn of a local date that has one gets no daily reminder any more, whether it was sent, missed, or not wanted.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

import structlog

from bot import metrics
from bot.domain import quiet, schedule
from bot.domain.adherence import day_of, last_turn_of
from bot.domain.chat import Chat, wants_reminders
from bot.domain.checkin import catch_up, next_check_in
from bot.domain.dues import DayNote, DueReminder, NewDue
from bot.domain.schedule import ReminderTimes, Schedule, Turn, local_date_of
from bot.domain.weekly import summary_before
from bot.presentation import messages
from bot.presentation.messages import Outgoing
from bot.usecases import weekly
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Addressee, StorageFailed, TakenLetter, Transaction

log = structlog.get_logger()

DAILY = "daily"
SNOOZE = "snooze"
CHECK_IN = "check_in"
WEEKLY = "weekly"
KINDS = (DAILY, SNOOZE, CHECK_IN, WEEKLY)
OWN_WORD = "own_word"  # no reminder: the person's word that a day was done without the bot

SENT = "sent"
MISSED = "missed"
NOT_WANTED = "not_wanted"
DONE = "done"

_DAILY_KEY = "r"
_KEY_DATE = "%Y%m%d"

ONE_DAY = timedelta(days=1)
MORNING_ASKED_DAYS = 2
SAME_KEPT = 1000


class _Claim(NamedTuple):
    """What a due reminder leads to: the letter's key where one is to be sent, and which turn it counts as."""

    due: DueReminder
    next_due_at: datetime | None = None
    key: str | None = None
    turn: Turn | None = None
    missed: tuple[DayNote, ...] = ()
    missed_count: int = 0
    meant_for: datetime | None = None
    summary_due_at: datetime | None = None
    expires_at: datetime | None = None

    @property
    def due_at(self) -> datetime:
        """When what is sent was meant to come."""
        return self.meant_for or self.due.due_at

    @property
    def untold(self) -> int:
        """How many reminders did not come since the last that did."""
        return self.due.missed + self.missed_count if self.due.kind == DAILY else 0

    @property
    def next_due(self) -> NewDue:
        """When the next one is due, and what it will have to tell of."""
        missed = 0 if self.key is not None or self.next_due_at is None else self.untold
        return NewDue(self.due.chat_id, self.due.kind, self.next_due_at, missed)

    @property
    def notes(self) -> tuple[DayNote, ...]:
        """The notes to write; a snoozed reminder is an extra and settles no day."""
        if self.key is None or self.turn is None:
            return self.missed
        return (*self.missed, DayNote(self.due.chat_id, self.turn.local_date, DAILY, SENT, self.turn.slot))


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
            tx.note_days([DayNote(chat.chat_id, settled.local_date, DAILY, NOT_WANTED, settled.slot)], now)
        tx.set_due(chat.chat_id, SNOOZE, None)
    check_in = next_check_in(chat, now)
    if chat.consented_at is not None and check_in != tx.due_at(chat.chat_id, CHECK_IN):
        tx.set_due(chat.chat_id, CHECK_IN, check_in)
    if not chat.wants_reminders or chat.zone is None or chat.reminder_times is None or today is None:
        if chat.consented_at is not None:
            tx.set_many_due([NewDue(chat.chat_id, kind, None) for kind in (DAILY, SNOOZE, WEEKLY)])
        return None
    # Tomorrow, for whoever just flew west over midnight; no later day can have had its reminder.
    last = tx.last_noted_turn(chat.chat_id, DAILY, today + ONE_DAY)
    due = schedule.next_due(Schedule(chat.reminder_times, chat.zone), now, last).due_at
    tx.set_due(chat.chat_id, DAILY, due)
    tx.set_due(chat.chat_id, WEEKLY, summary_before(chat, now, due))
    return due


def claim_due(tx: Transaction, *, now: datetime, limit: int, grace: timedelta, knowledge: Knowledge) -> int:
    """Queue the reminders that are due, at most `limit`; return how many were looked at.

    1. Read what is due. 2. Decide for each: send, or count as missed, and when the next one is. 3. Write the next due
    times, of weekly summaries too. 4. Note the days. 5. Queue letters for the days that had no note before.
    """
    claims = [_decide_alone(due, now=now, grace=grace) for due in tx.due_reminders(now, limit)]
    tx.set_many_due([claim.next_due for claim in claims])
    tx.set_many_due(
        [
            NewDue(claim.due.chat_id, WEEKLY, claim.summary_due_at)
            for claim in claims
            if claim.summary_due_at is not None
        ]
    )
    fresh = tx.note_days([note for claim in claims for note in claim.notes], now)
    render = _renderer(now, knowledge)
    mailing: dict[int, tuple[Outgoing, list[Addressee]]] = {}
    for claim in claims:
        if claim.key is None or not (claim.turn is None or (claim.due.chat_id, claim.turn) in fresh):
            continue
        if claim.due.kind == WEEKLY:
            message = _summary(tx, claim.due.chat_id, now=now, knowledge=knowledge)
        else:
            message = render(claim.due, claim.untold)
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


def note_unsent(tx: Transaction, letter: TakenLetter) -> None:
    """Count a daily reminder as missed that was queued in time but could not be sent before it was too late.

    One that was withdrawn on its way, which is marked by an end long past, was not wanted any more.
    """
    if letter.expires_at is None or not letter.key.startswith(_DAILY_KEY):
        return
    written, _, slot = letter.key.partition(":")[2].partition(".")
    turn = Turn(datetime.strptime(written, _KEY_DATE).date(), int(slot))  # noqa: DTZ007 - a date, no instant
    if letter.expires_at.date() >= turn.local_date - 2 * ONE_DAY:
        tx.note_unsent(letter.chat_id, turn, DAILY, MISSED)
        log.warning("reminders_missed", count=1)
        metrics.count_missed(1)


def _decide_alone(due: DueReminder, *, now: datetime, grace: timedelta) -> _Claim:
    """Decide about one reminder; one that cannot be decided about is put off for a day, and harms no other."""
    try:
        claim = _decide(due, now=now, grace=grace)
        expires_at = claim.due_at + quiet.patience(claim.due_at, due.zone, grace)
        return claim._replace(summary_due_at=_summary_due_at(claim, now), expires_at=expires_at)
    except Exception:
        log.exception("reminder_undecidable", chat_id=due.chat_id, kind=due.kind)
        return _Claim(due, now + ONE_DAY)


def _decide(due: DueReminder, *, now: datetime, grace: timedelta) -> _Claim:
    chat_id, zone, times = due.chat_id, due.zone, due.reminder_times
    patience = quiet.patience(due.due_at, zone, grace)
    if due.kind == CHECK_IN:
        return _decide_check_in(due, now=now, grace=patience)
    if not wants_reminders(due) or zone is None or times is None or due.blocked_at is not None:
        return _Claim(due)
    if due.kind == WEEKLY:
        is_late = schedule.is_late(due.due_at, now, patience)
        return _Claim(due, key=None if is_late else f"w{chat_id}:{due.due_at:%Y%m%d}")
    if due.kind == SNOOZE:
        if schedule.is_late(due.due_at, now, patience):
            return _Claim(due, missed_count=1)
        return _Claim(due, key=f"s{chat_id}:{due.due_at:%Y%m%d%H%M%S}")
    claim = _claim_of(times, zone, due.due_at, now, grace)
    missed: tuple[DayNote, ...] = ()
    if claim.skipped:
        missed = (DayNote(chat_id, claim.first.turn.local_date, DAILY, MISSED, claim.first.turn.slot),)
    if claim.send is None:
        return _Claim(due, claim.next.due_at, missed=missed, missed_count=claim.skipped)
    turn = claim.send.turn
    key = f"{_DAILY_KEY}{chat_id}:{_written(turn)}"
    return _Claim(due, claim.next.due_at, key, turn, missed, claim.skipped, claim.send.due_at)


@lru_cache(SAME_KEPT)  # everybody reminded at one place and time gets the same answer
def _claim_of(times: ReminderTimes, zone: str, due_at: datetime, now: datetime, grace: timedelta) -> schedule.Claim:
    claim = schedule.claim(Schedule(times, zone), due_at, now, grace)
    send = claim.send
    if send is None or not schedule.is_late(send.due_at, now, quiet.patience(send.due_at, zone, grace)):
        return claim
    return replace(claim, send=None, skipped=claim.skipped + 1)


@lru_cache(SAME_KEPT)
def _written(turn: Turn) -> str:
    return f"{turn.local_date:{_KEY_DATE}}.{turn.slot}"


def _decide_check_in(due: DueReminder, *, now: datetime, grace: timedelta) -> _Claim:
    """Ask while the hold stands; one that is found late is made up for at the next usual time, not in the night."""
    following = next_check_in(due, now)
    if due.hold is None or not due.hold.is_followed_up or due.blocked_at is not None:
        return _Claim(due)
    if schedule.is_late(due.due_at, now, grace) and due.zone is not None:
        return _Claim(due, catch_up(due, now))
    return _Claim(due, following, key=f"c{due.chat_id}:{due.due_at:%Y%m%d%H%M%S}")


def _summary_due_at(claim: _Claim, now: datetime) -> datetime | None:
    """Return when the weekly summary is due that comes before the next daily reminder, if one does."""
    if claim.due.kind != DAILY or claim.next_due_at is None:
        return None
    return summary_before(claim.due, now, claim.next_due_at)


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


def _renderer(now: datetime, knowledge: Knowledge) -> Callable[[DueReminder, int], Outgoing]:
    """Return a function that renders what is due, telling how many before it were missed.

    Rendered once for all who read the same: the same language, date, number of missed ones, and question or none.
    """

    @cache
    def reminder(language: str, local_date: date, missed: int, asks_morning: bool) -> Outgoing:  # noqa: FBT001 - cached
        texts = knowledge.language(language)[1].texts
        return messages.reminder(texts, local_date, missed, asks_morning=asks_morning)

    @cache
    def today_in(zone: str) -> date:
        return local_date_of(now, zone)

    def render(due: DueReminder, missed: int) -> Outgoing:
        if due.hold is not None:
            texts = knowledge.language(due.language)[1].texts
            country = None if due.zone is None else knowledge.country_of(due.zone)
            return messages.check_in(due.hold, replace(texts, country=country))
        local_date = today_in(due.zone or "UTC")
        return reminder(due.language, local_date, missed, _asks_morning(due, local_date))

    return render


def _asks_morning(due: DueReminder, local_date: date) -> bool:
    """Whether to ask how today compares with yesterday: a session of the last two days can still be felt."""
    if due.finished_at is None or due.zone is None:
        return False
    return ONE_DAY <= local_date - local_date_of(due.finished_at, due.zone) <= MORNING_ASKED_DAYS * ONE_DAY
