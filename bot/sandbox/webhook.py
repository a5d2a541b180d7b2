"""One webhook: where it is, and the POST that brings an update there.

Written on asyncio's streams, since the sandbox brings no HTTP client: one request per connection, only the status
line of the answer is read.
"""

import asyncio
import contextlib
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

_ANSWER_SECONDS = 60
_OK = range(200, 300)


@dataclass(slots=True)
class Webhook:
    """Where updates are posted; `last_error` is (Unix time, message) of the latest failed delivery."""

    url: str
    secret_token: str | None
    max_connections: int
    last_error: tuple[int, str] | None = None


async def post(webhook: Webhook, body: bytes) -> str | None:
    """Post one update; return None when it was answered 2xx, otherwise what went wrong in Telegram's words."""
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            status_line = await _exchange(webhook, body)
    except TimeoutError:
        return "Read timeout expired"
    except OSError:
        return "Connection refused"
    parts = status_line.split(" ", 2)
    if len(parts) < 2 or not parts[1].isdigit():  # noqa: PLR2004 - version and status
        return "Wrong response from the webhook: no HTTP status"
    if int(parts[1]) in _OK:
        return None
    return "Wrong response from the webhook: " + " ".join(parts[1:])


async def _exchange(webhook: Webhook, body: bytes) -> str:
    """Send the request and return the status line."""
    address = urlsplit(webhook.url)
    secure = address.scheme == "https"
    reader, writer = await asyncio.open_connection(
        address.hostname,
        address.port or (443 if secure else 80),
        ssl=ssl.create_default_context() if secure else None,
    )
    try:
        target = (address.path or "/") + (f"?{address.query}" if address.query else "")
        headers = [
            f"POST {target} HTTP/1.1",
            f"Host: {address.netloc.rpartition('@')[2]}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        if webhook.secret_token is not None:
            headers.append(f"X-Telegram-Bot-Api-Secret-Token: {webhook.secret_token}")
        writer.write("\r\n".join([*headers, "", ""]).encode() + body)
        await writer.drain()
        return (await reader.readline()).decode("latin-1").strip()
    finally:
        writer.close()
        with contextlib.suppress(OSError):  # the other side was quicker to hang up; its answer is read already
            await writer.wait_closed()
