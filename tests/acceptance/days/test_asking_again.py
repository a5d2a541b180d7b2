"""Asking once more: after a reminder, for those who want it, and how often at all, after seven ignored days."""

from datetime import datetime, timedelta

import pytest

from tests.acceptance.bot_at_work import BotAtWork, begin_routine, next_reminder, set_up
from tests.acceptance.person import Person, labels, text_of
from tests.acceptance.reminded import (
    NEW_YORK,
    REMINDER,
    Place,
    came_at,
    change_time,
    days_reminded,
    local,
    put_off,
    today_at,
)

AGAIN = "There is still time today."
HOW_OFTEN = "How often shall I remind you?"


async def wants_follow_up(person: Person, label: str = "Ask after 60 min") -> None:
    """Choose in the settings to be asked once more."""
    await person.say("/settings")
    await person.wait_for("Your settings")
    await person.press(label)
    await person.wait_for("I ask once more, without a sound")


async def asked(person: Person, text: str = AGAIN) -> int:
    """Count the messages with a text in the person's chat."""
    return sum(text in text_of(message) for message in await person.messages())


async def daily(lumbar: BotAtWork, person: Person, days: int) -> None:
    """Live so many days without a sign of life."""
    for _ in range(days):
        await next_reminder(lumbar, person)


async def test_nobody_is_asked_again_who_did_not_choose_it(lumbar: BotAtWork, ada: Person) -> None:
    """It is off to begin with."""
    await next_reminder(lumbar, ada)
    lumbar.move(hours=1)
    await days_reminded(lumbar, ada)
    assert await asked(ada) == 0
    assert lumbar.due_at(ada, "follow_up") is None


async def test_it_comes_once_a_while_after_the_reminder(lumbar: BotAtWork, ada: Person) -> None:
    """Without a sound and in other words; it can be answered as the reminder can, and be turned off again."""
    await wants_follow_up(ada)
    first = await next_reminder(lumbar, ada)
    lumbar.move(minutes=59)
    await lumbar.sent_everything()
    assert await asked(ada) == 0
    lumbar.move(minutes=2)
    message = await ada.wait_for(AGAIN)
    assert came_at(message) - came_at(first) in {timedelta(minutes=60), timedelta(minutes=61)}
    assert labels(message) == labels(first)
    await ada.say("not today")
    await ada.wait_for("No more reminder today")
    lumbar.move(hours=3)
    await days_reminded(lumbar, ada)
    assert await asked(ada) == 1
    await ada.say("/settings")
    await ada.wait_for("Your settings")
    await ada.press("Do not ask again")
    await ada.wait_for("I do not ask again.")
    await next_reminder(lumbar, ada)
    lumbar.move(hours=1, minutes=1)
    await days_reminded(lumbar, ada)
    assert await asked(ada) == 1


async def test_it_comes_once_a_day_however_many_reminders(lumbar: BotAtWork, ada: Person) -> None:
    """Of three reminders the first that is not followed is asked about."""
    await wants_follow_up(ada, "Ask after 30 min")
    await ada.say("every day at 8 am, 1 pm and 7 pm")
    await ada.wait_for("Shall I remind you then?")
    await ada.say("yes")
    await ada.wait_for("Next reminder")
    for day in range(2):
        for hour in (8, 13, 19):
            lumbar.move_to(today_at(lumbar, hour) if not day or hour != 8 else today_at(lumbar, 8) + timedelta(days=1))
            await ada.wait_for(REMINDER)
            lumbar.move(minutes=31)
            await days_reminded(lumbar, ada)
            await lumbar.sent_everything()
        assert await asked(ada) == day + 1


@pytest.mark.parametrize("deed", ["start", "done", "skip", "snooze", "pause", "hold", "block"])
async def test_it_does_not_come_after_an_answer(lumbar: BotAtWork, ada: Person, deed: str) -> None:
    """Begun, done, left out, put off, paused, held or blocked: there is nothing to ask."""
    await wants_follow_up(ada)
    first = await next_reminder(lumbar, ada)
    match deed:
        case "start":
            await begin_routine(ada)
        case "done" | "skip":
            await ada.press_on(first["message_id"], "Done already" if deed == "done" else "Not today")
        case "snooze":
            await put_off(ada, first, "10 min")
            await ada.wait_for("Later, then.")
            lumbar.move(minutes=10)
            await ada.wait_for(REMINDER)
        case "pause":
            await ada.say("pause until monday")
            await ada.wait_for("Reminders are paused until")
        case "hold":
            await ada.say("I fell and hurt my back badly")
            await ada.wait_for("Your routine is on hold")
        case "block":
            await ada.block()
    async with await lumbar.person("Bob") as bob:
        await set_up(bob)
        assert lumbar.due_at(ada, "follow_up") is None
        lumbar.move(hours=1, minutes=1)
        await days_reminded(lumbar, bob)
    assert await asked(ada) == 0


async def test_it_does_not_come_at_quiet_hours(lumbar: BotAtWork, ada: Person) -> None:
    """A reminder at half past nine in the evening has none after ten."""
    await wants_follow_up(ada)
    await ada.say("every day at 9:30 pm")
    await ada.wait_for("Shall I remind you then?")
    await ada.say("yes")
    await ada.wait_for("Next reminder")
    await next_reminder(lumbar, ada)
    assert lumbar.due_at(ada, "follow_up") is None
    lumbar.move(hours=1, minutes=1)
    await lumbar.sent_everything()
    assert await asked(ada) == 0


async def test_after_downtime_it_is_dropped(here: Place) -> None:
    """Late beyond the grace period, as a reminder would be."""
    async with await Person.create(here.address) as ada:
        async with here.bot() as lumbar:
            await set_up(ada)
            await wants_follow_up(ada)
            lumbar.move_to(today_at(lumbar, 7, 30))
            await ada.wait_for(REMINDER)
        here.clock.move(timedelta(hours=4))
        async with here.bot() as lumbar:
            await days_reminded(lumbar, ada)
            assert await asked(ada) == 0
            assert lumbar.due_at(ada, "follow_up") is None


async def test_after_seven_ignored_days_the_question_comes_once(lumbar: BotAtWork, ada: Person) -> None:
    """In the place of the eighth reminder; unanswered, the reminders go on, and it is not asked again."""
    await daily(lumbar, ada, 7)
    due = lumbar.due_at(ada)
    assert due is not None
    lumbar.move_to(due)
    message = await ada.wait_for(HOW_OFTEN)
    assert labels(message) == ["As it is", "Once a week", "Take a pause", "No more reminders"]
    assert await asked(ada, REMINDER) == 7
    await daily(lumbar, ada, 9)
    assert await asked(ada, HOW_OFTEN) == 1
    await ada.say("/help")
    await ada.wait_for("I guide you through")
    await daily(lumbar, ada, 7)
    lumbar.move(days=1)
    await ada.wait_for(HOW_OFTEN)


async def test_of_several_reminders_a_day_the_first_of_the_eighth_is_the_question(
    lumbar: BotAtWork, ada: Person
) -> None:
    """Once, also where the last sign of life came between two of them."""
    await change_time(ada, "7:30 and 20:00")
    lumbar.move_to(today_at(lumbar, 9))
    await ada.say("/help")
    await ada.wait_for("I guide you through")
    for _ in range(13):  # this evening, and both of six days
        await next_reminder(lumbar, ada)
    due = lumbar.due_at(ada)
    assert due == today_at(lumbar, 7, 30) + timedelta(days=1)
    lumbar.move_to(due)
    await ada.wait_for(HOW_OFTEN)
    for _ in range(4):
        await next_reminder(lumbar, ada)
    assert await asked(ada, HOW_OFTEN) == 1


async def test_a_sign_of_life_begins_the_count_anew(lumbar: BotAtWork, ada: Person) -> None:
    """Even a press that changes nothing about the reminders."""
    await daily(lumbar, ada, 6)
    await ada.press("Later")
    await ada.wait_for(lambda seen: "10 min" in labels(seen))
    await daily(lumbar, ada, 7)
    assert await asked(ada, HOW_OFTEN) == 0


@pytest.mark.parametrize(
    ("label", "answer"),
    [
        ("As it is", "everything stays as it is"),
        ("Once a week", "Next reminder"),
        ("Take a pause", "Shall they come back by themselves?"),
        ("No more reminders", "/delete erases what is stored about you"),
    ],
)
async def test_the_answer_decides(lumbar: BotAtWork, ada: Person, label: str, answer: str) -> None:
    """Daily, on the weekday of the question, after a pause, or none until they come back."""
    await daily(lumbar, ada, 7)
    lumbar.move(days=1)
    await ada.wait_for(HOW_OFTEN)
    today = lumbar.clock.now().astimezone(NEW_YORK).date()
    await ada.press(label)
    await ada.wait_for(answer)
    expected: dict[str, datetime | None] = {
        "As it is": local(today + timedelta(days=1), 7, 30),
        "Once a week": local(today + timedelta(days=7), 7, 30),
    }
    assert lumbar.due_at(ada) == expected.get(label)
