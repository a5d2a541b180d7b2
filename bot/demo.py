"""The demo: the real bot beside an emulated Telegram on this machine, with a chat page in the browser.

The sandbox takes Telegram's place, and its clock the machine's, so that tomorrow's reminder is one press away.
Everything else is the bot as `lumbar run` runs it. Nothing else starts the sandbox.
"""

import errno
import os
import sys
import threading
import webbrowser
from collections.abc import Callable

from bot.bootstrap import RunningBot, running
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import PortTaken, Sandbox
from bot.settings import Settings, SettingsError

PORT = 8080


async def demo(settings: Settings, say: Callable[[str], None]) -> None:
    """Run the bot and the sandbox until cancelled; `say` is told the address. Raises as `running` does."""
    clock = SandboxClock()
    at_work: list[RunningBot] = []
    sandbox = Sandbox(
        token=settings.bot_token,
        clock=clock,
        next_event_at=lambda: at_work[0].next_reminder_at() if at_work else None,
    )
    try:
        async with sandbox.serve(port=PORT if settings.port is None else settings.port) as address:
            settings = settings.model_copy(update={"telegram_api_url": address, "port": None, "public_url": None})
            async with running(settings, clock=clock) as bot:
                at_work.append(bot)
                clock.subscribe(bot.look_at_clock)
                say(f"Lumbar is running. Chat with it at {address}  (Ctrl-C stops it)")
                _open_browser(address)
                await bot.stay()
    except PortTaken as error:
        raise SettingsError(_port_remedy(error)) from error


def _open_browser(address: str) -> None:
    """Open the page for somebody who sits at this screen; a browser that is slow to start holds nothing up."""
    has_screen = sys.platform in {"darwin", "win32"} or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    if has_screen and sys.stdout.isatty():
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _port_remedy(error: PortTaken) -> str:
    is_taken = isinstance(error.__cause__, OSError) and error.__cause__.errno == errno.EADDRINUSE
    fault, remedy = ("is taken", "stop what uses it, or ") if is_taken else ("may not be used by this account", "")
    other = error.port + 1 if error.port in range(1024, 65535) else PORT
    return f"Port {error.port} {fault}: {remedy}choose another with PORT={other} make demo."
