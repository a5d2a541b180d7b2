"""Moves of the first minute: greeting and consent. Nothing is recorded before consent."""

from dataclasses import replace
from datetime import datetime

from bot.domain import effects as do
from bot.domain.chat import Chat, State
from bot.domain.events import Event, Greeted, Media, MediaReceived, StaffConsentAnswered
from bot.domain.keys import Text
from bot.domain.plan import Routine
from bot.domain.transition import Transition, at, present_question


def greet(chat: Chat, event: Event, now: datetime, _routine: Routine) -> Transition:
    """Say who this is and ask for consent."""
    first_name = event.first_name if isinstance(event, Greeted) else ""
    return Transition(at(chat, State.ASKING_CONSENT, now), (do.Greet(first_name),))


def greet_media(chat: Chat, event: MediaReceived, now: datetime, routine: Routine) -> Transition:
    """Greet; whoever begins with a voice note reads first that nobody hears it, and whom to call."""
    greeting = greet(chat, event, now, routine)
    return greeting.after(do.Say(Text.MEDIA_VOICE)) if event.media is Media.VOICE else greeting


def accept_consent(chat: Chat, _event: Event, now: datetime, _routine: Routine) -> Transition:
    """Note the consent and ask for the time zone."""
    return Transition(replace(at(chat, State.ASKING_ZONE, now), consented_at=now), (do.AskZone(),))


def answer_staff_consent(chat: Chat, event: StaffConsentAnswered, _now: datetime, _routine: Routine) -> Transition:
    """Note whether the clinic's staff may be told of something urgent; it can be changed at any time."""
    answer = do.Say(Text.STAFF_TOLD if event.agrees else Text.STAFF_NOT_TOLD)
    return Transition(replace(chat, staff_consent=event.agrees), (answer,))


def welcome_back(chat: Chat, event: Greeted, _now: datetime, _routine: Routine) -> Transition:
    """/start again: greet, or say that the programme is held, and repeat the question that is open."""
    if chat.hold is not None:
        return Transition(chat, (do.ShowHold(), *present_question(chat)))
    return Transition(chat, (do.WelcomeBack(event.first_name), *present_question(chat)))
