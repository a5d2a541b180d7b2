"""Reactions, effects, and groups that grow: what the sandbox takes and shows, compared with Telegram's own answers."""

import pytest

from bot.sandbox import Sandbox
from tests.acceptance.person import Person
from tests.integration.sandbox.bot_side import BotSide

PARTY_POPPER = "5046509860389126442"


def heart(emoji: str = "❤") -> list[dict[str, str]]:
    """Return a reaction as the API takes it."""
    return [{"type": "emoji", "emoji": emoji}]


async def test_a_reaction_is_put_on_a_message_and_taken_off(sandbox: Sandbox, bot: BotSide, ada: Person) -> None:
    """It is shown with the chat, and a later one takes its place."""
    message_id = (await ada.say("thanks"))["message_id"]
    assert await bot.result("setMessageReaction", chat_id=ada.id, message_id=message_id, reaction=heart()) is True
    assert (await ada.chat())["reactions"] == {str(message_id): ["❤"]}
    await bot.result("setMessageReaction", chat_id=ada.id, message_id=message_id)
    assert sandbox.world.chats[ada.id].reactions == {message_id: []}


@pytest.mark.parametrize(
    ("reaction", "message_id", "description"),
    [
        (heart("🐌"), None, "REACTION_INVALID"),
        (heart() + heart("👍"), None, "REACTIONS_TOO_MANY"),
        (heart(), 999_999, "message to react not found"),
    ],
)
async def test_reactions_that_telegram_refuses(
    bot: BotSide, ada: Person, reaction: list[dict[str, str]], message_id: int | None, description: str
) -> None:
    """An emoji that is none of theirs, more than one, and a message that is not there."""
    message_id = message_id or (await ada.say("thanks"))["message_id"]
    refusal = await bot.refusal("setMessageReaction", chat_id=ada.id, message_id=message_id, reaction=reaction)
    assert refusal == (400, f"Bad Request: {description}")


async def test_effects_are_for_private_chats(bot: BotSide, ada: Person) -> None:
    """The message shows which it has; an unknown one and one in a group are refused."""
    sent = await bot.result("sendMessage", chat_id=ada.id, text="Seven!", message_effect_id=PARTY_POPPER)
    assert sent["effect_id"] == PARTY_POPPER
    group = await ada.make_group("Friends")
    for chat_id, effect in ((ada.id, "7"), (group, PARTY_POPPER)):
        refusal = await bot.refusal("sendMessage", chat_id=chat_id, text="Seven!", message_effect_id=effect)
        assert refusal == (400, "Bad Request: EFFECT_ID_INVALID")


async def test_a_group_that_grew_says_where_it_is_now(bot: BotSide, ada: Person) -> None:
    """Both chats say so in a message, and a call to the old number is refused with the new one."""
    group = await ada.make_group("Friends")
    moved = await ada.make_supergroup(group)
    updates = [update["message"] for update in await bot.result("getUpdates") if "message" in update]
    told = [(one["chat"]["id"], one.get("migrate_to_chat_id"), one.get("migrate_from_chat_id")) for one in updates[-2:]]
    assert told == [(group, moved, None), (moved, None, group)]
    answer = await bot.call("sendMessage", chat_id=group, text="Hello?")
    assert answer["error_code"] == 400
    assert answer["parameters"] == {"migrate_to_chat_id": moved}
    assert (await bot.result("sendMessage", chat_id=moved, text="Hello!"))["chat"]["type"] == "supergroup"


async def test_nobody_is_behind_a_deleted_account(bot: BotSide, ada: Person) -> None:
    """Whatever is sent there is refused."""
    await ada.delete_account()
    assert await bot.refusal("sendMessage", chat_id=ada.id, text="?") == (403, "Forbidden: user is deactivated")
