"""The real bot with everybody set up and Telegram's limits lifted: `python -m tests.benchmarks.lumbar_at_work DB URL`.

Polls until killed. A database that is not there yet is made, with so many people as a backlog needs; one that is there
is taken as it is.
"""

import asyncio
import sys
from datetime import UTC, datetime
from datetime import time as wall_time
from pathlib import Path
from unittest import mock

from bot import telemetry
from bot.bootstrap import running
from bot.domain.chat import Chat, State
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
            reminder_time=wall_time(7, 30),
        )
        tx.save_chat(StoredChat(chat), now)


async def _work(settings: Settings) -> None:
    with mock.patch("bot.telegram.rate.CHAT_PER_SECOND", 1e9):
        async with running(settings):
            await asyncio.Event().wait()


def main(path: str, api_url: str) -> None:
    """Poll until killed."""
    telemetry.configure(level="ERROR", log_format="json")
    settings = settings_for(f"sqlite:///{path}", api_url)
    if not Path(path).exists():
        database = Database(settings.database_url)
        migrations.apply(database.engine)
        database.run_here(lambda tx: settle(tx, PEOPLE))
        database.close()
    asyncio.run(_work(settings))


if __name__ == "__main__":
    main(*sys.argv[1:])
