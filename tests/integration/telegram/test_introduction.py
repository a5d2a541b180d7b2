"""What the bot tells Telegram about itself when it starts."""

import asyncio
from pathlib import Path
from time import monotonic

import pytest
from structlog.testing import capture_logs

from bot.bootstrap import running
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.settings import load_settings
from bot.telegram import introduction
from tests.knowledge import the_catalog

_REFUSALS = {"introduction_failed", "webhook_not_removed"}
TOKEN = "424242:a-token-that-only-the-sandbox-knows-of"


@pytest.mark.parametrize("method", ["setMyCommands", "deleteWebhook"])
async def test_a_refused_introduction_is_logged(tmp_path: Path, method: str) -> None:
    """The bot runs all the same, and the log says which call failed and what helps."""
    sandbox = Sandbox(token=TOKEN)
    async with sandbox.serve() as address:
        sandbox.faults.pending.append(Fault("server_error", method=method))
        settings = load_settings(
            env_file=None,
            telegram_bot_token=TOKEN,
            telegram_api_url=address,
            database_url=f"sqlite:///{tmp_path / 'lumbar.db'}",
        )
        with capture_logs() as logs:
            async with running(settings, catalog=the_catalog()) as bot:
                assert bot.username
                await asyncio.wait_for(sandbox.updates.poll_waits.wait(), 10)
    failed = [line.get("method", "deleteWebhook") for line in logs if line["event"] in _REFUSALS]
    assert failed == [method]


async def test_commands_that_were_refused_are_told_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each language's commands are there in the end, without a restart."""
    monkeypatch.setattr(introduction, "FIRST_PAUSE_SECONDS", 0.01)
    sandbox = Sandbox(token=TOKEN)
    async with sandbox.serve() as address:
        sandbox.faults.pending.append(Fault("server_error", method="setMyCommands", times=3))
        settings = load_settings(
            env_file=None,
            telegram_bot_token=TOKEN,
            telegram_api_url=address,
            database_url=f"sqlite:///{tmp_path / 'lumbar.db'}",
        )
        async with running(settings, catalog=the_catalog()):
            deadline = monotonic() + 10
            while not {None, "es"} <= told(sandbox):
                assert monotonic() < deadline, "the commands were not told again"
                await asyncio.sleep(0)


def told(sandbox: Sandbox) -> set[str | None]:
    """Return the languages whose commands Telegram took."""
    calls = [call for call in sandbox.calls if call["method"] == "setMyCommands" and call["ok"]]
    return {call["arguments"].get("language_code") for call in calls}
