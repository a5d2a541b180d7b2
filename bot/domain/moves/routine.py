"""Moves through the routine, one exercise at a time.

The cut-offs for pain ratings follow the clinical brief, section 3: 0-3 carry on gently, 4-5 the easier variant, 6-7
this exercise is over and the clinic is offered, 8-10 the session ends with the referral (tier rules R2 and U1).
"""

from dataclasses import replace
from datetime import date, datetime

from bot.domain import effects as do
from bot.domain.adherence import day_of
from bot.domain.chat import Chat, State
from bot.domain.effects import SessionStatus
from bot.domain.events import (
    DaySkipped,
    EasierChosen,
    Event,
    HowToAsked,
    NextChosen,
    Outcome,
    Rated,
    StepAnswered,
    Token,
)
from bot.domain.keys import Note, Text
from bot.domain.moves.holding import is_second_referral, refer_and_hold, refer_only
from bot.domain.moves.reminding import skip_day
from bot.domain.plan import Routine
from bot.domain.safety import Finding, Flag, Tier
from bot.domain.schedule import local_date_of
from bot.domain.transition import (
    Transition,
    at,
    is_double_tap,
    is_left_over,
    is_stale,
    present_question,
    session_of,
    stale,
    token_of,
)

GENTLE_UP_TO, EASIER_UP_TO, CLINIC_UP_TO = 3, 5, 7
FINDING_6_7 = Finding(tier=Tier.REFERRAL, flag=Flag.SEVERE_PAIN, rule_id="R2-rating", evidence=())
FINDING_8_10 = Finding(tier=Tier.URGENT, flag=Flag.SEVERE_PAIN, rule_id="U1-rating", evidence=())


def answer_step(chat: Chat, event: StepAnswered, now: datetime, _routine: Routine) -> Transition:
    """Record the answer to the exercise on screen and go on accordingly."""
    if is_stale(chat, event.token):
        return stale(chat, event.token, now)
    answer = answer_of(chat, event.outcome)
    match event.outcome:
        case Outcome.DONE | Outcome.SKIPPED:
            was_typed = event.outcome is Outcome.DONE and event.token is None
            return _next_step(chat, now, was_typed=was_typed).after(answer)
        case Outcome.PAIN:
            chat = at(chat, State.RATING_PAIN, now)
            return Transition(chat, (answer, *present_question(chat)))
        case Outcome.STOPPED:
            return stop_session(chat, now).after(answer)


def rate_pain(chat: Chat, event: Rated, now: datetime, _routine: Routine) -> Transition:
    """Let the pain rating decide: gently on, easier variant, clinic offered, or referral."""
    if is_stale(chat, event.token):
        return stale(chat, event.token, now)
    answer = answer_of(chat, Outcome.PAIN, event.rating)
    session = session_of(chat)
    if event.rating <= GENTLE_UP_TO:
        return _next_step(chat, now).after(answer, do.Say(Text.CARRY_ON_GENTLY))
    if event.rating <= EASIER_UP_TO and session.easier:
        return _next_step(chat, now).after(answer, do.Say(Text.LEAVE_IT_TODAY))
    if event.rating <= EASIER_UP_TO:
        chat = at(chat, State.OFFERING_EASIER, now)
        return Transition(chat, (answer, *present_question(chat)))
    if event.rating <= CLINIC_UP_TO:
        offer = do.OfferClinic(token_of(chat), again=is_second_referral(chat, now))
        chat = at(replace(chat, referred_at=now), State.OFFERING_CLINIC, now)
        return Transition(chat, (answer, do.RecordFinding(FINDING_6_7), offer))
    return refer_and_hold(chat, FINDING_8_10, now).after(answer)


def ask_pain_again(chat: Chat, _event: Event, _now: datetime, _routine: Routine) -> Transition:
    """Ask for a number from 0 to 10, with an example."""
    return Transition(chat, (do.AskPainRating(token_of(chat), unreadable=True),))


def show_easier(chat: Chat, event: EasierChosen, now: datetime, _routine: Routine) -> Transition:
    """Show the same exercise in its easier variant."""
    if is_stale(chat, event.token):
        return stale(chat, event.token, now)
    session = replace(session_of(chat), easier=True)
    chat = at(replace(chat, session=session), State.EXERCISING, now)
    return Transition(chat, present_question(chat))


def show_how_to(chat: Chat, event: HowToAsked, now: datetime, _routine: Routine) -> Transition:
    """Show in full how an exercise of this session is done, whichever of its questions is open."""
    session = chat.session
    if session is None:
        return stale(chat, event.token, now)
    token = event.token or Token(session.number, session.step)
    if token.session != session.number or token.step >= len(session.prescriptions):
        return stale(chat, event.token, now)
    return Transition(chat, (do.ShowHowTo(session.prescriptions[token.step].exercise_id),))


def go_on(chat: Chat, event: NextChosen, now: datetime, _routine: Routine) -> Transition:
    """Leave this exercise and show the next."""
    return stale(chat, event.token, now) if is_stale(chat, event.token) else _next_step(chat, now)


def answer_offer(chat: Chat, event: StepAnswered, now: datetime, _routine: Routine) -> Transition:
    """Take "skip" and "stop" as answers while a rating or an offer is open; anything else asks again."""
    if is_stale(chat, event.token):
        return stale(chat, event.token, now)
    match event.outcome:
        case Outcome.SKIPPED:
            return _next_step(chat, now)
        case Outcome.STOPPED:
            return stop_session(chat, now)
        case Outcome.PAIN if event.token is not None and is_double_tap(chat.entered_at, now):
            return Transition(chat, (do.Notify(Note.ALREADY_NOTED),))
        case Outcome.DONE | Outcome.PAIN:
            return Transition(chat, present_question(chat))


def rate_back(chat: Chat, event: Rated, now: datetime, _routine: Routine) -> Transition:
    """Record how the back feels after the session; a strong pain is answered as anywhere else."""
    if is_stale(chat, event.token):
        return stale(chat, event.token, now)
    session = session_of(chat)
    record = do.RecordRating(session.number, event.rating)
    rested = at(replace(chat, session=None), State.IDLE, now)
    if event.rating <= EASIER_UP_TO:
        return Transition(rested, (record, do.ThankForRating(event.rating, asks_wish=_wish_asked(chat))))
    if event.rating <= CLINIC_UP_TO:
        return refer_only(rested, FINDING_6_7, now).after(record)
    return refer_and_hold(chat, FINDING_8_10, now).after(record)


def ask_back_again(chat: Chat, _event: Event, _now: datetime, _routine: Routine) -> Transition:
    """Ask for a number from 0 to 10, with an example."""
    return Transition(chat, (do.AskBackRating(token_of(chat)),))


def leave_back_unrated(chat: Chat, event: StepAnswered, now: datetime, routine: Routine) -> Transition:
    """Take "done", "skip" or "stop" instead of a rating; on a later day "skip" answers that day's reminder."""
    if event.token is not None:
        return stale(chat, event.token, now)
    if event.outcome is Outcome.SKIPPED and is_left_over(chat, now):
        return skip_day(chat, DaySkipped(), now, routine)
    return Transition(at(replace(chat, session=None), State.IDLE, now), (do.Say(Text.SEE_YOU),))


def _next_step(chat: Chat, now: datetime, *, was_typed: bool = False) -> Transition:
    """Show the next exercise, or praise after the last; a session left over from an earlier day goes no further."""
    session = session_of(chat)
    if not session.is_last_step and is_left_over(chat, now):
        closing = do.CloseSession(session.number, SessionStatus.ABANDONED)
        chat = at(replace(chat, session=None), State.IDLE, now)
        return Transition(chat, (closing, do.Say(Text.SESSION_LEFT_OVER)))
    if not session.is_last_step:
        session = replace(session, step=session.step + 1, easier=session.gentle)
        chat = at(replace(chat, session=session), State.EXERCISING, now)
        return Transition(chat, present_question(chat))
    was_today = chat.zone is None or local_date_of(session.started_at, chat.zone) == local_date_of(now, chat.zone)
    gentle = chat.gentle and session.is_minimum
    chat = at(replace(chat, gentle=gentle, finished_at=now), State.RATING_BACK, now)
    finish = (do.CloseSession(session.number, SessionStatus.FINISHED), do.Reschedule(after_today=was_today))
    return Transition(chat, (*finish, do.PraiseSession(token_of(chat), session.is_minimum, was_typed)))


def _wish_asked(chat: Chat) -> date | None:
    """Return the day of the session where the person is asked if it was too hard or too easy: not on a bad day."""
    session = session_of(chat)
    return None if session.is_minimum or chat.zone is None else day_of(session.started_at, chat.zone)


def stop_session(chat: Chat, now: datetime) -> Transition:
    """End the running session before its last step."""
    closing = do.CloseSession(session_of(chat).number, SessionStatus.STOPPED)
    return Transition(at(replace(chat, session=None), State.IDLE, now), (closing, do.Say(Text.SESSION_STOPPED)))


def answer_of(chat: Chat, outcome: Outcome, rating: int | None = None) -> do.RecordAnswer:
    """Return the record of an answer to the present step, with the dose that was shown."""
    session = session_of(chat)
    shown = session.as_shown
    return do.RecordAnswer(
        session=session.number,
        step=session.step,
        easier=session.easier,
        exercise_id=shown.exercise_id,
        dose=shown.dose,
        outcome=outcome,
        rating=rating,
    )
