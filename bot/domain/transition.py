"""What every move shares: the transition it returns, and how a chat is moved, asked again or told "not any more".

A session's buttons carry a `Token`. `is_stale` compares it with the question that is open now, so that a late or double
press never changes anything.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import effects as do
from bot.domain.chat import SESSION_STATES, Chat, Session, State
from bot.domain.effects import Effect, Note
from bot.domain.events import Event, Token

DOUBLE_TAP_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Transition:
    """The chat as it now is, and what the shell must do, in order."""

    chat: Chat
    effects: tuple[Effect, ...] = ()

    def after(self, *effects: Effect) -> "Transition":
        """Return this transition with `effects` put before its own."""
        return Transition(self.chat, (*effects, *self.effects))


def present_question(chat: Chat) -> tuple[Effect, ...]:  # noqa: PLR0911 - one line per state
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


def belongs_to_session(chat: Chat, event: Event) -> bool:
    """Whether `event` is a button of the step that the running session stands at."""
    token = getattr(event, "token", None)
    return token is not None and not is_stale(chat, token)


def back_to_session(chat: Chat) -> Chat:
    """Drop the open question about settings and stand in the session again."""
    return replace(chat, state=session_of(chat).phase)


def short_question(chat: Chat) -> tuple[Effect, ...]:
    """Return the open question, but not a whole exercise: its message with its buttons still stands above."""
    return () if chat.state is State.EXERCISING else present_question(chat)


def stale(chat: Chat, token: Token | None, now: datetime) -> Transition:
    """Change nothing. A second tap within seconds gets a note only; anything older also gets the present question."""
    of_this_session = token is not None and chat.session is not None and token.session == chat.session.number
    just_answered = chat.entered_at is not None and now - chat.entered_at < timedelta(seconds=DOUBLE_TAP_SECONDS)
    if of_this_session and just_answered:
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


def at(chat: Chat, state: State, now: datetime) -> Chat:
    """Stand in `state`; a session state is also kept as the session's phase."""
    session = chat.session
    if session is not None and state in SESSION_STATES:
        session = replace(session, phase=state)
    return replace(chat, state=state, session=session, entered_at=now)
