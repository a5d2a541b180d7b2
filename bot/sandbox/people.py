"""What people do: write, edit, press, share, send media, block. Each action becomes the update Telegram would send.

The functions refuse what a Telegram app would not let a person do (`PersonError`). One exception is deliberate: a
press by `callback_data` reaches the bot even when the button is gone by now, as happens when press and edit cross.
"""

import re
from typing import Any

from bot.sandbox import keyboards
from bot.sandbox.errors import PersonError
from bot.sandbox.files import picture
from bot.sandbox.formatting import CAPTION_LIMIT, TEXT_LIMIT, automatic_entities
from bot.sandbox.schema import Upload
from bot.sandbox.updates import Updates
from bot.sandbox.world import Chat, Message, Person, World

_COMMAND = re.compile(r"/\w+(?:@(\w+))?")
_PHOTO_SIZE = (320, 200)
_STICKER = "🐢"


class People:
    """The actions of every person of a world."""

    def __init__(self, world: World, updates: Updates) -> None:
        self._world = world
        self._updates = updates

    def say(self, person_id: int, text: str, *, chat_id: int | None = None, reply_to: int | None = None) -> Message:
        """Send a text of 1-4096 characters to the bot's private chat or a group."""
        content = _text(text, "text", TEXT_LIMIT)
        if reply_to is not None:
            replied = self._chat(person_id, chat_id).messages.get(reply_to)
            if replied is None:
                raise PersonError(f"there is no message {reply_to}", status=404)
            content["reply_to_message"] = {k: v for k, v in replied.items() if k != "reply_to_message"}
        return self._send(person_id, chat_id, content)

    def edit(self, person_id: int, message_id: int, text: str) -> Message:
        """Edit an own text message or caption."""
        chat = self._chat(person_id, None)
        message = _message(chat, message_id)
        if message["from"]["id"] != person_id or not message.keys() & {"text", "caption"}:
            raise PersonError("only own texts and captions can be edited")
        name, limit = ("text", TEXT_LIMIT) if "text" in message else ("caption", CAPTION_LIMIT)
        fresh = {key: value for key, value in message.items() if key not in {"entities", "caption_entities"}}
        edited = {**fresh, **_text(text, name, limit), "edit_date": self._world.unix_now()}
        self._world.replace_message(chat, edited)
        self._updates.add("edited_message", edited)
        return edited

    def press(
        self, person_id: int, message_id: int, *, row: int, column: int, chat_id: int | None = None
    ) -> dict[str, Any]:
        """Press an inline button by its place; returns the button. Only callback buttons concern the bot."""
        message = _message(self._chat(person_id, chat_id), message_id)
        rows = keyboards.buttons(message)
        if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
            raise PersonError(f"message {message_id} has no button at row {row}, column {column}", status=404)
        button = rows[row][column]
        if "callback_data" in button:
            self.press_data(person_id, message_id, button["callback_data"], chat_id=chat_id)
        return button

    def press_data(self, person_id: int, message_id: int, callback_data: str, *, chat_id: int | None = None) -> None:
        """Press a button by its data, whether or not the message still shows it."""
        chat = self._chat(person_id, chat_id)
        message = _message(chat, message_id)
        person = self._world.person(person_id)
        self._updates.add(
            "callback_query",
            {
                "id": self._world.open_query(person_id, chat.id, message_id),
                "from": person.as_user(),
                "message": message,
                "chat_instance": str(chat.id * 7919),
                "data": callback_data,
            },
        )

    def share_location(self, person_id: int, latitude: float, longitude: float) -> Message:
        """Send a place, in degrees."""
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # noqa: PLR2004 - the ends of the globe
            raise PersonError("latitude is within ±90, longitude within ±180")
        return self._send(person_id, None, {"location": {"latitude": latitude, "longitude": longitude}})

    def send_sticker(self, person_id: int) -> Message:
        """Send a sticker."""
        stored = self._world.files.add("sticker", Upload("sticker.webp", "image/webp", picture(64, 64)))
        sizes = {"width": 512, "height": 512}
        about = {"type": "regular", **sizes, "is_animated": False, "is_video": False, "emoji": _STICKER}
        return self._send(person_id, None, {"sticker": {**stored.as_file(), **about, "set_name": "SandboxTurtles"}})

    def send_voice(self, person_id: int) -> Message:
        """Send a voice note of three seconds."""
        stored = self._world.files.add("voice", Upload("voice.oga", "audio/ogg", b"OggS" + bytes(60)))
        return self._send(person_id, None, {"voice": {**stored.as_file(), "duration": 3, "mime_type": "audio/ogg"}})

    def send_photo(self, person_id: int, caption: str = "") -> Message:
        """Send a picture, with a caption of up to 1024 characters or none."""
        width, height = _PHOTO_SIZE
        stored = self._world.files.add("photo", Upload("photo.png", "image/png", picture(width, height)))
        photo = [{**stored.as_file(), "width": width, "height": height}]
        return self._send(
            person_id, None, {"photo": photo, **(_text(caption, "caption", CAPTION_LIMIT) if caption else {})}
        )

    def send_contact(self, person_id: int, first_name: str, phone_number: str) -> Message:
        """Share somebody's telephone number."""
        return self._send(person_id, None, {"contact": {"phone_number": phone_number, "first_name": first_name}})

    def send_poll(self, person_id: int, question: str, options: list[str]) -> Message:
        """Ask the bot a question with at least two answers."""
        answers = [
            {"persistent_id": str(number), "text": text, "voter_count": 0} for number, text in enumerate(options)
        ]
        flags = dict.fromkeys(("is_closed", "allows_multiple_answers", "allows_revoting", "members_only"), False)
        about = {"id": "1", "question": question, "options": answers, "total_voter_count": 0, "type": "regular"}
        return self._send(person_id, None, {"poll": {**about, **flags, "is_anonymous": True}})

    def forward(self, person_id: int, text: str, author: str) -> Message:
        """Pass on what somebody else wrote, who does not show their account."""
        origin = {"type": "hidden_user", "date": self._world.unix_now(), "sender_user_name": author}
        return self._send(person_id, None, {**_text(text, "text", TEXT_LIMIT), "forward_origin": origin})

    def rename(self, person_id: int, first_name: str) -> None:
        """Take another first name; the bot hears of it with the next update."""
        self._world.person(person_id).first_name = first_name

    def deactivate(self, person_id: int) -> None:
        """Delete the account; the bot hears of it when it next writes."""
        self._world.person(person_id).deactivated = True

    def migrate(self, person_id: int, chat_id: int) -> Chat:
        """Make a group a supergroup; the old chat and the new one each say so in a message."""
        group, person = self._chat(person_id, chat_id), self._world.person(person_id).as_user()
        supergroup = self._world.add_supergroup(group)
        leaving = self._world.add_message(group, person, {"migrate_to_chat_id": supergroup.id})
        arriving = self._world.add_message(supergroup, person, {"migrate_from_chat_id": group.id})
        for message in (leaving, arriving):
            self._updates.add("message", message)
        return supergroup

    def set_blocked(self, person_id: int, *, blocked: bool) -> None:
        """Block the bot or let it write again; the bot hears of it as my_chat_member."""
        person = self._world.person(person_id)
        if person.blocked == blocked:
            return
        person.blocked = blocked
        bot = self._world.bot
        banned = {"status": "kicked", "user": bot, "until_date": 0}
        member = {"status": "member", "user": bot}
        self._world.journal.add("blocked", person_id, blocked=blocked)
        self._membership(person, self._world.chats[person_id], *((member, banned) if blocked else (banned, member)))

    def make_group(
        self, title: str, member_ids: list[int], *, bot_is_admin: bool, admin_ids: list[int] | None = None
    ) -> Chat:
        """Make a group of these people; the first one has made it and adds the bot."""
        if not member_ids:
            raise PersonError("a group needs a member")
        members = [self._world.person(person_id) for person_id in member_ids]
        chat = self._world.add_group(title, member_ids, bot_is_admin=bot_is_admin, admin_ids=admin_ids)
        bot = self._world.bot
        self._membership(members[0], chat, {"status": "left", "user": bot}, {"status": "member", "user": bot})
        return chat

    def _membership(self, person: Person, chat: Chat, old: dict[str, Any], new: dict[str, Any]) -> None:
        self._updates.add(
            "my_chat_member",
            {
                "chat": self._world.chat_json(chat),
                "from": person.as_user(),
                "date": self._world.unix_now(),
                "old_chat_member": old,
                "new_chat_member": new,
            },
        )

    def _chat(self, person_id: int, chat_id: int | None) -> Chat:
        """Return the chat a person writes to; raises PersonError where they may not."""
        person = self._world.person(person_id)
        chat = self._world.chats.get(person_id if chat_id is None else chat_id)
        if chat is None or person_id not in {chat.id, *chat.member_ids}:
            raise PersonError(f"{person.first_name} is in no chat {chat_id}", status=404)
        if person.deactivated:
            raise PersonError(f"{person.first_name} has deleted their account", status=409)
        if chat.type == "private" and person.blocked:
            raise PersonError(f"{person.first_name} has blocked the bot; unblock it first", status=409)
        return chat

    def _send(self, person_id: int, chat_id: int | None, content: dict[str, Any]) -> Message:
        chat = self._chat(person_id, chat_id)
        person = self._world.person(person_id)
        if chat.type == "private":
            person.started = True
        message = self._world.add_message(chat, person.as_user(), content)
        if chat.keyboard and chat.keyboard.get("one_time_keyboard"):
            self._world.set_keyboard(chat, None)
        if chat.type == "private" or self._reaches_bot(chat, message):
            self._updates.add("message", message)
        return message

    def _reaches_bot(self, chat: Chat, message: Message) -> bool:
        """Tell whether a bot in privacy mode reads this group message: commands and replies, all for an admin."""
        if not chat.bot_is_member:
            return False
        command = _COMMAND.match(message.get("text", ""))
        for_bot = command is not None and command.group(1) in {None, self._world.bot["username"]}
        replied = message.get("reply_to_message", {}).get("from", {}).get("id")
        return chat.bot_is_admin or for_bot or replied == self._world.bot["id"]


def _message(chat: Chat, message_id: int) -> Message:
    if message_id not in chat.messages:
        raise PersonError(f"there is no message {message_id}", status=404)
    return chat.messages[message_id]


def _text(text: str, name: str, limit: int) -> dict[str, Any]:
    """Return the field and the entities Telegram finds in what was typed."""
    typed = text.strip()
    if not 1 <= len(typed) <= limit:
        raise PersonError(f"a {name} has 1-{limit} characters, not {len(typed)}")
    entities = automatic_entities(typed, [])
    return {name: typed, **({"entities" if name == "text" else "caption_entities": entities} if entities else {})}
