"""The command line: `lumbar demo`, `run` and `migrate`.

Everything that can be wrong before the bot runs (token, database, address, content) ends here as one line that says
what to do, and exit code 2.
"""

import asyncio
import os
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import typer

from bot import telemetry
from bot.bootstrap import running
from bot.catalog import ContentError
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import PortTaken, Sandbox
from bot.settings import Settings, SettingsError, load_settings
from bot.storage import migrations
from bot.storage.unit_of_work import Database, DatabaseUnavailable
from bot.telegram.gateway import ApiUnreachable, TokenError
from bot.zones import ZonesError

EXIT_MISUSE = 2
DEMO_TOKEN = "424242:demo-token-of-the-sandbox-on-this-machine"  # noqa: S105 - opens nothing but the sandbox

app = typer.Typer(
    name="lumbar",
    help="A Telegram bot that walks people through a short lower-back routine every day.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line."""
    app()


@app.command()
def demo() -> None:
    """Try the real bot on a chat page in your browser: no token, no network."""
    with _remedies(), tempfile.TemporaryDirectory(prefix="lumbar-demo-") as folder:
        settings = load_settings(
            telegram_bot_token=DEMO_TOKEN, database_url=f"sqlite:///{Path(folder) / 'demo.db'}", log_level="WARNING"
        )
        _configure_log(settings)
        asyncio.run(_demo(settings))


@app.command()
def run() -> None:
    """Run the bot against Telegram (TELEGRAM_BOT_TOKEN in the environment or .env)."""
    with _remedies():
        settings = load_settings()
        _configure_log(settings)
        asyncio.run(_run(settings))


@app.command()
def migrate() -> None:
    """Bring the database to the newest version of its tables; `run` does the same at every start."""
    with _remedies():
        settings = load_settings()
        _configure_log(settings)
        database = Database(settings.database_url)
        migrations.apply(database.engine)
        database.close()
        typer.echo("The database is up to date.")


async def _run(settings: Settings) -> None:
    stop = _stop_on_signal()
    async with running(settings) as bot:
        typer.echo(f"Lumbar is running as @{bot.username}. Ctrl-C stops it.")
        await stop.wait()


async def _demo(settings: Settings) -> None:
    stop = _stop_on_signal()
    clock = SandboxClock()
    next_reminder: list[Callable[[], Any]] = []
    sandbox = Sandbox(
        token=settings.bot_token,
        clock=clock,
        next_event_at=lambda: next_reminder[0]() if next_reminder else None,
    )
    async with sandbox.serve(port=settings.port) as address:
        settings = settings.model_copy(update={"telegram_api_url": address})
        async with running(settings, clock=clock) as bot:
            next_reminder.append(bot.next_reminder_at)
            clock.subscribe(bot.look_at_clock)
            typer.echo(f"Lumbar is running. Chat with it at {address}  (Ctrl-C stops it)")
            if sys.stdout.isatty():
                _open_browser(address)
            await stop.wait()


def _open_browser(address: str) -> None:
    try:
        webbrowser.get()
    except webbrowser.Error:
        return
    webbrowser.open(address)


def _stop_on_signal() -> asyncio.Event:
    """Return an event that SIGINT or SIGTERM sets; a second signal ends the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def on_signal() -> None:
        if stop.is_set():
            os._exit(1)
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, on_signal)
    return stop


def _configure_log(settings: Settings) -> None:
    telemetry.configure(level=settings.log_level, log_format=settings.log_format, secrets=settings.secrets())


@contextmanager
def _remedies() -> Iterator[None]:
    """Turn what an operator can mend into one line on standard error and exit code 2."""
    try:
        yield
    except PortTaken as error:
        _fail(f"Port {error.port} is taken: stop what uses it, or choose another with PORT=8081 make demo.")
    except (SettingsError, ContentError, ZonesError, DatabaseUnavailable, TokenError, ApiUnreachable) as error:
        _fail(str(error))


def _fail(line: str) -> NoReturn:
    typer.echo(f"lumbar: {line}", err=True)
    raise typer.Exit(EXIT_MISUSE)


if __name__ == "__main__":
    main()
