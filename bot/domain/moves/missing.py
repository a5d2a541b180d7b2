"""Moves after a day was left out: each reason has its own next step, and pain is rated before anything else is said.

The cut-offs for pain are those of the routine (clinical brief, section 3): up to 2 whatever feels right, 3-5 smaller,
and from 4 on the next session is an easier one; 6-7 the clinic, 8-10 the referral that holds.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain import effects as do
from bot.domain.adherence import day_of
from bot.domain.chat import Chat, State
from bot.domain.events import DaySkipped, Event, Rated, WishTold
from bot.domain.keys import Opening, Text
from bot.domain.levels import Wish
from bot.domain.missing import Reason, ReasonTold, Smaller
from bot.domain.moves.holding import refer_and_hold, refer_only
from bot.domain.moves.reminding import skip_day
from bot.domain.moves.routine import CLINIC_UP_TO, EASIER_UP_TO, FINDING_6_7, FINDING_8_10, GENTLE_UP_TO
from bot.domain.moves.telling import tell_wish
from bot.domain.plan import Routine
from bot.domain.transition import DAY_TOKEN, Transition, at, present_question, stale

LITTLE_UP_TO = 2


def tell_reason(chat: Chat, event: ReasonTold, now: datetime, routine: Routine) -> Transition:
    """Take the reason and offer its next step; in the middle of a routine a button of it is stale."""
    if chat.hold is not None:
        return Transition(chat, (do.ShowHold(),))
    if chat.zone is None or not chat.is_set_up:
        return Transition(chat, present_question(chat))
    if not event.skips:
        is_busy = chat.session is not None or chat.screening is not None
        return stale(chat, None, now) if is_busy else _next_step(chat, event, now, routine)
    skipped = skip_day(chat, DaySkipped(), now, routine)
    told = (do.ShowSchedule(Opening.LEFT_OUT) if isinstance(one, do.ShowSchedule) else one for one in skipped.effects)
    return _next_step(skipped.chat, event, now, routine).after(*told)


def _next_step(chat: Chat, event: ReasonTold, now: datetime, routine: Routine) -> Transition:
    match event.reason:
        case Reason.NO_TIME:
            return Transition(chat, (do.OfferSmaller(Smaller.NO_TIME),))
        case Reason.PAIN:
            asking = at(chat, State.RATING_DAY, now)
            if event.rating is not None:
                return rate_day(asking, Rated(event.rating), now, routine)
            return Transition(asking, present_question(asking))
        case Reason.TOO_HARD:
            return tell_wish(chat, WishTold(Wish.EASIER), now, routine)
        case Reason.ILL:
            return Transition(chat, (do.OfferRest(),))


def rate_day(chat: Chat, event: Rated, now: datetime, _routine: Routine) -> Transition:
    """Let the pain of a day without routine decide what is offered: as much as feels right, less, or the clinic."""
    if event.token not in {None, DAY_TOKEN}:
        return stale(chat, event.token, now)
    record = do.RecordPain(day_of(now, chat.zone or "UTC"), event.rating)
    rested = at(replace(chat, gentle=chat.gentle or event.rating > GENTLE_UP_TO), State.IDLE, now)
    if event.rating <= EASIER_UP_TO:
        kind = Smaller.LITTLE_PAIN if event.rating <= LITTLE_UP_TO else Smaller.SOME_PAIN
        return Transition(rested, (record, do.OfferSmaller(kind)))
    if event.rating <= CLINIC_UP_TO:
        return refer_only(rested, FINDING_6_7, now).after(record)
    return refer_and_hold(rested, FINDING_8_10, now).after(record)


def ask_day_again(chat: Chat, _event: Event, _now: datetime, _routine: Routine) -> Transition:
    """Ask for a number from 0 to 10, with an example."""
    return Transition(chat, (do.AskDayRating(unreadable=True),))


def leave_day_unrated(chat: Chat, _event: Event, now: datetime, _routine: Routine) -> Transition:
    """Take "skip" or "stop" instead of a rating."""
    return Transition(at(chat, State.IDLE, now), (do.Say(Text.SEE_YOU),))
