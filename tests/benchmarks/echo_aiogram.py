"""aiogram's bare echo bot, as its examples write it: `python tests/benchmarks/echo_aiogram.py URL`.

aiogram needs an older pydantic than Lumbar, so this runs in an environment of its own, which `make bench` makes, and
imports nothing of ours.
"""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

TOKEN = "424242:a-token-that-only-the-benchmark-knows"


async def echo(message: Message) -> None:
    """Say what was said."""
    await message.answer(message.text or "")


async def main(url: str) -> None:
    """Poll until killed."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    dispatcher = Dispatcher()
    dispatcher.message()(echo)
    await dispatcher.start_polling(Bot(TOKEN, session=session), handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
