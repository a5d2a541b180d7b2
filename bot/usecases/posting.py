"""Posting: what one update is answered with, put into the outbox.

Answering also takes the buttons off what is no longer open, so that only the open question can be pressed.

Two limits keep a flood from becoming a flood of answers, and neither costs anything that was decided: every update is
read and takes effect.

- Once several replies wait for a chat, the next ones replace them, for as long as the flood goes on: what is said then
  is one reply every few seconds, the latest, and the open question if it still waits.
- A referral is said at once. The same again is said no more while the first is on its way, and at most twice a
  minute: whoever says it once more is answered, whoever repeats it a hundred times is not. Another finding, or a graver
  one, is another referral.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2s
from typing import Any

from bot.domain import effects as do
from bot.domain.chat import Chat
from bot.domain.keys import Note
from bot.domain.transition import Transition
from bot.presentation import messages
from bot.presentation.messages import Outgoing, Priority
from bot.usecases.incoming import Incoming, Pressed
from bot.usecases.ports import Letter, Status, StoredChat, Transaction

FLOOD_REPLIES = 15
"""So many replies waiting for one chat are a flood: people wait for an answer before they write on."""
FLOOD_OVER_SECONDS = 10
FLOOD_REPLY_SECONDS = 3
SAME_REFERRALS_A_MINUTE = 2


def post(
    tx: Transaction,
    incoming: Incoming,
    stored: StoredChat,
    transition: Transition,
    outgoing: Sequence[Outgoing],
    *,
    now: datetime,
) -> StoredChat:
    """Queue the messages, taking the buttons off what is answered; return the chat as it is to be stored.

    A referral withdraws what still waits for the chat, but no earlier referral: nobody gets an exercise after it.
    """
    chat, effects = transition.chat, transition.effects
    answered = _question(stored.chat) != _question(chat) or any(message.live for message in outgoing)
    if any(isinstance(effect, do.Refer) for effect in effects):
        tx.withdraw_messages(chat.chat_id, spared=Priority.SAFETY)
    is_flood = _is_flood(stored, now) and do.Erase() not in effects
    withdrawn: Mapping[str, datetime] = {}
    if is_flood:
        withdrawn = tx.withdraw_replies(chat.chat_id, kept=None if answered else stored.live_key)
    targets: list[Any] = [] if is_flood else [*_pressed_message(incoming, effects, outgoing)]
    if answered and stored.live_key is not None and stored.live_key not in withdrawn and do.Erase() not in effects:
        message_id = tx.message_id_of(stored.live_key)
        targets.append({"$message_of": stored.live_key} if message_id is None else message_id)
    strips = [messages.strip_buttons(target) for number, target in enumerate(targets) if target not in targets[:number]]
    calls = [*strips, *outgoing]
    letters = [_letter(incoming, number, call, now) for number, call in enumerate(calls)]
    letters = [_not_repeated(tx, letter, effects, now) for letter in letters]
    if do.Erase() in effects:
        letters = [replace(letter, forget=True) for letter in letters]
    if is_flood:
        at = min((at for at in withdrawn.values() if at > now), default=now + timedelta(seconds=FLOOD_REPLY_SECONDS))
        letters = [replace(letter, not_before=at) if _is_reply(letter) else letter for letter in letters]
    tx.queue(letters)
    live = [letter.key for letter, call in zip(letters, calls, strict=True) if call.live]
    kept = None if answered else stored.live_key
    flooding_until = stored.flooding_until if is_flood else None
    if is_flood and stored.waiting:
        flooding_until = now + timedelta(seconds=FLOOD_OVER_SECONDS)
    return StoredChat(chat, live_key=live[-1] if live else kept, flooding_until=flooding_until)


def post_at_most_once_a_minute(tx: Transaction, chat_id: int, message: Outgoing, *, now: datetime) -> None:
    """Queue a message that depends on nothing that was said, unless the chat got it within this minute."""
    key = f"m{chat_id}:{_digest(message.payload)}:{_minute(now)}"
    tx.queue([Letter(key, chat_id, message.method, message.payload, message.priority, not_before=now)])


def _is_flood(stored: StoredChat, now: datetime) -> bool:
    goes_on = stored.flooding_until is not None and now < stored.flooding_until
    return goes_on or stored.waiting >= FLOOD_REPLIES


def _pressed_message(incoming: Incoming, effects: Sequence[do.Effect], outgoing: Sequence[Outgoing]) -> list[int]:
    """Return the message whose button was pressed, unless it is the same press again or one that answers nothing."""
    content = incoming.content
    if not isinstance(content, Pressed) or content.message_id is None:
        return []
    if any(effect == do.Notify(Note.ALREADY_NOTED) or isinstance(effect, do.ShowHowTo) for effect in effects):
        return []
    if any(call.payload.get("message_id") == content.message_id for call in outgoing):
        return []  # it gets another keyboard
    return [content.message_id]


def _not_repeated(tx: Transaction, letter: Letter, effects: Sequence[do.Effect], now: datetime) -> Letter:
    """Give a referral the key of the same one of this minute where it must not be said again: a key is queued once.

    One that was cancelled or given up has not been said. The key tells nobody what was found, for before consent
    nothing of that is kept.
    """
    referrals = [effect for effect in effects if isinstance(effect, do.Refer)]
    if letter.priority is not Priority.SAFETY or not referrals:
        return letter
    said = [replace(effect, finding=replace(effect.finding, evidence=())) for effect in referrals]
    digest = _digest(letter.chat_id, said)
    for number in range(SAME_REFERRALS_A_MINUTE):
        key = f"s{digest}:{_minute(now)}:{number}"
        match tx.status_of(key):
            case Status.SENT:
                continue
            case None | Status.QUEUED | Status.SENDING:
                return replace(letter, key=key)
            case _:
                return letter
    return replace(letter, key=key)


def _question(chat: Chat) -> tuple[object, ...]:
    """Return what the chat waits for; when this changes, the buttons of the old question are dead."""
    session = None if chat.session is None else (chat.session.number, chat.session.step, chat.session.easier)
    return (chat.state, chat.hold is None, session, None if chat.screening is None else chat.screening.token)


def _is_reply(letter: Letter) -> bool:
    return letter.priority is Priority.REPLY and letter.method.startswith("send")


def _digest(*parts: object) -> str:
    return blake2s(repr(parts).encode(errors="replace"), digest_size=8).hexdigest()


def _minute(now: datetime) -> str:
    return f"{now:%Y%m%d%H%M}"


def _letter(incoming: Incoming, number: int, message: Outgoing, now: datetime) -> Letter:
    key = f"u{incoming.update_id}:{number}"
    if message.daily:
        key = f"d{incoming.chat_id}:{_digest(message.payload)}:{now:%Y%m%d}"
    return Letter(
        key=key,
        chat_id=incoming.chat_id,
        method=message.method,
        payload=message.payload,
        priority=message.priority,
        not_before=now,
        forget=message.forget,
    )
