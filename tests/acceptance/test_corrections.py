"""Edited answers: an edit of the last one takes its place until something else is answered, and is always triaged."""

import pytest

from tests.acceptance.bot_at_work import BotAtWork, begin_routine, everything_said, set_up
from tests.acceptance.person import Message, Person, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

CLINIC = "Back Center New York"
NOT_READ = "I can only take a change of your last answer"
TAKEN = "I have corrected that"


def outcomes(lumbar: BotAtWork, person: Person) -> list[tuple[str, int | None]]:
    """Return how each exercise is on record: outcome and rating."""
    return [(row["outcome"], row["rating"]) for row in lumbar.rows("answer", person)]


async def rated(person: Person, rating: str) -> Message:
    """Tell of pain under the first exercise and rate it; returns the rating as it was sent."""
    await begin_routine(person)
    await person.say("pain")
    await person.wait_for("How strong is the pain")
    return await person.say(rating)


async def finished(person: Person) -> Message:
    """Type "done" until the end; returns the last one as it was sent."""
    await begin_routine(person)
    for number in (2, 3, 4):
        await person.say("done")
        await person.wait_for(f"{number} of 4")
    last = await person.say("done")
    await person.wait_for("How does your back feel")
    return last


async def test_a_rating_of_3_that_was_meant_as_7_leads_to_the_clinic(lumbar: BotAtWork, settled_ada: Person) -> None:
    """The next exercise was there already: its buttons go, the clinic's offer comes, and 7 is on record."""
    message = await rated(settled_ada, "3")
    shown = await settled_ada.wait_for("2 of 4")
    await settled_ada.edit(message["message_id"], "7")
    offer = await settled_ada.wait_for("Stop this exercise for today")
    assert CLINIC in text_of(offer)
    assert outcomes(lumbar, settled_ada) == [("pain", 7)]
    assert [row["rule_id"] for row in lumbar.rows("finding", settled_ada)] == ["R2-rating"]
    await settled_ada.press("Go on gently")
    again = await settled_ada.wait_for("2 of 4")
    assert again["message_id"] != shown["message_id"]


async def test_a_rating_of_3_that_was_meant_as_9_ends_the_session(lumbar: BotAtWork, settled_ada: Person) -> None:
    """The urgent referral comes and the programme is held, as if 9 had been typed at once."""
    message = await rated(settled_ada, "3")
    await settled_ada.wait_for("2 of 4")
    await settled_ada.edit(message["message_id"], "9/10")
    await settled_ada.wait_for("Speak to the clinic or your doctor today")
    assert lumbar.hold(settled_ada) is not None
    assert outcomes(lumbar, settled_ada) == [("pain", 9)]


async def test_done_that_was_meant_as_pain_is_asked_about(lumbar: BotAtWork, settled_ada: Person) -> None:
    """The exercise that hurt is rated, and the routine goes on behind it."""
    await begin_routine(settled_ada)
    message = await settled_ada.say("done")
    await settled_ada.wait_for("2 of 4")
    await settled_ada.edit(message["message_id"], "pain")
    await settled_ada.wait_for("How strong is the pain")
    await settled_ada.say("2")
    await settled_ada.wait_for("2 of 4")
    assert outcomes(lumbar, settled_ada) == [("pain", 2)]


async def test_the_last_done_that_was_meant_as_pain_opens_the_session_again(
    lumbar: BotAtWork, settled_ada: Person
) -> None:
    """It had been praised already; once the pain is rated it is praised anew, and stands as finished once."""
    message = await finished(settled_ada)
    await settled_ada.edit(message["message_id"], "it hurt")
    await settled_ada.wait_for("How strong is the pain")
    assert [row["status"] for row in lumbar.rows("session", settled_ada)] == [None]
    await settled_ada.say("1")
    await settled_ada.wait_for("How does your back feel")
    assert [row["status"] for row in lumbar.rows("session", settled_ada)] == ["finished"]
    assert outcomes(lumbar, settled_ada) == [("done", None)] * 3 + [("pain", 1)]


async def test_the_closing_rating_can_be_corrected(lumbar: BotAtWork, settled_ada: Person) -> None:
    """A 2 that was an 8 is referred, after the good-bye."""
    await finished(settled_ada)
    message = await settled_ada.say("2")
    await settled_ada.wait_for("Noted, thank you")
    await settled_ada.edit(message["message_id"], "8")
    await settled_ada.wait_for("Speak to the clinic or your doctor today")
    assert [row["rating"] for row in lumbar.rows("session", settled_ada)] == [8]
    assert lumbar.hold(settled_ada) is not None


async def test_a_screening_answer_can_be_corrected(lumbar: BotAtWork, settled_ada: Person) -> None:
    """A "none" that was a 1 is the emergency it would have been."""
    await settled_ada.say("/routine")
    await settled_ada.wait_for("Before we begin")
    message = await settled_ada.say("none")
    await settled_ada.wait_for("How strong is your pain right now")
    await settled_ada.edit(message["message_id"], "1")
    await settled_ada.wait_for("Call 911 now")
    assert lumbar.hold(settled_ada) is not None


async def test_a_change_that_changes_nothing_sends_no_exercise_twice(lumbar: BotAtWork, settled_ada: Person) -> None:
    """A mended slip of the finger, or 2 for 3: the record is right, and the conversation stands where it stood."""
    message = await rated(settled_ada, "3")
    await settled_ada.wait_for("2 of 4")
    await settled_ada.edit(message["message_id"], "2")
    assert TAKEN in text_of(await settled_ada.next_message())
    assert outcomes(lumbar, settled_ada) == [("pain", 2)]
    await settled_ada.edit(message["message_id"], "6")
    await settled_ada.wait_for("Stop this exercise for today")
    assert outcomes(lumbar, settled_ada) == [("pain", 6)]


@pytest.mark.parametrize("words", ["pain", "stop", "3"])
async def test_an_edit_of_an_older_message_changes_nothing_and_says_so(
    lumbar: BotAtWork, settled_ada: Person, words: str
) -> None:
    """The next exercise was answered in the meantime, be it by its button."""
    await begin_routine(settled_ada)
    message = await settled_ada.say("done")
    await settled_ada.wait_for("2 of 4")
    await settled_ada.press("Done")
    await settled_ada.wait_for("3 of 4")
    await settled_ada.edit(message["message_id"], words)
    assert NOT_READ in text_of(await settled_ada.next_message())
    assert outcomes(lumbar, settled_ada) == [("done", None)] * 2
    await settled_ada.edit(message["message_id"], f"{words}!")
    assert NOT_READ in text_of(await settled_ada.next_message())
    assert not [text for text in await everything_said(settled_ada) if "4 of 4" in text]


async def test_an_edit_never_takes_a_referral_back(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Neither a 7 nor an 8 becomes a 1: what was referred stays so, and the person reads why."""
    message = await rated(settled_ada, "7")
    await settled_ada.wait_for("Stop this exercise for today")
    await settled_ada.edit(message["message_id"], "1")
    await settled_ada.wait_for("to be on the safe side")
    assert outcomes(lumbar, settled_ada) == [("pain", 7)]
    await settled_ada.edit(message["message_id"], "8")
    await settled_ada.wait_for("Speak to the clinic or your doctor today")
    await settled_ada.edit(message["message_id"], "1")
    await settled_ada.wait_for("to be on the safe side")
    assert outcomes(lumbar, settled_ada) == [("pain", 8)]
    assert lumbar.hold(settled_ada) is not None


async def test_an_edit_is_triaged_however_old_its_message_is(lumbar: BotAtWork, settled_ada: Person) -> None:
    """A warning sign that is edited into an old message is heard."""
    message = await settled_ada.say("hello")
    await settled_ada.wait_for("I did not understand")
    await begin_routine(settled_ada)
    await settled_ada.say("done")
    await settled_ada.wait_for("2 of 4")
    await settled_ada.edit(message["message_id"], "I fell down the stairs and cannot feel my legs")
    await settled_ada.wait_for("Call 911 now")
    assert lumbar.hold(settled_ada) is not None


async def test_a_place_can_be_corrected_before_the_time_is_told(lumbar: BotAtWork, ada: Person) -> None:
    """Lisbon for London: the question about the time comes again, by the right clock."""
    await ada.say("/start")
    await ada.wait_for("What I am not")
    await ada.press("I understand")
    await ada.wait_for("Where are you?")
    message = await ada.say("Europe/London")
    await ada.wait_for("When shall I remind you")
    await ada.edit(message["message_id"], "Europe/Lisbon")
    await ada.wait_for("When shall I remind you")
    assert lumbar.chat(ada)["zone"] == "Europe/Lisbon"


async def test_a_second_device_that_edits_and_presses_does_no_harm(lumbar: BotAtWork, ada: Person) -> None:
    """Pressed on one, edited on the other at once: whichever came first counts, and nothing is skipped."""
    await set_up(ada)
    await begin_routine(ada)
    message = await ada.say("done")
    await ada.wait_for("2 of 4")
    await ada.press("Skip")
    await ada.edit(message["message_id"], "pain")
    await ada.wait_for(NOT_READ)
    assert outcomes(lumbar, ada) == [("done", None), ("skipped", None)]
