"""Corrections: an edit of the last typed answer takes its place, as long as nothing was answered after it.

The chat keeps the number of the message that answered last, and where it stood before. Edited, that message is read
once more as it would have been read then, and the conversation goes where it would have gone: to the clinic's offer,
where a 3 becomes a 7. Rules:

- What has been answered, asked for or pressed since closes the answer: an edit of an older message changes nothing.
- An edit adds to safety and never takes from it. What was referred stays so, a hold above all; a graver answer refers.
- An edit that leads to where the conversation stands anyway mends the record, and sends no exercise a second time.

Triage reads an edit before any of this, like every text. The number is kept in place of the words, which are not.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

from bot.domain import effects as do
from bot.domain.chat import Chat, LastAnswer, State
from bot.domain.effects import Effect, SessionStatus
from bot.domain.events import (
    EasierChosen,
    Event,
    NextChosen,
    Rated,
    RatingUnreadable,
    SafetyRaised,
    ScreeningAnswered,
    ScreeningUnreadable,
    StepAnswered,
    TextUnknown,
    TimeProposed,
    TimesNamed,
    TimeUnreadable,
    ZoneAmbiguous,
    ZoneNamed,
    ZoneUnreadable,
)
from bot.domain.keys import Text
from bot.domain.transition import Transition

Answer = (
    StepAnswered
    | Rated
    | EasierChosen
    | NextChosen
    | ScreeningAnswered
    | ZoneNamed
    | ZoneAmbiguous
    | TimesNamed
    | TimeProposed
)
"""What an edit may say."""

_Mendable = Answer | RatingUnreadable | ScreeningUnreadable | ZoneUnreadable | TimeUnreadable | TextUnknown


def reopened(chat: Chat, message_id: int | None) -> Chat | None:
    """Return the chat as it was before the answer in this message; None where that cannot be taken back any more."""
    last = chat.last_answer
    if last is None or last.message_id != message_id or chat.hold is not None:
        return None
    has_begun = last.session is None and chat.session is not None
    return replace(
        chat,
        state=last.state,
        session=last.session,
        sessions_started=chat.sessions_started - has_begun,
        screening=last.screening,
        proposed=last.proposed,
        zone=last.zone or chat.zone,
        gentle=last.gentle,
        referred_at=last.referred_at,
        screened_at=last.screened_at,
        checked_at=last.checked_at,
        finished_at=last.finished_at,
        last_answer=None,
    )


def remembered(before: Chat, event: Event, transition: Transition, message_id: int | None) -> Chat:
    """Return the chat after `transition`, with the answer that an edit may still correct.

    `before` is what `event` met, `message_id` the typed message that it was read from, None for anything else.
    """
    after = transition.chat
    records = [effect for effect in transition.effects if isinstance(effect, get_args(do.Record))]
    if after.consented_at is None or isinstance(event, SafetyRaised):
        return replace(after, last_answer=None)
    is_no_answer = isinstance(event, TextUnknown) and (event.is_edit or event.is_command)
    if message_id is not None and isinstance(event, _Mendable) and not is_no_answer and before.consented_at is not None:
        is_referred = any(isinstance(record, do.RecordFinding) for record in records)
        return replace(after, last_answer=_last_answer(before, message_id, is_referred=is_referred))
    is_as_before = not records and _place(before) == _place(after)
    return replace(after, last_answer=before.last_answer if is_as_before else None)


def mended(chat: Chat, before: Chat, transition: Transition) -> Transition:
    """Put a corrected answer in the place of the first one.

    `before` is the chat without that, `transition` what the corrected answer makes of it.
    """
    is_referred = chat.last_answer is not None and chat.last_answer.is_referred
    if is_referred and not any(isinstance(effect, do.RecordFinding) for effect in transition.effects):
        return Transition(chat, (do.Say(Text.EDIT_KEPT),))
    after = replace(transition.chat, sessions_started=max(chat.sessions_started, transition.chat.sessions_started))
    if _place(after) == _place(chat):
        again = (do.OpenSession, do.RecordFinding) if is_referred else do.OpenSession
        records = [
            effect
            for effect in transition.effects
            if isinstance(effect, get_args(do.Record)) and not isinstance(effect, again)
        ]
        after = replace(after, session=chat.session, entered_at=chat.entered_at)
        return Transition(after, (*records, do.Say(Text.EDIT_TAKEN)))
    return replace(transition, chat=after).after(*_repairs(chat, before, transition))


def _repairs(chat: Chat, before: Chat, transition: Transition) -> tuple[Effect, ...]:
    """Return what takes back the end, or the beginning, of a session that the first answer led to."""
    was, now = before.session, chat.session
    if was is not None and was.phase is not State.RATING_BACK and (now is None or now.phase is State.RATING_BACK):
        return (do.ReopenSession(was.number),)
    is_begun_again = any(isinstance(effect, do.OpenSession) for effect in transition.effects)
    if was is None and now is not None and not is_begun_again:
        return (do.CloseSession(now.number, SessionStatus.STOPPED),)
    return ()


def _last_answer(before: Chat, message_id: int, *, is_referred: bool) -> LastAnswer:
    return LastAnswer(
        message_id=message_id,
        state=before.state,
        session=before.session,
        screening=before.screening,
        proposed=before.proposed,
        zone=before.zone,
        gentle=before.gentle,
        referred_at=before.referred_at,
        screened_at=before.screened_at,
        checked_at=before.checked_at,
        finished_at=before.finished_at,
        is_referred=is_referred,
    )


def _place(chat: Chat) -> Chat:
    """Return the chat without when it came to where it stands."""
    session = None if chat.session is None else replace(chat.session, started_at=datetime.min.replace(tzinfo=UTC))
    plain = replace(chat, session=session, entered_at=None, referred_at=None, screened_at=None, checked_at=None)
    return replace(plain, finished_at=None, gentle=False, last_answer=None)
