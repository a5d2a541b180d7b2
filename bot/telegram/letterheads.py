"""Letterheads as they are needed: each is drawn once, for everybody who waits for it, and nobody waits for long.

A drawing begins when the relay takes over and Telegram does not have the picture yet, at the latest with a letter. A
letter waits for it a moment at a time and is put back in between, so that no referral waits for a logo. A drawing goes
on when patience is over, so that a slow machine has it ready for the next letter. One that failed is tried again after
a while, for a name whose letters the font lacks fails every time, and each try holds up a greeting. What was drawn is
kept, two small files at most: letters that leave before Telegram has given the first its name upload the same.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.presentation.letterhead import Letterhead
from bot.usecases.delivery import NotReady

PATIENCE_SECONDS = 5.0  # from the beginning of a drawing on; letters after that leave as words while it lasts
MOMENT_SECONDS = 0.5  # so long a graver letter waits at most; less would use up how often a chat may be written to
AGAIN_AFTER_SECONDS = 600.0
KIND = "letterhead"

Draw = Callable[[str, Mapping[str, Any]], Awaitable[bytes | None]]


class Letterheads:
    """Has letterheads drawn by `draw`; belongs to one event loop, to be closed before what draws."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._drawings: dict[str, asyncio.Future[bytes | None]] = {}
        self._begun_at: dict[str, float] = {}  # on the loop's clock

    def begin(self, letterhead: Letterhead) -> asyncio.Future[bytes | None]:
        """Have a letterhead drawn, unless it is, or is not to be tried again yet."""
        look, now = letterhead.digest, asyncio.get_running_loop().time()
        drawing = self._drawings.get(look)
        if drawing is None or (
            drawing.done() and _result(drawing) is None and now - self._begun_at[look] >= AGAIN_AFTER_SECONDS
        ):
            drawing = asyncio.ensure_future(self._draw(KIND, letterhead.data))
            self._drawings[look], self._begun_at[look] = drawing, now
        return drawing

    async def drawn(self, letterhead: Letterhead) -> bytes | NotReady | None:
        """Return the file, None where it cannot be drawn, or not soon; `NotReady` after a moment of waiting in vain."""
        drawing = self.begin(letterhead)
        left = self._begun_at[letterhead.digest] + PATIENCE_SECONDS - asyncio.get_running_loop().time()
        await asyncio.wait({drawing}, timeout=max(0.0, min(left, MOMENT_SECONDS)))
        if drawing.done():
            return _result(drawing)
        return NotReady("its letterhead is being drawn") if left > MOMENT_SECONDS else None

    async def close(self) -> None:
        """Break off what is being drawn."""
        for drawing in self._drawings.values():
            drawing.cancel()
        if self._drawings:
            await asyncio.wait(self._drawings.values())


def _result(drawing: asyncio.Future[bytes | None]) -> bytes | None:
    return None if drawing.cancelled() or drawing.exception() else drawing.result()
