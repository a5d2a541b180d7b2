"""The document of the Mini App's API, OpenAPI 3.1, served at `/app/api/openapi.json`.

It is put together from the same forms by which the API reads (`app_writes`); what the pages hold stands here, and a
fuzzer in the tests (`make fuzz`) compares every answer with it.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from bot.usecases.miniapp import Page
from bot.web.app_writes import Choice

Schema = dict[str, Any]

KEY_PATTERN = r"^[A-Za-z0-9-]{8,64}$"

_TEXT: Schema = {"type": "string"}
_FLAG: Schema = {"type": "boolean"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_DATE: Schema = {"type": "string", "format": "date"}
_RATING: Schema = {"type": ["integer", "null"], "minimum": 0, "maximum": 10}
_POINTS: Schema = {"type": "integer", "minimum": 0, "maximum": 100}
_MARK: Schema = {"enum": ["done", "missed", "frozen", "empty", "ahead"]}


def _object(**fields: Schema) -> Schema:
    return {"type": "object", "properties": fields, "required": sorted(fields), "additionalProperties": False}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


_LEVEL = _object(name=_TEXT, about=_TEXT)
_INSTANT: Schema = {"type": "string", "format": "date-time"}
_EXERCISE = _object(
    id=_TEXT,
    has_picture=_FLAG,
    **dict.fromkeys(
        (
            "name",
            "short",
            "purpose",
            "start",
            "alignment",
            "movement",
            "breathing",
            "avoid",
            "easier",
            "harder",
            "stop",
            "care",
            "picture",
        ),
        _TEXT,
    ),
)

PAGES: dict[Page, Schema] = {
    Page.TODAY: _object(
        today=_DATE,
        notice=_maybe(_TEXT),
        can_start=_FLAG,
        is_running=_FLAG,
        is_done=_FLAG,
        level=_maybe(_LEVEL),
        why=_maybe(_TEXT),
        minutes=_COUNT,
        steps=_list(_object(id=_TEXT, name=_TEXT, dose=_TEXT, has_picture=_FLAG)),
        week=_list(_object(date=_DATE, mark=_MARK)),
        yesterday=_maybe(_DATE),
        zone=_maybe(_TEXT),
        next_reminder=_maybe(_INSTANT),
    ),
    Page.PROGRESS: _object(
        today=_DATE,
        days=_list(
            _object(
                date=_DATE,
                mark=_MARK,
                minutes=_COUNT,
                pain=_maybe(_object(before=_RATING, during=_RATING, after=_RATING)),
                offer=_maybe(_object(done={"type": ["boolean", "null"]}, pain=_FLAG, why=_maybe(_TEXT))),
            )
        ),
        points_by_week=_list(_maybe(_POINTS)),
        points=_POINTS,
        level=_maybe(_LEVEL),
        days_done=_COUNT,
        days_ever=_COUNT,
        minutes=_COUNT,
        streak=_maybe(_object(days=_COUNT, freezes=_COUNT)),
        days_back=_COUNT,
    ),
    Page.EXERCISES: _object(
        groups=_list(_object(level=_LEVEL, exercises=_list(_EXERCISE))),
        others=_list(_EXERCISE),
    ),
    Page.SETTINGS: _object(
        today=_DATE,
        reminder=_maybe(_object(times=_list(_TEXT), weekdays=_list({"type": "integer", "minimum": 1, "maximum": 7}))),
        zone=_maybe(_TEXT),
        place=_maybe(_TEXT),
        next_reminder=_maybe(_INSTANT),
        language=_TEXT,
        languages=_list(_object(code=_TEXT, name=_TEXT)),
        is_paused=_FLAG,
        paused_until=_maybe(_DATE),
        follow_up_minutes={"type": ["integer", "null"]},
        follow_up_choices=_list(_COUNT),
        is_held=_FLAG,
        pictures=_FLAG,
        weekly_day={"type": ["integer", "null"], "minimum": 1, "maximum": 7},
        streak=_FLAG,
        dark_pictures=_FLAG,
        staff=_maybe(_FLAG),
        has_staff_chat=_FLAG,
        clinic=_object(
            name=_TEXT,
            phone=_TEXT,
            phone_display=_TEXT,
            address=_TEXT,
            hours=_TEXT,
            map_url=_TEXT,
            booking_url=_maybe(_TEXT),
            emergency=_TEXT,
        ),
    ),
}
_WORDS: dict[str, Schema] = {
    "language": _TEXT,
    "started": _FLAG,
    "clinic": _object(name=_TEXT, colour=_maybe(_TEXT), has_logo=_FLAG),
    "words": {"type": "object", "additionalProperties": _TEXT},
}
_SAID = _object(note=_TEXT)
_ERROR = _object(error=_TEXT)

_ALWAYS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_OF_CHOICES = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)
_MEANING = {
    HTTPStatus.BAD_REQUEST: "The body is no JSON, or the Idempotency-Key is missing or malformed",
    HTTPStatus.UNAUTHORIZED: "Not signed in by Telegram within the last hour; nothing was read",
    HTTPStatus.FORBIDDEN: "This person has not agreed in the chat",
    HTTPStatus.REQUEST_TIMEOUT: "The body did not arrive in time",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is larger than any choice",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The body is not application/json",
    HTTPStatus.UNPROCESSABLE_ENTITY: "The body does not have the form",
    HTTPStatus.TOO_MANY_REQUESTS: "Too often; Retry-After says in how many seconds",
    HTTPStatus.SERVICE_UNAVAILABLE: "The database does not answer; nothing happened, try again",
}


def document(choices: Mapping[str, Choice], address: str) -> dict[str, Any]:
    """Return the document of an API with these choices that is served at `address`."""
    paths: dict[str, Any] = {}
    for page, schema in PAGES.items():
        opening, about = _object(**_WORDS, shown=_maybe(schema)), f"The labels of all pages, and what {page} shows"
        paths[f"/opening/{page}"] = {"get": _operation(f"opening-{page}", about, opening, _ALWAYS)}
        statuses = (*_ALWAYS, HTTPStatus.FORBIDDEN)
        paths[f"/{page}"] = {"get": _operation(page, f"What the page {page} shows", schema, statuses)}
    for name, choice in choices.items():
        post = _operation(f"choose-{name}", choice.about, _SAID, (*_ALWAYS, *_OF_CHOICES))
        post["parameters"] = [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": True,
                "description": "Made up for each press; sent twice, it happens once",
                "schema": {"type": "string", "pattern": KEY_PATTERN},
            }
        ]
        post["requestBody"] = {"required": True, "content": {"application/json": {"schema": choice.schema}}}
        paths[f"/{name}"] = {"post": post}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Lumbar's Mini App",
            "version": "1",
            "description": "For the page that people open inside Telegram. Every answer is about whoever signed in.",
        },
        "servers": [{"url": address}],
        "paths": paths,
        "security": [{"telegram": []}],
        "components": {
            "securitySchemes": {
                "telegram": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "`tma ` and Telegram's initData, signed within the last hour",
                }
            }
        },
    }


def _operation(name: str, about: str, schema: Schema, statuses: tuple[HTTPStatus, ...]) -> dict[str, Any]:
    answers: dict[str, Any] = {"200": _answer("Done", schema)}
    answers |= {str(int(status)): _answer(_MEANING[status], _ERROR) for status in sorted(statuses)}
    return {"operationId": name, "summary": about, "responses": answers}


def _answer(about: str, schema: Schema) -> dict[str, Any]:
    return {"description": about, "content": {"application/json": {"schema": schema}}}
