"""Sending over HTTP: PTB's default transport, PTB on AiohttpRequest, and the gateway's own calls.

    python -m tests.benchmarks.bench_transport [messages per round] [rounds]

Once with 50 and once with 200 calls in flight, because the default transport's cost grows with its pool.

A server in a process of its own answers every sendMessage after 50 ms, the round trip to Telegram. The three ways take
turns in one process, round after round, so that a busy machine slows them all; the medians are compared. CPU is this
process's own, without the server's.
"""

# ruff: noqa: T201 - a benchmark prints

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import telegram
from telegram.request import HTTPXRequest

from bot.telegram.gateway import Gateway
from bot.telegram.transport import AiohttpRequest
from bot.usecases.delivery import Sent
from tests.benchmarks.table import print_table

ROUND_TRIP_SECONDS = 0.05
IN_FLIGHT = (50, 200)
TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFa"
TEXT = "Lie on your back with knees bent. Let both knees sink slowly to one side, then to the other. " * 3
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Done", "callback_data": "d:1:2"}, {"text": "Pain", "callback_data": "p:1:2"}],
        [{"text": "Skip", "callback_data": "k:1:2"}, {"text": "Stop", "callback_data": "s:1:2"}],
    ]
}
ANSWER = json.dumps(
    {
        "ok": True,
        "result": {
            "message_id": 42,
            "date": 1760000000,
            "chat": {"id": 5, "type": "private", "first_name": "Zoe"},
            "from": {"id": 1, "is_bot": True, "first_name": "Lumbar", "username": "lumbar_bot"},
            "text": TEXT,
            "reply_markup": KEYBOARD,
        },
    }
).encode()

Send = Callable[[int], Awaitable[None]]


def main(messages: int = 1000, rounds: int = 3) -> None:
    """Print messages per second and CPU milliseconds per message of each way, and the ratios."""
    server = subprocess.Popen([sys.executable, "-m", __spec__.name, "--serve"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        url = f"http://127.0.0.1:{int(server.stdout.readline())}"
        for in_flight in IN_FLIGHT:
            _report(asyncio.run(_measure(url, messages, rounds, in_flight)), messages, rounds, in_flight)
    finally:
        server.terminate()
        server.wait()


def _report(measured: dict[str, tuple[float, float]], messages: int, rounds: int, in_flight: int) -> None:
    reference_rate, reference_cpu = measured["PTB, default transport"]
    print(f"{messages:,} messages a round, {rounds} rounds, {in_flight} in flight, 50 ms round trip; medians\n")
    print_table(
        ("way", "messages/s", "CPU ms each", "rate, against default", "CPU, against default"),
        [
            (name, f"{rate:,.0f}", f"{cpu:.2f}", f"{rate / reference_rate:.1f}", f"1/{reference_cpu / cpu:.1f}")
            for name, (rate, cpu) in measured.items()
        ],
    )


async def _measure(url: str, messages: int, rounds: int, in_flight: int) -> dict[str, tuple[float, float]]:
    samples: dict[str, list[tuple[float, float]]] = {}
    async with AsyncExitStack() as stack:
        default = await stack.enter_async_context(_ptb(url, HTTPXRequest))
        ours = await stack.enter_async_context(_ptb(url, AiohttpRequest))
        gateway = await stack.enter_async_context(Gateway(TOKEN, api_url=url))
        markup = telegram.InlineKeyboardMarkup.de_json(KEYBOARD)

        async def by_default(chat_id: int) -> None:
            await default.send_message(chat_id, TEXT, reply_markup=markup)

        async def by_ours(chat_id: int) -> None:
            await ours.send_message(chat_id, TEXT, reply_markup=markup)

        async def by_call(chat_id: int) -> None:
            sent = await gateway.call("sendMessage", {"chat_id": chat_id, "text": TEXT, "reply_markup": KEYBOARD})
            assert isinstance(sent, Sent)

        ways: dict[str, Send] = {
            "PTB, default transport": by_default,
            "PTB on AiohttpRequest": by_ours,
            "Gateway.call": by_call,
        }
        for send in ways.values():
            await _burst(send, in_flight, in_flight)  # opens the connections
        for _ in range(rounds):
            for name, send in ways.items():
                samples.setdefault(name, []).append(await _burst(send, messages, in_flight))
    return {
        name: (statistics.median(rate for rate, _ in taken), statistics.median(cpu for _, cpu in taken))
        for name, taken in samples.items()
    }


async def _burst(send: Send, messages: int, in_flight: int) -> tuple[float, float]:
    """Send with as many workers as may be in flight; return messages per second and CPU milliseconds per message."""
    chats = iter(range(messages))

    async def work() -> None:
        for chat_id in chats:
            await send(chat_id)

    wall, cpu = time.perf_counter(), time.process_time()
    async with asyncio.TaskGroup() as group:
        for _ in range(in_flight):
            group.create_task(work())
    return messages / (time.perf_counter() - wall), (time.process_time() - cpu) * 1000 / messages


@asynccontextmanager
async def _ptb(url: str, request_class: Callable[[], Any]) -> AsyncIterator[telegram.Bot]:
    async with request_class() as sends, request_class() as polls:
        yield telegram.Bot(TOKEN, base_url=f"{url}/bot", request=sends, get_updates_request=polls)


class _SlowBotApi(asyncio.Protocol):
    """Answer every request on a kept-alive connection with the same message, one round trip later."""

    def __init__(self) -> None:
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, separator, body = self._received.partition(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        if separator and len(body) >= length:
            self._received = b""
            asyncio.get_running_loop().call_later(ROUND_TRIP_SECONDS, self._answer)

    def _answer(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(ANSWER)}\r\n\r\n"
            self._transport.write(head.encode() + ANSWER)


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_SlowBotApi, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    if sys.argv[1:] == ["--serve"]:
        asyncio.run(_serve())
    else:
        main(*map(int, sys.argv[1:]))
