"""Gateway over real HTTP: payloads as they arrive, answers as values, and start-up errors a person can act on."""

import json
import socket
from collections.abc import AsyncIterator

import pytest

from bot.telegram.gateway import ApiUnreachable, Gateway, TokenError
from bot.usecases.delivery import Blocked, RetryAfter, Sent, Unknown, Unreachable
from tests.integration.telegram.scripted_api import TOKEN, ScriptedApi, scripted_api


@pytest.fixture
async def api() -> AsyncIterator[ScriptedApi]:
    """Run a Bot API that answers as told."""
    async with scripted_api() as running:
        yield running


@pytest.fixture
async def gateway(api: ScriptedApi) -> AsyncIterator[Gateway]:
    """Open a gateway to the scripted API."""
    async with Gateway(TOKEN, api_url=api.url + "/") as opened:
        yield opened


@pytest.fixture
def nowhere() -> str:
    """Name an address of this machine where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


async def test_a_payload_arrives_as_it_was_stored(api: ScriptedApi, gateway: Gateway) -> None:
    """Nested keyboards stay JSON, and the new message's id comes back."""
    payload = {"chat_id": 5, "text": "Knee rolls 🧎", "reply_markup": {"inline_keyboard": [[{"text": "Done"}]]}}

    assert await gateway.call("sendMessage", payload) == Sent(7)
    [call] = api.received
    assert call.path == f"/bot{TOKEN}/sendMessage"
    assert call.fields == payload


async def test_what_stands_beside_a_file_keeps_its_meaning(api: ScriptedApi, gateway: Gateway) -> None:
    """The export goes as a file, and the rest as form fields."""
    export = ("lumbar-export.zip", b"PK", "application/octet-stream")
    payload = {
        "chat_id": 5,
        "caption": "Yours",
        "reply_markup": {"inline_keyboard": []},
        "protect_content": True,
    }

    assert await gateway.call("sendDocument", payload, {"document": export}) == Sent(7)
    [call] = api.received
    assert call.files == {"document": export}
    assert call.fields == {
        "chat_id": "5",
        "caption": "Yours",
        "reply_markup": '{"inline_keyboard": []}',
        "protect_content": "true",
    }


async def test_a_block_is_a_value(api: ScriptedApi, gateway: Gateway) -> None:
    """A person who blocked the bot raises nothing."""
    api.refuse(403, "Forbidden: bot was blocked by the user")
    assert await gateway.call("sendMessage", {"chat_id": 5}) == Blocked("Forbidden: bot was blocked by the user")


async def test_a_flood_limit_is_a_value(api: ScriptedApi, gateway: Gateway) -> None:
    """Whose limit was hit Telegram does not say; the relay works it out."""
    api.refuse(429, "Too Many Requests", retry_after=3)
    assert await gateway.call("editMessageText", {"chat_id": 5}) == RetryAfter(3.0)


async def test_half_a_character_in_a_text_or_a_caption_is_replaced(api: ScriptedApi, gateway: Gateway) -> None:
    """JSON can spell what no text can hold; the message goes out without it."""
    half = "a\ud83d\0b"
    file = {"document": ("export.zip", b"PK", "application/octet-stream")}
    assert isinstance(await gateway.call("sendMessage", {"chat_id": 5, "text": half}), Sent)
    assert isinstance(await gateway.call("sendDocument", {"chat_id": 5, "caption": half}, file), Sent)
    message, upload = api.received
    assert message.fields["text"] == upload.fields["caption"] == "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize(
    "poison", ['{"deep": ' + "[" * 5_000 + "]" * 5_000 + "}", "{broken", '{"n": 1e}'], ids=["deep", "broken", "number"]
)
async def test_an_update_that_cannot_be_read_is_passed_on_by_its_number(
    api: ScriptedApi, gateway: Gateway, poison: str
) -> None:
    """It is asked for alone, so that its neighbours are not lost, and its number is the first in what comes."""
    said = json.dumps({"text": 'they wrote "update_id": 7'})
    update = f'{{"update_id": 41, "message": {said}, "edited_message": {poison}}}'
    api.answer = f'{{"ok": true, "result": [{update}]}}'
    assert await gateway.poll(None, seconds=0, most=100, allowed=()) == [{"update_id": 41, "message": "unreadable"}]
    assert [asked.fields["limit"] for asked in api.received] == [100, 1]


async def test_a_refused_connection_is_unreachable_and_a_reset_is_unknown(
    api: ScriptedApi, gateway: Gateway, nowhere: str
) -> None:
    """The one was surely not delivered, of the other nobody knows; neither names the token."""
    async with Gateway(TOKEN, api_url=nowhere) as cut_off:
        refused = await cut_off.call("sendMessage", {"chat_id": 5})
    api.reset = True
    reset = await gateway.call("sendMessage", {"chat_id": 5})

    assert isinstance(refused, Unreachable)
    assert isinstance(reset, Unknown)
    assert TOKEN not in refused.reason + reset.reason


async def test_the_same_connections_serve_typed_calls(api: ScriptedApi, gateway: Gateway) -> None:
    """Polls have a connection of their own; everything else shares."""
    api.answer = {"ok": True, "result": []}
    assert await gateway.bot.get_updates(timeout=0) == ()
    api.answer = {"ok": True, "result": True}
    await gateway.call("sendMessage", {"chat_id": 5})
    await gateway.bot.delete_webhook()

    poll, call, typed = api.received
    assert poll.path.endswith("/getUpdates")
    assert call.connection == typed.connection != poll.connection


@pytest.mark.parametrize("result", [[None], ["text"], [{}], [{"update_id": "1"}], [{"update_id": 1}, None]])
async def test_updates_without_a_number_are_a_failed_poll(api: ScriptedApi, gateway: Gateway, result: object) -> None:
    """What has no update_id can neither be handled nor acknowledged."""
    api.answer = {"ok": True, "result": result}
    assert isinstance(await gateway.poll(None, seconds=0, most=1, allowed=()), str)


async def test_a_gateway_can_be_opened_again(api: ScriptedApi) -> None:
    """Leaving and entering again works as the first time."""
    gateway = Gateway(TOKEN, api_url=api.url)
    for _ in range(2):
        async with gateway:
            assert await gateway.call("sendMessage", {"chat_id": 5}) == Sent(7)


async def test_the_bot_learns_its_own_name(api: ScriptedApi, gateway: Gateway) -> None:
    """The start-up check returns the bot's user."""
    api.answer = {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "Lumbar", "username": "lumbar_bot"}}
    assert (await gateway.who_am_i()).username == "lumbar_bot"


@pytest.mark.parametrize(("status", "description"), [(401, "Unauthorized"), (404, "Not Found")])
async def test_a_rejected_token_says_where_to_get_a_good_one(
    api: ScriptedApi, gateway: Gateway, status: int, description: str
) -> None:
    """Telegram answers 401 to a revoked token and 404 to a malformed one; both are one line without the token."""
    api.refuse(status, description)
    with pytest.raises(TokenError) as caught:
        await gateway.who_am_i()

    line = str(caught.value)
    assert "@BotFather" in line
    assert "TELEGRAM_BOT_TOKEN" in line
    assert "\n" not in line
    assert TOKEN not in line
    assert caught.value.__context__ is None


async def test_an_unreachable_api_names_its_address(nowhere: str) -> None:
    """The start-up check names the address, the cause and the setting, on one line without the token."""
    async with Gateway(TOKEN, api_url=nowhere) as cut_off:
        with pytest.raises(ApiUnreachable) as caught:
            await cut_off.who_am_i()

    line = str(caught.value)
    assert nowhere in line
    assert "TELEGRAM_API_URL" in line
    assert "\n" not in line
    assert TOKEN not in line
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, "<html>sign in</html>"),
        (500, "<html>oops\nnginx</html>"),
        (200, {"ok": True, "result": {}}),
        (200, {"ok": True}),
    ],
)
async def test_a_server_that_is_no_bot_api_is_unreachable(
    api: ScriptedApi, gateway: Gateway, status: int, answer: object
) -> None:
    """A portal or a wrong address is told like a missing network, not as a crash."""
    api.status, api.answer = status, answer
    with pytest.raises(ApiUnreachable) as caught:
        await gateway.who_am_i()
    assert "\n" not in str(caught.value)
