"""An update read into an event, safety first: what the conversation is asked to decide about.

What words mean is the domain's to say; here is looked up what it needs to know: whether the reminder was the last thing
that was said, what an edited answer met, whether a language or an invitation is one of ours.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain import buttons, correction
from bot.domain.chat import Chat, State
from bot.domain.events import (
    ButtonUnknown,
    DayCorrected,
    Event,
    LanguageChosen,
    Media,
    MediaReceived,
    SafetyRaised,
    ZoneNamed,
    ZoneUnreadable,
)
from bot.domain.interpretation import Reader, answers_rating, is_unread, read_edit, read_text
from bot.domain.journal import days_kept
from bot.domain.reminded import Reminded, reminded_at
from bot.domain.safety import Tier
from bot.usecases import invitations, routines, safety
from bot.usecases.incoming import FromApp, Incoming, Pressed, Said, SharedLocation, Wordless
from bot.usecases.knowledge import Knowledge, Language
from bot.usecases.ports import Transaction


def before_last_answer(chat: Chat, incoming: Incoming, language: Language) -> Chat | None:
    """Return the chat as it was before the answer that is edited now; None where nothing is, or it is too late."""
    match incoming.content:
        case Said(edited=True, message_id=message_id):
            before = correction.reopened(chat, message_id)
        case _:
            return None
    is_whole = before is not None and routines.without_lost_exercises(before, language.texts.exercises) is before
    return before if is_whole else None


def event_of(  # noqa: PLR0911 - one return per kind
    tx: Transaction,
    chat: Chat,
    before: Chat | None,
    incoming: Incoming,
    *,
    changed_at: datetime | None,
    language: Language,
    now: datetime,
    knowledge: Knowledge,
) -> Event | None:
    """Read an update into an event; `before` is what the edited answer met."""
    match incoming.content:
        case Said(text=text, edited=edited):
            finding = safety.find(tx, incoming, text, own_language=chat.language, now=now, knowledge=knowledge)
            if finding.tier is not Tier.NONE and not answers_rating(before or chat, text, finding, language.words):
                return SafetyRaised(finding)
            reader = Reader(
                language.words,
                knowledge.language_requests,
                knowledge.find_place,
                lambda place: knowledge.zones_keeping(place, now, incoming.language_code),
            )
            if edited:
                return read_edit(before, text, first_name=incoming.first_name, reader=reader)
            reminded = _reminded(tx, chat, changed_at, now)
            event = read_text(chat, text, first_name=incoming.first_name, reader=reader, reminded=reminded)
            answer = None
            if chat.state is not State.IDLE and is_unread(event):
                answer = _answer_to_reminder(tx, chat, text, changed_at=changed_at, reader=reader, now=now)
            return answer or invitations.opened(tx, chat, event, text, now=now, knowledge=knowledge)
        case Pressed(data=data):
            return _of_our_languages(buttons.decode(data), knowledge)
        case SharedLocation(latitude=latitude, longitude=longitude) if chat.state is State.ASKING_ZONE:
            zone = knowledge.zone_at(latitude, longitude)
            return ZoneUnreadable() if zone is None else ZoneNamed(zone)
        case SharedLocation():
            return MediaReceived(Media.OTHER)
        case Wordless(media=media, words=words):
            finding = safety.find(tx, incoming, words, own_language=chat.language, now=now, knowledge=knowledge)
            return MediaReceived(media) if finding.tier is Tier.NONE else SafetyRaised(finding)
        case FromApp(event=event):
            return _with_day_kept(tx, chat, event, now) if isinstance(event, DayCorrected) else event
        case _:
            return None


def _with_day_kept(tx: Transaction, chat: Chat, event: DayCorrected, now: datetime) -> DayCorrected:
    (kept,) = days_kept(tx.journal(chat.chat_id), chat, (event.local_date,), now)
    return replace(event, kept=kept)


def _of_our_languages(event: Event, knowledge: Knowledge) -> Event:
    """Take a button for a language that the content does not have, or has no more, for one that means nothing."""
    is_unknown = isinstance(event, LanguageChosen) and event.code not in knowledge.languages
    return ButtonUnknown() if is_unknown else event


def _answer_to_reminder(
    tx: Transaction, chat: Chat, text: str, *, changed_at: datetime | None, reader: Reader, now: datetime
) -> Event | None:
    """Read what says nothing about an open question as an answer to a reminder that came after that was asked."""
    at_rest = replace(chat, state=State.IDLE)
    reminded = _reminded(tx, at_rest, changed_at, now)
    if reminded is None:
        return None
    answer = read_text(at_rest, text, first_name="", reader=reader, reminded=reminded)
    return None if is_unread(answer) else answer


def _reminded(tx: Transaction, chat: Chat, changed_at: datetime | None, now: datetime) -> Reminded | None:
    """Look up whether the reminder was the last thing that was said to somebody who is idle."""
    if chat.state is not State.IDLE:
        return None
    return reminded_at(chat, tx.reminded_at(chat.chat_id), changed_at, now)
