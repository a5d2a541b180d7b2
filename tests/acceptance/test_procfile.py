"""The Procfile, as a platform that reads one runs it: honcho in a checkout, PostgreSQL, a port that it is given.

The two processes are those that the Procfile offers in its comment, written into it as it says.
"""

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from bot.settings import CHECKOUT
from tests.acceptance.bot_at_work import TOKEN
from tests.acceptance.person import Person
from tests.integration.program import copy_checkout

PATIENCE_SECONDS = 60
WORKER_OFFSET = 100  # honcho gives the next process a port so much higher


def procfile(*, scaled: bool) -> str:
    """Return the Procfile as it stands, or with the two processes of its comment in the place of the one."""
    text = (CHECKOUT / "Procfile").read_text(encoding="utf-8")
    return "\n".join(re.findall(r"^#   (\w+: .+)$", text, re.MULTILINE)) + "\n" if scaled else text


@pytest.fixture
def free_port() -> int:
    """Return a port that is free, and so is the worker's beside it, at least a moment ago."""
    while True:
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            try:
                other.bind(("127.0.0.1", port + WORKER_OFFSET))
            except (OSError, OverflowError):
                continue
            return port


@asynccontextmanager
async def honcho(checkout: Path, port: int, **variables: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `honcho start` in a checkout, and end it as a platform does."""
    programs = Path(sys.executable).parent
    process = await asyncio.create_subprocess_exec(
        programs / "honcho",
        "start",
        "--port",
        str(port),
        cwd=checkout,
        env={"PATH": f"{programs}:{os.environ['PATH']}", "PYTHONUNBUFFERED": "1", **variables},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)


async def ready(url: str) -> None:
    """Wait until a process says that it can do its work."""
    async with asyncio.timeout(PATIENCE_SECONDS), aiohttp.ClientSession() as client:
        while True:
            try:
                async with client.get(f"{url}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.05)  # it starts; nothing tells when it has


async def test_web_and_worker_serve_one_bot(tmp_path: Path, postgres_url: str, free_port: int) -> None:
    """Both get ready, Telegram posts to the one, the other answers, and both end within their time."""
    checkout = copy_checkout(tmp_path)
    (checkout / "Procfile").write_text(procfile(scaled=True), encoding="utf-8")
    sandbox = Sandbox(token=TOKEN)
    async with (
        sandbox.serve() as address,
        honcho(
            checkout,
            free_port,
            TELEGRAM_BOT_TOKEN=TOKEN,
            TELEGRAM_API_URL=address,
            DATABASE_URL=postgres_url.replace("postgresql+psycopg:", "postgres:"),  # as Heroku writes it
            PUBLIC_URL=f"http://127.0.0.1:{free_port}",
        ) as processes,
        await Person.create(address) as ada,
    ):
        for port in (free_port, free_port + WORKER_OFFSET):
            await ready(f"http://127.0.0.1:{port}")
        await ada.say("/start")
        await ada.wait_for("What I am not")
        assert "getUpdates" not in {call["method"] for call in sandbox.calls}
        processes.send_signal(signal.SIGTERM)
        out, _ = await asyncio.wait_for(processes.communicate(), PATIENCE_SECONDS)
    assert out.decode().count('"action": "bot_stopped"') == 2, out.decode()


async def test_one_process_does_everything(tmp_path: Path, free_port: int) -> None:
    """The Procfile as it stands needs a token and nothing else."""
    checkout = copy_checkout(tmp_path)
    (checkout / "Procfile").write_text(procfile(scaled=False), encoding="utf-8")
    sandbox = Sandbox(token=TOKEN)
    async with (
        sandbox.serve() as address,
        honcho(checkout, free_port, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=address),
        await Person.create(address) as ada,
    ):
        await ready(f"http://127.0.0.1:{free_port}")
        await ada.say("/start")
        await ada.wait_for("What I am not")
