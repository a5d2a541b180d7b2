"""The introduction: what a starting bot tells Telegram about itself.

Its commands, in every language, and what the menu button opens; a bot that cannot tell them runs all the same. And
where its webhook is: without that no update comes, so it is tried until Telegram takes it.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import structlog

from bot.telegram.gateway import Gateway
from bot.telegram.updates import ALLOWED_UPDATES
from bot.usecases.delivery import Blocked, GaveUp, RetryAfter, Sent

log = structlog.get_logger()

Commands = Mapping[tuple[str, int | None], list[dict[str, str]]]
"""What there is to tell, by language and by the chat it is for; without a chat it is for everybody."""

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0


@asynccontextmanager
async def commands_told(gateway: Gateway, commands: Commands, menu: dict[str, Any]) -> AsyncIterator[None]:
    """Tell the commands of each language; those under "" are what speakers of any other language see.

    What Telegram does not take at once is told again after growing pauses, while the context lasts.
    """
    result = await gateway.call("setChatMenuButton", {"menu_button": menu})
    if not isinstance(result, Sent):
        remedy = "check that PUBLIC_URL is https; the button is set again at the next start"
        log.warning("introduction_failed", method="setChatMenuButton", result=repr(result), remedy=remedy)
    left = await _not_taken(gateway, commands)
    telling = asyncio.create_task(_tell_again(gateway, left))
    try:
        yield
    finally:
        telling.cancel()
        await asyncio.wait({telling})


async def _tell_again(gateway: Gateway, commands: Commands) -> None:
    pause = FIRST_PAUSE_SECONDS
    while commands:
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        commands = await _not_taken(gateway, commands)


async def _not_taken(gateway: Gateway, commands: Commands) -> Commands:
    """Tell the commands; return those for which it is to be tried again."""
    left: dict[tuple[str, int | None], list[dict[str, str]]] = {}
    for (code, chat_id), listed in commands.items():
        scope: dict[str, Any] = {"language_code": code} if code else {}
        if chat_id is not None:
            scope["scope"] = {"type": "chat", "chat_id": chat_id}
        result = await gateway.call("setMyCommands", {"commands": listed, **scope})
        if isinstance(result, Sent):
            continue
        remedy = "none needed: it is tried again"
        if isinstance(result, GaveUp):
            remedy = "check the command descriptions of this language in content/locales"
        elif isinstance(result, Blocked):
            remedy = "add the bot to the chat that STAFF_CHAT_ID names, or correct that number"
        else:
            left[code, chat_id] = listed
        log.warning("introduction_failed", method="setMyCommands", language=code, result=repr(result), remedy=remedy)
    return left


async def announce_webhook(gateway: Gateway, url: str, secret: str) -> None:
    """Have Telegram post updates to `url` from now on, with the secret; returns once it agreed."""
    payload: dict[str, Any] = {
        "url": url,
        "secret_token": secret,
        "allowed_updates": list(ALLOWED_UPDATES),
        "drop_pending_updates": False,
    }
    pause = FIRST_PAUSE_SECONDS
    while not isinstance(result := await gateway.call("setWebhook", payload), Sent):
        seconds = result.seconds if isinstance(result, RetryAfter) else pause
        log.warning(
            "webhook_refused",
            result=repr(result),
            retry_in_seconds=seconds,
            remedy="check PUBLIC_URL: it must be an https address that the internet can reach; see `lumbar doctor`",
        )
        await asyncio.sleep(seconds)
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
    log.info("webhook_announced", url=url)
