"""The introduction: what a starting bot tells Telegram about itself.

Its commands, in every language; a bot that cannot tell them runs all the same. And where its webhook is: without that
no update comes, so it is tried until Telegram takes it.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog

from bot.telegram.gateway import Gateway
from bot.telegram.updates import ALLOWED_UPDATES
from bot.usecases.delivery import RetryAfter, Sent

log = structlog.get_logger()

LONGEST_PAUSE_SECONDS = 60.0


async def tell_commands(gateway: Gateway, commands: Mapping[str, list[dict[str, str]]]) -> None:
    """Tell the commands of each language; what English says is what speakers of any other language see."""
    for code, listed in commands.items():
        scope = {} if code == "en" else {"language_code": code}
        result = await gateway.call("setMyCommands", {"commands": listed, **scope})
        if not isinstance(result, Sent):
            log.warning(
                "introduction_failed", method="setMyCommands", result=repr(result), remedy="restart to try again"
            )


async def announce_webhook(gateway: Gateway, url: str, secret: str) -> None:
    """Have Telegram post updates to `url` from now on, with the secret; returns once it agreed."""
    payload: dict[str, Any] = {
        "url": url,
        "secret_token": secret,
        "allowed_updates": list(ALLOWED_UPDATES),
        "drop_pending_updates": False,
    }
    pause = 1.0
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
