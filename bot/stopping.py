"""Stopping: what SIGINT and SIGTERM do to the program, from its first instruction on.

Before anything runs, a signal ends it. While a bot runs, the first signal cancels it, so that it closes in order and
finishes what it sends; a second one ends the process at once, and so does a stop that takes too long. Ending at once is
as safe as a crash: what was not finished is done by the next process.
"""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from math import inf
from time import monotonic
from typing import Any, NoReturn

EXIT_AT_ONCE = 1
LONGEST_STOP_SECONDS = 10.0
SAME_BREATH_SECONDS = 1.0  # a terminal's SIGINT and a process manager's SIGTERM may come of one Ctrl-C


def leave_on_signals() -> None:
    """Let a signal end the program with exit code 0."""
    _on_signals(_leave)


def leave_tidily_on_signals() -> None:
    """As above, and let no second signal disturb the removal of what was put into a temporary folder."""

    def leave_undisturbed(*_: object) -> NoReturn:
        _on_signals(signal.SIG_IGN)
        _leave()

    _on_signals(leave_undisturbed)


def run_until_stopped(serve: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run `serve` until a signal cancels it; an impatient second one, or too long a stop, ends the process at once."""
    stopped_at, stopped_by = inf, 0

    async def supervise() -> None:
        loop = asyncio.get_running_loop()
        serving = loop.create_task(serve())

        def on_signal(number: int, _: object) -> None:
            nonlocal stopped_at, stopped_by
            if stopped_at == inf:
                stopped_at, stopped_by = monotonic(), number
                _end_at_once_after(LONGEST_STOP_SECONDS)
                loop.call_soon_threadsafe(serving.cancel)
            elif number == stopped_by or monotonic() - stopped_at > SAME_BREATH_SECONDS:
                os._exit(EXIT_AT_ONCE)

        _on_signals(on_signal)
        with suppress(asyncio.CancelledError):
            await serving

    try:
        asyncio.run(supervise())
    finally:
        leave_on_signals()


def _end_at_once_after(seconds: float) -> None:
    """End the process whatever hangs by then, be it a thread that Python would wait for."""
    watchdog = threading.Timer(seconds, os._exit, (EXIT_AT_ONCE,))
    watchdog.daemon = True
    watchdog.start()


def _on_signals(handler: Callable[..., object] | signal.Handlers) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)


def _leave(*_: object) -> NoReturn:
    raise SystemExit(0)
