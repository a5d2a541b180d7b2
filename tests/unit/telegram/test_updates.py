"""Updates as Telegram sends them, and what is made of them."""

from typing import Any

import pytest
import telegram

from bot.domain.events import Media
from bot.telegram.updates import parse
from bot.usecases.incoming import (
    Content,
    Membership,
    Pressed,
    PressedInGroup,
    Said,
    SharedLocation,
    SpokenToInGroup,
    Wordless,
)

ADA = {"id": 5, "is_bot": False, "first_name": "Ada", "language_code": "pt-br"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Ada"}
GROUP = {"id": -7, "type": "group", "title": "Friends"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
FORWARDED = {"type": "hidden_user", "sender_user_name": "Eve", "date": 1}
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
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "One", "callback_data": "d:1"}, {"text": "Map", "url": "https://example.org"}],
        [{"text": "Two", "callback_data": "d:2"}],
        "no row",
    ]
}


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
        ({"message": message(text="hello")}, Said("hello", message_id=3)),
        ({"message": message(rich_message=FALLEN)}, Said("I fell today", message_id=3)),
        (
            {"edited_message": message(rich_message=FALLEN, edit_date=1)},
            Said("I fell today", edited=True, message_id=3),
        ),
        (
            {"message": message(rich_message={"blocks": [{"type": "list", "items": [FALLEN, FALLEN]}]})},
            Said("I fell today\nI fell today", message_id=3),
        ),
        ({"message": message(rich_message={"blocks": [{"type": "divider"}]})}, Wordless(Media.OTHER)),
        ({"edited_message": message(text="hello", edit_date=1)}, Said("hello", edited=True, message_id=3)),
        (
            {"message": message(caption="my back", photo=[{**FILE, "width": 1, "height": 1}])},
            Said("my back", message_id=3),
        ),
        ({"message": message(photo=[{**FILE, "width": 1, "height": 1}])}, Wordless(Media.PICTURE)),
        ({"message": message(sticker=STICKER)}, Wordless(Media.STICKER)),
        ({"message": message(voice={**FILE, "duration": 3})}, Wordless(Media.VOICE)),
        ({"message": message(document=FILE)}, Wordless(Media.OTHER)),
        ({"edited_message": message(sticker=STICKER, edit_date=1)}, None),
        ({"message": message(location={"latitude": 40.7, "longitude": -74.0})}, SharedLocation(40.7, -74.0)),
        ({"callback_query": press(data="d:1", message=message(text="x"))}, Pressed("d:1", "q1", 3)),
        (
            {"callback_query": press(data="d:1", message=message(text="x", reply_markup=KEYBOARD))},
            Pressed("d:1", "q1", 3, shown=("d:1", "d:2")),
        ),
        ({"callback_query": press(data="d:1", message=message(reply_markup=[1]))}, Pressed("d:1", "q1", 3)),
        ({"my_chat_member": membership("kicked")}, Membership(blocked=True)),
        ({"my_chat_member": membership("member")}, Membership(blocked=False)),
        ({"my_chat_member": membership("kicked", GROUP)}, None),
        ({"message": message(text="/start", chat=GROUP)}, SpokenToInGroup("/start", 5)),
        ({"message": message(text="ask @Lumbar_Bot", chat=GROUP)}, SpokenToInGroup("ask @Lumbar_Bot", 5)),
        ({"edited_message": message(text="/stats", chat=GROUP, edit_date=1)}, None),
        ({"message": message(text="/stats", chat=GROUP, forward_origin=FORWARDED)}, None),
        ({"message": message(text="/stats", chat=GROUP, sender=ANONYMOUS)}, None),
        ({"callback_query": press(data="d:1", message=message(chat=GROUP))}, PressedInGroup("d:1", "q1", 3, 5)),
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


@pytest.mark.parametrize(
    ("update", "content"),
    [
        ({"message": message(text="I fell", poll={})}, Said("I fell", message_id=3)),
        ({"message": message(text=["I fell"], caption="I fell")}, Said("I fell", message_id=3)),
        ({"edited_message": message(caption="I fell", photo=7)}, Said("I fell", edited=True, message_id=3)),
        ({"message": message(rich_message=FALLEN, poll={})}, Said("I fell today", message_id=3)),
        ({"message": message(text="I fell", sender={"id": 5, "first_name": 7})}, Said("I fell", message_id=3)),
        ({"message": {**message(text="I fell"), "date": "yesterday"}}, Said("I fell", message_id=3)),
        ({"message": {**message(text="I fell"), "date": 10**40}}, Said("I fell", message_id=3)),
        ({"message": message(poll={"id": 7})}, Wordless(Media.POLL)),
        (
            {"message": message(poll={"question": "Both", "options": [{"text": "legs"}, "numb", {"text": 7}]})},
            Wordless(Media.POLL, "Both\nlegs"),
        ),
        ({"message": message(checklist={"title": "I", "tasks": [{"text": "fell"}]})}, Wordless(Media.POLL, "I\nfell")),
        ({"message": message(contact={"phone_number": "1", "first_name": "Bob"})}, Wordless(Media.CONTACT)),
        ({"message": message(location={"latitude": "north"})}, Wordless(Media.OTHER)),
        ({"callback_query": press(data=["d:1"], message=message())}, Pressed("", "q1", 3)),
    ],
)
def test_words_are_heard_whatever_else_is_wrong(update: dict[str, Any], content: Content) -> None:
    """A field of a form nobody knows harms itself only."""
    incoming = parse({"update_id": 9, **update}, BOT)
    assert (incoming.chat_id, incoming.content) == (5, content)


@pytest.mark.parametrize(
    "update",
    [
        {"message": "hello"},
        {"message": {"text": "hello", "from": ADA}},
        {"message": message(text="hello", chat={"id": 5})},
        {"message": message(text="hello", chat={"id": "five", "type": "private"})},
        {"message": message(text="hello", chat={"id": 2**63, "type": "private"})},
        {"message": message(text="hello", sender=7)},  # type: ignore[arg-type]
        {"callback_query": press(id=7, message=message())},
        {"callback_query": press(message=message(chat=None))},  # type: ignore[arg-type]
        {"callback_query": press(message={**message(), "message_id": "three"})},
        {"my_chat_member": {"chat": PRIVATE, "from": ADA}},
    ],
)
def test_what_does_not_say_who_or_where_is_refused(update: dict[str, Any]) -> None:
    """Nobody is made up; the receiver isolates what is refused."""
    with pytest.raises(ValueError, match="is not what the Bot API puts there"):
        parse({"update_id": 9, **update}, BOT)


def test_a_button_on_a_message_too_old_to_touch_names_none() -> None:
    """Telegram shows such a message without its date."""
    gone = {"message_id": 3, "date": 0, "chat": PRIVATE}
    incoming = parse({"update_id": 9, "callback_query": press(data="d:1", message=gone)}, BOT)
    assert incoming.content == Pressed("d:1", "q1", None)
