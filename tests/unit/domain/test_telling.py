"""What a person tells of a day, and what they are told of the plan: mornings, wishes, bad days, the clinic."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain import effects as do
from bot.domain.chat import Chat, Hold, State
from bot.domain.conversation import step
from bot.domain.effects import SessionStatus
from bot.domain.events import (
    Command,
    CommandGiven,
    EasierChosen,
    Event,
    MorningTold,
    Outcome,
    Rated,
    RoutineStarted,
    ScreeningAnswered,
    StepAnswered,
    Token,
    WishTold,
)
from bot.domain.keys import Note, Text
from bot.domain.levels import Change, Morning, Referral, Standing, Wish
from bot.domain.plan import Dose, Prescription, Routine
from bot.domain.safety import Finding, Flag, Tier
from bot.domain.schedule import ReminderTimes
from bot.domain.screening import Page, Question, Questionnaire

NOW = datetime(2026, 5, 7, 12, 0, tzinfo=UTC)  # 08:00 in New York
TODAY = NOW.date()
DAY = timedelta(days=1)
DOSE = Dose(repetitions=6, hold_breaths=None, hold_seconds=5, sides=False)
TILT = Prescription("tilt", DOSE, DOSE)
STANDING = Standing(2, 1, Change.MORE_REPETITIONS)
ROUTINE = Routine(
    "lower-back", "base", (Prescription("heels", DOSE, DOSE), Prescription("rolls", DOSE, DOSE)), minimum=TILT
)
REFERRED = replace(ROUTINE, level="flare", standing=replace(STANDING, referral=Referral.FLARES))
CHAT = Chat(
    chat_id=1,
    language="en",
    state=State.IDLE,
    consented_at=NOW - 30 * DAY,
    zone="America/New_York",
    reminder_times=ReminderTimes((time(7, 30),)),
    sessions_started=3,
    screened_at=NOW - DAY,
    checked_at=NOW - DAY,
)
HELD = replace(CHAT, hold=Hold(Tier.URGENT, Flag.NEURO, "U1", NOW))
ONE_PAGE = Questionnaire((Page("emergency", (Question("S1", Finding(Tier.EMERGENCY, Flag.NEURO, "S1", ())),)),))


def lived(chat: Chat, *events: Event, routine: Routine = ROUTINE) -> tuple[Chat, list[do.Effect]]:
    """Let events happen, a minute apart; returns the chat and the effects of the last."""
    effects: tuple[do.Effect, ...] = ()
    for number, event in enumerate(events):
        transition = step(chat, event, NOW + number * timedelta(minutes=1), routine)
        chat, effects = transition.chat, transition.effects
    return chat, list(effects)


def test_an_old_button_leaves_the_reminder_open() -> None:
    """What is said next still answers it; anything that is done does not leave it open."""
    open_reminder, _ = lived(CHAT, MorningTold(Morning.SAME, TODAY))
    assert lived(open_reminder, EasierChosen(Token(session=9, step=0)))[0].at_reminder
    assert not lived(open_reminder, RoutineStarted())[0].at_reminder


@pytest.mark.parametrize("morning", Morning)
def test_a_morning_is_recorded_and_marked(morning: Morning) -> None:
    """Wherever the conversation stands; worse gets a kinder word."""
    note = Note.MORNING_WORSE if morning is Morning.WORSE else Note.MORNING_NOTED
    running, _ = lived(CHAT, RoutineStarted())
    for chat in (CHAT, HELD, running):
        after, effects = lived(chat, MorningTold(morning, TODAY))
        assert after == replace(chat, at_reminder=True)
        assert effects == [do.RecordMorning(TODAY, morning), do.MarkMorning(TODAY, morning), do.Notify(note)]


@pytest.mark.parametrize("day", [TODAY - DAY, TODAY + DAY])
def test_a_morning_of_another_day_is_not_todays(day: date) -> None:
    """An old reminder's question answers nothing any more."""
    after, effects = lived(CHAT, MorningTold(Morning.WORSE, day))
    assert (after, effects) == (CHAT, [do.Notify(Note.OLD_BUTTON)])


@pytest.mark.parametrize(
    ("wish", "text"), [(Wish.EASIER, Text.WISH_EASIER), (Wish.HARDER, Text.WISH_HARDER), (None, Text.WISH_RIGHT)]
)
def test_a_wish_is_recorded_for_its_day(wish: Wish | None, text: Text) -> None:
    """Typed it is today's; by button the session's, also after midnight."""
    for asked, day in ((None, TODAY), (TODAY, TODAY), (TODAY - DAY, TODAY - DAY)):
        _, effects = lived(CHAT, WishTold(wish, asked))
        assert effects == [do.RecordWish(day, wish), do.Say(text)]


def test_what_is_told_at_night_is_of_the_day_whose_session_it_is() -> None:
    """Until 3 am a session is recorded under the day before, and so are the pain before it and the wish after it."""
    night = NOW + timedelta(hours=17, minutes=30)  # 01:30 on the next date
    assert step(CHAT, WishTold(Wish.EASIER), night, ROUTINE).effects[0] == do.RecordWish(TODAY, Wish.EASIER)
    page = ONE_PAGE.pages[0]
    asks = replace(ROUTINE, screening=Questionnaire((replace(page, asks_rating=True), page)))
    asked = step(replace(CHAT, screened_at=None), RoutineStarted(), night, asks).chat
    assert do.RecordPain(TODAY, 4) in step(asked, ScreeningAnswered(4), night, asks).effects
    chat = step(CHAT, RoutineStarted(), night, ROUTINE).chat
    for event in (StepAnswered(Outcome.DONE), StepAnswered(Outcome.DONE)):
        chat = step(chat, event, night, ROUTINE).chat
    assert do.ThankForRating(1, asks_wish=TODAY) in step(chat, Rated(1), night, ROUTINE).effects


@pytest.mark.parametrize("day", [TODAY - 2 * DAY, TODAY + DAY])
def test_a_wish_after_an_old_session_is_stale(day: date) -> None:
    """It would weigh on sessions that came since."""
    assert lived(CHAT, WishTold(Wish.HARDER, day))[1] == [do.Notify(Note.OLD_BUTTON)]


def test_while_held_a_wish_is_answered_by_the_hold() -> None:
    """Nobody is promised a harder routine meanwhile."""
    assert lived(HELD, WishTold(Wish.HARDER))[1] == [do.ShowHold()]


def test_the_reason_stands_above_the_first_exercise() -> None:
    """Level and standing are told, and the session is recorded at that level."""
    after, effects = lived(CHAT, RoutineStarted(), routine=replace(ROUTINE, standing=STANDING))
    assert after.session is not None
    told = do.TellPlan("base", STANDING)
    assert effects == [do.OpenSession(after.session, "base"), do.DropExtras(), told, do.ShowStep(after.session)]


def test_the_plan_sends_to_the_clinic_once_a_week() -> None:
    """In between it only says why today is easy."""
    chat, effects = lived(CHAT, RoutineStarted(), routine=REFERRED)
    assert do.ReferByPlan(Referral.FLARES) in effects
    for days, says_it in ((1, False), (6, False), (7, True)):
        idle = replace(chat, state=State.IDLE, session=None, plan_referred_at=NOW - days * DAY)
        _, effects = lived(idle, CommandGiven(Command.ROUTINE), routine=REFERRED)
        assert (do.ReferByPlan(Referral.FLARES) in effects) is says_it
        assert any(isinstance(effect, do.TellPlan) for effect in effects) is not says_it


def test_a_bad_day_is_one_exercise_that_counts() -> None:
    """It is finished after one step, with kind words, and asks for no wish."""
    chat, effects = lived(CHAT, RoutineStarted(minimum=True), routine=replace(ROUTINE, standing=STANDING))
    assert chat.session is not None
    assert chat.session.prescriptions == (TILT,)
    assert effects == [
        do.OpenSession(chat.session, "base"),
        do.DropExtras(),
        do.TellMinimum(),
        do.ShowStep(chat.session),
    ]
    chat, effects = lived(chat, StepAnswered(Outcome.DONE))
    assert do.CloseSession(4, SessionStatus.FINISHED) in effects
    assert next(effect for effect in effects if isinstance(effect, do.PraiseSession)).is_minimum
    assert lived(chat, Rated(1))[1] == [do.RecordRating(4, 1), do.ThankForRating(1)]


def test_a_routine_asks_for_a_wish_at_its_end() -> None:
    """With the day on which it began."""
    _, effects = lived(CHAT, RoutineStarted(), *[StepAnswered(Outcome.DONE)] * 2, Rated(1))
    assert effects == [do.RecordRating(4, 1), do.ThankForRating(1, asks_wish=TODAY)]


def test_a_bad_day_ends_the_routine_that_turns_out_too_much() -> None:
    """What was done stays done, and only the minimum is left; a second press changes nothing."""
    chat, effects = lived(CHAT, RoutineStarted(), StepAnswered(Outcome.DONE), RoutineStarted(minimum=True))
    assert effects[0] == do.CloseSession(4, SessionStatus.STOPPED)
    assert chat.session is not None
    assert (chat.session.number, chat.session.is_minimum) == (5, True)
    again = step(chat, RoutineStarted(minimum=True), NOW + timedelta(minutes=2), ROUTINE)
    assert again.effects == (do.Notify(Note.ALREADY_NOTED),)
    assert lived(chat, RoutineStarted())[0].session == chat.session


def test_a_bad_day_outlasts_the_questions_before_it() -> None:
    """Whoever is asked first, or taps it while being asked, gets the minimum after the last answer."""
    routine = replace(ROUTINE, screening=ONE_PAGE)
    new = replace(CHAT, screened_at=None)
    none, bad = ScreeningAnswered(None), RoutineStarted(minimum=True)
    for events, minimum in (((bad,), True), ((RoutineStarted(), bad), True), ((bad, RoutineStarted()), False)):
        chat, _ = lived(new, *events, none, routine=routine)
        assert chat.session is not None
        assert chat.session.is_minimum is minimum


def test_gentleness_outlasts_a_bad_day() -> None:
    """After a hold the exercises are easier until a whole routine is finished."""
    gentle = replace(CHAT, gentle=True)
    assert lived(gentle, RoutineStarted(minimum=True), StepAnswered(Outcome.DONE))[0].gentle
    assert not lived(gentle, RoutineStarted(), *[StepAnswered(Outcome.DONE)] * 2)[0].gentle


@pytest.mark.parametrize("rating", [None, 5, 6])
@pytest.mark.parametrize("stop", [CommandGiven(Command.STOP), StepAnswered(Outcome.STOPPED)])
def test_stopping_after_pain_leaves_what_was_told_of_it(rating: int | None, stop: Event) -> None:
    """The plan rests after a flare; the word that ends the session takes the place of no rating."""
    told = [] if rating is None else [Rated(rating)]
    _, effects = lived(CHAT, RoutineStarted(), StepAnswered(Outcome.PAIN), *told, stop)
    assert not [effect for effect in effects if isinstance(effect, do.RecordAnswer)]
    assert do.CloseSession(4, SessionStatus.STOPPED) in effects
