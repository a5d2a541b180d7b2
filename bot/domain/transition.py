"""What every move shares: the transition it returns, and how a chat is moved, asked again or told "not any more".

A session's buttons carry a `Token`. `is_stale` compares it with the question that is open now, so that a late or double
press never changes anything.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import effects as do
from bot.domain.chat import SCREENING_STATES, SESSION_STATES, Chat, Screening, Session, State
from bot.domain.effects import Effect
from bot.domain.events import (
    DaySkipped,
    DayToldDone,
    Event,
    HowToAsked,
    RemindedOnce,
    ScreeningAnswered,
    Snoozed,
    StepAnswered,
    Token,
)
from bot.domain.keys import Note
from bot.domain.schedule import local_date_of

DOUBLE_TAP_SECONDS = 10
LEFT_OVER_HOURS = 3  # so that a session across midnight goes on
DAY_TOKEN = Token(session=0, step=0)  # of the rating of a day, which belongs to no session


@dataclass(frozen=True, slots=True)
class Transition:
    """The chat as it now is, and what the shell must do, in order."""

    chat: Chat
    effects: tuple[Effect, ...] = ()

    def after(self, *effects: Effect) -> "Transition":
        """Return this transition with `effects` put before its own."""
        return Transition(self.chat, (*effects, *self.effects))

    def then(self, *effects: Effect) -> "Transition":
        """Return this transition with `effects` put after its own."""
        return Transition(self.chat, (*self.effects, *effects))


def present_question(chat: Chat) -> tuple[Effect, ...]:  # noqa: C901, PLR0911 - one line per state
    """Return the message that puts the chat's open question (again); nothing when it waits for nothing."""
    match chat.state:
        case State.NEW | State.ASKING_CONSENT:
            return (do.Greet(""),)
        case State.ASKING_ZONE:
            return (do.AskZone(),)
        case State.ASKING_TIME:
            return (do.AskTime(),)
        case State.IDLE:
            return ()
        case State.SCREENING | State.SCREENING_PAIN:
            return (do.AskScreening(screening_of(chat)),)
        case State.EXERCISING:
            return (do.ShowStep(session_of(chat)),)
        case State.RATING_PAIN:
            return (do.AskPainRating(token_of(chat)),)
        case State.OFFERING_EASIER:
            return (do.OfferEasier(token_of(chat)),)
        case State.OFFERING_CLINIC:
            return (do.OfferClinic(token_of(chat)),)
        case State.RATING_BACK:
            return (do.AskBackRating(token_of(chat)),)
        case State.RATING_DAY:
            return (do.AskDayRating(),)


def belongs_beneath(chat: Chat, event: Event) -> bool:
    """Whether `event` answers what a question about settings lies over.

    That is the session's step, by its button or in plain words, the screening's page, by its button, or a reminder that
    came later, in words.
    """
    if isinstance(event, Snoozed | RemindedOnce | DaySkipped | DayToldDone):
        return chat.is_set_up and getattr(event, "local_date", None) is None
    if isinstance(event, ScreeningAnswered):
        return chat.screening is not None and event.token == chat.screening.token
    if chat.session is None or isinstance(event, HowToAsked):
        return False
    token = getattr(event, "token", None)
    return isinstance(event, StepAnswered) if token is None else not is_stale(chat, token)


def back_beneath(chat: Chat) -> Chat:
    """Drop the open question about settings and stand in the session or screening again."""
    return replace(chat, state=chat.resting_state)


def short_question(chat: Chat) -> tuple[Effect, ...]:
    """Return the open question, but not a whole exercise: its message with its buttons still stands above."""
    return () if chat.state is State.EXERCISING else present_question(chat)


def is_left_over(chat: Chat, now: datetime) -> bool:
    """Whether the chat's session is one that the person began on an earlier local day and walked away from."""
    session, zone = chat.session, chat.zone
    if session is None or zone is None or now - session.started_at < timedelta(hours=LEFT_OVER_HOURS):
        return False
    return local_date_of(session.started_at, zone) != local_date_of(now, zone)


def has_gone_cold(screening: Screening, now: datetime) -> bool:
    """Whether a screening began so long ago that its answers no longer say how the person is."""
    return now - screening.started_at >= timedelta(hours=LEFT_OVER_HOURS)


def without_cold_question(chat: Chat, now: datetime) -> Chat:
    """Return the chat without a question about today's pain that was left open for hours: a 7 may be a time again."""
    is_cold = chat.entered_at is None or now - chat.entered_at >= timedelta(hours=LEFT_OVER_HOURS)
    return replace(chat, state=State.IDLE) if chat.state is State.RATING_DAY and is_cold else chat


def is_double_tap(since: datetime | None, now: datetime) -> bool:
    """Whether a press comes so soon after what it answers happened that it is the same press again."""
    return since is not None and now - since < timedelta(seconds=DOUBLE_TAP_SECONDS)


def stale(chat: Chat, token: Token | None, now: datetime) -> Transition:
    """Change nothing. A second tap within seconds gets a note only; anything older also gets the present question."""
    of_another_session = token is not None and (chat.session is None or token.session != chat.session.number)
    if is_double_tap(chat.entered_at, now) and not of_another_session:
        return Transition(chat, (do.Notify(Note.ALREADY_NOTED),))
    return Transition(chat, (do.Notify(Note.OLD_BUTTON), *present_question(chat)))


def is_stale(chat: Chat, token: Token | None) -> bool:
    """Whether a button's token is not the open question's; a typed answer (no token) is never stale."""
    return token is not None and (chat.session is None or token != token_of(chat))


def token_of(chat: Chat) -> Token:
    """Return the token of the session's open question; the closing one stands one step past the last exercise."""
    session = session_of(chat)
    if session.phase is State.RATING_BACK:
        return Token(session=session.number, step=len(session.prescriptions), easier=False)
    return Token(session=session.number, step=session.step, easier=session.easier)


def session_of(chat: Chat) -> Session:
    """Return the running session; the table guarantees one in every session state."""
    if chat.session is None:
        raise AssertionError(f"a chat in {chat.state} has no session")
    return chat.session


def screening_of(chat: Chat) -> Screening:
    """Return the screening under way; the table guarantees one in its two states."""
    if chat.screening is None:
        raise AssertionError(f"a chat in {chat.state} has no screening")
    return chat.screening


def at(chat: Chat, state: State, now: datetime) -> Chat:
    """Stand in `state`; one of a session or a screening is also kept as its phase."""
    session, screening = chat.session, chat.screening
    if session is not None and state in SESSION_STATES:
        session = replace(session, phase=state)
    if screening is not None and state in SCREENING_STATES:
        screening = replace(screening, phase=state)
    return replace(chat, state=state, session=session, screening=screening, entered_at=now)
