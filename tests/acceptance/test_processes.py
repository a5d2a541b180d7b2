"""Several processes over one PostgreSQL: the webhook's beside the workers', as one bot to whoever chats with it.

Each `running` below is what one process runs; that they share this test's process saves time and changes nothing, for
they share nothing else.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.bootstrap import RunningBot, running
from bot.processes import Command
from bot.sandbox.server import Sandbox
from bot.settings import load_settings
from bot.web.webhook import secret_for
from tests.acceptance.bot_at_work import TOKEN, begin_routine, everything_said, set_up
from tests.acceptance.person import Person, text_of
from tests.knowledge import the_catalog
from tests.postgres import PostgresServer


@dataclass(frozen=True, slots=True)
class Town:
    """A sandbox and a database, and the processes of one bot beside them."""

    sandbox: Sandbox
    address: str
    database_url: str
    port: int

    @asynccontextmanager
    async def process(
        self, command: Command, *, webhook: bool = True, port: int | None = None
    ) -> AsyncIterator[RunningBot]:
        """Run one process."""
        settings = load_settings(
            env_file=None,
            telegram_bot_token=TOKEN,
            telegram_api_url=self.address,
            database_url=self.database_url,
            public_url=f"http://127.0.0.1:{self.port}" if webhook else None,
            port=port,
        )
        async with running(settings, command, catalog=the_catalog()) as bot:
            yield bot

    async def post(self, port: int | None, update: dict[str, Any]) -> int:
        """Post an update to a process as Telegram does; return the status."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret_for(TOKEN)}
        url = f"http://127.0.0.1:{port}/telegram"
        async with aiohttp.ClientSession() as client, client.post(url, json=update, headers=headers) as answer:
            return answer.status


@pytest.fixture
def port() -> Iterator[int]:
    """Hold a port that nobody else is given, and on which a process may listen."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


@pytest.fixture
async def town(postgres_url: str, port: int) -> AsyncIterator[Town]:
    """Serve a sandbox beside an empty database."""
    sandbox = Sandbox(token=TOKEN)
    async with sandbox.serve() as address:
        yield Town(sandbox, address, postgres_url, port)


@pytest.fixture
async def ada(town: Town) -> AsyncIterator[Person]:
    """Return a person."""
    async with await Person.create(town.address) as person:
        yield person


@pytest.fixture
def quick_tongue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lift Telegram's limit of a message a second per chat: a test talks faster than a person."""
    monkeypatch.setattr("bot.telegram.rate.CHAT_PER_SECOND", 1_000.0)
    monkeypatch.setattr("bot.telegram.rate.CHAT_BURST", 1_000)


@pytest.mark.usefixtures("quick_tongue")
async def test_two_of_each_are_one_bot(town: Town, ada: Person) -> None:
    """What one process takes another answers, at once and once, whichever of them an update is posted to."""
    async with AsyncExitStack() as processes:
        for _ in range(2):
            await processes.enter_async_context(town.process(Command.WORKER))
        other = await processes.enter_async_context(town.process(Command.WEB, port=0))
        await processes.enter_async_context(town.process(Command.WEB, port=town.port))
        await set_up(ada)
        step = await begin_routine(ada)
        await ada.press_on(step["message_id"], "Done")
        await ada.wait_for("2 of 4")
        message = {"message_id": 999, "date": 1, "chat": {"id": ada.id, "type": "private"}, "from": ada.user}
        update = {"update_id": 999_999_999, "message": {**message, "text": "/privacy"}}
        statuses = await asyncio.gather(*(town.post(port, update) for port in (town.port, other.port) * 2))
        assert statuses == [200] * 4
        said = await everything_said(ada)
    assert len([text for text in said if "What is stored" in text]) == 1
    assert "getUpdates" not in {call["method"] for call in town.sandbox.calls}


async def test_workers_poll_one_at_a_time_and_take_turns(town: Town, ada: Person) -> None:
    """Without a webhook one worker polls and sends; when it stops, the other goes on at once."""
    with capture_logs() as logs:
        async with AsyncExitStack() as rest:
            async with town.process(Command.WORKER, webhook=False):
                await ada.say("/start")
                await ada.wait_for("What I am not")
                await rest.enter_async_context(town.process(Command.WORKER, webhook=False))
            await ada.say("yes")
            await ada.wait_for("Where are you?")
    events = [line["event"] for line in logs]
    assert events.count("polling_begins") == 2
    assert "polling_conflict" not in events
    texts = [text_of(message) for message in await ada.messages()]
    assert len([text for text in texts if "What I am not" in text]) == 1


async def test_a_database_that_goes_away_loses_nothing(
    town: Town, ada: Person, postgres_server: PostgresServer
) -> None:
    """While PostgreSQL is gone Telegram hears 503 and keeps the update; when it is back, Ada gets her answer."""
    with capture_logs() as logs:
        async with town.process(Command.WEB, port=town.port), town.process(Command.WORKER, port=0) as worker:
            await ada.say("/start")
            await ada.wait_for("What I am not")
            postgres_server.halt()
            try:
                await ada.say("yes")
                assert await town.post(town.port, {"update_id": 999_999_999}) == 503
                worker.look_at_clock()
                while "claim_failed" not in [line["event"] for line in logs]:
                    assert await ready(worker) == 503
            finally:
                postgres_server.resume()
            await ada.wait_for("Where are you?", 30)
            assert await ready(worker) == 200
    webhook = town.sandbox.updates.webhook
    assert webhook is not None
    assert webhook.last_error is not None
    assert "503" in webhook.last_error[1]
    for event in ("batch_not_stored", "claim_failed"):
        assert "PostgreSQL" in next(line["reason"] for line in logs if line["event"] == event)


async def ready(bot: RunningBot) -> int:
    """Ask a process whether it is ready; return the status."""
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{bot.port}/readyz") as answer:
        return answer.status
