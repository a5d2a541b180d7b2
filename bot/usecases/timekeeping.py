"""Timekeeping: due times that are no longer right are worked out anew.

`reminder.next_due_at` is a cache, and two things make it stale while nobody writes to the bot. The rules of a time zone
change: when the zone data is another than that the times were worked out by, all of them are gone through. And the
machine's clock was wrong: while it stood a year ahead, everything due was put off for a year, and days were noted as
missed that have not come yet. Nothing is ever due so far ahead, so whatever is gets a proper time and loses those
notes.

A reminder that is due already is left to the claim, which goes by the present rules.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.domain import schedule
from bot.domain.chat import will_be_reminded
from bot.domain.checkin import THEN_EVERY_DAYS, next_check_in
from bot.domain.dues import CHECK_IN, DAILY, EXTRAS, FOLLOW_UP, MISSED, SNOOZE, WEEKLY, DueReminder
from bot.domain.schedule import Schedule, local_date_of
from bot.domain.weekly import next_summary
from bot.usecases.ports import Transaction
from bot.usecases.reminders import ONE_DAY, over_before

log = structlog.get_logger()

ZONE_DATA = "zone_data"
BATCH = 500

_A_WEEK = (THEN_EVERY_DAYS + 1) * ONE_DAY  # and a day, for a move west
_FARTHEST = {DAILY: 3 * ONE_DAY, SNOOZE: ONE_DAY, FOLLOW_UP: ONE_DAY, CHECK_IN: _A_WEEK, WEEKLY: _A_WEEK}
IMPLAUSIBLY_FAR = min(_FARTHEST.values())


@dataclass(frozen=True, slots=True)
class Place:
    """How far a walk through the reminders has come."""

    due_at: datetime
    chat_id: int


def start_of_walk(tx: Transaction, *, now: datetime, zone_data: str) -> Place:
    """Return where to begin: at what is due next where the zone data has changed, else at what is too far ahead."""
    is_known = tx.fact(ZONE_DATA) == zone_data
    return Place(now + IMPLAUSIBLY_FAR if is_known else now, chat_id=0)


def work_out_anew(tx: Transaction, place: Place, *, now: datetime) -> Place | None:
    """Put right the next few reminders from `place` on; return where to go on, None at the end."""
    dues = tx.reminders_due_after(place.due_at, place.chat_id, BATCH)
    for due in dues:
        try:
            due_at = _proper(tx, due, now=now)
        except (ValueError, KeyError, OSError, OverflowError):  # what the claim, too, can only put off
            log.exception("reminder_undecidable", chat_id=due.chat_id, kind=due.kind)
            continue
        if due_at != due.due_at:
            tx.move_due(due, due_at)
    return Place(dues[-1].due_at, dues[-1].chat_id) if dues else None


def end_of_walk(tx: Transaction, *, zone_data: str) -> None:
    """Note by which zone data all times are worked out now."""
    if tx.fact(ZONE_DATA) != zone_data:
        tx.set_fact(ZONE_DATA, zone_data)


def _proper(tx: Transaction, due: DueReminder, *, now: datetime) -> datetime | None:
    is_implausible = due.due_at - now > _FARTHEST[due.kind]
    if due.kind in EXTRAS:
        return None if is_implausible else due.due_at
    if due.kind == WEEKLY:
        return None if is_implausible else next_summary(due, now)
    if due.kind == CHECK_IN:
        return next_check_in(due, now) if is_implausible else due.due_at
    if not will_be_reminded(due) or due.zone is None or due.reminder_times is None:
        return None
    daily = Schedule(due.reminder_times, due.zone)
    following = schedule.next_due(daily, now, over_before(due, None))
    if following.due_at == due.due_at:  # as for nearly everybody
        return due.due_at
    tomorrow = local_date_of(now, due.zone) + ONE_DAY
    if is_implausible:
        tx.forget_days(due.chat_id, after=tomorrow, outcome=MISSED, since=following.local_date)
    last = over_before(due, tx.last_noted_turn(due.chat_id, DAILY, tomorrow))
    return schedule.next_due(daily, now, last).due_at
