"""Telegram's HTML dialect: a fixed set of tags, a few named characters, and errors that name a byte offset.

This is not HTML: an unknown tag or a missing end tag is an error, and unknown character references stay as written.
Errors are ValueErrors with Telegram's wording.
"""

import re
from dataclasses import dataclass, field
from typing import Any

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_REFERENCES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,8}|#[xX][0-9a-fA-F]{1,8});?")
_TOKEN = re.compile(_REFERENCE.pattern + "|<")
_TAG_NAME = re.compile(r"[^\s>/]*")
_ATTRIBUTE = re.compile(r"""\s+([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_END_TAG = re.compile(r"</\s*([^\s>]*)\s*>")
_LANGUAGE = "language-"


@dataclass(slots=True)
class _Open:
    """A start tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    text_from: int
    language_inside: str = ""


@dataclass(slots=True)
class _Output:
    """The plain text so far, with its length in UTF-16 code units."""

    parts: list[str] = field(default_factory=list)
    units: int = 0
    entities: list[dict[str, Any]] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.units += len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Return plain text and entities (UTF-16 offsets); raises ValueError in Telegram's words."""
    output = _Output()
    open_tags: list[_Open] = []
    at = 0
    while at < len(source):
        token = _TOKEN.search(source, at)
        if token is None:
            output.add(source[at:])
            break
        output.add(source[at : token.start()])
        at = token.start()
        if token.group() != "<":
            output.add(_character(token.group()))
            at = token.end()
        elif source.startswith("</", at):
            at = _end_tag(source, at, output, open_tags)
        else:
            at = _start_tag(source, at, output, open_tags)
    if open_tags:
        raise ValueError(f'Can\'t find end tag corresponding to start tag "{open_tags[-1].tag}"')
    return "".join(output.parts), output.entities


def _byte_offset(source: str, at: int) -> int:
    return len(source[:at].encode("utf-8", "surrogatepass"))


def _character(reference: str) -> str:
    named = _REFERENCES.get(reference.rstrip(";") + ";")
    if named is not None:
        return named
    digits = reference[2:].rstrip(";")
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:  # noqa: PLR2004 - the bounds of Unicode
        return reference
    return chr(code)


def _start_tag(source: str, at: int, output: _Output, open_tags: list[_Open]) -> int:
    """Open the tag that begins at `at` and return where reading goes on."""
    where = f"at byte offset {_byte_offset(source, at)}"
    name_match = _TAG_NAME.match(source, at + 1)
    tag = name_match.group().lower() if name_match else ""
    after = at + 1 + len(tag)
    if after >= len(source):
        raise ValueError(f"Unclosed start tag {where}")
    if tag not in _SIMPLE:
        raise ValueError(f'Unsupported start tag "{tag}" {where}')
    attributes: dict[str, str] = {}
    while match := _ATTRIBUTE.match(source, after):
        name, *values = match.groups()
        value = next((v for v in values if v is not None), "")
        attributes[name.lower()] = _REFERENCE.sub(lambda found: _character(found.group()), value)
        after = match.end()
    after = len(source) - len(source[after:].lstrip())
    if source[after : after + 1] != ">":
        raise ValueError(f'Unclosed start tag "{tag}" {where}')
    _check_attributes(tag, attributes, where)
    language = attributes.get("class", "")
    if tag == "code" and open_tags and open_tags[-1].tag == "pre" and language.startswith(_LANGUAGE):
        open_tags[-1].language_inside = language.removeprefix(_LANGUAGE)
    open_tags.append(_Open(tag, attributes, output.units, len(output.parts)))
    return after + 1


def _check_attributes(tag: str, attributes: dict[str, str], where: str) -> None:
    """Raise ValueError where a tag lacks what gives it its meaning."""
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise ValueError(f'Tag "span" must have class "tg-spoiler" {where}')
    if tag == "tg-time" and not re.fullmatch(r"\d{1,12}", attributes.get("unix", "")):
        raise ValueError(f'Tag "tg-time" must have a Unix time in attribute "unix" {where}')
    if tag == "tg-emoji" and not attributes.get("emoji-id", "").isdigit():
        raise ValueError(f"Invalid custom emoji identifier specified {where}")


def _end_tag(source: str, at: int, output: _Output, open_tags: list[_Open]) -> int:
    """Close the innermost tag by the end tag at `at` and return where reading goes on."""
    where = f"at byte offset {_byte_offset(source, at)}"
    match = _END_TAG.match(source, at)
    if match is None:
        raise ValueError(f"Unclosed end tag {where}")
    if not open_tags:
        raise ValueError(f"Unexpected end tag {where}")
    opened = open_tags.pop()
    name = match.group(1).lower()
    if name and name != opened.tag:
        raise ValueError(f'Unmatched end tag {where}, expected "</{opened.tag}>", found "</{name}>"')
    length = output.units - opened.offset
    if length > 0:
        _add_entity(opened, length, output)
    return match.end()


def _add_entity(opened: _Open, length: int, output: _Output) -> None:
    kind = _SIMPLE[opened.tag]
    entity: dict[str, Any] = {"type": kind, "offset": opened.offset, "length": length}
    attributes = opened.attributes
    if kind == "text_link":
        url = attributes.get("href") or "".join(output.parts[opened.text_from :])
        if not re.match(r"(?:https?|tg|ton)://\S|[\w-]+(?:\.[\w-]+)+(?:/|$)", url):
            return  # as Telegram does with tel: and other schemes it does not link
        entity["url"] = url if "://" in url else f"http://{url}"
    elif kind == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    elif kind == "custom_emoji":
        entity["custom_emoji_id"] = attributes["emoji-id"]
    elif kind == "date_time":
        entity["unix_time"] = int(attributes["unix"])
        entity["date_time_format"] = attributes.get("format", "")
    elif kind == "pre":
        inner = output.entities[-1] if output.entities else {}
        if inner.get("type") == "code" and (inner["offset"], inner["length"]) == (opened.offset, length):
            output.entities.pop()
            if opened.language_inside:
                entity["language"] = opened.language_inside
    output.entities.append(entity)
