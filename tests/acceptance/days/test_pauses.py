"""A pause that ends by itself: how it is asked for, what is said meanwhile, and how somebody is welcomed back."""

from datetime import date, timedelta

import pytest

from tests.acceptance.bot_at_work import BotAtWork, begin_routine, next_reminder, set_up
from tests.acceptance.person import Person, labels, text_of
from tests.acceptance.reminded import (
    A_THURSDAY,
    Place,
    came_at,
    days_reminded,
    local,
    reminder,
    reminders_seen,
    today_at,
)

TODAY = A_THURSDAY.date()
WELCOME = "Welcome back. Your pause is over."
EASIER = "We begin one level easier"


async def paused_until(lumbar: BotAtWork, person: Person) -> date | None:
    """Return the first day with reminders again."""
    stored = lumbar.chat(person)["paused_until"]
    return None if stored is None else date.fromisoformat(stored)


async def finish(person: Person) -> None:
    """Do the whole routine and say how the back feels."""
    await begin_routine(person)
    for typed in ("done", "done", "done", "done", "1"):
        await person.say(typed)
    await person.wait_for("Noted, thank you")


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("until monday", date(2026, 5, 11)),
        ("until 3 august", date(2026, 8, 3)),
        ("for ten days", TODAY + timedelta(days=10)),
        ("a week", TODAY + timedelta(days=7)),
        ("until tomorrow", TODAY + timedelta(days=1)),
    ],
)
async def test_an_end_is_typed_after_the_pause(lumbar: BotAtWork, ada: Person, typed: str, until: date) -> None:
    """The pause begins at once and offers an end; what is typed next is one."""
    await ada.say("/pause")
    message = await ada.wait_for("Reminders are paused.")
    assert labels(message) == ["For a week", "For two weeks", "For a month"]
    assert await paused_until(lumbar, ada) is None
    assert lumbar.due_at(ada) is None
    await ada.say(typed)
    await ada.wait_for("Reminders are paused until")
    assert await paused_until(lumbar, ada) == until
    assert lumbar.due_at(ada) == local(until, 7, 30)


async def test_a_tap_ends_it_in_a_week(lumbar: BotAtWork, ada: Person) -> None:
    """The settings tell until when, and so does /pause once more; /resume ends it earlier."""
    await ada.say("/pause")
    await ada.wait_for("Reminders are paused.")
    await ada.press("For a week")
    await ada.wait_for("Reminders are paused until Thu 14 May 2026.")
    await ada.say("/settings")
    await ada.wait_for("Reminders are paused until Thu 14 May 2026.")
    await ada.say("/pause")
    await ada.wait_for("Reminders are paused until Thu 14 May 2026.")
    await ada.say("/resume")
    await ada.wait_for("Your reminders are on again.")
    assert await paused_until(lumbar, ada) is None
    assert (await next_reminder(lumbar, ada))["date"]


@pytest.mark.parametrize(
    "typed", ["pause until 3 may 2026", "pause until today", "pause until 3 august 2030", "pause until 7 may 2026"]
)
async def test_an_end_that_cannot_be_is_asked_for_again(lumbar: BotAtWork, ada: Person, typed: str) -> None:
    """Kindly, with an example; nothing is paused."""
    await ada.say(typed)
    await ada.wait_for("for example pause until monday")
    assert lumbar.chat(ada)["paused_at"] is None
    await next_reminder(lumbar, ada)


async def test_a_short_pause_ends_with_a_welcome_and_the_reminder(lumbar: BotAtWork, ada: Person) -> None:
    """One message on the first day; before it nothing, after it a reminder each day; the score was frozen."""
    await finish(ada)
    await next_reminder(lumbar, ada)
    await ada.say("pause until monday")
    await ada.wait_for("Reminders are paused until Mon 11 May 2026.")
    for _ in range(2):
        lumbar.move(days=1)
        assert len(await days_reminded(lumbar, ada)) == 1
    lumbar.move_to(local(date(2026, 5, 11), 7, 30))
    message = await ada.wait_for(WELCOME)
    assert came_at(message) == local(date(2026, 5, 11), 7, 30)
    assert "It is time for your routine" in text_of(message)
    assert EASIER not in text_of(message)
    assert labels(message)[0] == "Start"
    assert await reminders_seen(ada) == 2
    assert lumbar.chat(ada)["paused_at"] is None
    assert [row["kind"] for row in lumbar.rows("standstill", ada)] == ["pause"]
    later = await next_reminder(lumbar, ada)
    assert WELCOME not in text_of(later)
    await ada.say("/progress")
    await ada.wait_for("Steadiness: 5 of 100")  # 8 May missed before; the days of the pause are not


async def test_nothing_easier_is_promised_that_the_plan_does_not_keep(lumbar: BotAtWork, ada: Person) -> None:
    """Whoever is at the lowest level anyway begins there after a long pause as well."""
    await ada.say("pause for ten days")
    await ada.wait_for("Reminders are paused until")
    lumbar.move(days=10, hours=2)
    assert EASIER not in text_of(await ada.wait_for(WELCOME))


async def test_after_downtime_the_welcome_comes_with_the_next_reminder(here: Place) -> None:
    """Once, and with no other message; it tells of none that were missed, for none was due."""
    async with await Person.create(here.address) as ada:
        async with here.bot():
            await set_up(ada)
            await ada.say("pause until saturday")
            await ada.wait_for("Reminders are paused until")
        here.clock.move_to(local(TODAY + timedelta(days=4), 12))
        async with here.bot() as lumbar:
            assert await days_reminded(lumbar, ada) == []
            lumbar.move_to(local(TODAY + timedelta(days=5), 7, 30))
            await ada.wait_for(WELCOME)
            assert await reminders_seen(ada) == 1
            lumbar.move(days=1)
            assert WELCOME not in text_of(await reminder(ada))


async def test_no_pause_ends_while_the_programme_is_held(lumbar: BotAtWork, ada: Person) -> None:
    """The hold outranks it; once it is released the pause ends at the next reminder time."""
    await ada.say("pause until saturday")
    await ada.wait_for("Reminders are paused until")
    await ada.say("I fell and hurt my back badly")
    await ada.wait_for("Your routine is on hold")
    lumbar.move(days=4)
    assert await days_reminded(lumbar, ada) == []
    assert lumbar.chat(ada)["paused_at"] is not None
    await ada.say("I have spoken to someone")
    released = await ada.wait_for("Good that you have spoken to someone.")
    assert "Next reminder" in text_of(released)
    lumbar.move_to(today_at(lumbar, 7, 30) + timedelta(days=1))
    await ada.wait_for(WELCOME)


async def test_nobody_who_blocked_the_bot_is_welcomed(lumbar: BotAtWork, ada: Person) -> None:
    """The pause stays until they are back, and then ends at its time."""
    await ada.say("pause until saturday")
    await ada.wait_for("Reminders are paused until")
    await ada.block()
    async with await lumbar.person("Bob") as bob:
        await set_up(bob)
        lumbar.move(days=3)
        await days_reminded(lumbar, bob)
        assert lumbar.chat(ada)["paused_at"] is not None
        await ada.unblock()
        await days_reminded(lumbar, bob)
    lumbar.move_to(today_at(lumbar, 7, 30) + timedelta(days=1))
    await ada.wait_for(WELCOME)
