"""What a message of the bot consists of: text or caption, medium, keyboard, as the API's JSON.

The functions take typed arguments of a call and return fields of a Message; they change nothing but the file store.
"""

from typing import Any

from bot.sandbox import keyboards
from bot.sandbox.errors import bad_request
from bot.sandbox.files import FileStore, StoredFile
from bot.sandbox.formatting import caption_text, message_text
from bot.sandbox.schema import Upload

_ATTACHED = "attach://"


def text_content(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return text and entities; raises 400 for what Telegram would not send."""
    text, entities = message_text(arguments["text"], arguments.get("parse_mode"), arguments.get("entities"))
    return {"text": text, **({"entities": entities} if entities else {})}


def caption_content(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return caption and its entities, nothing for an empty caption."""
    caption, entities = caption_text(
        arguments.get("caption", ""), arguments.get("parse_mode"), arguments.get("caption_entities")
    )
    if not caption:
        return {}
    return {"caption": caption, **({"caption_entities": entities} if entities else {})}


def media_content(kind: str, arguments: dict[str, Any], given: dict[str, object], files: FileStore) -> dict[str, Any]:
    """Return the medium of a sendPhoto, sendAnimation or sendDocument call; stores what was uploaded."""
    source = arguments[kind]
    if isinstance(source, str) and source.startswith(_ATTACHED):
        source = given.get(source.removeprefix(_ATTACHED))
        if not isinstance(source, Upload):
            raise bad_request("attached file not found")
    stored = files.add(kind, source) if isinstance(source, Upload) else files.of_kind(kind, source)
    return media_json(kind, stored, arguments)


def media_json(kind: str, stored: StoredFile, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the message fields that show a stored file."""
    if kind == "photo":
        return {"photo": [{**stored.as_file(), "width": stored.width, "height": stored.height}]}
    document = {**stored.as_file(), "file_name": stored.name, "mime_type": stored.mime_type}
    if kind == "document":
        return {"document": document}
    animation = {
        **document,
        "width": stored.width or arguments.get("width", 320),
        "height": stored.height or arguments.get("height", 320),
        "duration": stored.duration or arguments.get("duration", 0),
    }
    return {"animation": animation, "document": document}


def inline_markup(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the inline keyboard as a message field, nothing when there is none; raises 400 for a rule broken."""
    markup = keyboards.checked(arguments.get("reply_markup"))
    return {"reply_markup": markup} if markup and markup.get("inline_keyboard") else {}
