"""Six weeks with a plan that adapts, as somebody lives them: getting better, ten days away, a flare.

One person, one moved clock, the real bot: what the chat says of each day's level, dose and reason, and what is on
record of it. The rules are those of the clinical brief, section 6.
"""

import json
from datetime import UTC, datetime

import pytest

from tests.acceptance.bot_at_work import SCREENING, BotAtWork
from tests.acceptance.person import Person, labels, text_of
from tests.acceptance.reminded import NEW_YORK, REMINDER

HOW_OFTEN = "How often shall I remind you?"  # once, in the ten days away
EXTENSIONS = 2  # the step of the lying prop-up, whose hold is counted in seconds
MONDAY = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)  # 06:00 in New York, an hour and a half before the reminder


@pytest.fixture
def begins_at() -> datetime:
    """Return a Monday in May."""
    return MONDAY


async def live_until(lumbar: BotAtWork, ada: Person, day: int) -> None:
    """Live up to the reminder of a day, counted from 0, telling each morning that is asked for as the same."""
    while (lumbar.clock.now().astimezone(NEW_YORK).date() - MONDAY.date()).days < day:
        due = lumbar.due_at(ada)
        assert due is not None
        lumbar.move_to(due)
        reminder = await ada.wait_for(lambda seen: REMINDER in text_of(seen) or HOW_OFTEN in text_of(seen))
        if "Same" in labels(reminder):
            await ada.press_on(reminder["message_id"], "Same")
            await ada.wait_for(lambda seen: "Noted: same as yesterday" in labels(seen))


async def begin(lumbar: BotAtWork, ada: Person, day: int) -> tuple[str, str]:
    """Start on a day, through whatever is asked before; returns what is said of the plan and the first exercise."""
    await live_until(lumbar, ada, day)
    await ada.say("start")
    plan = ""
    while True:
        message = await ada.next_message()
        text = text_of(message)
        if SCREENING & set(labels(message)):
            await ada.say("1" if "10" in labels(message) else "none")
        elif text.startswith("Today:"):
            plan = text
        elif text.startswith("1 of 4"):
            return plan, text


async def good_day(lumbar: BotAtWork, ada: Person, day: int) -> tuple[str, str]:
    """Do the whole routine of a day with little pain; returns what was said of the plan and the first exercise."""
    plan = await begin(lumbar, ada, day)
    for typed in ("done", "done", "done", "done", "1"):
        await ada.say(typed)
    await ada.wait_for("Noted, thank you")
    return plan


async def test_six_weeks(lumbar: BotAtWork, ada: Person) -> None:
    """The dose grows with good days, then the level; days away lead one level back, a flare to rest and one below."""
    told = {day: await good_day(lumbar, ada, day) for day in (0, 2, 4, 7, 9, 11, 14, 16, 18, 21, 23)}
    assert {day: plan for day, (plan, _) in told.items() if "The same as last time." not in plan} == {
        0: "Today: Settle. We begin with a little of each exercise.",
        7: "Today: Settle. A few more times each from today: it has been going well.",
        14: "Today: Settle. Each hold is a little longer from today: it has been going well.",
        21: "Today: Base. One step up from today: it has been going well.",
    }
    repetitions = [next(times for times in (5, 6, 8) if f"{times} times" in step) for _, step in told.values()]
    assert repetitions == [*[5] * 3, *[6] * 6, *[8] * 2]
    held = [json.loads(row["dose"])["hold_seconds"] for row in lumbar.rows("answer", ada) if row["step"] == EXTENSIONS]
    assert held == [*[5] * 6, *[6] * 3, *[5] * 2]

    plan, step = await good_day(lumbar, ada, 33)
    assert plan == "Today: Settle. We begin again gently: your last routine was 10 days ago."
    assert "5 times" in step

    await begin(lumbar, ada, 35)
    await ada.say("pain")
    await ada.wait_for("How strong is the pain")
    await ada.say("6")
    await ada.wait_for("Stop this exercise for today")
    await ada.press("Stop for today")
    await ada.wait_for("Stopped for today")
    flare = {day: await good_day(lumbar, ada, day) for day in (36, 37, 38, 39, 40, 41)}
    assert {day: plan for day, (plan, _) in flare.items()} == {
        **dict.fromkeys((36, 37), "Today: Flare. Only very easy things today: your pain was 6 of 10."),
        38: "Today: Flare. One step easier than before: your pain had gone up to 6 of 10.",
        **dict.fromkeys((39, 40), "Today: Flare. The same as last time. When it keeps going well, I add a little."),
        41: "Today: Settle. One step up from today: it has been going well.",
    }
    assert ["Resting face down" in step for _, step in flare.values()] == [*[True] * 5, False]

    sessions = lumbar.rows("session", ada)
    levels = ["settle"] * 9 + ["base"] * 2 + ["settle"] * 2 + ["flare"] * 5 + ["settle"]
    assert [row["level"] for row in sessions] == levels
    assert [row["level"] for row in sessions if row["status"] != "finished"] == ["settle"]
