"""Second tries: what Telegram refuses in a way that says how to do it instead.

- A message whose effect is refused leaves without it. Which effects there are, and for whom, is Telegram's to change at
  any time; what the message says is not worth less.
- A group that has become a supergroup has another number. The call goes there; the operator reads which to write down.
"""

from collections.abc import Mapping
from typing import Any

import structlog

from bot.presentation.delight import EFFECT
from bot.telegram.drawings import Send
from bot.usecases.delivery import GaveUp, Instead, SendResult

log = structlog.get_logger()

_SUPERGROUPS_END = -1_000_000_000_000  # their numbers lie below; a supergroup becomes nothing else


class SecondTries:
    """Makes calls by `send`, and hands back what to call instead of one that was refused."""

    def __init__(self, send: Send) -> None:
        self._send = send

    async def send(self, method: str, payload: Mapping[str, Any]) -> SendResult | Instead:
        """Make one call and return what became of it, or what to call instead."""
        result = await self._send(method, payload)
        match result:
            case GaveUp(moved_to=int(moved_to)) if _is_group(payload.get("chat_id")) and moved_to < _SUPERGROUPS_END:
                remedy = "if this is the staff chat, set STAFF_CHAT_ID to the new number and restart"
                log.warning("chat_moved", chat_id=payload["chat_id"], moved_to=moved_to, remedy=remedy)
                return Instead(method, {**payload, "chat_id": moved_to})
            case GaveUp() if EFFECT in payload:
                return Instead(method, {key: value for key, value in payload.items() if key != EFFECT})
            case _:
                return result


def _is_group(chat_id: object) -> bool:
    return isinstance(chat_id, int) and _SUPERGROUPS_END < chat_id < 0
