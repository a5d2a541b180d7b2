"""Retention: what nobody needs any more is deleted, a little at a time, so that nobody waits for it.

How long the rows of each table live, and why, stands in docs/privacy.md; a test holds the two together. Two things end
by themselves: the notes of what was handled and sent, after two weeks, and everything about somebody who has been
silent for the time that the clinic chose (`bot.domain.silence`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from bot import metrics
from bot.domain.silence import WARNED, Silent, Step, heard_before, step_for
from bot.presentation import messages
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Letter, Transaction

log = structlog.get_logger()

KEPT = timedelta(days=14)
ROWS_AT_ONCE = 5_000
CHATS_AT_ONCE = 1_000
SILENT_AT_ONCE = 20  # each may have two years of rows

FIRST_CHAT = -(2**63)


class Forgetting(Transaction, Protocol):
    """An open transaction that can also forget."""

    def silent_chats(
        self, after: int, before: datetime, *, width: int, limit: int
    ) -> tuple[Sequence[Silent], int | None]:
        """Return who was last heard of before `before`, or was warned, among the next `width` chats after `after`.

        At most `limit` of them, locked; and the number after which to go on, None at the end.
        """
        ...

    def note_warned(self, chat_id: int, now: datetime) -> None:
        """Note that a silent person was told of the end; `save_chat` takes it back."""
        ...

    def trim(self, before: datetime, limit: int) -> int:
        """Delete inbox rows and finished letters older than `before`, at most `limit` of each; return how many."""
        ...


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a walk through the chats has come, and what this part of it did; `after` is None at the end."""

    after: int | None
    warned: int = 0
    erased: int = 0


def trim(tx: Forgetting, *, now: datetime) -> int:
    """Delete the oldest notes of updates handled and letters finished; return how many, 0 when none is left."""
    return tx.trim(now - KEPT, ROWS_AT_ONCE)


def end_silence(tx: Forgetting, after: int, *, now: datetime, may_erase: bool, knowledge: Knowledge) -> Walk:
    """Look at the next chats after the number `after`: warn or erase those who have been silent for too long.

    1. Find them, locked, so that whoever writes at this moment is either heard first or finds the warning. 2. Decide
    for each. 3. Note the warning and queue its letter, or erase. `may_erase` is false for a process that may not have
    heard yet what was written while it was down.
    """
    months = knowledge.kept_months
    silent, following = tx.silent_chats(after, heard_before(now, months), width=CHATS_AT_ONCE, limit=SILENT_AT_ONCE)
    warned = erased = 0
    for one in silent:
        match step_for(one, now, months):
            case Step.WARN:
                _warn(tx, one, now=now, knowledge=knowledge)
                warned += 1
            case Step.ERASE if may_erase:
                tx.erase_chat(one.chat_id)
                erased += 1
            case _:
                pass
    metrics.count_silent(warned=warned, erased=erased)
    return Walk(following, warned, erased)


def _warn(tx: Forgetting, silent: Silent, *, now: datetime, knowledge: Knowledge) -> None:
    tx.note_warned(silent.chat_id, now)
    if not silent.is_reachable:
        return
    _, language = knowledge.language(silent.language)
    last_day = (now + WARNED).astimezone(ZoneInfo(silent.zone or "UTC")).date()
    farewell = messages.farewell(last_day, language.texts)
    key = f"silent{silent.chat_id}:{now:%Y%m%d}"
    tx.queue([Letter(key, silent.chat_id, farewell.method, farewell.payload, farewell.priority, now)])
