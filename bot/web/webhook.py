"""The webhook: Telegram posts one update, and gets 200 once its effect is committed.

Whatever is refused is refused before more of it is read than needed: the secret first, then the size, then the form.
503 stands for "not now": Telegram keeps the update and posts it again.

The secret is derived from the bot's token, so that every process knows it and nobody stores it
(docs/decisions/0012-webhook-secret-from-the-token.md).
"""

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.usecases.incoming import UPDATE_IDS_END
from bot.web.bodies import read_body

MOST_BYTES = 1024 * 1024  # an update is a few kilobytes
_MOST_BYTES_DRAINED = 64 * MOST_BYTES  # so that who sends too much can still read the answer
_READ_SECONDS = 30.0
_SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - a header's name

TakeUpdates = Callable[[Sequence[dict[str, Any]]], Awaitable[bool]]
"""Commit updates; False when the storage failed and nothing of them was kept."""


def secret_for(token: str) -> str:
    """Return the secret that Telegram sends along with every update to the bot of this token."""
    return hmac.new(token.encode(), b"lumbar webhook secret", hashlib.sha256).hexdigest()


class Webhook:
    """Answers Telegram's posts: 200 committed, 400 malformed, 403 not from Telegram, 408, 413, 503 try again."""

    def __init__(self, secret: str, take: TakeUpdates) -> None:
        self._secret = secret.encode()
        self._take = take

    async def answer(self, request: Request) -> Response:
        """Take the update of one request."""
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret):
            return _refusal(HTTPStatus.FORBIDDEN)
        body = await read_body(request, most_bytes=MOST_BYTES, seconds=_READ_SECONDS, drained_bytes=_MOST_BYTES_DRAINED)
        if isinstance(body, HTTPStatus):
            return _refusal(body)
        update = _update(body)
        if update is None:
            return _refusal(HTTPStatus.BAD_REQUEST)
        if not await self._take([update]):
            return _refusal(HTTPStatus.SERVICE_UNAVAILABLE)
        return Response(status_code=HTTPStatus.OK)


def _update(body: bytes) -> dict[str, Any] | None:
    """Read one update; None when it is none."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(update, dict) or type(update.get("update_id")) is not int:
        return None
    return update if 0 <= update["update_id"] < UPDATE_IDS_END else None


def _refusal(status: HTTPStatus) -> Response:
    return Response(status.phrase, status_code=status, media_type="text/plain", headers={"Connection": "close"})
