"""Check-ins: when a person whose programme is held is asked whether they have spoken to someone.

The next local day at its first reminder time (10:00 while none is known; 24 hours later while no zone is known), once
more three days after that, then weekly. Nobody asked for them, so they come at 10:00 also where the reminder comes in
the quiet hours. The dates follow from the hold alone, so nothing has to be remembered and a
change of zone or time moves them along. Whoever has paused the reminders is asked the first time only.

Source: clinical brief, section 4: after an emergency the bot never resumes by itself.
"""

from datetime import datetime, time, timedelta

from bot.domain.chat import Remindable
from bot.domain.quiet import awake
from bot.domain.schedule import due_at, local_date_of, next_due, once_a_day

USUAL_TIME = time(10)
SECOND_AFTER_DAYS = 3
THEN_EVERY_DAYS = 7


def next_check_in(chat: Remindable, after: datetime) -> datetime | None:
    """Give the first check-in (UTC) strictly after `after`; None when there is nothing to ask."""
    hold = chat.hold
    if hold is None or not hold.is_followed_up:
        return None
    days = 1
    following = SECOND_AFTER_DAYS
    while (due := _due(chat, hold.since, days)) <= after:
        if chat.paused_at is not None:
            return None
        days += following
        following = THEN_EVERY_DAYS
    return due


def catch_up(chat: Remindable, now: datetime) -> datetime:
    """Give the next time of day (UTC) at which a check-in that was missed may be made up for."""
    if chat.zone is None:
        return now
    return next_due(once_a_day(_usual_time(chat), chat.zone), now).due_at


def _usual_time(chat: Remindable) -> time:
    wanted = USUAL_TIME if chat.reminder_times is None else chat.reminder_times.local_times[0]
    return awake(wanted, USUAL_TIME)


def _due(chat: Remindable, since: datetime, days: int) -> datetime:
    if chat.zone is None:
        return since + timedelta(days=days)
    local_date = local_date_of(since, chat.zone) + timedelta(days=days)
    due = due_at(local_date, _usual_time(chat), chat.zone)
    return since + timedelta(days=days) if due is None else due
