"""Updates of the Bot API to `Incoming`: who, and what they did, in our own words.

Only private chats with people are answered. Everything else (other bots, channels, chatter in groups) becomes an
`Incoming` without content, which is noted as seen and nothing more. What PTB cannot read is read by hand as far as it
goes (`salvage`): a field of a form we do not know must not keep somebody's words from being triaged.
"""

from datetime import datetime
from typing import Any

import telegram
from telegram import Message
from telegram.constants import ChatMemberStatus, ChatType

from bot.domain.events import Media
from bot.telegram.text import well_formed
from bot.usecases.incoming import (
    Content,
    Incoming,
    Membership,
    Pressed,
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
_LARGEST_ID = 2**63 - 1
# Where a rich message holds words, and what stands between the pieces of each.
_RICH_FIELDS = {"summary": "", "text": "", "items": "\n", "cells": "\n", "blocks": "\n", "caption": "", "credit": ""}
_GONE = {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}


def parse(raw: dict[str, Any], bot: telegram.Bot) -> Incoming:
    """Read one update as Telegram sent it; raises whatever PTB raises for one that is not of the API's form.

    ValueError is raised for a chat whose number no database holds.
    """
    update = telegram.Update.de_json(raw, bot)
    person, chat = update.effective_user, update.effective_chat
    content = None if person is None or person.is_bot else _content(update, bot.username)
    if person is None or chat is None or content is None:
        return Incoming(update.update_id)
    return Incoming(
        update_id=update.update_id,
        chat_id=_storable(chat.id),
        content=content,
        first_name=_name(person.first_name),
        language_code=person.language_code,
        sent_at=_sent_at(update),
    )


def _sent_at(update: telegram.Update) -> datetime | None:
    """Return when a message was written or changed; how long it waited for us says Telegram nowhere else."""
    message = update.message or update.edited_message
    return None if message is None else message.edit_date or message.date


def _storable(number: int) -> int:
    if not isinstance(number, int) or abs(number) > _LARGEST_ID:
        raise ValueError("not a number that Telegram gives to a chat")
    return number


def _name(first_name: str) -> str:
    return well_formed(first_name)[:LONGEST_NAME]


def _said(text: str, *, edited: bool) -> Said:
    return Said(well_formed(text[:LONGEST_TEXT]), edited=edited)


def salvage(raw: dict[str, Any]) -> Incoming | None:
    """Read who wrote what in private from an update that PTB cannot read; None where even that is not to be found."""
    message = raw.get("message") or raw.get("edited_message")
    if not isinstance(message, dict):
        return None
    chat, person = message.get("chat"), message.get("from")
    if not isinstance(chat, dict) or not isinstance(person, dict) or person.get("is_bot") is not False:
        return None
    if chat.get("type") != ChatType.PRIVATE or type(chat.get("id")) is not int or abs(chat["id"]) > _LARGEST_ID:
        return None
    text = message.get("text") or message.get("caption") or _rich_words(message.get("rich_message"))
    language_code = person.get("language_code")
    return Incoming(
        update_id=raw["update_id"],
        chat_id=chat["id"],
        content=_said(text, edited="message" not in raw) if isinstance(text, str) and text else Wordless(Media.OTHER),
        first_name=_name(str(person.get("first_name") or "")),
        language_code=language_code if isinstance(language_code, str) else None,
    )


def _content(update: telegram.Update, bot_username: str) -> Content | None:
    query = update.callback_query
    if query is not None:
        message_id = query.message.message_id if isinstance(query.message, Message) else None
        data = well_formed(query.data or "")[:LONGEST_DATA]
        return Pressed(data, query.id, message_id) if query.message is not None else None
    if update.my_chat_member is not None:
        if update.my_chat_member.chat.type != ChatType.PRIVATE:
            return None
        return Membership(blocked=update.my_chat_member.new_chat_member.status in _GONE)
    message = update.message or update.edited_message
    if message is None:
        return None
    if message.chat.type != ChatType.PRIVATE:
        return _in_group(message, bot_username)
    return _in_private(message, edited=update.edited_message is not None)


def _in_group(message: Message, bot_username: str) -> Content | None:
    """Answer a command or a mention, once per message; overhear nothing."""
    text = message.text or ""
    is_ours = f"@{bot_username}".lower() in text.lower() or (text.startswith("/") and "@" not in text.split()[0])
    return SpokenToInGroup() if is_ours and message.edit_date is None else None


def _in_private(message: Message, *, edited: bool) -> Content | None:
    # PTB 22.8 does not know rich messages (Bot API 10.1): without their words, a warning sign in one would go unread.
    text = message.text or message.caption or _rich_words(message.api_kwargs.get("rich_message"))
    if text:
        return _said(text, edited=edited)
    if edited:
        return None
    if message.location is not None:
        return SharedLocation(message.location.latitude, message.location.longitude)
    if message.sticker is not None:
        return Wordless(Media.STICKER)
    if message.voice is not None or message.video_note is not None or message.audio is not None:
        return Wordless(Media.VOICE)
    if message.photo or message.video is not None or message.animation is not None:
        return Wordless(Media.PICTURE)
    is_something = message.effective_attachment is not None or "rich_message" in message.api_kwargs
    return Wordless(Media.OTHER) if is_something else None


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
