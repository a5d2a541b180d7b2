"""Serving an application inside the running event loop.

uvicorn's HTTP protocol is used without its `Server`, which would take over the process's signals. On the way out the
listener closes first, requests under way are answered, and idle connections end.

The sandbox listens in much the same way, in a module of its own (`bot/sandbox/connection.py`), on purpose: it is a Bot
API for anybody and imports none of our packages, and what it does besides, hanging up in the middle, has no place here.
What is mended here is to be looked at there too.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

DRAIN_SECONDS = 1.0  # a commit takes milliseconds
MOST_CONNECTIONS = 1_000


class CannotListen(Exception):  # noqa: N818 - says what is the case
    """The server's address cannot be had; the message is one line that says what to do."""


def listen(address: str, port: int) -> socket.socket:
    """Return a listening socket (port 0 takes any free one); raises CannotListen."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # Named TCP, accepted sockets get asyncio's TCP_NODELAY; without it answers wait 40 ms for an acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise CannotListen(
            f"The server cannot listen on {address} port {port} ({error.strerror}): stop what uses it, or set PORT and "
            "LISTEN_ADDRESS to what is free."
        ) from error
    listener.setblocking(False)
    return listener


@asynccontextmanager
async def serving(app: ASGIApp, listener: socket.socket) -> AsyncIterator[None]:
    """Serve `app` on the socket while the context lasts; the socket is closed in the end."""
    config = uvicorn.Config(
        app,
        http=H11Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        limit_concurrency=MOST_CONNECTIONS,
    )
    config.load()
    state = ServerState()
    server = await asyncio.get_running_loop().create_server(
        lambda: H11Protocol(config=config, server_state=state, app_state={}), sock=listener
    )
    try:
        yield
    finally:
        server.close()
        for connection in list(state.connections):
            connection.shutdown()
        if state.tasks:
            await asyncio.wait(state.tasks, timeout=DRAIN_SECONDS)
        for connection in list(state.connections):
            connection.transport.abort()
        for task in list(state.tasks):
            task.cancel()
        await asyncio.gather(*state.tasks, return_exceptions=True)
