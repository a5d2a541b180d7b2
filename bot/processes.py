"""Processes: which of the bot's parts run in this one, and in what order they begin and end.

`lumbar run` does everything in one process. Where one is not enough, any number of `lumbar web` take the webhook and
any number of `lumbar worker` claim reminders and send, over one PostgreSQL; leases in the database see to it that one
of them sends, and one polls where there is no webhook.

On the way out claims end first, then receiving, then sending; whatever takes longer than a process manager is likely to
wait is cut short, which is as safe as a crash: what was not finished is done by the next process.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import Any

import structlog

from bot.scheduler import Jobs
from bot.settings import Settings, SettingsError
from bot.storage.unit_of_work import Database
from bot.telegram.intake import Intake
from bot.telegram.receiver import Receiver
from bot.telegram.relay import Relay
from bot.usecases import clinic, inbox, reminders, retention, timekeeping
from bot.usecases.inbox import QueryAnswer
from bot.usecases.incoming import Incoming
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Clock, Notice, StorageFailed, Transaction
from bot.zones import zone_data

log = structlog.get_logger()

CLAIM_BATCH = 500
SURELY_HEARD = timedelta(hours=1)
CLOCK_MAY_STRAY = timedelta(minutes=1)
STOP_SECONDS = 8.5  # process managers wait ten, and the server has drained before
USUAL_PORT = 8080


class Command(StrEnum):
    """A command that runs a process of the bot until it is stopped."""

    RUN = "run"
    WEB = "web"
    WORKER = "worker"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Duties:
    """What a process does: take the webhook, poll, claim reminders and send, serve HTTP on `port`."""

    takes_webhook: bool
    polls: bool
    works: bool
    port: int | None


def duties_of(command: Command, settings: Settings) -> Duties:
    """Decide what a process does; raises SettingsError for settings that do not allow it."""
    if command in {Command.WEB, Command.WORKER} and settings.is_embedded:
        raise SettingsError(
            f"DATABASE_URL names SQLite, which serves one process: use `lumbar run` instead of `lumbar {command}`, or "
            "name a PostgreSQL database."
        )
    if command is Command.WEB and settings.public_url is None:
        raise SettingsError(
            "PUBLIC_URL is not set, so Telegram has no webhook to call: give the https address that your reverse "
            "proxy passes on, or use `lumbar worker` alone, which polls."
        )
    if command is Command.DEMO:  # the sandbox hands the Mini App's requests over, and is polled
        return Duties(takes_webhook=False, polls=True, works=True, port=None)
    takes_webhook = settings.public_url is not None and command is not Command.WORKER
    return Duties(
        takes_webhook=takes_webhook,
        polls=settings.public_url is None and command is not Command.WEB,
        works=command is not Command.WEB,
        port=USUAL_PORT if takes_webhook and settings.port is None else settings.port,
    )


class Work:
    """What the intake and the scheduler call: one transaction, then a word to the relay.

    `ticked` is told whenever the clock was looked at and the claim committed.
    """

    def __init__(
        self,
        database: Database,
        knowledge: Knowledge,
        clock: Clock,
        *,
        grace: timedelta,
        wake_relay: Callable[[], None],
        ticked: Callable[[], None],
        wake_desk: Callable[[], None] | None = None,
    ) -> None:
        self._database = database
        self._knowledge = knowledge
        self._clock = clock
        self._grace = grace
        self._wake_relay = wake_relay
        self._wake_desk = wake_desk
        self._ticked = ticked
        self._latest = self._started_at = clock.now()
        self._claims = True

    def stop_claiming(self) -> None:
        """Let a claim or a check that runs end with its present transaction; what is left is the next process's."""
        self._claims = False

    async def handle_batch(self, batch: list[Incoming], unreadable: list[int]) -> list[QueryAnswer]:
        """Commit a batch of updates; return the button presses to answer."""
        now = self._clock.now()

        def note_unreadable(tx: Transaction) -> None:
            for update_id in unreadable:
                tx.record_failure(update_id, "unreadable", now)

        if unreadable:
            await self._database.run(note_unreadable)
        answers: list[QueryAnswer] = []
        for turn in inbox.fair_turns(batch):
            handle = partial(inbox.handle_batch, batch=turn, now=now, knowledge=self._knowledge)
            answers += await self._database.run(handle)
            self._wake_relay()
        if self._wake_desk and any(clinic.is_request(incoming, self._knowledge) for incoming in batch):
            self._wake_desk()
        return answers

    async def claim_reminders(self) -> bool:
        """Queue whatever reminders are due, in batches; False while the database is gone."""
        return await _done("claim_failed", self._claim())

    async def check_times(self) -> bool:
        """Put due times right that zone data or a wrong clock left behind, in batches; False as above."""
        return await _done("check_times_failed", self._check_times())

    async def trim(self) -> bool:
        """Forget what nobody needs any more, in batches: old notes, and people silent for long; False as above."""
        return await _done("trim_failed", self._trim())

    async def _claim(self) -> None:
        now = self._clock.now()
        if now < self._latest - CLOCK_MAY_STRAY:
            log.warning("clock_went_back", seconds=(self._latest - now).total_seconds())
            await self._check_times()
        self._latest = now

        def work(tx: Transaction) -> int:
            return reminders.claim_due(tx, now=now, limit=CLAIM_BATCH, grace=self._grace, knowledge=self._knowledge)

        claimed = CLAIM_BATCH
        while claimed == CLAIM_BATCH and self._claims:
            claimed = await self._database.run(work)
            if claimed:
                self._wake_relay()
        self._ticked()

    async def _check_times(self) -> None:
        run, now = self._database.run, self._clock.now()
        known = await asyncio.to_thread(zone_data)
        place: timekeeping.Place | None = await run(partial(timekeeping.start_of_walk, now=now, zone_data=known))
        while place is not None:
            if not self._claims:
                return
            place = await run(partial(timekeeping.work_out_anew, place=place, now=now))
        await run(partial(timekeeping.end_of_walk, zone_data=known))

    async def _trim(self) -> None:
        now, rows, trimmed = self._clock.now(), 0, 1
        while trimmed and self._claims:
            trimmed = await self._database.run(partial(retention.trim, now=now))
            rows += trimmed
        rows += await self._database.run(partial(clinic.trim, now=now))
        end_silence = partial(
            retention.end_silence,
            now=now,
            may_erase=now - self._started_at >= SURELY_HEARD,
            knowledge=self._knowledge,
        )
        walk, warned, erased = retention.Walk(retention.FIRST_CHAT), 0, 0
        while walk.after is not None and self._claims:
            walk = await self._database.run(partial(end_silence, after=walk.after))
            warned, erased = warned + walk.warned, erased + walk.erased
        if warned:
            self._wake_relay()
        log.info("trimmed", rows=rows, silent_warned=warned, silent_erased=erased)


async def _done(failure: str, work: Coroutine[Any, Any, None]) -> bool:
    """Do a job; return False where the storage failed, which is logged in its words as the action `failure`."""
    try:
        await work
    except StorageFailed as error:
        log.error(failure, reason=str(error))  # noqa: TRY400 - its words say all
        return False
    return True


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one process; what is None is another process's work.

    `listen` hears what other processes commit, until its event is set, and hands it to `hear`.
    """

    work: Work
    intake: Intake
    receiver: Receiver | None
    relay: Relay | None
    jobs: Jobs | None
    listen: Callable[[Callable[[Notice], None], asyncio.Event], Coroutine[Any, Any, None]]

    def hear(self, notice: Notice) -> None:
        """Pass a notice on to the parts it concerns."""
        match notice:
            case Notice.LETTERS:
                if self.relay:
                    self.relay.wake()
            case Notice.LEASE:
                if self.relay:
                    self.relay.lease_freed()
                if self.receiver:
                    self.receiver.lease_freed()


@asynccontextmanager
async def at_work(parts: Parts) -> AsyncIterator[None]:
    """Run the parts while the context lasts; a part that breaks ends the context with its error."""
    stop_receiving, stop_sending, stop_listening = asyncio.Event(), asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        sending = {tasks.create_task(parts.relay.run(stop_sending))} if parts.relay else set()
        receiving = {tasks.create_task(parts.receiver.run(stop_receiving))} if parts.receiver else set()
        listening = {tasks.create_task(parts.listen(parts.hear, stop_listening))} if parts.relay else set()
        if parts.jobs:
            parts.jobs.start()
        try:
            yield
        finally:
            log.info("stopping")
            try:
                async with asyncio.timeout(STOP_SECONDS):
                    parts.work.stop_claiming()
                    if parts.jobs:
                        await parts.jobs.finish()
                    stop_receiving.set()
                    await _ended(receiving)
                    await parts.intake.finish()
                    stop_sending.set()
                    await _ended(sending)
                    stop_listening.set()
                    await _ended(listening)
            except TimeoutError:
                log.warning("stop_cut_short", after_seconds=STOP_SECONDS)
                for task in receiving | sending | listening:
                    task.cancel()


async def _ended(tasks: set[asyncio.Task[Any]]) -> None:
    if tasks:
        await asyncio.wait(tasks)
