"""Due reminders as values: what is read of one that is due, when the next one is, what became of a day's.

Thousands are due in the same minute, so each holds what is decided by and no more, and is a plain tuple.
"""

from datetime import date, datetime
from typing import NamedTuple

from bot.domain.chat import Hold
from bot.domain.schedule import ReminderTimes

DAILY = "daily"
SNOOZE = "snooze"
CHECK_IN = "check_in"
WEEKLY = "weekly"
FOLLOW_UP = "follow_up"
KINDS = (DAILY, SNOOZE, FOLLOW_UP, CHECK_IN, WEEKLY)
ASKING_FOR_ROUTINE = (DAILY, SNOOZE, FOLLOW_UP)  # of those due at once, the first is sent
EXTRAS = (SNOOZE, FOLLOW_UP)
OWN_WORD = "own_word"  # no reminder: the person's word that a day was done without the bot, or was not done

SENT = "sent"
MISSED = "missed"
NOT_WANTED = "not_wanted"
DONE = "done"
NOT_DONE = "not_done"


class DueReminder(NamedTuple):
    """A reminder and when it is due, which may be long ago; `missed` ones before it were not told of yet.

    With it what decides about it, as a `Chat` has it.
    """

    chat_id: int
    kind: str
    due_at: datetime
    missed: int
    language: str
    consented_at: datetime | None
    zone: str | None
    reminder_times: ReminderTimes | None
    paused_at: datetime | None
    paused_until: date | None
    hold: Hold | None
    finished_at: datetime | None
    blocked_at: datetime | None
    weekly_day: int | None = None
    follow_up_minutes: int | None = None
    changed_at: datetime | None = None


class NewDue(NamedTuple):
    """When a chat's reminder of this kind is due from now on (UTC; None: never); `missed` ones it will tell of.

    `sent_at` is when the one before it was sent, if it was sent just now.
    """

    chat_id: int
    kind: str
    due_at: datetime | None
    missed: int = 0
    sent_at: datetime | None = None


class DayNote(NamedTuple):
    """What became of a chat's reminder of this kind on a local date; `slot` tells several on one date apart.

    `counts_for` is the day it is for where that is not its date: the evening before, for a reminder in the night.
    """

    chat_id: int
    local_date: date
    kind: str
    outcome: str
    slot: int = 0
    counts_for: date | None = None
