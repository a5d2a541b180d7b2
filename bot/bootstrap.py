"""Bootstrap: the only place that introduces the parts to each other.

`running(settings, ...)` opens everything in order, runs the bot as long as the context is open and closes it in the
reverse order: claims end first, sends finish, then the connections close. Who calls it decides when to stop.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from bot.catalog import Catalog, load_catalog
from bot.domain.interpretation import Words
from bot.presentation import messages
from bot.presentation.messages import Texts
from bot.scheduler import Jobs
from bot.settings import Settings
from bot.storage import migrations
from bot.storage.unit_of_work import Database
from bot.telegram.gateway import Gateway
from bot.telegram.receiver import Receiver
from bot.telegram.relay import Relay
from bot.usecases import inbox, reminders
from bot.usecases.delivery import Sent
from bot.usecases.inbox import QueryAnswer
from bot.usecases.incoming import Incoming
from bot.usecases.knowledge import Knowledge, Language
from bot.usecases.ports import Clock, Transaction
from bot.zones import ZoneFinder, country_of

log = structlog.get_logger()

CLAIM_BATCH = 500
KEEP_DAYS = 14


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present instant, aware, UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class RunningBot:
    """A bot at work: how people find it, when the next reminder of anybody is due, and two pushes.

    `look_at_clock` claims what is due now; `warm_up` builds, in the calling thread, what the first typed place needs.
    """

    username: str
    next_reminder_at: Callable[[], datetime | None]
    look_at_clock: Callable[[], None]
    warm_up: Callable[[], None]


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    clock: Clock | None = None,
    catalog: Catalog | None = None,
    open_database: Callable[[str], Database] = Database,
    claim_every_seconds: float = 1.0,
) -> AsyncIterator[RunningBot]:
    """Run the bot while the context is open.

    Raises SettingsError, ContentError, ZonesError, DatabaseUnavailable, TokenError or ApiUnreachable, each with its
    remedy, before anything runs. `catalog` stands for the content folder (a preview shows less of it); `open_database`
    lets a test watch the commits.
    """
    clock = clock or SystemClock()
    token = settings.bot_token
    catalog = catalog or load_catalog(settings.content_dir)
    zones = ZoneFinder.from_content(settings.content_dir)
    database = await asyncio.to_thread(open_database, settings.database_url)
    try:
        await asyncio.to_thread(migrations.apply, database.engine)
        async with Gateway(token, api_url=settings.telegram_api_url) as gateway:
            me = await gateway.who_am_i()
            knowledge = assemble_knowledge(catalog, zones, settings, bot_username=me.username or "")
            await _introduce(gateway, knowledge)
            relay = Relay(
                run=database.run,
                send=gateway.call,
                clock=clock,
                per_second=settings.messages_per_second,
                alone=database.is_embedded,
            )
            work = _Work(database, relay, knowledge, clock, timedelta(seconds=settings.reminder_grace_seconds))
            receiver = Receiver(gateway, work.handle_batch)
            jobs = Jobs(claim_reminders=work.claim_reminders, trim=work.trim, claim_every_seconds=claim_every_seconds)
            try:
                async with _at_work(receiver, relay, jobs):
                    log.info(
                        "bot_started",
                        username=me.username,
                        database=database.engine.dialect.name,
                        content_warnings=len(catalog.warnings),
                    )
                    yield RunningBot(
                        username=me.username or "",
                        next_reminder_at=lambda: database.run_here(lambda tx: tx.next_due_of_all()),
                        look_at_clock=jobs.look_at_clock,
                        warm_up=zones.warm_up,
                    )
            finally:
                log.info("bot_stopped")
    finally:
        database.close()


class _Work:
    """What the receiver and the scheduler call: one transaction, then a word to the relay."""

    def __init__(self, database: Database, relay: Relay, knowledge: Knowledge, clock: Clock, grace: timedelta) -> None:
        self._database = database
        self._relay = relay
        self._knowledge = knowledge
        self._clock = clock
        self._grace = grace

    async def handle_batch(self, batch: list[Incoming], unreadable: list[int]) -> list[QueryAnswer]:
        """Commit a polled batch; return the button presses to answer."""
        now = self._clock.now()

        def work(tx: Transaction) -> list[QueryAnswer]:
            for update_id in unreadable:
                tx.record_failure(update_id, "unreadable", now)
            return inbox.handle_batch(tx, batch, now=now, knowledge=self._knowledge)

        answers = await self._database.run(work)
        self._relay.wake()
        return answers

    async def claim_reminders(self) -> None:
        """Queue whatever reminders are due, in batches."""
        now = self._clock.now()

        def work(tx: Transaction) -> int:
            return reminders.claim_due(tx, now=now, limit=CLAIM_BATCH, grace=self._grace, knowledge=self._knowledge)

        claimed = CLAIM_BATCH
        while claimed == CLAIM_BATCH:
            claimed = await self._database.run(work)
            if claimed:
                self._relay.wake()

    async def trim(self) -> None:
        """Forget what nobody needs any more: old update numbers and finished letters."""
        before = self._clock.now() - timedelta(days=KEEP_DAYS)
        log.info("trimmed", rows=await self._database.run(lambda tx: tx.trim(before)))


@asynccontextmanager
async def _at_work(receiver: Receiver, relay: Relay, jobs: Jobs) -> AsyncIterator[None]:
    """Run the parts; on the way out claims end first, then receiving, then sending."""
    stop_receiving, stop_sending = asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        sending = tasks.create_task(relay.run(stop_sending))
        receiving = tasks.create_task(receiver.run(stop_receiving))
        jobs.start()
        try:
            yield
        finally:
            await jobs.finish()
            stop_receiving.set()
            await asyncio.wait({receiving})
            stop_sending.set()
            await asyncio.wait({sending})


def assemble_knowledge(catalog: Catalog, zones: ZoneFinder, settings: Settings, *, bot_username: str) -> Knowledge:
    """Put the content and the atlas together for the use cases."""
    first = (settings.default_time_zone,) if settings.default_time_zone else ()
    languages: Mapping[str, Language] = {
        code: Language(
            texts=Texts(
                translator=catalog.translators[code],
                exercises={name: texts[code] for name, texts in catalog.exercises.items()},
                getting_down=catalog.getting_down[code],
                clinic=catalog.clinic,
            ),
            words=Words(phrasebook=catalog.phrasebooks[code], time_words=catalog.time_words[code]),
            lexicon=catalog.lexicons[code],
        )
        for code in catalog.languages
    }
    return Knowledge(
        languages=languages,
        routine=catalog.routine,
        find_place=lambda text: tuple((choice.zone, choice.label) for choice in zones.by_name(text)),
        zone_at=zones.by_location,
        country_of=country_of,
        likely_zones=lambda code: tuple(dict.fromkeys((*first, *zones.likely(code)))),
        bot_username=bot_username,
        staff_chat_id=settings.staff_chat_id,
    )


async def _introduce(gateway: Gateway, knowledge: Knowledge) -> None:
    """Tell Telegram that this bot polls, and its commands in every language; English is what everybody else sees.

    The bot starts even where Telegram refuses: while a webhook stays, the receiver says so and tries again.
    """
    calls: list[tuple[str, dict[str, Any]]] = [("deleteWebhook", {"drop_pending_updates": False})]
    for code, language in knowledge.languages.items():
        scope = {} if code == "en" else {"language_code": code}
        calls.append(("setMyCommands", {"commands": messages.command_list(language.texts), **scope}))
    for method, payload in calls:
        result = await gateway.call(method, payload)
        if not isinstance(result, Sent):
            log.warning("introduction_failed", method=method, result=repr(result), remedy="restart to try again")
