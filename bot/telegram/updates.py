"""Updates of the Bot API to `Incoming`: who, and what they did, in our own words.

Only private chats with people are answered. Everything else (other bots, channels, chatter in groups) becomes an
`Incoming` without content, which is noted as seen and nothing more.

The few fields that matter are read from the update as it came: building python-telegram-bot's objects of it takes as
long as everything else that is done about an update, and they refuse the whole of one that holds a single field of a
form they do not know. Whatever else a message holds, the words in it are read: they are somebody's.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import telegram
from telegram.constants import ChatMemberStatus, ChatType, MessageAttachmentType

from bot.domain.events import Media
from bot.telegram.text import well_formed
from bot.usecases.incoming import (
    Content,
    Incoming,
    Membership,
    Pressed,
    PressedInGroup,
    Said,
    SharedLocation,
    SpokenToInGroup,
    Wordless,
)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
# What Telegram allows, or more; whatever is longer did not come from it, and must not take anybody's time.
LONGEST_TEXT = 32_768
LONGEST_NAME = 64
LONGEST_DATA = 64
_NUMBERS_END = 2**63
_TIME_ENDS = 253_402_300_800  # seconds; the year 10000
# Where a rich message holds words, and what stands between the pieces of each.
_RICH_FIELDS = {"summary": "", "text": "", "items": "\n", "cells": "\n", "blocks": "\n", "caption": "", "credit": ""}
_GONE = {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}
_WORDLESS = dict.fromkeys((*MessageAttachmentType, "rich_message"), Media.OTHER) | {
    MessageAttachmentType.STICKER: Media.STICKER,
    **dict.fromkeys(("voice", "video_note", "audio"), Media.VOICE),
    **dict.fromkeys(
        ("photo", "video", "animation"), Media.PICTURE
    ),  # an animation is a document as well, which is last
    MessageAttachmentType.CONTACT: Media.CONTACT,
    **dict.fromkeys((MessageAttachmentType.POLL, "checklist"), Media.POLL),
}

_Object = dict[str, Any]


def parse(raw: _Object, bot: telegram.Bot) -> Incoming:
    """Read one update as Telegram sent it; raises ValueError where it does not say who, in which chat, or what."""
    seen = Incoming(raw["update_id"])
    kind = next((kind for kind in ALLOWED_UPDATES if raw.get(kind) is not None), None)
    if kind is None:
        return seen
    body = _object(raw, kind)
    place = body.get("message") if kind == "callback_query" else body
    if place is None:  # the button is on a message that was not sent to any chat of ours
        return seen
    chat = _object(place, "chat")
    person = None if body.get("from") is None else _object(body, "from")
    content = None if person is None or person.get("is_bot") else _content(kind, body, chat, bot)
    if person is None or content is None:
        return seen
    language_code = person.get("language_code")
    return Incoming(
        update_id=seen.update_id,
        chat_id=_number(chat, "id"),
        content=content,
        first_name=_words(person, "first_name", LONGEST_NAME),
        language_code=language_code if isinstance(language_code, str) else None,
        sent_at=_instant(body.get("edit_date") or body.get("date")) if kind in {"message", "edited_message"} else None,
    )


def _content(kind: str, body: _Object, chat: _Object, bot: telegram.Bot) -> Content | None:
    is_private = _name(chat, "type") == ChatType.PRIVATE
    match kind:
        case "callback_query":
            message = body["message"]
            data, query_id = _words(body, "data", LONGEST_DATA), _name(body, "id")
            if is_private:
                return Pressed(data, query_id, _message_id(message), tuple(_shown(message)))
            return PressedInGroup(data, query_id, _message_id(message), _person_id(body))
        case "my_chat_member":
            return Membership(blocked=_object(body, "new_chat_member").get("status") in _GONE) if is_private else None
        case _ if is_private:
            return _in_private(body, edited=kind == "edited_message")
        case _:
            return _in_group(body, bot)


def _in_group(message: _Object, bot: telegram.Bot) -> Content | None:
    """Read a command or a mention, once per message; overhear nothing, and take nothing that was said elsewhere."""
    if "edit_date" in message or "forward_origin" in message:
        return None
    text = _words(message, "text", LONGEST_TEXT)
    is_ours = f"@{bot.username}".lower() in text.lower() or (text.startswith("/") and "@" not in text.split()[0])
    return SpokenToInGroup(text, _person_id(message)) if is_ours else None


def _in_private(message: _Object, *, edited: bool) -> Content | None:
    text = _words(message, "text", LONGEST_TEXT) or _words(message, "caption", LONGEST_TEXT)
    if not text and "rich_message" in message:
        text = well_formed(_rich_words(message["rich_message"])[:LONGEST_TEXT])
    if text:
        message_id = message.get("message_id")
        return Said(text, edited=edited, message_id=message_id if type(message_id) is int else None)
    if edited:
        return None
    match message.get("location"):
        case {"latitude": int() | float() as latitude, "longitude": int() | float() as longitude}:
            return SharedLocation(latitude, longitude)
        case _:
            field = next((field for field in _WORDLESS if message.get(field)), None)
            return None if field is None else Wordless(_WORDLESS[field], _words_within(message[field]))


def _words_within(medium: object) -> str:
    """Gather what somebody wrote in a poll or a checklist: its question or title, and each of its lines."""
    if not isinstance(medium, dict):
        return ""
    lines = [line for field in ("options", "tasks") if isinstance(held := medium.get(field), list) for line in held]
    written = [
        medium.get("question"),
        medium.get("title"),
        *(line.get("text") for line in lines if isinstance(line, dict)),
    ]
    return well_formed("\n".join(words for words in written if isinstance(words, str))[:LONGEST_TEXT])


def _rich_words(part: object, between: str = "") -> str:
    """Gather the words of a rich message, or of any part of it, in their order; empty where it holds none."""
    match part:
        case str():
            return part
        case list():
            return between.join(words for piece in part if (words := _rich_words(piece, between)))
        case dict():
            found = (_rich_words(part.get(key), between) for key, between in _RICH_FIELDS.items())
            return "\n".join(words for words in found if words)
        case _:
            return ""


def _object(holder: object, field: str) -> _Object:
    found = holder.get(field) if isinstance(holder, dict) else None
    return found if isinstance(found, dict) else _refuse(field)


def _number(holder: _Object, field: str) -> int:
    found = holder.get(field)
    return found if type(found) is int and abs(found) < _NUMBERS_END else _refuse(field)


def _person_id(body: _Object) -> int:
    return _number(_object(body, "from"), "id")


def _name(holder: _Object, field: str) -> str:
    found = holder.get(field)
    return found if isinstance(found, str) else _refuse(field)


def _words(holder: _Object, field: str, longest: int) -> str:
    """Read a text, which need not be there."""
    found = holder.get(field)
    return well_formed(found[:longest]) if isinstance(found, str) else ""


def _shown(message: _Object) -> Iterator[str]:
    """Read what the buttons of a message carry."""
    match message.get("reply_markup"):
        case {"inline_keyboard": list() as rows}:
            buttons = (button for row in rows if isinstance(row, list) for button in row if isinstance(button, dict))
            yield from (data for button in buttons if (data := _words(button, "callback_data", LONGEST_DATA)))


def _message_id(message: _Object) -> int | None:
    """Read which message a button sits on; one without a date is too old for Telegram to let us touch it."""
    return _number(message, "message_id") if message.get("date") else None


def _instant(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) and 0 <= seconds < _TIME_ENDS else None


def _refuse(field: str) -> Any:
    raise ValueError(f"{field!r} is not what the Bot API puts there")
