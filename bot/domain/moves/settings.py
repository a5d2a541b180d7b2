"""Moves about zone, reminder time and pictures, the first time and whenever they change.

A question about settings lies over a running session or screening and gives way to it once answered.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain import effects as do
from bot.domain.chat import Chat, State
from bot.domain.events import Event, PicturesChosen, TimeNamed, TimeProposed, ZoneAmbiguous, ZoneNamed
from bot.domain.keys import Note, Opening, Reading
from bot.domain.plan import Routine
from bot.domain.times import EVERY_DAY, When
from bot.domain.transition import Transition, at, present_question


def set_zone(chat: Chat, event: ZoneNamed, now: datetime, _routine: Routine) -> Transition:
    """Keep the zone; the first time, ask for the reminder time next, unless an invitation brought one."""
    is_first = chat.zone is None
    chat = replace(chat, zone=event.zone)
    if chat.reminder_time is None:
        return Transition(at(chat, State.ASKING_TIME, now), (do.AskTime(),))
    return _set_up(chat, now) if is_first else _back_with_schedule(chat, now, Opening.ZONE_CHANGED)


def ask_which_zone(chat: Chat, event: ZoneAmbiguous, now: datetime, _routine: Routine) -> Transition:
    """Offer the places that the words could mean; somebody who was not asked may mean none of them."""
    return Transition(at(chat, State.ASKING_ZONE, now), (do.AskZone(choices=event.choices),))


def ask_zone_again(chat: Chat, _event: Event, _now: datetime, _routine: Routine) -> Transition:
    """Say that the place was not understood, with an example."""
    return Transition(chat, (do.AskZone(unreadable=True),))


def set_time(chat: Chat, event: TimeNamed, now: datetime, _routine: Routine) -> Transition:
    """Keep the reminder time and show the next reminder."""
    is_first = chat.reminder_time is None
    chat = replace(chat, reminder_time=event.local_time)
    return _set_up(chat, now) if is_first else _back_with_schedule(chat, now, Opening.TIME_CHANGED)


def propose_time(chat: Chat, event: TimeProposed, now: datetime, _routine: Routine) -> Transition:
    """Show the time that was read, to be confirmed; ask which half of the day where that is open."""
    if chat.zone is None:
        return Transition(chat, present_question(chat))
    when = event.when
    chat = at(chat, State.ASKING_TIME, now)
    if len(when.times) == 1 and when == When(times=when.times, weekdays=when.weekdays):
        is_daily = when.weekdays in {frozenset(), EVERY_DAY}
        chat = replace(chat, proposed_time=when.times[0])
        return Transition(chat, (do.AskTime(None if is_daily else Reading.ONLY_DAILY, when.times[0]),))
    reading = Reading.ONLY_DAILY if when.times or when.weekdays else Reading.UNREADABLE
    return Transition(replace(chat, proposed_time=None), (do.AskTime(reading),))


def ask_time_again(chat: Chat, _event: Event, _now: datetime, _routine: Routine) -> Transition:
    """Say that the time was not understood, with an example."""
    return Transition(chat, (do.AskTime(reading=Reading.UNREADABLE),))


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


def _back_with_schedule(chat: Chat, now: datetime, opening: Opening) -> Transition:
    chat = at(chat, chat.resting_state, now)
    return Transition(chat, (do.Reschedule(), do.ShowSchedule(opening), *present_question(chat)))
