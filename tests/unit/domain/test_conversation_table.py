"""The conversation's table holds a row for everything, and promises no transition that never happens.

The walk starts with a newcomer and lets one event of each kind happen in every situation that can be reached, on the
same day and on the next, until nothing new is found. A situation is a chat without its dates and numbers; time never
goes back in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import chain
from typing import Any, get_args

import pytest

from bot.domain.chat import SETTING_STATES, Chat, State
from bot.domain.conversation import BEFORE_CONSENT, EVERYWHERE, TABLE, IllegalTransition, Row, row_for, step
from bot.domain.events import (
    ButtonUnknown,
    Command,
    CommandGiven,
    ConsentGiven,
    DayCorrected,
    DaySkipped,
    DayToldDone,
    EasierChosen,
    EraseConfirmed,
    EraseDeclined,
    Event,
    FollowUpChosen,
    Greeted,
    HoldReleased,
    HowToAsked,
    LanguageChosen,
    Later,
    LaterAsked,
    Media,
    MediaReceived,
    MinorTold,
    MorningTold,
    NextChosen,
    NotYetSpoken,
    Outcome,
    PauseAsked,
    PauseEnded,
    PicturesChosen,
    Preference,
    PreferenceChosen,
    PreferencesAsked,
    Rated,
    RatingUnreadable,
    RemindedOnce,
    Rhythm,
    RhythmChosen,
    RoutineStarted,
    SafetyRaised,
    ScreeningAnswered,
    ScreeningUnreadable,
    Snoozed,
    StaffCodeRenewed,
    StaffConsentAnswered,
    StepAnswered,
    TextUnknown,
    Thanked,
    TimeProposed,
    TimesNamed,
    TimesSet,
    TimeUnreadable,
    WeeklyChosen,
    WishTold,
    ZoneAmbiguous,
    ZoneNamed,
    ZoneSet,
    ZoneUnreadable,
)
from bot.domain.hindsight import DayKept, Ratings
from bot.domain.levels import Change, Morning, Standing, Wish
from bot.domain.missing import Reason, ReasonTold
from bot.domain.moves import arrival
from bot.domain.plan import Dose, Prescription, Routine
from bot.domain.safety import Finding, Flag, Tier
from bot.domain.schedule import ReminderTimes
from bot.domain.screening import Page, Question, Questionnaire, Release
from bot.domain.times import Half, TypedTime, When
from bot.domain.transition import back_beneath, belongs_beneath, token_of

NOW = datetime(2026, 3, 7, 12, 0, tzinfo=UTC)
NEXT_DAY = NOW + timedelta(days=1)
DOSE = Dose(repetitions=6, hold_breaths=None, hold_seconds=5, sides=False)
SCREENING = Questionnaire(
    (
        Page("emergency", (Question("S1", Finding(Tier.EMERGENCY, Flag.NEURO, "S1", ()), is_weekly=True),)),
        Page("pain", (Question("S9", Finding(Tier.URGENT, Flag.SEVERE_PAIN, "S9", ())),), asks_rating=True),
        Page(
            "leave",
            (
                Question("S10", Finding(Tier.REFERRAL, Flag.PREGNANCY, "S10", ()), Release.CLEARED),
                Question("S12", Finding(Tier.REFERRAL, Flag.NONE, "S12", ()), Release.NEVER),
            ),
        ),
    )
)
STEPS = (Prescription("heels", DOSE, DOSE), Prescription("rolls", DOSE, DOSE))
ROUTINE = Routine("lower-back", "settle", STEPS, SCREENING, Standing(1, 0, Change.START), STEPS[0])
RATED = DayKept(NOW.date(), is_done=True, ratings=Ratings(before=3, after=2))
EVENTS: tuple[Event, ...] = (
    Greeted("Ada"),
    ConsentGiven(),
    ZoneNamed("Europe/London"),
    ZoneAmbiguous((("Europe/London", "London"),)),
    ZoneUnreadable(),
    TimesNamed(ReminderTimes((time(7, 30),))),
    ZoneSet("Europe/London"),
    TimesSet(ReminderTimes((time(7, 30),))),
    TimeProposed(When(times=(TypedTime(time(7, 0), Half.OPEN),))),
    TimeProposed(When(times=(TypedTime(time(7, 0)), TypedTime(time(19, 0))))),
    RemindedOnce(TypedTime(time(7, 30))),
    TimeUnreadable(),
    *map(CommandGiven, Command),
    RoutineStarted(),
    RoutineStarted(minimum=True),
    Snoozed(30),
    DaySkipped(),
    MorningTold(Morning.WORSE, NOW.date()),
    PauseAsked(When(days=7)),
    PauseAsked(When(days=0)),
    PauseEnded(),
    *map(FollowUpChosen, (None, 60)),
    *(RhythmChosen(rhythm, NOW.date()) for rhythm in Rhythm),
    *(LaterAsked(asked, NOW.date()) for asked in Later),
    WishTold(Wish.HARDER),
    Thanked(),
    MinorTold(),
    *map(ReasonTold, Reason),
    ReasonTold(Reason.ILL, skips=True),
    ReasonTold(Reason.PAIN, rating=7),
    *map(StepAnswered, Outcome),
    *map(Rated, range(11)),
    RatingUnreadable(),
    EasierChosen(),
    NextChosen(),
    HowToAsked(),
    *map(ScreeningAnswered, (1, 5, 7, 9, None)),
    ScreeningUnreadable(),
    SafetyRaised(Finding(tier=Tier.URGENT, flag=Flag.FALL_INJURY, rule_id="U2", evidence=())),
    HoldReleased(),
    HoldReleased(cleared=True),
    NotYetSpoken(),
    StaffConsentAnswered(agrees=True),
    StaffCodeRenewed(),
    PicturesChosen(wanted=False),
    LanguageChosen("xx"),
    DayToldDone(),
    DayToldDone(NOW.date() - timedelta(days=1)),
    DayCorrected(NOW.date(), done=True),
    DayCorrected(NOW.date(), done=False, kept=DayKept(NOW.date(), is_done=True)),
    *(DayCorrected(NOW.date(), ratings=Ratings(after=rating), kept=RATED) for rating in (1, 7, 9)),
    PreferencesAsked(),
    *(PreferenceChosen(preference, wanted=True) for preference in Preference),
    WeeklyChosen(None),
    EraseConfirmed(NOW),
    EraseDeclined(),
    MediaReceived(Media.STICKER),
    TextUnknown(),
    ButtonUnknown(),
)


@dataclass(frozen=True, slots=True)
class Walked:
    """One transition that happens: the row that was taken and the states on both sides."""

    row: Row
    source: State
    event: type[Any]
    target: State


@cache
def walk() -> frozenset[Walked]:
    """Go through every situation there is and return what happens there."""
    newcomer = Chat(chat_id=1, language="en")
    waiting, seen, happened = [newcomer], {situation_of(newcomer)}, set()
    while waiting:
        chat = waiting.pop()
        for event, now in happenings(chat):
            after = step(chat, event, now, ROUTINE).chat
            is_beneath = chat.state in SETTING_STATES and belongs_beneath(chat, event)
            source = back_beneath(chat) if is_beneath else chat
            happened.add(Walked(row_for(source, event), source.state, type(event), after.state))
            if situation_of(after) not in seen:
                seen.add(situation_of(after))
                waiting.append(after)
    return frozenset(happened)


def happenings(chat: Chat) -> Iterator[tuple[Event, datetime]]:
    """Give every event, a session's answers also by button, on the first day, unless it is over, and on the next."""
    answers = [event for event in EVENTS if isinstance(event, StepAnswered | Rated | EasierChosen | NextChosen)]
    by_button: list[Event] = []
    if chat.session is not None:
        by_button = [replace(event, token=token_of(chat)) for event in answers]
    if chat.screening is not None:
        token = chat.screening.token
        by_button = [replace(event, token=token) for event in EVENTS if isinstance(event, ScreeningAnswered)]
    under_way = [one.started_at for one in (chat.session, chat.screening) if one is not None]
    is_first_day = NEXT_DAY not in {*under_way, chat.screened_at, chat.finished_at}
    for event in chain(EVENTS, by_button):
        if is_first_day:
            yield event, NOW
        yield event, NEXT_DAY


def situation_of(chat: Chat) -> tuple[object, ...]:
    """Reduce a chat to what decides its next move: of times whether there are any, of past days the latest."""
    session = chat.session
    at = None if session is None else (session.phase, session.step, session.easier, session.started_at)
    asked = None if chat.screening is None else (chat.screening.page, chat.screening.started_at)
    screened_at = chat.screened_at and max(chat.screened_at, chat.finished_at or chat.screened_at)
    hold = None if chat.hold is None else chat.hold.release
    return chat.state, at, chat.zone, chat.reminder_times is None, hold, chat.paused_at is None, asked, screened_at


def test_every_event_has_an_example() -> None:
    """The walk leaves no kind of event out."""
    assert {type(event) for event in EVENTS} == set(get_args(Event))


@pytest.mark.parametrize("state", State)
def test_every_event_has_a_row_in_every_state(state: State) -> None:
    """No update can come that the table does not know, with consent or without."""
    assert state in TABLE
    for event in EVENTS:
        for consented_at in (None, NOW):
            row = row_for(Chat(chat_id=1, language="en", state=state, consented_at=consented_at), event)
            assert row in {*TABLE[state].values(), *BEFORE_CONSENT.values(), *EVERYWHERE.values()}


def test_every_state_is_reached() -> None:
    """The walk, and so a person, comes to every state."""
    assert {one.target for one in walk()} == set(State)


def test_what_the_table_promises_of_a_state_happens() -> None:
    """A row of one state leads to every state it lists and to no other."""
    for state, rows in TABLE.items():
        for event, row in rows.items():
            targets = {one.target for one in walk() if (one.source, one.event) == (state, event)}
            assert row.to - {state} == targets - {state}, f"{event.__name__} in {state}"


@pytest.mark.parametrize("rows", [BEFORE_CONSENT, EVERYWHERE], ids=["before consent", "everywhere"])
def test_what_the_table_promises_everywhere_happens(rows: dict[type[Any], Row]) -> None:
    """A row that holds in many states leads from some of them to every state it lists, and to no other."""
    for event, row in rows.items():
        targets = {one.target for one in walk() if one.row is row and one.source is not one.target}
        assert row.to == targets, event.__name__


def test_a_transition_that_the_table_does_not_list_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A move that leads elsewhere than the table says never reaches the database."""
    monkeypatch.setitem(BEFORE_CONSENT, Greeted, Row(arrival.greet))
    with pytest.raises(IllegalTransition, match="Greeted led from new to asking_consent"):
        step(Chat(chat_id=1, language="en"), Greeted("Ada"), NOW, ROUTINE)
