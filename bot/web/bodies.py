"""Bodies of requests: read whole, within a time and a size, or refused by the status that says why."""

import asyncio
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request


async def read_body(request: Request, *, most_bytes: int, seconds: float, drained_bytes: int = 0) -> bytes | HTTPStatus:
    """Return the body, or the status to refuse it with; the connection is to be closed then, for some may be unread.

    Of a body that is too large, `drained_bytes` are read all the same, so that who sends it can still read the answer.
    """
    size, kept = 0, bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                size += len(chunk)
                if size <= most_bytes:
                    kept += chunk
                elif size > drained_bytes:
                    break
    except TimeoutError:
        return HTTPStatus.REQUEST_TIMEOUT
    except ClientDisconnect:
        return HTTPStatus.BAD_REQUEST
    return bytes(kept) if size <= most_bytes else HTTPStatus.REQUEST_ENTITY_TOO_LARGE
