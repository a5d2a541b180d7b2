"""Messages after they were sent: edits, deletions, media, presses, keyboards."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.files import picture
from bot.sandbox.schema import bot_api
from tests.acceptance.person import Person, labels, move_clock, text_of
from tests.integration.sandbox.bot_side import TOKEN, BotSide

_DONE = {"inline_keyboard": [[{"text": "Done ✅", "callback_data": "done:1", "style": "success"}]]}
_FILM = (Path(__file__).parents[3] / "content" / "exercises" / "bridge" / "animation.mp4").read_bytes()
_GIF = b"GIF89a" + (30).to_bytes(2, "little") + (20).to_bytes(2, "little") + b"\0" * 10


async def _upload(
    bot: BotSide, method: str, fields: dict[str, str], files: dict[str, tuple[str, bytes]]
) -> dict[str, Any]:
    form = aiohttp.FormData()
    for name, value in fields.items():
        form.add_field(name, value, content_type="text/plain")
    for name, (filename, content) in files.items():
        form.add_field(name, content, filename=filename)
    async with bot.session.post(f"{bot.address}/bot{TOKEN}/{method}", data=form) as response:
        return dict(await response.json())


async def test_an_edit_replaces_text_and_takes_the_keyboard_away(bot: BotSide, ada: Person) -> None:
    """An edit without a keyboard removes it, stamps edit_date, and reaches the person."""
    sent = await bot.result("sendMessage", chat_id=ada.id, text="one", reply_markup=_DONE)
    here = {"chat_id": ada.id, "message_id": sent["message_id"]}
    edited = await bot.result("editMessageText", **here, text="two")
    assert edited["edit_date"] >= sent["date"]
    assert labels(await ada.wait_for("two")) == []
    again = await bot.result("editMessageReplyMarkup", **here, reply_markup=_DONE)
    assert again["reply_markup"] == _DONE


async def test_taking_the_keyboard_away_does_not_mark_a_message_as_edited(bot: BotSide, ada: Person) -> None:
    """As at Telegram, only a new text is an edit that people see."""
    sent = await bot.result("sendMessage", chat_id=ada.id, text="one", reply_markup=_DONE)
    stripped = await bot.result("editMessageReplyMarkup", chat_id=ada.id, message_id=sent["message_id"])
    assert "edit_date" not in stripped


async def test_an_edit_that_changes_nothing_is_refused(bot: BotSide, ada: Person) -> None:
    """The same text and keyboard are "not modified", however often the message was edited before."""
    sent = await bot.result("sendMessage", chat_id=ada.id, text="one", reply_markup=_DONE)
    here = {"chat_id": ada.id, "message_id": sent["message_id"]}
    for method, arguments in (("editMessageText", {"text": "one"}), ("editMessageReplyMarkup", {})):
        code, description = await bot.refusal(method, **here, **arguments, reply_markup=_DONE)
        assert code == 400
        assert description.startswith("Bad Request: message is not modified: ")
    await bot.result("editMessageText", **here, text="two")
    assert (await bot.refusal("editMessageText", **here, text="two"))[0] == 400


async def test_what_cannot_be_edited_is_refused(bot: BotSide, ada: Person) -> None:
    """Unknown messages, other people's, and those sent with a reply keyboard stay as they are."""
    said = await ada.say("mine")
    keyed = await bot.result(
        "sendMessage", chat_id=ada.id, text="choose", reply_markup={"keyboard": [["7:00", "8:00"]]}
    )
    for message_id, description in (
        (10_000, "message to edit not found"),
        (said["message_id"], "message can't be edited"),
        (keyed["message_id"], "message can't be edited"),
    ):
        refusal = await bot.refusal("editMessageText", chat_id=ada.id, message_id=message_id, text="new")
        assert refusal == (400, f"Bad Request: {description}")
    assert await bot.refusal("editMessageText", text="new") == (
        400,
        "Bad Request: message identifier is not specified",
    )


async def test_a_message_can_be_deleted_for_two_days(bot: BotSide, ada: Person, address: str) -> None:
    """Within 48 hours it disappears; afterwards, and the second time, the call is refused."""
    first, second = [await bot.result("sendMessage", chat_id=ada.id, text=text) for text in ("a", "b")]
    await bot.result("deleteMessage", chat_id=ada.id, message_id=first["message_id"])
    assert [text_of(message) for message in await ada.messages()] == ["/start", "b"]
    assert await bot.refusal("deleteMessage", chat_id=ada.id, message_id=first["message_id"]) == (
        400,
        "Bad Request: message to delete not found",
    )
    await move_clock(address, seconds=48 * 3600 + 60)
    assert (await bot.refusal("deleteMessage", chat_id=ada.id, message_id=second["message_id"]))[0] == 400


async def test_a_press_reaches_the_bot_and_its_answer_the_person(bot: BotSide, ada: Person) -> None:
    """A press carries the message and its data; the answer may be given once."""
    sent = await bot.result("sendMessage", chat_id=ada.id, text="Bridge", reply_markup=_DONE)
    await ada.press("Done")
    query = (await bot.result("getUpdates"))[-1]["callback_query"]
    assert (query["data"], query["message"]["message_id"], query["from"]["id"]) == (
        "done:1",
        sent["message_id"],
        ada.id,
    )
    await bot.result("answerCallbackQuery", callback_query_id=query["id"], text="Noted", show_alert=True)
    assert await ada.wait_for_toast() == "Noted"
    refusal = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    assert await bot.refusal("answerCallbackQuery", callback_query_id=query["id"]) == refusal


async def test_a_press_may_be_answered_too_late(bot: BotSide, ada: Person, address: str) -> None:
    """A query left alone for long is gone."""
    sent = await bot.result("sendMessage", chat_id=ada.id, text="Bridge", reply_markup=_DONE)
    await ada.press_on(sent["message_id"], "Done")
    query = (await bot.result("getUpdates"))[-1]["callback_query"]
    await move_clock(address, seconds=3600)
    assert (await bot.refusal("answerCallbackQuery", callback_query_id=query["id"]))[0] == 400


async def test_a_press_can_cross_the_edit_that_takes_its_button_away(bot: BotSide, ada: Person) -> None:
    """By its data a press arrives even when the message shows no button any more; by its place it does not."""
    sent = await bot.result("sendMessage", chat_id=ada.id, text="Bridge", reply_markup=_DONE)
    await bot.result("editMessageReplyMarkup", chat_id=ada.id, message_id=sent["message_id"])
    with pytest.raises(AssertionError, match="has no button 'Done'"):
        await ada.press_on(sent["message_id"], "Done")
    await ada.press_data(sent["message_id"], "done:1")
    assert (await bot.result("getUpdates"))[-1]["callback_query"]["data"] == "done:1"


async def test_reply_keyboards_come_go_and_are_pressed_as_text(bot: BotSide, ada: Person) -> None:
    """A pressed key sends its text; remove_keyboard takes the keys away."""
    keys = {"keyboard": [["7:00"], [{"text": "Here", "request_location": True}]], "resize_keyboard": True}
    await bot.result("sendMessage", chat_id=ada.id, text="When?", reply_markup=keys)
    assert (await ada.chat())["keyboard"]["keyboard"][0] == [{"text": "7:00"}]
    await ada.press("7:0")
    assert (await bot.result("getUpdates"))[-1]["message"]["text"] == "7:00"
    await bot.result("sendMessage", chat_id=ada.id, text="Thanks", reply_markup={"remove_keyboard": True})
    assert (await ada.chat())["keyboard"] is None


@pytest.mark.parametrize(
    ("kind", "filename", "content"),
    [
        ("photo", "still.png", picture(40, 30)),
        ("animation", "knees.gif", _GIF),
        ("document", "export.json", b"{}"),
    ],
)
async def test_media_are_uploaded_once_and_sent_again_by_id(
    bot: BotSide, ada: Person, kind: str, filename: str, content: bytes
) -> None:
    """An upload gives a file_id that serves again and leads back to the same bytes."""
    method = f"send{kind.title()}"
    fields = {"chat_id": str(ada.id), "caption": "<i>look</i>", "parse_mode": "HTML"}
    answer = await _upload(bot, method, fields, {kind: (filename, content)})
    assert answer["ok"], answer
    message = await ada.next_message()
    assert message["caption_entities"] == [{"type": "italic", "offset": 0, "length": 4}]
    medium = message[kind][-1] if kind == "photo" else message[kind]
    again = await bot.result(method, chat_id=ada.id, **{kind: medium["file_id"]})
    assert kind in again
    path = (await bot.result("getFile", file_id=medium["file_id"]))["file_path"]
    async with bot.session.get(f"{bot.address}/file/bot{TOKEN}/{path}") as response:
        assert await response.read() == content
    other = "sendDocument" if kind != "document" else "sendPhoto"
    wrong = {"document" if kind != "document" else "photo": medium["file_id"]}
    code, description = await bot.refusal(other, chat_id=ada.id, **wrong)
    assert code == 400
    assert "can't use file of type" in description


async def test_a_film_tells_its_size_and_how_long_it_plays(bot: BotSide, ada: Person, address: str) -> None:
    """Read from the file itself; the page gets the same bytes, to be played and not downloaded."""
    answer = await _upload(bot, "sendAnimation", {"chat_id": str(ada.id)}, {"animation": ("a.mp4", _FILM)})
    assert answer["ok"], answer
    bot_api().check(answer["result"], "Message")
    animation = (await ada.next_message())["animation"]
    shape = {key: animation[key] for key in ("width", "height", "duration", "mime_type")}
    assert shape == {"width": 640, "height": 640, "duration": 9, "mime_type": "video/mp4"}
    async with bot.session.get(f"{address}/sandbox/files/{animation['file_id']}") as response:
        assert await response.read() == _FILM
        assert response.content_type == "video/mp4"
        assert "Content-Disposition" not in response.headers


@pytest.mark.parametrize("at", [12, 40, 200, len(_FILM) // 2])
async def test_a_film_that_is_cut_short_is_taken_without_a_size_of_its_own(bot: BotSide, ada: Person, at: int) -> None:
    """Whatever is missing, nothing breaks."""
    answer = await _upload(bot, "sendAnimation", {"chat_id": str(ada.id)}, {"animation": ("a.mp4", _FILM[:at])})
    assert answer["ok"], answer
    assert answer["result"]["animation"]["width"] in {320, 640}


async def test_files_can_be_forgotten(bot: BotSide, ada: Person, address: str) -> None:
    """No name that was given out is good any more, in Telegram's words; what was sent stays, and new names are good."""
    fields = {"chat_id": str(ada.id)}
    old = (await _upload(bot, "sendAnimation", fields, {"animation": ("a.mp4", _FILM)}))["result"]["animation"][
        "file_id"
    ]
    async with bot.session.delete(f"{address}/sandbox/files") as response:
        assert response.status == 200
    refusal = await bot.refusal("sendAnimation", chat_id=ada.id, animation=old)
    assert refusal == (400, "Bad Request: wrong file identifier/HTTP URL specified")
    assert (await bot.refusal("getFile", file_id=old))[0] == 400
    async with bot.session.get(f"{address}/sandbox/files/{old}") as response:
        assert response.status == 200
    new = (await _upload(bot, "sendAnimation", fields, {"animation": ("a.mp4", _FILM)}))["result"]["animation"][
        "file_id"
    ]
    assert "animation" in await bot.result("sendAnimation", chat_id=ada.id, animation=new)


async def test_an_upload_may_be_attached_under_another_name(bot: BotSide, ada: Person) -> None:
    """attach:// names the part of the form that holds the file."""
    fields = {"chat_id": str(ada.id), "photo": "attach://still"}
    answer = await _upload(bot, "sendPhoto", fields, {"still": ("still.png", picture(8, 8))})
    assert answer["ok"], answer
    missing = await _upload(
        bot, "sendPhoto", {**fields, "photo": "attach://other"}, {"still": ("s.png", picture(8, 8))}
    )
    assert missing["description"] == "Bad Request: attached file not found"


async def test_wrong_media_are_refused(bot: BotSide, ada: Person) -> None:
    """No file, an unknown id, an empty file, a photo that is none, and a long caption."""
    here = {"chat_id": ada.id}
    assert await bot.refusal("sendPhoto", **here) == (400, "Bad Request: there is no photo in the request")
    assert await bot.refusal("sendPhoto", **here, photo="nothing") == (
        400,
        "Bad Request: wrong file identifier/HTTP URL specified",
    )
    fields = {"chat_id": str(ada.id)}
    empty = await _upload(bot, "sendDocument", fields, {"document": ("a.txt", b"")})
    assert empty["description"] == "Bad Request: file must be non-empty"
    text = await _upload(bot, "sendPhoto", fields, {"photo": ("a.txt", b"hello")})
    assert text["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    long = await _upload(bot, "sendPhoto", {**fields, "caption": "a" * 1025}, {"photo": ("a.png", picture(8, 8))})
    assert long["description"] == "Bad Request: message caption is too long"
    assert len(await ada.messages()) == 1


async def test_captions_are_edited_and_texts_are_not_captions(bot: BotSide, ada: Person) -> None:
    """A caption is edited by its own method; the other one says there is none."""
    answer = await _upload(bot, "sendPhoto", {"chat_id": str(ada.id)}, {"photo": ("a.png", picture(8, 8))})
    assert answer["ok"]
    photo = await ada.next_message()
    here = {"chat_id": ada.id, "message_id": photo["message_id"]}
    assert (await bot.result("editMessageCaption", **here, caption="new"))["caption"] == "new"
    assert (await bot.refusal("editMessageText", **here, text="new"))[1].endswith("no text in the message to edit")
    sent = await bot.result("sendMessage", chat_id=ada.id, text="x")
    refusal = await bot.refusal("editMessageCaption", chat_id=ada.id, message_id=sent["message_id"], caption="new")
    assert refusal[1].endswith("no caption in the message to edit")


async def test_dates_follow_the_sandbox_clock(bot: BotSide, ada: Person, sandbox: Sandbox, address: str) -> None:
    """Messages are stamped with the moved time."""
    await move_clock(address, seconds=30 * 86400)
    sent = await bot.result("sendMessage", chat_id=ada.id, text="a month later")
    assert abs(sent["date"] - sandbox.clock.now().timestamp()) < 5
    assert sent["date"] - (await ada.messages())[0]["date"] >= 30 * 86400
