"""Updates on their way to the bot: the queue, long polling, and webhook delivery.

An update stays queued until getUpdates is called with a higher offset or the webhook answered 2xx, so a bot that
dies sees it again. Only one poller may wait: a second one sends the first home with 409, as Telegram does. The kinds
of updates a bot wants are applied when an update comes into being, not when it is fetched.
"""

import asyncio
import itertools
import json
from collections import deque
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.journal import Journal
from bot.sandbox.loopback import is_loopback
from bot.sandbox.webhook import Webhook, post

Update = dict[str, Any]

_NOT_SENT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_FIRST_RETRY_SECONDS = 0.1
_LONGEST_RETRY_SECONDS = 60.0
_BATCH = 100
_LONGEST_POLL_SECONDS = 50
# A bot that polls comes back sooner than this, even when it has a batch to work through.
_ABSENT_AFTER_SECONDS = 10.0


class Updates:
    """The updates of one bot and the one way they leave.

    `connected` tells whether a bot listens: it polls, has polled within the last seconds, or has set a webhook.
    `poll_waits` is set while a getUpdates call waits for something to happen.
    """

    def __init__(self, clock: SandboxClock, journal: Journal) -> None:
        self._clock = clock
        self._journal = journal
        self._pending: deque[Update] = deque()
        self._ids = itertools.count(800_000_001)
        self._arrived = asyncio.Event()
        self._allowed: set[str] = set()
        self._poller: asyncio.Event | None = None
        self._delivery: asyncio.Task[None] | None = None
        self._absence: asyncio.TimerHandle | None = None
        self.webhook: Webhook | None = None
        self.connected = False
        self.poll_waits = asyncio.Event()

    @property
    def pending_count(self) -> int:
        """Return how many updates are not yet confirmed."""
        return len(self._pending)

    def add(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue an update unless the bot does not want its kind; return its id."""
        wanted = kind in self._allowed if self._allowed else kind not in _NOT_SENT_BY_DEFAULT
        if not wanted:
            return None
        update_id = next(self._ids)
        self._pending.append({"update_id": update_id, kind: content})
        self._arrived.set()
        return update_id

    def inject(self, update: Update) -> None:
        """Queue an update exactly as it is given, whatever it may be; its number is the caller's affair."""
        self._pending.append(update)
        self._arrived.set()

    async def poll(self, arguments: dict[str, Any]) -> list[Update]:
        """Carry out getUpdates; raises 409 while a webhook is set or when a later poller takes over."""
        if self.webhook is not None:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self._remember_kinds(arguments)
        if self._poller is not None:
            self._poller.set()
        superseded = self._poller = asyncio.Event()
        self._confirm(arguments.get("offset", 0))
        limit = min(max(arguments.get("limit", _BATCH), 1), _BATCH)
        timeout_seconds = min(max(arguments.get("timeout", 0), 0), _LONGEST_POLL_SECONDS)
        self._set_connected(True)
        try:
            if not self._pending and timeout_seconds:
                await self._first_of(superseded, timeout_seconds)
        except asyncio.CancelledError:
            if self._poller is superseded:
                self._set_connected(False)  # it hung up
            raise
        finally:
            if self._poller is superseded:
                self._poller = None
        if superseded.is_set() and not self._journal.closed:
            raise ApiError(
                409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        self._absence = asyncio.get_running_loop().call_later(_ABSENT_AFTER_SECONDS, self._set_connected, False)
        return list(itertools.islice(self._pending, limit))

    async def set_webhook(self, webhook: Webhook, arguments: dict[str, Any]) -> None:
        """Deliver to `webhook` from now on; raises 400 for an address Telegram (or loopback) does not allow."""
        address = urlsplit(webhook.url)
        if address.scheme != "https" and not (address.scheme == "http" and is_loopback(address.hostname)):
            raise bad_request(
                "bad webhook: An HTTPS URL must be provided for webhook (or http on loopback, in the sandbox)"
            )
        await self.delete_webhook(arguments)
        self._remember_kinds(arguments)
        if self._poller is not None:
            self._poller.set()
        self.webhook = webhook
        self._set_connected(True)
        self._delivery = asyncio.get_running_loop().create_task(self._deliver(webhook))

    async def delete_webhook(self, arguments: dict[str, Any]) -> None:
        """Stop delivering; updates stay queued unless `drop_pending_updates`."""
        if arguments.get("drop_pending_updates"):
            self._pending.clear()
        if self.webhook is not None:
            self.webhook = None
            self._set_connected(False)
        delivery, self._delivery = self._delivery, None
        if delivery is not None:
            delivery.cancel()
            await asyncio.gather(delivery, return_exceptions=True)

    async def close(self) -> None:
        """End the poll that waits and the delivery that runs."""
        await self.delete_webhook({})
        if self._poller is not None:
            self._poller.set()
        if self._absence is not None:
            self._absence.cancel()

    def allowed_kinds(self) -> list[str]:
        """Return the kinds the bot asked for, empty for the default."""
        return sorted(self._allowed)

    def _set_connected(self, connected: bool) -> None:  # noqa: FBT001 - a timer's callback takes no keywords
        if self._absence is not None:
            self._absence.cancel()
            self._absence = None
        if self.connected != connected:
            self.connected = connected
            self._journal.add("connection", connected=connected)

    def _remember_kinds(self, arguments: dict[str, Any]) -> None:
        if "allowed_updates" in arguments:
            self._allowed = set(arguments["allowed_updates"])

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        while offset > 0 and self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()

    async def _first_of(self, superseded: asyncio.Event, timeout_seconds: float) -> None:
        """Wait for an update, a later poller, or the end of time."""
        self._arrived.clear()
        self.poll_waits.set()
        waits = [asyncio.ensure_future(self._arrived.wait()), asyncio.ensure_future(superseded.wait())]
        try:
            await asyncio.wait(waits, timeout=timeout_seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            if self._poller is superseded:
                self.poll_waits.clear()

    async def _deliver(self, webhook: Webhook) -> None:
        """Post updates one by one, each again and again with growing delay until it is answered 2xx."""
        retry_seconds = _FIRST_RETRY_SECONDS
        while True:
            self._arrived.clear()
            if not self._pending:
                await self._arrived.wait()
                continue
            update = self._pending[0]
            failure = await post(webhook, json.dumps(update).encode())
            if failure is None:
                retry_seconds = _FIRST_RETRY_SECONDS
                if self._pending and self._pending[0] is update:
                    self._pending.popleft()
                continue
            webhook.last_error = (int(self._clock.now().timestamp()), failure)
            self._journal.add("webhook_failed", reason=failure)
            await asyncio.sleep(retry_seconds)
            retry_seconds = min(retry_seconds * 2, _LONGEST_RETRY_SECONDS)
