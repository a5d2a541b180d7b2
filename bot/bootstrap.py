"""Bootstrap: the only place that introduces the parts to each other.

`running(settings, ...)` opens everything in order, runs the bot as long as the context is open and closes it in the
reverse order: claims end first, sends finish, then the connections close. Who calls it decides when to stop.
"""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from socket import socket

import structlog

from bot import metrics
from bot.catalog import Catalog, load_catalog
from bot.domain.languages import FALLBACK
from bot.domain.understanding import Words
from bot.easel import Easel
from bot.frontdesk import FrontDesk
from bot.presentation import messages, staff
from bot.presentation.app_pages import failure_words
from bot.presentation.letterhead import letterheads_of
from bot.presentation.messages import Priority, Texts
from bot.processes import Command, Duties, Parts, Work, at_work, duties_of
from bot.scheduler import Jobs
from bot.settings import Settings
from bot.storage import migrations
from bot.storage.unit_of_work import Database
from bot.telegram import introduction, receiver
from bot.telegram.drawings import Drawings
from bot.telegram.gateway import Gateway
from bot.telegram.intake import Intake
from bot.telegram.leadership import Leadership
from bot.telegram.letterheads import Letterheads
from bot.telegram.membership import Membership
from bot.telegram.pictures import Picture, Pictures
from bot.telegram.receiver import Receiver
from bot.telegram.relay import Relay
from bot.telegram.second_tries import SecondTries
from bot.telegram.staff_desk import StaffDesk
from bot.usecases.knowledge import Knowledge, Language
from bot.usecases.ports import Clock, TakenLetter
from bot.web.app import MiniApp, WebApplication, make_app
from bot.web.app_api import AppApi
from bot.web.app_files import TELEGRAM_SCRIPT, AppFiles
from bot.web.health import DATABASE_SECONDS, Health, Vitals, parts_ready
from bot.web.server import listen, serving
from bot.web.webhook import Webhook, secret_for
from bot.zones import ZoneFinder, country_of

log = structlog.get_logger()


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present instant, aware, UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class RunningBot:
    """A bot at work: how people find it, on which port it serves, when anybody's next reminder is due.

    `look_at_clock` claims what is due now; `warm_up` builds, in the calling thread, what the first typed place needs.
    `mini_app` answers for the Mini App's address, None where there is none.
    """

    username: str
    port: int | None
    next_reminder_at: Callable[[], datetime | None]
    look_at_clock: Callable[[], None]
    warm_up: Callable[[], None]
    mini_app: WebApplication | None = None

    async def stay(self) -> None:
        """Warm up beside the work, and return never: who calls this cancels it.

        What is loaded by then stays until the end, and the garbage collector is told so: a walk through all of it
        takes 0.2 s, in which nothing else runs.
        """
        await asyncio.to_thread(self.warm_up)
        gc.freeze()
        gc.enable()
        await asyncio.Event().wait()


@asynccontextmanager
async def running(
    settings: Settings,
    command: Command = Command.RUN,
    *,
    clock: Clock | None = None,
    catalog: Catalog | None = None,
    open_database: Callable[[str], Database] = Database,
    claim_every_seconds: float = 1.0,
    script_url: str = TELEGRAM_SCRIPT,
) -> AsyncIterator[RunningBot]:
    """Run the parts that belong to `command` while the context is open.

    Raises SettingsError, ContentError, ZonesError, DatabaseUnavailable, TokenError, ApiUnreachable or CannotListen,
    each with its remedy, before anything runs. `catalog` stands for the content folder (a preview shows less of it);
    `open_database` lets a test watch the commits. `script_url` is where the Mini App finds Telegram's script, of which
    the demo's sandbox has its own.
    """
    duties = duties_of(command, settings)
    clock = clock or SystemClock()
    token = settings.bot_token
    catalog = catalog or load_catalog(settings.content_dir)
    zones = ZoneFinder.from_content(settings.content_dir)
    async with AsyncExitStack() as closing:
        listener = None if duties.port is None else closing.enter_context(listen(settings.listen_address, duties.port))
        database = await asyncio.to_thread(open_database, settings.database_url)
        closing.callback(database.close)
        await asyncio.to_thread(migrations.apply, database.engine)
        vitals = Vitals(ticks=duties.works)
        gateway = await closing.enter_async_context(
            Gateway(token, api_url=settings.telegram_api_url, on_answer=vitals.telegram_answered)
        )
        me = await gateway.who_am_i()
        username = me.username or ""
        knowledge = assemble_knowledge(catalog, zones, settings, bot_username=username)
        menu = messages.menu_button(knowledge.languages[FALLBACK].texts)
        await closing.enter_async_context(introduction.commands_told(gateway, _commands(knowledge), menu))
        logo = catalog.clinic.logo
        easel = Easel(logo.content if logo is not None and logo.is_png else b"")
        closing.push_async_callback(easel.close)
        letterheads = Letterheads(easel.draw)
        closing.push_async_callback(letterheads.close)
        shown: dict[str, Picture] = {**catalog.animations, **letterheads_of(catalog.clinic)}
        pictures = Pictures(gateway.call, shown, letterheads, bot_id=me.id)
        drawings = Drawings(SecondTries(pictures.send).send, gateway.call, easel.draw)
        closing.push_async_callback(drawings.close)
        opened = _Opened(settings, duties, clock, database, gateway, pictures, drawings, knowledge, vitals)
        parts = _make_parts(opened, claim_every_seconds=claim_every_seconds)
        mini_app = _make_mini_app(opened, parts, catalog, script_url)
        try:
            async with at_work(parts), _served(opened, parts.intake, listener, mini_app):
                port = listener.getsockname()[1] if listener else None
                engine = database.engine.dialect.name
                warnings = len(catalog.warnings)
                log.info(
                    "bot_started",
                    command=command,
                    username=username,
                    database=engine,
                    port=port,
                    content_warnings=warnings,
                )
                yield RunningBot(
                    username=username,
                    port=port,
                    next_reminder_at=lambda: database.run_here(lambda tx: tx.next_due_of_all()),
                    look_at_clock=parts.jobs.look_at_clock if parts.jobs else lambda: None,
                    warm_up=zones.warm_up,
                    mini_app=None if mini_app is None else mini_app.alone(),
                )
        finally:
            log.info("bot_stopped")


@dataclass(frozen=True, slots=True)
class _Opened:
    """What the parts of a process are made from."""

    settings: Settings
    duties: Duties
    clock: Clock
    database: Database
    gateway: Gateway
    pictures: Pictures
    drawings: Drawings
    knowledge: Knowledge
    vitals: Vitals


def _make_parts(opened: _Opened, *, claim_every_seconds: float) -> Parts:
    """Make the parts of a process and introduce them to each other."""
    settings, duties, clock, database = opened.settings, opened.duties, opened.clock, opened.database
    grace = timedelta(seconds=settings.reminder_grace_seconds)

    def note_lateness(letter: TakenLetter) -> None:
        if letter.due_at is not None:
            metrics.observe_lateness((clock.now() - letter.due_at).total_seconds())

    relay = (
        Relay(
            run=database.run,
            send=opened.drawings.send,
            clock=clock,
            per_second=settings.messages_per_second,
            allow_paid_broadcast=settings.allow_paid_broadcast,
            alone=database.is_embedded,
            on_sent=note_lateness,
            remember=opened.pictures.remember,
        )
        if duties.works
        else None
    )
    staff_chat_id = opened.knowledge.staff_chat_id
    desk = (
        StaffDesk(
            run=database.run,
            role_of=Membership(opened.gateway.bot, staff_chat_id).role_of,
            clock=clock,
            knowledge=opened.knowledge,
            wake_relay=relay.wake,
        )
        if relay and staff_chat_id is not None
        else None
    )
    work = Work(
        database,
        opened.knowledge,
        clock,
        grace=grace,
        wake_relay=relay.wake if relay else lambda: None,
        ticked=opened.vitals.ticked,
        wake_desk=(lambda: jobs.look_at_staff()) if desk else None,  # noqa: PLW0108 - the jobs are made below
    )
    jobs = Jobs(
        claim_reminders=work.claim_reminders,
        check_times=work.check_times,
        trim=work.trim,
        serve_staff=desk.serve if desk else None,
        claim_every_seconds=claim_every_seconds,
    )
    intake = Intake(opened.gateway, work.handle_batch)
    leadership = None if database.is_embedded else Leadership(receiver.LEASE, run=database.run, clock=clock)
    return Parts(
        work=work,
        intake=intake,
        receiver=Receiver(opened.gateway, intake, leadership) if duties.polls else None,
        relay=relay,
        jobs=jobs if duties.works else None,
        listen=database.listen,
    )


def _make_mini_app(opened: _Opened, parts: Parts, catalog: Catalog, script_url: str) -> MiniApp | None:
    """Make the Mini App, in a process that has an address."""
    url = opened.settings.app_url
    if url is None:
        return None
    wake_relay = parts.relay.wake if parts.relay else lambda: None
    desk = FrontDesk(opened.database, opened.knowledge, opened.clock, wake_relay)
    films = {f"{name}.mp4": one.path for name, one in catalog.animations.items()}
    stills = {f"{name}.png": one.path.with_name("still.png") for name, one in catalog.animations.items()}
    failures = {code: failure_words(one.texts) for code, one in opened.knowledge.languages.items()}
    media = {name: path for name, path in (films | stills).items() if path.exists()}
    logo = catalog.clinic.logo
    shown = None if logo is None else (logo.content, logo.media_type)
    files = AppFiles(script_url, media, failures, shown)
    return MiniApp(url, files, AppApi(opened.settings.bot_token, desk, languages=failures))


@asynccontextmanager
async def _served(
    opened: _Opened, intake: Intake, listener: socket | None, mini_app: MiniApp | None
) -> AsyncIterator[None]:
    """Serve health, metrics and perhaps webhook and Mini App while the context lasts; without a listener, nothing."""
    settings, database = opened.settings, opened.database
    if listener is None:
        yield
        return

    async def render_metrics() -> bytes:
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                waiting = await database.run(lambda tx: tx.waiting_letters())
        except Exception:
            log.exception("outbox_not_read")
            return metrics.render(None, ready=parts_ready(opened.vitals, database=False))
        depth = {priority.name.lower(): waiting.get(priority, 0) for priority in Priority}
        return metrics.render(depth, ready=parts_ready(opened.vitals, database=True))

    health = Health(opened.vitals, lambda: database.run(lambda tx: tx.next_due_of_all()), render_metrics)
    url, secret = settings.webhook_url if opened.duties.takes_webhook else None, secret_for(settings.bot_token)
    app = make_app(health, Webhook(secret, intake.take), url, mini_app) if url else make_app(health)
    async with serving(app, listener), asyncio.TaskGroup() as tasks:
        announcing = tasks.create_task(introduction.announce_webhook(opened.gateway, url, secret)) if url else None
        yield
        if announcing:
            announcing.cancel()


def _commands(knowledge: Knowledge) -> introduction.Commands:
    """Return the commands to tell Telegram: everybody's, and those of the staff chat where there is one.

    Speakers of a language that the content does not have see the fallback's.
    """
    texts = {"" if code == FALLBACK else code: language.texts for code, language in knowledge.languages.items()}
    listed: introduction.Commands = {(code, None): messages.command_list(one) for code, one in texts.items()}
    if knowledge.staff_chat_id is None:
        return listed
    return {**listed, **{(code, knowledge.staff_chat_id): staff.command_list(one) for code, one in texts.items()}}


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
                pictures=frozenset(catalog.animations),
                app_url=settings.app_url,
            ),
            words=Words(phrasebook=catalog.phrasebooks[code], time_words=catalog.time_words[code]),
            lexicon=catalog.lexicons[code],
        )
        for code in catalog.languages
    }
    return Knowledge(
        languages=languages,
        language_requests=catalog.language_requests,
        programme=catalog.programme,
        programmes=catalog.programmes,
        routine=catalog.routine,
        find_place=zones.pairs,
        zones_keeping=zones.keeping,
        zone_at=zones.by_location,
        country_of=country_of,
        likely_zones=lambda code: tuple(dict.fromkeys((*first, *zones.likely(code)))),
        bot_username=bot_username,
        staff_chat_id=settings.staff_chat_id,
        kept_months=settings.erase_after_silent_months,
    )
