"""Routines: today's for one person, from what is on record about them.

It costs three look-ups and a walk over the person's days, so it is done only for an update that may begin a session;
all others get the routine of somebody who begins, and never show it.
"""

from datetime import datetime

from bot.domain.chat import Chat
from bot.domain.events import Event
from bot.domain.history import PastFinding, history_of
from bot.domain.levels import standing_on
from bot.domain.moves.starting import may_begin_session
from bot.domain.plan import Routine, routine_on
from bot.domain.schedule import local_date_of
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Transaction


def of_today(tx: Transaction, chat: Chat, event: Event, *, now: datetime, knowledge: Knowledge) -> Routine:
    """Return what a session that `event` begins would follow."""
    if chat.zone is None or not may_begin_session(chat, event):
        return knowledge.routine
    zone, programme = chat.zone, knowledge.programme
    history = history_of(
        tx.past_sessions(chat.chat_id),
        [PastFinding(local_date_of(found_at, zone), tier) for found_at, tier in tx.past_findings(chat.chat_id)],
        tx.told_days(chat.chat_id),
    )
    today = local_date_of(now, zone)
    return routine_on(programme, standing_on(today, history, start=programme.start, top=programme.top), today)
