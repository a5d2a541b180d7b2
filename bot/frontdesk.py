"""The front desk: what the Mini App asks, as one transaction each, then a word to the relay.

It stands between the web side, which knows nothing of a database, and the use cases, which know nothing of a loop.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bot.domain.events import Event
from bot.storage.unit_of_work import Database
from bot.usecases import miniapp
from bot.usecases.knowledge import Knowledge
from bot.usecases.miniapp import Page
from bot.usecases.ports import Clock
from bot.web.init_data import AppUser


@dataclass(frozen=True, slots=True)
class FrontDesk:
    """Answers for people who signed in; `wake_relay` is told after each choice, so that the chat says it at once."""

    database: Database
    knowledge: Knowledge
    clock: Clock
    wake_relay: Callable[[], None]

    def now(self) -> datetime:
        """Return the present instant, UTC."""
        return self.clock.now()

    async def open_at(self, user: AppUser, page: Page) -> Mapping[str, Any]:
        """Return the labels of all pages, and what this one shows."""
        return await self.database.run(
            partial(
                miniapp.open_at,
                user_id=user.id,
                language_code=user.language_code,
                page=page,
                now=self.now(),
                knowledge=self.knowledge,
            )
        )

    async def read(self, user: AppUser, page: Page) -> Mapping[str, Any] | None:
        """Return what a page shows; None for whoever has not agreed in the chat."""
        return await self.database.run(
            partial(miniapp.read, user_id=user.id, page=page, now=self.now(), knowledge=self.knowledge)
        )

    async def choose(self, user: AppUser, event: Event, key: str) -> str | None:
        """Let an event happen; return the line to show, None as above."""
        note = await self.database.run(
            partial(
                miniapp.choose,
                user_id=user.id,
                language_code=user.language_code,
                event=event,
                key=key,
                now=self.now(),
                knowledge=self.knowledge,
            )
        )
        self.wake_relay()
        return note
