"""The weekly summary: made when it is due, from the person's journal as it is then."""

from datetime import datetime

from bot.domain.chat import Chat
from bot.domain.journal import overview_of
from bot.domain.weekly import summary_of
from bot.presentation import progress
from bot.presentation.outgoing import Outgoing
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Transaction


def summary(tx: Transaction, chat: Chat, *, now: datetime, knowledge: Knowledge) -> Outgoing:
    """Return the summary of a person's week."""
    overview = overview_of(tx.journal(chat.chat_id), chat, now)
    _, language = knowledge.language(chat.language)
    return progress.weekly(summary_of(overview), overview, chat, language.texts)
