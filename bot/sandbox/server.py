"""The sandbox as one object: construct it, serve it, and reach into it from tests.

    sandbox = Sandbox(token="42:test")
    async with sandbox.serve() as address:
        bot = telegram.Bot("42:test", base_url=f"{address}/bot", base_file_url=f"{address}/file/bot")

It serves on loopback only, inside the running event loop, installs no signal handler, and is gone within a second
of leaving the context even while polls and streams are open.
"""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.sandbox.bot_api import BotApi
from bot.sandbox.clock import SandboxClock
from bot.sandbox.connection import PortTaken, listen, serving
from bot.sandbox.faults import Fault, FaultPlan
from bot.sandbox.loopback import is_loopback
from bot.sandbox.people import People
from bot.sandbox.person_api import NextEvent, PersonApi
from bot.sandbox.profile import Profile
from bot.sandbox.updates import Updates
from bot.sandbox.world import World

__all__ = ["TELEGRAM_SCRIPT", "PortTaken", "Sandbox"]

TELEGRAM_SCRIPT = "/telegram-web-app.js"
"""Where the sandbox has what a Mini App finds at telegram.org: the script that brings `Telegram.WebApp`."""

_PAGE = Path(__file__).with_name("page")
_PAGE_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
}


class Sandbox:
    """An emulated Bot API for the bot that holds `token`, with the page and the person's side.

    `next_event_at` tells where "Next reminder" moves the clock to; without it that is the latest future date any
    message shows. `world`, `people`, `updates`, `faults` and `calls` are there for tests in the same process.
    """

    def __init__(
        self,
        *,
        token: str,
        clock: SandboxClock | None = None,
        next_event_at: NextEvent | None = None,
        bot_first_name: str = "Lumbar",
        bot_username: str = "lumbar_sandbox_bot",
    ) -> None:
        bot_id = token.partition(":")[0]
        bot = {
            "id": int(bot_id) if bot_id.isdigit() else 42,
            "is_bot": True,
            "first_name": bot_first_name,
            "username": bot_username,
        }
        self.token = token
        self.clock = clock or SandboxClock()
        self.world = World(clock=self.clock, bot=bot)
        self.updates = Updates(self.clock, self.world.journal)
        self.people = People(self.world, self.updates)
        self.faults = FaultPlan()
        profile = Profile(self.world.journal)
        bot_api = BotApi(token=token, world=self.world, updates=self.updates, profile=profile, faults=self.faults)
        self.calls = bot_api.calls
        person_api = PersonApi(
            world=self.world,
            updates=self.updates,
            profile=profile,
            faults=self.faults,
            calls=bot_api,
            next_event_at=next_event_at,
            token=token,
        )
        pages = [Route("/", _page), *(Route(f"/{path.name}", _page) for path in _PAGE.iterdir())]
        self.app = Starlette(routes=[*bot_api.routes(), *person_api.routes(), *pages])
        self.clock.subscribe(lambda: self.world.journal.add("clock", now=self.clock.now().isoformat()))

    def serve_beside(self, app: ASGIApp) -> None:
        """Let an application, a Mini App for example, answer for every path that is not the sandbox's own."""
        self.app.router.default = app

    def fail_next(self, fault: Fault) -> None:
        """Let the next calls fail as `fault` says."""
        self.faults.pending.append(fault)

    def forget_files(self) -> None:
        """Refuse the bot every file_id it has been given, as Telegram may."""
        self.world.files.forget()

    @contextlib.asynccontextmanager
    async def serve(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
        """Serve while the context lasts and yield the base URL; raises PortTaken before anything starts.

        A sandbox serves once: what waits on it is sent home at the end.
        """
        if not is_loopback(host):
            raise ValueError(f"the sandbox listens on loopback only, not on {host}")
        listener = listen(host, port)
        async with serving(self.app, listener, self._close):
            yield f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"

    async def _close(self) -> None:
        self.world.journal.close()
        await self.updates.close()


async def _page(request: Request) -> Response:
    if not is_loopback(request.url.hostname):
        return Response("only this machine may see the sandbox", status_code=403)
    path = _PAGE / (request.url.path.removeprefix("/") or "index.html")
    return FileResponse(path, media_type=_PAGE_TYPES[path.suffix], headers=_PAGE_HEADERS)
