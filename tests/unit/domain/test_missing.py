"""A day left out: each reason's own next step, and the traffic light where it is pain."""

from datetime import UTC, datetime, time

import pytest

from bot.domain import effects as do
from bot.domain.chat import Chat, Hold, State
from bot.domain.conversation import step
from bot.domain.events import Event, Outcome, Rated, StepAnswered, Token
from bot.domain.keys import Text
from bot.domain.missing import Reason, ReasonTold, Smaller
from bot.domain.plan import Dose, Prescription, Routine
from bot.domain.safety import Flag, Tier
from bot.domain.schedule import ReminderTimes
from bot.domain.transition import Transition

NOW = datetime(2026, 3, 7, 12, 0, tzinfo=UTC)
DOSE = Dose(repetitions=6, hold_breaths=None, hold_seconds=5, sides=False)
ROUTINE = Routine("lower-back", "settle", (Prescription("heels", DOSE, DOSE),))


def chat(state: State = State.IDLE, hold: Hold | None = None) -> Chat:
    """Return somebody who is set up."""
    times = ReminderTimes((time(7, 30),))
    return Chat(1, "en", state, entered_at=NOW, consented_at=NOW, zone="Europe/Madrid", reminder_times=times, hold=hold)


def after(event: Event, before: Chat) -> Transition:
    """Return what the event leads to."""
    return step(before, event, NOW, ROUTINE)


@pytest.mark.parametrize(
    ("rating", "kind"),
    [(0, Smaller.LITTLE_PAIN), (2, Smaller.LITTLE_PAIN), (3, Smaller.SOME_PAIN), (5, Smaller.SOME_PAIN)],
)
def test_up_to_five_less_is_offered(rating: int, kind: Smaller) -> None:
    """Green up to 2, amber up to 5; from 4 on the next session is an easier one."""
    transition = after(Rated(rating), chat(State.RATING_DAY))
    assert transition.effects[1:] == (do.OfferSmaller(kind),)
    assert transition.chat.gentle is (rating > 3)
    assert transition.chat.state is State.IDLE


@pytest.mark.parametrize(("rating", "holds"), [(6, False), (7, False), (8, True), (10, True)])
def test_from_six_on_the_clinic(rating: int, holds: bool) -> None:  # noqa: FBT001 - a column
    """6-7 is referred, 8-10 holds; nothing to exercise is offered."""
    transition = after(Rated(rating), chat(State.RATING_DAY))
    assert (transition.chat.hold is not None) is holds
    assert any(isinstance(effect, do.Refer) for effect in transition.effects)
    assert not any(isinstance(effect, do.OfferSmaller) for effect in transition.effects)


def test_a_rating_said_with_the_pain_is_not_asked_for() -> None:
    """A 6 that came along is rated already."""
    told = after(ReasonTold(Reason.PAIN, rating=6), chat())
    assert told.effects[0] == do.RecordPain(NOW.date(), 6)


@pytest.mark.parametrize("reason", Reason)
def test_while_held_no_reason_leads_to_exercise(reason: Reason) -> None:
    """The hold is shown, whatever is said."""
    hold = Hold(Tier.URGENT, Flag.SEVERE_PAIN, "U1", NOW)
    assert after(ReasonTold(reason), chat(hold=hold)).effects == (do.ShowHold(),)


def test_a_session_s_old_rating_does_not_answer_for_the_day() -> None:
    """Its button carries another token, and changes nothing."""
    asking = chat(State.RATING_DAY)
    pressed = after(Rated(9, Token(3, 1)), asking)
    assert pressed.chat == asking
    assert not any(isinstance(effect, do.RecordPain) for effect in pressed.effects)


@pytest.mark.parametrize("outcome", [Outcome.SKIPPED, Outcome.STOPPED])
def test_the_rating_of_a_day_may_be_left_alone(outcome: Outcome) -> None:
    """Skip and stop end the question, and nothing else."""
    assert after(StepAnswered(outcome), chat(State.RATING_DAY)).effects == (do.Say(Text.SEE_YOU),)
