"""A first day with the bot, as a person lives it: from /start to the last exercise, tapped and typed."""

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.acceptance.bot_at_work import (
    EXERCISES,
    BotAtWork,
    agree,
    begin_routine,
    lost_its_buttons,
    moment_shown,
    next_at,
    pass_screening,
    set_up,
)
from tests.acceptance.person import Message, Person, labels, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

NAMES = ("Bottom to heels", "Knee rolls", "Back extensions", "Deep abdominal")
PARTS = ("How much.", "Stop if you notice:")


def styles(message: Message) -> dict[str, str | None]:
    """Return the style of every button by its label."""
    rows = message["reply_markup"]["inline_keyboard"]
    return {button["text"]: button.get("style") for row in rows for button in row}


async def test_a_first_day_by_buttons(lumbar: BotAtWork, ada: Person) -> None:
    """Consent, zone, time, four exercises and the closing rating, without typing a word after /start."""
    await ada.say("/start")
    greeting = await ada.next_message()
    assert "Hello Ada" in text_of(greeting)
    assert "nothing I say is medical advice" in text_of(greeting)
    assert len(labels(greeting)) == 1
    await ada.press("I understand")
    await lost_its_buttons(ada, greeting)
    zone_question = await ada.next_message()
    await ada.press("New York")
    await lost_its_buttons(ada, zone_question)
    time_question = await ada.next_message()
    await ada.press("07:30")
    await lost_its_buttons(ada, time_question)
    all_set = await ada.next_message()
    assert moment_shown(all_set) == next_at(lumbar, "America/New_York", 7, 30) == lumbar.due_at(ada)
    await ada.press("Start now")
    for label in ("None of these", "1", "None of these"):
        page = await ada.next_message()
        await ada.press_on(page["message_id"], label)
        await lost_its_buttons(ada, page)
    assert "getting down to the floor" in text_of(await ada.wait_for("First"))
    for number, name in enumerate(NAMES, start=1):
        step = await ada.next_message()
        bad_day = ("Bad day: one minute",) if number == 1 else ()
        assert text_of(step).startswith(f"{number} of 4 · {name}")
        assert [part for part in PARTS if part not in text_of(step)] == []
        assert styles(step) == {"Done": "success", "Pain": "danger"} | dict.fromkeys(
            ("Skip", "Stop", "How to", *bad_day)
        )
        await ada.press_on(step["message_id"], "Done")
        await lost_its_buttons(ada, step)
    end = await ada.next_message()
    assert "Your first routine is done." in text_of(end)
    assert "1 of 7 days this week" in text_of(end)
    assert moment_shown(end) == next_at(lumbar, "America/New_York", 7, 30) + timedelta(days=1)
    await ada.press_on(end["message_id"], "2")
    await lost_its_buttons(ada, end)
    assert "See you next time" in text_of(await ada.next_message())
    (session,) = lumbar.rows("session", ada)
    assert (session["status"], session["rating"], session["local_date"]) == ("finished", 2, "2026-05-06")


async def test_a_first_day_by_typed_words(lumbar: BotAtWork, ada: Person) -> None:
    """The same day typed, each exercise answered in other words; every answer is on record."""
    await agree(ada)
    await ada.say("Tokyo")
    await ada.wait_for("shall I remind you?")
    await ada.say("half past 7")
    await ada.wait_for("In the morning or in the evening?")
    await ada.say("in the morning")
    all_set = await ada.wait_for("You are all set")
    assert moment_shown(all_set) == next_at(lumbar, "Asia/Tokyo", 7, 30)
    await ada.say("start")
    step = await pass_screening(ada)
    before = lumbar.clock.now()
    for following, word in enumerate(("done", "Done!", "did it ✅", "next"), start=2):
        await ada.say(word)
        await lost_its_buttons(ada, step)
        step = await ada.next_message()
        assert f"{following} of 4" in text_of(step) or following == 5
    assert "How does your back feel now" in text_of(step)
    await ada.say("three")
    await ada.wait_for("Noted, thank you")
    answers = lumbar.rows("answer", ada)
    assert [answer["exercise_id"] for answer in answers] == list(EXERCISES)
    assert {answer["outcome"] for answer in answers} == {"done"}
    assert json.loads(answers[0]["dose"])["repetitions"] == 5
    for answer in answers:
        at = datetime.fromisoformat(answer["answered_at"]).replace(tzinfo=UTC)
        assert before <= at <= lumbar.clock.now()
        assert answer["local_date"] == at.astimezone(ZoneInfo("Asia/Tokyo")).date().isoformat()


@pytest.mark.parametrize(
    ("typed", "outcome", "follows"),
    [
        ("done", "done", "2 of 4"),
        ("Done!", "done", "2 of 4"),
        ("did it ✅", "done", "2 of 4"),
        ("next", "done", "2 of 4"),
        ("pain", "pain", "from 0 to 10?"),
        ("it hurts", "pain", "from 0 to 10?"),
        ("done but it hurts", "pain", "from 0 to 10?"),
        ("skip", "skipped", "2 of 4"),
        ("Skip this one please", "skipped", "2 of 4"),
        ("stop", "stopped", "Stopped for today"),
        ("STOP!", "stopped", "Stopped for today"),
    ],
)
async def test_typed_words_do_what_the_buttons_do(
    lumbar: BotAtWork, settled_ada: Person, typed: str, outcome: str, follows: str
) -> None:
    """A word under an exercise is recorded as the button would be, and the conversation goes on alike."""
    step = await begin_routine(settled_ada)
    await settled_ada.say(typed)
    await lost_its_buttons(settled_ada, step)
    assert follows in text_of(await settled_ada.next_message())
    (answer,) = lumbar.rows("answer", settled_ada)
    assert (answer["exercise_id"], answer["outcome"]) == (EXERCISES[0], outcome)


@pytest.mark.parametrize(
    ("label", "outcome", "follows"),
    [
        ("Done", "done", "2 of 4"),
        ("Pain", "pain", "from 0 to 10?"),
        ("Skip", "skipped", "2 of 4"),
        ("Stop", "stopped", "Stopped for today"),
    ],
)
async def test_every_button_under_an_exercise_is_recorded(
    lumbar: BotAtWork, settled_ada: Person, label: str, outcome: str, follows: str
) -> None:
    """Each of the four buttons leaves its outcome and strips the message it sits on."""
    step = await begin_routine(settled_ada)
    await settled_ada.press_on(step["message_id"], label)
    await lost_its_buttons(settled_ada, step)
    assert follows in text_of(await settled_ada.next_message())
    (answer,) = lumbar.rows("answer", settled_ada)
    assert answer["outcome"] == outcome


async def test_the_reminder_comes_at_that_time_with_its_buttons(lumbar: BotAtWork, ada: Person) -> None:
    """The next morning's reminder starts the routine, and its buttons go."""
    await set_up(ada, time="8:00")
    due = lumbar.due_at(ada)
    assert due is not None
    lumbar.move_to(due)
    reminder = await ada.wait_for("It is time for your routine")
    assert labels(reminder) == ["Start", "Bad day: one minute", "Later", "Done already", "Not today"]
    await ada.press("Start")
    await lost_its_buttons(ada, reminder)
    assert "1 of 4" in text_of(await pass_screening(ada))


async def test_nothing_about_health_is_stored_before_consent(lumbar: BotAtWork, ada: Person) -> None:
    """Before consent a worrying message is answered with the referral, and leaves no trace."""
    for state in ("new", "asking consent"):
        await ada.say("I fell down the stairs and my back is killing me")
        assert "Back Center New York" in text_of(await ada.wait_for("(212) 555-0123")), state
    await ada.say("done")
    await ada.wait_for("What I am not")
    health: list[Any] = [lumbar.rows(table, ada) for table in ("finding", "answer", "session", "reminder")]
    assert health == [[], [], [], []]
    chat = lumbar.chat(ada)
    assert (chat["consented_at"], chat["hold"], chat["session"]) == (None, None, None)
    letters = lumbar.query("SELECT payload FROM outbox WHERE chat_id = ? AND status = 'sent'", ada.id)
    assert {letter["payload"] for letter in letters} == {None}


@pytest.mark.parametrize("typed", ["yes", "I agree", "/routine", "ok let's go"])
async def test_only_the_button_or_a_plain_yes_is_consent(lumbar: BotAtWork, ada: Person, typed: str) -> None:
    """A typed yes counts as the button; a wish to start does not."""
    await ada.say("/start")
    await ada.wait_for("What I am not")
    await ada.say(typed)
    answer = await ada.next_message()
    agreed = typed in {"yes", "I agree"}
    assert ("Where are you?" in text_of(answer)) is agreed
    assert (lumbar.chat(ada)["consented_at"] is not None) is agreed


def offers(message: Message, *, label: str) -> bool:
    """Tell whether a message has a button with these words."""
    return any(label in shown for shown in labels(message))


async def test_the_first_exercise_is_six_taps_away(lumbar: BotAtWork, ada: Person) -> None:
    """Consent, place, "exercises first", and one tap for each page of questions; the time is asked for afterwards."""
    await ada.say("/start")
    taps = ("I understand", "New York", "Exercises first, time later", "None of these", "1", "None of these")
    for label in taps:
        question = await ada.wait_for(partial(offers, label=label))
        await ada.press_on(question["message_id"], label)
        await lost_its_buttons(ada, question)
    assert len(taps) <= 6
    await ada.wait_for("1 of 4")
    assert lumbar.due_at(ada) is None
    await ada.say("stop")
    await ada.wait_for("Stopped for today")
    await ada.wait_for("shall I remind you?")
    await ada.press("07:30")
    await ada.wait_for("You are all set")
    assert lumbar.due_at(ada) == next_at(lumbar, "America/New_York", 7, 30)
