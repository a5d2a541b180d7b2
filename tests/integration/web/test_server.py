"""The server below the pages: where it listens, and how it ends."""

import asyncio

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.web.server import CannotListen, listen, serving


def test_a_port_that_is_taken_is_told_with_its_remedy() -> None:
    """The line names address and port, and what to set instead."""
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(CannotListen, match=rf"127\.0\.0\.1 port {port} .*set PORT and LISTEN_ADDRESS"):
            listen("127.0.0.1", port)


def test_an_address_of_another_machine_is_told() -> None:
    """Only what this machine has can be listened on."""
    with pytest.raises(CannotListen, match=r"192\.0\.2\.1 port 0"):
        listen("192.0.2.1", 0)


async def test_a_request_under_way_is_answered_before_the_end() -> None:
    """No new connection is taken meanwhile."""
    arrived, may_answer = asyncio.Event(), asyncio.Event()

    async def slow(_: Request) -> Response:
        arrived.set()
        await may_answer.wait()
        return PlainTextResponse("done")

    listener = listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    async with aiohttp.ClientSession() as client:

        async def ask() -> str:
            async with client.get(url) as answer:
                return await answer.text()

        async with serving(Starlette(routes=[Route("/", slow)]), listener):
            asking = asyncio.create_task(ask())
            await arrived.wait()
            asyncio.get_running_loop().call_soon(may_answer.set)
        assert await asking == "done"
        with pytest.raises(aiohttp.ClientConnectorError):
            await ask()


async def test_a_request_that_never_ends_keeps_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is cut off when its time is over."""
    monkeypatch.setattr("bot.web.server.DRAIN_SECONDS", 0.01)
    arrived = asyncio.Event()

    async def stuck(_: Request) -> Response:
        arrived.set()
        await asyncio.Event().wait()
        raise AssertionError

    listener = listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    async with aiohttp.ClientSession() as client:
        async with serving(Starlette(routes=[Route("/", stuck)]), listener):
            asking = asyncio.ensure_future(client.get(url))
            await arrived.wait()
        with pytest.raises(aiohttp.ClientError):
            await asking
