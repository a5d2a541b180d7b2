"""Moves that start a routine: what stands before it, the questions of the screening, and the first exercise.

Full screening: before the first session, after 14 days without a finished one, and after an urgent hold was ended. The
weekly questions: when the last check is seven days old. Source: clinical brief, section 5.

Why today is as it is stands above the first exercise; where the plan sends somebody to the clinic (section 6), that is
said once a week. On a bad day the minimum takes the routine's place, also that of one that is running.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import effects as do
from bot.domain.chat import Chat, Screening, Session, State
from bot.domain.effects import Effect, SessionStatus
from bot.domain.events import Command, CommandGiven, Event, RoutineStarted, ScreeningAnswered
from bot.domain.keys import Note, Text
from bot.domain.plan import Routine
from bot.domain.screening import FULL_AFTER, WEEKLY_AFTER, Page
from bot.domain.transition import (
    Transition,
    at,
    has_gone_cold,
    is_double_tap,
    is_left_over,
    present_question,
)

PLAN_REFERRAL_EVERY = timedelta(days=7)


def may_begin_session(chat: Chat, event: Event) -> bool:
    """Whether `event` may begin a session, so that today's routine has to be known."""
    if chat.consented_at is None or chat.zone is None or chat.hold is not None:
        return False
    starts = isinstance(event, RoutineStarted) or event == CommandGiven(Command.ROUTINE)
    return starts or (isinstance(event, ScreeningAnswered) and chat.screening is not None)


def start_routine(chat: Chat, event: Event, now: datetime, routine: Routine) -> Transition:
    """Start today's routine, or show the question or step of the one that is running.

    Held: say why not. No zone yet: ask for it; the reminder times may be chosen afterwards. Due for screening: ask that
    first. A session left over from an earlier local day is abandoned, one that turns out too much on a bad day is
    stopped for the minimum. A second tap on "Start" shows nothing twice.
    """
    if chat.hold is not None:
        return Transition(chat, (do.ShowHold(),))
    if chat.zone is None:
        return Transition(chat, present_question(chat))
    closing: tuple[Effect, ...] = ()
    is_start = isinstance(event, RoutineStarted)
    minimum = isinstance(event, RoutineStarted) and event.minimum
    running, screening = chat.session, chat.screening
    if screening is not None and not has_gone_cold(screening, now):
        is_again = is_start and screening.page == 0 and screening.for_minimum is minimum
        if is_again and is_double_tap(screening.started_at, now):
            return Transition(chat, (do.Notify(Note.ALREADY_NOTED),))
        if is_start:
            chat = replace(chat, screening=replace(screening, for_minimum=minimum))
        chat = at(chat, screening.phase, now)
        return Transition(chat, present_question(chat))
    if running is not None and running.phase is not State.RATING_BACK:
        is_same = running.is_minimum or not minimum
        is_again = is_start and running.step == 0 and running.is_minimum is minimum
        if is_again and is_double_tap(running.started_at, now):
            return Transition(chat, (do.Notify(Note.ALREADY_NOTED),))
        is_over = is_left_over(chat, now)
        if is_same and not is_over:
            chat = at(chat, running.phase, now)
            return Transition(chat, present_question(chat))
        closing = (do.CloseSession(running.number, SessionStatus.ABANDONED if is_over else SessionStatus.STOPPED),)
    pages, weekly = due_pages(chat, now, routine)
    if pages:
        screening = Screening(started_at=now, is_weekly=weekly, for_minimum=minimum)
        return begin_screening(chat, now, pages, screening).after(*closing)
    return begin_session(chat, now, routine, minimum=minimum).after(*closing)


def due_pages(chat: Chat, now: datetime, routine: Routine) -> tuple[tuple[Page, ...], bool]:
    """Return the pages to ask before a session at `now`, none if nothing is due, and whether it is the weekly check."""
    questionnaire = routine.screening
    if chat.screened_at is None or now - max(chat.screened_at, chat.finished_at or chat.screened_at) >= FULL_AFTER:
        return questionnaire.asked(weekly=False), False
    if now - max(chat.screened_at, chat.checked_at or chat.screened_at) >= WEEKLY_AFTER:
        return questionnaire.asked(weekly=True), True
    return (), False


def begin_screening(chat: Chat, now: datetime, pages: tuple[Page, ...], screening: Screening) -> Transition:
    """Ask the first page."""
    return show_page(replace(chat, session=None, screening=screening), now, pages).after(do.DropExtras())


def show_page(chat: Chat, now: datetime, pages: tuple[Page, ...]) -> Transition:
    """Ask the page that the screening stands at."""
    if chat.screening is None:
        raise AssertionError("no screening is under way")
    chat = at(chat, State.SCREENING_PAIN if pages[chat.screening.page].asks_rating else State.SCREENING, now)
    return Transition(chat, present_question(chat))


def begin_session(chat: Chat, now: datetime, routine: Routine, *, minimum: bool) -> Transition:
    """Say why today is as it is, and show the first exercise; before the very first, how to get down to the floor."""
    only = routine.minimum if minimum else None
    session = Session(
        number=chat.sessions_started + 1,
        started_at=now,
        prescriptions=routine.prescriptions if only is None else (only,),
        easier=chat.gentle,
        gentle=chat.gentle,
        is_minimum=only is not None,
    )
    first_time = (do.Say(Text.GETTING_DOWN),) if chat.sessions_started == 0 else ()
    chat = replace(chat, session=session, screening=None, sessions_started=session.number)
    chat, plan = _plan_told(at(chat, State.EXERCISING, now), now, routine)
    return Transition(
        chat, (do.OpenSession(session, routine.level), do.DropExtras(), *plan, *first_time, do.ShowStep(session))
    )


def _plan_told(chat: Chat, now: datetime, routine: Routine) -> tuple[Chat, tuple[Effect, ...]]:
    """Return what is said of the plan before a session; being sent to the clinic at most once a week."""
    minimum: tuple[Effect, ...] = (do.TellMinimum(),) if chat.session is not None and chat.session.is_minimum else ()
    standing = routine.standing
    if standing is None:
        return chat, minimum
    told_at = chat.plan_referred_at
    if standing.referral is not None and (told_at is None or now - told_at >= PLAN_REFERRAL_EVERY):
        return replace(chat, plan_referred_at=now), (do.ReferByPlan(standing.referral), *minimum)
    return chat, minimum or (do.TellPlan(routine.level, standing),)
