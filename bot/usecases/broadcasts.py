"""Broadcasts: one message of the clinic to many people, looked at first, and to each of them once.

It is written in the staff chat, shown there as people will get it, and leaves after a second yes. From then on its row
is all there is to know: people are gone through by their numbers, some hundred in a transaction, and each gets a
letter whose key makes it the only one. So a death anywhere goes on where it was, a hundred thousand people are never
one transaction, and a cancelled broadcast stops at once: no more than `MOST_WAITING` letters are ever in the outbox.

Nobody gets one who is blocked, paused or held, who has not agreed or not finished setting up, or in whose place it is
night: those are looked at again a quarter of an hour later, until nobody is left. A broadcast older than two days is
given up: by then nobody waits for it, and the keys of its first letters are soon forgotten.

A letter whose fate is unknown is not tried again, other than every other letter (`bot.usecases.outbox.judge`).
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.audit import Action, name_of
from bot.domain.broadcast import Broadcast, BroadcastStatus, Delivered
from bot.domain.quiet import is_quiet_soon, next_quiet
from bot.domain.staff import LONGEST_BROADCAST, Act, BroadcastPressed, BroadcastWritten, Segment, toggled
from bot.presentation import mailing
from bot.presentation.messages import Outgoing, Priority, Texts
from bot.usecases.clinic_ports import StaffRequest, broadcast_key
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Addressee, Letter, Transaction

AT_ONCE = 500
MOST_WAITING = 1_000
NEXT_ROUND = timedelta(minutes=15)
LASTS = timedelta(days=2)
DRAFT_LASTS = timedelta(days=1)
SHOWN_EVERY = timedelta(seconds=15)
AGAIN_SOON = timedelta(seconds=1)

Done = tuple[Action, str]
"""What to write down: the action and its detail."""


def served(
    tx: Transaction,
    request: StaffRequest,
    asked: BroadcastWritten | BroadcastPressed,
    *,
    texts: Texts,
    now: datetime,
    knowledge: Knowledge,
) -> tuple[Done, list[Outgoing]]:
    """Do what was asked about a broadcast; return what to write down and what to say."""
    if isinstance(asked, BroadcastPressed):
        return _pressed(tx, request, asked, texts=texts, now=now, knowledge=knowledge)
    if not asked.text:
        latest = tx.latest_broadcast()
        if latest is None or latest.status is not BroadcastStatus.SENDING:
            return (Action.BROADCAST_SEEN, ""), [mailing.broadcast_help(texts)]
        return (Action.BROADCAST_SEEN, str(latest.id)), [
            mailing.broadcast_going(latest, tx.delivered(latest.id), texts)
        ]
    if len(asked.text) > LONGEST_BROADCAST:
        return (Action.BROADCAST_TOO_LONG, ""), [mailing.broadcast_too_long(texts)]
    draft = Broadcast(0, asked.text, asked.segment, BroadcastStatus.DRAFT, now, request.language)
    draft = replace(draft, id=tx.write_broadcast(draft))
    shown = _preview(tx, draft, texts=texts, now=now, knowledge=knowledge)
    return (Action.BROADCAST_WRITTEN, str(draft.id)), [shown]


def expand(tx: Transaction, *, now: datetime, knowledge: Knowledge) -> bool:
    """Queue the letters of the next few hundred people; return whether there is more to do at once.

    1. Take the broadcast that is due, unless another process has it. 2. End it where it is too old. 3. Let what waits
    leave first. 4. Queue letters for those whose day it is. 5. Store how far it went, and show that now and then.
    """
    broadcast = tx.broadcast_at_work(now)
    if broadcast is None:
        return False
    if broadcast.confirmed_at is not None and now - broadcast.confirmed_at > LASTS:
        tx.cancel_broadcast(broadcast.id)
        _end(tx, broadcast, BroadcastStatus.CANCELLED, now=now, knowledge=knowledge)
        return True
    delivered = tx.delivered(broadcast.id) if _is_to_show(broadcast, now) else None
    if tx.waiting_letters().get(Priority.BROADCAST, 0) >= MOST_WAITING:
        _store(tx, replace(broadcast, next_at=now + AGAIN_SOON), delivered, now=now, knowledge=knowledge)
        return False
    people = tx.recipients(broadcast, knowledge.routine.level, now, AT_ONCE)
    awake = [person for person in people if not is_quiet_soon(now, person.zone)]
    for language in sorted({person.language for person in awake}):
        message = mailing.broadcast(broadcast.text, knowledge.language(language)[1].texts)
        to = [
            Addressee(broadcast_key(broadcast.id, one.chat_id), one.chat_id, next_quiet(now, one.zone))
            for one in awake
            if one.language == language
        ]
        tx.queue_alike(message, to, now)
    broadcast = replace(
        broadcast,
        queued=broadcast.queued + len(awake),
        deferred=broadcast.deferred + len(people) - len(awake),
        after_chat_id=people[-1].chat_id if people else broadcast.after_chat_id,
    )
    if len(people) == AT_ONCE:
        _store(tx, broadcast, delivered, now=now, knowledge=knowledge)
        return True
    if broadcast.deferred:
        again = replace(broadcast, next_at=now + NEXT_ROUND, after_chat_id=None, deferred=0)
        _store(tx, again, delivered, now=now, knowledge=knowledge)
    elif awake or tx.delivered(broadcast.id).waiting:
        _store(tx, replace(broadcast, next_at=now + AGAIN_SOON), delivered, now=now, knowledge=knowledge)
    else:
        _end(tx, broadcast, BroadcastStatus.SENT, now=now, knowledge=knowledge)
    return False


def _pressed(
    tx: Transaction,
    request: StaffRequest,
    asked: BroadcastPressed,
    *,
    texts: Texts,
    now: datetime,
    knowledge: Knowledge,
) -> tuple[Done, list[Outgoing]]:
    broadcast = tx.load_broadcast(asked.number)
    if broadcast is None or request.message_id is None:
        return (Action.MEANINGLESS, name_of(asked)), []
    is_draft = broadcast.status is BroadcastStatus.DRAFT
    done = (Action.BROADCAST_SEEN, str(broadcast.id))
    if is_draft and now - broadcast.written_at > DRAFT_LASTS and asked.act is not Act.CANCEL:
        return done, [mailing.edited(request.message_id, mailing.broadcast_too_old(texts))]
    match asked.act:
        case Act.LANGUAGE | Act.LEVEL | Act.ACTIVE if is_draft:
            broadcast = replace(broadcast, segment=toggled(broadcast.segment, asked))
            done = (Action.BROADCAST_SEGMENT, f"{broadcast.id} {_in_short(broadcast.segment)}")
            shown = _preview(tx, broadcast, texts=texts, now=now, knowledge=knowledge)
        case Act.BACK if is_draft:
            shown = _preview(tx, broadcast, texts=texts, now=now, knowledge=knowledge)
        case Act.ASK if is_draft:
            shown = _preview(tx, broadcast, texts=texts, now=now, knowledge=knowledge, asks=True)
        case Act.SEND if is_draft:
            broadcast = replace(
                broadcast,
                status=BroadcastStatus.SENDING,
                confirmed_at=now,
                next_at=now,
                message_id=request.message_id,
                shown_at=now,
                staff_language=request.language,
            )
            done = (Action.BROADCAST_SENT, str(broadcast.id))
            shown = mailing.broadcast_going(broadcast, Delivered(0, 0, 0), texts)
        case Act.CANCEL if is_draft or broadcast.status is BroadcastStatus.SENDING:
            tx.cancel_broadcast(broadcast.id)
            broadcast = replace(broadcast, status=BroadcastStatus.CANCELLED)
            done = (Action.BROADCAST_CANCELLED, str(broadcast.id))
            shown = mailing.broadcast_over(broadcast, tx.delivered(broadcast.id), texts)
        case _ if is_draft:
            return (Action.MEANINGLESS, name_of(asked)), []
        case _ if broadcast.status is BroadcastStatus.SENDING:
            shown = mailing.broadcast_going(broadcast, tx.delivered(broadcast.id), texts)
        case _:
            shown = mailing.broadcast_over(broadcast, tx.delivered(broadcast.id), texts)
    tx.save_broadcast(broadcast)
    return done, [mailing.edited(request.message_id, shown)]


def _in_short(segment: Segment) -> str:
    """Write a segment as the log has it, such as "es active"."""
    parts = (segment.language, segment.level, "active" if segment.active else None)
    return " ".join(filter(None, parts)) or "everybody"


def _preview(
    tx: Transaction, draft: Broadcast, *, texts: Texts, now: datetime, knowledge: Knowledge, asks: bool = False
) -> Outgoing:
    people = tx.count_recipients(draft.segment, knowledge.routine.level, now)
    languages = knowledge.language_names
    return mailing.preview(draft, people, languages, knowledge.levels, texts, asks=asks)


def _is_to_show(broadcast: Broadcast, now: datetime) -> bool:
    return broadcast.shown_at is None or now - broadcast.shown_at >= SHOWN_EVERY


def _store(
    tx: Transaction, broadcast: Broadcast, delivered: Delivered | None, *, now: datetime, knowledge: Knowledge
) -> None:
    """Store how far a broadcast went; bring the message up to date that shows it, where that was asked for."""
    if delivered is not None:
        broadcast = replace(broadcast, shown_at=now)
        texts = knowledge.language(broadcast.staff_language)[1].texts
        _show(tx, broadcast, mailing.broadcast_going(broadcast, delivered, texts), now=now, knowledge=knowledge)
    tx.save_broadcast(broadcast)


def _end(
    tx: Transaction, broadcast: Broadcast, status: BroadcastStatus, *, now: datetime, knowledge: Knowledge
) -> None:
    broadcast = replace(broadcast, status=status, next_at=None)
    texts = knowledge.language(broadcast.staff_language)[1].texts
    over = mailing.broadcast_over(broadcast, tx.delivered(broadcast.id), texts)
    _show(tx, broadcast, over, now=now, knowledge=knowledge)
    tx.save_broadcast(broadcast)


def _show(tx: Transaction, broadcast: Broadcast, shown: Outgoing, *, now: datetime, knowledge: Knowledge) -> None:
    if broadcast.message_id is None or knowledge.staff_chat_id is None:
        return
    edit = mailing.edited(broadcast.message_id, shown)
    key = f"bs{broadcast.id}:{now:%Y%m%d%H%M%S%f}"
    tx.queue([Letter(key, knowledge.staff_chat_id, edit.method, edit.payload, edit.priority, not_before=now)])
