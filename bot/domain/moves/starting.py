"""Moves that start a routine: what stands before it, the questions of the screening, and the first exercise.

Full screening: before the first session, after 14 days without a finished one, and after an urgent hold was ended. The
weekly questions: when the last check is seven days old. Source: clinical brief, section 5.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain import effects as do
from bot.domain.chat import Chat, Screening, Session, State
from bot.domain.effects import Effect, Note, SessionStatus, Text
from bot.domain.events import Event, RoutineStarted
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


def start_routine(chat: Chat, event: Event, now: datetime, routine: Routine) -> Transition:
    """Start today's routine, or show the question or step of the one that is running.

    Held: say why not. Not set up: ask what is missing. Due for screening: ask that first. A session left over from an
    earlier local day is abandoned. A second tap on "Start" shows nothing twice.
    """
    if chat.hold is not None:
        return Transition(chat, (do.ShowHold(),))
    if chat.zone is None or chat.reminder_time is None:
        return Transition(chat, present_question(chat))
    closing: tuple[Effect, ...] = ()
    running, screening = chat.session, chat.screening
    if screening is not None and not has_gone_cold(screening, now):
        if isinstance(event, RoutineStarted) and screening.page == 0 and is_double_tap(screening.started_at, now):
            return Transition(chat, (do.Notify(Note.ALREADY_NOTED),))
        chat = at(chat, screening.phase, now)
        return Transition(chat, present_question(chat))
    if running is not None and running.phase is not State.RATING_BACK:
        if isinstance(event, RoutineStarted) and running.step == 0 and is_double_tap(running.started_at, now):
            return Transition(chat, (do.Notify(Note.ALREADY_NOTED),))
        if not is_left_over(chat, now):
            chat = at(chat, running.phase, now)
            return Transition(chat, present_question(chat))
        closing = (do.CloseSession(running.number, SessionStatus.ABANDONED),)
    pages, weekly = due_pages(chat, now, routine)
    if pages:
        return begin_screening(chat, now, pages, weekly=weekly).after(*closing)
    return begin_session(chat, now, routine).after(*closing)


def due_pages(chat: Chat, now: datetime, routine: Routine) -> tuple[tuple[Page, ...], bool]:
    """Return the pages to ask before a session at `now`, none if nothing is due, and whether it is the weekly check."""
    questionnaire = routine.screening
    if chat.screened_at is None or now - max(chat.screened_at, chat.finished_at or chat.screened_at) >= FULL_AFTER:
        return questionnaire.asked(weekly=False), False
    if now - max(chat.screened_at, chat.checked_at or chat.screened_at) >= WEEKLY_AFTER:
        return questionnaire.asked(weekly=True), True
    return (), False


def begin_screening(chat: Chat, now: datetime, pages: tuple[Page, ...], *, weekly: bool) -> Transition:
    """Ask the first page."""
    chat = replace(chat, session=None, screening=Screening(started_at=now, is_weekly=weekly))
    return show_page(chat, now, pages)


def show_page(chat: Chat, now: datetime, pages: tuple[Page, ...]) -> Transition:
    """Ask the page that the screening stands at."""
    if chat.screening is None:
        raise AssertionError("no screening is under way")
    chat = at(chat, State.SCREENING_PAIN if pages[chat.screening.page].asks_rating else State.SCREENING, now)
    return Transition(chat, present_question(chat))


def begin_session(chat: Chat, now: datetime, routine: Routine) -> Transition:
    """Show the first exercise; before the very first one, how to get down to the floor."""
    session = Session(
        number=chat.sessions_started + 1,
        started_at=now,
        prescriptions=routine.prescriptions,
        easier=chat.gentle,
        gentle=chat.gentle,
    )
    first_time = (do.Say(Text.GETTING_DOWN),) if chat.sessions_started == 0 else ()
    chat = replace(chat, session=session, screening=None, sessions_started=session.number)
    return Transition(at(chat, State.EXERCISING, now), (do.OpenSession(session), *first_time, do.ShowStep(session)))
