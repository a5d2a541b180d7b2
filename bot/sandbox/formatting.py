"""Message text as Telegram reads it: HTML to plain text with entities, limits and automatic links.

Offsets and lengths are UTF-16 code units, as in the API. Limits count Unicode code points of the text that is left
after entities are parsed and surrounding white space is cut, which is how Telegram's servers count them. Markdown is
refused: the sandbox emulates HTML and explicit entities only.
"""

import re
from typing import Any

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.html_entities import parse_html

Entity = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
DATE_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")

_EXTRA_FIELDS = {
    "text_link": {"url"},
    "text_mention": {"user"},
    "custom_emoji": {"custom_emoji_id"},
    "date_time": {"unix_time"},
}
_KNOWN_TYPES = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline",
    "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", *_EXTRA_FIELDS,
}  # fmt: skip
_AUTOMATIC = re.compile(
    r"(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)'\]])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<!\w)(?P<mention>@[A-Za-z0-9_]{4,32})\b"
    r"|(?<!\w)(?P<hashtag>\#[^\W\d]\w*)"
)
# Telegram finds no links inside these.
_OPAQUE = {"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"}


def utf16_length(text: str) -> int:
    """Return how many UTF-16 code units the text takes."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def formatted(text: str, parse_mode: str | None, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
    """Return plain text and entities as Telegram would store them; raises 400 for what it could not parse."""
    if parse_mode:
        if parse_mode.lower() in {"markdown", "markdownv2"}:
            raise bad_request("the sandbox emulates parse_mode HTML and explicit entities only, not Markdown")
        if parse_mode.lower() != "html":
            raise bad_request("unsupported parse_mode")
        try:
            text, found = parse_html(text)
        except ValueError as error:
            raise bad_request(f"can't parse entities: {error}") from error
    else:
        found = [_explicit(entity, text) for entity in entities or []]
    for entity in found:
        if entity["type"] == "date_time" and not DATE_TIME_FORMAT.fullmatch(entity.get("date_time_format", "")):
            raise bad_request(f'can\'t parse entities: invalid date-time format "{entity["date_time_format"]}"')
    text, found = _trimmed(text, found)
    return text, _sorted(found + automatic_entities(text, found))


def message_text(text: str, parse_mode: str | None, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
    """Return the formatted text of a message; raises 400 when it is empty or too long."""
    plain, found = formatted(text, parse_mode, entities)
    if not plain:
        raise bad_request("message text is empty")
    _within(plain, TEXT_LIMIT, bad_request("message is too long"))
    return plain, found


def caption_text(text: str, parse_mode: str | None, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
    """Return the formatted caption, perhaps empty; raises 400 when it is too long."""
    plain, found = formatted(text, parse_mode, entities)
    _within(plain, CAPTION_LIMIT, bad_request("message caption is too long"))
    return plain, found


def automatic_entities(text: str, present: list[Entity]) -> list[Entity]:
    """Return the links, commands, mentions and hashtags Telegram finds by itself."""
    opaque = [(e["offset"], e["offset"] + e["length"]) for e in present if e["type"] in _OPAQUE]
    found = []
    for match in _AUTOMATIC.finditer(text):
        start = utf16_length(text[: match.start()])
        length = utf16_length(match.group())
        if not any(start < end and begin < start + length for begin, end in opaque):
            found.append({"type": str(match.lastgroup), "offset": start, "length": length})
    return found


def _within(text: str, limit: int, error: ApiError) -> None:
    if len(text) > limit:
        raise error


def _explicit(entity: Entity, text: str) -> Entity:
    kind = entity["type"]
    if kind not in _KNOWN_TYPES:
        raise bad_request(f'can\'t parse MessageEntity: unsupported type "{kind}" specified')
    for field in _EXTRA_FIELDS.get(kind, set()) - entity.keys():
        raise bad_request(f"can't parse MessageEntity: can't find field \"{field}\" of type {kind}")
    if entity["offset"] < 0 or entity["length"] <= 0 or entity["offset"] + entity["length"] > utf16_length(text):
        raise bad_request("entity lies outside of the text")
    return dict(entity)


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut surrounding white space and shorten or drop the entities that covered it."""
    body = text.strip()
    cut = utf16_length(text[: len(text) - len(text.lstrip())]) if body else 0
    end = utf16_length(body)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        stop = min(entity["offset"] + entity["length"] - cut, end)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return body, kept


def _sorted(entities: list[Entity]) -> list[Entity]:
    unique = {(e["offset"], -e["length"], e["type"]): e for e in entities}
    return [unique[key] for key in sorted(unique)]
