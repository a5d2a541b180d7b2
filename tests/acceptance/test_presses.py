"""Buttons tapped twice, tapped late, and buttons that never were: nothing is skipped, repeated or decided by chance."""

import asyncio
from zoneinfo import ZoneInfo

import pytest

from tests.acceptance.bot_at_work import (
    EXERCISES,
    BotAtWork,
    begin_routine,
    everything_said,
    lost_its_buttons,
    next_at,
    next_reminder,
    pass_screening,
)
from tests.acceptance.person import Message, Person, labels, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

NEW_YORK = ZoneInfo("America/New_York")
OLD_BUTTON = "That button belongs to an earlier message."
ALREADY_NOTED = "Already noted."


def data_of(message: Message, label: str) -> str:
    """Return what a button carries."""
    rows = message["reply_markup"]["inline_keyboard"]
    data: str = next(button["callback_data"] for row in rows for button in row if label in button["text"])
    return data


async def press_twice_at_once(person: Person, message: Message, label: str) -> None:
    """Send two presses of the same button without waiting in between."""
    press = (message["message_id"], data_of(message, label))
    await asyncio.gather(person.press_data(*press), person.press_data(*press))


async def test_done_pressed_twice_at_once_skips_no_step(lumbar: BotAtWork, settled_ada: Person) -> None:
    """One answer, one next exercise, and a line at the second tap."""
    step = await begin_routine(settled_ada)
    await press_twice_at_once(settled_ada, step, "Done")
    await settled_ada.wait_for("2 of 4")
    assert sorted([await settled_ada.wait_for_toast(), await settled_ada.wait_for_toast()]) == ["", ALREADY_NOTED]
    said = await everything_said(settled_ada)
    assert len([text for text in said if "2 of 4" in text]) == 1
    assert [text for text in said if "3 of 4" in text] == []
    assert len(lumbar.rows("answer", settled_ada)) == 1
    last = (await settled_ada.messages())[-3]
    assert labels(last) == ["Done", "Pain", "Skip", "Stop", "How to"]


async def test_no_button_of_the_first_day_asks_twice(lumbar: BotAtWork, ada: Person) -> None:
    """Consent, zone, time, Start, the questions and the ratings, each tapped twice: every message comes once."""
    await ada.say("/start")
    await press_twice_at_once(ada, await ada.wait_for("What I am not"), "I understand")
    await press_twice_at_once(ada, await ada.wait_for("Where are you?"), "London")
    await press_twice_at_once(ada, await ada.wait_for("shall I remind you?"), "07:30")
    await press_twice_at_once(ada, await ada.wait_for("You are all set"), "Start now")
    for words, label in (("today or lately", "None"), ("pain right now", "1"), ("And any of this?", "None")):
        await press_twice_at_once(ada, await ada.wait_for(words), label)
    await press_twice_at_once(ada, await ada.wait_for("1 of 4"), "Pain")
    await press_twice_at_once(ada, await ada.wait_for("How strong is the pain"), "4")
    await press_twice_at_once(ada, await ada.wait_for("There is an easier way"), "Try the easier way")
    for number in range(1, 5):
        await press_twice_at_once(ada, await ada.wait_for(f"{number} of 4"), "Done")
    await press_twice_at_once(ada, await ada.wait_for("How does your back feel now"), "3")
    await ada.wait_for("Noted, thank you")
    said = await everything_said(ada)
    assert [text for number, text in enumerate(said) if text in said[:number]] == []
    assert [row["outcome"] for row in lumbar.rows("answer", ada)] == ["pain", *["done"] * 4]


async def test_an_earlier_exercise_s_button_shows_where_we_are(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Later in the session an old Done changes nothing: the present exercise is shown anew, and works."""
    first = await begin_routine(settled_ada)
    await settled_ada.press("Done")
    second = await settled_ada.wait_for("2 of 4")
    assert await settled_ada.wait_for_toast() == ""
    lumbar.move(minutes=1)
    await settled_ada.press_data(first["message_id"], data_of(first, "Done"))
    assert await settled_ada.wait_for_toast() == OLD_BUTTON
    await lost_its_buttons(settled_ada, second)
    await settled_ada.wait_for("2 of 4")
    await settled_ada.press("Done")
    await settled_ada.wait_for("3 of 4")
    assert [row["step"] for row in lumbar.rows("answer", settled_ada)] == [0, 1]


@pytest.mark.parametrize("label", ["Later", "Not today"])
async def test_yesterday_s_reminder_decides_nothing_about_today(
    lumbar: BotAtWork, settled_ada: Person, label: str
) -> None:
    """Later and Not today of an earlier day get a line; today's reminder comes all the same."""
    reminder = await next_reminder(lumbar, settled_ada)
    lumbar.move(hours=20)
    await settled_ada.press_on(reminder["message_id"], label)
    assert await settled_ada.wait_for_toast() == OLD_BUTTON
    assert [row["next_due_at"] for row in lumbar.rows("reminder", settled_ada) if row["kind"] == "snooze"] in (
        [],
        [None],
    )
    await next_reminder(lumbar, settled_ada)


async def test_start_on_yesterday_s_reminder_starts_today_s_routine(lumbar: BotAtWork, settled_ada: Person) -> None:
    """A wish to exercise is never too late."""
    reminder = await next_reminder(lumbar, settled_ada)
    lumbar.move(hours=20)
    await settled_ada.press_on(reminder["message_id"], "Start")
    await pass_screening(settled_ada)
    (session,) = lumbar.rows("session", settled_ada)
    assert session["local_date"] == lumbar.clock.now().astimezone(NEW_YORK).date().isoformat()


@pytest.mark.parametrize("by_button", [True, False], ids=["pressed", "typed"])
async def test_yesterday_s_exercise_is_noted_and_goes_no_further(
    lumbar: BotAtWork, settled_ada: Person, *, by_button: bool
) -> None:
    """The answer is kept, yesterday's session is closed, and /routine starts today's from the beginning."""
    step = await begin_routine(settled_ada)
    lumbar.move(days=1)
    await (settled_ada.press_on(step["message_id"], "Done") if by_button else settled_ada.say("done"))
    await lost_its_buttons(settled_ada, step)
    assert "was from another day" in text_of(await settled_ada.wait_for("/routine"))
    assert [row["outcome"] for row in lumbar.rows("answer", settled_ada)] == ["done"]
    await begin_routine(settled_ada)
    assert [row["status"] for row in lumbar.rows("session", settled_ada)] == ["abandoned", None]


async def test_a_strong_pain_rated_a_day_later_is_referred_all_the_same(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Safety knows no yesterday."""
    await begin_routine(settled_ada)
    await settled_ada.press("Pain")
    question = await settled_ada.wait_for("How strong is the pain")
    lumbar.move(days=1)
    await settled_ada.press_on(question["message_id"], "9")
    await settled_ada.wait_for("Back Center New York")
    assert lumbar.hold(settled_ada) is not None


async def test_the_last_exercise_done_a_day_later_leaves_today_s_reminder(
    lumbar: BotAtWork, settled_ada: Person
) -> None:
    """Yesterday's routine is finished then, and counts for yesterday: today still has its own."""
    await begin_routine(settled_ada)
    for word in ("done", "done", "done"):
        await settled_ada.say(word)
    step = await settled_ada.wait_for("4 of 4")
    await next_reminder(lumbar, settled_ada)
    lumbar.move(hours=20)
    due = lumbar.due_at(settled_ada)
    await settled_ada.press_on(step["message_id"], "Done")
    await settled_ada.wait_for("How does your back feel now")
    assert lumbar.due_at(settled_ada) == due


async def test_a_session_across_midnight_goes_on(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Whoever begins before midnight finishes after it, and all of it is that evening's."""
    tonight = next_at(lumbar, "America/New_York", 23, 50).astimezone(NEW_YORK)
    lumbar.move_to(tonight)
    await begin_routine(settled_ada)
    lumbar.move(minutes=20)
    for word in ("done", "skip", "done", "done"):
        await settled_ada.say(word)
    await settled_ada.wait_for("How does your back feel now")
    for table in ("session", "answer"):
        assert {row["local_date"] for row in lumbar.rows(table, settled_ada)} == {tonight.date().isoformat()}


@pytest.mark.parametrize(
    ("typed", "follows", "sessions"),
    [("start", "1 of 4", 2), ("skip", "No more reminder today", 1), ("later", "Later, then", 1)],
)
async def test_a_closing_question_left_open_does_not_stand_in_the_next_day_s_way(
    lumbar: BotAtWork, settled_ada: Person, typed: str, follows: str, sessions: int
) -> None:
    """The next reminder is answered in words although yesterday's "how does your back feel" never was."""
    await begin_routine(settled_ada)
    for _ in EXERCISES:
        await settled_ada.say("done")
    await settled_ada.wait_for("How does your back feel now")
    await next_reminder(lumbar, settled_ada)
    await settled_ada.say(typed)
    await settled_ada.wait_for(follows)
    assert len(lumbar.rows("session", settled_ada)) == sessions
    assert len(lumbar.rows("answer", settled_ada)) == len(EXERCISES)


@pytest.mark.parametrize(
    "data",
    [
        "garbage",
        "step:done:99.9.9",
        "step:done:0.0.0",
        "step:explode:1.0.0",
        "rate:11:1.0.0",
        "zone:../../../etc/passwd",
        "time:9999",
        "erase:99999999999999999999",
        "snooze:-5",
        "💥" * 16,
        "\u0000\u0001",
        "consent",
    ],
)
async def test_a_button_with_garbage_changes_nothing(lumbar: BotAtWork, settled_ada: Person, data: str) -> None:
    """Whatever a curious client sends is answered and harmless, in a session and out of it."""
    step = await begin_routine(settled_ada)
    lumbar.move(minutes=1)
    before = lumbar.chat(settled_ada) | {"live_key": "", "changed_at": ""}
    await settled_ada.press_data(step["message_id"], data)
    assert await settled_ada.wait_for_toast() == OLD_BUTTON
    assert lumbar.chat(settled_ada) | {"live_key": "", "changed_at": ""} == before
    assert lumbar.rows("answer", settled_ada) == []
