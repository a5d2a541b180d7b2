"""Routines: today's for one person, from what is on record about them.

It costs three look-ups and a walk over the person's days, so it is done only for an update that may begin a session;
all others get the routine of somebody who begins, and never show it.

A session keeps its prescriptions, so that an edit of the content does not change it half-way; but an exercise that the
authors have removed since cannot be shown any more. Its session ends with the next update, whatever that is.
"""

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain import effects as do
from bot.domain.adherence import day_of
from bot.domain.chat import SESSION_STATES, Chat, State
from bot.domain.effects import Effect, SessionStatus
from bot.domain.events import Event, SafetyRaised
from bot.domain.history import PastFinding, history_of
from bot.domain.keys import Text
from bot.domain.levels import Day, Standing, standing_on
from bot.domain.moves.starting import may_begin_session
from bot.domain.plan import Programme, Routine, routine_on
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Transaction


def of_today(tx: Transaction, chat: Chat, event: Event, *, now: datetime, knowledge: Knowledge) -> Routine:
    """Return what a session that `event` begins would follow."""
    if chat.zone is None or not may_begin_session(chat, event):
        return knowledge.routine
    today, programme = day_of(now, chat.zone), knowledge.programme_of(chat)
    return routine_on(programme, standing(history(tx, chat), today, programme), today)


def history(tx: Transaction, chat: Chat) -> tuple[Day, ...]:
    """Return what is on record about a person's days."""
    zone = chat.zone or "UTC"
    return history_of(
        tx.past_sessions(chat.chat_id),
        [PastFinding(day_of(found_at, zone), tier) for found_at, tier in tx.past_findings(chat.chat_id)],
        tx.told_days(chat.chat_id),
    )


def standing(days: Sequence[Day], on: date, programme: Programme) -> Standing:
    """Return where somebody with these days stands in the programme on a date."""
    return standing_on(on, days, start=programme.start, top=programme.top)


def without_lost_exercises(chat: Chat, known: Container[str]) -> Chat:
    """Return the chat without its session where an exercise that is open or to come is none of those `known`."""
    session = chat.session
    if session is None or session.phase is State.RATING_BACK:
        return chat
    if all(prescription.exercise_id in known for prescription in session.prescriptions[session.step :]):
        return chat
    chat = replace(chat, session=None)
    return replace(chat, state=chat.resting_state) if chat.state in SESSION_STATES else chat


def lost_exercises(chat: Chat, event: Event) -> tuple[Effect, ...]:
    """Return what closes the session that `chat` has lost, and says so, unless safety has something to say."""
    if chat.session is None:
        return ()
    closing = do.CloseSession(chat.session.number, SessionStatus.ABANDONED)
    return (closing,) if isinstance(event, SafetyRaised) else (closing, do.Say(Text.SESSION_CHANGED))
