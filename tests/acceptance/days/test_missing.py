"""A day left out: the reason is asked in passing, by button or typed, and each leads to another next step."""

import json
from datetime import timedelta

import pytest

from tests.acceptance.bot_at_work import BotAtWork, begin_routine
from tests.acceptance.person import Message, Person, labels, text_of
from tests.acceptance.reminded import reminder, today_at

DAY = timedelta(days=1)
REASONS = ["No time", "Pain", "Too hard", "Ill"]


async def skipped(lumbar: BotAtWork, person: Person) -> Message:
    """Take the reminder and skip the day; returns the answer."""
    lumbar.move_to(today_at(lumbar, 7, 30))
    came = await reminder(person)
    await person.press_on(came["message_id"], "Not today")
    return await person.wait_for("No more reminder today")


async def why(lumbar: BotAtWork, person: Person, reason: str) -> None:
    """Skip the day and tell why."""
    asked = await skipped(lumbar, person)
    await person.press_on(asked["message_id"], reason)


async def test_whoever_skips_a_day_may_say_why(lumbar: BotAtWork, ada: Person) -> None:
    """One line and four buttons, and nothing more is said of it on the next day."""
    asked = await skipped(lumbar, ada)
    assert "If you like, tell me why" in text_of(asked)
    assert labels(asked) == REASONS
    lumbar.move_to(today_at(lumbar, 7, 30) + DAY)
    assert "why" not in text_of(await reminder(ada))


async def test_no_time_leads_to_one_minute_or_another_hour(lumbar: BotAtWork, ada: Person) -> None:
    """The minimum starts by its button, and the day counts."""
    await why(lumbar, ada, "No time")
    offer = await ada.wait_for("One minute counts too")
    assert "/time" in text_of(offer)
    assert labels(offer) == ["Bad day: one minute"]
    await ada.press_on(offer["message_id"], "Bad day")
    await ada.wait_for("Before we begin")


async def test_too_hard_leads_to_easier_days(lumbar: BotAtWork, ada: Person) -> None:
    """The wish is on record, as after a session."""
    await why(lumbar, ada, "Too hard")
    await ada.wait_for("easier")
    assert [row["wish"] for row in lumbar.rows("day", ada)] == ["easier"]


async def test_ill_leads_to_rest_and_a_warning_about_fever(lumbar: BotAtWork, ada: Person) -> None:
    """The routine waits, a pause is offered, and fever with back pain belongs to a clinician today."""
    await why(lumbar, ada, "Ill")
    answer = await ada.wait_for("Get well first")
    assert "fever" in text_of(answer)
    assert "clinician today" in text_of(answer)
    assert labels(answer) == ["For three days", "For a week"]
    await ada.press_on(answer["message_id"], "For three days")
    await ada.wait_for("paused until")
    assert lumbar.chat(ada)["paused_at"] is not None


@pytest.mark.parametrize(
    ("rating", "answer", "buttons"),
    [
        ("1", "Good that it is only a little", ["Start", "Bad day: one minute"]),
        ("3", "Then less is right today", ["Bad day: one minute"]),
        ("5", "Then less is right today", ["Bad day: one minute"]),
        ("6/10", "Please talk to the clinic", None),
        ("8", "Speak to the clinic or your doctor today", None),
    ],
)
async def test_pain_is_rated_and_answered_by_the_traffic_light(
    lumbar: BotAtWork, ada: Person, rating: str, answer: str, buttons: list[str] | None
) -> None:
    """The rating is kept for the plan; from 6 on the clinic, from 8 on the hold, and nobody is sent to exercise."""
    await why(lumbar, ada, "Pain")
    await ada.wait_for("How strong is your pain right now")
    await ada.say(rating)
    told = await ada.wait_for(answer)
    assert [row["pain"] for row in lumbar.rows("day", ada)] == [int(rating[0])]
    assert (lumbar.hold(ada) is not None) is (rating == "8")
    assert len(lumbar.rows("finding", ada)) == (int(rating[0]) > 5)
    if buttons is None:
        assert not {"Start", "Bad day: one minute"} & set(labels(told))
    else:
        assert labels(told) == buttons


async def test_the_rating_of_a_day_can_be_tapped_and_left_alone(lumbar: BotAtWork, ada: Person) -> None:
    """Its buttons go once it is answered, and hours later a 7 is a time again."""
    await why(lumbar, ada, "Pain")
    asked = await ada.wait_for("How strong is your pain right now")
    await ada.press_on(asked["message_id"], "2")
    await ada.wait_for("Good that it is only a little")
    await ada.say("it hurts again")
    await ada.wait_for("How strong is your pain right now")
    lumbar.move(hours=4)
    await ada.say("7")
    await ada.wait_for("morning or in the evening")
    assert [row["pain"] for row in lumbar.rows("day", ada)] == [2]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("no time today", "One minute counts too"),
        ("sorry, skip today, no time", "One minute counts too"),
        ("i'm ill", "Get well first"),
        ("not today, I am sick", "Get well first"),
    ],
)
async def test_a_typed_reason_skips_the_day_and_leads_on(
    lumbar: BotAtWork, ada: Person, typed: str, answer: str
) -> None:
    """Nobody is asked why who has just said so, and no reminder comes any more that day."""
    await ada.say(typed)
    noted = await ada.wait_for("Then not today")
    assert labels(noted) == []
    await ada.wait_for(answer)
    due = lumbar.due_at(ada)
    assert due is not None
    assert due.date() == (today_at(lumbar, 7, 30) + DAY).date()


@pytest.mark.parametrize("typed", ["too hard", "it's too hard for me"])
async def test_too_hard_can_be_typed(lumbar: BotAtWork, ada: Person, typed: str) -> None:
    """It is a wish, and skips nothing."""
    await ada.say(typed)
    await ada.wait_for("easier")
    assert [row["wish"] for row in lumbar.rows("day", ada)] == ["easier"]


async def test_words_in_the_middle_of_an_exercise_keep_their_meaning(lumbar: BotAtWork, ada: Person) -> None:
    """No time skips the exercise, pain is asked about, and whoever falls ill stops for the day."""
    await begin_routine(ada)
    await ada.say("no time")
    await ada.wait_for("2 of 4")
    await ada.say("pain")
    await ada.wait_for("How strong is the pain, from")
    await ada.say("1")
    await ada.wait_for("3 of 4")
    await ada.say("I feel unwell")
    await ada.wait_for("Get well first")
    assert [row["status"] for row in lumbar.rows("session", ada)] == ["stopped"]
    assert [row["outcome"] for row in lumbar.rows("answer", ada)] == ["skipped", "pain"]


async def test_a_fever_is_triaged_before_any_reason(lumbar: BotAtWork, ada: Person) -> None:
    """Ill with a fever and back pain is no reason but a finding."""
    await ada.say("i'm ill, fever and my back hurts")
    await ada.wait_for("Speak to the clinic or your doctor today")
    assert lumbar.hold(ada) is not None


async def test_no_reason_is_kept(lumbar: BotAtWork, ada: Person) -> None:
    """Neither "no time" nor "ill" stands in any row about the person."""
    await why(lumbar, ada, "Ill")
    await ada.wait_for("Get well first")
    await lumbar.sent_everything()
    tables = ("chat", "day", "occurrence", "finding", "session", "outbox")
    everything = json.dumps([lumbar.rows(table, ada) for table in tables], default=str)
    assert "ill" not in everything.replace("null", "").split('"')
    assert lumbar.rows("day", ada) == []


async def test_in_spanish_too(lumbar: BotAtWork) -> None:
    """Typed as people say it."""
    async with await lumbar.person("Eva", "es") as eva:
        for typed in ("/start", "ok", "America/New_York", "7:30", "sí"):
            await eva.say(typed)
        await eva.wait_for("Próximo recordatorio")
        await eva.say("estoy malo")
        await eva.wait_for("Primero recupérate")
        await eva.say("hoy no tengo tiempo")
        await eva.wait_for("Un minuto también cuenta")
