"""Safety at the edge of the conversation: reading a text for warning signs, and telling the clinic's staff.

The lexicons of all languages read every text, the chat's own first, because people in pain fall back on their first
language; the gravest finding counts. A lexicon that fails is reported and passed by: a message is never lost to it.

The staff chat gets tier, flag, time and a link to the person, at most once per person, flag and local day, as a letter
of its own that leaves after the reply to the person: whatever becomes of it delays nobody.
"""

from datetime import date, datetime
from secrets import token_hex

import structlog

from bot.domain.chat import Chat
from bot.domain.safety import NOTHING, Finding, triage
from bot.presentation import messages
from bot.presentation.messages import View
from bot.usecases.incoming import Incoming
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Letter, Transaction, staff_key_prefix

log = structlog.get_logger()


def find(
    tx: Transaction, incoming: Incoming, text: str, *, own_language: str, now: datetime, knowledge: Knowledge
) -> Finding:
    """Return the gravest finding of any language; of two alike the one of the chat's own. Never raises for a text."""
    gravest = NOTHING
    for code in sorted(knowledge.languages, key=lambda code: code != own_language):
        try:
            finding = triage(text, knowledge.languages[code].lexicon)
        except Exception:  # whatever breaks in a lexicon, the message goes on
            failure = token_hex(4)
            log.exception("triage_failed", update_id=incoming.update_id, language=code, failure=failure)
            tx.record_failure(incoming.update_id, failure, now)
            continue
        if finding.tier > gravest.tier:
            gravest = finding
    return gravest


def notify_staff(
    tx: Transaction, chat: Chat, finding: Finding, local_date: date, *, now: datetime, knowledge: Knowledge
) -> None:
    """Queue the letter to the staff chat, unless there is none or it has heard of this flag today."""
    if knowledge.staff_chat_id is None:
        return
    _, language = knowledge.language(None)
    message = messages.staff_notice(finding, View(chat=chat, now=now, texts=language.texts))
    letter = Letter(
        key=f"{staff_key_prefix(chat.chat_id)}{finding.flag.value}:{local_date:%Y%m%d}",
        chat_id=knowledge.staff_chat_id,
        method=message.method,
        payload=message.payload,
        priority=message.priority,
        not_before=now,
    )
    tx.queue([letter])
