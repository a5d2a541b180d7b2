"""Letters out: which leave next, and what becomes of each answer.

`exchange` is the relay's one transaction: it records the answers that came in since the last one and marks the next
letters `sending`, so that a burst shares its commits. A chat's next letter is taken only after its last answer is
recorded; if the process dies, at most the one letter in flight is repeated.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.usecases import accounts
from bot.usecases.delivery import Blocked, GaveUp, RetryAfter, SendResult, Sent, TokenRejected, Unknown, Unreachable
from bot.usecases.ports import Settlement, Status, TakenLetter, Transaction

log = structlog.get_logger()

LEASE = "relay"
LEASE_SECONDS = 12
LONGEST_BACKOFF_SECONDS = 300
MOST_DOUBTS = 1


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the relay may send now. `fence` is its lease's token, None while another relay holds the lease."""

    letters: tuple[TakenLetter, ...]
    fence: int | None
    next_at: datetime | None


def judge(letter: TakenLetter, result: SendResult, *, now: datetime, jitter: float) -> Settlement:
    """Decide what becomes of a letter; `jitter` in 0..1 spreads retries."""
    match result:
        case Sent(message_id=message_id, note=note):
            return Settlement(letter, Status.SENT, now, message_id=message_id, reason=note)
        case RetryAfter(seconds=seconds):
            return Settlement(letter, Status.QUEUED, now + timedelta(seconds=seconds), letter.doubts, reason="429")
        case Blocked(reason=reason):
            return Settlement(letter, Status.CANCELLED, now, reason=reason)
        case Unreachable(reason=reason) | TokenRejected(reason=reason):
            seconds = min(2.0 ** min(letter.attempts, 16), LONGEST_BACKOFF_SECONDS) * (0.5 + jitter / 2)
            return Settlement(letter, Status.QUEUED, now + timedelta(seconds=seconds), letter.doubts, reason=reason)
        case Unknown(reason=reason) if letter.doubts < MOST_DOUBTS:
            return Settlement(letter, Status.QUEUED, now, letter.doubts + 1, reason=reason)
        case Unknown(reason=reason):
            return Settlement(letter, Status.UNKNOWN, now, letter.doubts + 1, reason=reason)
        case GaveUp(reason=reason):
            return Settlement(letter, Status.GAVE_UP, now, reason=reason)


def take_over(tx: Transaction, *, holder: str, now: datetime, force: bool) -> int | None:
    """Take the relay's lease; letters that a relay now gone left in flight are tried once more at most."""
    fence = tx.hold_lease(LEASE, holder, now, now + timedelta(seconds=LEASE_SECONDS), force=force)
    if fence is not None:
        lost = Unknown("the relay that was sending it is gone")
        tx.settle([judge(letter, lost, now=now, jitter=0) for letter in tx.recover_letters()], now)
    return fence


def exchange(
    tx: Transaction,
    settlements: Sequence[Settlement],
    *,
    blocked_chats: Collection[int],
    busy_chats: Collection[int],
    limit: int,
    holder: str,
    now: datetime,
) -> Exchange:
    """Record answers, mark the next letters `sending`, renew the lease.

    1. Renew the lease; without it nothing is written: whoever holds it now has settled our letters. 2. Record the
    answers. 3. Mark chats that blocked the bot. 4. Take the next letters. 5. Drop those that are too old to be sent,
    and point those that refer to another message at its id.
    """
    fence = tx.hold_lease(LEASE, holder, now, now + timedelta(seconds=LEASE_SECONDS))
    if fence is None:
        return Exchange((), None, None)
    tx.settle(settlements, now)
    for chat_id in blocked_chats:
        stored = tx.load_chat(chat_id)
        if stored is not None:
            accounts.note_membership(tx, stored, blocked=True, now=now)
    letters: list[TakenLetter] = []
    dropped: list[Settlement] = []
    for letter in tx.take_letters(now, limit, busy_chats) if limit > 0 else ():
        if letter.expires_at is not None and now > letter.expires_at:
            dropped.append(Settlement(letter, Status.CANCELLED, now, reason="too late to be sent"))
            continue
        addressed = _addressed(tx, letter)
        if addressed is None:
            dropped.append(Settlement(letter, Status.CANCELLED, now, reason="the message it edits was never sent"))
        else:
            letters.append(addressed)
    tx.settle(dropped, now)
    return Exchange(tuple(letters), fence, tx.next_letter_at())


def _addressed(tx: Transaction, letter: TakenLetter) -> TakenLetter | None:
    """Replace a reference to another letter by the id Telegram gave that message; None when there is none."""
    match letter.payload.get("message_id"):
        case {"$message_of": str(key)}:
            message_id = tx.message_id_of(key)
            if message_id is None:
                return None
            return replace(letter, payload={**letter.payload, "message_id": message_id})
        case _:
            return letter
