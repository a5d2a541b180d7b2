"""Quiet hours: from 22:00 to 07:00 by the person's own clock, nothing leaves that they did not ask for at that time.

A reminder comes when its person wants it, be it at five in the morning; so does a snoozed one. Whatever the bot thinks
of by itself (a check-in, the weekly summary, a follow-up, a broadcast) keeps out of these hours. And nothing is made up
for in them: a reminder for half past nine in the evening that is found at eleven has been missed.

The hours are common practice for health messages, and kind to sleep, which people with back pain are short of. They
are the same for everybody, so nothing is stored. What answers somebody who writes at night is no matter of this module,
and safety least of all.
"""

from datetime import datetime, time, timedelta

from bot.domain.schedule import due_at, local_date_of, wall_clock

BEGIN, END = time(22), time(7)
LEEWAY = timedelta(minutes=15)
"""So late something may be that was asked for just before the quiet hours: a busy minute is nobody's fault."""
SURELY_LEFT = timedelta(minutes=10)

_DAY = timedelta(days=1)


def is_quiet(local_time: time) -> bool:
    """Tell whether a wall-clock time lies in the quiet hours; their end does not."""
    return local_time >= BEGIN or local_time < END


def awake(local_time: time, otherwise: time) -> time:
    """Give a wall-clock time for what nobody asked for: the person's own, or `otherwise` where that is quiet."""
    return otherwise if is_quiet(local_time) else local_time


def not_in_the_night(at: datetime, zone: str) -> datetime:
    """Give the first instant (UTC) from `at` on at which something that nobody asked for may leave."""
    local_time, local_date = wall_clock(at, zone), local_date_of(at, zone)
    if not is_quiet(local_time):
        return at
    ending = local_date + _DAY if local_time >= BEGIN else local_date
    return due_at(ending, END, zone) or at + _DAY  # a date that its zone left out has no morning


def is_quiet_soon(now: datetime, zone: str) -> bool:
    """Tell whether it is quiet at `now` (UTC) in a zone, or will be before what is queued now has surely left."""
    return any(is_quiet(wall_clock(at, zone)) for at in (now, now + SURELY_LEFT))


def next_quiet(now: datetime, zone: str) -> datetime:
    """Give when the next quiet hours begin in a zone (UTC)."""
    today = local_date_of(now, zone)
    evenings = (due_at(day, BEGIN, zone) for day in (today, today + _DAY, today + 2 * _DAY))
    return next((evening for evening in evenings if evening is not None and evening > now), now + _DAY)


def patience(due: datetime, zone: str | None, grace: timedelta) -> timedelta:
    """Give how late what is due at `due` (UTC) may still be sent: the grace period, but not into the quiet hours.

    What was asked for within them has the whole of it, and so has what is due where no zone is known.
    """
    if zone is None:
        return grace
    local_time = wall_clock(due, zone)
    if is_quiet(local_time):
        return grace
    left = timedelta(hours=BEGIN.hour - local_time.hour, minutes=-local_time.minute, seconds=-local_time.second)
    return min(grace, max(left, LEEWAY))
