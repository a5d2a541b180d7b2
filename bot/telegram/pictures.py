"""Pictures on their way out: each file is uploaded once, and from then on sent by the name that Telegram has for it.

A letter names a picture, `{"animation": {"$media": "bird-dog"}}`; what stands there when the call leaves is
decided here. Rules:

- Names (`file_id`) are known by the bytes of the file and the bot they were given to: a picture that was drawn anew, or
  another bot, is another key. The database keeps them, written with the answer to the upload; they are read once, when
  the relay takes over, so that a picture costs no more than a text.
- A name that Telegram refuses, with whatever words, is dropped, and the same letter uploads the file again, once.
- Where the file is gone, or Telegram refuses it, the caption leaves as a message with the same buttons: the person gets
  the exercise in any case. So it does after an upload whose answer was lost, for a slow line would lose the next one.
- Several letters may upload the same file at the same time, before the first name is known: each gets a name that is
  good.

What is tried instead is handed back to the relay (`Instead`), which asks before each call whether it may still send.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import structlog

from bot.presentation.content import Animation
from bot.telegram.transport import FileField
from bot.usecases.delivery import GaveUp, Instead, SendResult, Sent, Unknown, Uploaded

log = structlog.get_logger()

_FIELD = "animation"
_PICTURE_ONLY = frozenset({_FIELD, "caption"})


class Call(Protocol):
    """One call of the Bot API, as `Gateway.call` makes it."""

    async def __call__(
        self, method: str, payload: Mapping[str, Any], upload: Mapping[str, FileField] = ...
    ) -> SendResult:
        """Return what became of it."""
        ...


class Pictures:
    """Puts files, or their names, in the place of what letters name; `bot_id` is the number in the bot's token."""

    def __init__(self, call: Call, animations: Mapping[str, Animation], *, bot_id: int) -> None:
        self._call = call
        self._animations = animations
        self._bot_id = bot_id
        self._file_ids: dict[str, str] = {}
        self._lost: set[str] = set()

    def remember(self, file_ids: Mapping[str, str]) -> None:
        """Know what the database knows; what was learnt here and is not stored yet is not forgotten."""
        self._file_ids = {**file_ids, **self._file_ids}

    async def send(self, method: str, payload: Mapping[str, Any]) -> SendResult | Instead:
        """Make one call and return what became of it, or what to call instead."""
        match payload.get(_FIELD):
            case {"$media": str(name), **rest}:
                return await self._send_picture(method, payload, name, anew="anew" in rest)
            case _:
                return await self._call(method, payload)

    async def _send_picture(
        self, method: str, payload: Mapping[str, Any], name: str, *, anew: bool
    ) -> SendResult | Instead:
        animation = self._animations.get(name)
        if animation is None:
            return _in_words(payload, name, "there is no such picture")
        key = self._key(animation.sha256)
        file_id = None if anew else self._file_ids.get(key)
        if file_id is None:
            return await self._upload(method, payload, name, animation.path)
        result = await self._call(method, {**payload, _FIELD: file_id})
        if not isinstance(result, GaveUp):
            return result
        log.warning("file_id_refused", picture=name, reason=result.reason)
        if self._file_ids.get(key) == file_id:  # another letter may have learnt a better one by now
            del self._file_ids[key]
        return Instead(method, {**payload, _FIELD: {"$media": name, "anew": True}})

    async def _upload(self, method: str, payload: Mapping[str, Any], name: str, path: Path) -> SendResult | Instead:
        if name in self._lost:
            self._lost.remove(name)
            return _in_words(payload, name, "the answer to its upload was lost")
        try:
            content = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            return _in_words(payload, name, f"the file cannot be read ({type(error).__name__})")
        fields = {key: value for key, value in payload.items() if key != _FIELD}
        result = await self._call(method, fields, {_FIELD: (f"{name}.mp4", content, "video/mp4")})
        match result:
            case Sent(file_id=str(file_id)):
                key = self._key(sha256(content).hexdigest())
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

    def _key(self, digest: str) -> str:
        return f"{self._bot_id}:{digest}"


def _in_words(payload: Mapping[str, Any], name: str, reason: str) -> Instead:
    """Return the message that says what the caption would have."""
    log.warning("picture_left_out", picture=name, reason=reason)
    kept = {key: value for key, value in payload.items() if key not in _PICTURE_ONLY}
    return Instead("sendMessage", {**kept, "text": payload["caption"], "link_preview_options": {"is_disabled": True}})
