"""What people also send: stickers, edits, emoji, groups, odd names. Each gets the sensible answer."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.acceptance.bot_at_work import BotAtWork, begin_routine, next_reminder, set_up
from tests.acceptance.person import Message, Person, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

Sending = Callable[[Person], Awaitable[Message]]


async def share_a_place(person: Person) -> Message:
    """Share a location that nobody asked for."""
    return await person.share_location(48.2, 16.37)


MEDIA = [
    (Person.send_sticker, "I only read words, though"),
    (Person.send_voice, "I cannot listen to voice notes"),
    (Person.send_photo, "I cannot look at pictures"),
    (Person.send_contact, "I have not kept that contact"),
    (Person.send_poll, "I cannot vote"),
    (share_a_place, "I only read words, and buttons"),
]


@pytest.mark.parametrize(("send", "answer"), MEDIA)
async def test_wordless_messages_are_answered_and_change_nothing(
    lumbar: BotAtWork, settled_ada: Person, send: Sending, answer: str
) -> None:
    """Outside a session, under an exercise and at a question, which is then asked again."""
    await send(settled_ada)
    assert answer in text_of(await settled_ada.next_message())
    await begin_routine(settled_ada)
    await send(settled_ada)
    assert answer in text_of(await settled_ada.next_message())
    await settled_ada.say("it hurts")
    await settled_ada.wait_for("How strong is the pain")
    await send(settled_ada)
    assert answer in text_of(await settled_ada.next_message())
    assert "How strong is the pain" in text_of(await settled_ada.next_message())
    await settled_ada.say("1")
    await settled_ada.wait_for("2 of 4")
    assert len(lumbar.rows("answer", settled_ada)) == 1


@pytest.mark.parametrize(("send", "answer"), MEDIA)
async def test_wordless_messages_before_consent_get_the_greeting(ada: Person, send: Sending, answer: str) -> None:
    """Whoever begins with a sticker is greeted; with a voice note, they read first that nobody hears it."""
    await send(ada)
    if send is Person.send_voice:
        assert answer in text_of(await ada.next_message())
    assert "What I am not" in text_of(await ada.next_message())


async def test_in_a_group_it_points_to_the_private_chat(lumbar: BotAtWork, ada: Person) -> None:
    """A command in a group is answered by the way to the private chat; chatter is overheard by nobody."""
    group = await ada.make_group("Back friends", bot_is_admin=True)
    await ada.say("I fell off my bike, haha", chat_id=group)
    await ada.say("/routine@lumbar_sandbox_bot", chat_id=group)
    await ada.say("/start")
    await ada.wait_for("What I am not")
    await lumbar.sent_everything()
    said = [text_of(m) for m in lumbar.sandbox.world.chats[group].messages.values() if m["from"]["is_bot"]]
    assert said == ["I work in private chats, where nobody else reads along."]
    assert lumbar.query("SELECT * FROM chat WHERE chat_id = ?", group) == []
    assert lumbar.rows("finding", ada) == []


async def test_other_bots_are_not_answered(lumbar: BotAtWork, ada: Person) -> None:
    """A message of another bot is noted as seen and leads to nothing."""
    other = {"id": 999_001, "is_bot": True, "first_name": "Other", "username": "other_bot"}
    chat = {"id": 999_001, "type": "private", "first_name": "Other"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": other, "text": "/start"}
    update_id = lumbar.sandbox.updates.add("message", message)
    await ada.say("/start")
    await ada.wait_for("What I am not")
    assert len(lumbar.query("SELECT * FROM inbox WHERE update_id = ?", update_id)) == 1
    assert lumbar.query("SELECT * FROM outbox WHERE chat_id = ?", 999_001) == []


@pytest.mark.parametrize("typed", ["/frobnicate", "/", "/routin", "/💥"])
async def test_an_unknown_command_is_named_as_such(settled_ada: Person, typed: str) -> None:
    """It points to /help."""
    await settled_ada.say(typed)
    assert "I do not know that command. /help" in text_of(await settled_ada.next_message())


async def test_a_flood_of_emoji_is_answered_everywhere(lumbar: BotAtWork, ada: Person) -> None:
    """4,096 characters of emoji at every question: it is asked again, and nothing is taken for an answer."""
    flood = "🙂" * 2048 + "💥" * 2048
    await ada.say(flood)
    await ada.wait_for("What I am not")
    await ada.press("I understand")
    await ada.wait_for("Where are you?")
    await ada.say(flood)
    await ada.wait_for("I could not find that place")
    await ada.say("Chicago")
    await ada.wait_for("shall I remind you?")
    await ada.say(flood)
    await ada.wait_for("I could not read a time in that")
    await ada.say("noon")
    await ada.wait_for("Shall I remind you then")
    await ada.say("yes")
    await ada.wait_for("You are all set")
    await ada.say(flood)
    await ada.wait_for("I did not understand that")
    await begin_routine(ada)
    await ada.say(flood)
    await ada.wait_for("Tap a button under the exercise")
    await ada.say("pain")
    await ada.wait_for("How strong is the pain")
    await ada.say(flood)
    await ada.wait_for("for example 4")
    assert [row["rating"] for row in lumbar.rows("answer", ada)] == [None]


@pytest.mark.parametrize(("typed", "better", "at"), [("7:3O", "7:30", "07:30"), ("25h", "23h", "23:00")])
async def test_an_edit_that_mends_an_answer_counts(
    lumbar: BotAtWork, ada: Person, typed: str, better: str, at: str
) -> None:
    """Whoever mends the message that could not be read need not send another one."""
    await ada.say("/start")
    await ada.wait_for("What I am not")
    await ada.press("I understand")
    await ada.wait_for("Where are you?")
    await ada.say("Lisbon")
    await ada.wait_for("shall I remind you?")
    message = await ada.say(typed)
    await ada.wait_for("I could not read a time in that")
    await ada.edit(message["message_id"], better)
    await ada.wait_for("Shall I remind you then")
    await ada.press(at)
    await ada.wait_for("You are all set")
    assert lumbar.chat(ada)["reminder_times"].startswith(at)


async def test_an_edited_rating_counts_while_it_is_asked_for(lumbar: BotAtWork, settled_ada: Person) -> None:
    """A strong pain that comes by an edit gets its referral."""
    await begin_routine(settled_ada)
    await settled_ada.say("pain")
    await settled_ada.wait_for("How strong is the pain")
    message = await settled_ada.say("quite some")
    await settled_ada.wait_for("for example 4")
    await settled_ada.edit(message["message_id"], "8/10")
    await settled_ada.wait_for("Back Center New York")
    assert lumbar.hold(settled_ada) is not None


@pytest.mark.parametrize("typed", ["later", "snooze"])
async def test_a_snooze_while_paused_is_answered(settled_ada: Person, typed: str) -> None:
    """Nothing a person writes is met with silence."""
    await settled_ada.say("/pause")
    await settled_ada.wait_for("Reminders are paused")
    await settled_ada.say(typed)
    assert "Reminders are paused" in text_of(await settled_ada.next_message())


async def test_start_twice_greets_twice_and_loses_nothing(lumbar: BotAtWork, ada: Person) -> None:
    """Before consent, once set up, and in the middle of an exercise."""
    for _ in range(2):
        await ada.say("/start")
        await ada.wait_for("Hello Ada")
    await set_up(ada)
    await ada.say("/start")
    assert "Good to see you" in text_of(await ada.next_message())
    await begin_routine(ada)
    await ada.say("/start")
    assert "Good to see you" in text_of(await ada.next_message())
    assert text_of(await ada.next_message()).startswith("1 of 4")
    await ada.press("Done")
    await ada.wait_for("2 of 4")
    assert len(lumbar.rows("session", ada)) == 1


@pytest.mark.parametrize("typed", ["/start leaflet-42", "/START", "/start@lumbar_sandbox_bot", "/start\nhello"])
async def test_start_in_any_spelling_greets(ada: Person, typed: str) -> None:
    """A link with a payload, capitals, the bot's own name."""
    await ada.say(typed)
    assert "Hello Ada" in text_of(await ada.next_message())


@pytest.mark.parametrize("name", ["<b>Bob</b> & </a>", "{ $name }", "&lt;", "❤️‍🔥", "x" * 64])
async def test_a_name_is_shown_as_it_is_written(lumbar: BotAtWork, name: str) -> None:
    """Markup in a name is no markup."""
    async with await lumbar.person(name) as person:
        await person.say("/start")
        assert f"Hello {name}." in text_of(await person.next_message())
    lumbar.assert_nothing_failed()


async def test_blocked_and_unblocked(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Nothing is sent to who blocked the bot; after unblocking, the reminder comes again by itself."""
    await settled_ada.block()
    async with await lumbar.person("Witness") as witness:
        await set_up(witness)
        await next_reminder(lumbar, witness)
        assert lumbar.chat(settled_ada)["blocked_at"] is not None
        assert lumbar.reminder_letters(settled_ada) == []
        await settled_ada.unblock()
        await witness.say("/help")
        await witness.wait_for("I guide you through")
        assert lumbar.due_at(settled_ada) == lumbar.due_at(witness)
        await next_reminder(lumbar, settled_ada)
    await settled_ada.say("/progress")
    await settled_ada.wait_for("Nothing to show yet")


async def test_a_message_shows_that_a_person_is_back(lumbar: BotAtWork, settled_ada: Person) -> None:
    """A reminder refused as blocked stops the reminders; the next message brings them back, whatever got lost."""
    lumbar.sandbox.world.person(settled_ada.id).blocked = True
    due = lumbar.due_at(settled_ada)
    assert due is not None
    lumbar.move_to(due)
    async with await lumbar.person("Witness") as witness:
        while lumbar.chat(settled_ada)["blocked_at"] is None:
            await witness.say("/start")
            await witness.next_message()
    assert lumbar.due_at(settled_ada) is None
    lumbar.sandbox.world.person(settled_ada.id).blocked = False
    await settled_ada.say("/help")
    await settled_ada.wait_for("I guide you through")
    assert lumbar.due_at(settled_ada) == due + timedelta(days=1)


async def test_two_people_never_get_each_other_s_messages(lumbar: BotAtWork) -> None:
    """Two sessions side by side stay apart."""
    people: list[Person] = [await lumbar.person(name) for name in ("Ben", "Cleo")]
    ben, cleo = people
    for person in people:
        await set_up(person)
        await begin_routine(person)
    await ben.say("done")
    await ben.wait_for("2 of 4")
    await cleo.say("pain")
    await cleo.wait_for("How strong is the pain")
    outcomes: list[list[Any]] = [[row["outcome"] for row in lumbar.rows("answer", person)] for person in people]
    assert outcomes == [["done"], ["pain"]]
    for person in people:
        await person.close()
