"""The receiver over real HTTP: what is not committed is not acknowledged, and nothing that comes stops it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from bot.sandbox import Fault, Sandbox
from bot.telegram import receiver as receiver_module
from bot.telegram.gateway import Gateway
from bot.telegram.intake import Intake
from bot.telegram.receiver import Receiver
from bot.usecases.inbox import QueryAnswer
from bot.usecases.incoming import Incoming, Said
from tests.acceptance.person import Person
from tests.integration.relay.conftest import TOKEN

pytestmark = pytest.mark.usefixtures("short_pauses")


@pytest.fixture
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the receiver try again at once."""
    monkeypatch.setattr(receiver_module, "LONGEST_PAUSE_SECONDS", 0.01)


@dataclass(slots=True)
class Desk:
    """Takes batches in place of the database; `fails` is asked before each."""

    fails: Callable[[], bool] = lambda: False
    batches: list[tuple[list[Incoming], list[int]]] = field(default_factory=list)
    arrived: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    received: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, batch: list[Incoming], unreadable: list[int]) -> list[QueryAnswer]:
        """Take a batch, unless it fails."""
        self.batches.append((batch, unreadable))
        self.received.set()
        if self.fails():
            raise OSError("database is locked")
        for incoming in batch:
            self.arrived.put_nowait(incoming.content.text if isinstance(incoming.content, Said) else "")
        return []

    async def next_words(self) -> str:
        """Wait for the next words that were taken."""
        return await asyncio.wait_for(self.arrived.get(), 10)


@asynccontextmanager
async def receiving(address: str, desk: Desk) -> AsyncIterator[None]:
    """Run a receiver; on the way out it stops."""
    stop = asyncio.Event()
    async with Gateway(TOKEN, api_url=address) as gateway, asyncio.TaskGroup() as tasks:
        await gateway.who_am_i()
        tasks.create_task(Receiver(gateway, Intake(gateway, desk.take)).run(stop))
        yield
        stop.set()


async def test_a_batch_that_cannot_be_committed_comes_again(address: str, ada: Person) -> None:
    """While the database fails nothing is acknowledged: the same updates come until they are taken, once each."""
    failures = iter([True, True, True])
    desk = Desk(fails=lambda: next(failures, False))
    async with receiving(address, desk):
        assert await desk.next_words() == "/start"
        await ada.say("hello")
        assert await desk.next_words() == "hello"
    ids = [[incoming.update_id for incoming in batch] for batch, _ in desk.batches]
    assert ids[0] == ids[1] == ids[2] == ids[3] != ids[4]


async def test_what_a_dead_process_had_not_committed_comes_to_the_next(
    address: str, sandbox: Sandbox, ada: Person
) -> None:
    """Another receiver gets what the last one received and never finished; only then does Telegram forget it."""
    await ada.say("hello")
    dying = Desk(fails=lambda: True)
    async with receiving(address, dying):
        await asyncio.wait_for(dying.received.wait(), 10)
    desk = Desk()
    async with receiving(address, desk):
        assert [await desk.next_words() for _ in range(2)] == ["/start", "hello"]
        await asyncio.wait_for(sandbox.updates.poll_waits.wait(), 10)
        assert sandbox.updates.pending_count == 0


async def test_one_poison_update_harms_no_other(address: str, sandbox: Sandbox, ada: Person) -> None:
    """An update of no known form is reported by number, one with words is read, and their neighbours are taken."""
    sandbox.updates.add("message", {"text": "from nowhere"})
    chat = {"id": ada.id, "type": "private"}
    sandbox.updates.add("message", {"text": "I fell", "chat": chat, "from": {"is_bot": False, "first_name": "Ada"}})
    await ada.say("hello")
    desk = Desk()
    async with receiving(address, desk):
        assert [await desk.next_words() for _ in range(3)] == ["/start", "I fell", "hello"]
    assert [len(unreadable) for _, unreadable in desk.batches if unreadable] == [1]


async def test_trouble_with_polling_is_waited_out(
    address: str, sandbox: Sandbox, ada: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    """Errors of Telegram and broken connections are logged in words and tried again."""
    for kind in ("server_error", "too_many_requests", "drop_before", "drop_after"):
        sandbox.fail_next(Fault(kind, method="getUpdates"))
    desk = Desk()
    async with receiving(address, desk):
        assert await desk.next_words() == "/start"
        await ada.say("hello")
        assert await desk.next_words() == "hello"
    assert "Internal Server Error" in capsys.readouterr().out


async def test_a_second_poller_is_told_in_words(
    address: str, sandbox: Sandbox, ada: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    """A conflict names its cause and does not end the receiver."""
    desk = Desk()
    async with receiving(address, desk), Gateway(TOKEN, api_url=address) as other:
        assert await desk.next_words() == "/start"
        await asyncio.wait_for(sandbox.updates.poll_waits.wait(), 10)
        await other.poll(None, seconds=0, most=1, allowed=("message",))
        await ada.say("hello")
        assert await desk.next_words() == "hello"
    assert "only one bot instance is running" in capsys.readouterr().out
