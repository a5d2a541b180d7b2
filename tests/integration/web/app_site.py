"""The Mini App's API called in this process, with a desk of the test's in place of the database."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.types import ASGIApp, Message

from bot.domain.events import Event
from bot.usecases.miniapp import Page
from bot.usecases.ports import StorageFailed
from bot.web.app import MiniApp
from bot.web.app_api import AppApi
from bot.web.app_files import TELEGRAM_SCRIPT, AppFiles
from bot.web.app_limits import Rate
from bot.web.init_data import AppUser
from tests.unit.web.forgeries import ADA, GOOD, NOW, TOKEN

PLENTY = Rate(burst=1_000_000, per_second=1_000_000.0)
JSON = {"content-type": "application/json", "idempotency-key": "a-key-for-one-press"}


@dataclass(slots=True)
class Desk:
    """Notes who asked for what; knows whoever is among `agreed`."""

    agreed: set[int] = field(default_factory=lambda: {ADA})
    asked: list[tuple[int, object]] = field(default_factory=list)
    failure: Exception | None = None

    def now(self) -> datetime:
        """Return the moment of the test."""
        return NOW

    async def open_at(self, user: AppUser, page: Page) -> Mapping[str, Any]:
        """Return the labels, and what a page shows."""
        return self._noted(user, f"opening/{page}") or {}

    async def read(self, user: AppUser, page: Page) -> Mapping[str, Any] | None:
        """Return what a page shows."""
        return self._noted(user, page)

    async def choose(self, user: AppUser, event: Event, key: str) -> str | None:
        """Let an event happen."""
        del key
        return None if self._noted(user, event) is None else ""

    def _noted(self, user: AppUser, what: object) -> dict[str, Any] | None:
        if self.failure is not None:
            raise self.failure
        self.asked.append((user.id, what))
        return {} if user.id in self.agreed else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body read."""
        return json.loads(self.body)


@dataclass(slots=True)
class Site:
    """An application, and whether the latest request's body was read."""

    app: ASGIApp
    body_was_read: bool = False
    prefix: str = "/app"

    async def call(
        self,
        method: str,
        path: str,
        *,
        init_data: str | None = GOOD,
        body: bytes = b"",
        peer: str = "9.9.9.9",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Call a path below the app as a server would."""
        given = {"host": "bot.example.org", **(headers or {})}
        if init_data is not None:
            given["authorization"] = f"tma {init_data}"
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": f"{self.prefix}{path}",
            "raw_path": f"{self.prefix}{path}".encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(name.encode(), one.encode(errors="replace")) for name, one in given.items()],
            "client": (peer, 1),
            "server": ("bot.example.org", 443),
        }
        self.body_was_read = False
        sent: list[Message] = []

        async def receive() -> Message:
            if self.body_was_read:
                await asyncio.Event().wait()  # the peer never hangs up
            self.body_was_read = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        told = {name.decode(): one.decode() for name, one in sent[0]["headers"]}
        return Answer(sent[0]["status"], told, b"".join(one.get("body", b"") for one in sent[1:]))

    async def choose(self, name: str, fields: Mapping[str, object]) -> Answer:
        """Choose something, as the page does."""
        return await self.call("POST", f"/api/{name}", body=json.dumps(fields).encode(), headers=JSON)


def site_of(desk: Desk, *, per_address: Rate = PLENTY, per_person: Rate = PLENTY) -> Site:
    """Make the site, without any limit unless one is named."""
    api = AppApi(TOKEN, desk, languages=("en", "es"), per_address=per_address, per_person=per_person)
    return Site(MiniApp("https://bot.example.org/app/", AppFiles(TELEGRAM_SCRIPT, {}, {}), api).alone())


def storage_failure() -> StorageFailed:
    """Make the error that a database raises when it is gone."""
    return StorageFailed("the database is gone")
