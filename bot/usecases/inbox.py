"""Updates in: one update, one savepoint; one batch, one transaction.

The order is the promise: safety reads every text before anything else does, the effect and the note that the update
was handled are committed together, and only then does anybody tell Telegram so. An update that raises is undone alone,
noted with a failure id that stands in the log beside its traceback, and apologised for.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex

import structlog

from bot import metrics
from bot.domain import conversation, correction
from bot.domain import effects as do
from bot.domain.chat import Chat
from bot.domain.events import Event
from bot.domain.transition import Transition, without_cold_question
from bot.presentation import messages
from bot.usecases import accounts, answering, groups, posting, reading, recording, reminders, routines
from bot.usecases.incoming import (
    FromApp,
    Incoming,
    Membership,
    Pressed,
    PressedInGroup,
    Said,
    SpokenToInGroup,
)
from bot.usecases.knowledge import Knowledge, Language
from bot.usecases.ports import StorageFailed, StoredChat, Transaction

FAIR_UPDATES = 5

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The answer to a pressed button; sent at once after the commit and never queued.

    Of the Mini App's events it is the line that the page shows; `query_id` is empty then.
    """

    query_id: str
    text: str = ""


def fair_turns(batch: Sequence[Incoming]) -> list[list[Incoming]]:
    """Part a batch into transactions: one, or two where a chat is flooding.

    The first holds at most `FAIR_UPDATES` of each chat, so that nobody's answer waits for the rest of somebody's flood.
    Each chat's updates stay in order.
    """
    seen: Counter[int] = Counter()
    first: list[Incoming] = []
    rest: list[Incoming] = []
    for incoming in batch:
        seen[incoming.chat_id] += 1
        (first if seen[incoming.chat_id] <= FAIR_UPDATES or incoming.content is None else rest).append(incoming)
    return [turn for turn in (first, rest) if turn]


def handle_batch(
    tx: Transaction, batch: Sequence[Incoming], *, now: datetime, knowledge: Knowledge
) -> list[QueryAnswer]:
    """Handle updates in order; one that raises harms no other. Raises StorageFailed: then none was handled."""
    answers: list[QueryAnswer] = []
    tx.lock_chats({incoming.chat_id for incoming in batch})
    for incoming in batch:
        try:
            with tx.savepoint():
                answer = handle(tx, incoming, now=now, knowledge=knowledge)
        except StorageFailed:
            raise
        except Exception:
            failure = token_hex(4)
            log.exception("update_failed", update_id=incoming.update_id, failure=failure)
            answer = _apologise(tx, incoming, failure, now=now, knowledge=knowledge)
        if answer is not None:
            answers.append(answer)
    return answers


def handle(tx: Transaction, incoming: Incoming, *, now: datetime, knowledge: Knowledge) -> QueryAnswer | None:
    """Take one update through the conversation.

    1. Admit it, unless it was handled before. 2. Load the chat. 3. Triage and read it into an event. 4. Decide.
    5. Write the records. 6. Render and queue the messages. 7. Save the chat.
    """
    if not tx.admit(incoming.update_id, now) or incoming.content is None:
        return None
    code, language = knowledge.language(incoming.language_code)
    if isinstance(incoming.content, SpokenToInGroup | PressedInGroup):
        groups.hear(tx, incoming, language=code, now=now, knowledge=knowledge)
        return _query_answer(incoming, (), language)
    stored = tx.load_chat(incoming.chat_id) or StoredChat(Chat(chat_id=incoming.chat_id, language=code))
    if isinstance(incoming.content, Membership):
        accounts.note_membership(tx, stored, blocked=incoming.content.blocked, now=now)
        return None
    _, language = knowledge.language(stored.chat.language)
    if stored.blocked_at is not None:
        reminders.reschedule(tx, stored.chat, now=now)
    chat = routines.without_lost_exercises(stored.chat, language.texts.exercises)
    chat = without_cold_question(chat, now)
    before = reading.before_last_answer(chat, incoming, language)
    event = reading.event_of(
        tx, chat, before, incoming, changed_at=stored.changed_at, language=language, now=now, knowledge=knowledge
    )
    if event is None:
        return None
    transition = _decide(tx, chat, before, event, incoming, now=now, knowledge=knowledge)
    if chat is not stored.chat:
        transition = transition.after(*routines.lost_exercises(stored.chat, event))
    if stored.chat.hold is None and transition.chat.hold is not None:
        metrics.count_hold()
    next_due = recording.write(tx, transition, now=now, knowledge=knowledge)
    outgoing = answering.render(tx, incoming, transition, next_due, now=now, knowledge=knowledge)
    posted = posting.post(tx, incoming, stored, transition, outgoing, now=now)
    if do.Erase() not in transition.effects:
        accounts.note_standstills(tx, stored.chat, transition.chat, now)
        tx.save_chat(posted, now)
    return _query_answer(incoming, transition.effects, language)


def _decide(
    tx: Transaction,
    chat: Chat,
    before: Chat | None,
    event: Event,
    incoming: Incoming,
    *,
    now: datetime,
    knowledge: Knowledge,
) -> Transition:
    """Take the event through the conversation, as a correction where it is one, and remember what may be corrected."""
    message_id = incoming.content.message_id if isinstance(incoming.content, Said) else None
    if before is not None and isinstance(event, correction.Answer):
        routine = routines.of_today(tx, before, event, now=now, knowledge=knowledge)
        transition = conversation.correct(chat, before, event, now, routine)
        kept = correction.remembered(before, event, transition, message_id)
    else:
        routine = routines.of_today(tx, chat, event, now=now, knowledge=knowledge)
        transition = conversation.step(chat, event, now, routine)
        kept = correction.remembered(chat, event, transition, message_id)
    return replace(transition, chat=kept)


def _query_answer(incoming: Incoming, effects: Sequence[do.Effect], language: Language) -> QueryAnswer | None:
    if not isinstance(incoming.content, Pressed | PressedInGroup | FromApp):
        return None
    notes = [messages.notice(effect.note, language.texts) for effect in effects if isinstance(effect, do.Notify)]
    query_id = "" if isinstance(incoming.content, FromApp) else incoming.content.query_id
    return QueryAnswer(query_id, " ".join(notes))


def _apologise(
    tx: Transaction, incoming: Incoming, failure: str, *, now: datetime, knowledge: Knowledge
) -> QueryAnswer | None:
    """Note the failure and apologise; an apology that raises as well is left out, or it would stop the queue."""
    tx.record_failure(incoming.update_id, failure, now)
    metrics.count_poison()
    try:
        with tx.savepoint():
            _, language = knowledge.language(incoming.language_code)
            if incoming.chat_id:
                posting.post_at_most_once_a_minute(tx, incoming.chat_id, messages.apology(language.texts), now=now)
    except StorageFailed:
        raise
    except Exception:
        log.exception("apology_failed", update_id=incoming.update_id, failure=failure)
    return QueryAnswer(incoming.content.query_id) if isinstance(incoming.content, Pressed) else None
