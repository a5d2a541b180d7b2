"""A relay over real HTTP to the sandbox, its outbox filled by the test, on clocks the test moves."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from bot.presentation.content import Animation
from bot.presentation.messages import Priority
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import Sandbox
from bot.storage import migrations
from bot.storage.tables import metadata
from bot.storage.unit_of_work import Database, Transaction
from bot.telegram.gateway import Gateway
from bot.telegram.letterheads import Letterheads
from bot.telegram.pictures import Pictures
from bot.telegram.rate import Rates
from bot.telegram.relay import Relay
from bot.usecases.ports import Letter
from tests.acceptance.person import Person, text_of

BOT_ID = 424242
TOKEN = f"{BOT_ID}:a-token-that-only-the-sandbox-knows-of"


async def _draw_nothing(_kind: str, _data: Mapping[str, Any]) -> None:
    """Leave letterheads out."""


@dataclass(slots=True)
class Desk:
    """Where letters are put, relays are started and the clocks are turned."""

    database: Database
    address: str
    clock: SandboxClock = field(default_factory=SandboxClock)
    seconds: float = 0.0
    awake: float = 0.0
    transactions: int = 0
    before: Callable[[], None] = lambda: None
    after: Callable[[], None] = lambda: None
    relays: list[Relay] = field(default_factory=list)
    animations: dict[str, Animation] = field(default_factory=dict)

    async def run(self, work: Callable[[Transaction], Any]) -> Any:
        """Run a relay's transaction, counted, with what the test wants to happen around it."""
        self.transactions += 1
        self.before()
        result = await self.database.run(work)
        self.after()
        return result

    @asynccontextmanager
    async def relay(
        self,
        *,
        address: str | None = None,
        alone: bool = True,
        allow_paid_broadcast: bool = False,
        rates: Rates | None = None,
    ) -> AsyncIterator[Relay]:
        """Run a relay; on the way out it finishes what is under way."""
        stop = asyncio.Event()
        async with Gateway(TOKEN, api_url=address or self.address) as gateway, asyncio.TaskGroup() as tasks:
            pictures = Pictures(gateway.call, self.animations, Letterheads(_draw_nothing), bot_id=BOT_ID)
            relay = Relay(
                run=self.run,
                send=pictures.send,
                remember=pictures.remember,
                clock=self.clock,
                per_second=1_000,
                alone=alone,
                allow_paid_broadcast=allow_paid_broadcast,
                rates=rates or Rates(1_000, clock=lambda: self.seconds),
                seconds=lambda: self.awake,
            )
            self.relays.append(relay)
            earlier = self.fence()
            tasks.create_task(relay.run(stop))
            if alone:
                await self.until(lambda: self.fence() > earlier)
                await self.settled()  # so that the relay has heard of it too
            self.seconds += 10  # past the slow beginning
            relay.wake()
            yield relay
            stop.set()

    def put(self, *letters: Letter) -> None:
        """Queue letters and wake the relays."""
        self.database.run_here(lambda tx: tx.queue(letters))
        self.wake()

    def say(self, person: Person, *texts: str, priority: Priority = Priority.REPLY) -> None:
        """Queue one message per text to a person."""
        now = self.clock.now()
        self.put(
            *(
                Letter(
                    key=f"{person.id}:{text}",
                    chat_id=person.id,
                    method="sendMessage",
                    payload={"text": text},
                    priority=priority,
                    not_before=now,
                )
                for text in texts
            )
        )

    def wake(self) -> None:
        """Wake the relays."""
        for relay in self.relays:
            relay.wake()

    def move(self, seconds: float) -> None:
        """Let time pass, on the wall and on the limiter's clock."""
        self.clock.move(timedelta(seconds=seconds))
        self.seconds += seconds
        self.wake()

    async def settled(self) -> None:
        """Let the relay do whatever it does by itself now: a few turns of the one database thread."""
        for _ in range(20):
            await self.database.run(lambda tx: tx.next_due_of_all())

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Let the relays do what they do until something is so; fail when that takes too long."""
        deadline = monotonic() + 10
        while not is_so():
            assert monotonic() < deadline, "it did not come to that"
            await self.settled()

    def fence(self) -> int:
        """Return how often a relay has taken over."""
        return max((row["token"] for row in self.rows("lease")), default=0)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Read a table."""
        with self.database.engine.connect() as connection:
            return [dict(row) for row in connection.execute(metadata.tables[table].select()).mappings()]

    def statuses(self, person: Person) -> list[str]:
        """Return how a person's letters stand, in the order they were written."""
        return [row["status"] for row in self.rows("outbox") if row["chat_id"] == person.id]


@pytest.fixture
def sandbox() -> Sandbox:
    """Return a sandbox."""
    return Sandbox(token=TOKEN)


@pytest.fixture
async def address(sandbox: Sandbox) -> AsyncIterator[str]:
    """Serve the sandbox."""
    async with sandbox.serve() as served:
        yield served


@pytest.fixture
def desk(tmp_path: Path, address: str) -> Iterator[Desk]:
    """Return a desk over an empty outbox."""
    database = Database(f"sqlite:///{tmp_path / 'lumbar.db'}")
    migrations.apply(database.engine)
    yield Desk(database, address)
    database.close()


async def met(address: str, name: str) -> AsyncIterator[Person]:
    """Yield a person who has written to the bot once."""
    async with await Person.create(address, first_name=name) as person:
        await person.say("/start")
        yield person


@pytest.fixture
async def ada(address: str) -> AsyncIterator[Person]:
    """Return a person."""
    async for person in met(address, "Ada"):
        yield person


@pytest.fixture
async def bob(address: str) -> AsyncIterator[Person]:
    """Return another person."""
    async for person in met(address, "Bob"):
        yield person


async def heard(person: Person) -> list[str]:
    """Return what the bot said to a person, in order."""
    return [text_of(message) for message in await person.messages() if message["from"]["is_bot"]]
