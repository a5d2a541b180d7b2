"""Claims: what each reminder that is found due leads to, as a value.

A letter with its key, the turn it counts as, when the next one is due and what will be due because of it; or nothing,
where it is not wanted any more or too late. Storing all that, and wording the letters, is the use case's.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from bot.domain import quiet, schedule
from bot.domain.adherence import day_of, day_of_reminder
from bot.domain.chat import Chat, wants_reminders, will_be_reminded
from bot.domain.checkin import catch_up, next_check_in
from bot.domain.dues import (
    ASKING_FOR_ROUTINE,
    CHECK_IN,
    DAILY,
    EXTRAS,
    FOLLOW_UP,
    MISSED,
    SENT,
    WEEKLY,
    DayNote,
    DueReminder,
    NewDue,
)
from bot.domain.following import follow_up_at
from bot.domain.schedule import ReminderTimes, Schedule, Turn
from bot.domain.weekly import summary_before

SUMMARY_WAITS = timedelta(minutes=30)
SAME_KEPT = 1000

_DAILY_KEY = "r"
_KEY_DATE = "%Y%m%d"


class Claimed(NamedTuple):
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
    asks_how_often: bool = False

    @property
    def due_at(self) -> datetime:
        """When what is sent was meant to come."""
        return self.meant_for or self.due.due_at

    @property
    def untold(self) -> int:
        """How many reminders did not come since the last that did."""
        return self.due.missed + self.missed_count if self.due.kind == DAILY else 0

    def next_due(self, now: datetime) -> NewDue:
        """When the next one is due, and what it will have to tell of."""
        missed = 0 if self.key is not None or self.next_due_at is None else self.untold
        sent_at = None if self.key is None else now
        return NewDue(self.due.chat_id, self.due.kind, self.next_due_at, missed, sent_at)

    def coming(self, now: datetime) -> tuple[NewDue, ...]:
        """Return what else is due because of this one: a weekly summary before the next, and asking once more."""
        due, coming = self.due, []
        if self.summary_due_at is not None:
            coming.append(NewDue(due.chat_id, WEEKLY, self.summary_due_at))
        is_sent = due.kind == DAILY and self.key is not None and not self.asks_how_often
        if is_sent and due.zone is not None and due.follow_up_minutes is not None:
            coming.append(NewDue(due.chat_id, FOLLOW_UP, follow_up_at(due.follow_up_minutes, due.zone, now)))
        return tuple(coming)

    @property
    def notes(self) -> tuple[DayNote, ...]:
        """The notes to write; a snoozed reminder is an extra and settles no day."""
        if self.key is None or self.turn is None:
            return self.missed
        return (*self.missed, note_of(self.due, self.turn, SENT))


def decide(due: DueReminder, *, now: datetime, grace: timedelta) -> Claimed:
    """Decide what a reminder that is due leads to at `now`; `grace` is how late it may still come by day.

    Raises ValueError, KeyError or OSError for a zone or times that cannot be read.
    """
    claimed = _decide(due, now=now, grace=grace)
    expires_at = claimed.due_at + quiet.patience(claimed.due_at, due.zone, grace)
    return claimed._replace(summary_due_at=_summary_due_at(claimed, now), expires_at=expires_at)


def one_each(claims: Sequence[Claimed], now: datetime) -> list[Claimed]:
    """Let each person have one message of those that are due at once, as after a downtime.

    The daily reminder, or the snoozed one, or the one that asks again; a weekly summary waits a while.
    """
    sent: dict[int, list[str]] = {}
    for claim in claims:
        if claim.key is not None:
            sent.setdefault(claim.due.chat_id, []).append(claim.due.kind)
    if all(len(kinds) == 1 for kinds in sent.values()):
        return list(claims)

    def alone(claim: Claimed) -> Claimed:
        kinds = [kind for kind in ASKING_FOR_ROUTINE if kind in sent.get(claim.due.chat_id, ())]
        if claim.key is None or not kinds or claim.due.kind == kinds[0]:
            return claim
        if claim.due.kind == WEEKLY:
            return Claimed(claim.due, now + SUMMARY_WAITS)
        return Claimed(claim.due)

    return [alone(claim) for claim in claims]


def note_of(who: Chat | DueReminder, turn: Turn, outcome: str) -> DayNote:
    """Note what became of a reminder; the day it is for is kept with it, for the times may be others tomorrow."""
    day = turn.local_date if who.reminder_times is None else day_of_reminder(turn, who.reminder_times)
    counts_for = None if day == turn.local_date else day
    return DayNote(who.chat_id, turn.local_date, DAILY, outcome, turn.slot, counts_for)


def turn_of(key: str) -> Turn | None:
    """Read which daily reminder a letter's key stands for; None where it is another letter's."""
    if not key.startswith(_DAILY_KEY):
        return None
    written, _, slot = key.partition(":")[2].partition(".")
    return Turn(datetime.strptime(written, _KEY_DATE).date(), int(slot))  # noqa: DTZ007 - a date, no instant


def _decide(due: DueReminder, *, now: datetime, grace: timedelta) -> Claimed:
    chat_id, zone, times = due.chat_id, due.zone, due.reminder_times
    patience = quiet.patience(due.due_at, zone, grace)
    if due.kind == CHECK_IN:
        return _decide_check_in(due, now=now, grace=patience)
    is_wanted = will_be_reminded(due) if due.kind == DAILY else wants_reminders(due)
    if not is_wanted or zone is None or times is None or due.blocked_at is not None:
        return Claimed(due)
    if due.kind == WEEKLY:
        is_late = schedule.is_late(due.due_at, now, patience)
        return Claimed(due, key=None if is_late else f"w{chat_id}:{due.due_at:%Y%m%d}")
    if due.kind in EXTRAS:
        return _decide_extra(due, zone, now=now, grace=patience)
    claim = _claim_of(times, zone, due.due_at, now, grace)
    missed: tuple[DayNote, ...] = ()
    if claim.skipped:
        missed = (note_of(due, claim.first.turn, MISSED),)
    if claim.send is None:
        return Claimed(due, claim.next.due_at, missed=missed, missed_count=claim.skipped)
    turn = claim.send.turn
    key = f"{_DAILY_KEY}{chat_id}:{_written(turn)}"
    return Claimed(due, claim.next.due_at, key, turn, missed, claim.skipped, claim.send.due_at)


def _decide_extra(due: DueReminder, zone: str, *, now: datetime, grace: timedelta) -> Claimed:
    """Send what is due beside the daily reminder: one that was put off, or the one that asks again, once a day."""
    is_late = schedule.is_late(due.due_at, now, grace)
    if due.kind == FOLLOW_UP:
        is_unwanted = due.follow_up_minutes is None or quiet.is_quiet(schedule.wall_clock(now, zone))
        return Claimed(due, key=None if is_unwanted or is_late else f"f{due.chat_id}:{day_of(now, zone):{_KEY_DATE}}")
    if is_late:
        return Claimed(due, missed_count=1)
    return Claimed(due, key=f"s{due.chat_id}:{due.due_at:%Y%m%d%H%M%S}")


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


def _decide_check_in(due: DueReminder, *, now: datetime, grace: timedelta) -> Claimed:
    """Ask while the hold stands; one that is found late is made up for at the next usual time, not in the night."""
    following = next_check_in(due, now)
    if due.hold is None or not due.hold.is_followed_up or due.blocked_at is not None:
        return Claimed(due)
    if schedule.is_late(due.due_at, now, grace) and due.zone is not None:
        return Claimed(due, catch_up(due, now))
    return Claimed(due, following, key=f"c{due.chat_id}:{due.due_at:%Y%m%d%H%M%S}")


def _summary_due_at(claim: Claimed, now: datetime) -> datetime | None:
    """Return when the weekly summary is due that comes before the next daily reminder, if one does."""
    if claim.due.kind != DAILY or claim.next_due_at is None:
        return None
    return summary_before(claim.due, now, claim.next_due_at)
