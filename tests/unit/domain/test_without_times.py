"""Whoever has not chosen reminder times yet, or is held before they do, is answered all the same."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.domain import effects as do
from bot.domain.chat import Chat, Hold, Screening, State
from bot.domain.conversation import step
from bot.domain.events import Event, HoldReleased, RemindedOnce, Snoozed, TimeUnreadable, ZoneUnreadable
from bot.domain.keys import Opening
from bot.domain.safety import Flag, Tier
from bot.domain.schedule import ReminderTimes
from bot.domain.times import TypedTime
from bot.presentation import messages
from tests.knowledge import the_catalog
from tests.unit.presentation.rendered import VIEW

ROUTINE = the_catalog().routine
NOON = datetime(2026, 3, 28, 11, 0, tzinfo=UTC)
SCREENING = Screening(NOON)
CHAT = Chat(
    chat_id=1, language="en", state=State.SCREENING, entered_at=NOON, consented_at=NOON, zone="UTC", screening=SCREENING
)
HELD = replace(
    CHAT, screening=None, state=State.ASKING_TIME, hold=Hold(Tier.EMERGENCY, Flag.NEURO, "cauda-equina", NOON)
)


@pytest.mark.parametrize("event", [Snoozed(30), RemindedOnce(TypedTime(time(9)), 1)])
def test_who_types_later_is_shown_what_is_open(event: Event) -> None:
    """Words have no spinner that a note could answer: silence would be all they get."""
    assert step(CHAT, event, NOON, ROUTINE).effects == (do.AskScreening(SCREENING),)


@pytest.mark.parametrize(
    ("state", "event"), [(State.ASKING_TIME, TimeUnreadable()), (State.ASKING_ZONE, ZoneUnreadable())]
)
def test_after_a_referral_nobody_is_told_that_a_time_could_not_be_read(state: State, event: Event) -> None:
    """The hold is what matters; whoever is set up and asked for the times reads of the times."""
    held = replace(HELD, state=state)
    assert step(held, event, NOON, ROUTINE).effects == (do.ShowHold(),)
    (asked,) = step(replace(held, reminder_times=ReminderTimes((time(7),))), event, NOON, ROUTINE).effects
    assert asked in {do.AskTime(unreadable=True), do.AskZone(unreadable=True)}


def test_who_is_released_reads_so_before_the_times_are_asked_for() -> None:
    """And is told to follow what they were told, like everybody."""
    released = step(HELD, HoldReleased(), NOON, ROUTINE)
    assert released.effects == (do.Reschedule(), do.ShowSchedule(Opening.RELEASED), do.AskTime())
    view = replace(VIEW, chat=released.chat, next_due=None)
    (outgoing,) = messages.render(do.ShowSchedule(Opening.RELEASED), view)
    assert outgoing.payload["text"] == VIEW.texts.html(Opening.RELEASED)
