"""Serving on loopback inside the running event loop, and hanging up on purpose.

uvicorn's HTTP protocol is used without its `Server`, which would take over signals and look for a reason to stop only
every tenth of a second. The protocol below leaves its transport in the request's state, so that a fault can cut the
connection the way a broken network would.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

_DRAIN_SECONDS = 0.5


class PortTaken(OSError):  # noqa: N818 - reads as the fact it states
    """Somebody listens on `port` already."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is taken")
        self.port = port


class DroppedError(Exception):
    """The connection is to be cut instead of answered."""


class Hangup(Response):
    """An answer that never comes: the transport is aborted and the peer sees its connection reset."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Abort, and wait until the server has noticed."""
        del send
        scope["state"]["transport"].abort()
        while (await receive())["type"] != "http.disconnect":
            pass


class _Protocol(H11Protocol):
    """uvicorn's protocol, which also tells the application its transport."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


async def gone(request: Request) -> None:
    """Return when the peer has hung up; the body must be read already."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; raises PortTaken."""
    # Named TCP, accepted sockets get asyncio's TCP_NODELAY; without it every answer waits 40 ms for an acknowledgement.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise PortTaken(port) from error
    listener.setblocking(False)
    return listener


@contextlib.asynccontextmanager
async def serving(
    app: ASGIApp, listener: socket.socket, before_end: Callable[[], Awaitable[Any]]
) -> AsyncIterator[None]:
    """Serve `app` on the socket while the context lasts; `before_end` must let waiting requests return."""
    config = uvicorn.Config(
        app,
        http=_Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=75,
    )
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Protocol(config=config, server_state=state, app_state={}), sock=listener)
    try:
        yield
    finally:
        server.close()
        await before_end()
        for connection in list(state.connections):
            connection.shutdown()
        if state.tasks:
            await asyncio.wait(state.tasks, timeout=_DRAIN_SECONDS)
        for connection in list(state.connections):
            connection.transport.abort()
        for task in list(state.tasks):
            task.cancel()
        await asyncio.gather(*state.tasks, return_exceptions=True)
