"""The demo and the preview, without their command lines: the sandbox with the real bot in it, on this machine.

A preview is the demo reduced to one exercise, with somebody of each language who has just asked for the routine: an
author sees the card as a person would, without the way there. Consent, time zone, questions and the way to the floor
are behind everybody who is made here.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.bootstrap import RunningBot, running
from bot.catalog import Catalog, load_catalog
from bot.domain.chat import Chat, State
from bot.domain.plan import DayPlan, Level
from bot.domain.screening import NO_QUESTIONS
from bot.processes import USUAL_PORT
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import PortTaken, Sandbox
from bot.settings import Settings
from bot.storage import migrations
from bot.storage.unit_of_work import Database
from bot.usecases.ports import StoredChat, Transaction

__all__ = ["Demo", "NoSuchExercise", "PortTaken", "serving"]


class NoSuchExercise(LookupError):  # noqa: N818 - names what is the case
    """There is no exercise of that name; ``str()`` names those there are."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo at work: the address of its page, and the bot."""

    address: str
    bot: RunningBot


@asynccontextmanager
async def serving(settings: Settings, *, exercise: str | None = None) -> AsyncIterator[Demo]:
    """Serve the sandbox with the bot in it, reduced to one `exercise` if one is named.

    Raises NoSuchExercise, PortTaken, and what `bootstrap.running` does.
    """
    catalog = None if exercise is None else _only(load_catalog(settings.content_dir), exercise)
    clock = SandboxClock()
    next_reminder: list[Callable[[], datetime | None]] = []
    sandbox = Sandbox(
        token=settings.bot_token,
        clock=clock,
        next_event_at=lambda: next_reminder[0]() if next_reminder else None,
    )
    async with sandbox.serve(port=USUAL_PORT if settings.port is None else settings.port) as address:
        settings = settings.model_copy(update={"telegram_api_url": address, "port": None, "public_url": None})
        languages = () if catalog is None else catalog.languages
        people = {sandbox.world.add_person(code, code, None).id: code for code in languages}
        if people:
            _make_ready(settings.database_url, people, clock.now())
        async with running(settings, clock=clock, catalog=catalog) as bot:
            for person in people:
                sandbox.people.say(person, "/routine")
            next_reminder.append(bot.next_reminder_at)
            clock.subscribe(bot.look_at_clock)
            yield Demo(address, bot)


def _only(catalog: Catalog, exercise: str) -> Catalog:
    """Return the content with a programme of this one exercise in its own dose; raise NoSuchExercise."""
    if exercise not in catalog.choices:
        raise NoSuchExercise(f"there is no exercise {exercise}; there are {', '.join(sorted(catalog.choices))}")
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
        reminder_time=time(hour=8),
        sessions_started=1,
        screened_at=now,
        checked_at=now,
        finished_at=now,
    )
