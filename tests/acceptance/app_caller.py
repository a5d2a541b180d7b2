"""Somebody's Mini App without a screen: asks the API as the page does, signed in by the sandbox."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp

from tests.acceptance.bot_at_work import BotAtWork
from tests.acceptance.person import Person

Json = dict[str, Any]


@dataclass(slots=True)
class AppCaller:
    """The page of one person; the session lasts an hour of the bot's clock."""

    address: str
    session: aiohttp.ClientSession
    init_data: str
    _numbers: "count[int]" = field(default_factory=count)

    async def read(self, page: str) -> Json:
        """Return what a page shows."""
        status, shown = await self.ask("GET", page)
        assert status == 200, shown
        return shown

    async def choose(self, name: str, fields: Json | None = None, *, key: str | None = None) -> str:
        """Choose something; returns the line that the page shows."""
        status, said = await self.ask("POST", name, key=key, fields=fields or {})
        assert status == 200, said
        note: str = said["note"]
        return note

    async def ask(
        self, method: str, name: str, *, key: str | None = None, fields: Json | None = None
    ) -> tuple[int, Json]:
        """Ask the API; returns status and body."""
        headers = {"Authorization": f"tma {self.init_data}"}
        if method == "POST":
            headers["Idempotency-Key"] = key or f"press-{next(self._numbers):08}"
        async with self.session.request(
            method, f"{self.address}/app/api/{name}", headers=headers, json=fields if method == "POST" else None
        ) as answer:
            return answer.status, await answer.json()


@asynccontextmanager
async def app_of(lumbar: BotAtWork, person: Person) -> AsyncIterator[AppCaller]:
    """Open the Mini App as a person does."""
    init_data = await person.open_app()
    async with aiohttp.ClientSession() as session:
        yield AppCaller(lumbar.address, session, init_data)
