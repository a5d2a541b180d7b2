"""Just reminded: whether what a person types answers the reminder, and whether that asked about the morning.

"ok", "8 pm" and "not today" mean one thing to somebody who has just been reminded and another to anybody else. A
reminder stays the last thing that was said until the person does something else, or the day is over; the buttons that
leave it open (`Chat.at_reminder`) do not count as something else.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.adherence import day_of
from bot.domain.chat import Chat, State
from bot.domain.schedule import local_date_of

MORNING_ASKED_DAYS = 2

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder was the last thing that was said; `asks_morning`: how today compares with yesterday, too."""

    asks_morning: bool = False


def reminded_at(chat: Chat, sent_at: datetime | None, changed_at: datetime | None, now: datetime) -> Reminded | None:
    """Tell whether a text at `now` answers the reminder sent at `sent_at`; the chat last changed at `changed_at`."""
    if sent_at is None or chat.zone is None or chat.state is not State.IDLE or not chat.wants_reminders:
        return None
    if day_of(sent_at, chat.zone) != day_of(now, chat.zone):
        return None
    if changed_at is not None and changed_at > sent_at and not chat.at_reminder:
        return None
    today = local_date_of(now, chat.zone)
    is_of_today = local_date_of(sent_at, chat.zone) == today
    return Reminded(is_of_today and asks_morning(chat.finished_at, chat.zone, today))


def asks_morning(finished_at: datetime | None, zone: str, local_date: date) -> bool:
    """Whether to ask how a date compares with the one before: a session of the last two days can still be felt."""
    if finished_at is None:
        return False
    return _DAY <= local_date - local_date_of(finished_at, zone) <= MORNING_ASKED_DAYS * _DAY
