"""How soon a person is answered by a bot that has nothing else to do: from the update to the call with the answer.

    python -m tests.benchmarks.bench_reply [messages]

The bot is `lumbar run` on a durable SQLite file, a process of its own, at the sandbox, which is this process. A message
is written whenever the last one is answered: first in a chat without an open question, where an answer is one message,
then through routines, where the buttons of the message before are taken off first. The time is taken where Telegram
would take it, from the moment it has the update to the moment it is asked to send; nobody is asked to wait for a rate.
"""

# ruff: noqa: T201, ASYNC110 - a benchmark prints, and looks now and then without telling what it measures

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles

from bot.sandbox import Sandbox
from tests.benchmarks.lumbar_at_work import TOKEN
from tests.benchmarks.table import print_table
from tests.benchmarks.used_by import wait_until_at_rest

CHATS = {"one message": ("Good morning, I slept well",), "a routine": ("/routine", "done", "done", "done")}
PATIENCE_SECONDS = 30
LOOK_SECONDS = 0.001


def main(messages: int = 500) -> None:
    """Print the median and the 99th percentile for each kind of chat."""
    print(f"{messages:,} messages of each kind, one at a time\n")
    rows = [(name, *asyncio.run(_measured(texts, messages))) for name, texts in CHATS.items()]
    print_table(("answered with", "median ms", "99 % under, ms", "longest ms"), rows)


async def _measured(texts: Sequence[str], messages: int) -> tuple[str, str, str]:
    sandbox = Sandbox(token=TOKEN)
    with tempfile.TemporaryDirectory() as folder:
        async with sandbox.serve() as url:
            bot = [sys.executable, "-m", "tests.benchmarks.lumbar_at_work", str(Path(folder) / "bench.db"), url]
            process = await asyncio.create_subprocess_exec(*bot)
            try:
                await asyncio.wait_for(sandbox.updates.poll_waits.wait(), PATIENCE_SECONDS)
                await asyncio.to_thread(wait_until_at_rest, process.pid)
                seconds = [await _answered(sandbox, chat, text) for chat, text in _said(texts, messages)]
            finally:
                process.kill()
                await process.wait()
    milliseconds = [1000 * one for one in seconds]
    cuts = quantiles(milliseconds, n=100, method="inclusive")
    return f"{cuts[49]:.1f}", f"{cuts[98]:.1f}", f"{max(milliseconds):.1f}"


def _said(texts: Sequence[str], messages: int) -> list[tuple[int, str]]:
    """Give chat and text of each message: everybody says all the texts, one person after the other."""
    return [(1 + number // len(texts), texts[number % len(texts)]) for number in range(messages)]


async def _answered(sandbox: Sandbox, chat: int, text: str) -> float:
    """Write one message, and return the seconds until the next is sent to that chat."""
    if chat not in sandbox.world.people:
        sandbox.world.add_person("Ada", "en", chat)
    sandbox.calls.clear()
    began = time.perf_counter()
    sandbox.people.say(chat, text)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not any(call["method"].startswith("send") for call in sandbox.calls):
            await asyncio.sleep(LOOK_SECONDS)
    return time.perf_counter() - began


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
