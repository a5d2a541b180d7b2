"""After a downtime one message comes, not all that were due meanwhile: which one, and what becomes of the others."""

from datetime import timedelta

from tests.acceptance.bot_at_work import BotAtWork, begin_routine, set_up
from tests.acceptance.person import Person, text_of
from tests.acceptance.reminded import REMINDER, Place, days_reminded, local, today_at

AGAIN = "There is still time today."
WEEK = "Your week"
WELCOME = "Welcome back."
UNASKED = (REMINDER, AGAIN, WEEK, WELCOME, "How often shall I remind you?", "Have you been able to speak")


def unasked(messages: list[str], texts: tuple[str, ...] = UNASKED) -> list[str]:
    """Return which of the texts that nobody asked for came, in their order."""
    return [text for message in messages for text in texts if text in message]


async def said(person: Person) -> list[str]:
    """Return all the bot's texts."""
    return [text_of(message) for message in await person.messages() if message["from"]["is_bot"]]


async def came_since(lumbar: BotAtWork, person: Person, before: int) -> list[str]:
    """Return what came unasked after so many messages, once everything that is to come has."""
    await days_reminded(lumbar, person)
    await lumbar.sent_everything()
    return unasked((await said(person))[before:])


async def type_times(person: Person, typed: str) -> None:
    """Change the times of the reminders."""
    await person.say(typed)
    await person.wait_for("Shall I remind you then?")
    await person.say("yes")
    await person.wait_for("Next reminder")


async def wants_follow_up(person: Person) -> None:
    """Choose in the settings to be asked once more."""
    await person.say("/settings")
    await person.wait_for("Your settings")
    await person.press("Ask after 30 min")
    await person.wait_for("I ask once more, without a sound")


async def finish(person: Person) -> None:
    """Do the whole routine and say how the back feels."""
    await begin_routine(person)
    for typed in ("done", "done", "done", "done", "1"):
        await person.say(typed)
    await person.wait_for("Noted, thank you")


async def test_of_the_daily_and_a_snoozed_reminder_the_daily_one_comes(here: Place) -> None:
    """Of three a day the latest; the snoozed one is over, and nobody is asked once more until that one is unheeded."""
    async with await Person.create(here.address) as ada:
        async with here.bot() as lumbar:
            await set_up(ada)
            await wants_follow_up(ada)
            await type_times(ada, "every day at 8 am, 1 pm and 4:50 pm")
            lumbar.move_to(today_at(lumbar, 13))
            await ada.wait_for(REMINDER)
            await ada.say("remind me at 5:55 pm")
            await ada.wait_for("Later, then.")
            before = len(await said(ada))
        here.clock.move_to(today_at(lumbar, 18, 20))
        async with here.bot() as lumbar:
            assert await came_since(lumbar, ada, before) == [REMINDER]
            assert lumbar.due_at(ada, "snooze") is None
            lumbar.move(minutes=31)
            assert await came_since(lumbar, ada, before) == [REMINDER, AGAIN]


async def test_the_summary_of_the_week_waits_for_the_snoozed_reminder(here: Place) -> None:
    """Half an hour, and comes once."""
    async with await Person.create(here.address) as ada:
        async with here.bot() as lumbar:
            await set_up(ada)
            await finish(ada)
            await type_times(ada, "every day at 8 am and 4:50 pm")
            lumbar.move_to(local(today_at(lumbar, 8).date() + timedelta(days=3), 16, 50))  # Sunday
            await ada.wait_for(REMINDER)
            await ada.say("remind me at 6 pm")
            await ada.wait_for("Later, then.")
            before, summary_at = len(await said(ada)), lumbar.due_at(ada, "weekly")
        assert summary_at is not None
        here.clock.move_to(summary_at + timedelta(minutes=1))
        async with here.bot() as lumbar:
            assert await came_since(lumbar, ada, before) == [REMINDER]
            lumbar.move(minutes=31)
            assert await came_since(lumbar, ada, before) == [REMINDER, WEEK]
            lumbar.move(minutes=31)
            assert await came_since(lumbar, ada, before) == [REMINDER, WEEK]


async def test_a_snoozed_one_takes_the_place_of_the_one_that_asks_again(here: Place) -> None:
    """What was overdue is asked, once; whoever puts it off gets what they asked for, and nothing beside it."""
    async with await Person.create(here.address) as ada:
        async with here.bot() as lumbar:
            await set_up(ada)
            await wants_follow_up(ada)
            lumbar.move_to(today_at(lumbar, 7, 30))
            await ada.wait_for(REMINDER)
            before = len(await said(ada))
        here.clock.move(timedelta(minutes=40))
        async with here.bot() as lumbar:
            assert await came_since(lumbar, ada, before) == [AGAIN]
            await ada.say("in 10 minutes")
            await ada.wait_for("Later, then.")
            assert lumbar.due_at(ada, "follow_up") is None
            before = len(await said(ada))
        here.clock.move(timedelta(minutes=15))
        async with here.bot() as lumbar:
            assert await came_since(lumbar, ada, before) == [REMINDER]


async def test_the_end_of_a_pause_comes_alone(here: Place) -> None:
    """A pause that ended while the bot was down, with three reminders of that day: one welcome."""
    async with await Person.create(here.address) as ada:
        async with here.bot() as lumbar:
            await set_up(ada)
            await finish(ada)
            await wants_follow_up(ada)
            await type_times(ada, "every day at 8 am, 8:30 am and 9 am")
            await ada.say("pause until saturday")
            await ada.wait_for("Reminders are paused until")
            before = len(await said(ada))
        here.clock.move_to(local(today_at(lumbar, 8).date() + timedelta(days=2), 9, 10))
        async with here.bot() as lumbar:
            assert await came_since(lumbar, ada, before) == [REMINDER, WELCOME]  # in one message
            assert sum(WELCOME in text and REMINDER in text for text in await said(ada)) == 1


async def test_while_held_only_the_check_in_comes(here: Place) -> None:
    """Once, however many were due meanwhile."""
    async with await Person.create(here.address) as ada:
        async with here.bot() as lumbar:
            await set_up(ada)
            await wants_follow_up(ada)
            lumbar.move_to(today_at(lumbar, 7, 30))
            await ada.wait_for(REMINDER)
            await ada.say("in 30 minutes")
            await ada.wait_for("Later, then.")
            await ada.say("I fell and hurt my back badly")
            await ada.wait_for("Your routine is on hold")
            before = len(await said(ada))
        here.clock.move_to(local(today_at(lumbar, 8).date() + timedelta(days=5), 7, 40))
        async with here.bot() as lumbar:
            assert len(await came_since(lumbar, ada, before)) <= 1
            lumbar.move(days=1)
            assert await came_since(lumbar, ada, before) == ["Have you been able to speak"]
