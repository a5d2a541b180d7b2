"""The rules a keyboard must keep beyond its shape: one action per button, sizes, addresses and styles.

Errors carry Telegram's codes where it has one (`BUTTON_DATA_INVALID`) and otherwise its way of saying.
"""

from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request
from bot.sandbox.loopback import is_loopback

_STYLES = {"danger", "success", "primary"}
_DECORATION = {"text", "icon_custom_emoji_id", "style"}
_BUTTONS_PER_INLINE_KEYBOARD = 100
_BUTTONS_PER_ROW = 8
_CALLBACK_DATA_BYTES = 64
_COPY_TEXT_CHARACTERS = 256


def checked(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the reply markup without empty rows; raises 400 for a rule broken."""
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        rows = [row for row in markup["inline_keyboard"] if row]
        if sum(map(len, rows)) > _BUTTONS_PER_INLINE_KEYBOARD or any(len(row) > _BUTTONS_PER_ROW for row in rows):
            raise bad_request("reply markup is too long")
        for button in (button for row in rows for button in row):
            _check_inline_button(button)
        return {**markup, "inline_keyboard": rows}
    if "keyboard" in markup:
        rows = [row for row in markup["keyboard"] if row]
        if not rows:
            raise bad_request("reply keyboard must have at least one button")
        for button in (button for row in rows for button in row):
            _check_label(button, "keyboard button")
        return {**markup, "keyboard": rows}
    for flag in ("remove_keyboard", "force_reply"):
        if markup.get(flag) is False:
            raise bad_request(f'field "reply_markup.{flag}" must be true')
    return markup


def buttons(message: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Return the rows of a message's inline keyboard, none if it has no keyboard."""
    rows: list[list[dict[str, Any]]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def _check_label(button: dict[str, Any], what: str) -> None:
    if not button["text"].strip():
        raise bad_request(f"can't parse {what}: text must be non-empty")
    if button.get("style", "primary") not in _STYLES:
        raise bad_request(f"can't parse {what}: invalid button style specified")


def _check_inline_button(button: dict[str, Any]) -> None:
    _check_label(button, "inline keyboard button")
    actions = button.keys() - _DECORATION
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(
            "can't parse inline keyboard button: exactly one action must be specified, found "
            + ", ".join(sorted(actions))
        )
    if (
        "callback_data" in button
        and not 1 <= len(button["callback_data"].encode(errors="replace")) <= _CALLBACK_DATA_BYTES
    ):
        raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= _COPY_TEXT_CHARACTERS:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if "url" in button:
        _check_url(button["url"])
    if "web_app" in button:
        address = urlsplit(button["web_app"]["url"])
        # Telegram takes https only; loopback is the sandbox's own exception, as for webhooks.
        if address.scheme != "https" and not is_loopback(address.hostname):
            raise bad_request(
                f"inline keyboard button Web App URL '{address.geturl()}' is invalid: Only HTTPS links are allowed"
            )


def _check_url(url: str) -> None:
    address = urlsplit(url)
    known = address.scheme in {"http", "https"} and address.hostname
    if not known and not (address.scheme in {"tg", "ton"} and address.netloc):
        reason = "Wrong HTTP URL" if address.scheme in {"", "http", "https"} else "Unsupported URL protocol"
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {reason}")
