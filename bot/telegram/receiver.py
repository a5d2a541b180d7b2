"""The receiver: long-polls getUpdates and acknowledges only what is committed.

PTB's own Updater is not used because it acknowledges before handlers run. Here a batch is one transaction; the offset
of the next poll, which is Telegram's acknowledgement, moves only after its commit. If the process dies in between,
Telegram sends the batch again and the inbox knows it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from bot.telegram import updates
from bot.telegram.gateway import Gateway
from bot.usecases.inbox import QueryAnswer
from bot.usecases.incoming import Incoming

log = structlog.get_logger()

POLL_SECONDS = 25
MOST_UPDATES = 100
LONGEST_PAUSE_SECONDS = 15.0

HandleBatch = Callable[[list[Incoming], list[int]], Awaitable[list[QueryAnswer]]]
"""Commit a batch (parsed updates, and the ids of those that could not be parsed); return the queries to answer."""


class Receiver:
    """One bot's long poll; `run` until its stop event is set."""

    def __init__(self, gateway: Gateway, handle_batch: HandleBatch) -> None:
        self._gateway = gateway
        self._handle_batch = handle_batch
        self._offset: int | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop`; a batch that was received is committed before this returns."""
        pause = 0.0
        async with asyncio.TaskGroup() as answers:
            while not stop.is_set():
                raw = await self._poll_unless(stop)
                if isinstance(raw, list):
                    pause = 0.0
                    if raw:
                        await self._take(raw, answers)
                elif raw is not None:
                    log.warning("poll_failed", reason=raw, retry_in_seconds=pause)
                    pause = min(pause * 2 or 1.0, LONGEST_PAUSE_SECONDS)
                    await _wait(stop, pause)

    async def _poll_unless(self, stop: asyncio.Event) -> list[dict[str, Any]] | str | None:
        """Poll once; None when `stop` came first."""
        poll = asyncio.ensure_future(
            self._gateway.poll(self._offset, seconds=POLL_SECONDS, most=MOST_UPDATES, allowed=updates.ALLOWED_UPDATES)
        )
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait({poll, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not poll.done():
            poll.cancel()
            return None
        return poll.result()

    async def _take(self, raw: list[dict[str, Any]], answers: asyncio.TaskGroup) -> None:
        parsed: list[Incoming] = []
        unreadable: list[int] = []
        for update in raw:
            try:
                parsed.append(updates.parse(update, self._gateway.bot))
            except Exception:
                log.exception("update_unreadable", update_id=update["update_id"])
                unreadable.append(update["update_id"])
        for answer in await self._handle_batch(parsed, unreadable):
            answers.create_task(self._answer(answer))
        self._offset = raw[-1]["update_id"] + 1

    async def _answer(self, answer: QueryAnswer) -> None:
        """Take the spinner off a pressed button; nothing depends on it, so its failure is nobody's concern."""
        payload = {"callback_query_id": answer.query_id} | ({"text": answer.text} if answer.text else {})
        await self._gateway.call("answerCallbackQuery", payload)


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
