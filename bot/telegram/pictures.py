"""Pictures on their way out: each file is uploaded once, and from then on sent by the name that Telegram has for it.

A letter names a picture, `{"animation": {"$media": "bird-dog"}}` of an exercise or `{"photo": {"$media":
"letterhead"}}` of the clinic's; what stands there when the call leaves is decided here. Rules:

- Names (`file_id`) are known by the bytes of the file, or what a letterhead is drawn from, and the bot they were given
  to: a picture that was drawn anew, or another bot, is another key. The database keeps them, written with the answer to
  the upload; they are read once, when the relay takes over, so that a picture costs no more than a text.
- A name that Telegram refuses, with whatever words, is dropped, and the same letter uploads the file again, once.
- Where the file is gone or not drawn, or Telegram refuses it, the caption leaves as a message with the same buttons:
  the person gets the exercise, or the greeting, in any case. So it does after an upload whose answer was lost, for a
  slow line would lose the next one.
- Several letters may upload the same file at the same time, before the first name is known: each gets a name that is
  good.

What is tried instead is handed back to the relay (`Instead`), which asks before each call whether it may still send.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any, Protocol

import structlog

from bot.presentation.content import Animation
from bot.presentation.letterhead import Letterhead
from bot.telegram.letterheads import Letterheads
from bot.telegram.transport import FileField
from bot.usecases.delivery import GaveUp, Instead, NotReady, SendResult, Sent, Unknown, Uploaded

log = structlog.get_logger()

_FILES = {"animation": ("mp4", "video/mp4"), "photo": ("png", "image/png")}  # by the field of a letter
_PICTURE_ONLY = frozenset({*_FILES, "caption"})

Picture = Animation | Letterhead


class Call(Protocol):
    """One call of the Bot API, as `Gateway.call` makes it."""

    async def __call__(
        self, method: str, payload: Mapping[str, Any], upload: Mapping[str, FileField] = ...
    ) -> SendResult:
        """Return what became of it."""
        ...


class Pictures:
    """Puts files, or their names, in the place of what letters name; `bot_id` is the number in the bot's token.

    A letterhead's file comes from `letterheads`, as soon as it is drawn.
    """

    def __init__(self, call: Call, pictures: Mapping[str, Picture], letterheads: Letterheads, *, bot_id: int) -> None:
        self._call = call
        self._pictures = pictures
        self._letterheads = letterheads
        self._bot_id = bot_id
        self._file_ids: dict[str, str] = {}
        self._lost: set[str] = set()

    def remember(self, file_ids: Mapping[str, str]) -> None:
        """Know what the database knows; what was learnt here and is not stored yet is not forgotten.

        A letterhead without a name will be wanted soon, so that its drawing begins.
        """
        self._file_ids = {**file_ids, **self._file_ids}
        for picture in self._pictures.values():
            if isinstance(picture, Letterhead) and self._key(picture.digest) not in self._file_ids:
                self._letterheads.begin(picture)

    async def send(self, method: str, payload: Mapping[str, Any]) -> SendResult | Instead:
        """Make one call and return what became of it, or what to call instead."""
        for field in _FILES.keys() & payload.keys():
            match payload[field]:
                case {"$media": str(name), **rest}:
                    return await self._send_picture(method, payload, field, name, anew="anew" in rest)
        return await self._call(method, payload)

    async def _send_picture(
        self, method: str, payload: Mapping[str, Any], field: str, name: str, *, anew: bool
    ) -> SendResult | Instead:
        picture = self._pictures.get(name)
        if picture is None:
            return _in_words(payload, name, "there is no such picture")
        key = self._key(picture.digest)
        file_id = None if anew else self._file_ids.get(key)
        if file_id is None:
            return await self._upload(method, payload, field, name, picture)
        result = await self._call(method, {**payload, field: file_id})
        if not isinstance(result, GaveUp):
            return result
        log.warning("file_id_refused", picture=name, reason=result.reason)
        if self._file_ids.get(key) == file_id:  # another letter may have learnt a better one by now
            del self._file_ids[key]
        return Instead(method, {**payload, field: {"$media": name, "anew": True}})

    async def _upload(
        self, method: str, payload: Mapping[str, Any], field: str, name: str, picture: Picture
    ) -> SendResult | Instead:
        if name in self._lost:
            self._lost.remove(name)
            return _in_words(payload, name, "the answer to its upload was lost")
        match await self._file_of(picture):
            case NotReady() as waiting:
                return waiting
            case str(reason):
                return _in_words(payload, name, reason)
            case digest, content:
                pass
        fields = {key: value for key, value in payload.items() if key != field}
        ending, media_type = _FILES[field]
        result = await self._call(method, fields, {field: (f"{name}.{ending}", content, media_type)})
        match result:
            case Sent(file_id=str(file_id)):
                key = self._key(digest)
                self._file_ids[key] = file_id
                log.info("picture_uploaded", picture=name)
                return replace(result, uploaded=Uploaded(key, file_id))
            case GaveUp(reason=reason):
                return _in_words(payload, name, reason)
            case Unknown():
                self._lost.add(name)
                return result
            case _:
                return result

    async def _file_of(self, picture: Picture) -> tuple[str, bytes] | NotReady | str:
        """Return the digest and the bytes of the file, that there is none yet, or why there is none."""
        if isinstance(picture, Letterhead):
            match await self._letterheads.drawn(picture):
                case None:
                    return "it could not be drawn, or not soon"
                case NotReady() as waiting:
                    return waiting
                case drawn:
                    return picture.digest, drawn
        try:
            content = await asyncio.to_thread(picture.path.read_bytes)
        except OSError as error:
            return f"the file cannot be read ({type(error).__name__})"
        return sha256(content).hexdigest(), content

    def _key(self, digest: str) -> str:
        return f"{self._bot_id}:{digest}"


def _in_words(payload: Mapping[str, Any], name: str, reason: str) -> Instead:
    """Return the message that says what the caption would have."""
    log.warning("picture_left_out", picture=name, reason=reason)
    kept = {key: value for key, value in payload.items() if key not in _PICTURE_ONLY}
    return Instead("sendMessage", {**kept, "text": payload["caption"], "link_preview_options": {"is_disabled": True}})
