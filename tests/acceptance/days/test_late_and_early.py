"""Late and early: what a downtime, a broken line or a wrong clock does to reminders, and what people are told of it."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from time import monotonic

import pytest

from bot.sandbox.faults import Fault
from tests.acceptance.bot_at_work import BotAtWork, set_up
from tests.acceptance.person import Person, text_of
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

DAY = timedelta(days=1)
MISSED = "could not remind you"


async def test_after_days_of_downtime_the_reminder_says_how_many_did_not_come(here: Place) -> None:
    """Down from Thursday to Monday: one reminder, which counts the four that are missing, in the person's language."""
    async with await Person.create(here.address, language_code="es") as ada:
        async with here.bot():
            for typed in ("/start", "ok", "America/New_York", "7:30", "sí"):
                await ada.say(typed)
            await ada.wait_for("Próximo recordatorio")
        here.clock.move_to(local(A_THURSDAY.date() + 4 * DAY, 8, 30))
        async with here.bot() as lumbar:
            await ada.wait_for("las últimas 4 veces")
            assert await days_reminded(lumbar, ada, answer="Lo que se guarda") == ["20260511"]


async def test_one_that_was_too_late_is_told_of_the_day_after(lumbar: BotAtWork, ada: Person) -> None:
    """Found three hours late it is not sent; the next says so once, and the one after that nothing."""
    lumbar.move_to(today_at(lumbar, 10, 30))
    assert await reminders_seen(ada) == 0
    lumbar.move_to(today_at(lumbar, 7, 30) + DAY)
    assert "last time" in text_of(await reminder(ada))
    lumbar.move(days=1)
    assert MISSED not in text_of(await reminder(ada))


async def test_one_that_could_not_be_sent_in_time_is_told_of_too(lumbar: BotAtWork, ada: Person) -> None:
    """Claimed in time, but Telegram was out of reach past the grace period: not sent at noon, told the day after."""
    lumbar.sandbox.fail_next(Fault("server_error", times=1_000, method="sendMessage"))
    lumbar.move_to(today_at(lumbar, 7, 30))
    while (await ada.wait_for_call("sendMessage"))["ok"]:
        pass
    lumbar.move(hours=4)
    await lumbar.sent_everything()
    lumbar.sandbox.faults.pending.clear()
    assert [row["outcome"] for row in lumbar.rows("occurrence", ada)] == ["missed"]
    lumbar.move_to(today_at(lumbar, 7, 30) + DAY)
    assert "last time" in text_of(await reminder(ada))
    assert await reminders_seen(ada) == 1


async def test_a_clock_turned_back_repeats_no_reminder(lumbar: BotAtWork, ada: Person) -> None:
    """A day that had its reminder gets no second one; and what is said meanwhile is answered at once."""
    due = today_at(lumbar, 7, 30)
    lumbar.move_to(due)
    await reminder(ada)
    for back in (timedelta(hours=1), DAY):
        lumbar.clock.move(-back, backwards=True)
        lumbar.bot.look_at_clock()
        assert len(await days_reminded(lumbar, ada)) == 1
        lumbar.move_to(due)
        assert len(await days_reminded(lumbar, ada)) == 1
    lumbar.move_to(due + DAY)
    assert came_at(await reminder(ada)) == due + DAY


async def test_a_clock_that_was_a_year_ahead_for_a_moment_costs_no_reminder(lumbar: BotAtWork, ada: Person) -> None:
    """Nothing is put off for a year by it, and nobody is told of a year of missed reminders."""
    due = today_at(lumbar, 7, 30)
    lumbar.move(days=365, hours=6)
    assert await days_reminded(lumbar, ada) == []
    lumbar.clock.move(-timedelta(days=365, hours=6), backwards=True)
    lumbar.bot.look_at_clock()
    await days_reminded(lumbar, ada)
    lumbar.move_to(due)
    message = await reminder(ada)
    assert came_at(message) == due
    assert MISSED not in text_of(message)


async def test_new_zone_data_moves_what_was_worked_out_by_the_old(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that starts with other zone data than it stopped with puts the due times right."""
    async with await Person.create(here.address) as ada:
        async with here.bot() as lumbar:
            await set_up(ada)
            due = lumbar.due_at(ada)
        with closing(sqlite3.connect(here.database)) as connection:
            connection.execute("UPDATE reminder SET next_due_at = '2026-05-07 12:30:00.000000'")
            connection.commit()
        monkeypatch.setattr("bot.processes.zone_data", lambda: "of next year")
        async with here.bot() as lumbar:
            deadline = monotonic() + 10
            while lumbar.due_at(ada) != due:
                assert monotonic() < deadline, "the due time was not put right"
                await asyncio.sleep(0)
