"""A clinic at work, for acceptance tests: a staff chat with an administrator and a member, and people who are patients.

Patients beyond the few that a test speaks as are written into the bot's database as the bot would have stored them.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from bot.domain.chat import Chat, State
from bot.domain.schedule import ReminderTimes
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases.ports import StoredChat
from tests.acceptance.bot_at_work import BotAtWork, Row
from tests.acceptance.person import Message, Person
from tests.acceptance.reminded import Place, place

FIRST_STORED = 900_000_001


@dataclass(frozen=True, slots=True)
class Clinic:
    """A bot with a staff chat: `head` made it, `desk` is a member of it, `ada` is a patient."""

    here: Place
    lumbar: BotAtWork
    head: Person
    desk: Person
    group: int
    ada: Person

    async def ask(self, text: str, wanted: str, *, by: Person | None = None) -> Message:
        """Say something in the staff chat and return the bot's answer that holds `wanted`."""
        who = by or self.head
        await who.say(text, chat_id=self.group)
        return await who.wait_in(self.group, wanted)

    async def press(self, label: str, wanted: str, *, by: Person | None = None) -> Message:
        """Press a button in the staff chat and return what it leads to."""
        who = by or self.head
        await who.press_in(self.group, label)
        return await who.wait_in(self.group, wanted)

    def log(self) -> list[tuple[int, str]]:
        """Return who of the staff did what, in order."""
        return [(row["person_id"], row["action"]) for row in self.actions()]

    def actions(self) -> list[Row]:
        """Return the log of the staff's actions."""
        return self.lumbar.query("SELECT * FROM staff_action ORDER BY id")


@asynccontextmanager
async def clinic(folder: Path, at: datetime, *, patients: Iterable[Chat] = ()) -> AsyncIterator[Clinic]:
    """Run a bot whose staff chat is a group."""
    async with AsyncExitStack() as opened:
        here = await opened.enter_async_context(place(folder, at))
        head, desk, ada = [await opened.enter_async_context(await here.person()) for _ in range(3)]
        group = await head.make_group("Front desk", desk)
        lumbar = await opened.enter_async_context(here.bot(staff_chat_id=group))
        store(here.database, patients, lumbar.clock.now())
        yield Clinic(here, lumbar, head, desk, group, ada)


def patient(number: int, now: datetime, *, zone: str = "America/New_York", language: str = "en") -> Chat:
    """Return somebody who is set up."""
    return Chat(
        chat_id=FIRST_STORED + number,
        language=language,
        state=State.IDLE,
        consented_at=now,
        zone=zone,
        reminder_times=ReminderTimes((time(7, 30),)),
    )


def store(file: Path, patients: Iterable[Chat], now: datetime) -> None:
    """Write patients into the bot's database."""
    kept = list(patients)
    if not kept:
        return
    database = Database(f"sqlite:///{file}")

    def write(tx: Transaction) -> None:
        for chat in kept:
            tx.save_chat(StoredChat(chat), now)

    database.run_here(write)
    database.close()
