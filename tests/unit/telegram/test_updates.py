"""Updates as Telegram sends them, and what is made of them."""

from typing import Any

import pytest
import telegram

from bot.domain.events import Media
from bot.telegram.updates import parse, salvage
from bot.usecases.incoming import Content, Membership, Pressed, Said, SharedLocation, SpokenToInGroup, Wordless

ADA = {"id": 5, "is_bot": False, "first_name": "Ada", "language_code": "pt-br"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Ada"}
GROUP = {"id": -7, "type": "group", "title": "Friends"}
STICKER = {
    "file_id": "f",
    "file_unique_id": "u",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}
FILE = {"file_id": "f", "file_unique_id": "u"}


class Bot(telegram.Bot):
    """A bot that knows its name without having asked."""

    @property
    def username(self) -> str:
        """Return its name."""
        return "lumbar_bot"


BOT = Bot("424242:nobody-is-called-in-these-tests-at-all")


def message(*, chat: dict[str, Any] = PRIVATE, sender: dict[str, Any] = ADA, **content: Any) -> dict[str, Any]:
    """Return a message's JSON."""
    return {"message_id": 3, "date": 1_760_000_000, "chat": chat, "from": sender, **content}


def membership(status: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    """Return what comes when the person blocks or unblocks the bot."""
    bot = {"id": 424242, "is_bot": True, "first_name": "Lumbar"}
    old = {"user": bot, "status": "member"}
    new = {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})
    return {"chat": chat, "from": ADA, "date": 1_760_000_000, "old_chat_member": old, "new_chat_member": new}


def press(**fields: Any) -> dict[str, Any]:
    """Return a pressed button's JSON."""
    return {"id": "q1", "from": ADA, "chat_instance": "c", **fields}


FALLEN = {"blocks": [{"type": "paragraph", "text": [["I "], {"type": "bold", "text": "fell"}, " today"]}]}


@pytest.mark.parametrize(
    ("update", "content"),
    [
        ({"message": message(text="hello")}, Said("hello")),
        ({"message": message(rich_message=FALLEN)}, Said("I fell today")),
        ({"edited_message": message(rich_message=FALLEN, edit_date=1)}, Said("I fell today", edited=True)),
        (
            {"message": message(rich_message={"blocks": [{"type": "list", "items": [FALLEN, FALLEN]}]})},
            Said("I fell today\nI fell today"),
        ),
        ({"message": message(rich_message={"blocks": [{"type": "divider"}]})}, Wordless(Media.OTHER)),
        ({"edited_message": message(text="hello", edit_date=1)}, Said("hello", edited=True)),
        ({"message": message(caption="my back", photo=[{**FILE, "width": 1, "height": 1}])}, Said("my back")),
        ({"message": message(photo=[{**FILE, "width": 1, "height": 1}])}, Wordless(Media.PICTURE)),
        ({"message": message(sticker=STICKER)}, Wordless(Media.STICKER)),
        ({"message": message(voice={**FILE, "duration": 3})}, Wordless(Media.VOICE)),
        ({"message": message(document=FILE)}, Wordless(Media.OTHER)),
        ({"edited_message": message(sticker=STICKER, edit_date=1)}, None),
        ({"message": message(location={"latitude": 40.7, "longitude": -74.0})}, SharedLocation(40.7, -74.0)),
        ({"callback_query": press(data="d:1", message=message(text="x"))}, Pressed("d:1", "q1", 3)),
        ({"my_chat_member": membership("kicked")}, Membership(blocked=True)),
        ({"my_chat_member": membership("member")}, Membership(blocked=False)),
        ({"my_chat_member": membership("kicked", GROUP)}, None),
        ({"message": message(text="/start", chat=GROUP)}, SpokenToInGroup()),
        ({"message": message(text="ask @Lumbar_Bot", chat=GROUP)}, SpokenToInGroup()),
        ({"message": message(text="/start@other_bot", chat=GROUP)}, None),
        ({"message": message(text="chatter", chat=GROUP)}, None),
        ({"message": message(text="hello", sender={**ADA, "is_bot": True})}, None),
        ({"channel_post": message(text="news", chat={"id": -9, "type": "channel", "title": "News"})}, None),
        ({"message": message(pinned_message=None, new_chat_photo=[])}, None),
    ],
)
def test_an_update_becomes_what_somebody_did(update: dict[str, Any], content: Content | None) -> None:
    """Words, presses, places and things in private; a call by name in groups; nothing else."""
    incoming = parse({"update_id": 9, **update}, BOT)
    assert (incoming.update_id, incoming.content) == (9, content)
    if content is not None:
        assert (incoming.first_name, incoming.language_code) == ("Ada", "pt-br")


def test_ptb_refuses_what_lacks_a_field() -> None:
    """An update of another form than the API's raises, for the receiver to isolate."""
    with pytest.raises((KeyError, TypeError)):
        parse({"update_id": 9, "message": {"text": "hello", "chat": {"type": "private"}}}, BOT)


@pytest.mark.parametrize(
    ("update", "content"),
    [
        ({"message": message(text="I fell", poll={})}, Said("I fell")),
        ({"edited_message": message(caption="I fell")}, Said("I fell", edited=True)),
        ({"message": message(rich_message=FALLEN, poll={})}, Said("I fell today")),
        ({"message": message(poll={})}, Wordless(Media.OTHER)),
        ({"message": message(text=["I fell"])}, Wordless(Media.OTHER)),
    ],
)
def test_words_are_saved_from_an_update_ptb_cannot_read(update: dict[str, Any], content: Content) -> None:
    """Whoever wrote in private is heard, whatever else the update holds."""
    incoming = salvage({"update_id": 9, **update})
    assert incoming is not None
    assert (incoming.chat_id, incoming.content, incoming.first_name) == (5, content, "Ada")


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"message": "hello"},
        {"message": {"text": "hello"}},
        {"message": message(text="hello", chat=GROUP)},
        {"message": message(text="hello", sender={"id": 6, "is_bot": True})},
        {"message": message(text="hello", chat={"id": "five", "type": "private"})},
    ],
)
def test_nothing_is_made_up(update: dict[str, Any]) -> None:
    """Without a private chat and a person in it there is nobody to answer."""
    assert salvage({"update_id": 9, **update}) is None
