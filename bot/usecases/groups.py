"""Groups: the clinic's own, where the staff's requests are kept, and all others, which are told where the bot works."""

from datetime import datetime

from bot.presentation import messages
from bot.usecases import clinic, posting
from bot.usecases.incoming import Incoming, SpokenToInGroup
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Transaction


def hear(tx: Transaction, incoming: Incoming, *, language: str, now: datetime, knowledge: Knowledge) -> None:
    """Keep what the clinic's staff ask in their chat; tell any other group that the bot works in private chats."""
    is_staff = clinic.note(tx, incoming, language=language, now=now, knowledge=knowledge)
    if is_staff or not isinstance(incoming.content, SpokenToInGroup):
        return
    notice = messages.group_notice(knowledge.language(language)[1].texts, knowledge.bot_username)
    posting.post_at_most_once_a_minute(tx, incoming.chat_id, notice, now=now)
