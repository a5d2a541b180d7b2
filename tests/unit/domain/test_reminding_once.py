"""One more reminder at a wall-clock time: when it comes, and when it cannot."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.domain import effects as do
from bot.domain.chat import Chat, Hold, State
from bot.domain.conversation import step
from bot.domain.events import RemindedOnce
from bot.domain.keys import Text
from bot.domain.safety import Flag, Tier
from bot.domain.schedule import ReminderTimes
from bot.domain.times import Half, TypedTime
from tests.knowledge import the_catalog

ROUTINE = the_catalog().routine
NOON = datetime(2026, 3, 28, 11, 0, tzinfo=UTC)  # in Madrid; the clocks go forward in the night
CHAT = Chat(
    chat_id=1,
    language="en",
    state=State.IDLE,
    consented_at=NOON,
    zone="Europe/Madrid",
    reminder_times=ReminderTimes((time(7, 30),)),
)


def due(hour: int, half: Half = Half.SAID, days: int | None = None, minute: int = 0) -> datetime | None:
    """Return when the reminder comes, if one does."""
    effects = step(CHAT, RemindedOnce(TypedTime(time(hour, minute), half), days), NOON, ROUTINE).effects
    return next((effect.due_at for effect in effects if isinstance(effect, do.Snooze)), None)


@pytest.mark.parametrize(
    ("hour", "half", "days", "expected"),
    [
        (20, Half.SAID, None, datetime(2026, 3, 28, 19, 0, tzinfo=UTC)),
        (8, Half.SAID, None, datetime(2026, 3, 29, 6, 0, tzinfo=UTC)),
        (8, Half.OPEN, None, datetime(2026, 3, 28, 19, 0, tzinfo=UTC)),
        (8, Half.ASSUMED, None, datetime(2026, 3, 28, 19, 0, tzinfo=UTC)),
        (9, Half.SAID, 1, datetime(2026, 3, 29, 7, 0, tzinfo=UTC)),
        (9, Half.SAID, 0, None),
        (21, Half.SAID, 0, datetime(2026, 3, 28, 20, 0, tzinfo=UTC)),
    ],
)
def test_it_comes_the_next_time_the_clock_shows_it(
    hour: int, half: Half, days: int | None, expected: datetime | None
) -> None:
    """Over a change of the clocks as well; on a day that was named only then; of two halves at the first."""
    assert due(hour, half, days) == expected


def test_in_the_gap_it_comes_as_much_later() -> None:
    """02:30 does not exist in that night: 03:30 is it."""
    assert due(2, days=1, minute=30) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_time_that_is_over_is_said_to_be() -> None:
    """With an example; nothing is put off."""
    effects = step(CHAT, RemindedOnce(TypedTime(time(9)), 0), NOON, ROUTINE).effects
    assert effects == (do.Say(Text.TIME_IS_OVER),)


@pytest.mark.parametrize(
    ("chat", "effect"),
    [
        (replace(CHAT, hold=Hold(Tier.URGENT, Flag.FALL_INJURY, "fall", NOON)), do.ShowHold()),
        (replace(CHAT, paused_at=NOON), do.ShowPause()),
    ],
)
def test_nobody_is_reminded_on_hold_or_paused(chat: Chat, effect: do.Effect) -> None:
    """It is said why."""
    assert step(chat, RemindedOnce(TypedTime(time(20))), NOON, ROUTINE).effects == (effect,)
