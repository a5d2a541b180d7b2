"""What answers a reminder: its buttons for later and for a day that is done, and words that mean the same."""

from datetime import datetime, timedelta

import pytest

from tests.acceptance.bot_at_work import BotAtWork, begin_routine, next_reminder
from tests.acceptance.person import Message, Person, labels, text_of
from tests.acceptance.reminded import days_reminded, put_off, reminder, reminders_seen, today_at

USUAL = ["Start", "Bad day: one minute", "Later", "Done already", "Not today"]
CHOICES = ["10 min", "30 min", "60 min", "Another time", "Back"]
QUESTION = ["Better", "Same", "Worse"]
DONE = "today counts as done"


async def shows(person: Person, message: Message, wanted: list[str]) -> None:
    """Wait until a message has these buttons."""
    await person.wait_for(lambda seen: seen["message_id"] == message["message_id"] and labels(seen) == wanted)


def told_done(lumbar: BotAtWork, person: Person) -> list[str]:
    """Return the days that count by the person's word."""
    return [row["local_date"] for row in lumbar.rows("occurrence", person) if row["kind"] == "own_word"]


def snoozed_to(lumbar: BotAtWork, person: Person) -> datetime | None:
    """Return when the snoozed reminder is due, to the minute."""
    due = lumbar.due_at(person, "snooze")
    return None if due is None else due.replace(second=0, microsecond=0)


async def finish(person: Person) -> None:
    """Do the whole routine and say how the back feels."""
    await begin_routine(person)
    for typed in ("done", "done", "done", "done", "1"):
        await person.say(typed)
    await person.wait_for("Noted, thank you")


async def test_later_offers_times_and_the_way_back(lumbar: BotAtWork, ada: Person) -> None:
    """In the reminder itself; nothing is put off before a time is chosen, and the chosen one is kept."""
    first = await next_reminder(lumbar, ada)
    await ada.press_on(first["message_id"], "Later")
    await shows(ada, first, CHOICES)
    await ada.press_on(first["message_id"], "Back")
    await shows(ada, first, USUAL)
    assert lumbar.due_at(ada, "snooze") is None
    await put_off(ada, first, "10 min")
    await ada.wait_for("Later, then.")
    assert snoozed_to(lumbar, ada) == today_at(lumbar, 7, 40)
    lumbar.move(minutes=10)
    again = await reminder(ada)
    await put_off(ada, again, "60 min")
    await ada.wait_for("Later, then.")
    assert snoozed_to(lumbar, ada) == today_at(lumbar, 8, 40)


async def test_another_time_is_typed(lumbar: BotAtWork, ada: Person) -> None:
    """The next words say when, and change nothing about the daily time; the buttons stay as they were."""
    first = await next_reminder(lumbar, ada)
    await put_off(ada, first, "Another time")
    await ada.wait_for("When shall I remind you again today?")
    assert labels(next(m for m in await ada.messages() if m["message_id"] == first["message_id"])) == USUAL
    assert lumbar.due_at(ada, "snooze") is None
    await ada.say("8 pm")
    await ada.wait_for("Later, then.")
    assert snoozed_to(lumbar, ada) == today_at(lumbar, 20)
    assert lumbar.due_at(ada) == today_at(lumbar, 7, 30) + timedelta(days=1)


async def test_the_question_about_the_morning_stays_beside_the_choices(lumbar: BotAtWork, ada: Person) -> None:
    """Open it stays open, answered it stays answered; the snoozed reminder does not ask again."""
    await finish(ada)
    first = await next_reminder(lumbar, ada)
    await ada.press_on(first["message_id"], "Later")
    await shows(ada, first, [*QUESTION, *CHOICES])
    await ada.press_on(first["message_id"], "Same")
    await shows(ada, first, ["Noted: same as yesterday", *USUAL])
    await ada.press_on(first["message_id"], "Later")
    await shows(ada, first, ["Noted: same as yesterday", *CHOICES])
    await ada.press_on(first["message_id"], "10 min")
    await ada.wait_for("Later, then.")
    lumbar.move(minutes=10)
    again = await reminder(ada)
    assert labels(again) == USUAL
    assert "yesterday" not in text_of(again)


@pytest.mark.parametrize("by_button", [True, False], ids=["pressed", "typed"])
async def test_done_already_counts_and_ends_the_day(lumbar: BotAtWork, ada: Person, *, by_button: bool) -> None:
    """It is praised, noted once however often it is said, and the snoozed reminder does not come any more."""
    first = await next_reminder(lumbar, ada)
    await ada.say("in 30 minutes")
    await ada.wait_for("Later, then.")
    if by_button:
        await ada.press_on(first["message_id"], "Done already")
    else:
        await ada.say("already did it")
    await ada.wait_for(DONE)
    await ada.say("I did it already")
    await ada.wait_for(DONE)
    assert told_done(lumbar, ada) == [f"{today_at(lumbar, 7):%Y-%m-%d}"]
    lumbar.move(hours=1)
    await days_reminded(lumbar, ada)
    assert await reminders_seen(ada) == 1
    await ada.say("/progress")
    await ada.wait_for("This week: one day")
    await next_reminder(lumbar, ada)


async def test_told_before_the_reminder_it_does_not_come(lumbar: BotAtWork, ada: Person) -> None:
    """Whoever did it in the morning without the bot is not reminded that day."""
    await ada.say("I already did my exercises")
    await ada.wait_for(DONE)
    lumbar.move_to(today_at(lumbar, 7, 30))
    assert await days_reminded(lumbar, ada) == []


async def test_told_after_midnight_it_is_the_evening_s(lumbar: BotAtWork, ada: Person) -> None:
    """Until three in the morning the day before counts, and the coming morning's reminder stays."""
    await next_reminder(lumbar, ada)
    evening = today_at(lumbar, 7)
    lumbar.move_to(evening + timedelta(hours=18, minutes=30))  # 01:30
    await ada.say("already did it")
    await ada.wait_for(DONE)
    assert told_done(lumbar, ada) == [f"{evening:%Y-%m-%d}"]
    await next_reminder(lumbar, ada)


async def test_done_already_ends_what_runs(lumbar: BotAtWork, ada: Person) -> None:
    """Pressed in the middle of a routine the day counts and the routine stops; typed, "done" is the exercise's."""
    first = await next_reminder(lumbar, ada)
    await begin_routine(ada)
    await ada.say("already did it")
    await ada.wait_for("2 of 4")
    assert told_done(lumbar, ada) == []
    await ada.press_on(first["message_id"], "Done already")
    await ada.wait_for(DONE)
    assert [row["status"] for row in lumbar.rows("session", ada)] == ["stopped"]
    assert lumbar.chat(ada)["state"] == "idle"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("ok", "Before we begin"),
        ("👍", "Before we begin"),
        ("not today", "No more reminder today"),
        ("no", "No more reminder today"),
        ("done", DONE),
        ("later", "I will remind you again"),
        ("20 minutes", "I will remind you again"),
        ("at 8 pm", "I will remind you again"),
        ("tonight", "I will remind you again"),
        ("every day at 8 pm", "Shall I remind you then?"),
    ],
)
async def test_words_answer_the_reminder(lumbar: BotAtWork, ada: Person, typed: str, answer: str) -> None:
    """Right after it they mean what its buttons mean."""
    await next_reminder(lumbar, ada)
    await ada.say(typed)
    await ada.wait_for(answer)


async def test_who_did_something_else_meanwhile_answers_no_reminder(lumbar: BotAtWork, ada: Person) -> None:
    """An "ok" after help is no start, and a time is the daily one."""
    await next_reminder(lumbar, ada)
    await ada.say("/help")
    await ada.wait_for("I guide you through")
    await ada.say("ok")
    await ada.wait_for("I did not understand that")
    await ada.say("8 pm")
    await ada.wait_for("Shall I remind you then?")


@pytest.mark.parametrize(("typed", "morning"), [("a bit better today", "better"), ("Same", "same"), ("worse", "worse")])
async def test_the_morning_can_be_typed(lumbar: BotAtWork, ada: Person, typed: str, morning: str) -> None:
    """Where the reminder asked it; after that "ok" still takes the reminder up."""
    await next_reminder(lumbar, ada)
    await ada.say(typed)
    await ada.wait_for("I did not understand that")
    await finish(ada)
    await next_reminder(lumbar, ada)
    await ada.say(typed)
    await ada.wait_for("Noted")
    assert lumbar.rows("day", ada)[-1]["morning"] == morning
    await ada.say("ok")
    await ada.wait_for("1 of 4")


async def test_a_snoozed_reminder_does_not_come_into_a_routine(lumbar: BotAtWork, ada: Person) -> None:
    """Whoever begins before it is due has no need of it."""
    await put_off(ada, await next_reminder(lumbar, ada), "30 min")
    await ada.wait_for("Later, then.")
    await begin_routine(ada)
    lumbar.move(minutes=30)
    await days_reminded(lumbar, ada)
    assert await reminders_seen(ada) == 1
