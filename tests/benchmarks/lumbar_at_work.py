"""The real bot with everybody set up and Telegram's limits lifted, working until it is killed.

    python -m tests.benchmarks.lumbar_at_work FILE URL                    `lumbar run` on SQLite, polling
    python -m tests.benchmarks.lumbar_at_work DATABASE URL worker         one process of several on PostgreSQL

A file that is not there yet is made, with so many people as a backlog needs; one that is there is taken as it is.
"""

# ruff: noqa: T201 - it talks to its parent by lines

import asyncio
import gc
import sys
from datetime import UTC, datetime
from datetime import time as wall_time
from pathlib import Path
from unittest import mock

from bot import telemetry
from bot.bootstrap import running
from bot.domain.chat import Chat, State
from bot.domain.schedule import ReminderTimes
from bot.processes import Command
from bot.settings import Settings, load_settings
from bot.storage import migrations
from bot.storage.unit_of_work import Database, Transaction
from bot.usecases.ports import StoredChat

TOKEN = "424242:a-token-that-only-the-benchmark-knows"
PEOPLE = 5000


def settings_for(database_url: str, api_url: str) -> Settings:
    """Return settings with Telegram's highest limits."""
    return load_settings(
        env_file=None,
        telegram_bot_token=TOKEN,
        telegram_api_url=api_url,
        database_url=database_url,
        messages_per_second=1_000,
        allow_paid_broadcast=True,
    )


def settle(tx: Transaction, people: int) -> None:
    """Store people who have been through everything the bot asks at first."""
    now = datetime.now(UTC)
    for chat_id in range(1, people + 1):
        chat = Chat(
            chat_id=chat_id,
            language="en",
            state=State.IDLE,
            consented_at=now,
            screened_at=now,
            checked_at=now,
            zone="America/New_York",
            reminder_times=ReminderTimes((wall_time(7, 30),)),
        )
        tx.save_chat(StoredChat(chat), now)


async def _work(settings: Settings, command: Command) -> None:
    with mock.patch("bot.telegram.rate.CHAT_PER_SECOND", 1e9):
        async with running(settings, command) as bot:
            if command is not Command.RUN:
                print(bot.port, flush=True)
            await bot.stay()


def main(database: str, api_url: str, command: str = Command.RUN) -> None:
    """Work until killed; one process of several prints its port, or None, once it is at work."""
    gc.disable()  # as `lumbar run` does
    telemetry.configure(level="ERROR", log_format="json")
    if command == Command.RUN and not Path(database).exists():
        made = Database(f"sqlite:///{database}")
        migrations.apply(made.engine)
        made.run_here(lambda tx: settle(tx, PEOPLE))
        made.close()
    url = f"sqlite:///{database}" if command == Command.RUN else database
    settings = settings_for(url, api_url)
    if command != Command.RUN:
        settings = settings.model_copy(update={"public_url": "https://bot.example.org", "port": 0})
    asyncio.run(_work(settings, Command(command)))


if __name__ == "__main__":
    main(*sys.argv[1:])
