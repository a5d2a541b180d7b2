"""The Bot API methods about messages and chats, as functions of the world and a call's typed arguments.

`METHODS` maps Telegram's names to them; `profile` adds those about the bot itself. Each returns the `result` of the
answer or raises `ApiError`. A function is plain and runs to its end without awaiting, so calls never interleave.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox import keyboards
from bot.sandbox.content import caption_content, inline_markup, media_content, text_content
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.world import Chat, Message, World

_DELETABLE_SECONDS = 48 * 3600
_TOAST_CHARACTERS = 200
_ADMIN_RIGHTS = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
    *("can_post_stories", "can_edit_stories", "can_delete_stories"),
)
_RIGHTS: dict[str, dict[str, Any]] = {
    "creator": {"is_anonymous": False},
    "administrator": dict.fromkeys(_ADMIN_RIGHTS, False),
}
# Some of the emoji that anybody may react with, and the effects that everybody has.
REACTIONS = frozenset({"❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🎉", "🙏", "👌", "💯", "🏆", "🤗"})
EFFECTS = frozenset(
    {
        "5104841245755180586",
        "5107584321108051014",
        "5104858069142078462",
        "5159385139981059251",
        "5046509860389126442",
        "5046589136895476101",
    }
)
_MEDIA = ("photo", "animation", "document", "voice", "video", "audio")


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the world, typed `arguments`, and everything `given`, attached uploads included."""

    world: World
    arguments: dict[str, Any]
    given: dict[str, object]


Method = Callable[[Call], object]


def get_me(call: Call) -> object:
    """Return the bot."""
    return call.world.bot


def send_message(call: Call) -> object:
    """Send a text."""
    return _send(call, text_content(call.arguments))


def send_photo(call: Call) -> object:
    """Send a picture by upload or `file_id`."""
    return _send_media(call, "photo")


def send_animation(call: Call) -> object:
    """Send a GIF or silent video by upload or `file_id`."""
    return _send_media(call, "animation")


def send_document(call: Call) -> object:
    """Send a file by upload or `file_id`."""
    return _send_media(call, "document")


def edit_message_text(call: Call) -> object:
    """Replace the text and keyboard of the bot's message."""
    chat, message = _own_message(call)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _edit(call, chat, message, text_content(call.arguments), replaced={"text", "entities"})


def edit_message_caption(call: Call) -> object:
    """Replace the caption and keyboard of the bot's message."""
    chat, message = _own_message(call)
    if not any(kind in message for kind in _MEDIA):
        raise bad_request("there is no caption in the message to edit")
    return _edit(call, chat, message, caption_content(call.arguments), replaced={"caption", "caption_entities"})


def edit_message_reply_markup(call: Call) -> object:
    """Replace or remove the keyboard of the bot's message."""
    chat, message = _own_message(call)
    return _edit(call, chat, message, {}, replaced=set())


def delete_message(call: Call) -> object:
    """Delete a message less than 48 hours old."""
    chat = call.world.reachable(call.arguments["chat_id"])
    message = chat.messages.get(call.arguments["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if call.world.unix_now() - message["date"] > _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    call.world.delete_message(chat, message["message_id"])
    return True


def answer_callback_query(call: Call) -> object:
    """End a button press, with a toast or an alert where a text is given."""
    text = call.arguments.get("text", "")
    if len(text) > _TOAST_CHARACTERS:
        raise bad_request("MESSAGE_TOO_LONG")
    query = call.world.close_query(call.arguments["callback_query_id"])
    call.world.journal.add(
        "toast",
        query.chat_id,
        person_id=query.person_id,
        message_id=query.message_id,
        text=text,
        show_alert=call.arguments.get("show_alert", False),
    )
    return True


def send_chat_action(call: Call) -> object:
    """Show "typing" or the like."""
    chat = call.world.reachable(call.arguments["chat_id"])
    call.world.journal.add("action", chat.id, action=call.arguments["action"])
    return True


def get_file(call: Call) -> object:
    """Return where a file can be fetched."""
    stored = call.world.files.by_id(call.arguments["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    return {**stored.as_file(), "file_path": stored.path}


def get_chat(call: Call) -> object:
    """Return the full description of a chat."""
    chat = call.world.reachable(call.arguments["chat_id"])
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return {
        **call.world.chat_json(chat),
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def get_chat_member(call: Call) -> object:
    """Return a person's or the bot's membership."""
    chat = call.world.reachable(call.arguments["chat_id"])
    user_id = call.arguments["user_id"]
    if user_id == call.world.bot["id"]:
        return {"status": "administrator" if chat.bot_is_admin else "member", "user": call.world.bot}
    if user_id not in call.world.people:
        raise bad_request("member not found")
    user, status = call.world.people[user_id].as_user(), call.world.status_in(chat, user_id)
    return {"status": status, "user": user, **_RIGHTS.get(status, {})}


def leave_chat(call: Call) -> object:
    """Leave a group."""
    chat = call.world.reachable(call.arguments["chat_id"])
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_is_member = False
    call.world.journal.add("left", chat.id)
    return True


def set_message_reaction(call: Call) -> object:
    """Put one of Telegram's emoji on a message, or take it off."""
    chat = call.world.reachable(call.arguments["chat_id"])
    if call.arguments["message_id"] not in chat.messages:
        raise bad_request("message to react not found")
    emoji = [reaction.get("emoji", "") for reaction in call.arguments.get("reaction", [])]
    if len(emoji) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not REACTIONS.issuperset(emoji):
        raise bad_request("REACTION_INVALID")
    call.world.react(chat, call.arguments["message_id"], emoji)
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendAnimation": send_animation,
    "sendDocument": send_document,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "setMessageReaction": set_message_reaction,
    "sendChatAction": send_chat_action,
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "leaveChat": leave_chat,
}


def _send_media(call: Call, kind: str) -> Message:
    call.world.reachable(call.arguments["chat_id"])
    caption = caption_content(call.arguments)
    inline_markup(call.arguments)
    return _send(call, {**media_content(kind, call.arguments, call.given, call.world.files), **caption})


def _send(call: Call, content: dict[str, Any]) -> Message:
    """Add the bot's message with its keyboard and reply."""
    world, arguments = call.world, call.arguments
    chat = world.reachable(arguments["chat_id"])
    markup = keyboards.checked(arguments.get("reply_markup"))
    if (effect_id := arguments.get("message_effect_id")) is not None:
        if chat.type != "private" or effect_id not in EFFECTS:
            raise bad_request("EFFECT_ID_INVALID")
        content = {**content, "effect_id": effect_id}
    if arguments.get("protect_content"):
        content = {**content, "has_protected_content": True}
    reply = arguments.get("reply_parameters")
    if reply is not None:
        replied = chat.messages.get(reply.get("message_id", 0))
        if replied is not None:
            content = {**content, "reply_to_message": {k: v for k, v in replied.items() if k != "reply_to_message"}}
        elif not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
    message = world.add_message(chat, world.bot, {**content, **inline_markup(arguments)})
    if markup and "inline_keyboard" not in markup:
        world.uneditable.add((chat.id, message["message_id"]))
        if "keyboard" in markup:
            world.set_keyboard(chat, markup)
        elif "remove_keyboard" in markup:
            world.set_keyboard(chat, None)
    return message


def _own_message(call: Call) -> tuple[Chat, Message]:
    """Return the message to edit; raises 400 unless the bot wrote it and may edit it."""
    if "chat_id" not in call.arguments or "message_id" not in call.arguments:
        raise bad_request("message identifier is not specified")
    chat = call.world.reachable(call.arguments["chat_id"])
    message = chat.messages.get(call.arguments["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    own = message["from"]["id"] == call.world.bot["id"]
    if not own or (chat.id, message["message_id"]) in call.world.uneditable:
        raise bad_request("message can't be edited")
    return chat, message


def _edit(call: Call, chat: Chat, message: Message, content: dict[str, Any], *, replaced: set[str]) -> Message:
    """Replace some fields and the keyboard; a call without keyboard removes it, and only a new content is dated."""
    kept = {key: value for key, value in message.items() if key not in replaced | {"reply_markup"}}
    changed = {**kept, **content, **inline_markup(call.arguments)}
    if changed == message:
        raise ApiError(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message",
        )
    dated = {"edit_date": call.world.unix_now()} if replaced else {}
    return call.world.replace_message(chat, {**changed, **dated})
