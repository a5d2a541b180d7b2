"""The relay: sends what the outbox holds, one relay per bot token.

It keeps nothing that matters in memory: what is queued, in flight and answered stands in the database, and the lease
says who may send. In memory are only the rates and the calls under way. Each turn is one transaction
(`outbox.exchange`): answers in, next letters out; the calls themselves run beside each other, as many as the rate and
the workers allow, and a few of both are kept for answers and referrals. While others are still awaited, answers are
gathered for a moment, for a transaction costs as much as recording twenty of them; the last one makes for a turn at
once, so that on a quiet day nobody's second message waits.

A turn begins by clearing the wake-up, so whatever is queued or answered while it looks makes for another turn: none is
lost. It ends by telling how long nothing can happen by itself (a rate, a retry's time, the lease), so a relay with
nothing to do rests. Three things wake it: `wake`, called after a commit of this process; the same, called by whoever
hears of another process's commit; and a slow look of its own, the net under both.

A database that fails for a while loses no answer: the answers stay here and the lease is taken anew, which recovers
letters whose marking nobody heard of.

A relay that was paused (a stopped process, a machine asleep) may find the lease somebody else's when it wakes. Its
writes are refused then, by the lease's token; and before every call it looks at a clock that goes on while machines
sleep: a letter taken too long ago to be sure is put back instead of sent.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from random import random
from secrets import token_hex
from typing import Any

import structlog

from bot.telegram.leadership import Run
from bot.telegram.rate import Rates
from bot.usecases import outbox
from bot.usecases.delivery import Blocked, GaveUp, Instead, RetryAfter, SendResult, Sent, TokenRejected
from bot.usecases.outbox import Exchange
from bot.usecases.ports import Clock, Settlement, StorageFailed, TakenLetter, Transaction

log = structlog.get_logger()

SLOW_TURN_SECONDS = 1.0
WORKERS = 200
RESERVED_WORKERS = 20  # never sending in bulk: where Telegram answers slowly, an answer finds one free
GATHER_SECONDS = 0.02
CLOCK_MAY_STRAY = timedelta(seconds=1)
DRAIN_SECONDS = 4.0  # a process is given six seconds to stop

Send = Callable[[str, Mapping[str, Any]], Awaitable[SendResult | Instead]]


def seconds_awake_or_asleep() -> float:
    """Return seconds that never go back and go on while the machine sleeps, where it can tell."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Relay:
    """Sends letters until its stop event is set.

    `wake` asks it to look at the outbox now, `lease_freed` to try for the lease now; both belong to the event loop's
    thread. `alone` says that no other process can be sending, so that a lease left by one that died is taken at once.
    `allow_paid_broadcast` has Telegram send beyond its free rate, for a fee. `on_sent` is told of every letter that
    arrived, `remember` at each take-over what Telegram calls the files it has. `seconds` never goes back.
    """

    def __init__(
        self,
        *,
        run: Run,
        send: Send,
        clock: Clock,
        per_second: float,
        alone: bool,
        allow_paid_broadcast: bool = False,
        rates: Rates | None = None,
        on_sent: Callable[[TakenLetter], None] | None = None,
        remember: Callable[[Mapping[str, str]], None] | None = None,
        seconds: Callable[[], float] = seconds_awake_or_asleep,
    ) -> None:
        self._run = run
        self._send = send
        self._clock = clock
        self._rates = rates or Rates(per_second)
        self._alone = alone
        self._extra = {"allow_paid_broadcast": True} if allow_paid_broadcast else {}
        self._on_sent = on_sent
        self._remember = remember
        self._seconds = seconds
        self._holder = token_hex(8)
        self._fence: int | None = None
        self._sure_until = 0.0
        self._wake = asyncio.Event()
        self._freed = asyncio.Event()
        self._calls: set[asyncio.Task[None]] = set()
        self._gathering: asyncio.TimerHandle | None = None
        self._settlements: list[Settlement] = []
        self._blocked: set[int] = set()
        self._latest = clock.now()

    def wake(self) -> None:
        """Look at the outbox now."""
        self._wake.set()

    def lease_freed(self) -> None:
        """Try for the lease now: its holder has given it up."""
        self._freed.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop`; then take no more, let the calls under way finish, and give up the lease.

        Calls that take longer than `DRAIN_SECONDS` are broken off: the next relay tries their letters again.
        """
        stopping = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                self._begin_turn()
                try:
                    seconds = await self._turn()
                except Exception as error:  # noqa: BLE001 - the boundary of one turn
                    self._fence = None
                    _tell_failure(error)
                    await asyncio.wait({stopping}, timeout=SLOW_TURN_SECONDS)
                else:
                    await self._rest(stopping, seconds)
            await self._drain()
        finally:
            stopping.cancel()
            await self._break_off()
        await self._hand_over()

    def _begin_turn(self) -> None:
        self._wake.clear()
        self._freed.clear()
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None

    async def _turn(self) -> float:
        """Record answers and send what may go now; return after how many seconds to look again at the latest."""
        if self._fence is None and not await self._take_over():
            return SLOW_TURN_SECONDS
        workers = WORKERS - len(self._calls)
        limit = min(workers, self._rates.available())
        bulk_limit = max(0, min(workers - RESERVED_WORKERS, self._rates.available(bulk=True)))
        exchange = await self._exchange(limit=limit, bulk_limit=bulk_limit)
        if not exchange.held:
            return SLOW_TURN_SECONDS
        for letter in exchange.letters:
            self._rates.spend(letter.chat_id, letter.method, bulk=letter.is_bulk)
            call = asyncio.create_task(self._deliver(letter))
            self._calls.add(call)
            call.add_done_callback(self._over)
        return self._seconds_until_next(exchange, limit, bulk_limit)

    async def _take_over(self) -> bool:
        """Take the lease, once no call of an earlier time is under way: its letter may be somebody else's by now."""
        if self._calls:
            return False
        began, now, force = self._seconds(), self._clock.now(), self._alone
        self._alone = False
        fence = await self._recording(
            lambda tx, settlements: outbox.take_over(tx, settlements, holder=self._holder, now=now, force=force)
        )
        if fence is None:
            return False
        if self._remember is not None:
            self._remember(await self._run(lambda tx: tx.file_ids()))
        self._fence = fence
        self._sure_until = began + outbox.SURE_SECONDS
        self._rates.begin()
        log.info("relay_took_over", fence=fence)
        return True

    async def _exchange(self, *, limit: int, bulk_limit: int = 0) -> Exchange:
        if (fence := self._fence) is None:
            return Exchange(held=False)
        blocked, self._blocked = self._blocked, set()
        resting = self._rates.resting_chats()
        began, now = self._seconds(), self._clock.now()
        turned_back = now < self._latest - CLOCK_MAY_STRAY
        try:
            exchange: Exchange = await self._recording(
                lambda tx, settlements: outbox.exchange(
                    tx,
                    settlements,
                    blocked_chats=blocked,
                    resting_chats=resting,
                    limit=limit,
                    bulk_limit=bulk_limit,
                    holder=self._holder,
                    fence=fence,
                    now=now,
                    turned_back=turned_back,
                )
            )
        except BaseException:
            self._blocked |= blocked
            raise
        self._latest = now if turned_back else max(now, self._latest)
        if exchange.held:
            self._sure_until = began + outbox.SURE_SECONDS
        else:
            self._fence = None
            log.warning("relay_lost_lease", fence=fence)
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
        """Make one call, or that instead of it, and note its answer; never raises, so that no letter harms another."""
        extra = self._extra if letter.method.startswith("send") else {}
        whose = (
            {} if "scope" in letter.payload else {"chat_id": letter.chat_id}
        )  # a command menu's scope names the chat
        result: SendResult | Instead = Instead(letter.method, {**whose, **letter.payload, **extra})
        while isinstance(result, Instead):
            if self._seconds() >= self._sure_until:
                log.warning("letter_put_back", letter=letter.id, fence=self._fence)
                self._settlements.append(outbox.not_sent(letter, now=self._clock.now()))
                return
            try:
                result = await self._send(result.method, result.payload)
            except Exception as error:
                log.exception("letter_raised", letter=letter.id, method=letter.method)
                result = GaveUp(f"the call raised {type(error).__name__}")
        self._heed(letter, result)
        settlement = outbox.judge(letter, result, now=self._clock.now(), jitter=random())  # noqa: S311 - spreads retries
        log.debug("letter_tried", letter=letter.id, method=letter.method, status=settlement.status.value)
        self._settlements.append(settlement)

    def _heed(self, letter: TakenLetter, result: SendResult) -> None:
        """Remember what an answer means for other letters."""
        match result:
            case RetryAfter(seconds=seconds):
                scope = self._rates.slow_down(letter.chat_id, seconds)
                log.warning("flood_limit_hit", scope=scope, seconds=seconds)
            case TokenRejected():
                self._rates.rest(None, outbox.LONGEST_BACKOFF_SECONDS)
                log.error("token_rejected", remedy="set TELEGRAM_BOT_TOKEN to the token @BotFather shows and restart")
            case Blocked():
                self._blocked.add(letter.chat_id)
            case Sent() if self._on_sent:
                self._on_sent(letter)
            case GaveUp(reason=reason):
                log.warning("letter_given_up", letter=letter.id, method=letter.method, reason=reason)
            case _:
                pass

    def _over(self, call: asyncio.Task[None]) -> None:
        """Record an answer at once if it is the last one awaited, otherwise together with those of the next moment."""
        self._calls.discard(call)
        if not self._calls:
            self._wake.set()
        elif self._gathering is None:
            self._gathering = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._wake.set)

    def _seconds_until_next(self, exchange: Exchange, limit: int, bulk_limit: int) -> float:
        """How long nothing can happen but by a wake-up. Full workers are no reason to look: their answers wake us."""
        seconds = SLOW_TURN_SECONDS
        if exchange.next_at is not None:
            seconds = min(seconds, max(0.0, (exchange.next_at - self._clock.now()).total_seconds()))
        if (rested := self._rates.seconds_until_rested()) is not None:
            seconds = min(seconds, rested)
        if (exchange.has_more or limit <= 0) and len(self._calls) < WORKERS:
            seconds = min(seconds, self._rates.seconds_until_available())
        if (exchange.has_more_bulk or bulk_limit <= 0) and len(self._calls) < WORKERS - RESERVED_WORKERS:
            seconds = min(seconds, self._rates.seconds_until_available(bulk=True))
        return seconds

    async def _rest(self, stopping: asyncio.Future[Any], seconds: float) -> None:
        """Wait until woken or told to stop, at most `seconds`; without the lease, what is queued is no concern."""
        waking = asyncio.ensure_future((self._freed if self._fence is None else self._wake).wait())
        try:
            await asyncio.wait({waking, stopping}, timeout=seconds, return_when="FIRST_COMPLETED")
        finally:
            waking.cancel()

    async def _drain(self) -> None:
        """Let the calls under way finish, within bounds, recording answers and keeping the lease meanwhile."""
        end = time.monotonic() + DRAIN_SECONDS
        while self._calls and (left := end - time.monotonic()) > 0:
            await asyncio.wait(self._calls, timeout=min(left, SLOW_TURN_SECONDS))
            try:
                await self._exchange(limit=0)
            except Exception as error:  # noqa: BLE001 - the boundary of one turn
                _tell_failure(error)

    async def _break_off(self) -> None:
        """Break off what is still under way."""
        calls = set(self._calls)
        for call in calls:
            call.cancel()
        if calls:
            await asyncio.wait(calls)

    async def _hand_over(self) -> None:
        """Record the last answers and give up the lease, so that another relay need not wait for its end."""
        try:
            await self._exchange(limit=0)
            if self._fence is not None:
                await self._run(lambda tx: tx.release_lease(outbox.LEASE, self._holder))
        except Exception:
            log.exception("relay_not_handed_over", remedy="none needed: the next relay tries the last letters again")


def _tell_failure(error: Exception) -> None:
    """Log a turn that failed: the storage's own words, which name the remedy, or where it was, without a value."""
    told = {"reason": str(error)} if isinstance(error, StorageFailed) else {"exc_info": error}
    log.error("relay_turn_failed", retry_in_seconds=SLOW_TURN_SECONDS, **told)
