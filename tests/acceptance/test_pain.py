"""Pain after an exercise and after the routine: what each rating leads to, tapped and typed, and what is recorded.

The cut-offs are the clinical brief's, section 3: 0-3 carry on gently, 4-5 the easier variant, 6-7 this exercise ends
and the clinic is offered, 8-10 the session ends with the referral.
"""

import json

import pytest

from tests.acceptance.bot_at_work import EXERCISES, BotAtWork, begin_routine, lost_its_buttons
from tests.acceptance.person import Message, Person, labels, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

GENTLE, EASIER, CLINIC, REFERRAL = range(4), range(4, 6), range(6, 8), range(8, 11)
TYPED = [(0, "no pain"), (1, "1"), (2, "two"), (3, "3/10"), (4, "4"), (5, "five"), (5, "maybe 4-5"), (6, "6 out of 10")]
TYPED += [(7, "7/10"), (7, "seven"), (8, "8"), (8, "8/10"), (9, "nine!"), (10, "ten"), (10, "10 out of 10")]


async def say_it_hurts(person: Person) -> Message:
    """Begin the routine and press Pain under the first exercise; returns the question."""
    await begin_routine(person)
    await person.press("Pain")
    return await person.wait_for("How strong is the pain")


async def assert_answered(lumbar: BotAtWork, ada: Person, rating: int) -> None:
    """Check the answer to a rating of the first exercise, and every record it leaves."""
    answer = await ada.next_message()
    if rating in GENTLE:
        assert "Carry on gently" in text_of(answer)
        assert text_of(await ada.next_message()).startswith("2 of 4")
    elif rating in EASIER:
        assert "There is an easier way" in text_of(answer)
    elif rating in CLINIC:
        assert "Stop this exercise for today" in text_of(answer)
        assert "(212) 555-0123" in text_of(answer)
        assert labels(answer)[:2] == ["Go on gently", "Stop for today"]
    else:
        assert "Speak to the clinic or your doctor today" in text_of(answer)
        assert "I have spoken to someone" in labels(answer)
    (row,) = lumbar.rows("answer", ada)
    assert (row["exercise_id"], row["outcome"], row["rating"], row["easier"]) == (EXERCISES[0], "pain", rating, 0)
    findings = [(row["tier"], row["rule_id"]) for row in lumbar.rows("finding", ada)]
    expected = {CLINIC: [("referral", "R2-rating")], REFERRAL: [("urgent", "U1-rating")]}
    assert findings == next((found for ratings, found in expected.items() if rating in ratings), [])
    assert (lumbar.hold(ada) is not None) is (rating in REFERRAL)
    (session,) = lumbar.rows("session", ada)
    assert session["status"] == ("stopped" if rating in REFERRAL else None)


@pytest.mark.parametrize("rating", range(11))
async def test_a_rating_by_button(lumbar: BotAtWork, settled_ada: Person, rating: int) -> None:
    """Each of the eleven buttons."""
    question = await say_it_hurts(settled_ada)
    await settled_ada.press_on(question["message_id"], str(rating))
    if rating in REFERRAL:
        await assert_answered(lumbar, settled_ada, rating)
        await lost_its_buttons(settled_ada, question)
    else:
        await lost_its_buttons(settled_ada, question)
        await assert_answered(lumbar, settled_ada, rating)


@pytest.mark.parametrize(("rating", "typed"), TYPED)
async def test_a_rating_in_words(lumbar: BotAtWork, settled_ada: Person, rating: int, typed: str) -> None:
    """The same typed, in figures and in words."""
    await say_it_hurts(settled_ada)
    await settled_ada.say(typed)
    await assert_answered(lumbar, settled_ada, rating)


@pytest.mark.parametrize("typed", ["🙂", "dunno", "11", "-1", "quite a bit"])
async def test_an_unreadable_rating_is_asked_again(settled_ada: Person, typed: str) -> None:
    """What is no number from 0 to 10 gets an example and the buttons again, and a number then counts."""
    await say_it_hurts(settled_ada)
    await settled_ada.say(typed)
    again = await settled_ada.wait_for("for example 4")
    assert labels(again) == [str(rating) for rating in range(11)]
    await settled_ada.say("2")
    await settled_ada.wait_for("Carry on gently")


async def test_the_easier_variant_is_shown_and_recorded(lumbar: BotAtWork, settled_ada: Person) -> None:
    """At 4-5 the same exercise comes again in its easier variant, with its own dose and its own record."""
    await say_it_hurts(settled_ada)
    await settled_ada.say("5")
    await settled_ada.wait_for("There is an easier way")
    await settled_ada.press("Try the easier way")
    step = await settled_ada.wait_for("the easier way")
    assert text_of(step).startswith("1 of 4 · Bottom to heels")
    assert "3 times" in text_of(step)
    await settled_ada.press_on(step["message_id"], "Done")
    await settled_ada.wait_for("2 of 4")
    first, second = lumbar.rows("answer", settled_ada)
    assert (first["outcome"], first["rating"], first["easier"]) == ("pain", 5, 0)
    assert (second["outcome"], second["rating"], second["easier"]) == ("done", None, 1)
    assert (json.loads(first["dose"])["repetitions"], json.loads(second["dose"])["repetitions"]) == (5, 3)


async def test_pain_in_the_easier_variant_too_leaves_the_exercise(lumbar: BotAtWork, settled_ada: Person) -> None:
    """4-5 again in the easier variant: this exercise rests, the next one comes."""
    await say_it_hurts(settled_ada)
    await settled_ada.say("4")
    await settled_ada.wait_for("There is an easier way")
    await settled_ada.say("yes please")
    await settled_ada.wait_for("the easier way\n")
    await settled_ada.say("it hurts")
    await settled_ada.wait_for("How strong is the pain")
    await settled_ada.say("4")
    assert "rests for today" in text_of(await settled_ada.next_message())
    assert text_of(await settled_ada.next_message()).startswith("2 of 4")
    assert [row["rating"] for row in lumbar.rows("answer", settled_ada)] == [4, 4]


@pytest.mark.parametrize("typed", ["no", "skip", "next"])
async def test_the_easier_variant_can_be_declined(settled_ada: Person, typed: str) -> None:
    """No, skip and next leave the exercise and go on."""
    await say_it_hurts(settled_ada)
    await settled_ada.say("5")
    await settled_ada.wait_for("There is an easier way")
    await settled_ada.say(typed)
    assert text_of(await settled_ada.next_message()).startswith("2 of 4")


@pytest.mark.parametrize("typed", ["too hard", "make it easier please"])
async def test_the_easier_variant_can_be_asked_for(settled_ada: Person, typed: str) -> None:
    """Whoever finds an exercise too hard need not be in pain to get the easier way."""
    await begin_routine(settled_ada)
    await settled_ada.say(typed)
    assert "the easier way" in text_of(await settled_ada.next_message())


@pytest.mark.parametrize(
    ("label", "follows"), [("Go on gently", "2 of 4"), ("Stop for today", "Stopped for today, and that is fine")]
)
async def test_after_6_or_7_the_person_decides(settled_ada: Person, label: str, follows: str) -> None:
    """Going on and stopping are both one tap away."""
    await say_it_hurts(settled_ada)
    await settled_ada.say("7")
    offer = await settled_ada.wait_for("Stop this exercise for today")
    await settled_ada.press(label)
    await lost_its_buttons(settled_ada, offer)
    assert follows in text_of(await settled_ada.next_message())


@pytest.mark.parametrize("rating", range(11))
async def test_how_the_back_feels_afterwards(lumbar: BotAtWork, settled_ada: Person, rating: int) -> None:
    """The closing rating is recorded with the finished session; strong pain is answered as anywhere else."""
    await begin_routine(settled_ada)
    for _ in EXERCISES:
        await settled_ada.say("done")
    await settled_ada.wait_for("How does your back feel now")
    await settled_ada.say(str(rating))
    answer = await settled_ada.next_message()
    if rating <= 5:
        assert "Noted, thank you" in text_of(answer)
    else:
        assert "(212) 555-0123" in text_of(answer)
    (session,) = lumbar.rows("session", settled_ada)
    assert (session["status"], session["rating"]) == ("finished", rating)
    assert len(lumbar.rows("finding", settled_ada)) == (rating >= 6)
    assert (lumbar.hold(settled_ada) is not None) is (rating >= 8)


@pytest.mark.parametrize(("typed", "follows"), [("it hurts", "one number from 0 to 10"), ("done", "See you next time")])
async def test_the_closing_question_in_words(settled_ada: Person, typed: str, follows: str) -> None:
    """Pain without a number is asked about; a plain "done" ends the day with a word."""
    await begin_routine(settled_ada)
    for _ in EXERCISES:
        await settled_ada.say("skip")
    await settled_ada.wait_for("How does your back feel now")
    await settled_ada.say(typed)
    assert follows in text_of(await settled_ada.wait_for(follows))
