"""What is sent, as a value: a Bot API method with its payload, and the buttons below a message.

Payloads never hold a chat: the shell adds `chat_id`. Texts arrive here as finished Telegram HTML. Which message is sent
when, and in which words, is decided elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from bot.domain.buttons import ButtonEvent, encode
from bot.presentation.i18n import Html

Button = dict[str, Any]
Keyboard = Sequence[Sequence[Button]]

SUCCESS, DANGER, PRIMARY = "success", "danger", "primary"


class Priority(IntEnum):
    """What leaves first; a lower number outranks a higher one."""

    SAFETY = 0
    REPLY = 1
    REMINDER = 2
    BROADCAST = 3


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One call of the Bot API, without its chat.

    `live`: the keyboard belongs to the open question and is stripped once that is answered. `forget`: the payload is
    deleted as soon as it has been sent. `daily`: the same is said to a chat once a day (UTC) at most.
    """

    method: str
    payload: dict[str, Any]
    priority: Priority = Priority.REPLY
    live: bool = False
    forget: bool = False
    daily: bool = False


def message(
    text: Html,
    keyboard: Keyboard = (),
    *,
    priority: Priority = Priority.REPLY,
    live: bool = False,
    forget: bool = False,
) -> Outgoing:
    """Return a message of Telegram HTML with inline buttons below it, without link previews."""
    payload: dict[str, Any] = {
        "text": str(text),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if any(keyboard):
        payload["reply_markup"] = keyboard_of(keyboard)
    return Outgoing("sendMessage", payload, priority=priority, live=live, forget=forget)


def animation(media: str, caption: Html, keyboard: Keyboard = (), *, live: bool = False) -> Outgoing:
    """Return a moving picture with a caption of Telegram HTML (1,024 characters) and inline buttons below it.

    `media` names the picture; the shell puts a file in its place, or sends the caption alone as a message.
    """
    return Outgoing("sendAnimation", _pictured("animation", media, caption, keyboard), live=live)


def photo(media: str, caption: Html, keyboard: Keyboard = (), *, live: bool = False, daily: bool = False) -> Outgoing:
    """Return a still picture; all else as `animation`."""
    return Outgoing("sendPhoto", _pictured("photo", media, caption, keyboard), live=live, daily=daily)


def _pictured(field: str, media: str, caption: Html, keyboard: Keyboard) -> dict[str, Any]:
    payload: dict[str, Any] = {field: {"$media": media}, "caption": str(caption), "parse_mode": "HTML"}
    if any(keyboard):
        payload["reply_markup"] = keyboard_of(keyboard)
    return payload


def keyboard_of(keyboard: Keyboard) -> dict[str, Any]:
    """Return inline buttons as the Bot API takes them, without empty rows."""
    return {"inline_keyboard": [list(row) for row in keyboard if row]}


def press(label: str, event: ButtonEvent, style: str | None = None) -> Button:
    """Return a button that means `event`, coloured by one of the Bot API's styles."""
    button = {"text": label, "callback_data": encode(event)}
    return button if style is None else {**button, "style": style}


def copy(label: str, text: str) -> Button:
    """Return a button that copies `text` (1-256 characters) to the clipboard."""
    return {"text": label, "copy_text": {"text": text}}


def link(label: str, url: str) -> Button:
    """Return a button that opens an HTTP address."""
    return {"text": label, "url": url}


def open_app(label: str, url: str | None, page: str) -> Keyboard:
    """Return a row with a button that opens a page of the Mini App at `url`; no row where there is none."""
    return () if url is None else (({"text": label, "web_app": {"url": f"{url}?page={page}"}},),)
