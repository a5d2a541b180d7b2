"""Check-ins: the next local day, three days later, then weekly, by the person's own clock."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.chat import Chat, Hold, State
from bot.domain.checkin import catch_up, next_check_in
from bot.domain.safety import Flag, Tier
from bot.domain.schedule import ReminderTimes

SINCE = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)  # a Thursday evening in New York, before the clocks change
HOLD = Hold(tier=Tier.URGENT, flag=Flag.SEVERE_PAIN, rule_id="U1", since=SINCE)
HELD = Chat(
    chat_id=1,
    language="en",
    state=State.IDLE,
    consented_at=SINCE,
    zone="America/New_York",
    reminder_times=ReminderTimes((time(7, 30),)),
    hold=HOLD,
)


def series(chat: Chat, count: int) -> list[datetime]:
    """Return the first check-ins, each looked for from the one before."""
    found: list[datetime] = []
    after = SINCE
    for _ in range(count):
        due = next_check_in(chat, after)
        if due is None:
            break
        found.append(due)
        after = due
    return found


def test_next_day_then_three_days_later_then_weekly() -> None:
    """At 07:30 on the wall, also after the clocks went forward on 8 March."""
    assert series(HELD, 4) == [
        datetime(2026, 3, 6, 12, 30, tzinfo=UTC),
        datetime(2026, 3, 9, 11, 30, tzinfo=UTC),
        datetime(2026, 3, 16, 11, 30, tzinfo=UTC),
        datetime(2026, 3, 23, 11, 30, tzinfo=UTC),
    ]


def test_without_a_reminder_time_at_ten() -> None:
    """Somebody who has told the zone only is asked at 10:00 there."""
    assert series(replace(HELD, reminder_times=None), 1) == [datetime(2026, 3, 6, 15, 0, tzinfo=UTC)]


def test_without_a_zone_a_day_later() -> None:
    """Nobody knows what morning is there."""
    chat = replace(HELD, zone=None, reminder_times=None)
    assert series(chat, 2) == [SINCE + timedelta(days=1), SINCE + timedelta(days=4)]
    assert catch_up(chat, SINCE) == SINCE


def test_whoever_paused_is_asked_once() -> None:
    """The first question is part of the care; the rest would be reminders."""
    assert len(series(replace(HELD, paused_at=SINCE), 3)) == 1


@pytest.mark.parametrize(
    ("tier", "flag", "is_asked"),
    [
        (Tier.EMERGENCY, Flag.SUICIDE, True),
        (Tier.URGENT, Flag.NEURO, True),
        (Tier.REFERRAL, Flag.FALL_INJURY, True),
        (Tier.REFERRAL, Flag.FRACTURE, True),
        (Tier.REFERRAL, Flag.PREGNANCY, False),
        (Tier.REFERRAL, Flag.NONE, False),
    ],
)
def test_only_what_is_grave_is_followed_up(tier: Tier, flag: Flag, *, is_asked: bool) -> None:
    """Urgent, emergency and injuries; who waits for a clinician's leave is not pressed."""
    chat = replace(HELD, hold=replace(HOLD, tier=tier, flag=flag))
    assert (next_check_in(chat, SINCE) is not None) is is_asked


def test_nothing_held_nothing_asked() -> None:
    """An ended hold has no check-in."""
    assert next_check_in(replace(HELD, hold=None), SINCE) is None


def test_a_missed_one_is_made_up_for_at_the_usual_time() -> None:
    """Never in the middle of the night, when the bot happens to come back."""
    at_night = datetime(2026, 3, 7, 7, 0, tzinfo=UTC)
    assert catch_up(HELD, at_night) == datetime(2026, 3, 7, 12, 30, tzinfo=UTC)
