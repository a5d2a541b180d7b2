"""After a grave message the bot asks, from the next day on, whether the person has spoken to someone."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.acceptance.bot_at_work import BotAtWork, begin_routine, moment_shown, next_at, set_up
from tests.acceptance.person import Message, Person, labels, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "Have you been able to speak to someone"
NEW_YORK = "America/New_York"


async def told(ada: Person, words: str) -> Message:
    """Say something grave and read the referral."""
    await ada.say(words)
    return await ada.wait_for(lambda message: "Back Center New York" in text_of(message) or "988" in text_of(message))


def check_in_due(lumbar: BotAtWork, ada: Person) -> datetime | None:
    """Return when the next check-in is due (UTC)."""
    due = [row["next_due_at"] for row in lumbar.rows("reminder", ada) if row["kind"] == "check_in"]
    return datetime.fromisoformat(due[0]).replace(tzinfo=UTC) if due and due[0] else None


async def asked(lumbar: BotAtWork, ada: Person) -> Message:
    """Move the clock to the next check-in and read it."""
    due = check_in_due(lumbar, ada)
    assert due is not None
    lumbar.move_to(due)
    return await ada.wait_for(QUESTION)


@pytest.mark.parametrize("words", ["I have chest pain", "the pain is unbearable", "I twisted and hurt my back"])
async def test_next_day_at_the_usual_time(lumbar: BotAtWork, settled_ada: Person, words: str) -> None:
    """Emergency, urgent, and an injury of any tier: the question comes with two answers, and only "yes" resumes."""
    tomorrow = next_at(lumbar, NEW_YORK, 23, 59).astimezone().date() + timedelta(days=1)
    await told(settled_ada, words)
    due = check_in_due(lumbar, settled_ada)
    assert due is not None
    assert due.date() == tomorrow or due - lumbar.clock.now() < timedelta(days=2)
    question = await asked(lumbar, settled_ada)
    assert labels(question) == ["Yes, I have", "Not yet"]
    assert lumbar.hold(settled_ada) is not None
    await settled_ada.press("Yes, I have")
    released = await settled_ada.wait_for("Your routine is open again, one step easier")
    assert moment_shown(released) == lumbar.due_at(settled_ada)
    assert lumbar.hold(settled_ada) is None
    assert check_in_due(lumbar, settled_ada) is None


async def test_not_yet_is_answered_kindly_and_asked_again(lumbar: BotAtWork, settled_ada: Person) -> None:
    """After "not yet" the question comes again three days later and then weekly, by button or typed word."""
    await told(settled_ada, "the pain is unbearable")
    first = await asked(lumbar, settled_ada)
    first_at = check_in_due(lumbar, settled_ada)
    await settled_ada.press("Not yet")
    answer = await settled_ada.wait_for("it is not too late")
    assert "(212) 555-0123" in text_of(answer)
    assert "I have spoken to someone" in labels(answer)
    assert lumbar.hold(settled_ada) is not None
    second = await asked(lumbar, settled_ada)
    assert second["date"] - first["date"] == timedelta(days=3).total_seconds()
    await settled_ada.say("not yet")
    await settled_ada.wait_for("it is not too late")
    third = await asked(lumbar, settled_ada)
    assert third["date"] - second["date"] == timedelta(days=7).total_seconds()
    assert first_at is not None
    await settled_ada.say("I've spoken to my doctor")
    await settled_ada.wait_for("Your routine is open again")


async def test_in_despair_nothing_is_said_of_exercises(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Thoughts of suicide: the question is warm, names the crisis line and no exercise, and so is the answer."""
    await told(settled_ada, "I want to kill myself")
    question = await asked(lumbar, settled_ada)
    assert "988" in text_of(question)
    assert "Copy 988" in labels(question)
    assert not {"routine", "exercise"} & set(text_of(question).lower().split())
    await settled_ada.press("Not yet")
    answer = await settled_ada.wait_for("It can be hard to begin")
    assert "988" in text_of(answer)
    assert "Back Center" not in text_of(answer)


async def test_without_a_zone_it_comes_a_day_later(lumbar: BotAtWork, ada: Person) -> None:
    """Who has told no zone yet is asked 24 hours later."""
    await ada.say("/start")
    await ada.say("yes")
    await ada.wait_for("Where are you?")
    before = lumbar.clock.now()
    await told(ada, "I have chest pain")
    due = check_in_due(lumbar, ada)
    assert due is not None
    assert timedelta(days=1) <= due - before < timedelta(days=1, seconds=10)
    await asked(lumbar, ada)


async def test_the_next_routine_is_easier_until_one_is_finished(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Every exercise comes in its easier way after a hold; the routine after a finished one is as before."""
    await told(settled_ada, "I twisted and hurt my back")
    await settled_ada.press("I have spoken to someone")
    await settled_ada.wait_for("one step easier")
    step = await begin_routine(settled_ada)
    for number in range(2, 6):
        assert "the easier way" in text_of(step)
        await settled_ada.say("done")
        step = await settled_ada.wait_for(f"{number} of 4" if number <= 4 else "How does your back feel now")
    assert {row["easier"] for row in lumbar.rows("answer", settled_ada)} == {1}
    await settled_ada.say("1")
    await settled_ada.wait_for("Noted, thank you")
    assert "the easier way" not in text_of(await begin_routine(settled_ada))


async def test_a_lesser_finding_ends_the_session_and_holds_nothing(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Pain down one leg: the exercises stop and the clinic's card comes; the second time in a week it says book."""
    await begin_routine(settled_ada)
    first = await told(settled_ada, "tingling down my left leg")
    assert "book an appointment" not in text_of(first)
    assert "I have spoken to someone" not in labels(first)
    assert lumbar.hold(settled_ada) is None
    assert lumbar.due_at(settled_ada) is not None
    assert [row["status"] for row in lumbar.rows("session", settled_ada)] == ["stopped"]
    second = await told(settled_ada, "tingling down my left leg again")
    assert "Please book an appointment" in text_of(second)
    lumbar.move(days=8)
    later = await told(settled_ada, "tingling down my left leg")
    assert "book an appointment" not in text_of(later)


async def test_nobody_is_asked_who_was_never_held(lumbar: BotAtWork, ada: Person) -> None:
    """A settled person has no check-in, and neither has one whose hold ended before it came."""
    await set_up(ada)
    assert check_in_due(lumbar, ada) is None
    await told(ada, "I have chest pain")
    assert check_in_due(lumbar, ada) is not None
    await ada.press("I have spoken to someone")
    await ada.wait_for("one step easier")
    assert check_in_due(lumbar, ada) is None
