"""A Bot API over real HTTP whose every answer is written by the test: statuses, resets and silence.

It knows nothing of Telegram. The sandbox is for behaving; this is for misbehaving.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from aiohttp import web

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFa"


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it arrived; `files` holds name, content and media type by field."""

    path: str
    fields: Mapping[str, Any]
    files: Mapping[str, tuple[str, bytes, str]]
    connection: int


@dataclass(slots=True)
class ScriptedApi:
    """What to answer next, and what was asked."""

    url: str = ""
    status: int = HTTPStatus.OK
    answer: Any = field(default_factory=lambda: {"ok": True, "result": {"message_id": 7}})
    received: list[Received] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    silent: bool = False
    reset: bool = False
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    def refuse(self, status: int, description: str, **parameters: Any) -> None:
        """Answer from now on as Telegram does when it refuses."""
        self.status = status
        self.answer = {"ok": False, "error_code": status, "description": description}
        if parameters:
            self.answer["parameters"] = parameters

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Note the request and answer as scripted."""
        self.received.append(await _received(request))
        self.arrived.set()
        if self.reset and request.transport is not None:
            request.transport.abort()
        if self.silent:
            await self.let_go.wait()
        if isinstance(self.answer, str):
            return web.Response(status=self.status, text=self.answer, content_type="text/html")
        return web.json_response(self.answer, status=self.status)


@asynccontextmanager
async def scripted_api() -> AsyncIterator[ScriptedApi]:
    """Run a scripted API on a free port of this machine."""
    api = ScriptedApi()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", api.handle)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    api.url = f"http://{host}:{port}"
    try:
        yield api
    finally:
        api.let_go.set()
        await runner.cleanup()


async def _received(request: web.Request) -> Received:
    files: dict[str, tuple[str, bytes, str]] = {}
    fields: dict[str, Any] = {}
    if request.content_type == "multipart/form-data":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read(), value.content_type)
                value.file.close()
            else:
                fields[name] = value
    elif request.content_type == "application/json":
        fields = await request.json()
    return Received(request.path, fields, files, connection=id(request.transport))
