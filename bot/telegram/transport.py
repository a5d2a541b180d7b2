"""HTTP to the Bot API: python-telegram-bot's request interface on aiohttp.

PTB's default (httpx) spends most of its time on its own connection pool; this one keeps its connections alive behind a
semaphore and costs a fraction of the CPU (`docs/benchmarks.md`). It carries PTB's typed calls through `do_request` and
the outbox's ready-made payloads through `post_json` and `post_form`, over the same connections.

Rules:

- A failure says whether the call can have reached Telegram. `NotSentError` means it cannot; any other `NetworkError`
  means nobody knows. The outbox lives on that difference.
- No message or cause of an exception holds a URL, because every URL holds the token. Errors are therefore raised
  outside their `except` block, without the library's exception as context.
- HTTP statuses are not judged here; that is PTB's work, or the gateway's.
"""

import asyncio
import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

# What PTB passes for a timeout: seconds, None for "wait for ever", or BaseRequest.DEFAULT_NONE for "as configured".
Timeout = Any

# A file to upload, as PTB's RequestData gives it: name, content (bytes or an open file), media type.
FileField = tuple[str, Any, str]

_JSON = {"Content-Type": "application/json"}


class NotSentError(NetworkError):
    """The call never left: no connection came about, so it was surely not delivered."""

    __slots__ = ()


class NotSentInTimeError(NotSentError, TimedOut):
    """The call never left, because a connection (or a free place in the pool) did not come about in time."""

    __slots__ = ()


class AiohttpRequest(BaseRequest):
    """PTB's request interface on one aiohttp session; open between `initialize` and `shutdown`, and again after.

    `connections` bounds the calls under way at once. Timeouts are seconds, None waits for ever: `pool_timeout` for a
    free place among them, `connect_timeout` for name, socket and TLS together, `read_timeout` for each silence of the
    server. aiohttp does not time writing on its own, so `write_timeout` (`media_write_timeout` with a file) is added to
    the two others and the sum bounds the whole call. GET requests, whose files may be large, have no such sum.
    """

    __slots__ = (
        "_connect_timeout",
        "_connections",
        "_media_write_timeout",
        "_places",
        "_pool_timeout",
        "_read_timeout",
        "_session",
        "_write_timeout",
    )

    def __init__(
        self,
        *,
        connections: int = 256,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 1.0,
        media_write_timeout: float | None = 20.0,
    ) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._connect_timeout = connect_timeout
        self._pool_timeout = pool_timeout
        self._media_write_timeout = media_write_timeout
        self._places = asyncio.Semaphore(connections)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """The configured read timeout in seconds; PTB adds it to the long-polling time of getUpdates."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the session; without effect when it is open."""
        if self._session is not None:
            return
        self._places = asyncio.Semaphore(self._connections)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),  # the semaphore is the limit, and its wait can be timed apart
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            timeout=_timeout(self._connect_timeout, self._write_timeout, self._read_timeout),
        )

    async def shutdown(self) -> None:
        """Close the session and its connections; without effect when it is closed."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(  # noqa: PLR0917 - PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        write_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        connect_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        pool_timeout: Timeout = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make PTB's call and return status and body; raises NotSentError, TimedOut or NetworkError."""
        files = request_data.multipart_data if request_data else {}
        data: bytes | aiohttp.FormData | None = None
        headers: Mapping[str, str] | None = None
        if request_data and files:
            data = _form(request_data.json_parameters, files)
        elif request_data:
            data, headers = json.dumps(request_data.parameters).encode(), _JSON
        timeout = _timeout(
            _chosen(connect_timeout, self._connect_timeout),
            _chosen(write_timeout, self._media_write_timeout if files else self._write_timeout),
            _chosen(read_timeout, self._read_timeout),
            whole=method != "GET",
        )
        return await self._exchange(
            method, url, data, headers=headers, timeout=timeout, pool_timeout=_chosen(pool_timeout, self._pool_timeout)
        )

    async def post_json(self, url: str, payload: Mapping[str, Any]) -> tuple[int, bytes]:
        """POST a payload as JSON with the configured timeouts, return status and body; raises as `do_request` does."""
        body = json.dumps(payload).encode()
        return await self._exchange("POST", url, body, headers=_JSON, timeout=None, pool_timeout=self._pool_timeout)

    async def post_form(self, url: str, fields: Mapping[str, str], files: Mapping[str, FileField]) -> tuple[int, bytes]:
        """POST fields and files as multipart form, return status and body; raises as `do_request` does."""
        timeout = _timeout(self._connect_timeout, self._media_write_timeout, self._read_timeout)
        return await self._exchange(
            "POST", url, _form(fields, files), headers=None, timeout=timeout, pool_timeout=self._pool_timeout
        )

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Read an answer as PTB does, but without logging it when it is broken: it may quote a message."""
        try:
            return json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            pass
        raise TelegramError("Invalid server response")

    async def _exchange(
        self,
        method: str,
        url: str,
        data: bytes | aiohttp.FormData | None,
        *,
        headers: Mapping[str, str] | None,
        timeout: aiohttp.ClientTimeout | None,  # noqa: ASYNC109 - four limits of one call, told apart in the error
        pool_timeout: float | None,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("AiohttpRequest is used before initialize() or after shutdown()")
        await self._take_place(pool_timeout)
        try:
            async with self._session.request(
                method,
                url,
                data=data,
                headers=headers,
                timeout=timeout or self._session.timeout,
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, OSError) as error:
            failure = _translated(error)
        finally:
            self._places.release()
        raise failure

    async def _take_place(self, pool_timeout: float | None) -> None:
        if not self._places.locked():
            await self._places.acquire()  # does not suspend, so it needs no timer
            return
        try:
            async with asyncio.timeout(pool_timeout):
                await self._places.acquire()
        except TimeoutError:
            failure = NotSentInTimeError(f"not sent: all {self._connections} connections stayed busy")
        else:
            return
        raise failure


def _translated(error: aiohttp.ClientError | OSError) -> NetworkError:
    name = type(error).__name__
    match error:
        case aiohttp.ConnectionTimeoutError():
            return NotSentInTimeError("not sent: no connection in time")
        case aiohttp.ClientConnectorError():
            return NotSentError(f"not sent: no connection ({name}: {error.os_error})")
        case aiohttp.InvalidURL() | aiohttp.NonHttpUrlClientError():
            return NotSentError(f"not sent: bad address ({name})")
        case TimeoutError():
            return TimedOut("answer lost: none came in time")
        case _:
            return NetworkError(f"answer lost: connection broke ({name})")


def _timeout(
    connect: float | None, write: float | None, read: float | None, *, whole: bool = True
) -> aiohttp.ClientTimeout:
    # aiohttp measures `connect` over name, socket and TLS, and `sock_read` over each silence once the body is written.
    total = connect + write + read if whole and None not in (connect, write, read) else None  # type: ignore[operator]
    return aiohttp.ClientTimeout(total=total, connect=connect, sock_read=read)


def _chosen(given: Timeout, configured: float | None) -> float | None:
    return configured if given is BaseRequest.DEFAULT_NONE else given


def _form(fields: Mapping[str, str], files: Mapping[str, FileField]) -> aiohttp.FormData:
    form = aiohttp.FormData(default_to_multipart=True, quote_fields=False)  # file names go as UTF-8, not %-quoted
    for name, value in fields.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in files.items():
        # aiohttp streams a BytesIO; plain bytes it writes at once, and warns of when they are many.
        stream = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=filename, content_type=media_type)
    return form
