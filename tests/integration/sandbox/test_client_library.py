"""A real Bot API client, python-telegram-bot as it ships, holds a conversation through the sandbox."""

from datetime import timedelta

import pytest
import telegram
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from bot.sandbox import Fault, Sandbox
from bot.sandbox.files import picture
from tests.acceptance.person import Person, labels
from tests.integration.sandbox.bot_side import TOKEN


def _client(address: str, token: str = TOKEN) -> telegram.Bot:
    return telegram.Bot(token, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot")


async def test_a_conversation_by_python_telegram_bot(address: str, ada: Person) -> None:
    """Commands, updates, buttons with styles, presses, edits and files all pass through a stock client."""
    async with _client(address) as bot:
        await bot.set_my_commands([telegram.BotCommand("start", "Begin")])
        (update,) = await bot.get_updates(timeout=5)
        assert update.message is not None
        assert update.message.text == "/start"
        assert update.message.entities[0].type == "bot_command"
        button = telegram.InlineKeyboardButton("Done", callback_data="done", api_kwargs={"style": "success"})
        sent = await bot.send_message(
            ada.id,
            "<b>Knee rolls</b> &amp; rest",
            parse_mode="HTML",
            reply_markup=telegram.InlineKeyboardMarkup([[button]]),
        )
        assert sent.text == "Knee rolls & rest"
        assert labels(await ada.wait_for("Knee rolls")) == ["Done"]
        await ada.press("Done")
        (press,) = await bot.get_updates(offset=update.update_id + 1, timeout=5)
        assert press.callback_query is not None
        await press.callback_query.answer("Well done")
        assert await ada.wait_for_toast() == "Well done"
        await bot.edit_message_reply_markup(ada.id, sent.message_id)
        assert labels(await ada.wait_for("Knee rolls")) == []
        photo = await bot.send_photo(ada.id, picture(40, 30), caption="A still")
        again = await bot.send_photo(ada.id, photo.photo[-1].file_id)
        assert (again.photo[-1].width, again.photo[-1].height) == (40, 30)
        file = await bot.get_file(photo.photo[-1].file_id)
        assert bytes(await file.download_as_bytearray()) == picture(40, 30)


async def test_refusals_become_the_clients_own_errors(
    sandbox: Sandbox, address: str, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each refusal is recognised by the client for what it is at Telegram."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # the client's way to opt out of a deprecation warning
    async with _client(address) as bot:
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(99, "hello")
        await ada.block()
        with pytest.raises(Forbidden, match="blocked by the user"):
            await bot.send_message(ada.id, "hello")
        await ada.unblock()
        sandbox.fail_next(Fault("too_many_requests", retry_after=7))
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(ada.id, "hello")
        assert refused.value.retry_after == timedelta(seconds=7)
        await bot.set_webhook("https://example.org/hook")
        with pytest.raises(Conflict):
            await bot.get_updates()
    with pytest.raises(InvalidToken):
        async with _client(address, "1:wrong") as stranger:
            await stranger.get_me()
