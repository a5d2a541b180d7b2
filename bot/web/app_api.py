"""The Mini App's API: JSON under `/app/api/`, for the page and whoever signed in to it.

Every request carries Telegram's `initData` in `Authorization: tma …`; there is no cookie and no session of our own, so
nothing can be stolen from a browser's store and nothing lasts longer than what Telegram signed. The order is the
promise: the address's limit, the signature, the person's limit, and only then is anything of the request's body or of
the database read. Whoever did not sign in gets 401 and learns no reason; whoever has not agreed in the chat gets 403.

A choice carries an `Idempotency-Key` that the page makes up for each press: a phone in a lift may send it twice, and it
happens once. What can be chosen is `app_writes`; the document of all this is `app_document`.
"""

import json
import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime
from functools import partial
from http import HTTPStatus
from time import monotonic
from typing import Any, Protocol

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import metrics
from bot.domain.events import Event
from bot.usecases.miniapp import Page
from bot.usecases.ports import StorageFailed
from bot.web import app_document
from bot.web.app_files import SMALLER
from bot.web.app_limits import PER_ADDRESS, PER_PERSON, Limit, Rate, address_of
from bot.web.app_writes import Choice, choices_in
from bot.web.bodies import read_body
from bot.web.init_data import AppUser, validate

log = structlog.get_logger()

MOST_BYTES = 4096
_READ_SECONDS = 10.0
_SCHEME = "tma "
_KEY = re.compile(app_document.KEY_PATTERN)
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

Json = Mapping[str, Any]
Answer = Callable[[Request, AppUser], Awaitable[Response]]


class Desk(Protocol):
    """Who looks things up and lets events happen, each in a transaction of its own.

    The last two return None for somebody who has not agreed in the chat. All raise StorageFailed.
    """

    def now(self) -> datetime:
        """Return the present instant, UTC."""
        ...

    async def open_at(self, user: AppUser, page: Page) -> Json:
        """Return the labels of all pages, and what this one shows."""
        ...

    async def read(self, user: AppUser, page: Page) -> Json | None:
        """Return what a page shows."""
        ...

    async def choose(self, user: AppUser, event: Event, key: str) -> str | None:
        """Let an event happen, once for each key; return the line to show."""
        ...


class AppApi:
    """Answers the page."""

    def __init__(
        self,
        token: str,
        desk: Desk,
        *,
        languages: Collection[str],
        per_address: Rate = PER_ADDRESS,
        per_person: Rate = PER_PERSON,
    ) -> None:
        self._token = token
        self._desk = desk
        self._choices = choices_in(languages)
        self._addresses = Limit(per_address)
        self._people = Limit(per_person)

    def routes(self) -> list[Route]:
        """Return the routes of the API."""
        reads = [
            Route(path, self._signed_in(partial(answer, page=page)), methods=["GET"], middleware=SMALLER)
            for page in Page
            for path, answer in ((f"/api/opening/{page}", self._open_at), (f"/api/{page}", self._read))
        ]
        choices = [
            Route(f"/api/{name}", self._signed_in(partial(self._choose, choice=choice)), methods=["POST"])
            for name, choice in self._choices.items()
        ]
        return [
            Route("/api/openapi.json", self._document, methods=["GET"]),
            *reads,
            *choices,
        ]

    def _signed_in(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        """Let nobody through to `answer` but whoever Telegram signed in, and nobody too often."""

        async def checked(request: Request) -> Response:
            seconds = self._wait_seconds(request)
            if seconds:
                return _too_often(seconds)
            scheme, _, init_data = request.headers.get("authorization", "").partition(" ")
            is_ours = scheme.lower() == _SCHEME.strip()
            user = validate(init_data if is_ours else "", self._token, self._desk.now())
            if not isinstance(user, AppUser):
                return _refusal(HTTPStatus.UNAUTHORIZED, **{"WWW-Authenticate": "tma", "Connection": "close"})
            seconds = self._people.wait_seconds(str(user.id), monotonic())
            if seconds:
                return _too_often(seconds)
            try:
                return await answer(request, user)
            except StorageFailed as error:
                log.error("app_not_answered", reason=str(error))  # noqa: TRY400 - its words say all
                return _refusal(HTTPStatus.SERVICE_UNAVAILABLE)
            except Exception:
                log.exception("app_failed", path=request.url.path)
                metrics.count_app_fault()
                return _refusal(HTTPStatus.INTERNAL_SERVER_ERROR)

        return checked

    def _wait_seconds(self, request: Request) -> int:
        """Count a request of an address; return 0, or how long it has to wait."""
        address = address_of(request)
        return 0 if address is None else self._addresses.wait_seconds(address, monotonic())

    async def _document(self, request: Request) -> Response:
        seconds = self._wait_seconds(request)
        if seconds:
            return _too_often(seconds)
        return _json(app_document.document(self._choices, request.url.path.rpartition("/")[0]))

    async def _open_at(self, _: Request, user: AppUser, *, page: Page) -> Response:
        return _json(await self._desk.open_at(user, page))

    async def _read(self, _: Request, user: AppUser, *, page: Page) -> Response:
        shown = await self._desk.read(user, page)
        return _refusal(HTTPStatus.FORBIDDEN) if shown is None else _json(shown)

    async def _choose(self, request: Request, user: AppUser, *, choice: Choice) -> Response:
        key = request.headers.get("idempotency-key", "")
        if not _KEY.fullmatch(key):
            return _refusal(HTTPStatus.BAD_REQUEST)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return _refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        body = await read_body(request, most_bytes=MOST_BYTES, seconds=_READ_SECONDS)
        if isinstance(body, HTTPStatus):
            return _refusal(body, Connection="close")
        try:
            given = json.loads(body)
        except (ValueError, RecursionError):
            return _refusal(HTTPStatus.BAD_REQUEST)
        event = choice.read(given, self._desk.now())
        if event is None:
            return _refusal(HTTPStatus.UNPROCESSABLE_ENTITY)
        note = await self._desk.choose(user, event, key)
        return _refusal(HTTPStatus.FORBIDDEN) if note is None else _json({"note": note})


def _json(said: Json) -> Response:
    return JSONResponse(said, headers=_HEADERS)


def _too_often(seconds: int) -> Response:
    return _refusal(HTTPStatus.TOO_MANY_REQUESTS, **{"Retry-After": str(seconds)})


def _refusal(status: HTTPStatus, **headers: str) -> Response:
    error = status.phrase.lower().replace(" ", "_")
    return JSONResponse({"error": error}, status_code=status, headers={**_HEADERS, **headers})
