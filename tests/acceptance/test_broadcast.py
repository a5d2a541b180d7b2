"""A broadcast to people who are there: to each of them once, whatever happens on the way."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.faults import Fault
from bot.usecases import broadcasts
from tests.acceptance.clinic_at_work import patient, store
from tests.acceptance.person import Person, text_of
from tests.acceptance.reminded import A_THURSDAY, Place, place

NINE = A_THURSDAY + timedelta(hours=3)  # in New York
TEXT = "The clinic is closed tomorrow."
PEOPLE = 6


@asynccontextmanager
async def crowd(folder: Path) -> AsyncIterator[tuple[Place, Person, int, list[Person]]]:
    """Make a place with a staff chat and people who are set up."""
    async with AsyncExitStack() as opened:
        here = await opened.enter_async_context(place(folder, NINE))
        head = await opened.enter_async_context(await here.person())
        people = [await opened.enter_async_context(await here.person()) for _ in range(PEOPLE)]
        for person in people:
            here.sandbox.world.people[person.id].started = True
        group = await head.make_group("Front desk")
        async with here.bot(staff_chat_id=group):
            store(here.database, [replace(patient(0, NINE), chat_id=person.id) for person in people], NINE)
        yield here, head, group, people


async def send(head: Person, group: int) -> None:
    """Write a broadcast and say yes twice."""
    await head.say(f"/broadcast\n{TEXT}", chat_id=group)
    await head.wait_in(group, "This is how it will look")
    await head.press_in(group, "Send…")
    await head.wait_in(group, "Send this now?")
    await head.press_in(group, "Yes, send it")
    await head.wait_in(group, "is leaving")


async def got(person: Person) -> int:
    """Count how often somebody got it."""
    return sum(TEXT in text_of(message) for message in await person.messages())


async def test_it_goes_on_after_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped in the middle and started again, it reaches the others, and nobody twice; the staff read the end."""
    monkeypatch.setattr(broadcasts, "AT_ONCE", 2)
    monkeypatch.setattr(broadcasts, "MOST_WAITING", 1)
    async with crowd(tmp_path) as (here, head, group, people):
        async with here.bot(staff_chat_id=group, messages_per_second=2):
            await send(head, group)
            await people[0].wait_for(TEXT)
        assert sum([await got(person) for person in people]) < PEOPLE
        async with here.bot(staff_chat_id=group):
            for hours in range(1, 4):
                here.clock.move(timedelta(seconds=hours))
            await people[-1].wait_for(TEXT)
            here.clock.move(timedelta(seconds=5))
            await head.wait_in(group, "Broadcast 1 is sent.")
        assert [await got(person) for person in people] == [1] * PEOPLE


async def test_an_answer_that_is_lost_is_not_asked_for_again(tmp_path: Path) -> None:
    """Telegram delivered it and nobody heard: the person got it, and does not get it twice."""
    async with crowd(tmp_path) as (here, head, group, people):
        async with here.bot(staff_chat_id=group) as lumbar:
            here.sandbox.fail_next(Fault("drop_after", method="sendMessage", chat_id=people[0].id))
            await send(head, group)
            await people[-1].wait_for(TEXT)
            await lumbar.sent_everything()
            here.clock.move(timedelta(seconds=20))
            await head.wait_in(group, "Broadcast 1 is sent.")
        assert [await got(person) for person in people] == [1] * PEOPLE


async def test_it_can_be_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has not left by then never does."""
    monkeypatch.setattr(broadcasts, "AT_ONCE", 1)
    monkeypatch.setattr(broadcasts, "MOST_WAITING", 1)
    async with crowd(tmp_path) as (here, head, group, people), here.bot(staff_chat_id=group) as lumbar:
        await send(head, group)
        await people[0].wait_for(TEXT)
        await head.press_in(group, "Stop it")
        await head.wait_in(group, "Broadcast 1 is cancelled")
        here.clock.move(timedelta(hours=1))
        await head.say("/broadcast", chat_id=group)
        await head.wait_in(group, "Write the message after the command")
        await lumbar.sent_everything()
        assert await got(people[-1]) == 0
