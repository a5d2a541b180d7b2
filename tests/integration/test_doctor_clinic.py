"""`lumbar doctor` about the clinic's side: the staff chat and the Mini App, each fault with its remedy."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.doctor import examine
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import Sandbox
from bot.settings import Settings, load_settings
from bot.telegram.checkup import Answer, Page, open_page
from bot.verdicts import Verdict, judge_menu, judge_mini_app, judge_staff_chat, judge_staff_number
from tests.integration.telegram.scripted_api import scripted_api
from tests.knowledge import the_catalog

TOKEN = "424242:a-token-that-only-the-sandbox-knows-of"
URL = "https://bot.example.org/app/"
GROUP, SUPERGROUP = Answer({"type": "group"}), Answer({"type": "supergroup"})
SUBJECTS = {"staff chat", "Mini App", "menu"}


@pytest.fixture(autouse=True)
def content_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the content once for all tests: it takes a second."""
    monkeypatch.setattr("bot.doctor.load_catalog", lambda _: the_catalog())


@pytest.fixture
def sandbox() -> Sandbox:
    """Return a sandbox whose clock is this machine's."""
    return Sandbox(token=TOKEN, clock=SandboxClock())


@pytest.fixture
async def settings(sandbox: Sandbox) -> AsyncIterator[Settings]:
    """Return settings that name the sandbox."""
    async with sandbox.serve() as address:
        yield load_settings(
            env_file=None, telegram_bot_token=TOKEN, telegram_api_url=address, database_url="sqlite:///missing.db"
        )


async def about(settings: Settings, **changed: Any) -> dict[str, Verdict]:
    """Examine a deployment with some settings changed; return the verdicts about the clinic's side."""
    verdicts = await examine(settings.model_copy(update=changed))
    return {verdict.subject: verdict for verdict in verdicts if verdict.subject in SUBJECTS}


def group_of(sandbox: Sandbox, *, bot_is_admin: bool) -> int:
    """Make a group with the bot in it."""
    head = sandbox.world.add_person("Robin", None, None).id
    return sandbox.people.make_group("Front desk", [head], bot_is_admin=bot_is_admin).id


def being(status: str) -> Answer:
    """Return what Telegram says of the bot's membership."""
    return Answer({"status": status})


async def test_without_staff_chat_and_address_nothing_is_said_of_them(settings: Settings) -> None:
    """Neither is needed."""
    assert await about(settings) == {}


@pytest.mark.parametrize("bot_is_admin", [True, False])
async def test_a_staff_chat_with_the_bot_in_it_is_well(
    sandbox: Sandbox, settings: Settings, *, bot_is_admin: bool
) -> None:
    """As an administrator, or in a small group as a member."""
    found = await about(settings, staff_chat_id=group_of(sandbox, bot_is_admin=bot_is_admin))
    assert found["staff chat"].is_well
    assert ("administrator" in found["staff chat"].words) == bot_is_admin


async def test_a_staff_chat_that_is_none_is_told(sandbox: Sandbox, settings: Settings) -> None:
    """One the bot is not in, one that became another, and a number without its minus."""
    unknown = (await about(settings, staff_chat_id=-4711))["staff chat"]
    assert not unknown.is_well
    assert "chat not found. Add the bot to the group, or correct STAFF_CHAT_ID." in unknown.words
    old = group_of(sandbox, bot_is_admin=True)
    new = sandbox.people.migrate(sandbox.world.chats[old].member_ids[0], old).id
    moved = (await about(settings, staff_chat_id=old))["staff chat"]
    assert f"set STAFF_CHAT_ID={new}" in moved.words
    assert "with its minus" in (await about(settings, staff_chat_id=1001234567890))["staff chat"].words


@pytest.mark.parametrize(
    ("chat", "bot", "fault"),
    [
        (SUPERGROUP, being("administrator"), ""),
        (SUPERGROUP, being("creator"), "not in it (creator)"),
        (SUPERGROUP, being("member"), "make it an administrator of the group, with no rights at all"),
        (SUPERGROUP, being("kicked"), "not in it (kicked): add it"),
        (GROUP, being("member"), ""),
        (GROUP, Answer({}, "HTTP 403 without a result", refusal="Forbidden: bot was kicked"), "Telegram says: Forb"),
        (Answer({"type": "channel"}), being("administrator"), "no group but a channel"),
        (Answer({}, "no connection (ClientError)"), GROUP, "no connection (ClientError): try again"),
    ],
)
def test_what_a_staff_chat_may_be(chat: Answer, bot: Answer, fault: str) -> None:
    """A group in which Telegram tells the bot who the others are."""
    verdict = judge_staff_chat(chat, bot)
    assert verdict.is_well == (not fault)
    assert fault in verdict.words


def test_a_groups_number_is_below_zero() -> None:
    """Any other is a person's, to whom nothing of the staff's may go."""
    assert judge_staff_number(-5) is None
    assert judge_staff_number(5) is not None


async def test_a_mini_app_that_is_there_is_well(settings: Settings) -> None:
    """Its page answers at the address, and the menu button opens it; before the bot has run, neither is so."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(text="<p>Lumbar</p>", content_type="text/html")

    application = web.Application()
    application.router.add_get("/app/", page)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    before = await about(settings, public_url=address)
    assert before["Mini App"].is_well
    assert "start `lumbar run` or `lumbar web`, which sets it" in before["menu"].words
    button = {"type": "web_app", "text": "Lumbar", "web_app": {"url": f"{address}/app/"}}
    async with aiohttp.ClientSession() as session:
        url = f"{settings.telegram_api_url}/bot{TOKEN}/setChatMenuButton"
        assert (await session.post(url, json={"menu_button": button})).ok
    assert all(verdict.is_well for verdict in (await about(settings, public_url=address)).values())
    await runner.cleanup()
    gone = await about(settings, public_url=address)
    assert "no connection from this machine" in gone["Mini App"].words
    assert "passes whole paths below /app on to PORT" in gone["Mini App"].words


async def test_what_answers_has_to_be_the_page() -> None:
    """A proxy's own error and somebody else's JSON are none."""
    async with scripted_api() as api:
        assert await open_page(api.url) == Page(is_html=False)
        api.status, api.answer = 502, "<html>Bad Gateway"
        assert await open_page(api.url) == Page(is_html=True, fault="HTTP 502")
    assert not judge_mini_app(Page(is_html=False), URL).is_well
    assert "HTTP 502" in judge_mini_app(Page(is_html=True, fault="HTTP 502"), URL).words


@pytest.mark.parametrize(
    ("button", "fault"),
    [
        (Answer({"type": "web_app", "web_app": {"url": URL}}), ""),
        (Answer({"type": "web_app", "web_app": {"url": "https://old.example.org/app/"}}), "opens https://old."),
        (Answer({"type": "commands"}), "does not open the Mini App"),
        (Answer({}, "HTTP 502 without a result"), "HTTP 502 without a result: try again"),
    ],
)
def test_what_the_menu_button_may_open(button: Answer, fault: str) -> None:
    """The Mini App of these settings, and no other."""
    verdict = judge_menu(button, URL)
    assert verdict.is_well == (not fault)
    assert fault in verdict.words
