"""Moves about progress: what is counted and how it is shown, and a day that was done without the bot."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import effects as do
from bot.domain.adherence import day_of
from bot.domain.chat import Chat
from bot.domain.events import DayToldDone, Event, Preference, PreferenceChosen, WeeklyChosen
from bot.domain.keys import Text
from bot.domain.plan import Routine
from bot.domain.transition import Transition, present_question, stale

ONE_DAY = timedelta(days=1)


def note_day_done(chat: Chat, event: DayToldDone, now: datetime, _routine: Routine) -> Transition:
    """Take the person's word for yesterday; a button of an earlier day is stale."""
    if chat.zone is None:
        return Transition(chat, present_question(chat))
    if event.local_date != day_of(now, chat.zone) - ONE_DAY:
        return stale(chat, None, now)
    return Transition(chat, (do.RecordDayDone(event.local_date), do.Say(Text.YESTERDAY_NOTED)))


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
