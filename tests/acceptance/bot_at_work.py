"""The bot at work, for acceptance tests: the sandbox and the real bot in one process, and a second look at the records.

The bot is started as production starts it and spoken to over HTTP only; the database is read through a connection of
our own. Time stands under the test's control: `move` turns the sandbox's clock and has the bot look at it. Telegram's
limit of about one message a second per chat is lifted, because a test talks faster than a person.

Tests of one module share a bot, and each brings its own people: what one of them does never shows in another's chat.
"""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.bootstrap import RunningBot, running
from bot.catalog import Catalog
from bot.processes import Command
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import TELEGRAM_SCRIPT, Sandbox
from bot.settings import load_settings
from tests.acceptance.person import Message, Person, labels, text_of
from tests.knowledge import the_catalog
from tests.sqlite import make_database

TOKEN = "424242:a-token-that-only-the-sandbox-knows-of"
WEDNESDAY = datetime(2026, 5, 6, 10, 0, tzinfo=UTC)  # 06:00 in New York; no clock changes near
EXERCISES = ("bottom-to-heels", "knee-rolls", "back-extensions", "deep-abdominals")
_PATIENCE_SECONDS = 10
_TABLES_ABOUT_PEOPLE = ("chat", "reminder", "occurrence", "session", "answer", "finding", "day", "standstill", "outbox")

SCREENING = {"None of these", "I would rather not say", "10"}  # a button of every page before the first exercise

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class BotAtWork:
    """A running sandbox and bot, their clock, and the bot's database file."""

    address: str
    sandbox: Sandbox
    clock: SandboxClock
    bot: RunningBot
    database: Path

    async def person(self, first_name: str = "Ada", language_code: str | None = "en") -> Person:
        """Make a person; close it, or use it as a context."""
        return await Person.create(self.address, first_name=first_name, language_code=language_code)

    def move(self, **by: float) -> None:
        """Move the clock forward by a timedelta's arguments and have the bot look at it."""
        self.clock.move(timedelta(**by))
        self.bot.look_at_clock()

    def move_to(self, at: datetime) -> None:
        """Move the clock forward to an aware moment and have the bot look at it."""
        self.clock.move_to(at)
        self.bot.look_at_clock()

    def query(self, sql: str, *values: object) -> list[Row]:
        """Read the bot's database through a connection of our own."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql, values)]

    def rows(self, table: str, person: Person) -> list[Row]:
        """Return a table's rows about a person, in the order they were written."""
        return self.query(f"SELECT * FROM {table} WHERE chat_id = ? ORDER BY rowid", person.id)  # noqa: S608 - our tables

    def chat(self, person: Person) -> Row:
        """Return the row that holds a person's conversation."""
        (row,) = self.rows("chat", person)
        return row

    def hold(self, person: Person) -> Row | None:
        """Return why a person's programme is held; None when it is not."""
        hold: Row | None = json.loads(self.chat(person)["hold"] or "null")
        return hold

    def due_at(self, person: Person, kind: str = "daily") -> datetime | None:
        """Return when a person's reminder of a kind is due (UTC)."""
        due = [row["next_due_at"] for row in self.rows("reminder", person) if row["kind"] == kind]
        return datetime.fromisoformat(due[0]).replace(tzinfo=UTC) if due and due[0] else None

    def count_rows(self, person: Person) -> int:
        """Count every row that is about a person, letters included."""
        return sum(len(self.rows(table, person)) for table in _TABLES_ABOUT_PEOPLE)

    def reminder_letters(self, person: Person) -> list[str]:
        """Return the keys of the daily reminders ever queued for a person."""
        sql = "SELECT dedupe_key FROM outbox WHERE chat_id = ? AND dedupe_key LIKE 'r%'"
        return [row["dedupe_key"] for row in self.query(sql, person.id)]

    async def sent_everything(self) -> None:
        """Wait until no letter is queued or under way."""
        waiting = "SELECT * FROM outbox WHERE status IN ('queued', 'sending')"
        deadline = monotonic() + _PATIENCE_SECONDS
        while letters := self.query(waiting):
            assert monotonic() < deadline, f"still waiting: {letters}"
            await asyncio.sleep(0)

    def assert_nothing_failed(self) -> None:
        """Fail if any update could not be handled or any letter was given up."""
        assert self.query("SELECT * FROM inbox WHERE failure IS NOT NULL") == []
        assert self.query("SELECT * FROM outbox WHERE status IN ('gave_up', 'unknown')") == []


@asynccontextmanager
async def bot_at_work(
    folder: Path,
    *,
    start: datetime = WEDNESDAY,
    catalog: Catalog | None = None,
    with_app: bool = False,
    **chosen: Any,
) -> AsyncIterator[BotAtWork]:
    """Run sandbox and bot in this event loop on a database file in `folder`, beginning at `start`.

    `catalog` stands in for the shipped content; `chosen` are settings beside those that every test needs; `with_app`
    brings the Mini App, as in the demo.
    """
    clock = SandboxClock(start)
    sandbox = Sandbox(token=TOKEN, clock=clock)
    database = folder / "lumbar.db"
    if not database.exists():
        make_database(database)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.telegram.rate.CHAT_PER_SECOND", 1_000.0)
        patch.setattr("bot.telegram.rate.CHAT_BURST", 1_000)
        async with sandbox.serve() as address:
            settings = load_settings(
                env_file=None,
                telegram_bot_token=TOKEN,
                telegram_api_url=address,
                database_url=f"sqlite:///{database}",
                messages_per_second=1_000,
                allow_paid_broadcast=True,
                **({"public_url": address} if with_app else {}),
                **chosen,
            )
            command = Command.DEMO if with_app else Command.RUN
            content = catalog or the_catalog()
            at_once = running(settings, command, clock=clock, catalog=content, script_url=TELEGRAM_SCRIPT)
            async with at_once as bot:
                if bot.mini_app is not None:
                    sandbox.serve_beside(bot.mini_app)
                at_work = BotAtWork(address, sandbox, clock, bot, database)
                yield at_work
            at_work.assert_nothing_failed()


async def set_up(person: Person, *, zone: str = "America/New_York", time: str = "7:30") -> Message:
    """Go from /start to the finished settings in one breath; returns the message that says so."""
    for typed in ("/start", "yes", zone, time, "yes"):
        await person.say(typed)
    return await person.wait_for("You are all set")


async def begin_routine(person: Person, *, pain: int = 1) -> Message:
    """Start the routine, answering "none of these" to whatever is asked before; returns the first exercise."""
    await person.say("/routine")
    return await pass_screening(person, pain=pain)


async def pass_screening(person: Person, *, pain: int = 1) -> Message:
    """Type "none" to every question until the first exercise comes; returns it."""
    while True:
        message = await person.wait_for(lambda seen: "1 of 4" in text_of(seen) or bool(SCREENING & set(labels(seen))))
        if "1 of 4" in text_of(message):
            return message
        await person.say(str(pain) if "10" in labels(message) else "none")


async def lost_its_buttons(person: Person, message: Message) -> None:
    """Wait until the buttons of a message are gone."""

    def is_bare(seen: Message) -> bool:
        return seen["message_id"] == message["message_id"] and not labels(seen)

    await person.wait_for(is_bare)


async def everything_said(person: Person) -> list[str]:
    """Ask for help, so that whatever came before is there, and return all the bot's texts up to then."""
    await person.say("/help")
    await person.wait_for("I guide you through")
    return [text_of(message) for message in await person.messages() if message["from"]["is_bot"]][:-1]


async def next_reminder(lumbar: BotAtWork, person: Person) -> Message:
    """Move the clock to the person's next reminder and return it."""
    due = lumbar.due_at(person)
    assert due is not None
    lumbar.move_to(due)
    return await person.wait_for("It is time for your routine")


def moment_shown(message: Message) -> datetime:
    """Return the instant of the message's date-time entity."""
    (entity,) = [entity for entity in message["entities"] if entity["type"] == "date_time"]
    return datetime.fromtimestamp(entity["unix_time"], UTC)


def next_at(lumbar: BotAtWork, zone: str, hour: int, minute: int) -> datetime:
    """Reckon when the wall clock of `zone` next shows a time."""
    now = lumbar.clock.now().astimezone(ZoneInfo(zone))
    today = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return (today if today > now else today + timedelta(days=1)).astimezone(UTC)


async def agree(person: Person) -> Message:
    """Go to the question about the zone."""
    await person.say("/start")
    await person.wait_for("What I am not")
    await person.press("I understand")
    return await person.wait_for("Where are you?")
