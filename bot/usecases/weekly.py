"""The weekly summary: made when it is due, from the person's journal as it is then."""

from datetime import datetime

from bot.domain.journal import overview_of
from bot.domain.weekly import summary_of
from bot.presentation import progress
from bot.presentation.outgoing import Outgoing
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Transaction


def summary(tx: Transaction, chat_id: int, *, now: datetime, knowledge: Knowledge) -> Outgoing | None:
    """Return the summary of a person's week; None where the person is gone."""
    stored = tx.load_chat(chat_id)
    if stored is None:
        return None
    chat = stored.chat
    overview = overview_of(tx.journal(chat_id), chat, now)
    _, language = knowledge.language(chat.language)
    return progress.weekly(summary_of(overview), overview, chat, language.texts)
