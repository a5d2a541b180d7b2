"""The command line as an operator meets it: the real program, its exit code and every character it writes."""

import asyncio
import os
import pty
import shutil
import signal
import socket
import sqlite3
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from tests.acceptance.person import Person
from tests.integration.program import PATIENCE_SECONDS, Program, copy_checkout, typed

TOKEN = "424242:a-token-that-only-the-sandbox-knows-of"
OTHER_TOKEN = "424243:a-token-that-this-sandbox-has-never-seen"
BOTH_SIGNALS = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One checkout for all tests; they leave it as it was."""
    return copy_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture
def lumbar(checkout: Path, tmp_path: Path) -> Iterator[Program]:
    """Return the program; nothing it put into the temporary folder may be left in the end."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    yield Program(checkout, temporary)
    assert list(temporary.iterdir()) == []


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """Name a database file that is not there yet."""
    return f"sqlite:///{tmp_path / 'lumbar.db'}"


@pytest.fixture
def taken_port() -> Iterator[int]:
    """Hold a port on loopback that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def closed_port() -> Iterator[int]:
    """Hold a port on loopback that nobody listens on; the program itself may."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


@asynccontextmanager
async def an_api_that_never_answers() -> AsyncIterator[tuple[str, asyncio.Event]]:
    """Serve connections that are accepted and left alone; yield the address, and an event for the first one."""
    called = asyncio.Event()

    async def leave_alone(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        called.set()
        await reader.read()
        writer.close()

    server = await asyncio.start_server(leave_alone, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", called


async def refusal(lumbar: Program, command: str, **variables: str) -> str:
    """Run a command that must be refused and return the one line that says so."""
    ended = await lumbar.ends(command, **variables)
    assert (ended.code, ended.out) == (2, ""), ended
    assert ended.err.startswith("lumbar: ")
    assert ended.err.count("\n") == 1, ended.err
    return ended.err.removeprefix("lumbar: ").rstrip("\n")


WRONG_SETTINGS = {
    "no token": ({}, "TELEGRAM_BOT_TOKEN is not set: open @BotFather"),
    "an empty token": ({"TELEGRAM_BOT_TOKEN": ""}, "TELEGRAM_BOT_TOKEN is not set: open @BotFather"),
    "a malformed token": ({"TELEGRAM_BOT_TOKEN": "12345:short"}, "TELEGRAM_BOT_TOKEN is not a bot token"),
    "a database of another kind": ({"DATABASE_URL": "mysql://me:hidden@host/db"}, "DATABASE_URL is neither a SQLite"),
    "a folder that is not there": ({"DATABASE_URL": "sqlite:////no/such/folder/lumbar.db"}, "DATABASE_URL lies in"),
    "no such zone": ({"DEFAULT_TIME_ZONE": "Mars/Olympus"}, 'DEFAULT_TIME_ZONE "Mars/Olympus" is not a known'),
    "an address that is none": ({"TELEGRAM_API_URL": "telegram"}, 'TELEGRAM_API_URL "telegram" is not an http(s)'),
    "no such content": ({"CONTENT_DIR": "/no/such/folder"}, 'CONTENT_DIR "/no/such/folder" is not a folder'),
}


@pytest.mark.parametrize(("variables", "line"), WRONG_SETTINGS.values(), ids=WRONG_SETTINGS)
def test_a_wrong_setting_is_one_line(variables: dict[str, str], line: str) -> None:
    """`run` says which setting is wrong and what to do, and shows no secret; nothing is loaded or made before."""
    ended = typed("run", **variables)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"lumbar: {line}")
    assert ended.err.count("\n") == 1, ended.err
    assert "hidden" not in ended.err
    assert "12345:short" not in ended.err


async def test_the_env_file_is_read_and_the_environment_outranks_it(lumbar: Program) -> None:
    """A setting in `.env` counts as long as the environment has no other."""
    env_file = lumbar.checkout / ".env"
    env_file.write_text("TELEGRAM_BOT_TOKEN=12345:short\nDEFAULT_TIME_ZONE=Mars/Olympus\n")
    try:
        assert (await refusal(lumbar, "run")).startswith("TELEGRAM_BOT_TOKEN is not a bot token")
        assert (await refusal(lumbar, "run", TELEGRAM_BOT_TOKEN=TOKEN)).startswith("DEFAULT_TIME_ZONE")
        assert not (lumbar.checkout / "lumbar.db").exists()
    finally:
        env_file.unlink()


async def test_a_rejected_token_is_one_line(lumbar: Program, database_url: str) -> None:
    """A token that the Bot API does not know says where to copy the right one."""
    async with Sandbox(token=TOKEN).serve() as address:
        said = await refusal(
            lumbar, "run", TELEGRAM_BOT_TOKEN=OTHER_TOKEN, TELEGRAM_API_URL=address, DATABASE_URL=database_url
        )
    assert "rejected TELEGRAM_BOT_TOKEN: copy it again from @BotFather" in said
    assert OTHER_TOKEN not in said


async def test_an_unreachable_api_is_one_line(lumbar: Program, database_url: str, closed_port: int) -> None:
    """When nobody answers, the line names the address and what to check."""
    address = f"http://127.0.0.1:{closed_port}"
    said = await refusal(lumbar, "run", TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=address, DATABASE_URL=database_url)
    assert said.startswith(f"No Telegram Bot API answers at {address}")
    assert "check the network connection and TELEGRAM_API_URL" in said


async def test_an_unreachable_database_is_one_line(lumbar: Program, closed_port: int) -> None:
    """A PostgreSQL that does not answer says what to check, without the password."""
    url = f"postgres://me:hidden@127.0.0.1:{closed_port}/lumbar"
    said = await refusal(lumbar, "run", TELEGRAM_BOT_TOKEN=TOKEN, DATABASE_URL=url)
    assert said.startswith("DATABASE_URL: the PostgreSQL server cannot be reached: check that it runs")
    assert "hidden" not in said


async def test_broken_content_is_told_by_file_and_key(lumbar: Program, tmp_path: Path) -> None:
    """A mistake in the content stops the start and says where it is."""
    content = tmp_path / "content"
    shutil.copytree(lumbar.checkout / "content", content)
    clinic = content / "clinic.yaml"
    clinic.write_text(clinic.read_text().replace("name:", "nmae:", 1))
    ended = await lumbar.ends("run", TELEGRAM_BOT_TOKEN=TOKEN, CONTENT_DIR=str(content))
    assert (ended.code, ended.out) == (2, "")
    assert "content/clinic.yaml" in ended.err
    assert "nmae" in ended.err
    assert "Traceback" not in ended.err


async def test_a_taken_port_is_one_line(lumbar: Program, taken_port: int) -> None:
    """The demo names the remedy, a port that is not the taken one."""
    said = await refusal(lumbar, "demo", PORT=str(taken_port))
    assert said.startswith(f"Port {taken_port} is taken: stop what uses it, or choose another with PORT=")
    assert f"PORT={taken_port} " not in said


async def test_the_demo_says_one_line_and_ends_in_peace(lumbar: Program, closed_port: int) -> None:
    """The demo prints its address, on the port that PORT names, and nothing else until it is stopped."""
    async with lumbar.running("demo", PORT=str(closed_port)) as demo:
        assert await demo.line() == (
            f"Lumbar is running. Chat with it at http://127.0.0.1:{closed_port}  (Ctrl-C stops it)"
        )
        assert [folder.name.startswith("lumbar-demo-") for folder in lumbar.temporary.iterdir()] == [True]
        ended = await demo.end(signal.SIGTERM)
    assert (ended.code, ended.out, ended.err) == (0, "", "")


async def test_run_ends_in_peace(lumbar: Program, database_url: str, tmp_path: Path) -> None:
    """Stopped in the middle of work the bot finishes what it has begun, and the database is whole."""
    async with Sandbox(token=TOKEN).serve() as address:
        variables = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": address, "DATABASE_URL": database_url}
        async with lumbar.running("run", **variables) as bot, await Person.create(address) as ada:
            await ada.say("/start")
            await ada.next_message(PATIENCE_SECONDS)
            await ada.say("/help")
            ended = await bot.end(signal.SIGINT)
    assert (ended.code, ended.err) == (0, "")
    assert '"action": "bot_stopped"' in ended.out.splitlines()[-1]
    assert TOKEN not in ended.out
    with closing(sqlite3.connect(tmp_path / "lumbar.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("SELECT count(*) FROM outbox WHERE status = 'sending'").fetchall() == [(0,)]
        assert database.execute("SELECT state FROM chat").fetchall() == [("asking_consent",)]


@BOTH_SIGNALS
async def test_a_start_that_hangs_can_be_stopped(lumbar: Program, number: signal.Signals, database_url: str) -> None:
    """A signal ends the program while it still waits for the Bot API's first answer."""
    async with an_api_that_never_answers() as (address, called):
        variables = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": address, "DATABASE_URL": database_url}
        async with lumbar.running("run", **variables) as bot:
            await asyncio.wait_for(called.wait(), PATIENCE_SECONDS)
            ended = await bot.end(number)
    assert (ended.code, ended.out, ended.err) == (0, "", "")


async def test_migrate_makes_the_tables(lumbar: Program, database_url: str, tmp_path: Path) -> None:
    """`migrate` brings a database up to date, needs no token, and may be repeated."""
    for _ in range(2):
        ended = await lumbar.ends("migrate", DATABASE_URL=database_url)
        assert (ended.code, ended.out, ended.err) == (0, "The database is up to date.\n", "")
    with closing(sqlite3.connect(tmp_path / "lumbar.db")) as database:
        assert database.execute("SELECT count(*) FROM chat").fetchall() == [(0,)]


@pytest.mark.parametrize("on_a_terminal", [True, False], ids=["terminal", "pipe"])
async def test_the_browser_opens_only_for_somebody_who_watches(
    lumbar: Program,
    tmp_path: Path,
    on_a_terminal: bool,  # noqa: FBT001 - a case of the table
) -> None:
    """On a terminal with a screen the page opens by itself; in a pipe, as under a process manager, it does not."""
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path / "opened"}\n')
    browser.chmod(stat.S_IRWXU)
    os.mkfifo(tmp_path / "opened")
    opened = os.open(tmp_path / "opened", os.O_RDWR | os.O_NONBLOCK)
    screen, standard_output = pty.openpty() if on_a_terminal else os.pipe()
    process = await asyncio.create_subprocess_exec(
        *lumbar.command("demo"),
        cwd=lumbar.checkout,
        env=lumbar.environment(PORT="0", DISPLAY=":0", BROWSER=f"{browser} %s"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=standard_output,
    )
    await readable(screen)
    said = os.read(screen, 1000).decode()
    if on_a_terminal:
        await readable(opened)
        assert os.read(opened, 1000).decode().strip() in said
    process.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(process.wait(), PATIENCE_SECONDS) == 0
    with pytest.raises(BlockingIOError):
        os.read(opened, 1000)
    for end in (opened, screen, standard_output):
        os.close(end)


async def readable(end: int) -> None:
    """Wait until there is something to read at this end."""
    arrived = asyncio.Event()
    asyncio.get_running_loop().add_reader(end, arrived.set)
    await asyncio.wait_for(arrived.wait(), PATIENCE_SECONDS)
    asyncio.get_running_loop().remove_reader(end)
