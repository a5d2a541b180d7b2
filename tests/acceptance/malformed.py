"""Malformed updates of every type there is, made from the official description of the Bot API.

Each begins as a sound update of its type, from a private chat with one person, with every field that is required and,
of the outermost object, one at a time of those that are not. Then one field is broken: left out, of another type, or a
value that no sane sender writes.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bot.sandbox

_TYPES: dict[str, Any] = json.loads(Path(bot.sandbox.__file__).with_name("bot-api.json").read_text(encoding="utf-8"))[
    "types"
]
_SCALARS: dict[str, Any] = {"Integer": 1, "Float": 1.5, "Boolean": True, "String": "words"}
_DEEPEST = 3
_NESTED: Any = "end"
for _ in range(200):
    _NESTED = [_NESTED]
ODDITIES: dict[str, Any] = {
    "nothing": None,
    "text": "text",
    "number": 7,
    "minus": -1,
    "huge": 10**40,
    "list": [],
    "object": {},
    "half": "half \ud83d a character",
    "null": "null\0byte",
    "long": "x" * 100_000,
    "deep": _NESTED,
}

Update = dict[str, Any]


def updates(person_id: int) -> Iterator[Update]:
    """Yield malformed updates, without their numbers."""
    for kind, spec in _TYPES["Update"].items():
        if kind == "update_id":
            continue
        name = spec.removeprefix("?")
        fields: dict[str, str] = _TYPES[name]
        sound = _sound(name, person_id)
        yield {kind: {**sound, "a_field_of_next_year": {"with": [1, 2]}}}
        for odd in ODDITIES.values():
            yield {kind: odd}
        for field, field_spec in fields.items():
            if field in sound:
                yield {kind: {key: value for key, value in sound.items() if key != field}}
            else:
                yield {kind: {**sound, field: _value(field_spec, person_id, 1)}}
            for number, odd in enumerate(ODDITIES.values()):
                if field in sound or (number + len(field)) % 4 == 0:  # of what is optional, some
                    yield {kind: {**sound, field: odd}}
    yield {}
    yield {"message": {}, "callback_query": {}, "poll": None}


def _sound(name: str, person_id: int, depth: int = 0) -> dict[str, Any]:
    fields: dict[str, str] | list[str] = _TYPES[name]
    if isinstance(fields, list):
        return _sound(fields[0], person_id, depth)
    return {
        field: _value(spec, person_id, depth + 1)
        for field, spec in fields.items()
        if not spec.startswith("?") or (depth == 0 and field in {"from", "user", "message", "data"})
    }


def _value(spec: str, person_id: int, depth: int) -> Any:
    kind = spec.removeprefix("?").split("|")[0]
    if kind.startswith("="):
        return kind[1:]
    if kind in _SCALARS:
        return _SCALARS[kind]
    if kind == "Chat":
        return {"id": person_id, "type": "private", "first_name": "Mallory"}
    if kind == "User":
        return {"id": person_id, "is_bot": False, "first_name": "Mallory", "language_code": "en"}
    if kind.startswith("Array of "):
        return [_value(kind.removeprefix("Array of "), person_id, depth)] if depth < _DEEPEST else []
    return _sound(kind, person_id, depth) if depth < _DEEPEST else {}
