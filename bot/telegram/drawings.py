"""Files made on their way out: what a letter only describes is drawn or packed just before the call, and kept nowhere.

A letter holds `{"photo": {"$drawing": {"kind": ..., "name": ..., "data": ..., "words": ...}}}`: the numbers and labels,
as small as the message that would say the same. The file exists from the drawing to the call, in memory. Where nothing
can be drawn, the words leave as a message instead, with the same buttons. `{"$zip": {"name": ..., "files": ...}}` is an
archive of texts by their names.

As with other pictures, what is called next is handed back to the relay (`Instead`), which asks before each call whether
it may still send: a drawing takes a second. As with letterheads, a letter waits for it a moment at a time and is put
back in between, so that a referral passes it. The drawing goes on meanwhile; what was drawn for a letter that did not
come back is dropped with the next one.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from bot.telegram.letterheads import MOMENT_SECONDS
from bot.telegram.pictures import Call
from bot.telegram.text import well_formed
from bot.usecases.delivery import Instead, NotReady, SendResult

Send = Callable[[str, Mapping[str, Any]], Awaitable[SendResult | Instead]]
Draw = Callable[[str, Mapping[str, Any]], Awaitable[bytes | None]]

_DRAWN = "$drawn"


class Drawings:
    """Puts files in the place of what letters describe; everything else goes on to `send`.

    Belongs to one event loop, to be closed before what draws.
    """

    def __init__(self, send: Send, call: Call, draw: Draw) -> None:
        self._send = send
        self._call = call
        self._draw = draw
        self._drawings: dict[str, asyncio.Future[bytes | None]] = {}  # by the letter that waits for it

    async def send(self, method: str, payload: Mapping[str, Any]) -> SendResult | Instead:
        """Make one call and return what became of it, or what to call instead."""
        for field, value in payload.items():
            match value:
                case {"$drawing": {"kind": str(kind), "name": str(name), "data": dict(data), "words": str(words)}}:
                    letter = json.dumps([method, payload], sort_keys=True)
                    drawing = self._begin(letter, kind, data)
                    await asyncio.wait({drawing}, timeout=MOMENT_SECONDS)
                    if not drawing.done():
                        return NotReady("it is being drawn")
                    self._drawings.pop(letter, None)
                    content = None if drawing.cancelled() else drawing.result()
                    if content is None:
                        return _in_words(payload, field, words)
                    return Instead(method, {**payload, field: {_DRAWN: content, "name": name}})
                case {"$zip": {"name": str(name), "files": dict(files)}}:
                    packed = await asyncio.to_thread(_packed, files)
                    return Instead(method, {**payload, field: {_DRAWN: packed, "name": name}})
                case {"$drawn": bytes(content), "name": str(name)}:
                    fields = {key: kept for key, kept in payload.items() if key != field}
                    return await self._call(method, fields, {field: (name, content, "application/octet-stream")})
        return await self._send(method, payload)

    async def close(self) -> None:
        """Break off what is being drawn."""
        drawings = list(self._drawings.values())
        for drawing in drawings:
            drawing.cancel()
        if drawings:
            await asyncio.wait(drawings)

    def _begin(self, letter: str, kind: str, data: Mapping[str, Any]) -> asyncio.Future[bytes | None]:
        """Have something drawn, unless it is being drawn for this letter."""
        drawing = self._drawings.get(letter)
        if drawing is None:
            self._drawings = {one: under_way for one, under_way in self._drawings.items() if not under_way.done()}
            drawing = self._drawings[letter] = asyncio.ensure_future(self._draw(kind, data))
        return drawing


def _packed(files: Mapping[str, str]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, well_formed(text))
    return stream.getvalue()


def _in_words(payload: Mapping[str, Any], field: str, words: str) -> Instead:
    kept = {key: value for key, value in payload.items() if key not in {field, "caption"}}
    return Instead("sendMessage", {**kept, "text": words, "link_preview_options": {"is_disabled": True}})
