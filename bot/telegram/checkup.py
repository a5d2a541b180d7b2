"""A checkup: asking the Bot API how a bot stands, with the answer's date, which is Telegram's clock.

Beside the gateway, because it wants what the gateway leaves out: the headers, and why exactly there was no answer. The
bot's own page is opened here too, as people's phones open it.
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
    """What the Bot API said: a result, or why there is none; `at` is when by its own clock (UTC), where it tells.

    `refusal` are Telegram's words where it refused what was asked; `moved_to` is a group's new number.
    """

    result: dict[str, Any]
    fault: str = ""
    is_token_rejected: bool = False
    at: datetime | None = None
    refusal: str = ""
    moved_to: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a web address answered: whether a page, or why not."""

    is_html: bool
    fault: str = ""


async def ask(api_url: str, token: str, method: str, **arguments: int) -> Answer:
    """Call a method; never raises, and no fault holds the token."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(f"{api_url}/bot{token}/{method}", json=arguments, allow_redirects=False) as response,
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
    return _read(body, status, at)


async def open_page(url: str) -> Page:
    """Open a web address as a browser would; never raises."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as response:
            is_html = response.content_type == "text/html"
            return Page(is_html, "" if response.status == HTTPStatus.OK else f"HTTP {response.status}")
    except TimeoutError:
        return Page(False, f"no answer within {PATIENCE_SECONDS:.0f} seconds")
    except (aiohttp.ClientError, OSError) as error:
        return Page(False, f"no connection from this machine ({type(error).__name__})")


def _read(body: bytes, status: int, at: datetime | None) -> Answer:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    match answer:
        case {"ok": True, "result": dict(result)}:
            return Answer(result, at=at)
        case {"ok": False, "description": str(refusal), "parameters": {"migrate_to_chat_id": int(moved_to)}}:
            return Answer({}, f"HTTP {status} without a result", at=at, refusal=refusal, moved_to=moved_to)
        case {"ok": False, "description": str(refusal)}:
            return Answer({}, f"HTTP {status} without a result", at=at, refusal=refusal)
    return Answer({}, f"HTTP {status} without a result", at=at)


def _date(header: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return date if date.tzinfo is not None else None
