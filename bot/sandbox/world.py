"""What the sandbox knows: the bot, people, chats, messages and open button presses.

`World` keeps these and nothing else: methods of the Bot API change it from the bot's side (`methods`), actions of
people from the other (`people`). Messages are stored as the API's own JSON objects. As in Telegram, one number
series serves all chats of the bot, so the ids of one chat have gaps.
"""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import ApiError, PersonError, bad_request
from bot.sandbox.files import FileStore
from bot.sandbox.journal import Journal

Message = dict[str, Any]

_CHAT_NAMES = ("first_name", "last_name", "username")

_SUPERGROUPS_BEGIN = -1_000_000_000_000

# Telegram does not say how long a press stays open; in practice it is minutes.
_QUERY_LIFETIME = timedelta(minutes=15)


@dataclass(slots=True)
class Person:
    """Somebody with a Telegram account; `started` once they wrote to the bot, which may not write first.

    `deactivated`: the account was deleted; the chat stays, and nobody is there.
    """

    id: int
    first_name: str
    language_code: str | None
    last_name: str | None = None
    username: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def as_user(self) -> dict[str, Any]:
        """Return the API's User."""
        user: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if getattr(self, name):
                user[name] = getattr(self, name)
        return user


@dataclass(slots=True)
class Chat:
    """A private chat or a group; `keyboard` is the reply keyboard shown now, `bot_is_admin` lets it read everything.

    The first member of a group made it; `admin_ids` are its other administrators. `reactions` are the bot's, by
    message; `migrated_to` is the supergroup that a group has become.
    """

    id: int
    type: str
    title: str | None = None
    member_ids: list[int] = field(default_factory=list)
    admin_ids: list[int] = field(default_factory=list)
    bot_is_member: bool = True
    bot_is_admin: bool = False
    keyboard: dict[str, Any] | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    reactions: dict[int, list[str]] = field(default_factory=dict)
    migrated_to: int | None = None


@dataclass(slots=True)
class OpenQuery:
    """A button press the bot has not answered yet."""

    person_id: int
    chat_id: int
    message_id: int
    asked_at: datetime


class World:
    """Everything that exists in one sandbox."""

    def __init__(self, *, clock: SandboxClock, bot: dict[str, Any]) -> None:
        self.clock = clock
        self.bot = bot
        self.journal = Journal()
        self.files = FileStore()
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, OpenQuery] = {}
        self.uneditable: set[tuple[int, int]] = set()
        self._message_ids = itertools.count(1)
        self._person_ids = itertools.count(700_000_001)
        self._group_ids = itertools.count(-400_000_001, -1)
        self._query_ids = itertools.count(4_000_000_000_000_001)

    def add_person(
        self, first_name: str, language_code: str | None, person_id: int | None, **names: str | None
    ) -> Person:
        """Add a person with an empty private chat; raises PersonError when the id is taken."""
        person_id = next(self._person_ids) if person_id is None else person_id
        if person_id in self.people:
            raise PersonError(f"there is a person {person_id} already", status=409)
        person = Person(person_id, first_name, language_code, names.get("last_name"), names.get("username"))
        self.people[person_id] = person
        self.chats[person_id] = Chat(person_id, "private")
        self.journal.add("person", person_id, person=person.as_user())
        return person

    def add_group(
        self, title: str, member_ids: list[int], *, bot_is_admin: bool, admin_ids: list[int] | None = None
    ) -> Chat:
        """Add a group of these people and the bot."""
        chat = Chat(next(self._group_ids), "group", title, member_ids, admin_ids or [], bot_is_admin=bot_is_admin)
        self.chats[chat.id] = chat
        self.journal.add("group", chat.id, group=self.group_json(chat))
        return chat

    def group_json(self, chat: Chat) -> dict[str, Any]:
        """Return a group with its members, each with what they are in it."""
        members = [
            {**self.people[one].as_user(), "status": self.status_in(chat, one)}
            for one in chat.member_ids
            if one in self.people
        ]
        return {"id": chat.id, "title": chat.title, "member_ids": chat.member_ids, "members": members}

    def status_in(self, chat: Chat, person_id: int) -> str:
        """Return what a person is in a chat, in the API's words."""
        if person_id not in {chat.id, *chat.member_ids}:
            return "left"
        if person_id in chat.member_ids[:1]:
            return "creator"
        return "administrator" if person_id in chat.admin_ids else "member"

    def add_supergroup(self, group: Chat) -> Chat:
        """Make a group a supergroup, which is another chat with the same people; returns that."""
        number = _SUPERGROUPS_BEGIN - abs(group.id)
        chat = Chat(
            number, "supergroup", group.title, group.member_ids, group.admin_ids, bot_is_admin=group.bot_is_admin
        )
        self.chats[chat.id] = chat
        group.migrated_to = chat.id
        self.journal.add("group", chat.id, group=self.group_json(chat))
        return chat

    def person(self, person_id: int) -> Person:
        """Return a person; raises PersonError (404)."""
        if person_id not in self.people:
            raise PersonError(f"there is no person {person_id}", status=404)
        return self.people[person_id]

    def reachable(self, chat_id: int | str) -> Chat:
        """Return the chat a bot names; raises 400 for an unknown one and 403 where the bot may not write."""
        chat = self.chats.get(int(chat_id)) if str(chat_id).lstrip("-").isdigit() else None
        person = self.people.get(chat.id) if chat else None
        if chat is None or (person and not person.started):
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            wording = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, wording, migrate_to_chat_id=chat.migrated_to)
        if person and person.deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if person and person.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if not chat.bot_is_member:
            raise ApiError(403, "Forbidden: bot was kicked from the group chat")
        return chat

    def chat_json(self, chat: Chat) -> dict[str, Any]:
        """Return the API's Chat."""
        if chat.type != "private":
            return {"id": chat.id, "type": chat.type, "title": chat.title}
        user = self.people[chat.id].as_user()
        names: dict[str, Any] = {key: user[key] for key in _CHAT_NAMES if key in user}
        return {"id": chat.id, "type": "private", **names}

    def unix_now(self) -> int:
        """Return the clock's time in whole seconds since 1970."""
        return int(self.clock.now().timestamp())

    def add_message(self, chat: Chat, sender: dict[str, Any], content: dict[str, Any]) -> Message:
        """Store a new message and tell the journal."""
        message_id = next(self._message_ids)
        message = {
            "message_id": message_id,
            "from": sender,
            "chat": self.chat_json(chat),
            "date": self.unix_now(),
            **content,
        }
        chat.messages[message_id] = message
        self.journal.add("message", chat.id, message=message)
        return message

    def replace_message(self, chat: Chat, message: Message) -> Message:
        """Store a changed message in the place of the one with its id; the old object stays as it was."""
        chat.messages[message["message_id"]] = message
        self.journal.add("edited", chat.id, message=message)
        return message

    def delete_message(self, chat: Chat, message_id: int) -> None:
        """Take a message out of its chat."""
        del chat.messages[message_id]
        self.journal.add("deleted", chat.id, message_id=message_id)

    def react(self, chat: Chat, message_id: int, emoji: list[str]) -> None:
        """Put the bot's reaction on a message, in place of an earlier one; none takes it off."""
        chat.reactions[message_id] = emoji
        self.journal.add("reaction", chat.id, message_id=message_id, emoji=emoji)

    def set_keyboard(self, chat: Chat, markup: dict[str, Any] | None) -> None:
        """Show, replace or (None) remove the reply keyboard."""
        if chat.keyboard != markup:
            chat.keyboard = markup
            self.journal.add("keyboard", chat.id, keyboard=markup)

    def open_query(self, person_id: int, chat_id: int, message_id: int) -> str:
        """Note a press and return its query id."""
        query_id = str(next(self._query_ids))
        self.queries[query_id] = OpenQuery(person_id, chat_id, message_id, self.clock.now())
        return query_id

    def close_query(self, query_id: str) -> OpenQuery:
        """Return the press an answer belongs to; raises 400 when it is unknown, answered or too old."""
        query = self.queries.pop(query_id, None)
        if query is None or self.clock.now() - query.asked_at > _QUERY_LIFETIME:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return query
