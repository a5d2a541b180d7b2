"""The relay: sends what the outbox holds, one relay per bot token.

It keeps nothing that matters in memory: what is queued, in flight and answered stands in the database, and the lease
says who may send. In memory are only the rates and the tasks under way. Each turn is one transaction
(`outbox.exchange`): answers in, next letters out; the calls themselves run beside each other, as many as the rate and
the workers allow.

Woken by the commit that queued something, by an answer, or by a free place in the rate; a slow turn every second is
the net under all three.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from random import random
from secrets import token_hex
from typing import Any

import structlog

from bot.telegram.rate import Rates
from bot.usecases import outbox
from bot.usecases.delivery import Blocked, RetryAfter, SendResult, TokenRejected
from bot.usecases.outbox import Exchange
from bot.usecases.ports import Clock, Settlement, TakenLetter, Transaction

log = structlog.get_logger()

SLOW_TURN_SECONDS = 1.0
WORKERS = 64

Run = Callable[[Callable[[Transaction], Any]], Awaitable[Any]]
Send = Callable[[str, Mapping[str, Any]], Awaitable[SendResult]]


class Relay:
    """Sends letters until its stop event is set; `wake` asks it to look at the outbox now."""

    def __init__(self, *, run: Run, send: Send, clock: Clock, per_second: float, alone: bool) -> None:
        self._run = run
        self._send = send
        self._clock = clock
        self._rates = Rates(per_second)
        self._alone = alone
        self._holder = token_hex(8)
        self._wake = asyncio.Event()
        self._in_flight: dict[int, asyncio.Task[None]] = {}
        self._settlements: list[Settlement] = []
        self._blocked: set[int] = set()

    def wake(self) -> None:
        """Look at the outbox now."""
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop`; then take no more, let the calls under way finish and record their answers."""
        holding = await self._take_over(force=self._alone)
        stopping = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                holding = await self._turn() if holding else await self._take_over(force=False)
                await self._rest(stopping)
        finally:
            stopping.cancel()
        await asyncio.gather(*self._in_flight.values())
        if holding:
            await self._exchange(limit=0)

    async def _take_over(self, *, force: bool) -> bool:
        now = self._clock.now()
        fence = await self._run(lambda tx: outbox.take_over(tx, holder=self._holder, now=now, force=force))
        if fence is not None:
            log.info("relay_took_over", fence=fence)
            self._wake.set()
        return fence is not None

    async def _turn(self) -> bool:
        """Record answers and send what may go now; False when the lease is lost."""
        limit = min(WORKERS - len(self._in_flight), self._rates.available())
        exchange = await self._exchange(limit=limit)
        if exchange.fence is None:
            log.warning("relay_lost_lease")
            return False
        for letter in exchange.letters:
            self._rates.spend(letter.chat_id, letter.method)
            task = asyncio.create_task(self._deliver(letter))
            self._in_flight[letter.chat_id] = task
        if exchange.letters and len(exchange.letters) == limit:
            self._wake.set()
        return True

    async def _exchange(self, *, limit: int) -> Exchange:
        settlements, self._settlements = self._settlements, []
        blocked, self._blocked = self._blocked, set()
        busy = {*self._in_flight, *self._rates.resting_chats()}
        now = self._clock.now()
        exchange: Exchange = await self._run(
            lambda tx: outbox.exchange(
                tx,
                settlements,
                blocked_chats=blocked,
                busy_chats=busy,
                limit=limit,
                holder=self._holder,
                now=now,
            )
        )
        return exchange

    async def _deliver(self, letter: TakenLetter) -> None:
        payload = {"chat_id": letter.chat_id, **letter.payload}
        result = await self._send(letter.method, payload)
        settlement = outbox.judge(letter, result, now=self._clock.now(), jitter=random())  # noqa: S311 - spreads retries
        match result:
            case RetryAfter(seconds=seconds, scope=scope):
                self._rates.rest(letter.chat_id if scope == "chat" else None, seconds)
            case TokenRejected():
                self._rates.rest(None, outbox.LONGEST_BACKOFF_SECONDS)
                log.error("token_rejected", remedy="set TELEGRAM_BOT_TOKEN to the token @BotFather shows and restart")
            case Blocked():
                self._blocked.add(letter.chat_id)
            case _:
                pass
        log.debug("letter_tried", letter=letter.id, method=letter.method, status=settlement.status.value)
        self._settlements.append(settlement)
        del self._in_flight[letter.chat_id]
        self._wake.set()

    async def _rest(self, stopping: asyncio.Future[Any]) -> None:
        """Wait until there is something to do: a commit, an answer, a free rate, or the slow turn."""
        waking = asyncio.ensure_future(self._wake.wait())
        timeout = self._rates.seconds_until_available() or SLOW_TURN_SECONDS
        await asyncio.wait({waking, stopping}, timeout=min(timeout, SLOW_TURN_SECONDS), return_when="FIRST_COMPLETED")
        waking.cancel()
        if self._rates.available() >= 1:
            self._wake.clear()
