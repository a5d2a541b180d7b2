"""PTB's bare echo bot, as its examples write it: `python -m tests.benchmarks.echo_ptb [--aiohttp] URL`.

With `--aiohttp` its calls go over the transport of `bot.telegram.transport` instead of PTB's own.
"""

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.telegram.transport import AiohttpRequest

TOKEN = "424242:a-token-that-only-the-benchmark-knows"


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


def main(*arguments: str) -> None:
    """Poll until killed."""
    *options, url = arguments
    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot")
    if "--aiohttp" in options:
        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest(connections=1))
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(stop_signals=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
