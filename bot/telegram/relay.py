"""The relay: sends what the outbox holds, one relay per bot token.

It keeps nothing that matters in memory: what is queued, in flight and answered stands in the database, and the lease
says who may send. In memory are only the rates and the calls under way. Each turn is one transaction
(`outbox.exchange`): answers in, next letters out; the calls themselves run beside each other, as many as the rate and
the workers allow.

A turn begins by clearing `_wake`, so whatever is queued or answered while it looks makes for another turn: no wake-up
is lost. It ends by telling how long nothing can happen by itself (a rate, a retry's time, the lease), so a relay with
nothing to do rests. A database that fails for a while loses no answer: the answers stay here and the lease is taken
anew, which recovers letters whose marking nobody heard of.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from random import random
from secrets import token_hex
from typing import Any

import structlog

from bot.telegram.rate import Rates
from bot.usecases import outbox
from bot.usecases.delivery import Blocked, GaveUp, RetryAfter, SendResult, TokenRejected
from bot.usecases.outbox import Exchange
from bot.usecases.ports import Clock, Settlement, TakenLetter, Transaction

log = structlog.get_logger()

SLOW_TURN_SECONDS = 1.0
WORKERS = 200

Run = Callable[[Callable[[Transaction], Any]], Awaitable[Any]]
Send = Callable[[str, Mapping[str, Any]], Awaitable[SendResult]]


class Relay:
    """Sends letters until its stop event is set; `wake` asks it to look at the outbox now.

    `alone` says that no other process can be sending, so that a lease left by one that died is taken at once.
    """

    def __init__(
        self, *, run: Run, send: Send, clock: Clock, per_second: float, alone: bool, rates: Rates | None = None
    ) -> None:
        self._run = run
        self._send = send
        self._clock = clock
        self._rates = rates or Rates(per_second)
        self._alone = alone
        self._holder = token_hex(8)
        self._holding = False
        self._wake = asyncio.Event()
        self._in_flight = 0
        self._settlements: list[Settlement] = []
        self._blocked: set[int] = set()

    def wake(self) -> None:
        """Look at the outbox now."""
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop`; then take no more, let the calls under way finish and record their answers."""
        stopping = asyncio.ensure_future(stop.wait())
        try:
            async with asyncio.TaskGroup() as calls:
                while not stop.is_set():
                    self._wake.clear()
                    try:
                        seconds = await self._turn(calls)
                    except Exception:
                        self._holding = False
                        log.exception("relay_turn_failed", retry_in_seconds=SLOW_TURN_SECONDS)
                        await asyncio.wait({stopping}, timeout=SLOW_TURN_SECONDS)
                    else:
                        await self._rest(stopping, seconds)
        finally:
            stopping.cancel()
        if self._holding:
            await self._exchange(limit=0)

    async def _turn(self, calls: asyncio.TaskGroup) -> float:
        """Record answers and send what may go now; return after how many seconds to look again at the latest."""
        if not self._holding and not await self._take_over():
            return SLOW_TURN_SECONDS
        limit = min(WORKERS - self._in_flight, self._rates.available())
        exchange = await self._exchange(limit=limit)
        if exchange.fence is None:
            log.warning("relay_lost_lease")
            self._holding = False
            return SLOW_TURN_SECONDS
        for letter in exchange.letters:
            self._rates.spend(letter.chat_id, letter.method)
            self._in_flight += 1
            calls.create_task(self._deliver(letter))
        return self._seconds_until_next(exchange, limit)

    async def _take_over(self) -> bool:
        """Take the lease, once no call of an earlier time is under way: its letter may be somebody else's by now."""
        if self._in_flight:
            return False
        now, force = self._clock.now(), self._alone
        self._alone = False
        fence = await self._recording(
            lambda tx, settlements: outbox.take_over(tx, settlements, holder=self._holder, now=now, force=force)
        )
        if fence is not None:
            log.info("relay_took_over", fence=fence)
            self._holding = True
        return self._holding

    async def _exchange(self, *, limit: int) -> Exchange:
        blocked, self._blocked = self._blocked, set()
        resting = self._rates.resting_chats()
        now = self._clock.now()
        try:
            exchange: Exchange = await self._recording(
                lambda tx, settlements: outbox.exchange(
                    tx,
                    settlements,
                    blocked_chats=blocked,
                    resting_chats=resting,
                    limit=limit,
                    holder=self._holder,
                    now=now,
                )
            )
        except BaseException:
            self._blocked |= blocked
            raise
        return exchange

    async def _recording(self, work: Callable[[Transaction, list[Settlement]], Any]) -> Any:
        """Run a transaction that records the answers; one that fails leaves them to the next."""
        settlements, self._settlements = self._settlements, []
        try:
            return await self._run(lambda tx: work(tx, settlements))
        except BaseException:
            self._settlements = settlements + self._settlements
            raise

    async def _deliver(self, letter: TakenLetter) -> None:
        """Make one call and note its answer; never raises, so that no letter harms another."""
        try:
            result = await self._send(letter.method, {"chat_id": letter.chat_id, **letter.payload})
        except Exception as error:
            log.exception("letter_raised", letter=letter.id, method=letter.method)
            result = GaveUp(f"the call raised {type(error).__name__}")
        match result:
            case RetryAfter(seconds=seconds, scope=scope):
                self._rates.rest(letter.chat_id if scope == "chat" else None, seconds)
                log.warning("flood_limit_hit", scope=scope, seconds=seconds)
            case TokenRejected():
                self._rates.rest(None, outbox.LONGEST_BACKOFF_SECONDS)
                log.error("token_rejected", remedy="set TELEGRAM_BOT_TOKEN to the token @BotFather shows and restart")
            case Blocked():
                self._blocked.add(letter.chat_id)
            case GaveUp(reason=reason):
                log.warning("letter_given_up", letter=letter.id, method=letter.method, reason=reason)
            case _:
                pass
        settlement = outbox.judge(letter, result, now=self._clock.now(), jitter=random())  # noqa: S311 - spreads retries
        log.debug("letter_tried", letter=letter.id, method=letter.method, status=settlement.status.value)
        self._settlements.append(settlement)
        self._in_flight -= 1
        self._wake.set()

    def _seconds_until_next(self, exchange: Exchange, limit: int) -> float:
        """How long nothing can happen but by a wake-up. Full workers are no reason to look: their answers wake us."""
        seconds = SLOW_TURN_SECONDS
        if exchange.next_at is not None:
            seconds = min(seconds, max(0.0, (exchange.next_at - self._clock.now()).total_seconds()))
        rested = self._rates.seconds_until_rested()
        if rested is not None:
            seconds = min(seconds, rested)
        if (exchange.has_more or limit <= 0) and self._in_flight < WORKERS:
            seconds = min(seconds, self._rates.seconds_until_available())
        return seconds

    async def _rest(self, stopping: asyncio.Future[Any], seconds: float) -> None:
        """Wait until woken or told to stop, at most `seconds`."""
        waking = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait({waking, stopping}, timeout=seconds, return_when="FIRST_COMPLETED")
        finally:
            waking.cancel()
