"""What a person tells of a day, in the chat: how it compares with yesterday, a bad day, too hard or too easy.

And what the plan answers when the weeks go badly: the clinic's card, once a week.
"""

import json

import pytest
import pytest_asyncio

from tests.acceptance.bot_at_work import BotAtWork, begin_routine, lost_its_buttons, next_reminder, set_up
from tests.acceptance.person import Message, Person, labels, text_of
from tests.acceptance.reminded import NEW_YORK

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROWS = ["Start", "Bad day: one minute", "Later", "Done already", "Not today"]
QUESTION = ["Better", "Same", "Worse"]


def today(lumbar: BotAtWork) -> str:
    """Return the date on New York's clocks."""
    return lumbar.clock.now().astimezone(NEW_YORK).date().isoformat()


@pytest_asyncio.fixture(loop_scope="module")
async def ada(ada: Person) -> Person:
    """Return somebody whose reminder comes at 7:30 in New York."""
    await set_up(ada)
    return ada


async def finish_routine(ada: Person) -> Message:
    """Do the whole routine and say how the back feels; returns the last word."""
    await begin_routine(ada)
    for typed in ("done", "done", "done", "done", "1"):
        await ada.say(typed)
    return await ada.wait_for("Noted, thank you")


async def test_the_next_morning_is_told_with_one_tap(lumbar: BotAtWork, ada: Person) -> None:
    """The reminder asks while yesterday's session can be felt; the answer takes the question's place, Start stays."""
    assert labels(await next_reminder(lumbar, ada)) == ROWS
    await finish_routine(ada)
    reminder = await next_reminder(lumbar, ada)
    assert labels(reminder) == [*QUESTION, *ROWS]
    assert "Better, the same, or worse than yesterday?" in text_of(reminder)
    await ada.press_on(reminder["message_id"], "Worse")
    assert "Be gentle with yourself today" in await ada.wait_for_toast()
    marked = await ada.wait_for(lambda seen: seen["message_id"] == reminder["message_id"])
    assert labels(marked) == ["Noted: worse than yesterday", *ROWS]
    latest = lumbar.rows("day", ada)[-1]
    assert (latest["local_date"], latest["morning"], latest["wish"]) == (today(lumbar), "worse", None)
    await ada.press_on(reminder["message_id"], "Start")
    await lost_its_buttons(ada, reminder)
    await ada.wait_for("1 of 4")


async def test_who_starts_at_once_may_still_tell_the_morning(lumbar: BotAtWork, ada: Person) -> None:
    """Start takes the other buttons away and leaves the question; the answer takes its place."""
    await finish_routine(ada)
    reminder = await next_reminder(lumbar, ada)

    def changed(seen: Message) -> bool:
        return bool(seen["message_id"] == reminder["message_id"])

    await ada.press_on(reminder["message_id"], "Start")
    assert labels(await ada.wait_for(changed)) == QUESTION
    await ada.wait_for("1 of 4")
    await ada.press_on(reminder["message_id"], "Same")
    assert labels(await ada.wait_for(changed)) == ["Noted: same as yesterday"]
    assert lumbar.rows("day", ada)[-1]["morning"] == "same"


async def test_an_old_reminders_question_answers_nothing(lumbar: BotAtWork, ada: Person) -> None:
    """On the next day it is told to be old, and nothing is recorded; days later nothing is asked any more."""
    await finish_routine(ada)
    old = await next_reminder(lumbar, ada)
    latest = await next_reminder(lumbar, ada)
    assert labels(old) == labels(latest) == [*QUESTION, *ROWS]
    await ada.press_on(old["message_id"], "Better")
    assert await ada.wait_for_toast() == "That button belongs to an earlier message."
    await lost_its_buttons(ada, old)
    assert [row["morning"] for row in lumbar.rows("day", ada)] == [None]  # of the day of the session, with its pain
    assert labels(await next_reminder(lumbar, ada)) == ROWS


async def test_a_bad_day_is_one_exercise_and_counts(lumbar: BotAtWork, ada: Person) -> None:
    """From the reminder, through the questions of a first day: one exercise, kind words, a day done."""
    reminder = await next_reminder(lumbar, ada)
    await ada.press_on(reminder["message_id"], "Bad day")
    while "A bad day, then." not in text_of(seen := await ada.next_message()):
        if labels(seen):
            await ada.say("2" if "10" in labels(seen) else "none")
    step = await ada.wait_for("1 of 1")
    assert "Knee rolls" in text_of(step)
    assert "4 times in all, 2 to each side" in text_of(step)
    await ada.press_on(step["message_id"], "Done")
    end = await ada.wait_for("How does your back feel now")
    assert "1 of 7 days this week" in text_of(end)
    await ada.press("1")
    assert "hard" not in text_of(await ada.wait_for("Noted, thank you"))
    (session,) = lumbar.rows("session", ada)
    assert (session["status"], session["is_minimum"], session["level"]) == ("finished", 1, "settle")


async def test_a_routine_that_turns_out_too_much_becomes_the_minimum(lumbar: BotAtWork, ada: Person) -> None:
    """The button stands below the first exercise and goes with its others; typed it does the same at any time."""
    for number in (0, 1):
        step = await begin_routine(ada)
        if number:
            await ada.press_on(step["message_id"], "Bad day")
            await lost_its_buttons(ada, step)
        else:
            await ada.say("done")
            await lost_its_buttons(ada, step)
            await ada.wait_for("2 of 4")
            await ada.say("bad day today")
        await ada.wait_for("1 of 1")
        await ada.say("done")
        await ada.wait_for("How does your back feel now")
        await ada.say("1")
        await ada.wait_for("Noted, thank you")
    found = [(row["status"], row["is_minimum"]) for row in lumbar.rows("session", ada)]
    assert found == [("stopped", 0), ("finished", 1)] * 2


@pytest.mark.parametrize(
    ("label", "typed", "wish", "answer"),
    [
        ("Too hard", "too hard", "easier", "I make it easier where I can"),
        ("Too easy", "that was too easy", "harder", "I add a little as soon as your days allow it"),
        ("Just right", None, None, "Good to know"),
    ],
)
async def test_too_hard_or_too_easy_is_asked_after_the_last_rating(  # noqa: PLR0917 - a table of cases
    lumbar: BotAtWork, ada: Person, label: str, typed: str | None, wish: str | None, answer: str
) -> None:
    """It is recorded for the day, told in the export and erased with everything else; typed it is the same."""
    last = await finish_routine(ada)
    assert labels(last) == ["Too hard", "Just right", "Too easy"]
    await ada.press_on(last["message_id"], label)
    await lost_its_buttons(ada, last)
    await ada.wait_for(answer)
    (day,) = lumbar.rows("day", ada)
    assert (day["local_date"], day["morning"], day["wish"]) == (today(lumbar), None, wish)
    if typed is not None:
        lumbar.move(days=1)
        await ada.say(typed)
        await ada.wait_for(answer)
        assert [row["wish"] for row in lumbar.rows("day", ada)] == [wish, wish]
    await ada.say("/delete")
    await ada.wait_for("Erase everything stored about you?")
    await ada.press("Erase everything")
    await ada.wait_for("is erased")
    assert lumbar.rows("day", ada) == []


async def test_three_days_of_strong_pain_send_to_the_clinic_once_a_week(lumbar: BotAtWork, ada: Person) -> None:
    """The card with the clinic's number stands before the first exercise; the next day only a line says why."""
    for _ in range(3):
        await begin_routine(ada)
        await ada.say("it hurts")
        await ada.wait_for("How strong is the pain")
        await ada.say("6")
        await ada.wait_for("Stop this exercise for today")
        await ada.press("Stop for today")
        await ada.wait_for("Stopped for today")
        lumbar.move(days=4)
    step = await begin_routine(ada)
    shown = [text_of(message) for message in await ada.messages()]
    (card,) = [text for text in shown if "Strong pain on three days within a month" in text]
    assert "(212) 555-0123" in card
    assert shown.index(card) == len(shown) - 2
    assert shown[-1] == text_of(step)
    await ada.say("stop")
    await ada.wait_for("Stopped for today")
    lumbar.move(days=1)
    await begin_routine(ada)
    shown = [text_of(message) for message in await ada.messages()]
    assert sum("Strong pain on three days" in text for text in shown) == 1
    assert "Today: Flare. Only very easy things until you have talked it over with the clinic: /clinic" in shown
    assert [row["level"] for row in lumbar.rows("session", ada)][-2:] == ["flare", "flare"]
    exercises = json.loads(lumbar.chat(ada)["session"])["prescriptions"]
    assert exercises[0]["exercise_id"] == "prone-lying"
