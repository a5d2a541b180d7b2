"""The demo and the preview: the real bot beside an emulated Telegram on this machine, with a chat page in the browser.

The sandbox takes Telegram's place, and its clock the machine's, so that tomorrow's reminder is one press away.
Everything else is the bot as `lumbar run` runs it. Nothing else starts the sandbox.

A preview is the demo reduced to one exercise, with somebody of each language who has just asked for the routine: an
author sees the card as a person would, without the way there. Consent, time zone, questions and the way to the floor
are behind everybody who is made here.
"""

import errno
import os
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.bootstrap import RunningBot, running
from bot.catalog import Catalog, load_catalog
from bot.domain.chat import Chat, State
from bot.domain.plan import DayPlan, Level
from bot.domain.schedule import ReminderTimes
from bot.domain.screening import NO_QUESTIONS
from bot.processes import USUAL_PORT, Command
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import TELEGRAM_SCRIPT, PortTaken, Sandbox
from bot.settings import Settings, SettingsError
from bot.storage import migrations
from bot.storage.unit_of_work import Database
from bot.usecases.ports import StoredChat, Transaction

STAFF_CHAT = "Clinic team"
STAFF = ("Robin", "Sam")  # who made the chat, and a member of it


async def demo(settings: Settings, say: Callable[[str], None], *, exercise: str | None = None) -> None:
    """Run the bot and the sandbox until cancelled; `say` is told the address. Raises as `serving` does."""
    async with serving(settings, exercise=exercise) as served:
        say(f"Lumbar is running. Chat with it at {served.address}  (Ctrl-C stops it)")
        _open_browser(served.address)
        await served.bot.stay()


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo at work: the address of its page, and the bot."""

    address: str
    bot: RunningBot


@asynccontextmanager
async def serving(settings: Settings, *, exercise: str | None = None) -> AsyncIterator[Demo]:
    """Serve the sandbox with the bot in it, reduced to one `exercise` if one is named.

    Raises SettingsError for an exercise that is not there and a port that is taken, and what `bootstrap.running` does.
    """
    catalog = None if exercise is None else _only(load_catalog(settings.content_dir), exercise)
    clock = SandboxClock()
    at_work: list[RunningBot] = []
    sandbox = Sandbox(
        token=settings.bot_token,
        clock=clock,
        next_event_at=lambda: at_work[0].next_reminder_at() if at_work else None,
    )
    try:
        async with sandbox.serve(port=USUAL_PORT if settings.port is None else settings.port) as address:
            settings = settings.model_copy(update={"telegram_api_url": address, "public_url": address})
            if catalog is None:
                settings = settings.model_copy(update={"staff_chat_id": _add_staff_chat(sandbox)})
            languages = () if catalog is None else catalog.languages
            people = {sandbox.world.add_person(code, code, None).id: code for code in languages}
            if people:
                _make_ready(settings.database_url, people, clock.now())
            at_demo = running(settings, Command.DEMO, clock=clock, catalog=catalog, script_url=TELEGRAM_SCRIPT)
            async with at_demo as bot:
                if bot.mini_app is not None:
                    sandbox.serve_beside(bot.mini_app)
                for person in people:
                    sandbox.people.say(person, "/routine")
                at_work.append(bot)
                clock.subscribe(bot.look_at_clock)
                yield Demo(address, bot)
    except PortTaken as error:
        raise SettingsError(_port_remedy(error)) from error


def _add_staff_chat(sandbox: Sandbox) -> int:
    """Make the clinic's own chat, with an administrator and a member; return its number."""
    head, desk = (sandbox.world.add_person(name, None, None).id for name in STAFF)
    return sandbox.people.make_group(STAFF_CHAT, [head, desk], bot_is_admin=False).id


def _only(catalog: Catalog, exercise: str) -> Catalog:
    """Return the content with a programme of this one exercise in its own dose; raise SettingsError."""
    if exercise not in catalog.choices:
        raise SettingsError(f"there is no exercise {exercise}; there are {', '.join(sorted(catalog.choices))}")
    plan = DayPlan(((catalog.choices[exercise],),))
    levels = tuple(Level(level.id, (plan,)) for level in catalog.programme.levels)
    return replace(catalog, programme=replace(catalog.programme, levels=levels, screening=NO_QUESTIONS))


def _make_ready(database_url: str, languages: Mapping[int, str], now: datetime) -> None:
    """Store a chat for each id, in its language, that only has to begin."""
    database = Database(database_url)
    migrations.apply(database.engine)

    def save(tx: Transaction) -> None:
        for chat_id, language in languages.items():
            tx.save_chat(StoredChat(_ready(chat_id, language, now)), now)

    database.run_here(save)
    database.close()


def _ready(chat_id: int, language: str, now: datetime) -> Chat:
    return Chat(
        chat_id=chat_id,
        language=language,
        state=State.IDLE,
        entered_at=now,
        consented_at=now,
        zone="UTC",
        reminder_times=ReminderTimes((time(hour=8),)),
        sessions_started=1,
        screened_at=now,
        checked_at=now,
        finished_at=now,
    )


def _open_browser(address: str) -> None:
    """Open the page for somebody who sits at this screen; a browser that is slow to start holds nothing up."""
    has_screen = sys.platform in {"darwin", "win32"} or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    if has_screen and sys.stdout.isatty():
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _port_remedy(error: PortTaken) -> str:
    is_taken = isinstance(error.__cause__, OSError) and error.__cause__.errno == errno.EADDRINUSE
    fault, remedy = ("is taken", "stop what uses it, or ") if is_taken else ("may not be used by this account", "")
    other = error.port + 1 if error.port in range(1024, 65535) else USUAL_PORT
    return f"Port {error.port} {fault}: {remedy}choose another with PORT={other} make demo."
