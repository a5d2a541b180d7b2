"""Moves of the first minute: greeting and consent. Nothing a person said is recorded before consent.

Whoever comes by an invitation finds the language and the reminder time chosen that the clinic put into it, and is not
asked for them; consent, the zone and the questions before the exercises are everybody's.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain import effects as do
from bot.domain.chat import Chat, State
from bot.domain.events import Event, Greeted, Media, MediaReceived, StaffConsentAnswered
from bot.domain.keys import Text
from bot.domain.plan import Routine
from bot.domain.schedule import ReminderTimes
from bot.domain.transition import Transition, at, present_question


def greet(chat: Chat, event: Event, now: datetime, _routine: Routine) -> Transition:
    """Say who this is and ask for consent; keep what an invitation brings, and say where its link is over."""
    if not isinstance(event, Greeted):
        return Transition(at(chat, State.ASKING_CONSENT, now), (do.Greet(""),))
    if (invited := event.invited) is not None:
        chat = replace(
            chat,
            invitation=invited.code,
            language=invited.language or chat.language,
            reminder_times=None if invited.local_time is None else ReminderTimes((invited.local_time,)),
            programme=invited.programme,
        )
    over = (do.Say(Text.INVITATION_OVER),) if event.link_is_over else ()
    return Transition(at(chat, State.ASKING_CONSENT, now), (*over, do.Greet(event.first_name)))


def greet_media(chat: Chat, event: MediaReceived, now: datetime, routine: Routine) -> Transition:
    """Greet; whoever begins with a voice note reads first that nobody hears it, and whom to call."""
    greeting = greet(chat, event, now, routine)
    return greeting.after(do.Say(Text.MEDIA_VOICE)) if event.media is Media.VOICE else greeting


def accept_consent(chat: Chat, _event: Event, now: datetime, _routine: Routine) -> Transition:
    """Note the consent and ask for the time zone."""
    return Transition(replace(at(chat, State.ASKING_ZONE, now), consented_at=now), (do.AskZone(),))


def answer_staff_consent(chat: Chat, event: StaffConsentAnswered, _now: datetime, _routine: Routine) -> Transition:
    """Note whether the clinic's staff may be told of something urgent; it can be changed at any time.

    Whoever takes it back is not found by their code any more either.
    """
    chat = replace(chat, staff_consent=event.agrees)
    if event.agrees:
        return Transition(chat, (do.Say(Text.STAFF_TOLD),))
    return Transition(chat, (do.DropStaffCode(), do.Say(Text.STAFF_NOT_TOLD)))


def renew_staff_code(chat: Chat, _event: Event, _now: datetime, _routine: Routine) -> Transition:
    """Make the old code useless, and show the page with the new one."""
    return Transition(chat, (do.DropStaffCode(), do.Say(Text.PRIVACY)))


def welcome_back(chat: Chat, event: Greeted, _now: datetime, _routine: Routine) -> Transition:
    """/start again: greet, or say that the programme is held, and repeat the question that is open."""
    if chat.hold is not None:
        return Transition(chat, (do.ShowHold(), *present_question(chat)))
    return Transition(chat, (do.WelcomeBack(event.first_name), *present_question(chat)))
