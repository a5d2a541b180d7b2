"""Where two wishes about reminders meet: an open question, another day, midnight, a pause that ends by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.acceptance.bot_at_work import BotAtWork, next_reminder
from tests.acceptance.person import Person
from tests.acceptance.reminded import REMINDER, change_time, local, put_off, today_at


async def test_what_was_put_off_to_another_day_still_comes(lumbar: BotAtWork, ada: Person) -> None:
    """Leaving today out takes back what was put off to later today, and nothing that is for tomorrow."""
    await put_off(ada, await next_reminder(lumbar, ada), "30 min")
    await ada.wait_for("Later, then")
    await ada.say("not today")
    await ada.wait_for("No more reminder today")
    assert lumbar.due_at(ada, "snooze") is None
    await ada.say("tomorrow at 18:00")
    await ada.wait_for("Later, then")
    await ada.say("already did it")
    await ada.wait_for("Noted")
    assert lumbar.due_at(ada, "snooze") == today_at(lumbar, 18) + timedelta(days=1)


@pytest.mark.parametrize(
    ("asked", "typed", "answer"),
    [
        ("/time", "not today", "No more reminder today"),
        ("/time", "ok", "Before we begin"),
        ("/timezone", "later", "Later, then"),
    ],
)
async def test_a_reminder_is_answered_over_a_question_left_open(
    lumbar: BotAtWork, ada: Person, asked: str, typed: str, answer: str
) -> None:
    """What does not answer the question answers the reminder that came after it; then the question is over."""
    await ada.say(asked)
    await ada.wait_for("shall I remind you?" if asked == "/time" else "Where are you?")
    await next_reminder(lumbar, ada)
    await ada.say(typed)
    await ada.wait_for(answer)
    assert lumbar.chat(ada)["state"] in {"idle", "screening"}


async def test_an_answer_to_the_open_question_stays_one(lumbar: BotAtWork, ada: Person) -> None:
    """A time after /time is for every day, also if the reminder came in between."""
    await ada.say("/time")
    await ada.wait_for("shall I remind you?")
    await next_reminder(lumbar, ada)
    await ada.say("20:15")
    await ada.wait_for("Every day at 20:15")


@pytest.mark.parametrize("label", ["Not today", "Later"])
async def test_the_evening_s_reminder_is_open_after_midnight(lumbar: BotAtWork, ada: Person, label: str) -> None:
    """Until 3 am the day is not over; then its buttons are old."""
    await change_time(ada, "23:30")
    lumbar.move_to(today_at(lumbar, 23, 30))
    message = await ada.wait_for(REMINDER)
    lumbar.move(minutes=45)
    evening = datetime.fromtimestamp(message["date"], UTC).date() - timedelta(days=1)
    if label == "Later":
        await put_off(ada, message, "60 min")
        await ada.wait_for("Later, then")
    else:
        await ada.press_on(message["message_id"], label)
        await ada.wait_for("No more reminder today")
    assert lumbar.due_at(ada) == local(evening + timedelta(days=1), 23, 30)


async def test_stopped_reminders_do_not_come_back_by_themselves(lumbar: BotAtWork, ada: Person) -> None:
    """Whoever paused for two weeks and then wants none at all is taken at their word."""
    await ada.say("pause for two weeks")
    await ada.wait_for("paused until")
    await ada.say("no more reminders")
    await ada.wait_for("Reminders are paused. /resume")
    assert lumbar.due_at(ada) is None


async def test_who_is_asked_for_the_pain_may_say_that_it_is_done(lumbar: BotAtWork, ada: Person) -> None:
    """The day counts, and the question is over."""
    await next_reminder(lumbar, ada)
    await ada.say("my back hurts today")
    await ada.wait_for("How strong is your pain")
    await ada.say("I already did it")
    await ada.wait_for("Noted")
    assert lumbar.chat(ada)["state"] == "idle"
    assert [row["kind"] for row in lumbar.rows("occurrence", ada) if row["outcome"] == "done"] == ["own_word"]
