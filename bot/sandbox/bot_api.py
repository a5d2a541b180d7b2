"""The bot's door: `/bot<TOKEN>/<method>` and `/file/bot<TOKEN>/<path>`, as api.telegram.org answers them.

Parameters come in the query, as a form, as multipart or as JSON. Each call is checked against the schema, meets the
faults on order, is carried out, and is kept in the call log whatever became of it.
"""

import asyncio
from collections import deque
from email.utils import format_datetime
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.connection import DroppedError, Hangup, gone
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.faults import Fault, FaultPlan
from bot.sandbox.json_answer import JsonAnswer
from bot.sandbox.methods import METHODS, Call
from bot.sandbox.profile import Profile
from bot.sandbox.schema import Upload, bot_api
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

_CALLS_KEPT = 5_000
_SECRET_CHARACTERS = 256


class BotApi:
    """Carries out the calls of the one bot that holds `token`."""

    def __init__(self, *, token: str, world: World, updates: Updates, profile: Profile, faults: FaultPlan) -> None:
        self._token = token
        self._world = world
        self._updates = updates
        self._profile_methods = profile.methods()
        self._faults = faults
        self.calls: deque[dict[str, Any]] = deque(maxlen=_CALLS_KEPT)

    def routes(self) -> list[Route]:
        """Return the routes of this door."""
        return [
            Route("/bot{token}/{method}", self._endpoint, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._file, methods=["GET"]),
        ]

    async def _endpoint(self, request: Request) -> Response:
        if request.path_params["token"] != self._token:
            return _refusal(ApiError(401, "Unauthorized"))
        try:
            method = bot_api().method(request.path_params["method"])
            given = await _given(request)
        except ApiError as error:
            return _refusal(error)
        record = {
            "method": method,
            "arguments": {name: _shown(value) for name, value in given.items()},
            "at": self._world.clock.now().isoformat(),
        }
        try:
            result = await self._carried_out(request, method, given)
        except ApiError as error:
            self._log({**record, "ok": False, "error_code": error.code, "description": error.description})
            return _refusal(error)
        except DroppedError as dropped:
            self._log({**record, "ok": False, "error_code": None, "description": str(dropped)})
            return Hangup()
        self._log({**record, "ok": True})
        headers = {"Date": format_datetime(self._world.clock.now(), usegmt=True)} if method == "getMe" else None
        return JsonAnswer({"ok": True, "result": result}, headers=headers)

    async def _carried_out(self, request: Request, method: str, given: dict[str, object]) -> object:
        """Carry out one call with whatever fault it meets."""
        fault = self._faults.take(method, given)
        _strike_before(fault)
        arguments = bot_api().arguments(method, given)
        result = await self._result(request, method, arguments, given)
        if fault is not None and fault.kind == "drop_after":
            raise DroppedError("carried out, then the connection was dropped on order")
        return result

    async def _result(
        self, request: Request, method: str, arguments: dict[str, Any], given: dict[str, object]
    ) -> object:
        if method in METHODS:
            return METHODS[method](Call(self._world, arguments, given))
        if method in self._profile_methods:
            return self._profile_methods[method](arguments)
        match method:
            case "getUpdates":
                return await self._get_updates(request, arguments)
            case "setWebhook":
                return await self._set_webhook(arguments)
            case "deleteWebhook":
                await self._updates.delete_webhook(arguments)
                return True
            case "getWebhookInfo":
                return self._webhook_info()
            case _:
                raise ApiError(501, f"Not Implemented: method {method} is not emulated by the sandbox")

    async def _get_updates(self, request: Request, arguments: dict[str, Any]) -> object:
        """Poll until there is an answer or the bot has hung up."""
        poll = asyncio.ensure_future(self._updates.poll(arguments))
        hung_up = asyncio.ensure_future(gone(request))
        try:
            await asyncio.wait({poll, hung_up}, return_when=asyncio.FIRST_COMPLETED)
            if not poll.done():
                raise DroppedError("the bot hung up")
            return poll.result()
        finally:
            for task in (poll, hung_up):
                task.cancel()
            await asyncio.gather(poll, hung_up, return_exceptions=True)

    async def _set_webhook(self, arguments: dict[str, Any]) -> bool:
        if not arguments["url"]:
            await self._updates.delete_webhook(arguments)
            return True
        secret = arguments.get("secret_token")
        if secret is not None and not _is_secret(secret):
            raise bad_request("secret token contains unallowed characters")
        webhook = Webhook(arguments["url"], secret, arguments.get("max_connections", 40))
        await self._updates.set_webhook(webhook, arguments)
        return True

    def _webhook_info(self) -> dict[str, Any]:
        webhook = self._updates.webhook
        info: dict[str, Any] = {
            "url": webhook.url if webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": self._updates.pending_count,
        }
        if webhook is not None:
            info["max_connections"] = webhook.max_connections
            if webhook.last_error is not None:
                info["last_error_date"], info["last_error_message"] = webhook.last_error
        if self._updates.allowed_kinds():
            info["allowed_updates"] = self._updates.allowed_kinds()
        return info

    async def _file(self, request: Request) -> Response:
        if request.path_params["token"] != self._token:
            return _refusal(ApiError(401, "Unauthorized"))
        stored = self._world.files.by_path(request.path_params["path"])
        if stored is None:
            return _refusal(ApiError(404, "Not Found"))
        return Response(stored.content, media_type="application/octet-stream")

    def _log(self, record: dict[str, Any]) -> None:
        self.calls.append(record)
        if record["method"] != "getUpdates":
            chat_id = record["arguments"].get("chat_id")
            self._world.journal.add("call", int(chat_id) if str(chat_id).lstrip("-").isdigit() else None, call=record)


def _strike_before(fault: Fault | None) -> None:
    """Raise the fault that keeps a call from being carried out."""
    match fault.kind if fault else None:
        case "too_many_requests":
            seconds = fault.retry_after if fault else 0
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        case "server_error":
            raise ApiError(500, "Internal Server Error")
        case "drop_before":
            raise DroppedError("the connection was dropped on order before the call was carried out")


async def _given(request: Request) -> dict[str, object]:
    """Return the call's parameters as they came: text, JSON values, uploads."""
    given: dict[str, object] = dict(request.query_params)
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("application/json"):
        try:
            body = await request.json()
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(body, dict):
            raise bad_request("object expected as parameters")
        return given | body
    async with request.form(max_part_size=10 * 1024 * 1024) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                given[name] = Upload(value.filename or name, value.content_type or "", await value.read())
            else:
                given[name] = value
    return given


def _refusal(error: ApiError) -> Response:
    return JsonAnswer(error.as_json(), status_code=error.code)


def _shown(value: object) -> object:
    """Return a parameter as the call log keeps it."""
    return {"file_name": value.filename, "size": len(value.content)} if isinstance(value, Upload) else value


def _is_secret(text: str) -> bool:
    allowed = text.isascii() and text.replace("_", "").replace("-", "").isalnum()
    return allowed and len(text) <= _SECRET_CHARACTERS
