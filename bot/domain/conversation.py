"""The conversation: one literal table of what may happen in which state, and where it leads.

`step(chat, event, now, routine)` is the whole decision: a pure function from values to values. It never asks the
clock, never writes and never words a sentence; `Transition.effects` say what the shell must do, in order.

Rules that hold everywhere:

- A finding of `safety` outranks the table: session over, referral first, programme held if it is grave (DESIGN section
  1, promise 1).
- Nothing is recorded before consent.
- A button of a session carries a token; one that is not the present step's is stale and never changes anything.
- Whoever began with the exercises is asked for the reminder times afterwards, whatever ended them.
- A question about settings lies *over* a running session or screening, which keeps its phase and comes back afterwards.

`TABLE` and `EVERYWHERE` are data: the diagram in docs/architecture.md is drawn from them, and `step` refuses a
transition that they do not list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.domain import effects as do
from bot.domain.chat import SCREENING_STATES, SESSION_STATES, SETTING_STATES, Chat, State
from bot.domain.correction import mended
from bot.domain.events import (
    ButtonUnknown,
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
    LaterAsked,
    MediaReceived,
    MinorTold,
    MorningTold,
    NextChosen,
    NotYetSpoken,
    PauseAsked,
    PauseEnded,
    PicturesChosen,
    PreferenceChosen,
    PreferencesAsked,
    Rated,
    RatingUnreadable,
    RemindedOnce,
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
from bot.domain.missing import ReasonTold
from bot.domain.moves import (
    arrival,
    commands,
    hindsight,
    holding,
    missing,
    pausing,
    progress,
    reminding,
    screening,
    settings,
    starting,
    telling,
)
from bot.domain.moves import routine as steps
from bot.domain.plan import Routine
from bot.domain.transition import Transition, at, back_beneath, belongs_beneath

Move = Callable[[Chat, Any, datetime, Routine], Transition]


class IllegalTransition(AssertionError):  # noqa: N818 - names what happened, as the table would
    """A move led to a state that the table does not list: a bug, never a user's doing."""


@dataclass(frozen=True, slots=True)
class Row:
    """What answers an event, and the states it may lead to besides the present one."""

    move: Move
    to: frozenset[State] = frozenset()


def _row(move: Move, *to: State) -> Row:
    return Row(move, frozenset(to))


_AT_REST = (State.IDLE, State.ASKING_TIME)  # the latter as long as no time was chosen
_AFTER_STEP = (State.EXERCISING, State.RATING_BACK)
_UNFINISHED = sorted(SESSION_STATES - {State.RATING_BACK})
_SCREENING = sorted(SCREENING_STATES)
_UNDER_A_SETTING = (*sorted(SESSION_STATES), *_SCREENING, State.IDLE)

BEFORE_CONSENT: Mapping[type[Any], Row] = {
    Greeted: _row(arrival.greet, State.ASKING_CONSENT),
    CommandGiven: _row(commands.command_before_consent, State.ASKING_CONSENT),
    MediaReceived: _row(arrival.greet_media, State.ASKING_CONSENT),
    LanguageChosen: _row(settings.choose_language, State.ASKING_CONSENT),
    SafetyRaised: _row(holding.refer_before_consent, State.NEW),
    MinorTold: _row(screening.hold_minor, State.NEW),
    EraseConfirmed: _row(commands.erase, State.NEW),
    EraseDeclined: _row(commands.decline_erase),
}

EVERYWHERE: Mapping[type[Any], Row] = {
    Greeted: _row(arrival.welcome_back),
    CommandGiven: _row(commands.command, *_UNFINISHED, *_SCREENING, State.ASKING_ZONE, State.ASKING_TIME, State.IDLE),
    RoutineStarted: _row(starting.start_routine, *_UNFINISHED, *_SCREENING),
    Snoozed: _row(reminding.snooze),
    RemindedOnce: _row(reminding.remind_once),
    DaySkipped: _row(reminding.skip_day, State.IDLE),
    LaterAsked: _row(reminding.ask_later),
    PauseAsked: _row(pausing.pause_until),
    PauseEnded: _row(pausing.end_pause),
    FollowUpChosen: _row(settings.choose_follow_up),
    RhythmChosen: _row(pausing.choose_rhythm),
    MorningTold: _row(telling.tell_morning),
    WishTold: _row(telling.tell_wish),
    ReasonTold: _row(missing.tell_reason, State.RATING_DAY, State.IDLE),
    Thanked: _row(telling.accept_thanks),
    SafetyRaised: _row(holding.refer, State.ASKING_TIME, State.IDLE),
    MinorTold: _row(screening.hold_minor, State.ASKING_TIME, State.IDLE),
    HoldReleased: _row(holding.release_hold),
    NotYetSpoken: _row(holding.not_yet_spoken),
    StaffConsentAnswered: _row(arrival.answer_staff_consent),
    StaffCodeRenewed: _row(arrival.renew_staff_code),
    PicturesChosen: _row(settings.choose_pictures),
    LanguageChosen: _row(settings.choose_language),
    HowToAsked: _row(steps.show_how_to),
    DayToldDone: _row(reminding.note_day_done, State.IDLE),
    DayCorrected: _row(hindsight.correct_day, *_AT_REST),
    PreferencesAsked: _row(progress.show_preferences),
    PreferenceChosen: _row(progress.choose_preference),
    WeeklyChosen: _row(progress.choose_weekly),
    EraseConfirmed: _row(commands.erase, State.NEW),
    EraseDeclined: _row(commands.decline_erase),
    MediaReceived: _row(commands.answer_media),
    TextUnknown: _row(commands.answer_unknown_text),
    StepAnswered: _row(commands.answer_old_button),
    Rated: _row(commands.answer_old_button),
    RatingUnreadable: _row(commands.answer_unknown_text),
    EasierChosen: _row(commands.answer_old_button),
    NextChosen: _row(commands.answer_old_button),
    ScreeningAnswered: _row(commands.answer_old_button),
    ScreeningUnreadable: _row(commands.answer_unknown_text),
    ConsentGiven: _row(commands.answer_old_button),
    ZoneNamed: _row(commands.answer_old_button),
    ZoneAmbiguous: _row(settings.ask_which_zone, State.ASKING_ZONE),
    ZoneUnreadable: _row(commands.answer_old_button),
    TimesNamed: _row(commands.answer_old_button),
    ZoneSet: _row(settings.set_zone, *_UNDER_A_SETTING, State.ASKING_TIME),
    TimesSet: _row(settings.set_times, *_UNDER_A_SETTING),
    TimeProposed: _row(settings.propose_times, State.ASKING_TIME),
    TimeUnreadable: _row(commands.answer_old_button),
    ButtonUnknown: _row(commands.answer_old_button),
}

TABLE: Mapping[State, Mapping[type[Any], Row]] = {
    State.NEW: {},
    State.ASKING_CONSENT: {
        ConsentGiven: _row(arrival.accept_consent, State.ASKING_ZONE),
    },
    State.ASKING_ZONE: {
        ZoneNamed: _row(settings.set_zone, *_UNDER_A_SETTING, State.ASKING_TIME),
        ZoneAmbiguous: _row(settings.ask_which_zone),
        ZoneUnreadable: _row(settings.ask_zone_again),
    },
    State.ASKING_TIME: {
        TimesNamed: _row(settings.set_times, *_UNDER_A_SETTING),
        TimeUnreadable: _row(settings.ask_time_again),
    },
    State.IDLE: {},
    State.SCREENING: {
        ScreeningAnswered: _row(screening.answer_questions, State.SCREENING_PAIN, State.EXERCISING, *_AT_REST),
        ScreeningUnreadable: _row(screening.ask_again),
    },
    State.SCREENING_PAIN: {
        ScreeningAnswered: _row(screening.rate_pain_now, State.SCREENING, *_AT_REST),
        ScreeningUnreadable: _row(screening.ask_again),
    },
    State.EXERCISING: {
        StepAnswered: _row(steps.answer_step, *_AFTER_STEP, State.RATING_PAIN, *_AT_REST),
        EasierChosen: _row(steps.show_easier),
    },
    State.RATING_PAIN: {
        Rated: _row(steps.rate_pain, *_AFTER_STEP, State.OFFERING_EASIER, State.OFFERING_CLINIC, *_AT_REST),
        RatingUnreadable: _row(steps.ask_pain_again),
        StepAnswered: _row(steps.answer_offer, *_AFTER_STEP, *_AT_REST),
    },
    State.OFFERING_EASIER: {
        EasierChosen: _row(steps.show_easier, State.EXERCISING),
        NextChosen: _row(steps.go_on, *_AFTER_STEP, *_AT_REST),
        StepAnswered: _row(steps.answer_offer, *_AFTER_STEP, *_AT_REST),
    },
    State.OFFERING_CLINIC: {
        NextChosen: _row(steps.go_on, *_AFTER_STEP, *_AT_REST),
        StepAnswered: _row(steps.answer_offer, *_AFTER_STEP, *_AT_REST),
    },
    State.RATING_DAY: {
        Rated: _row(missing.rate_day, State.IDLE),
        RatingUnreadable: _row(missing.ask_day_again),
        StepAnswered: _row(missing.leave_day_unrated, State.IDLE),
    },
    State.RATING_BACK: {
        Rated: _row(steps.rate_back, *_AT_REST),
        RatingUnreadable: _row(steps.ask_back_again),
        StepAnswered: _row(steps.leave_back_unrated, *_AT_REST),
    },
}


def row_for(chat: Chat, event: Event) -> Row:
    """Look up the table's row for `event` in `chat`'s state; every pair of state and event has one."""
    special = TABLE[chat.state].get(type(event))
    if special is not None:
        return special
    if chat.consented_at is None:
        return BEFORE_CONSENT.get(type(event), BEFORE_CONSENT[Greeted])
    return EVERYWHERE[type(event)]


def step(chat: Chat, event: Event, now: datetime, routine: Routine) -> Transition:
    """Decide what `event` does to `chat` at `now` (UTC); `routine` is the one a new session would follow.

    Raises IllegalTransition when a move and the table disagree.
    """
    if chat.state in SETTING_STATES and belongs_beneath(chat, event):
        chat = back_beneath(chat)
    row = row_for(chat, event)
    transition = row.move(chat, event, now, routine)
    if not isinstance(event, TimeProposed) and transition.chat.proposed is not None:
        transition = replace(transition, chat=replace(transition.chat, proposed=None))
    is_other = not isinstance(event, LaterAsked | MorningTold) and transition.chat is not chat
    if is_other and transition.chat.at_reminder:
        transition = replace(transition, chat=replace(transition.chat, at_reminder=False))
    transition = _asking_for_times(transition, now)
    if transition.chat.state is not chat.state and transition.chat.state not in row.to:
        raise IllegalTransition(f"{type(event).__name__} led from {chat.state} to {transition.chat.state}")
    return transition


def correct(chat: Chat, before: Chat, event: Event, now: datetime, routine: Routine) -> Transition:
    """Decide what the corrected wording of the last answer does to `chat`, which stood at `before` until then."""
    return mended(chat, before, step(before, event, now, routine))


def _asking_for_times(transition: Transition, now: datetime) -> Transition:
    """Ask whoever began with the exercises when to be reminded, once nothing else is open."""
    chat = transition.chat
    is_at_rest = chat.state is State.IDLE and chat.hold is None
    if not is_at_rest or chat.zone is None or chat.reminder_times is not None:
        return transition
    return Transition(at(chat, State.ASKING_TIME, now), (*transition.effects, do.AskTime()))
