"""Pauses that end by themselves: with the first reminder on or after the day that was named.

The claim of that reminder takes the chat through the conversation, in its own transaction, as an update would; only the
person has done nothing, so the note of when they last did stays.
"""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.domain import conversation
from bot.domain import effects as do
from bot.domain.adherence import day_of, ended_standstills
from bot.domain.chat import Chat
from bot.domain.events import PauseEnded
from bot.usecases import routines
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Transaction


class Return(NamedTuple):
    """Somebody is back from a pause: who, and how many levels easier they begin."""

    chat: Chat
    levels_easier: int


def end(tx: Transaction, chat_id: int, *, now: datetime, knowledge: Knowledge) -> Return | None:
    """End a chat's pause; None where it is no longer paused, or gone. The due times are then to be worked out anew."""
    stored = tx.load_chat(chat_id)
    if stored is None or stored.chat.paused_at is None:
        return None
    transition = conversation.step(stored.chat, PauseEnded(), now, knowledge.routine)
    if transition.effects != (do.Reschedule(),):
        raise AssertionError("the end of a pause asks for nothing but due times")
    for standstill in ended_standstills(stored.chat, transition.chat, now):
        tx.end_standstill(chat_id, standstill)
    tx.save_chat(replace(stored, chat=transition.chat), stored.changed_at or now)
    return Return(transition.chat, _levels_easier(tx, stored.chat, now=now, knowledge=knowledge))


def _levels_easier(tx: Transaction, paused: Chat, *, now: datetime, knowledge: Knowledge) -> int:
    """Return how many levels lower the plan begins than on the day of the pause."""
    if paused.zone is None or paused.paused_at is None:
        return 0
    history, programme = routines.history(tx, paused), knowledge.programme_of(paused)
    before, after = (
        routines.standing(history, day_of(at, paused.zone), programme).level for at in (paused.paused_at, now)
    )
    return max(0, before - after)
