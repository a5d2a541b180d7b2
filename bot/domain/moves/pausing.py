"""Moves that pause the reminders, with an end or without, and bring them back."""

from dataclasses import replace
from datetime import datetime

from bot.domain import effects as do
from bot.domain.chat import Chat
from bot.domain.events import Event, PauseAsked, Rhythm, RhythmChosen
from bot.domain.keys import Opening, Text
from bot.domain.pausing import end_of_pause
from bot.domain.plan import Routine
from bot.domain.schedule import local_date_of
from bot.domain.transition import Transition, present_question


def pause(chat: Chat, now: datetime) -> Transition:
    """Pause at once, and offer an end; a pause that lasts stays as it is."""
    return Transition(replace(chat, paused_at=chat.paused_at or now), (do.Reschedule(), do.ShowPause()))


def stop_reminders(chat: Chat, now: datetime) -> Chat:
    """Return the chat in a pause without an end, also where the present one was to end by itself."""
    return replace(chat, paused_at=chat.paused_at or now, paused_until=None)


def pause_until(chat: Chat, event: PauseAsked, now: datetime, _routine: Routine) -> Transition:
    """Pause until a day; one that cannot be asks for another, with an example, and changes nothing."""
    if chat.zone is None or not chat.is_set_up:
        return Transition(chat, present_question(chat))
    until = end_of_pause(event.when, local_date_of(now, chat.zone))
    if until is None:
        return Transition(chat, (do.Say(Text.PAUSE_END_UNREADABLE),))
    return pause(replace(chat, paused_until=until), now)


def resume(chat: Chat) -> Transition:
    """Turn the reminders on again, however long the pause was to last."""
    if chat.hold is not None:
        return Transition(chat, (do.ShowHold(),))
    opening = Opening.UNCHANGED if chat.paused_at is None else Opening.RESUMED
    chat = _unpaused(chat)
    if not chat.is_set_up:
        return Transition(chat, present_question(chat))
    return Transition(chat, (do.Reschedule(), do.ShowSchedule(opening)))


def choose_rhythm(chat: Chat, event: RhythmChosen, now: datetime, _routine: Routine) -> Transition:
    """Go on as before, once a week, after a pause, or not at all until the person comes back."""
    if chat.hold is not None:
        return Transition(chat, (do.ShowHold(),))
    if chat.reminder_times is None or not chat.is_set_up:
        return Transition(chat, present_question(chat))
    match event.rhythm:
        case Rhythm.KEEP:
            return Transition(chat, (do.Say(Text.RHYTHM_KEPT),))
        case Rhythm.WEEKLY:
            weekdays = frozenset({event.local_date.isoweekday()})
            chat = replace(chat, reminder_times=replace(chat.reminder_times, weekdays=weekdays))
            return Transition(chat, (do.Reschedule(), do.ShowSchedule(Opening.TIME_CHANGED)))
        case Rhythm.PAUSE:
            return pause(chat, now)
        case Rhythm.STOP:
            return Transition(stop_reminders(chat, now), (do.Reschedule(), do.Say(Text.REMINDERS_OFF)))


def end_pause(chat: Chat, _event: Event, _now: datetime, _routine: Routine) -> Transition:
    """End a pause whose day has come; the reminder that is due welcomes the person back."""
    return Transition(_unpaused(chat), (do.Reschedule(),))


def _unpaused(chat: Chat) -> Chat:
    return replace(chat, paused_at=None, paused_until=None)
