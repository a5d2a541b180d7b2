"""Whether a call is well formed, decided by data: the official Bot API in `bot-api.json`.

`Schema.arguments` turns what came over HTTP (strings, JSON values, uploads) into typed values or refuses with 400.
Objects are checked to the bottom. Telegram silently ignores fields it does not know; the sandbox refuses them, since
in practice they are typing mistakes. What a value means (limits, known chats) is not decided here.

How `bot-api.json` is made and written is told in `compact_api`.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.sandbox.errors import ApiError, bad_request

_NOTHING_GIVEN = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "animation": "there is no animation in the request",
    "document": "there is no document in the request",
}
_TRUE = {"true", "True", "TRUE", "1", "yes"}
_FALSE = {"false", "False", "FALSE", "0", "no"}
_ARRAY = "Array of "
_SCALARS = {"Integer", "Float", "Boolean", "String", "InputFile"}


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart body."""

    filename: str
    content_type: str
    content: bytes


class MisfitError(Exception):
    """A value does not fit its declared type; `fields_known` says how nearly it did."""

    def __init__(self, reason: str, fields_known: int = 0) -> None:
        super().__init__(reason)
        self.fields_known = fields_known


class Schema:
    """The methods and types of one Bot API version."""

    def __init__(self, description: dict[str, Any]) -> None:
        self.version = str(description["version"])
        self._methods: dict[str, dict[str, str]] = description["methods"]
        self._types: dict[str, dict[str, str] | list[str]] = description["types"]
        self._by_lower_name: dict[str, str] = {name.lower(): name for name in self._methods}

    def method(self, name: str) -> str:
        """Return the method's official spelling; raises the 404 of an unknown method."""
        official = self._by_lower_name.get(name.lower())
        if official is None:
            raise ApiError(404, "Not Found")
        return official

    def arguments(self, method: str, given: Mapping[str, object]) -> dict[str, Any]:
        """Return the call's arguments as typed values; raises 400 for a missing, unknown or ill-typed one."""
        fields = self._methods[method]
        attached = {name for name, value in given.items() if isinstance(value, Upload)}
        for name in given.keys() - fields.keys() - attached:
            raise bad_request(f'unknown parameter "{name}" of {method} (Telegram would ignore it)')
        arguments: dict[str, Any] = {}
        for name, spec in fields.items():
            value = given.get(name)
            if value is None or (value == "" and spec.startswith("?")):
                if not spec.startswith("?"):
                    raise bad_request(_NOTHING_GIVEN.get(name, f'parameter "{name}" is required'))
                continue
            try:
                arguments[name] = self._fit_any(_decoded(value, spec), _kinds(spec), name, top_level=True)
            except MisfitError as misfit:
                raise bad_request(f"can't parse {name}: {misfit}") from misfit
        return arguments

    def check(self, value: object, kind: str) -> None:
        """Raise MisfitError when `value` is not a well-formed object of type `kind`."""
        self._fit(value, kind, kind, top_level=False)

    def _fit_any(self, value: object, kinds: list[str], where: str, *, top_level: bool) -> object:
        misfits = []
        for kind in kinds:
            try:
                return self._fit(value, kind, where, top_level=top_level)
            except MisfitError as misfit:
                misfits.append(misfit)
        nearest = max(misfits, key=lambda misfit: misfit.fields_known)
        if nearest.fields_known or len(kinds) == 1:
            raise nearest
        raise MisfitError(f'field "{where}" must be of type {" or ".join(kinds)}')

    def _fit(self, value: object, kind: str, where: str, *, top_level: bool) -> object:
        if kind.startswith("="):
            if value != kind[1:]:
                raise MisfitError(f'field "{where}" must be "{kind[1:]}"')
            return value
        if kind.startswith(_ARRAY):
            if not isinstance(value, list):
                raise MisfitError(f'field "{where}" must be of type Array')
            inner = kind.removeprefix(_ARRAY)
            return [self._fit(item, inner, f"{where}[{i}]", top_level=False) for i, item in enumerate(value)]
        if kind in _SCALARS:
            return _scalar(value, kind, where, top_level=top_level)
        definition = self._types[kind]
        if isinstance(definition, list):
            return self._fit_any(value, definition, where, top_level=False)
        if kind == "KeyboardButton" and isinstance(value, str):
            return {"text": value}
        return self._fit_object(value, kind, definition, where)

    def _fit_object(self, value: object, kind: str, fields: dict[str, str], where: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise MisfitError(f'field "{where}" must be of type Object')
        known = len(value.keys() & fields.keys())
        for name in value.keys() - fields.keys():
            raise MisfitError(f'unknown field "{where}.{name}" of {kind} (Telegram would ignore it)', known)
        fitted: dict[str, Any] = {}
        for name, spec in fields.items():
            if value.get(name) is None:
                if not spec.startswith("?"):
                    raise MisfitError(f'field "{where}.{name}" of {kind} is required', known)
                continue
            try:
                fitted[name] = self._fit_any(value[name], _kinds(spec), f"{where}.{name}", top_level=False)
            except MisfitError as misfit:
                # A matching discriminator or deeper match says more than the number of keys.
                raise MisfitError(str(misfit), known + misfit.fields_known) from misfit
        return fitted


@functools.cache
def bot_api() -> Schema:
    """Return the schema of the committed Bot API version, read once."""
    return Schema(json.loads(Path(__file__).with_name("bot-api.json").read_text(encoding="utf-8")))


def _kinds(spec: str) -> list[str]:
    return spec.removeprefix("?").split("|")


def _decoded(value: object, spec: str) -> object:
    """Turn a JSON-serialised parameter into its value where the field's type is an array or an object."""
    if not isinstance(value, str) or any(kind in _SCALARS for kind in _kinds(spec)):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise MisfitError("the value is not valid JSON") from None


def _scalar(value: object, kind: str, where: str, *, top_level: bool) -> object:
    """Return the value as a scalar; only top-level parameters may come as text."""
    if kind == "InputFile" and isinstance(value, Upload):
        return value
    if kind == "String" and isinstance(value, str):
        return value
    if kind == "Boolean":
        if isinstance(value, bool):
            return value
        if top_level and isinstance(value, str) and value in _TRUE | _FALSE:
            return value in _TRUE
    if kind in {"Integer", "Float"} and not isinstance(value, bool):
        if isinstance(value, int) or (kind == "Float" and isinstance(value, float)):
            return value
        if top_level and isinstance(value, str):
            try:
                return int(value) if kind == "Integer" else float(value)
            except ValueError:
                pass
    raise MisfitError(f'field "{where}" must be of type {kind}')
