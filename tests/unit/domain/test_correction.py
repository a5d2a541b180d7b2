"""A corrected answer leads to where it would have led at once, whatever was answered first."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import product

import pytest

from bot.domain import effects as do
from bot.domain.chat import Chat, Screening, Session, State
from bot.domain.conversation import correct, step
from bot.domain.correction import Answer, remembered, reopened
from bot.domain.events import (
    EasierChosen,
    Event,
    NextChosen,
    Outcome,
    Rated,
    ScreeningAnswered,
    StepAnswered,
    TextUnknown,
    WishTold,
    ZoneNamed,
)
from bot.domain.levels import Change, Standing, Wish
from bot.domain.plan import Dose, Prescription, Routine
from bot.domain.safety import Finding, Flag, Tier
from bot.domain.schedule import ReminderTimes
from bot.domain.screening import Page, Question, Questionnaire, Release
from tests.unit.domain.conversation_rules import check_legal

NOW = datetime(2026, 3, 7, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
DOSE = Dose(repetitions=6, hold_breaths=None, hold_seconds=5, sides=False)
STEPS = (Prescription("heels", DOSE, DOSE), Prescription("rolls", DOSE, DOSE))
SCREENING = Questionnaire(
    (
        Page("emergency", (Question("S1", Finding(Tier.EMERGENCY, Flag.NEURO, "S1", ()), is_weekly=True),)),
        Page("pain", (Question("S9", Finding(Tier.URGENT, Flag.SEVERE_PAIN, "S9", ())),), asks_rating=True),
        Page("leave", (Question("S10", Finding(Tier.REFERRAL, Flag.PREGNANCY, "S10", ()), Release.CLEARED),)),
    )
)
ROUTINE = Routine("lower-back", "settle", STEPS, SCREENING, Standing(1, 0, Change.START), STEPS[0])
SETTLED = Chat(
    chat_id=1,
    language="en",
    state=State.IDLE,
    consented_at=NOW,
    zone="Europe/Madrid",
    reminder_times=ReminderTimes((time(7, 30),)),
    screened_at=NOW,
    checked_at=NOW,
)
ANSWERS: tuple[Answer, ...] = (
    *map(StepAnswered, Outcome),
    *map(Rated, range(11)),
    EasierChosen(),
    NextChosen(),
    *map(ScreeningAnswered, (0, 1, 5, 7, 9, None)),
)


def in_session(phase: State, at: int) -> Chat:
    """Return a chat in the middle of its third session."""
    session = Session(3, NOW, STEPS, step=at, phase=phase)
    return replace(SETTLED, state=phase, session=session, sessions_started=3)


def in_screening(page: int, phase: State) -> Chat:
    """Return a chat at a page of the questions before its third session."""
    screening = Screening(NOW, page=page, phase=phase)
    return replace(SETTLED, state=phase, screening=screening, screened_at=None, sessions_started=2)


OPEN = (
    *(in_session(phase, at) for phase in (State.EXERCISING, State.RATING_PAIN, State.OFFERING_EASIER) for at in (0, 1)),
    in_session(State.OFFERING_CLINIC, 1),
    in_session(State.RATING_BACK, 1),
    in_screening(0, State.SCREENING),
    in_screening(1, State.SCREENING_PAIN),
    in_screening(2, State.SCREENING),
)


def said(chat: Chat, event: Event, message_id: int | None = 7) -> Chat:
    """Return the chat after a typed answer."""
    return remembered(chat, event, step(chat, event, NOW, ROUTINE), message_id)


@pytest.mark.parametrize("chat", OPEN, ids=lambda chat: str(chat.state))
def test_the_corrected_answer_counts_as_if_it_had_come_first(chat: Chat) -> None:
    """The same state, step and hold, for every pair of answers, unless the first one was referred."""
    for first, second in product(ANSWERS, ANSWERS):
        once = said(chat, first)
        before = reopened(once, 7)
        if before is None:
            assert once.hold is not None
            continue
        assert once.last_answer is not None
        corrected = correct(once, before, second, LATER, ROUTINE).chat
        check_legal(corrected)
        outright = step(chat, second, LATER, ROUTINE)
        if once.last_answer.is_referred and not any(isinstance(one, do.RecordFinding) for one in outright.effects):
            assert corrected == once
            continue
        straight = outright.chat
        assert corrected.state is straight.state, (first, second)
        assert (corrected.hold is None) is (straight.hold is None)
        assert (corrected.session is None) is (straight.session is None)
        if corrected.session is not None and straight.session is not None:
            assert corrected.session.step == straight.session.step


def test_only_the_message_that_answered_last_is_read_again() -> None:
    """Any other number is an older message."""
    once = said(in_session(State.EXERCISING, 0), StepAnswered(Outcome.DONE))
    assert reopened(once, 7) is not None
    assert reopened(once, 6) is None
    assert reopened(once, None) is None


def test_what_was_asked_for_in_between_closes_the_answer() -> None:
    """A wish, or a press that goes on; words that nobody understood close it too, for they are the last message."""
    once = said(in_session(State.RATING_BACK, 1), Rated(2))
    assert reopened(said(once, WishTold(Wish.EASIER), None), 7) is None
    assert reopened(said(once, TextUnknown(), 8), 7) is None
    assert reopened(said(once, TextUnknown(is_edit=True), 7), 7) is not None


def test_nothing_is_remembered_before_consent() -> None:
    """Nor is the number of a message."""
    assert said(Chat(1, "en", State.ASKING_CONSENT), TextUnknown()).last_answer is None


def test_a_corrected_place_moves_from_where_the_person_was() -> None:
    """Not from the place that was typed by mistake: what keeps the moment of the reminders is reckoned from there."""
    asking = replace(SETTLED, state=State.ASKING_ZONE, zone="America/New_York")
    once = said(asking, ZoneNamed("Europe/Madrid"), 7)
    before = reopened(once, 7)
    assert before is not None
    mended = correct(once, before, ZoneNamed("Asia/Tokyo"), LATER, ROUTINE)
    outright = step(asking, ZoneNamed("Asia/Tokyo"), LATER, ROUTINE)
    assert mended.chat.zone == "Asia/Tokyo"
    assert (
        [one for one in mended.effects if isinstance(one, do.AskMoved)]
        == [one for one in outright.effects if isinstance(one, do.AskMoved)]
        != []
    )
