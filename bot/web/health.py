"""Health: what a load balancer, a process manager and Prometheus ask.

`/healthz` says that the process answers at all; who gets no answer restarts it. `/readyz` says whether it can do its
work: the database answers, the scheduler has looked at the clock lately, and Telegram has not been failing for long. A
process that is not ready needs no restart, it waits for somebody else to come back. `/metrics` is Prometheus's; its
numbers are this process's own, but for the outbox's depth, which is everybody's.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

log = structlog.get_logger()

DATABASE_SECONDS = 2.0
TICK_SECONDS = 30.0
TELEGRAM_SECONDS = 60.0
FAILURE_COUNTS_SECONDS = 120.0  # longer than a poll that hangs, and the pause after it


@dataclass(slots=True)
class Vitals:
    """When the parts of this process last did well, in seconds of the monotonic clock; None: not yet.

    `ticks` says whether this process has a scheduler at all.
    """

    ticks: bool = False
    ticked_at: float | None = None
    telegram_at: float | None = None
    telegram_failing_since: float | None = None
    telegram_failed_at: float | None = None

    def ticked(self) -> None:
        """Note that the scheduler has looked at the clock and the claim was committed."""
        self.ticked_at = monotonic()

    def telegram_answered(self, answered: bool) -> None:  # noqa: FBT001 - the one thing there is to say
        """Note how a call to Telegram went: any answer of the Bot API is a success, no or a foreign one is not."""
        now = monotonic()
        if answered:
            self.telegram_at, self.telegram_failing_since = now, None
        else:
            self.telegram_failed_at = now
            if self.telegram_failing_since is None:
                self.telegram_failing_since = now


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the process can do its work, and since when its parts last did (whole seconds ago)."""

    database: bool
    scheduler: bool
    telegram: bool
    last_tick_seconds: int | None
    last_telegram_seconds: int | None

    @property
    def ready(self) -> bool:
        """Whether all is well."""
        return self.database and self.scheduler and self.telegram


def judge(vitals: Vitals, *, database: bool, now: float) -> Readiness:
    """Decide on readiness at `now` (monotonic seconds).

    Silence towards Telegram is no fault, since an idle bot may have nothing to say; failing for longer than a minute
    is. A failure of long ago is none either: a process that takes the webhook calls Telegram only when it is sent
    something, and would never be sent anything again.
    """
    tick_age = None if vitals.ticked_at is None else now - vitals.ticked_at
    telegram_age = None if vitals.telegram_at is None else now - vitals.telegram_at
    return Readiness(
        database=database,
        scheduler=not vitals.ticks or (tick_age is not None and tick_age <= TICK_SECONDS),
        telegram=telegram_age is not None and not _is_failing(vitals, now),
        last_tick_seconds=None if tick_age is None else int(tick_age),
        last_telegram_seconds=None if telegram_age is None else int(telegram_age),
    )


def parts_ready(vitals: Vitals, *, database: bool) -> dict[str, bool]:
    """Say of each part whether it can do its work at this moment, for the metrics."""
    found = judge(vitals, database=database, now=monotonic())
    return {"database": found.database, "scheduler": found.scheduler, "telegram": found.telegram}


def _is_failing(vitals: Vitals, now: float) -> bool:
    since, last = vitals.telegram_failing_since, vitals.telegram_failed_at
    if since is None or last is None:
        return False
    return now - since > TELEGRAM_SECONDS and now - last <= FAILURE_COUNTS_SECONDS


class Health:
    """The three pages. `reach_database` raises when the database does not answer; `render` returns the metrics."""

    def __init__(
        self, vitals: Vitals, reach_database: Callable[[], Awaitable[object]], render: Callable[[], Awaitable[bytes]]
    ) -> None:
        self._vitals = vitals
        self._reach_database = reach_database
        self._render = render

    async def alive(self, _: Request) -> Response:
        """Answer that the process lives."""
        return PlainTextResponse("alive")

    async def ready(self, _: Request) -> Response:
        """Answer 200 when the process can do its work, 503 when not, and why."""
        is_reached = await self._reaches_database()
        found = judge(self._vitals, database=is_reached, now=monotonic())
        said = {
            "ready": found.ready,
            "database": found.database,
            "scheduler": found.scheduler,
            "telegram": found.telegram,
            "last_tick_seconds": found.last_tick_seconds,
            "last_telegram_seconds": found.last_telegram_seconds,
        }
        return JSONResponse(said, HTTPStatus.OK if found.ready else HTTPStatus.SERVICE_UNAVAILABLE)

    async def metrics(self, _: Request) -> Response:
        """Answer with the metrics in Prometheus's text format."""
        return Response(await self._render(), media_type="text/plain; version=0.0.4; charset=utf-8")

    async def _reaches_database(self) -> bool:
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                await self._reach_database()
        except Exception as error:  # noqa: BLE001 - the boundary of one question: whatever fails, the answer is no
            log.warning("database_not_reached", error=type(error).__name__)
            return False
        return True
