"""Just reminded: which texts answer a reminder, and when it asks about the morning."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.chat import Chat, Hold, State
from bot.domain.reminded import Reminded, asks_morning, reminded_at
from bot.domain.safety import Flag, Tier
from bot.domain.schedule import ReminderTimes

SENT = datetime(2026, 5, 7, 5, 30, tzinfo=UTC)  # 07:30 in Madrid
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHAT = Chat(
    chat_id=1,
    language="en",
    state=State.IDLE,
    consented_at=SENT,
    zone="Europe/Madrid",
    reminder_times=ReminderTimes((time(7, 30),)),
)


@pytest.mark.parametrize(
    ("changed", "now", "is_reminded"),
    [
        (-DAY, HOUR, True),
        (timedelta(0), HOUR, True),
        (HOUR / 2, HOUR, False),
        (-DAY, 19 * HOUR, True),  # half past two in the night
        (-DAY, 20 * HOUR, False),
        (-DAY, 2 * DAY, False),
    ],
)
def test_it_holds_until_something_else_is_done_or_the_day_is_over(
    changed: timedelta, now: timedelta, *, is_reminded: bool
) -> None:
    """A day ends at three in the morning."""
    assert (reminded_at(CHAT, SENT, SENT + changed, SENT + now) is not None) is is_reminded


def test_a_button_that_leaves_the_reminder_open_is_not_something_else() -> None:
    """Such as the answer about the morning, or the wish to type a time."""
    assert reminded_at(replace(CHAT, at_reminder=True), SENT, SENT + HOUR, SENT + 2 * HOUR) == Reminded()


@pytest.mark.parametrize(
    "chat",
    [
        replace(CHAT, state=State.EXERCISING),
        replace(CHAT, state=State.ASKING_TIME),
        replace(CHAT, paused_at=SENT),
        replace(CHAT, hold=Hold(Tier.URGENT, Flag.NEURO, "U1", SENT)),
        replace(CHAT, zone=None),
    ],
)
def test_another_question_outranks_it(chat: Chat) -> None:
    """And so do a pause and a hold."""
    assert reminded_at(chat, SENT, SENT - DAY, SENT + HOUR) is None


def test_nobody_who_was_never_reminded_answers_a_reminder() -> None:
    """As on the first day."""
    assert reminded_at(CHAT, None, SENT, SENT) is None


@pytest.mark.parametrize(("days_ago", "asks"), [(None, False), (0, False), (1, True), (2, True), (3, False)])
def test_the_morning_is_asked_about_while_a_session_can_be_felt(days_ago: int | None, *, asks: bool) -> None:
    """On the day after it and the next."""
    finished_at = None if days_ago is None else SENT - days_ago * DAY
    assert asks_morning(finished_at, "Europe/Madrid", date(2026, 5, 7)) is asks
    chat = replace(CHAT, finished_at=finished_at)
    assert reminded_at(chat, SENT, SENT - DAY, SENT + HOUR) == Reminded(asks_morning=asks)
