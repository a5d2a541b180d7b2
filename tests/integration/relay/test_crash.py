"""A part that breaks for good ends the process, with an error, instead of leaving half a bot behind."""

import asyncio
from datetime import timedelta

import pytest

from bot.bootstrap import SystemClock
from bot.processes import Parts, Work, at_work
from bot.telegram.gateway import Gateway
from bot.telegram.intake import Intake
from bot.telegram.receiver import Receiver
from bot.telegram.relay import Relay
from tests.integration.relay.conftest import TOKEN, Desk
from tests.knowledge import the_knowledge


class BrokenReceiver(Receiver):
    """A receiver with a bug outside its turns."""

    async def run(self, stop: asyncio.Event) -> None:
        """Break."""
        raise LookupError(stop)


class BrokenRelay(Relay):
    """A relay with a bug outside its turns."""

    async def run(self, stop: asyncio.Event) -> None:
        """Break."""
        raise LookupError(stop)


@pytest.mark.parametrize(("receiver", "relay"), [(BrokenReceiver, Relay), (Receiver, BrokenRelay)])
async def test_a_part_that_breaks_ends_everything(desk: Desk, receiver: type[Receiver], relay: type[Relay]) -> None:
    """Whoever runs the bot gets the error at once, which ends the process so that its manager can start it anew."""
    database, clock = desk.database, SystemClock()
    work = Work(
        database,
        the_knowledge(),
        clock,
        grace=timedelta(hours=2),
        wake_relay=lambda: None,
        ticked=lambda: None,
    )
    async with Gateway(TOKEN, api_url=desk.address) as gateway:
        await gateway.who_am_i()
        intake = Intake(gateway, work.handle_batch)
        parts = Parts(
            work,
            intake,
            receiver(gateway, intake),
            relay(run=database.run, send=gateway.call, clock=clock, per_second=30, alone=True),
            jobs=None,
            listen=database.listen,
        )

        async def run() -> None:
            async with at_work(parts):
                await asyncio.Event().wait()

        with pytest.raises(ExceptionGroup) as caught:
            await asyncio.wait_for(run(), 20)
    assert caught.group_contains(LookupError)
