"""Reminders come at the person's own wall-clock time, once a day, whatever the clocks or the bot do."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from bot.storage.unit_of_work import Database, Transaction
from tests.acceptance.bot_at_work import BotAtWork, set_up
from tests.acceptance.person import Person
from tests.acceptance.reminded import (
    A_THURSDAY,
    Place,
    came_at,
    days_reminded,
    local,
    place,
    reminder,
    reminders_seen,
    today_at,
)

T = TypeVar("T")


@pytest.mark.parametrize(
    ("first_day", "first_utc_hour", "last_utc_hour"),
    [(date(2026, 3, 5), 12, 11), (date(2026, 10, 29), 11, 12)],
    ids=["clocks go forward", "clocks go back"],
)
async def test_a_week_of_reminders_at_half_past_seven(
    tmp_path: Path, first_day: date, first_utc_hour: int, last_utc_hour: int
) -> None:
    """The reminder comes at 7:30 on the wall, and no sooner, each day of the week in which the clocks change."""
    days = [first_day + timedelta(days=number) for number in range(8)]
    async with place(tmp_path, local(first_day, 6)) as here, here.bot() as lumbar, await lumbar.person() as ada:
        await set_up(ada)
        hours = []
        for number, day in enumerate(days):
            due = local(day, 7, 30)
            lumbar.move_to(due - timedelta(minutes=1))
            assert len(await days_reminded(lumbar, ada)) == number
            lumbar.move_to(due)
            assert came_at(await reminder(ada)) == due
            hours.append(due.hour)
        assert (hours[0], hours[-1]) == (first_utc_hour, last_utc_hour)
        assert await days_reminded(lumbar, ada) == [f"{day:%Y%m%d}" for day in days]
        assert await reminders_seen(ada) == len(days)


@pytest.mark.parametrize(
    ("start", "at", "utc_times"),
    [
        # 8 March: 02:30 does not exist and moves on by the gap's hour, to 03:30 summer time.
        (datetime(2026, 3, 7, 3, 0, tzinfo=UTC), "2:30", ["2026-03-07 07:30", "2026-03-08 07:30", "2026-03-09 06:30"]),
        # 1 November: 01:30 comes twice and counts the first time, still summer time.
        (
            datetime(2026, 10, 31, 3, 0, tzinfo=UTC),
            "1:30",
            ["2026-10-31 05:30", "2026-11-01 05:30", "2026-11-02 06:30"],
        ),
    ],
    ids=["the hour that is missing", "the hour that comes twice"],
)
async def test_the_night_of_the_change(tmp_path: Path, start: datetime, at: str, utc_times: list[str]) -> None:
    """A time that the clocks skip or repeat is reminded of once that night: not an hour sooner, nor an hour later."""
    async with place(tmp_path, start) as here, here.bot() as lumbar, await lumbar.person() as ada:
        await set_up(ada, time=at)
        for number, moment in enumerate(utc_times):
            due = datetime.fromisoformat(moment).replace(tzinfo=UTC)
            lumbar.move_to(due - timedelta(hours=1))
            assert len(await days_reminded(lumbar, ada)) == number
            lumbar.move_to(due)
            assert came_at(await reminder(ada)) == due
            lumbar.move_to(due + timedelta(hours=1))
            assert len(await days_reminded(lumbar, ada)) == number + 1


async def test_late_beyond_the_grace_period_is_missed_and_counted(lumbar: BotAtWork, ada: Person) -> None:
    """A reminder found three hours late is noted as missed and never sent; the next day's comes."""
    lumbar.move_to(today_at(lumbar, 10, 30))
    assert await days_reminded(lumbar, ada) == []
    assert [row["outcome"] for row in lumbar.rows("occurrence", ada)] == ["missed"]
    lumbar.move_to(today_at(lumbar, 7, 30) + timedelta(days=1))
    assert came_at(await reminder(ada)) == today_at(lumbar, 7, 30)
    assert [row["outcome"] for row in lumbar.rows("occurrence", ada)] == ["missed", "sent"]


async def test_a_bot_that_was_down_for_days_reminds_once(here: Place) -> None:
    """After four days of downtime a bot that comes back at 8:30 sends today's reminder, and no other."""
    async with await Person.create(here.address) as ada:
        async with here.bot():
            await set_up(ada)
        here.clock.move_to(local(A_THURSDAY.date() + timedelta(days=4), 8, 30))
        async with here.bot() as lumbar:
            await reminder(ada)
            assert await days_reminded(lumbar, ada) == ["20260511"]
        assert await reminders_seen(ada) == 1


async def test_a_restart_repeats_nothing(here: Place) -> None:
    """A bot started again within the same minute does not send the reminder again."""
    async with await Person.create(here.address) as ada:
        async with here.bot() as lumbar:
            await set_up(ada)
            lumbar.move_to(today_at(lumbar, 7, 30))
            await reminder(ada)
        async with here.bot() as lumbar:
            assert await days_reminded(lumbar, ada) == ["20260507"]
        assert await reminders_seen(ada) == 1


class CommitThatFails(Database):
    """A database that fails the commits asked for, after everything in them was written."""

    def __init__(self, url: str, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(url)
        self.failures_left = 0
        self.failed = asyncio.Event()
        self._loop = loop

    def run_here(self, work: Callable[[Transaction], T]) -> T:
        """Run `work`; raise instead of committing what queued a reminder."""

        def watched(tx: Transaction) -> T:
            result = work(tx)
            queued = "SELECT count(*) FROM outbox WHERE dedupe_key LIKE 'r%' AND status = 'queued'"
            if self.failures_left and tx.connection.exec_driver_sql(queued).scalar():
                self.failures_left -= 1
                self._loop.call_soon_threadsafe(self.failed.set)
                raise OSError("the disk is full")
            return result

        return super().run_here(watched)


async def test_letter_note_and_next_time_are_one_transaction(here: Place) -> None:
    """A claim that fails at its commit leaves nothing behind, and the next one sends the reminder, once."""
    opened: list[CommitThatFails] = []
    loop = asyncio.get_running_loop()

    def open_database(url: str) -> Database:
        opened.append(CommitThatFails(url, loop))
        return opened[-1]

    async with here.bot(open_database) as lumbar, await lumbar.person() as ada:
        await set_up(ada)
        due = lumbar.due_at(ada)
        opened[0].failures_left = 1
        lumbar.move_to(today_at(lumbar, 7, 30))
        await asyncio.wait_for(opened[0].failed.wait(), 10)
        assert await days_reminded(lumbar, ada) == []
        assert lumbar.rows("occurrence", ada) == []
        assert lumbar.due_at(ada) == due
        lumbar.bot.look_at_clock()
        await reminder(ada)
        assert await days_reminded(lumbar, ada) == ["20260507"]


async def test_one_who_blocked_the_bot_harms_nobody(lumbar: BotAtWork, ada: Person) -> None:
    """Of two who are due at the same minute, the one who did not block gets theirs; the other again once unblocked."""
    async with await lumbar.person("Bob") as bob:
        await set_up(bob)
        await ada.block()
        lumbar.move_to(today_at(lumbar, 7, 30))
        await reminder(bob)
        lumbar.move(days=1)
        await reminder(bob)
        assert await reminders_seen(ada) == 0
        await ada.unblock()
        assert len(await days_reminded(lumbar, bob)) == 2
        lumbar.move(days=1)
        await reminder(bob)
        await reminder(ada)
        assert await reminders_seen(ada) == 1
