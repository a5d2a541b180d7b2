"""Before the first routine a few questions are asked; a yes refers and holds, "none of these" leads on."""

import pytest

from tests.acceptance.bot_at_work import (
    EXERCISES,
    BotAtWork,
    begin_routine,
    lost_its_buttons,
    pass_screening,
    set_up,
)
from tests.acceptance.person import Message, Person, labels, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGES = {
    "emergency": "today or lately",
    "pain": "How strong is your pain right now",
    "urgent": "And any of this?",
}
SPOKEN, CLEARED = "I have spoken to someone", "A clinician has cleared me"


async def at_page(person: Person, page: str) -> Message:
    """Start the routine and answer "none" until a page is asked."""
    await person.say("/routine")
    for words in PAGES.values():
        message = await person.wait_for(words)
        if words == PAGES[page]:
            return message
        await person.say("1" if words == PAGES["pain"] else "none")
    raise AssertionError(page)


async def finish_routine(person: Person) -> None:
    """Do the exercises to the end."""
    for number in range(2, len(EXERCISES) + 1):
        await person.say("done")
        await person.wait_for(f"{number} of 4")
    await person.say("done")
    await person.wait_for("How does your back feel now")
    await person.say("1")
    await person.wait_for("Noted, thank you")


async def test_none_of_these_leads_to_the_exercises(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Three messages, one tap each; each loses its buttons once answered, and nothing is recorded as a finding."""
    await settled_ada.say("/routine")
    for words, label in zip(PAGES.values(), ("None of these", "2", "None of these"), strict=True):
        page = await settled_ada.wait_for(words)
        await settled_ada.press_on(page["message_id"], label)
        await lost_its_buttons(settled_ada, page)
    await settled_ada.wait_for("1 of 4")
    assert lumbar.rows("finding", settled_ada) == []
    chat = lumbar.chat(settled_ada)
    assert chat["screened_at"] is not None
    assert chat["screening"] is None


@pytest.mark.parametrize(
    ("page", "number", "rule", "tier", "says"),
    [
        ("emergency", 1, "S1", "emergency", "Do not drive yourself"),
        ("emergency", 2, "S2", "emergency", "Do not drive yourself"),
        ("emergency", 3, "S3", "emergency", "Do not drive yourself"),
        ("emergency", 4, "S4", "urgent", "Speak to the clinic or your doctor today"),
        ("urgent", 1, "S5", "urgent", "Speak to the clinic or your doctor today"),
        ("urgent", 4, "S8", "urgent", "Speak to the clinic or your doctor today"),
        ("pain", 8, "S9", "urgent", "Speak to the clinic or your doctor today"),
        ("emergency", 5, "S14", "emergency", "988"),
    ],
)
async def test_a_yes_refers_and_holds(  # noqa: PLR0917 - the table's columns
    lumbar: BotAtWork, settled_ada: Person, page: str, number: int, rule: str, tier: str, says: str
) -> None:
    """The finding stands under the question's id, reminders stop, and only having spoken to someone opens it again."""
    message = await at_page(settled_ada, page)
    await settled_ada.press_on(message["message_id"], str(number))
    referral = await settled_ada.wait_for(says)
    assert SPOKEN in labels(referral)
    (finding,) = lumbar.rows("finding", settled_ada)
    assert (finding["rule_id"], finding["tier"]) == (rule, tier)
    assert lumbar.due_at(settled_ada) is None
    assert lumbar.rows("session", settled_ada) == []
    await settled_ada.press(SPOKEN)
    await settled_ada.wait_for("one step easier")
    step = await begin_routine(settled_ada)
    assert "the easier way" in text_of(step)


@pytest.mark.parametrize("number", [5, 6, 8])
async def test_some_answers_wait_for_a_clinicians_leave(lumbar: BotAtWork, settled_ada: Person, number: int) -> None:
    """Pregnant, heart or lung, told not to exercise: having spoken to someone is not enough."""
    page = await at_page(settled_ada, "urgent")
    await settled_ada.press_on(page["message_id"], str(number))
    referral = await settled_ada.wait_for("until a clinician has said that they are right for you")
    assert SPOKEN not in labels(referral)
    await settled_ada.say("I've spoken to my doctor")
    await settled_ada.wait_for("Your routine waits")
    assert lumbar.hold(settled_ada) is not None
    await settled_ada.press(CLEARED)
    await settled_ada.wait_for("one step easier")
    assert "the easier way" in text_of(await begin_routine(settled_ada))


async def test_under_sixteen_nothing_opens_it(lumbar: BotAtWork, settled_ada: Person) -> None:
    """No button, no typed word and no command starts the exercises."""
    page = await at_page(settled_ada, "urgent")
    await settled_ada.press_on(page["message_id"], "7")
    referral = await settled_ada.wait_for("people of 16 and over")
    assert not {SPOKEN, CLEARED} & set(labels(referral))
    for typed in ("I've spoken to my doctor", "my doctor cleared me", "/routine", "start"):
        await settled_ada.say(typed)
        await settled_ada.wait_for("people of 16 and over")
    assert lumbar.rows("session", settled_ada) == []


@pytest.mark.parametrize(("rating", "is_referred", "is_easier"), [(3, False, False), (5, False, True), (7, True, True)])
async def test_the_pain_right_now_makes_it_easier(
    lumbar: BotAtWork, settled_ada: Person, rating: int, *, is_referred: bool, is_easier: bool
) -> None:
    """4-5 shows the easier variants, 6-7 refers as well and goes on at the level of a flare, neither holds."""
    step = await begin_routine(settled_ada, pain=rating)
    assert [row["pain"] for row in lumbar.rows("day", settled_ada)] == [rating]
    said = "Today: Flare. Only very easy things today: your pain was 7 of 10."
    assert (said in [text_of(seen) for seen in await settled_ada.messages()]) is is_referred
    assert ("the easier way" in text_of(step)) is is_easier
    assert [row["rule_id"] for row in lumbar.rows("finding", settled_ada)] == (["S9"] if is_referred else [])
    assert any("(212) 555-0123" in text_of(seen) for seen in await settled_ada.messages()) is is_referred
    assert lumbar.hold(settled_ada) is None


async def test_answers_can_be_typed(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Typed "none of these", "no" and a rating do what the buttons do; anything else is asked again."""
    await settled_ada.say("/routine")
    await settled_ada.wait_for(PAGES["emergency"])
    for typed in ("what do you mean", "yes", "7", "skip"):
        await settled_ada.say(typed)
        await settled_ada.wait_for("Please tap a button, or type its number")
    for typed, words in zip(("none of these", "2/10"), list(PAGES.values())[1:], strict=True):
        await settled_ada.say(typed)
        await settled_ada.wait_for(words)
    await settled_ada.say("No")
    await settled_ada.wait_for("1 of 4")
    assert lumbar.rows("finding", settled_ada) == []


async def test_a_warning_sign_in_words_is_heard_first(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Free text on a page is triaged as everywhere, and ends the questions."""
    await at_page(settled_ada, "urgent")
    await settled_ada.say("I have chest pain")
    await settled_ada.wait_for("Do not drive yourself")
    assert lumbar.chat(settled_ada)["screening"] is None
    assert lumbar.hold(settled_ada) is not None


async def test_an_old_button_changes_nothing(lumbar: BotAtWork, settled_ada: Person) -> None:
    """A yes on a page that is answered already is stale: the present page comes again, nothing is found."""
    first = await at_page(settled_ada, "emergency")
    yes = first["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await settled_ada.say("none")
    await settled_ada.wait_for(PAGES["pain"])
    lumbar.move(minutes=1)
    await settled_ada.press_data(first["message_id"], yes)
    await settled_ada.wait_for(PAGES["pain"])
    await settled_ada.say("/time")
    await settled_ada.wait_for("shall I remind you?")
    await settled_ada.say("8:15")
    await settled_ada.wait_for("Shall I remind you then")
    await settled_ada.say("yes")
    await settled_ada.wait_for(PAGES["pain"])
    assert lumbar.rows("finding", settled_ada) == []
    await settled_ada.say("1")
    await settled_ada.wait_for(PAGES["urgent"])
    await settled_ada.say("stop")
    await settled_ada.wait_for("Stopped for today")
    await settled_ada.say("/routine")
    await settled_ada.wait_for(PAGES["emergency"])


async def test_weekly_four_questions_in_one_message(lumbar: BotAtWork, settled_ada: Person) -> None:
    """The first routine in a week asks 1, 2, 7 and 8 again; the one on the next day asks nothing."""
    await begin_routine(settled_ada)
    await finish_routine(settled_ada)
    lumbar.move(days=6)
    await settled_ada.say("/routine")
    await settled_ada.wait_for("1 of 4")
    await finish_routine(settled_ada)
    lumbar.move(days=1, minutes=1)
    await settled_ada.say("/routine")
    page = await settled_ada.wait_for("A quick check, as every week")
    assert labels(page) == ["1", "2", "3", "4", "None of these"]
    await settled_ada.press("None of these")
    await settled_ada.wait_for("1 of 4")
    await finish_routine(settled_ada)
    lumbar.move(days=7, minutes=1)
    await settled_ada.say("/routine")
    await settled_ada.wait_for("A quick check, as every week")
    await settled_ada.say("4")
    await settled_ada.wait_for("Speak to the clinic or your doctor today")
    assert [row["rule_id"] for row in lumbar.rows("finding", settled_ada)] == ["S8"]


async def test_everything_is_asked_again_after_two_weeks_away(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Fourteen days without a finished routine bring the full screening back."""
    await begin_routine(settled_ada)
    await finish_routine(settled_ada)
    lumbar.move(days=14, minutes=1)
    await at_page(settled_ada, "urgent")
    assert len(lumbar.rows("session", settled_ada)) == 1
    await settled_ada.press("None of these")
    await settled_ada.wait_for("1 of 4")
    assert len(lumbar.rows("session", settled_ada)) == 2


async def test_everything_is_asked_again_after_an_urgent_hold(ada: Person) -> None:
    """Whoever was held for something urgent starts with the questions; after a lesser injury they do not."""
    await set_up(ada)
    await begin_routine(ada)
    await ada.say("I twisted and hurt my back")
    await ada.wait_for("Please talk to the clinic")
    await ada.press(SPOKEN)
    await ada.wait_for("one step easier")
    await ada.say("/routine")
    assert text_of(await ada.next_message()).startswith("Today: Settle.")
    assert text_of(await ada.next_message()).startswith("1 of 4")
    await ada.say("the pain is unbearable")
    await ada.wait_for("Speak to the clinic or your doctor today")
    await ada.press(SPOKEN)
    await ada.wait_for("one step easier")
    await ada.say("/routine")
    await ada.wait_for(PAGES["emergency"])
    await ada.say("none")
    await pass_screening(ada)


async def test_answers_of_hours_ago_are_asked_anew(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Who comes back to the last page much later begins again, because the day may have changed everything."""
    await at_page(settled_ada, "urgent")
    lumbar.move(hours=4)
    await settled_ada.say("no")
    await settled_ada.wait_for(PAGES["emergency"])
    assert lumbar.rows("session", settled_ada) == []
    assert lumbar.chat(settled_ada)["state"] == "screening"
