"""A checkup: asking the Bot API how a bot stands, with the answer's date, which is Telegram's clock.

Beside the gateway, because it wants what the gateway leaves out: the headers, and why exactly there was no answer.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import aiohttp

PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the Bot API said: a result, or why there is none; `at` is when by its own clock (UTC), where it tells."""

    result: dict[str, Any]
    fault: str = ""
    is_token_rejected: bool = False
    at: datetime | None = None


async def ask(api_url: str, token: str, method: str) -> Answer:
    """Call a method without arguments; never raises, and no fault holds the token."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(f"{api_url}/bot{token}/{method}", allow_redirects=False) as response,
        ):
            body = await response.read()
            headers, status = response.headers, response.status
    except TimeoutError:
        return Answer({}, f"no answer within {PATIENCE_SECONDS:.0f} seconds")
    except (aiohttp.ClientError, OSError) as error:
        return Answer({}, f"no connection ({type(error).__name__})")
    at = _date(headers.get("Date"))
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
        return Answer({}, "the token is rejected", is_token_rejected=True, at=at)
    result = _result(body)
    return Answer({}, f"HTTP {status} without a result", at=at) if result is None else Answer(result, at=at)


def _result(body: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    result = answer.get("result") if isinstance(answer, dict) and answer.get("ok") is True else None
    return result if isinstance(result, dict) else None


def _date(header: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return date if date.tzinfo is not None else None
