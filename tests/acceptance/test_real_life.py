"""Real life: accounts go, names change, groups grow, and people send whatever they have at hand."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from tests.acceptance.bot_at_work import EXERCISES, BotAtWork, begin_routine, next_reminder, set_up
from tests.acceptance.person import Person, labels, text_of
from tests.acceptance.reminded import A_THURSDAY, place

pytestmark = pytest.mark.asyncio(loop_scope="module")

RED_FLAG = "I cannot feel my legs and I wet myself"


async def test_a_deleted_account_is_left_alone(lumbar: BotAtWork) -> None:
    """The first reminder is refused with 403; no other is tried, and the neighbour's comes as ever."""
    async with await lumbar.person("Gone") as gone, await lumbar.person("Neighbour") as neighbour:
        await set_up(gone)
        await set_up(neighbour)
        await gone.delete_account()
        await next_reminder(lumbar, neighbour)
        refused = await gone.wait_for_call("sendMessage")
        while refused["ok"]:
            refused = await gone.wait_for_call("sendMessage")
        assert refused["description"] == "Forbidden: user is deactivated"
        await lumbar.sent_everything()
        await neighbour.say("/help")
        await neighbour.wait_for("I guide you through")
        assert lumbar.chat(gone)["blocked_at"] is not None
        assert lumbar.due_at(gone) is None
        lumbar.move(days=1)
        await neighbour.wait_for("It is time for your routine")
        assert len(lumbar.reminder_letters(gone)) == 1


async def test_a_changed_name_is_used_and_never_kept(lumbar: BotAtWork, settled_ada: Person) -> None:
    """The greeting has the new name at once; the records have neither."""
    await settled_ada.rename("Augusta")
    await settled_ada.say("/start")
    assert "Hello Augusta" in text_of(await settled_ada.next_message())
    await lumbar.sent_everything()
    everything = str([lumbar.rows(table, settled_ada) for table in ("chat", "session", "outbox")])
    assert "Augusta" not in everything


async def test_a_staff_chat_that_became_a_supergroup_is_found_there(tmp_path: Path) -> None:
    """The refusal tells the new number: the notice is posted there, nothing is given up, and the old chat is silent."""
    async with place(tmp_path, A_THURSDAY) as here, await here.person() as desk, await here.person() as ada:
        group = await desk.make_group("Front desk")
        async with here.bot(staff_chat_id=group) as lumbar:
            await set_up(ada)
            question = await ada.wait_for("may I let the team")
            await ada.press_on(question["message_id"], "Yes, let them know")
            await ada.wait_for("Noted.")
            moved = await desk.make_supergroup(group)
            await ada.say("I have chest pain")
            await ada.wait_for("Call 911 now")
            await lumbar.sent_everything()
            posted = [text_of(seen) for seen in await desk.messages_in(moved) if seen["from"]["is_bot"]]
            assert len(posted) == 1
            assert "Emergency" in posted[0]
            assert not [seen for seen in await desk.messages_in(group) if seen["from"]["is_bot"]]
            lumbar.assert_nothing_failed()


async def test_a_group_is_told_where_to_go_before_and_after_it_grows(lumbar: BotAtWork, ada: Person) -> None:
    """The messages about the change are no commands; a command in the supergroup is answered there."""
    group = await ada.make_group("Back friends")
    moved = await ada.make_supergroup(group)
    await ada.say("/routine@lumbar_sandbox_bot", chat_id=moved)
    await ada.say("/start")
    await ada.wait_for("What I am not")
    await lumbar.sent_everything()
    said = [
        text_of(message)
        for chat_id in (group, moved)
        for message in lumbar.sandbox.world.chats[chat_id].messages.values()
        if message["from"]["is_bot"]
    ]
    assert said == ["I work in private chats, where nobody else reads along."]


async def test_a_forwarded_warning_sign_is_triaged_like_own_words(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Whoever passes it on may mean themselves: the referral comes and the programme is held."""
    await begin_routine(settled_ada)
    await settled_ada.forward(RED_FLAG)
    await settled_ada.wait_for("Call 911 now")
    assert lumbar.hold(settled_ada) is not None


async def test_a_warning_sign_in_a_poll_is_heard(lumbar: BotAtWork, settled_ada: Person) -> None:
    """In its question or in one of its answers."""
    await settled_ada.send_poll("What shall I do?", "Wait", RED_FLAG)
    await settled_ada.wait_for("Call 911 now")
    assert lumbar.hold(settled_ada) is not None


@pytest.mark.parametrize(
    ("zone", "number"), [("America/New_York", "911"), ("Europe/Madrid", "112"), ("Europe/London", "999")]
)
async def test_a_voice_note_is_answered_with_the_number_of_the_country(ada: Person, zone: str, number: str) -> None:
    """Nobody hears it, so the answer asks to type it and names the emergency number of where the person is."""
    await set_up(ada, zone=zone)
    await ada.send_voice()
    answer = text_of(await ada.wait_for("I cannot listen to voice notes"))
    assert f"call {number} now" in answer
    assert "please type it" in answer


async def test_the_caption_of_a_photo_answers_like_words(lumbar: BotAtWork, settled_ada: Person) -> None:
    """A picture with "done" below it is a done."""
    await begin_routine(settled_ada)
    await settled_ada.send_photo("done")
    await settled_ada.wait_for("2 of 4")
    assert [row["outcome"] for row in lumbar.rows("answer", settled_ada)] == ["done"]


async def test_two_devices_at_once(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Done on the phone and Pain on the tablet in the same moment: one counts, the other gets the note."""
    shown = await begin_routine(settled_ada)
    await asyncio.gather(
        settled_ada.press_on(shown["message_id"], "Done"), settled_ada.press_on(shown["message_id"], "Pain")
    )
    assert sorted([await settled_ada.wait_for_toast(), await settled_ada.wait_for_toast()]) == ["", "Already noted."]
    (answer,) = lumbar.rows("answer", settled_ada)
    assert answer["exercise_id"] == EXERCISES[0]
    follows = "2 of 4" if answer["outcome"] == "done" else "How strong is the pain"
    await settled_ada.wait_for(follows)


async def test_two_devices_at_once_on_the_reminder(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Start here and Start there: the questions come once."""
    reminder = await next_reminder(lumbar, settled_ada)
    await asyncio.gather(*(settled_ada.press_on(reminder["message_id"], "Start") for _ in range(2)))
    assert sorted([await settled_ada.wait_for_toast(), await settled_ada.wait_for_toast()]) == ["", "Already noted."]
    await settled_ada.wait_for("Before we begin")
    lumbar.move(seconds=1)
    seen = [text_of(message) for message in await settled_ada.messages() if message["from"]["is_bot"]]
    assert sum("Before we begin" in text for text in seen) == 1


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("\u202eevil\u202c", "Hello evil."),
        ("\u2067שרה\u2069", "Hello \u2068שרה\u2069."),
        ("\u200fأحمد\u200f", "Hello \u2068أحمد\u2069."),
        ("<b>" + "א" * 57 + "</b>", "Hello \u2068<b>" + "א" * 57 + "</b>\u2069."),
        ("\u202e\u200f", "Hello. I am"),
        ("\u202a" * 32 + "x" * 32, "Hello " + "x" * 32 + "."),
    ],
    ids=["override", "isolated", "marks", "64 with markup", "nothing to see", "all turned"],
)
async def test_a_name_from_right_to_left_turns_nothing_around_it(lumbar: BotAtWork, name: str, greeted: str) -> None:
    """What would turn the rest of the line goes; letters and markup are shown as they are, apart from the line."""
    async with await lumbar.person(name) as person:
        await person.say("/start")
        assert text_of(await person.next_message()).startswith(greeted)
    lumbar.assert_nothing_failed()


async def test_whoever_is_unblocked_after_weeks_is_asked_anew(lumbar: BotAtWork, settled_ada: Person) -> None:
    """The reminder is back by itself, without a word about the weeks in between, and /routine asks what it must."""
    await settled_ada.block()
    lumbar.move(days=20)
    await settled_ada.unblock()
    async with await lumbar.person("Witness") as witness:
        await witness.say("/start")
        await witness.wait_for("What I am not")
    due = lumbar.due_at(settled_ada)
    assert due is not None
    assert timedelta() < due - lumbar.clock.now() <= timedelta(days=1)
    assert "could not remind you" not in text_of(await next_reminder(lumbar, settled_ada))
    await settled_ada.press("Start")
    assert "None of these" in labels(await settled_ada.wait_for("Before we begin"))


@pytest.mark.parametrize(
    "typed", ["I am 14 years old", "hi, i'm 12 years old and my back is stiff", "I'm a 15 year old"]
)
async def test_whoever_says_that_they_are_under_16_is_held_for_good(
    lumbar: BotAtWork, settled_ada: Person, typed: str
) -> None:
    """In words as by the question: a grown-up is named, nothing starts any more, and saying it twice opens nothing."""
    await begin_routine(settled_ada)
    await settled_ada.say(typed)
    await settled_ada.wait_for("people of 16 and over")
    await settled_ada.say("I have spoken to a doctor")
    await settled_ada.wait_for("people of 16 and over")
    hold = lumbar.hold(settled_ada)
    assert hold is not None
    assert (hold["rule_id"], hold["release"]) == ("S12", "never")


@pytest.mark.parametrize("typed", ["I am 16 years old", "I am 54 years old", "i'm 14"])
async def test_an_age_that_is_none_or_enough_holds_nothing(lumbar: BotAtWork, settled_ada: Person, typed: str) -> None:
    """From 16 on the exercises are for everybody, and a bare number is no age."""
    await settled_ada.say(typed)
    await settled_ada.next_message()
    assert lumbar.hold(settled_ada) is None


async def test_under_16_before_consent_is_told_and_not_kept(lumbar: BotAtWork, ada: Person) -> None:
    """The answer names a grown-up, and no row holds what was said."""
    await ada.say("tengo 13 años")
    await ada.say("I am 13 years old")
    await ada.wait_for("people of 16 and over")
    assert lumbar.rows("finding", ada) == []
    assert lumbar.hold(ada) is None
