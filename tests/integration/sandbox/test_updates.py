"""Updates on their way to the bot: polling, confirmation, conflicts, webhooks."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.sandbox import Sandbox
from tests.acceptance.person import Person
from tests.integration.sandbox.bot_side import BotSide

PATIENCE_SECONDS = 20  # less than a poll waits


async def test_updates_stay_until_a_higher_offset_confirms_them(bot: BotSide, ada: Person) -> None:
    """The same updates come again until they are confirmed, the limit holds, and a negative offset forgets."""
    for text in ("one", "two", "three"):
        await ada.say(text)
    first = await bot.result("getUpdates", limit=2)
    assert [u["message"]["text"] for u in first] == ["/start", "one"]
    assert await bot.result("getUpdates", limit=2) == first
    rest = await bot.result("getUpdates", offset=first[-1]["update_id"] + 1)
    assert [u["message"]["text"] for u in rest] == ["two", "three"]
    assert [u["message"]["text"] for u in await bot.result("getUpdates", offset=-1)] == ["three"]
    assert len(await bot.result("getUpdates")) == 1


async def test_a_long_poll_wakes_before_its_time(bot: BotSide, ada: Person, sandbox: Sandbox) -> None:
    """A waiting poll is answered when something is said, and does not wait for its end."""
    (start,) = await bot.result("getUpdates")
    poll = asyncio.create_task(bot.result("getUpdates", offset=start["update_id"] + 1, timeout=50))
    await sandbox.updates.poll_waits.wait()
    await ada.say("hello")
    (update,) = await asyncio.wait_for(poll, PATIENCE_SECONDS)
    assert update["message"]["text"] == "hello"


async def test_the_older_of_two_pollers_is_sent_home(bot: BotSide, ada: Person, sandbox: Sandbox) -> None:
    """A second poll ends the first with 409 and itself goes on."""
    (start,) = await bot.result("getUpdates")
    offset = start["update_id"] + 1
    older = asyncio.create_task(bot.call("getUpdates", offset=offset, timeout=50))
    await sandbox.updates.poll_waits.wait()
    newer = asyncio.create_task(bot.result("getUpdates", offset=offset, timeout=50))
    answer = await older
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request")
    await ada.say("hello")
    assert len(await newer) == 1


async def test_a_bot_that_hangs_up_is_no_longer_connected(bot: BotSide, sandbox: Sandbox) -> None:
    """The page hears at once when a bot begins to listen and when it is gone."""
    poll = asyncio.create_task(bot.result("getUpdates", timeout=50))
    await sandbox.updates.poll_waits.wait()
    assert sandbox.updates.connected
    seq = sandbox.world.journal.seq
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    (event,) = await sandbox.world.journal.wait(seq, timeout_seconds=5)
    assert (event["kind"], event["connected"]) == ("connection", False)


async def test_only_wanted_kinds_of_updates_come(bot: BotSide, ada: Person) -> None:
    """allowed_updates holds for what happens afterwards, until it is set again."""
    (start,) = await bot.result("getUpdates", allowed_updates=["callback_query"])
    await ada.say("not wanted")
    assert await bot.result("getUpdates", offset=start["update_id"] + 1) == []
    await bot.result("getUpdates", allowed_updates=[])
    await ada.say("wanted")
    assert [u["message"]["text"] for u in await bot.result("getUpdates")] == ["wanted"]


async def test_a_blocked_bot_hears_of_it(bot: BotSide, ada: Person) -> None:
    """Blocking is 403 for the bot and my_chat_member for both changes."""
    await ada.block()
    assert await bot.refusal("sendMessage", chat_id=ada.id, text="hi") == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    with pytest.raises(AssertionError, match="has blocked the bot"):
        await ada.say("hello")
    await ada.unblock()
    changes = [u["my_chat_member"] for u in await bot.result("getUpdates") if "my_chat_member" in u]
    assert [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_groups_show_the_bot_what_privacy_mode_allows(bot: BotSide, ada: Person) -> None:
    """Commands and replies reach it, talk does not, unless it is an admin; once it has left it may not write."""
    group_id = await ada.make_group("Backs")
    said = await bot.result("sendMessage", chat_id=group_id, text="hello all")
    for text, reply_to in (("just talk", None), ("/help", None), ("/help@someone_else_bot", None), ("yes", said)):
        await ada.say(text, chat_id=group_id, reply_to=reply_to["message_id"] if reply_to else None)
    texts = [u["message"]["text"] for u in await bot.result("getUpdates") if "message" in u]
    assert texts == ["/start", "/help", "yes"]
    admin_in = await ada.make_group("Open", bot_is_admin=True)
    await ada.say("just talk", chat_id=admin_in)
    assert (await bot.result("getUpdates"))[-1]["message"]["chat"]["type"] == "group"
    await bot.result("leaveChat", chat_id=group_id)
    assert (await bot.refusal("sendMessage", chat_id=group_id, text="hi"))[0] == 403


async def test_an_edited_message_and_media_arrive_as_such(bot: BotSide, ada: Person) -> None:
    """Edits, stickers, voice notes, photos and places each come as their own kind of content."""
    said = await ada.say("7:3")
    await ada.edit(said["message_id"], "7:30")
    await ada.send_sticker()
    await ada.send_voice()
    await ada.send_photo()
    await ada.send_photo("my back hurts")
    await ada.share_location(40.7, -74.0)
    updates = (await bot.result("getUpdates"))[2:]
    assert updates[0]["edited_message"]["text"] == "7:30"
    assert [
        next(iter(u["message"].keys() - {"message_id", "from", "chat", "date", "caption"})) for u in updates[1:]
    ] == [
        "sticker",
        "voice",
        "photo",
        "photo",
        "location",
    ]
    assert updates[4]["message"]["caption"] == "my back hurts"


@pytest.mark.parametrize(("length", "accepted"), [(4096, True), (4097, False)])
async def test_a_person_can_write_4096_characters(ada: Person, length: int, *, accepted: bool) -> None:
    """Emoji count once each."""
    if accepted:
        assert len((await ada.say("🐢" * length))["text"]) == length
    else:
        with pytest.raises(AssertionError, match="1-4096"):
            await ada.say("🐢" * length)


async def _hook(handler: Callable[[web.Request], Awaitable[web.Response]]) -> TestServer:
    application = web.Application()
    application.router.add_post("/hook", handler)
    server = TestServer(application)
    await server.start_server()
    return server


async def test_a_webhook_gets_updates_with_its_secret_until_it_takes_them(bot: BotSide, ada: Person) -> None:
    """An update is posted again after a 500, in order, with the secret header; nothing is lost."""
    received: asyncio.Queue[tuple[str, str | None]] = asyncio.Queue()
    failures = [500]

    async def handler(request: web.Request) -> web.Response:
        update = await request.json()
        await received.put((update["message"]["text"], request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        return web.Response(status=failures.pop() if failures else 200)

    server = await _hook(handler)
    try:
        url = str(server.make_url("/hook"))
        await bot.result("setWebhook", url=url, secret_token="s3cret_-")
        await ada.say("second")
        async with asyncio.timeout(10):
            got = [await received.get() for _ in range(3)]
        assert got == [("/start", "s3cret_-"), ("/start", "s3cret_-"), ("second", "s3cret_-")]
        info = await bot.result("getWebhookInfo")
        assert info["url"] == url
        assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
        assert (await bot.refusal("getUpdates"))[0] == 409
        await bot.result("deleteWebhook")
        assert (await bot.result("getWebhookInfo"))["url"] == ""
        await ada.say("third")
        assert [u["message"]["text"] for u in await bot.result("getUpdates")][-1] == "third"
    finally:
        await server.close()


@pytest.mark.parametrize(
    "arguments",
    [
        {"url": "http://example.org/hook"},
        {"url": "ftp://example.org"},
        {"url": "https://example.org/hook", "secret_token": "with space"},
        {"url": "https://example.org/hook", "secret_token": "a" * 257},
    ],
)
async def test_a_webhook_telegram_would_refuse_is_refused(bot: BotSide, arguments: dict[str, str]) -> None:
    """Plain http elsewhere than on loopback, and secrets of other characters, are 400."""
    assert (await bot.refusal("setWebhook", **arguments))[0] == 400


async def test_setting_a_webhook_ends_the_poll_that_waits(bot: BotSide, sandbox: Sandbox) -> None:
    """A poller is sent home with 409 when a webhook takes over."""
    poll = asyncio.create_task(bot.call("getUpdates", timeout=50))
    await sandbox.updates.poll_waits.wait()
    await bot.result("setWebhook", url="http://127.0.0.1:9/hook")
    assert (await poll)["error_code"] == 409


async def test_pending_updates_can_be_dropped(bot: BotSide, ada: Person) -> None:
    """What was said before is forgotten when the bot asks for it."""
    await ada.say("old news")
    await bot.result("deleteWebhook", drop_pending_updates=True)
    assert await bot.result("getUpdates") == []
