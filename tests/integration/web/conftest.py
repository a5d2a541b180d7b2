"""The web side over real HTTP, its updates taken by a desk of the test's in place of the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from starlette.applications import Starlette

from bot.telegram.gateway import Gateway
from bot.telegram.intake import Intake
from bot.usecases.inbox import QueryAnswer
from bot.usecases.incoming import Incoming
from bot.web.app import make_app
from bot.web.health import Health, Vitals
from bot.web.server import listen, serving
from bot.web.webhook import Webhook, secret_for

TOKEN = "424242:a-token-that-only-the-sandbox-knows-of"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
SECRET = secret_for(TOKEN)


@dataclass(slots=True)
class Desk:
    """Commits batches in place of the database: while the gate is closed a commit waits, while it fails it raises."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)
    fails: bool = False
    batches: list[list[int]] = field(default_factory=list)
    arrived: asyncio.Queue[int] = field(default_factory=asyncio.Queue)

    def __post_init__(self) -> None:
        """Open the gate."""
        self.gate.set()

    async def commit(self, batch: list[Incoming], unreadable: list[int]) -> list[QueryAnswer]:
        """Take a batch."""
        ids = [*(incoming.update_id for incoming in batch), *unreadable]
        self.arrived.put_nowait(len(ids))
        await self.gate.wait()
        if self.fails:
            raise OSError("the disk is full")
        self.batches.append(ids)
        return []


@dataclass(frozen=True, slots=True)
class Site:
    """A served application and a client."""

    url: str
    client: aiohttp.ClientSession
    intake: Intake
    desk: Desk

    async def post(self, body: bytes, **headers: str) -> int:
        """Post to the webhook and return the status."""
        data = BytesIO(body)  # aiohttp warns of large bytes
        async with self.client.post(f"{self.url}/telegram", data=data, headers=headers) as answer:
            await answer.read()
            return answer.status

    async def deliver(self, update_id: int, **content: Any) -> int:
        """Post an update as Telegram does."""
        body = aiohttp.JsonPayload({"update_id": update_id, **content}).decode().encode()
        return await self.post(body, **{SECRET_HEADER: SECRET})


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    """Serve an application on a free port of loopback."""
    listener = listen("127.0.0.1", 0)
    async with serving(app, listener):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


async def nothing() -> bytes:
    """Do nothing, as a database that answers does."""
    return b""


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """Serve a webhook whose updates go to a desk."""
    desk = Desk()
    async with Gateway(TOKEN, api_url="http://127.0.0.1:9") as gateway, aiohttp.ClientSession() as client:
        intake = Intake(gateway, desk.commit)
        app = make_app(Health(Vitals(), nothing, nothing), Webhook(SECRET, intake.take), "https://example.org/telegram")
        async with served(app) as url:
            yield Site(url, client, intake, desk)
        await intake.finish()
