"""Who may use the person's door, and reading what they ask.

The sandbox has no log-in, so it must not be reachable from a web page elsewhere: the Host header must name this
machine (a rebound DNS name does not), an Origin must be this machine's, and a body must be JSON (a form of another
site cannot send that).
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.errors import PersonError
from bot.sandbox.loopback import is_loopback

Body = dict[str, Any]
Endpoint = Callable[[Request], Awaitable[Response]]


def guarded(endpoint: Endpoint) -> Endpoint:
    """Answer PersonError as JSON, and requests from other hosts or sites not at all."""

    async def checked(request: Request) -> Response:
        origin = request.headers.get("origin")
        if not is_loopback(request.url.hostname) or (origin and not is_loopback(urlsplit(origin).hostname)):
            return JSONResponse({"error": "only pages on this machine may use the sandbox"}, status_code=403)
        try:
            return await endpoint(request)
        except PersonError as error:
            return JSONResponse({"error": error.message}, status_code=error.status)

    return checked


async def body_of(request: Request) -> Body:
    """Return the JSON object of a request; an empty body is an empty object."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise PersonError("the body must be application/json", status=415)
    raw = await request.body()
    try:
        body = json.loads(raw) if raw else {}
    except ValueError as error:
        raise PersonError("the body is not JSON") from error
    if not isinstance(body, dict):
        raise PersonError("the body must be a JSON object")
    return body


def required(body: Body, name: str, kind: type | tuple[type, ...]) -> Any:
    """Return a field of the body; raises PersonError when it is missing or of another type."""
    value = body.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise PersonError(f'"{name}" is missing or of the wrong type')
    return value
