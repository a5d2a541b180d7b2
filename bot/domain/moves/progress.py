"""Moves about progress: what is counted and how it is shown."""

from dataclasses import replace
from datetime import datetime

from bot.domain import effects as do
from bot.domain.chat import Chat
from bot.domain.events import Event, Preference, PreferenceChosen, WeeklyChosen
from bot.domain.plan import Routine
from bot.domain.transition import Transition


def show_preferences(chat: Chat, _event: Event, _now: datetime, _routine: Routine) -> Transition:
    """Show what can be chosen about progress."""
    return Transition(chat, (do.ShowPreferences(),))


def choose_preference(chat: Chat, event: PreferenceChosen, _now: datetime, _routine: Routine) -> Transition:
    """Keep whether days in a row are counted, or whether pictures are dark."""
    match event.preference:
        case Preference.STREAK:
            chat = replace(chat, wants_streak=event.wanted)
        case Preference.DARK:
            chat = replace(chat, wants_dark=event.wanted)
    return Transition(chat, (do.ShowPreferences(),))


def choose_weekly(chat: Chat, event: WeeklyChosen, _now: datetime, _routine: Routine) -> Transition:
    """Keep on which weekday the weekly summary comes, if at all."""
    return Transition(replace(chat, weekly_day=event.weekday), (do.Reschedule(), do.ShowPreferences()))
