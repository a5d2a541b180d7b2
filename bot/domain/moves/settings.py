"""Moves about zone, reminder times and pictures, the first time and whenever they change.

A question about settings lies over a running session or screening and gives way to it once answered.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain import effects as do
from bot.domain.chat import Chat, State
from bot.domain.events import (
    Event,
    FollowUpChosen,
    LanguageChosen,
    PicturesChosen,
    TimeProposed,
    TimesNamed,
    TimesSet,
    ZoneAmbiguous,
    ZoneNamed,
    ZoneSet,
)
from bot.domain.keys import Note, Opening, Text
from bot.domain.plan import Routine
from bot.domain.proposals import proposal_of
from bot.domain.schedule import clock_shift
from bot.domain.transition import Transition, at, present_question


def set_zone(chat: Chat, event: ZoneNamed | ZoneSet, now: datetime, _routine: Routine) -> Transition:
    """Keep the zone; the first time, ask for the reminder times next, unless an invitation brought some.

    Reminders keep their wall-clock times; where the new clock shows another time, the person may choose otherwise.
    """
    before, times = chat.zone, chat.reminder_times
    chat = replace(chat, zone=event.zone)
    if times is None:
        return Transition(at(chat, State.ASKING_TIME, now), (do.AskTime(),))
    if before is None:
        return _set_up(chat, now)
    shift = clock_shift(before, event.zone, now)
    if not shift:
        return _back_with_schedule(chat, now, Opening.ZONE_CHANGED)
    chat = at(chat, State.ASKING_TIME, now)
    return Transition(chat, (do.Reschedule(), do.ShowSchedule(Opening.ZONE_CHANGED), do.AskMoved(times.shifted(shift))))


def ask_which_zone(chat: Chat, event: ZoneAmbiguous, now: datetime, _routine: Routine) -> Transition:
    """Offer the places that the words could mean; somebody who was not asked may mean none of them."""
    return Transition(at(chat, State.ASKING_ZONE, now), (do.AskZone(choices=event.choices),))


def ask_zone_again(chat: Chat, _event: Event, _now: datetime, _routine: Routine) -> Transition:
    """Say that the place was not understood, with an example; held before they are set up, people read of that."""
    if chat.hold is not None and not chat.is_set_up:
        return Transition(chat, (do.ShowHold(),))
    return Transition(chat, (do.AskZone(unreadable=True),))


def set_times(chat: Chat, event: TimesNamed | TimesSet, now: datetime, _routine: Routine) -> Transition:
    """Keep the reminder times and show the next reminder; without a zone they mean nothing, so that is asked first."""
    if chat.zone is None:
        return Transition(chat, present_question(chat))
    is_first = chat.reminder_times is None
    opening = Opening.TIMES_KEPT if event.times == chat.reminder_times else Opening.TIME_CHANGED
    chat = replace(chat, reminder_times=event.times)
    return _set_up(chat, now) if is_first else _back_with_schedule(chat, now, opening)


def propose_times(chat: Chat, event: TimeProposed, now: datetime, _routine: Routine) -> Transition:
    """Show the times that were read, to be confirmed; ask which half of the day where that is open."""
    if chat.zone is None:
        return Transition(chat, present_question(chat))
    proposed = proposal_of(event.when, chat.reminder_times, chat.proposed)
    chat = replace(at(chat, State.ASKING_TIME, now), proposed=proposed)
    return Transition(chat, (do.AskTime(unreadable=proposed is None, proposed=proposed),))


def ask_time_again(chat: Chat, _event: Event, _now: datetime, _routine: Routine) -> Transition:
    """Say that the time was not understood, with an example; held before they are set up, people read of that."""
    if chat.hold is not None and not chat.is_set_up:
        return Transition(chat, (do.ShowHold(),))
    return Transition(chat, (do.AskTime(unreadable=True),))


def choose_follow_up(chat: Chat, event: FollowUpChosen, _now: datetime, _routine: Routine) -> Transition:
    """Keep how long after a reminder to ask once more, if at all."""
    return Transition(replace(chat, follow_up_minutes=event.minutes), (do.ShowSettings(),))


def choose_pictures(chat: Chat, event: PicturesChosen, _now: datetime, _routine: Routine) -> Transition:
    """Keep whether exercises come as pictures, and show the one that is open in its new form."""
    if event.wanted is not chat.text_only:
        return Transition(chat, (do.Notify(Note.ALREADY_NOTED),))
    chat = replace(chat, text_only=not event.wanted)
    step = present_question(chat) if chat.state is State.EXERCISING else ()
    return Transition(chat, (do.ShowSettings(), *step))


def _set_up(chat: Chat, now: datetime) -> Transition:
    """Show the schedule for the first time, and ask if the clinic's staff may be told of something urgent."""
    transition = _back_with_schedule(chat, now, Opening.ALL_SET)
    if chat.staff_consent is not None:
        return transition
    return Transition(transition.chat, (*transition.effects, do.AskStaffConsent()))


def choose_language(chat: Chat, event: LanguageChosen, now: datetime, _routine: Routine) -> Transition:
    """Speak another language from now on, and put what is open again in it."""
    chat = replace(chat, language=event.code)
    if chat.state is State.NEW:
        chat = at(chat, State.ASKING_CONSENT, now)
    held = (do.ShowHold(),) if chat.hold is not None else ()
    return Transition(chat, (do.Say(Text.LANGUAGE_CHOSEN), *held, *present_question(chat)))


def _back_with_schedule(chat: Chat, now: datetime, opening: Opening) -> Transition:
    chat = at(chat, chat.resting_state, now)
    return Transition(chat, (do.Reschedule(), do.ShowSchedule(opening), *present_question(chat)))
