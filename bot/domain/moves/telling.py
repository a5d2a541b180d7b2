"""Moves about what a person tells: how the back is this morning, whether the session was too hard, and thank you.

The first two are recorded with their local date and weighed when the next session begins (`bot.domain.levels`);
nothing changes at once.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import effects as do
from bot.domain.adherence import day_of
from bot.domain.chat import Chat
from bot.domain.events import Event, MorningTold, WishTold
from bot.domain.keys import Note, Text
from bot.domain.levels import Morning, Wish
from bot.domain.plan import Routine
from bot.domain.schedule import local_date_of
from bot.domain.transition import Transition, present_question, stale

ONE_DAY = timedelta(days=1)


def tell_morning(chat: Chat, event: MorningTold, now: datetime, _routine: Routine) -> Transition:
    """Record how the back is compared with the day before; a button of another day is stale."""
    if chat.zone is None or event.local_date not in {None, today := local_date_of(now, chat.zone)}:
        return stale(chat, None, now)
    is_worse = event.morning is Morning.WORSE
    record = do.RecordMorning(today, event.morning)
    chat = replace(chat, at_reminder=True)
    if event.local_date is None:
        return Transition(chat, (record, do.Say(Text.MORNING_WORSE if is_worse else Text.MORNING_NOTED)))
    note = do.Notify(Note.MORNING_WORSE if is_worse else Note.MORNING_NOTED)
    return Transition(chat, (record, do.MarkMorning(today, event.morning), note))


def tell_wish(chat: Chat, event: WishTold, now: datetime, _routine: Routine) -> Transition:
    """Record what was asked for; a button of a session before yesterday's is stale."""
    if chat.hold is not None:
        return Transition(chat, (do.ShowHold(),))
    if chat.zone is None:
        return Transition(chat, present_question(chat))
    today = day_of(now, chat.zone)
    local_date = event.local_date or today
    if not today - ONE_DAY <= local_date <= today:  # yesterday's: a session may end at midnight
        return stale(chat, None, now)
    texts = {Wish.EASIER: Text.WISH_EASIER, Wish.HARDER: Text.WISH_HARDER, None: Text.WISH_RIGHT}
    return Transition(chat, (do.RecordWish(local_date, event.wish), do.Say(texts[event.wish])))


def accept_thanks(chat: Chat, _event: Event, now: datetime, _routine: Routine) -> Transition:
    """Say that they are welcome; with a reaction, unless it is a referral that they may be thankful for."""
    is_grave = chat.hold is not None or (chat.referred_at is not None and now - chat.referred_at < ONE_DAY)
    return Transition(chat, (do.AcceptThanks(reacts=not is_grave),))
