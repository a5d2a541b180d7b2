"""A bot whose clock the test turns, for tests of reminders: it can be started again, and looks at the clock when told.

The scheduler's own turn comes once an hour here, so that what is seen follows from `look_at_clock`, which the demo's
clock control calls. Whether nothing came is asked of the outbox after another exchange with the bot, which the database
handles after the claim.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.bootstrap import running
from bot.catalog import Catalog
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import Sandbox
from bot.settings import load_settings
from bot.storage.unit_of_work import Database
from tests.acceptance.bot_at_work import TOKEN, BotAtWork
from tests.acceptance.person import Message, Person, labels, text_of
from tests.knowledge import the_catalog

NEW_YORK = ZoneInfo("America/New_York")
REMINDER = "It is time for your routine"
A_THURSDAY = datetime(2026, 5, 7, 10, 0, tzinfo=UTC)  # 06:00 in New York; no clock changes near


@dataclass(slots=True)
class Place:
    """A sandbox with its clock and a folder, where a bot can be started more than once."""

    address: str
    sandbox: Sandbox
    clock: SandboxClock
    database: Path

    async def person(self) -> Person:
        """Make a person; use it as a context."""
        return await Person.create(self.address)

    @asynccontextmanager
    async def bot(
        self,
        open_database: Callable[[str], Database] = Database,
        *,
        messages_per_second: float = 1_000,
        staff_chat_id: int | None = None,
        catalog: Catalog | None = None,
    ) -> AsyncIterator[BotAtWork]:
        """Run the bot here; `catalog` stands in for the shipped content."""
        settings = load_settings(
            env_file=None,
            telegram_bot_token=TOKEN,
            telegram_api_url=self.address,
            database_url=f"sqlite:///{self.database}",
            messages_per_second=messages_per_second,
            allow_paid_broadcast=True,
            staff_chat_id=staff_chat_id,
        )
        content = catalog or the_catalog()
        async with running(
            settings, clock=self.clock, catalog=content, open_database=open_database, claim_every_seconds=3600
        ) as running_bot:
            yield BotAtWork(self.address, self.sandbox, self.clock, running_bot, self.database)


@asynccontextmanager
async def place(folder: Path, start: datetime, *, chat_limits: bool = False) -> AsyncIterator[Place]:
    """Open a sandbox whose clock begins at `start`; without `chat_limits` people are answered as fast as they talk."""
    clock = SandboxClock(start)
    sandbox = Sandbox(token=TOKEN, clock=clock)
    with pytest.MonkeyPatch.context() as patch:
        if not chat_limits:
            patch.setattr("bot.telegram.rate.CHAT_PER_SECOND", 1_000.0)
            patch.setattr("bot.telegram.rate.CHAT_BURST", 1_000)
        async with sandbox.serve() as address:
            yield Place(address, sandbox, clock, folder / "lumbar.db")


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment on New York's clocks, as UTC."""
    return datetime.combine(day, time(hour, minute), NEW_YORK).astimezone(UTC)


def today_at(lumbar: BotAtWork, hour: int, minute: int = 0) -> datetime:
    """Return a moment of New York's present day, as UTC."""
    return local(lumbar.clock.now().astimezone(NEW_YORK).date(), hour, minute)


async def reminder(person: Person) -> Message:
    """Wait for the next reminder."""
    return await person.wait_for(REMINDER)


def came_at(message: Message) -> datetime:
    """Return when a message came, to the minute, as UTC."""
    return datetime.fromtimestamp(message["date"], UTC).replace(second=0)


async def days_reminded(lumbar: BotAtWork, person: Person, *, answer: str = "What is stored") -> list[str]:
    """Return the days for which a reminder was queued, once the bot has surely done what the clock asked for."""
    await person.say("/privacy")
    await person.wait_for(answer)
    return [key.partition(":")[2].partition(".")[0] for key in lumbar.reminder_letters(person)]


async def reminders_seen(person: Person) -> int:
    """Count the reminders in the person's chat."""
    return sum(REMINDER in text_of(message) for message in await person.messages())


async def put_off(person: Person, message: Message, label: str) -> None:
    """Choose a later time below a reminder."""
    await person.press_on(message["message_id"], "Later")
    await person.wait_for(lambda seen: seen["message_id"] == message["message_id"] and label in labels(seen))
    await person.press_on(message["message_id"], label)


async def change_time(person: Person, at: str) -> None:
    """Choose another reminder time."""
    await person.say("/time")
    await person.wait_for("shall I remind you?")
    await person.say(at)
    await person.wait_for("Shall I remind you then")
    await person.say("yes")
    await person.wait_for("Your reminders are changed.")
