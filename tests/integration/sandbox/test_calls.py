"""Which calls the sandbox takes and how it refuses the others, compared with Telegram's own answers."""

import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox.schema import bot_api
from tests.acceptance.person import Person, text_of
from tests.integration.sandbox.bot_side import TOKEN, BotSide


def _keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Done", **button}]]}


async def test_unknown_tokens_and_methods_are_refused(bot: BotSide) -> None:
    """A wrong token is 401 and an unknown method 404, each in Telegram's form."""
    assert await bot.call("getMe", token="1:nobody") == {
        "ok": False,
        "error_code": 401,
        "description": "Unauthorized",
    }
    assert await bot.call("getYou") == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_a_method_outside_the_emulation_says_so_after_its_arguments_are_checked(bot: BotSide) -> None:
    """A right call of an unemulated method is 501, a wrong one 400."""
    code, description = await bot.refusal("sendDice", chat_id=1)
    assert code == 501
    assert "sendDice is not emulated" in description
    assert (await bot.refusal("sendDice"))[0] == 400


async def test_parameters_come_in_every_way_telegram_takes_them(bot: BotSide, ada: Person) -> None:
    """Query, urlencoded form, multipart and JSON carry the same call; method names ignore case."""
    markup = json.dumps(_keyboard(callback_data="x"))
    base = f"{bot.address}/bot{TOKEN}/SENDmessage"
    arguments = {"chat_id": str(ada.id), "text": "hi", "reply_markup": markup, "disable_notification": "true"}
    multipart = aiohttp.FormData()
    for name, value in arguments.items():
        multipart.add_field(name, value, content_type="text/plain")
    ways: list[dict[str, Any]] = [
        {"method": "GET", "params": arguments},
        {"method": "POST", "data": arguments},
        {"method": "POST", "data": multipart},
        {"method": "POST", "json": {**arguments, "chat_id": ada.id, "disable_notification": True}},
    ]
    for way in ways:
        async with bot.session.request(url=base, **way) as response:
            answer = await response.json()
            assert answer["result"]["reply_markup"] == _keyboard(callback_data="x"), answer


@pytest.mark.parametrize(
    ("arguments", "description"),
    [
        ({"text": None}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": "  \n "}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"chat_id": None}, "chat_id is empty"),
        ({"chat_id": 99}, "chat not found"),
        ({"chat_id": [1]}, 'can\'t parse chat_id: field "chat_id" must be of type Integer or String'),
        ({"parse_mode": "LaTeX"}, "unsupported parse_mode"),
        ({"parse_mode": "MarkdownV2"}, "the sandbox emulates parse_mode HTML and explicit entities only, not Markdown"),
        ({"disable_notification": "perhaps"}, ("can't parse disable_notification: "
         'field "disable_notification" must be of type Boolean')),
        ({"disable_notifications": True}, ('unknown parameter "disable_notifications" of sendMessage '
         "(Telegram would ignore it)")),
        ({"reply_markup": "{not json"}, "can't parse reply_markup: the value is not valid JSON"),
        ({"reply_markup": {"inline_keyboard": [{"text": "flat"}]}}, ("can't parse reply_markup: "
         'field "reply_markup.inline_keyboard[0]" must be of type Array')),
        ({"reply_markup": _keyboard(calback_data="x")}, ("can't parse reply_markup: unknown field "
         '"reply_markup.inline_keyboard[0][0].calback_data" of InlineKeyboardButton (Telegram would ignore it)')),
        ({"reply_markup": _keyboard(callback_data=5)}, ("can't parse reply_markup: "
         'field "reply_markup.inline_keyboard[0][0].callback_data" must be of type String')),
        ({"reply_markup": _keyboard()}, ("can't parse inline keyboard button: "
         "Text buttons are unallowed in the inline keyboard")),
        ({"reply_markup": _keyboard(callback_data="x", url="http://a.example")}, ("can't parse inline keyboard button: "
         "exactly one action must be specified, found callback_data, url")),
        ({"reply_markup": _keyboard(callback_data="")}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": _keyboard(callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": _keyboard(copy_text={"text": "a" * 257})}, "BUTTON_COPY_TEXT_INVALID"),
        ({"reply_markup": _keyboard(callback_data="x", style="green")}, ("can't parse inline keyboard button: "
         "invalid button style specified")),
        ({"reply_markup": _keyboard(url="tel:+15550100")}, ("inline keyboard button URL 'tel:+15550100' is invalid: "
         "Unsupported URL protocol")),
        ({"reply_markup": _keyboard(web_app={"url": "http://a.example"})}, ("inline keyboard button Web App URL "
         "'http://a.example' is invalid: Only HTTPS links are allowed")),
        ({"entities": [{"type": "bold", "offset": 0, "length": 9}]}, "entity lies outside of the text"),
        ({"reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ],
)  # fmt: skip
async def test_a_wrong_message_is_refused_in_telegrams_words(
    bot: BotSide, ada: Person, arguments: dict[str, Any], description: str
) -> None:
    """Missing, ill-typed, misspelt and over-long parameters each get their own description."""
    given = {"chat_id": ada.id, "text": "hello", **arguments}
    given = {name: value for name, value in given.items() if value is not None}
    assert await bot.refusal("sendMessage", **given) == (400, f"Bad Request: {description}")


@pytest.mark.parametrize(
    "text", ["a" * 4096, "🐢" * 4096, "<b>" + "a" * 4096 + "</b>", "  " + "a" * 4096 + "\n", "&lt;" * 4096]
)
async def test_the_limit_counts_characters_left_after_parsing(bot: BotSide, ada: Person, text: str) -> None:
    """Tags, character references, surrounding white space and surrogate pairs do not count double."""
    sent = await bot.result("sendMessage", chat_id=ada.id, text=text, parse_mode="HTML")
    assert len(sent["text"]) == 4096


@pytest.mark.parametrize(
    "button",
    [
        {"callback_data": "é" * 32, "style": "success"},
        {"url": "https://example.org/a?b=c", "style": "primary"},
        {"copy_text": {"text": "+1 555 0100"}},
        {"callback_data": "x", "style": "danger"},
        {"web_app": {"url": "https://example.org"}},
    ],
)
async def test_right_buttons_come_back_as_sent(bot: BotSide, ada: Person, button: dict[str, Any]) -> None:
    """A keyboard within the rules is returned unchanged with the message."""
    sent = await bot.result("sendMessage", chat_id=ada.id, text="hello", reply_markup=_keyboard(**button))
    assert sent["reply_markup"] == _keyboard(**button)


async def test_a_bot_may_not_write_first(bot: BotSide, address: str) -> None:
    """A person who has not written yet is a chat unknown to the bot."""
    async with await Person.create(address, first_name="Bo") as shy:
        assert await bot.refusal("sendMessage", chat_id=shy.id, text="hi") == (400, "Bad Request: chat not found")
        await shy.say("/start")
        assert (await bot.result("sendMessage", chat_id=shy.id, text="hi"))["chat"]["first_name"] == "Bo"


async def test_answers_are_well_formed_objects_of_the_api(bot: BotSide, ada: Person) -> None:
    """What the sandbox answers and sends fits the same description calls are checked against."""
    sent = await bot.result("sendMessage", chat_id=ada.id, text="<b>hi</b> there", parse_mode="HTML")
    await ada.send_sticker()
    await ada.send_voice()
    await ada.send_photo("look")
    await ada.share_location(48.2, 16.4)
    await ada.press_data(sent["message_id"], "x")
    await ada.block()
    await ada.unblock()
    bot_api().check(sent, "Message")
    bot_api().check(await bot.result("getMe"), "User")
    bot_api().check(await bot.result("getChat", chat_id=ada.id), "ChatFullInfo")
    bot_api().check(await bot.result("getWebhookInfo"), "WebhookInfo")
    updates = await bot.result("getUpdates")
    assert len(updates) == 8
    for update in updates:
        bot_api().check(update, "Update")


async def test_commands_are_kept_by_scope_and_language_and_shown_to_the_person(bot: BotSide, ada: Person) -> None:
    """The most specific list wins: chat, then private chats, then default; own language before any."""
    await bot.result("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    await bot.result("setMyCommands", commands=[{"command": "start", "description": "Empezar"}], language_code="es")
    assert [c["description"] for c in (await ada.chat())["commands"]] == ["Begin"]
    scope = {"type": "chat", "chat_id": ada.id}
    await bot.result("setMyCommands", commands=[{"command": "help", "description": "Help"}], scope=scope)
    assert [c["command"] for c in (await ada.chat())["commands"]] == ["help"]
    await bot.result("deleteMyCommands", scope=scope)
    assert [c["command"] for c in (await ada.chat())["commands"]] == ["start"]
    assert await bot.result("getMyCommands", language_code="es") == [{"command": "start", "description": "Empezar"}]
    for wrong in ({"command": "Start", "description": "x"}, {"command": "with-dash", "description": "x"}):
        assert await bot.refusal("setMyCommands", commands=[wrong]) == (400, "Bad Request: BOT_COMMAND_INVALID")
    assert (await bot.refusal("setMyCommands", commands=[], scope={"type": "galaxy"}))[0] == 400


async def test_descriptions_have_limits_and_languages(bot: BotSide) -> None:
    """A description is kept per language, falls back to the general one, and may not exceed its limit."""
    await bot.result("setMyDescription", description="Daily back routine")
    await bot.result("setMyShortDescription", short_description="Kurz", language_code="de")
    assert await bot.result("getMyDescription", language_code="es") == {"description": "Daily back routine"}
    assert await bot.result("getMyShortDescription", language_code="de") == {"short_description": "Kurz"}
    assert (await bot.refusal("setMyDescription", description="a" * 513))[0] == 400
    assert (await bot.refusal("setMyShortDescription", short_description="a" * 121))[0] == 400


async def test_every_call_is_logged_with_what_became_of_it(bot: BotSide, ada: Person) -> None:
    """The log of calls holds arguments, success and refusals, in order."""
    await bot.result("sendMessage", chat_id=ada.id, text="one")
    await bot.refusal("sendMessage", chat_id=ada.id, text="")
    async with bot.session.get(f"{bot.address}/sandbox/calls") as response:
        calls = (await response.json())["calls"]
    assert [(call["method"], call["ok"]) for call in calls] == [("sendMessage", True), ("sendMessage", False)]
    assert calls[0]["arguments"] == {"chat_id": ada.id, "text": "one"}
    assert calls[1]["description"] == "Bad Request: message text is empty"
    assert text_of(await ada.last_message()) == "one"
