"""Letters out: which leave next, and what becomes of each answer.

`exchange` is the relay's one transaction: it records the answers that came in since the last one and marks the next
letters `sending`, so that a burst shares its commits. A chat's next letter is taken only after its last answer is
recorded; if the process dies, at most the one letter in flight is repeated.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.presentation.messages import Priority
from bot.usecases import accounts, reminders
from bot.usecases.delivery import (
    Blocked,
    GaveUp,
    NotReady,
    RetryAfter,
    SendResult,
    Sent,
    TokenRejected,
    Unknown,
    Unreachable,
)
from bot.usecases.ports import Settlement, Status, TakenLetter, Transaction

log = structlog.get_logger()

LEASE = "relay"
LEASE_SECONDS = 12
SURE_SECONDS = LEASE_SECONDS / 2
"""For so long after a transaction began that held or renewed the lease, nobody else can have taken it over."""
LONGEST_BACKOFF_SECONDS = 60
MOST_DOUBTS = 12
"""So many tries may end without anybody knowing what became of them, then the letter is given up: it comes again rather
than not at all, but not for ever where each try brings the process down or every answer is lost."""
FREE_TRIES = 6
"""So many tries may get an answer that tells nothing before it counts as a doubt: a minute or two of trouble."""
LONGEST_WAIT = timedelta(days=1)
"""Nobody is asked by Telegram to wait longer."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the relay may send now.

    `held` is whether the lease is still its own. `has_more` says that more letters may be due already, `has_more_bulk`
    that more reminders or broadcasts may, `next_at` (UTC) when the next letter will be.
    """

    held: bool
    letters: tuple[TakenLetter, ...] = ()
    has_more: bool = False
    has_more_bulk: bool = False
    next_at: datetime | None = None


def judge(  # noqa: PLR0911 - one return per answer
    letter: TakenLetter, result: SendResult, *, now: datetime, jitter: float
) -> Settlement:
    """Decide what becomes of a letter; `jitter` in 0..1 spreads retries. A broadcast comes rather not than twice."""
    may_come_twice = letter.priority is not Priority.BROADCAST
    match result:
        case Sent(message_id=message_id, note=note, uploaded=uploaded):
            return Settlement(letter, Status.SENT, now, message_id=message_id, reason=note, uploaded=uploaded)
        case NotReady(reason=reason):
            return Settlement(letter, Status.QUEUED, now, letter.doubts, reason=reason)
        case RetryAfter(seconds=seconds):
            return Settlement(letter, Status.QUEUED, now + timedelta(seconds=seconds), letter.doubts, reason="429")
        case Blocked(reason=reason):
            return Settlement(letter, Status.CANCELLED, now, reason=reason)
        case Unreachable(reason=reason) | TokenRejected(reason=reason):
            seconds = _backoff_seconds(letter.attempts, jitter)
            return Settlement(letter, Status.QUEUED, now + timedelta(seconds=seconds), letter.doubts, reason=reason)
        case Unknown(reason=reason, was_answered=True) if letter.attempts <= FREE_TRIES and may_come_twice:
            seconds = _backoff_seconds(letter.attempts, jitter)
            return Settlement(letter, Status.QUEUED, now + timedelta(seconds=seconds), letter.doubts, reason=reason)
        case Unknown(reason=reason) if letter.doubts < MOST_DOUBTS and may_come_twice:
            seconds = _backoff_seconds(letter.attempts, jitter) if letter.doubts else 0.0
            at = now + timedelta(seconds=seconds)
            return Settlement(letter, Status.QUEUED, at, letter.doubts + 1, reason=reason)
        case Unknown(reason=reason):
            return Settlement(letter, Status.UNKNOWN, now, letter.doubts + 1, reason=reason)
        case GaveUp(reason=reason):
            return Settlement(letter, Status.GAVE_UP, now, reason=reason)


def _backoff_seconds(attempts: int, jitter: float) -> float:
    return min(2.0 ** min(attempts, 16), LONGEST_BACKOFF_SECONDS) * (0.5 + jitter / 2)


def take_over(
    tx: Transaction, settlements: Sequence[Settlement], *, holder: str, now: datetime, force: bool
) -> int | None:
    """Take the relay's lease; return its token, None while another relay holds it.

    Answers the relay already has are recorded first; any other letter in flight was left by a relay now gone, and is
    tried again. One that is to wait longer than anything ever does was put off by a clock that was wrong.
    Only for a relay without calls under way.
    """
    fence = tx.hold_lease(LEASE, holder, now, now + timedelta(seconds=LEASE_SECONDS), force=force)
    if fence is not None:
        tx.settle(settlements, now)
        lost = Unknown("the relay that was sending it is gone")
        tx.settle([judge(letter, lost, now=now, jitter=0) for letter in tx.letters_in_flight()], now)
        tx.hasten_letters(now + LONGEST_WAIT, now)
    return fence


def exchange(
    tx: Transaction,
    settlements: Sequence[Settlement],
    *,
    blocked_chats: Collection[int],
    resting_chats: Collection[int],
    limit: int,
    bulk_limit: int,
    holder: str,
    fence: int,
    now: datetime,
    turned_back: bool = False,
) -> Exchange:
    """Record answers, mark the next letters `sending`, renew the lease.

    1. Renew the lease; where another relay has had it since, nothing is done at all: what this one knows is old, and
    the letters it was sending are the other's by now. 2. Mark chats that blocked the bot; before the letters, for
    everybody locks chats first. 3. Record the answers. 4. Take the next letters, of reminders and broadcasts at most
    `bulk_limit`. 5. Drop those that are too old to be sent, and point those that refer to another message at its id.

    `turned_back` says that the clock was: what was to leave now or soon stands in the far future and is hastened.
    """
    if not tx.renew_lease(LEASE, holder, fence, now, now + timedelta(seconds=LEASE_SECONDS)):
        return Exchange(held=False)
    for chat_id in sorted(blocked_chats):
        _mark_blocked(tx, chat_id, now)
    tx.settle(settlements, now)
    if turned_back:
        tx.hasten_letters(now, now)
    taken = tx.take_letters(now, limit, resting_chats, bulk_limit=bulk_limit) if limit > 0 else []
    letters: list[TakenLetter] = []
    dropped: list[Settlement] = []
    for letter in taken:
        addressed = _addressed(tx, letter)
        if letter.expires_at is not None and now > letter.expires_at:
            dropped.append(Settlement(letter, Status.CANCELLED, now, reason="too late to be sent"))
            reminders.note_unsent(tx, letter)
        elif addressed is None:
            dropped.append(Settlement(letter, Status.CANCELLED, now, reason="the message it edits was never sent"))
        else:
            letters.append(addressed)
    tx.settle(dropped, now)
    return Exchange(
        held=True,
        letters=tuple(letters),
        has_more=bool(dropped) or len(taken) == limit > 0,
        has_more_bulk=sum(letter.is_bulk for letter in taken) == bulk_limit,
        next_at=tx.next_letter_after(now),
    )


def not_sent(letter: TakenLetter, *, now: datetime) -> Settlement:
    """Put a letter back that was taken but surely not sent, because the lease may be somebody else's by now."""
    return Settlement(letter, Status.QUEUED, now, letter.doubts, reason="not sent: the lease may have run out")


def _mark_blocked(tx: Transaction, chat_id: int, now: datetime) -> None:
    stored = tx.load_chat(chat_id)
    if stored is None:
        tx.cancel_letters(chat_id)
    else:
        accounts.note_membership(tx, stored, blocked=True, now=now)


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
