"""Letterheads as they are needed: each is drawn once, for everybody who waits for it, and nobody waits for long.

The drawing goes on when somebody's patience is over, so that a slow machine has it ready for the next letter; one that
failed is tried again with the next letter. What was drawn is kept, two small files at most for each look: letters that
leave before Telegram has given the first its name upload the same.
"""

import asyncio
from contextlib import suppress

from bot.presentation.letterhead import Letterhead
from bot.telegram.drawings import Draw

PATIENCE_SECONDS = 5.0  # a greeting may wait so long for its picture, and an emergency's referral for one before it
KIND = "letterhead"


class Letterheads:
    """Has letterheads drawn by `draw`; belongs to one event loop, to be closed before what draws."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._drawings: dict[str, asyncio.Future[bytes | None]] = {}

    async def drawn(self, letterhead: Letterhead) -> bytes | None:
        """Return the file, or None where it cannot be drawn, or not soon."""
        drawing = self._drawings.get(letterhead.digest)
        if drawing is None or (drawing.done() and _result(drawing) is None):
            drawing = asyncio.ensure_future(self._draw(KIND, letterhead.data))
            self._drawings[letterhead.digest] = drawing
        await asyncio.wait({drawing}, timeout=PATIENCE_SECONDS)
        return _result(drawing) if drawing.done() else None

    async def close(self) -> None:
        """Break off what is being drawn."""
        for drawing in self._drawings.values():
            drawing.cancel()
            with suppress(asyncio.CancelledError):
                await drawing


def _result(drawing: asyncio.Future[bytes | None]) -> bytes | None:
    return None if drawing.cancelled() or drawing.exception() else drawing.result()
