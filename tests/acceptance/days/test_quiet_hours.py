"""Quiet hours, from ten in the evening to seven: what was asked for then comes, nothing else does."""

from datetime import timedelta

from tests.acceptance.bot_at_work import BotAtWork, moment_shown
from tests.acceptance.person import Person
from tests.acceptance.reminded import came_at, change_time, days_reminded, reminder, today_at

DAY = timedelta(days=1)


async def test_a_reminder_in_the_night_comes_to_whoever_wants_it(lumbar: BotAtWork, ada: Person) -> None:
    """At half past eleven in the evening, because that is what she asked for."""
    await change_time(ada, "23:30")
    lumbar.move_to(today_at(lumbar, 23, 30))
    assert came_at(await reminder(ada)) == lumbar.clock.now().replace(second=0, microsecond=0)


async def test_a_reminder_is_not_made_up_for_in_the_night(lumbar: BotAtWork, ada: Person) -> None:
    """One for half past nine that is found at half past ten is missed, although the grace period is two hours."""
    await change_time(ada, "21:30")
    lumbar.move_to(today_at(lumbar, 22, 30))
    assert await days_reminded(lumbar, ada) == []
    lumbar.move_to(today_at(lumbar, 21, 30) + DAY)
    await reminder(ada)


async def test_whoever_exercises_at_night_is_asked_how_they_are_in_the_morning(lumbar: BotAtWork, ada: Person) -> None:
    """A check-in is nobody's wish: it comes at ten where the reminder comes at eleven in the evening."""
    await change_time(ada, "23:00")
    await ada.say("the pain is unbearable")
    await ada.wait_for("on hold")
    due = lumbar.due_at(ada, "check_in")
    assert due == today_at(lumbar, 10) + DAY
    lumbar.move_to(due)
    await ada.wait_for("Have you been able to speak to someone")


async def test_a_snooze_into_the_night_is_a_wish_too(lumbar: BotAtWork, ada: Person) -> None:
    """Put off until half past ten, it comes at half past ten."""
    await ada.say("remind me later today at 22:30")
    shown = await ada.wait_for("I will remind you again")
    assert moment_shown(shown) == today_at(lumbar, 22, 30)
    lumbar.move_to(moment_shown(shown))
    await reminder(ada)
