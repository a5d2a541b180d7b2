"""The receiver: long-polls getUpdates and acknowledges only what is committed.

PTB's own Updater is not used because it acknowledges before handlers run. Here a batch is one transaction; the offset
of the next poll, which is Telegram's acknowledgement, moves only after its commit. If the process dies in between,
Telegram sends the batch again and the inbox knows it.

Of several processes over one database one polls, by a lease; the others stand by and take over when it dies or stops.
A lease that changes hands in the middle of a batch harms nothing: both commit the same updates, and the inbox lets each
take effect once. Somebody who polls with the same token over another database is beyond any lease: Telegram answers 409
to one of the two, and the log says what to do about it.
"""

import asyncio
from typing import Any

import structlog

from bot.telegram import updates
from bot.telegram.gateway import Gateway, PollConflict
from bot.telegram.intake import MOST_UPDATES, Intake
from bot.telegram.leadership import RENEW_SECONDS, STANDBY_SECONDS, Leadership
from bot.usecases.delivery import Sent
from bot.usecases.ports import StorageFailed

log = structlog.get_logger()

POLL_SECONDS = 25
LONGEST_PAUSE_SECONDS = 15.0

LEASE = "polling"

_WEBHOOK_SET_ELSEWHERE = (
    "another deployment has set a webhook for this token: stop it, or give this bot a token of its own (/newbot in "
    "@BotFather); restarting this one removes the webhook"
)
_POLLED_ELSEWHERE = (
    "another process polls with this token over another database: stop it, or give this bot a token of its own "
    "(/newbot in @BotFather)"
)


class Receiver:
    """One bot's long poll; `run` until its stop event is set.

    `leadership` says whether this process may poll; None where there is no other.
    """

    def __init__(self, gateway: Gateway, intake: Intake, leadership: Leadership | None = None) -> None:
        self._gateway = gateway
        self._intake = intake
        self._leadership = leadership
        self._leads: bool | None = None
        self._renew_at = 0.0
        self._webhook_removed = False
        self._offset: int | None = None
        self._freed = asyncio.Event()

    def lease_freed(self) -> None:
        """Ask for the lease now: somebody has given one up. Belongs to the event loop's thread."""
        self._freed.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop`; a batch that was received is committed before this returns, and the lease given up.

        Whatever fails, Telegram or the database, is logged in words and tried again after a growing pause.
        """
        failures = 0
        stopping = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                pause = await self._turn(stopping)
                if pause is None:
                    failures += 1
                    pause = min(2.0 ** (failures - 1), LONGEST_PAUSE_SECONDS)
                    log.warning("receiver_pauses", retry_in_seconds=pause)
                else:
                    failures = 0
                if pause:
                    await self._rest(stopping, pause)
        finally:
            stopping.cancel()
        await self._step_down()

    async def _rest(self, stopping: asyncio.Future[Any], seconds: float) -> None:
        """Wait until it is time to stop, or a lease was given up, at most `seconds`."""
        freed = asyncio.ensure_future(self._freed.wait())
        try:
            await asyncio.wait({freed, stopping}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            freed.cancel()

    async def _turn(self, stopping: asyncio.Future[Any]) -> float | None:
        """Poll once if that is ours to do; return after how many seconds to go on, None after a failure."""
        self._freed.clear()
        try:
            if not await self._may_poll():
                return STANDBY_SECONDS
            if not self._webhook_removed:
                await self._remove_webhook()
            return 0.0 if await self._take_batch(stopping) else None
        except StorageFailed as error:
            log.error("lease_not_asked", reason=str(error))  # noqa: TRY400 - its words say all
            return None
        except Exception:
            log.exception("polling_failed")
            return None

    async def _may_poll(self) -> bool:
        """Ask for the lease, or renew it when it is time to; raises what the storage raises."""
        if self._leadership is None:
            return True
        now = asyncio.get_running_loop().time()
        if self._leads and now < self._renew_at:
            return True
        was, self._leads = self._leads, False  # until the database says otherwise
        self._leads = await self._leadership.hold()
        self._renew_at = now + RENEW_SECONDS
        if self._leads != was:
            log.info("polling_begins" if self._leads else "polling_stands_by")
        return self._leads

    async def _take_batch(self, stopping: asyncio.Future[Any]) -> bool:
        """Poll once and commit what came; False when that failed and nothing was acknowledged."""
        raw = await self._poll_unless(stopping)
        if isinstance(raw, PollConflict):
            remedy = _WEBHOOK_SET_ELSEWHERE if raw.by_webhook else _POLLED_ELSEWHERE
            log.error("polling_conflict", reason=raw.reason, remedy=remedy)
            return False
        if isinstance(raw, str):
            log.warning("poll_failed", reason=raw)
            return False
        if raw and not await self._intake.take(raw):
            return False
        if raw:
            self._offset = raw[-1]["update_id"] + 1
        return True

    async def _poll_unless(self, stopping: asyncio.Future[Any]) -> list[dict[str, Any]] | PollConflict | str:
        """Poll once, renewing the lease meanwhile; nothing has come when it is lost, or when it is time to stop."""
        poll = asyncio.ensure_future(
            self._gateway.poll(self._offset, seconds=POLL_SECONDS, most=MOST_UPDATES, allowed=updates.ALLOWED_UPDATES)
        )
        try:
            while not poll.done():
                await asyncio.wait({poll, stopping}, timeout=RENEW_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                if not poll.done() and (stopping.done() or not await self._may_poll()):
                    return []
            return poll.result()
        finally:
            poll.cancel()
            await asyncio.wait({poll})

    async def _remove_webhook(self) -> None:
        """Tell Telegram that this bot polls; while that fails, polling does too, and both are tried again."""
        result = await self._gateway.call("deleteWebhook", {"drop_pending_updates": False})
        self._webhook_removed = isinstance(result, Sent)
        if not self._webhook_removed:
            log.warning("webhook_not_removed", result=repr(result))

    async def _step_down(self) -> None:
        """Give the lease up; where that fails, it ends by itself."""
        if self._leadership is None or not self._leads:
            return
        self._leads = False
        try:
            await self._leadership.release()
        except Exception:
            log.exception("lease_not_released")
