"""Six weeks with a plan that adapts, as somebody lives them: getting better, a flare, ten days away.

One person, one moved clock, the real bot: what the chat says of each day's level, dose and reason, and what is on
record of it. The rules are those of the clinical brief, section 6.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.acceptance.bot_at_work import SCREENING, BotAtWork, set_up
from tests.acceptance.person import Message, Person, labels, text_of
from tests.acceptance.reminded import REMINDER, Place, place

MONDAY = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)  # 06:00 in New York, an hour and a half before the reminder


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Place]:
    """Return a sandbox on a Monday in May."""
    async with place(tmp_path, MONDAY) as opened:
        yield opened


@pytest.fixture
async def lumbar(here: Place) -> AsyncIterator[BotAtWork]:
    """Run a bot."""
    async with here.bot() as bot:
        yield bot


@pytest.fixture
async def ada(lumbar: BotAtWork) -> AsyncIterator[Person]:
    """Return somebody whose reminder comes at 7:30 in New York."""
    async with await lumbar.person("Ada") as person:
        await set_up(person)
        yield person


async def wake(lumbar: BotAtWork, ada: Person, *, days: int = 1) -> Message:
    """Let days go by up to the reminder of the last one; returns it."""
    due = lumbar.due_at(ada)
    assert due is not None
    for day in range(days):
        lumbar.move_to(due + timedelta(days=day))
        reminder = await ada.wait_for(REMINDER)
    return reminder


async def begin(ada: Person) -> tuple[str, str]:
    """Start, through whatever is asked before; returns what is said of the plan and the first exercise."""
    await ada.say("start")
    plan = ""
    while True:
        message = await ada.next_message()
        text = text_of(message)
        if SCREENING & set(labels(message)):
            await ada.say("1" if "10" in labels(message) else "none")
        elif text.startswith("Today:"):
            plan = text
        elif text.startswith("1 of "):
            return plan, text


async def finish(ada: Person, *, steps: int = 4, rating: int = 1) -> None:
    """Do every exercise and say how the back feels."""
    for _ in range(steps):
        await ada.say("done")
    await ada.wait_for("How does your back feel now")
    await ada.say(str(rating))
    await ada.wait_for("Noted, thank you")


async def good_day(lumbar: BotAtWork, ada: Person, *, morning: str = "Same") -> tuple[str, str]:
    """Live one day on which all goes well; returns what is said of the plan and the first exercise."""
    reminder = await wake(lumbar, ada)
    if morning in labels(reminder):
        await ada.press_on(reminder["message_id"], morning)
        await ada.wait_for(lambda seen: f"✓ {morning} as yesterday" in labels(seen))
    plan = await begin(ada)
    await finish(ada)
    return plan


def levels(lumbar: BotAtWork, ada: Person) -> list[str]:
    """Return the levels of the person's sessions, each once for as long as it lasted."""
    found = [row["level"] for row in lumbar.rows("session", ada)]
    return [level for number, level in enumerate(found) if found[number - 1 : number] != [level]]


async def test_six_weeks(lumbar: BotAtWork, ada: Person) -> None:
    """The dose grows with good days, then the level; a flare means rest and one level back, and so do days away."""
    plan, step = await begin(ada)
    assert plan == "Today: Settle. We begin with a little of each exercise."
    assert "5 times" in step
    await finish(ada)
    told = [await good_day(lumbar, ada) for _ in range(18)]
    changes = {number: plan for number, (plan, _) in enumerate(told, start=2) if "from today" in plan}
    assert changes == {
        4: "Today: Settle. A few more repetitions from today: it has been going well.",
        11: "Today: Settle. Each hold is a little longer from today: it has been going well.",
        18: "Today: Base. One step up from today: it has been going well.",
    }
    assert told[0][0] == "Today: Settle. The same as last time. When it keeps going well, I add a little."
    assert ["6 times" in step for _, step in told[1:4]] == [False, True, True]
    assert "8 times" in told[-1][1]

    await wake(lumbar, ada)
    await begin(ada)
    await ada.say("pain")
    await ada.wait_for("How strong is the pain")
    await ada.say("6")
    await ada.wait_for("Stop this exercise for today")
    await ada.press("Stop for today")
    await ada.wait_for("Stopped for today")
    for _ in range(2):
        plan, step = await good_day(lumbar, ada)
        assert plan == "Today: Flare. Only very easy things today: your pain was 6 of 10."
        assert "Prone" in step or "Lying" in step
    plan, _ = await good_day(lumbar, ada)
    assert plan == "Today: Settle. One step easier than before: your pain had gone up to 6 of 10."
    for _ in range(9):
        await good_day(lumbar, ada)
    assert levels(lumbar, ada) == ["settle", "base", "flare", "settle"]
    assert lumbar.rows("session", ada)[0]["level"] == "settle"

    await wake(lumbar, ada, days=9)
    plan, step = await good_day(lumbar, ada)
    assert plan == "Today: Settle. We begin again gently: your last routine was 10 days ago."
    assert "5 times" in step
