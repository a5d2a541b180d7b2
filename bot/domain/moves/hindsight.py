"""The move of hindsight: a day is corrected, and a pain that turns out strong is answered like one told at the time.

What may be corrected, and why, is `bot.domain.hindsight`; here is what follows. The cut-offs are those of the routine
(clinical brief, section 3): a rating raised to 6-7 is referred, one raised to 8-10 holds the programme. One that is
lowered takes back neither finding nor hold.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain import effects as do
from bot.domain.adherence import day_of
from bot.domain.chat import Chat, State
from bot.domain.events import DayToldDone
from bot.domain.hindsight import (
    DayCorrected,
    DayKept,
    correction_of,
    highest_raised,
    refusal_of,
)
from bot.domain.keys import Note
from bot.domain.levels import AMBER_MOST
from bot.domain.moves.holding import is_second_referral, refer_and_hold
from bot.domain.moves.reminding import note_day_done
from bot.domain.moves.routine import CLINIC_UP_TO, FINDING_6_7, FINDING_8_10
from bot.domain.plan import Routine
from bot.domain.transition import Transition, at, stale


def correct_day(chat: Chat, event: DayCorrected, now: datetime, routine: Routine) -> Transition:
    """Take what is said afterwards of a day; what cannot be corrected any more is said in a line, and changes nothing.

    What runs in the chat goes on, unless a strong pain ends it. Today is told done as in the chat, so that nothing more
    is due of it; who has chosen no time yet has nothing due.
    """
    kept = event.kept or DayKept(event.local_date)
    refused = refusal_of(chat, event, kept, now)
    if refused is Note.OLD_BUTTON or chat.zone is None:
        return stale(chat, None, now)
    if refused is not None:
        why = (do.ShowHold(),) if refused is Note.DAY_HELD else ()
        return Transition(chat, (do.Notify(refused), *why))
    if event.ratings.told:
        return _rated_otherwise(chat, event, kept, now)
    if event.done is None or event.done is kept.is_done:
        return Transition(chat, (do.Notify(Note.ALREADY_NOTED),))
    if event.done and chat.is_set_up and event.local_date == day_of(now, chat.zone):
        told = note_day_done(chat, DayToldDone(), now, routine)
    else:
        record = do.RecordDayDone(event.local_date, done=event.done)
        told = Transition(chat, (record, do.TellCorrected(event.local_date, done=event.done)))
    return replace(told, chat=_finished_anew(told.chat, kept, done=event.done))


def _finished_anew(chat: Chat, kept: DayKept, *, done: bool) -> Chat:
    """Let the latest finished session be one that counts, for the next full screening is reckoned from it."""
    if kept.finished_at is None:
        return chat
    counting = [one for one in (kept.finished_elsewhere, kept.finished_at if done else None) if one is not None]
    return replace(chat, finished_at=max(counting, default=None))


def _rated_otherwise(chat: Chat, event: DayCorrected, kept: DayKept, now: datetime) -> Transition:
    ratings = event.ratings.over(kept.ratings)
    if ratings == kept.ratings:
        return Transition(chat, (do.Notify(Note.ALREADY_NOTED),))
    correction = correction_of(event, kept)
    stays_careful = max(ratings.told) <= AMBER_MOST < correction.gravest
    told = do.TellCorrected(event.local_date, ratings=ratings, stays_careful=stays_careful)
    record = do.RecordCorrection(correction)
    chat = _without_question_after(chat, event, now)
    raised = highest_raised(event, kept) or 0
    if raised <= AMBER_MOST:
        return Transition(chat, (record, told))
    read = do.Notify(Note.READ_CHAT)
    if raised > CLINIC_UP_TO:
        return refer_and_hold(chat, FINDING_8_10, now).after(record).then(told, read)
    referral = do.Refer(FINDING_6_7, holds=False, again=is_second_referral(chat, now))
    chat = replace(chat, referred_at=now)
    return Transition(chat, (record, do.RecordFinding(FINDING_6_7), referral, told, read))


def _without_question_after(chat: Chat, event: DayCorrected, now: datetime) -> Chat:
    """Ask no more how the back was after a routine of that day, where that has just been said."""
    session, zone = chat.session, chat.zone or "UTC"
    is_asked = session is not None and session.phase is State.RATING_BACK
    if (
        session is None
        or not is_asked
        or event.ratings.after is None
        or day_of(session.started_at, zone) != event.local_date
    ):
        return chat
    chat = replace(chat, session=None)
    return at(chat, chat.resting_state, now) if chat.state is State.RATING_BACK else chat
