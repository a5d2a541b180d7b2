"""A part that breaks for good ends the process, with an error, instead of leaving half a bot behind."""

import asyncio
from pathlib import Path

import pytest

from bot.bootstrap import running
from bot.settings import load_settings
from bot.telegram.receiver import Receiver
from bot.telegram.relay import Relay
from tests.integration.relay.conftest import TOKEN


@pytest.mark.parametrize("part", [Receiver, Relay], ids=["receiver", "relay"])
async def test_a_part_that_breaks_ends_everything(
    part: type, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the bot gets the error at once, which ends the process so that its manager can start it anew."""

    async def broken(self: object, stop: asyncio.Event) -> None:
        del self, stop
        raise LookupError("broken for good")

    monkeypatch.setattr(part, "run", broken)
    settings = load_settings(
        env_file=None,
        telegram_bot_token=TOKEN,
        telegram_api_url=address,
        database_url=f"sqlite:///{tmp_path / 'lumbar.db'}",
    )

    async def run() -> None:
        async with running(settings):
            await asyncio.Event().wait()

    with pytest.raises(ExceptionGroup) as caught:
        await asyncio.wait_for(run(), 20)
    assert caught.group_contains(LookupError)
