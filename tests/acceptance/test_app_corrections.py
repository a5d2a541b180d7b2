"""A day corrected afterwards in the Mini App: the chat says what changed, and everything reckoned from days follows."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
import pytest_asyncio

from tests.acceptance.app_caller import AppCaller, Json, app_of
from tests.acceptance.app_screen import do_the_routine
from tests.acceptance.bot_at_work import BotAtWork, bot_at_work, everything_said, set_up
from tests.acceptance.person import Person

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lumbar(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotAtWork]:
    """Run the sandbox and a bot with a Mini App."""
    async with bot_at_work(tmp_path_factory.mktemp("lumbar"), with_app=True) as at_work:
        yield at_work


@pytest_asyncio.fixture(loop_scope="module")
async def bea(lumbar: BotAtWork) -> AsyncIterator[Person]:
    """Return somebody reminded on three days, who did the first with pain 3 before it and 2 after it, and no other."""
    async with await lumbar.person("Bea") as person:
        await set_up(person)
        lumbar.move(days=1, hours=2)
        await person.wait_for("It is time for your routine.")
        await do_the_routine(person, pain=3, after=2)
        for _ in range(2):
            lumbar.move(days=1)
            await person.wait_for("It is time for your routine.")
        yield person
    lumbar.move(hours=22)  # to the hour at which the next person begins
    lumbar.assert_nothing_failed()


@pytest_asyncio.fixture(loop_scope="module")
async def app(lumbar: BotAtWork, bea: Person) -> AsyncIterator[AppCaller]:
    """Open her Mini App."""
    async with app_of(lumbar, bea) as app:
        yield app


def days_of(progress: Json) -> list[Json]:
    """Return the last three days, oldest first: done with pain, open, and today."""
    return [day for day in progress["days"] if day["mark"] != "ahead"][-3:]


async def test_a_day_that_was_left_open_counts_as_done(app: AppCaller, bea: Person) -> None:
    """By one tap: in the calendar, the score and the count of days; the chat names the day."""
    before = await app.read("progress")
    _, left_open, _ = days_of(before)
    assert (left_open["mark"], left_open["offer"]) == ("missed", {"done": True, "pain": False, "why": None})
    assert await app.choose("day", {"date": left_open["date"], "done": True}) == ""
    said = await bea.wait_for("now counts as done.")
    assert f"{date.fromisoformat(left_open['date']):%A}" in said["text"]
    after = await app.read("progress")
    assert days_of(after)[1]["mark"] == "done"
    assert (after["points"] > before["points"], after["days_done"]) == (True, before["days_done"] + 1)


async def test_a_day_that_was_not_done_is_taken_back(app: AppCaller, bea: Person) -> None:
    """Its minutes go with it, what was told of pain stays; the same tap the other way restores everything."""
    before = await app.read("progress")
    done = days_of(before)[0]
    await app.choose("day", {"date": done["date"], "done": False})
    await bea.wait_for("no longer counts as done.")
    taken = await app.read("progress")
    assert days_of(taken)[0] | {"offer": None} == done | {"mark": "missed", "minutes": 0, "offer": None}
    assert (taken["days_ever"], taken["minutes"]) == (0, 0)
    await bea.say("/progress")
    await bea.wait_for("Nothing to show yet")
    await app.choose("day", {"date": done["date"], "done": True})
    await bea.wait_for("now counts as done.")
    assert await app.read("progress") == before


async def test_a_rating_is_corrected(app: AppCaller, bea: Person) -> None:
    """In the calendar and in the chat's own words; what the other ratings were stays."""
    rated = days_of(await app.read("progress"))[0]
    assert rated["pain"] == {"before": 3, "during": None, "after": 2}
    assert rated["offer"] == {"done": False, "pain": True, "why": None}
    await app.choose("pain", {"date": rated["date"], "before": 5, "during": None, "after": None})
    await bea.wait_for("pain before 5 of 10, after it 2 of 10")
    assert days_of(await app.read("progress"))[0]["pain"] == {"before": 5, "during": None, "after": 2}
    await app.choose("pain", {"date": rated["date"], "before": 3, "during": None, "after": 2})
    assert days_of(await app.read("progress"))[0]["pain"] == rated["pain"]


async def test_a_pain_that_was_strong_is_answered_as_strong(app: AppCaller, bea: Person) -> None:
    """From 6 on the clinic, from 8 on the programme is held; lowering it again takes back neither."""
    rated = days_of(await app.read("progress"))[0]
    said = await app.choose("pain", {"date": rated["date"], "before": 7, "during": None, "after": None})
    assert "read it now" in said
    await bea.wait_for("Please talk to the clinic")
    await app.choose("pain", {"date": rated["date"], "before": 3, "during": None, "after": None})
    await bea.wait_for("your plan stays as careful as it was")
    await app.choose("pain", {"date": rated["date"], "before": None, "during": None, "after": 8})
    await bea.wait_for("Speak to the clinic or your doctor today")
    said = await app.choose("pain", {"date": rated["date"], "before": None, "during": None, "after": 2})
    assert said.startswith("While your routine is on hold nothing is corrected")
    progress = await app.read("progress")
    day = days_of(progress)[0]
    assert (day["pain"]["after"], day["offer"]) == (8, {"done": None, "pain": False, "why": said})


async def test_days_out_of_reach_change_nothing(app: AppCaller, bea: Person) -> None:
    """Before the first, longer ago than a fortnight, to come, and today's ratings: said in words, and nothing else."""
    before = await app.read("progress")
    rated, left_open, today = (date.fromisoformat(day["date"]) for day in days_of(before))
    for day, line in (
        (today + timedelta(days=1), "still to come"),
        (today - timedelta(days=14), "last two weeks"),
        (rated - timedelta(days=5), "since you began"),
    ):
        assert line in await app.choose("day", {"date": day.isoformat(), "done": True})
    for day, line in ((today, "tomorrow"), (left_open, "no such rating")):
        assert line in await app.choose("pain", {"date": day.isoformat(), "before": 1, "during": None, "after": None})
    assert await app.choose("day", {"date": rated.isoformat(), "done": True}) == "Already noted."
    assert await app.read("progress") == before
    assert "Noted" not in "".join((await everything_said(bea))[-1:])


async def test_what_is_sent_twice_changes_once(app: AppCaller, bea: Person) -> None:
    """A correction sent again late, after another, does not undo that."""
    left_open = days_of(await app.read("progress"))[1]["date"]
    for key, done in (("press-of-bea", True), ("other-of-bea", False), ("press-of-bea", True)):
        await app.choose("day", {"date": left_open, "done": done}, key=key)
    assert days_of(await app.read("progress"))[1]["mark"] == "missed"
    assert len([text for text in await everything_said(bea) if "counts as done" in text]) == 2


async def test_an_open_session_goes_on(app: AppCaller, bea: Person) -> None:
    """Its own day waits until it is over; another day is corrected beside it, and the exercise stays the question."""
    _, left_open, today = (day["date"] for day in days_of(await app.read("progress")))
    await bea.say("/routine")
    await bea.wait_for("1 of 4")
    assert "still open in the chat" in await app.choose("day", {"date": today, "done": True})
    await app.choose("day", {"date": left_open, "done": True})
    await bea.wait_for("now counts as done.")
    await bea.say("done")
    await bea.wait_for("2 of 4")
