"""The whole bot behind a webhook: the same conversation, brought by posts instead of polls."""

import socket
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.bootstrap import running
from bot.sandbox.server import Sandbox
from bot.settings import load_settings
from bot.web.webhook import secret_for
from tests.acceptance.bot_at_work import TOKEN, BotAtWork, begin_routine, bot_at_work, everything_said, set_up
from tests.acceptance.person import Person
from tests.knowledge import the_catalog

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Hold a port that nobody else is given, and on which the bot may listen."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lumbar(tmp_path_factory: pytest.TempPathFactory, port: int) -> AsyncIterator[BotAtWork]:
    """Run the sandbox, and the bot behind a webhook below a path, as behind a proxy that serves other things too."""
    public_url = f"http://127.0.0.1:{port}/lumbar"
    async with bot_at_work(tmp_path_factory.mktemp("lumbar"), port=port, public_url=public_url) as at_work:
        yield at_work


async def get(lumbar: BotAtWork, path: str) -> tuple[int, str]:
    """Ask the bot's own server for a page; return status and body."""
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{lumbar.bot.port}{path}") as answer:
        return answer.status, await answer.text()


async def test_a_first_day_comes_by_webhook(lumbar: BotAtWork, ada: Person) -> None:
    """From /start to the first exercise, presses and their notes included, without a single poll."""
    await set_up(ada)
    step = await begin_routine(ada)
    await ada.press_on(step["message_id"], "Done")
    await ada.wait_for_toast()
    await ada.wait_for("2 of 4")
    assert "getUpdates" not in {call["method"] for call in lumbar.sandbox.calls}


async def test_telegram_is_told_address_secret_and_kinds(lumbar: BotAtWork, ada: Person, port: int) -> None:
    """The webhook is registered at the start, with a secret and with the kinds of updates the bot reads."""
    await ada.say("/start")
    await ada.next_message()
    webhook = lumbar.sandbox.updates.webhook
    assert webhook is not None
    assert (webhook.url, webhook.secret_token) == (f"http://127.0.0.1:{port}/lumbar/telegram", secret_for(TOKEN))
    assert lumbar.sandbox.updates.allowed_kinds() == ["callback_query", "edited_message", "message", "my_chat_member"]


async def test_somebody_else_cannot_speak_for_ada(lumbar: BotAtWork, ada: Person, port: int) -> None:
    """A post without the secret changes nothing, however well it is formed."""
    await set_up(ada)
    message = {"message_id": 999, "date": 1, "chat": {"id": ada.id, "type": "private"}, "text": "/delete"}
    forged = {"update_id": 999_999_999, "message": message | {"from": ada.user}}
    handled = len(lumbar.query("SELECT * FROM inbox"))
    async with aiohttp.ClientSession() as client:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "guessed"}):
            url = f"http://127.0.0.1:{port}/lumbar/telegram"
            async with client.post(url, json=forged, headers=headers) as answer:
                assert answer.status == 403
    assert len(lumbar.query("SELECT * FROM inbox")) == handled
    assert "Delete everything?" not in " ".join(await everything_said(ada))


async def test_an_update_posted_twice_takes_effect_once(ada: Person, port: int) -> None:
    """Telegram posts again whatever it got no answer to; Ada hears one answer all the same."""
    await set_up(ada)
    message = {"message_id": 998, "date": 1, "chat": {"id": ada.id, "type": "private"}, "text": "/privacy"}
    update = {"update_id": 999_999_998, "message": message | {"from": ada.user}}
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret_for(TOKEN)}
    async with aiohttp.ClientSession() as client:
        for _ in range(3):
            async with client.post(f"http://127.0.0.1:{port}/lumbar/telegram", json=update, headers=headers) as answer:
                assert answer.status == 200
    assert len([text for text in await everything_said(ada) if "What is stored" in text]) == 1


async def test_the_bot_says_how_it_is(lumbar: BotAtWork, ada: Person) -> None:
    """Alive, ready and counted, on the same port; no person shows in the metrics."""
    await set_up(ada)
    await ada.say("I cannot feel my legs and I lost control of my bladder")
    await ada.wait_for("911")
    assert await get(lumbar, "/healthz") == (200, "alive")
    status, body = await get(lumbar, "/readyz")
    assert status == 200, body
    status, text = await get(lumbar, "/metrics")
    assert status == 200
    for line in (
        'lumbar_findings_total{tier="emergency"}',
        "lumbar_holds_total",
        'lumbar_sends_total{method="sendMessage",result="Sent"}',
        'lumbar_updates_total{form="read"}',
        'lumbar_outbox_depth{priority="safety"}',
    ):
        assert line in text, line
    assert str(ada.id) not in text
    assert "Ada" not in text


async def test_how_late_a_reminder_was_sent_is_measured(lumbar: BotAtWork, settled_ada: Person) -> None:
    """A reminder that left ten minutes after its time adds ten minutes, counted when it arrived."""
    before = await lateness(lumbar)
    due = lumbar.due_at(settled_ada)
    assert due is not None
    lumbar.move_to(due + timedelta(minutes=10))
    await settled_ada.wait_for("It is time for your routine")
    await lumbar.sent_everything()
    assert await lateness(lumbar) - before >= 600


async def lateness(lumbar: BotAtWork) -> float:
    """Read the sum of all reminders' lateness in seconds."""
    _, text = await get(lumbar, "/metrics")
    (line,) = [line for line in text.splitlines() if line.startswith("lumbar_reminder_lateness_seconds_sum")]
    return float(line.split()[1])


async def test_polling_takes_over_what_the_webhook_left(tmp_path: Path) -> None:
    """Started without PUBLIC_URL, the bot removes the webhook and polls for what had not been taken yet."""
    sandbox = Sandbox(token=TOKEN)
    async with sandbox.serve() as address, await Person.create(address) as ada:
        settings = load_settings(
            env_file=None,
            telegram_bot_token=TOKEN,
            telegram_api_url=address,
            database_url=f"sqlite:///{tmp_path / 'lumbar.db'}",
        )
        served = settings.model_copy(update={"port": 0, "public_url": "http://127.0.0.1:9"})  # where nobody listens
        async with running(served, catalog=the_catalog()):
            await ada.say("/start")
        async with running(settings, catalog=the_catalog()):
            await ada.wait_for("What I am not")
        assert sandbox.updates.webhook is None
