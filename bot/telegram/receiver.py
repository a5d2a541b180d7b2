"""The receiver: long-polls getUpdates and acknowledges only what is committed.

PTB's own Updater is not used because it acknowledges before handlers run. Here a batch is one transaction; the offset
of the next poll, which is Telegram's acknowledgement, moves only after its commit. If the process dies in between,
Telegram sends the batch again and the inbox knows it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from bot import telemetry
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
        """Poll until `stop`; a batch that was received is committed before this returns.

        Whatever fails, Telegram or the database, is logged in words and tried again after a growing pause.
        """
        failures = 0
        stopping = asyncio.ensure_future(stop.wait())
        try:
            async with asyncio.TaskGroup() as answers:
                while not stop.is_set():
                    if await self._take_batch(stopping, answers):
                        failures = 0
                        continue
                    failures += 1
                    pause = min(2.0 ** (failures - 1), LONGEST_PAUSE_SECONDS)
                    log.warning("receiver_pauses", retry_in_seconds=pause)
                    await asyncio.wait({stopping}, timeout=pause)
        finally:
            stopping.cancel()

    async def _take_batch(self, stopping: asyncio.Future[Any], answers: asyncio.TaskGroup) -> bool:
        """Poll once and commit what came; False when that failed and nothing was acknowledged."""
        raw = await self._poll_unless(stopping)
        if isinstance(raw, str):
            log.warning("poll_failed", reason=raw)
            return False
        if not raw:
            return True
        parsed, unreadable = self._parsed(raw)
        try:
            to_answer = await self._handle_batch(parsed, unreadable)
        except Exception:
            log.exception("batch_failed", updates=len(raw), first_update_id=raw[0]["update_id"])
            return False
        self._offset = raw[-1]["update_id"] + 1
        for answer in to_answer:
            answers.create_task(self._answer(answer))
        return True

    async def _poll_unless(self, stopping: asyncio.Future[Any]) -> list[dict[str, Any]] | str:
        """Poll once; nothing has come when the time to stop comes first."""
        poll = asyncio.ensure_future(
            self._gateway.poll(self._offset, seconds=POLL_SECONDS, most=MOST_UPDATES, allowed=updates.ALLOWED_UPDATES)
        )
        try:
            await asyncio.wait({poll, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return poll.result() if poll.done() else []
        finally:
            poll.cancel()
            await asyncio.wait({poll})

    def _parsed(self, raw: list[dict[str, Any]]) -> tuple[list[Incoming], list[int]]:
        """Read each update by itself; return those that could be read, if need be by hand, and the others' ids."""
        parsed: list[Incoming] = []
        unreadable: list[int] = []
        for update in raw:
            try:
                parsed.append(updates.parse(update, self._gateway.bot))
            except Exception as error:  # noqa: BLE001 - the boundary of one update
                salvaged = updates.salvage(update)
                known = {"update_id": update["update_id"], "salvaged": salvaged is not None}
                log.error("update_unreadable", **known, **telemetry.fault(error))  # noqa: TRY400 - without the message
                if salvaged is None:
                    unreadable.append(update["update_id"])
                else:
                    parsed.append(salvaged)
        return parsed, unreadable

    async def _answer(self, answer: QueryAnswer) -> None:
        """Take the spinner off a pressed button; nothing depends on it, so its failure is nobody's concern."""
        payload = {"callback_query_id": answer.query_id} | ({"text": answer.text} if answer.text else {})
        try:
            await self._gateway.call("answerCallbackQuery", payload)
        except Exception:
            log.exception("press_not_answered")
