"""The intake: updates as Telegram sent them, read and committed, whichever way they came.

Long polling and the webhook both hand their updates to `Intake.take`, which returns once they are committed. Updates
that arrive while a transaction runs wait and share the next one: forty posts of a webhook cost one commit, not forty.
Within a chat they keep the order in which they came.

What cannot be read is noted by its number: it must not come again for ever, nor take its neighbours along.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog

from bot import metrics
from bot.telegram import updates
from bot.telegram.gateway import Gateway
from bot.usecases.inbox import QueryAnswer
from bot.usecases.incoming import UPDATE_IDS_END, Incoming
from bot.usecases.ports import StorageFailed

log = structlog.get_logger()

MOST_UPDATES = 100
"""As many as one transaction takes."""

Commit = Callable[[list[Incoming], list[int]], Awaitable[list[QueryAnswer]]]
"""Commit a batch (read updates, and the ids of those that could not be read); return the presses to answer."""

_Waiting = tuple[Sequence[dict[str, Any]], float, "asyncio.Future[bool]"]
"""Updates, when they came by the loop's clock, and who waits for them."""


class Intake:
    """Takes updates until `finish`."""

    def __init__(self, gateway: Gateway, commit: Commit) -> None:
        self._gateway = gateway
        self._commit = commit
        self._waiting: list[_Waiting] = []
        self._committing: asyncio.Task[None] | None = None
        self._answers: set[asyncio.Task[None]] = set()

    async def take(self, raw: Sequence[dict[str, Any]]) -> bool:
        """Return True once these updates are committed; False when the storage failed and nothing of them is kept."""
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[bool] = loop.create_future()
        self._waiting.append((raw, loop.time(), outcome))
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit_all())
        return await outcome

    async def finish(self) -> None:
        """Return when whatever was taken is committed and every press of a button answered."""
        if self._committing is not None:
            await asyncio.wait({self._committing})
        if self._answers:
            await asyncio.wait(self._answers)

    async def _commit_all(self) -> None:
        """Commit what waits, group after group, until nothing does."""
        try:
            while self._waiting:
                group, committed = self._next_group(), False
                try:
                    committed = await self._commit_group([update for raw, _, _ in group for update in raw])
                finally:  # whatever went wrong, nobody waits for ever
                    for raw, came_at, outcome in group:
                        if committed:
                            metrics.observe_handling(len(raw), asyncio.get_running_loop().time() - came_at)
                        if not outcome.done():  # whoever asked may have gone away
                            outcome.set_result(committed)
        finally:
            self._committing = None

    def _next_group(self) -> list[_Waiting]:
        """Take from the front what fits into one transaction, at least one request."""
        size = number = 0
        for raw, _, _ in self._waiting:
            size += len(raw)
            if number and size > MOST_UPDATES:
                break
            number += 1
        group, self._waiting = self._waiting[:number], self._waiting[number:]
        return group

    async def _commit_group(self, raw: list[dict[str, Any]]) -> bool:
        parsed, unreadable = self._read(raw)
        try:
            to_answer = await self._commit(parsed, unreadable)
        except StorageFailed as error:
            log.error("batch_not_stored", updates=len(raw), first_update_id=raw[0]["update_id"], reason=str(error))  # noqa: TRY400 - its words say all
            return False
        except Exception:
            log.exception("batch_failed", updates=len(raw), first_update_id=raw[0]["update_id"])
            return False
        metrics.count_updates(handled=len(parsed), unreadable=len(unreadable))
        for answer in to_answer:
            task = asyncio.create_task(self._answer(answer))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)
        return True

    def _read(self, raw: list[dict[str, Any]]) -> tuple[list[Incoming], list[int]]:
        """Read each update by itself; return those that could be read, and the others' ids."""
        parsed: list[Incoming] = []
        unreadable: list[int] = []
        for update in raw:
            if not 0 <= update["update_id"] < UPDATE_IDS_END:
                log.error("update_without_number", remedy="none: what sent it is not Telegram")
                continue
            try:
                parsed.append(updates.parse(update, self._gateway.bot))
            except Exception:
                log.exception("update_unreadable", update_id=update["update_id"])
                unreadable.append(update["update_id"])
        return parsed, unreadable

    async def _answer(self, answer: QueryAnswer) -> None:
        """Take the spinner off a pressed button; nothing depends on it, so its failure is nobody's concern."""
        payload = {"callback_query_id": answer.query_id} | ({"text": answer.text} if answer.text else {})
        try:
            await self._gateway.call("answerCallbackQuery", payload)
        except Exception:
            log.exception("press_not_answered")
