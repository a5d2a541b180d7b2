"""Rules that every transition keeps, written without knowing how any move works.

`test_conversation` checks each of its steps against them.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

from bot.domain import effects as do
from bot.domain.chat import INJURIES, SCREENING_STATES, SESSION_STATES, SETTING_STATES, Chat, State
from bot.domain.effects import SessionStatus
from bot.domain.events import (
    Command,
    CommandGiven,
    DayCorrected,
    DaySkipped,
    DayToldDone,
    Event,
    NextChosen,
    Outcome,
    Rated,
    RoutineStarted,
    SafetyRaised,
    ScreeningAnswered,
    StepAnswered,
)
from bot.domain.moves.starting import may_begin_session
from bot.domain.safety import Finding, Tier
from bot.domain.schedule import local_date_of
from bot.domain.transition import Transition, token_of

SEVERE = 8  # a rating from which on the answer is the referral


def check_legal(chat: Chat) -> None:
    """See that state, session and phase agree, whatever happened."""
    session = chat.session
    if chat.state in SESSION_STATES:
        assert session is not None
        assert session.phase is chat.state
    screening = chat.screening
    if chat.state in SCREENING_STATES:
        assert screening is not None
    if screening is not None:
        assert chat.state in {screening.phase, *SETTING_STATES}
        assert screening.phase in SCREENING_STATES
        assert session is None
        assert chat.hold is None
        assert chat.is_set_up
    if session is not None:
        assert chat.state in {session.phase, *SETTING_STATES}
        assert session.phase in SESSION_STATES
        assert 0 <= session.step < len(session.prescriptions)
        assert session.number == chat.sessions_started
        assert chat.is_set_up
    assert chat.hold is None or session is None
    assert chat.state is not State.IDLE or chat.is_set_up
    assert chat.state is not State.ASKING_TIME or chat.zone is not None
    assert (chat.consented_at is None) == (chat.state in {State.NEW, State.ASKING_CONSENT})


def check_consent(before: Chat, transition: Transition) -> None:
    """See that before consent nothing is kept but the language, and nothing recorded but that everything is erased."""
    if before.consented_at is not None:
        return
    kept = replace(
        transition.chat, state=before.state, entered_at=before.entered_at, consented_at=None, language=before.language
    )
    assert kept == before
    assert not [effect for effect in records(transition) if not isinstance(effect, do.Erase)]


def is_grave(finding: Finding) -> bool:
    """Tell whether a finding holds the programme."""
    return finding.tier >= Tier.URGENT or finding.flag in INJURIES


def check_safety(before: Chat, event: Event, transition: Transition) -> None:
    """See that a finding is referred before any other message, and that while held no exercise is shown."""
    spoken = [effect for effect in transition.effects if not isinstance(effect, get_args(do.Record))]
    if isinstance(event, SafetyRaised):
        assert isinstance(spoken[0], do.Refer)
        assert spoken[0].finding == event.finding
        assert transition.chat.session is None
        is_held = before.hold is not None or (is_grave(event.finding) and before.consented_at is not None)
        assert (transition.chat.hold is not None) is is_held
    if (
        isinstance(event, Rated)
        and event.rating >= SEVERE
        and any(isinstance(one, do.RecordAnswer) for one in records(transition))
    ):
        assert isinstance(spoken[0], do.Refer)
    if transition.chat.hold is not None:
        assert not [effect for effect in spoken if isinstance(effect, do.ShowStep)]


def check_schedule(before: Chat, transition: Transition) -> None:
    """See that whatever changes when somebody is to be reminded works out the next reminder anew."""
    after = transition.chat
    old = (before.paused_until, before.wants_reminders, before.zone, before.reminder_times)
    new = (after.paused_until, after.wants_reminders, after.zone, after.reminder_times)
    if old != new and (before.is_set_up or after.is_set_up):
        assert [one for one in records(transition) if isinstance(one, do.Reschedule | do.Erase)]


def check_stale(before: Chat, event: Event, transition: Transition) -> None:
    """See that a button of any other question changes nothing and records nothing; a time that was shown is dropped."""
    token = getattr(event, "token", None)
    is_of_open_question = before.session is not None and token == token_of(before)
    if before.screening is not None and token == before.screening.token:
        return
    if token is not None and before.consented_at is not None and not is_of_open_question:
        assert transition.chat == replace(before, proposed=None)
        assert not records(transition)


def check_plan(before: Chat, event: Event, transition: Transition) -> None:
    """See that a session opens only where today's routine was looked up, and that the clinic is named once a week."""
    effects = transition.effects
    opened = [one.session for one in effects if isinstance(one, do.OpenSession)]
    assert not opened or may_begin_session(before, event)
    assert all(session.is_minimum is (len(session.prescriptions) == 1) for session in opened)
    old, new = before.plan_referred_at, transition.chat.plan_referred_at
    referred = [one for one in effects if isinstance(one, do.ReferByPlan)]
    assert len(referred) == (new is not None and new != old)
    assert not referred or old is None or (new is not None and new - old >= timedelta(days=7))


def check_screening(before: Chat, event: Event, transition: Transition) -> None:
    """See that no session opens unscreened, that pages go forward one at a time, and that a yes ends the screening."""
    after = transition.chat
    opened = [one for one in records(transition) if isinstance(one, do.OpenSession)]
    assert not opened or after.screened_at is not None
    if isinstance(event, ScreeningAnswered) and [
        one for one in records(transition) if isinstance(one, do.RecordFinding)
    ]:
        assert before.screening is not None
        assert (after.screening is None) is (after.hold is not None)
    old, new = before.screening, after.screening
    if old is not None and new is not None and old.started_at == new.started_at:
        assert new.page - old.page in {0, 1}


def may_close(  # noqa: PLR0911 - one line per reason
    before: Chat, event: Event, status: SessionStatus, now: datetime
) -> bool:
    """Tell whether this event may end the running session in this way."""
    assert before.session is not None
    match status, event:
        case SessionStatus.FINISHED, StepAnswered() | Rated() | NextChosen():
            return before.session.is_last_step
        case SessionStatus.STOPPED, RoutineStarted(minimum=True):
            return not before.session.is_minimum
        case SessionStatus.STOPPED, StepAnswered(
            outcome=Outcome.STOPPED
        ) | SafetyRaised() | DaySkipped() | DayToldDone():
            return True
        case SessionStatus.STOPPED, CommandGiven(command=Command.STOP | Command.SKIP):
            return True
        case SessionStatus.STOPPED, Rated(rating=rating):
            return rating >= SEVERE
        case SessionStatus.STOPPED, DayCorrected(ratings=ratings):
            return max(ratings.told, default=0) >= SEVERE
        case SessionStatus.ABANDONED, StepAnswered() | Rated() | NextChosen():
            return began_on_another_day(before, now) and not before.session.is_last_step
        case SessionStatus.ABANDONED, RoutineStarted() | CommandGiven(command=Command.ROUTINE):
            return began_on_another_day(before, now)
        case _:
            return False


def began_on_another_day(chat: Chat, now: datetime) -> bool:
    """Tell whether the running session began before the present local day."""
    assert chat.session is not None
    assert chat.zone is not None
    return local_date_of(chat.session.started_at, chat.zone) != local_date_of(now, chat.zone)


def records(transition: Transition) -> list[do.Effect]:
    """Return the effects that write rows."""
    return [effect for effect in transition.effects if isinstance(effect, get_args(do.Record))]
