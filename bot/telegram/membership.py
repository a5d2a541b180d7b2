"""Membership: what somebody is in the staff chat, asked of Telegram and remembered for a minute.

Whoever has left is refused within that minute. Telegram answers reliably about others only where the bot is an
administrator of the chat, or the chat is a small group; that it does not know somebody counts as not being a member.
"""

from collections.abc import Callable
from time import monotonic

import telegram
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.domain.staff import Role

REMEMBERED_SECONDS = 60.0
_ROLES: dict[str, Role] = {
    ChatMemberStatus.OWNER: Role.ADMIN,
    ChatMemberStatus.ADMINISTRATOR: Role.ADMIN,
    ChatMemberStatus.MEMBER: Role.MEMBER,
}


class Membership:
    """Tells the roles of one chat; `seconds` never goes back."""

    def __init__(self, bot: telegram.Bot, chat_id: int, *, seconds: Callable[[], float] = monotonic) -> None:
        self._bot = bot
        self._chat_id = chat_id
        self._seconds = seconds
        self._known: dict[int, tuple[float, Role]] = {}

    async def role_of(self, person_id: int) -> Role | None:
        """Return somebody's role, None while it cannot be found out."""
        now = self._seconds()
        self._known = {who: kept for who, kept in self._known.items() if now - kept[0] < REMEMBERED_SECONDS}
        if person_id in self._known:
            return self._known[person_id][1]
        try:
            member = await self._bot.get_chat_member(self._chat_id, person_id)
        except (BadRequest, Forbidden):
            return Role.NOBODY
        except (TelegramError, ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
            return None  # no answer, or one of another form, which PTB trusts
        role = Role.MEMBER if _is_restricted_member(member) else _ROLES.get(member.status, Role.NOBODY)
        self._known[person_id] = (now, role)
        return role


def _is_restricted_member(member: telegram.ChatMember) -> bool:
    return isinstance(member, telegram.ChatMemberRestricted) and member.is_member
