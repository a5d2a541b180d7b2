"""Several receivers over one database: one polls, and another goes on when it stops or dies."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import repeat
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import Sandbox
from bot.storage.unit_of_work import Database, Transaction
from bot.telegram import receiver as receiver_module
from bot.telegram.gateway import Gateway
from bot.telegram.intake import Intake
from bot.telegram.leadership import LEASE_SECONDS, STANDBY_SECONDS, Leadership
from bot.telegram.receiver import LEASE, Receiver
from bot.usecases.inbox import QueryAnswer
from bot.usecases.incoming import Incoming, Said
from tests.acceptance.person import Person
from tests.integration.relay.conftest import TOKEN
from tests.sqlite import make_database

pytestmark = pytest.mark.usefixtures("quick_looks")


@pytest.fixture
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody ask for the lease again and again; when it ends is a matter of the clock, which the test turns."""
    for name in ("STANDBY_SECONDS", "RENEW_SECONDS", "LONGEST_PAUSE_SECONDS"):
        monkeypatch.setattr(receiver_module, name, 0.01)


@dataclass(slots=True)
class Station:
    """One process's receiver: what it heard, a hook around its database (which may fail), and its end."""

    failures: Iterator[Exception] = field(default_factory=lambda: iter(()))
    heard: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    running: "asyncio.Task[None] | None" = None

    async def commit(self, batch: list[Incoming], unreadable: list[int]) -> list[QueryAnswer]:
        """Hear what was said."""
        assert not unreadable
        for incoming in batch:
            self.heard.put_nowait(incoming.content.text if isinstance(incoming.content, Said) else "")
        return []

    async def hears(self) -> str:
        """Wait for the next words."""
        return await asyncio.wait_for(self.heard.get(), 10)

    async def asks(self) -> None:
        """Wait until it asks for the lease once more."""
        self.asked.clear()
        await asyncio.wait_for(self.asked.wait(), 10)

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait until something has happened, looking whenever it asks for the lease."""
        deadline = monotonic() + 10
        while not happened():
            assert monotonic() < deadline
            await self.asks()

    async def kill(self) -> None:
        """End it the way kill -9 does: nothing is given up."""
        assert self.running is not None
        self.running.cancel()
        await asyncio.wait({self.running})

    async def end(self) -> None:
        """Stop it in peace."""
        assert self.running is not None
        self.stop.set()
        await asyncio.wait_for(self.running, 10)


@dataclass(frozen=True, slots=True)
class Stations:
    """A database, a clock, and as many receivers as a test starts."""

    database: Database
    address: str
    clock: SandboxClock

    @asynccontextmanager
    async def one(self, *failures: Exception) -> AsyncIterator[Station]:
        """Run one more receiver, whose database fails first; it is stopped at the end if it still runs."""
        station = Station(iter(failures))
        station.answers.set()

        async def run(work: Callable[[Transaction], Any]) -> Any:
            station.asked.set()
            await station.answers.wait()
            for failure in station.failures:
                raise failure
            return await self.database.run(work)

        async with Gateway(TOKEN, api_url=self.address) as gateway:
            await gateway.who_am_i()
            leadership = Leadership(LEASE, run=run, clock=self.clock)
            receiver = Receiver(gateway, Intake(gateway, station.commit), leadership)
            station.running = asyncio.create_task(receiver.run(station.stop))
            try:
                yield station
            finally:
                station.stop.set()
                await asyncio.wait({station.running})

    def lease(self) -> tuple[str, int]:
        """Return holder and token."""
        with self.database.engine.connect() as connection:
            (row,) = connection.exec_driver_sql("SELECT holder, token FROM lease").all()
        return row.holder, row.token


@pytest.fixture
async def stations(tmp_path: Path, address: str) -> AsyncIterator[Stations]:
    """Return stations over an empty database."""
    database = Database(make_database(tmp_path / "lumbar.db"))
    yield Stations(database, address, SandboxClock())
    database.close()


def events(logs: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what was logged, by action."""
    return [line["event"] for line in logs]


async def polls(sandbox: Sandbox) -> None:
    """Wait until somebody polls."""
    await asyncio.wait_for(sandbox.updates.poll_waits.wait(), 10)


async def test_one_polls_and_the_others_stand_by(
    stations: Stations, ada: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    """What people say arrives once, at the one who leads, and nobody gets in its way."""
    async with stations.one() as first:
        assert await first.hears() == "/start"
        async with stations.one() as second:
            await second.asks()
            await ada.say("hello")
            assert await first.hears() == "hello"
            assert second.heard.empty()
    assert "polling_conflict" not in capsys.readouterr().out


async def test_another_takes_over_from_one_that_died(stations: Stations, sandbox: Sandbox, ada: Person) -> None:
    """As long as the dead one's lease lasts nobody polls; then the next does, and misses nothing."""
    async with stations.one() as first:
        assert await first.hears() == "/start"
        await polls(sandbox)  # which acknowledges what it heard
        await first.kill()
        await ada.say("is anybody there?")
        async with stations.one() as second:
            stations.clock.move(timedelta(seconds=LEASE_SECONDS - 1))
            for _ in range(3):
                await second.asks()
            assert second.heard.empty()
            stations.clock.move(timedelta(seconds=1))
            assert await second.hears() == "is anybody there?"
            await polls(sandbox)
    assert stations.lease()[1] == 2


def test_a_takeover_takes_less_than_fifteen_seconds() -> None:
    """The lease's length and a look by those who stand by, which come a second apart."""
    assert LEASE_SECONDS + STANDBY_SECONDS < 15


async def test_a_clean_stop_hands_over_at_once(stations: Stations, sandbox: Sandbox, ada: Person) -> None:
    """Not a second of the clock passes between the end of one and the beginning of the next."""
    async with stations.one() as first, stations.one() as second:
        leader, other = (first, second) if await _who_hears(first, second) is first else (second, first)
        await polls(sandbox)
        await leader.end()
        await ada.say("hello")
        assert await other.hears() == "hello"


async def _who_hears(*stations: Station) -> Station:
    """Wait for the first words anybody hears."""
    tasks = {asyncio.create_task(station.hears()): station for station in stations}
    done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    (one,) = done
    return tasks[one]


async def test_one_that_was_paused_stands_back(stations: Stations, sandbox: Sandbox, ada: Person) -> None:
    """Stopped for longer than its lease, it finds another in its place when it wakes, and stops polling."""
    with capture_logs() as logs:
        async with stations.one() as first:
            assert await first.hears() == "/start"
            first.answers.clear()
            await polls(sandbox)
            async with stations.one() as second:
                stations.clock.move(timedelta(seconds=LEASE_SECONDS + 1))
                await ada.say("while it was paused")
                await _who_hears(first, second)
                before = len(logs)
                first.answers.set()
                await first.until(lambda: "polling_stands_by" in events(logs[before:]))
                await ada.say("after it woke")
                while await second.hears() != "after it woke":
                    pass
    assert first.heard.empty() or await first.hears() == "while it was paused"


@pytest.mark.usefixtures("ada")
async def test_a_database_that_fails_is_waited_out(stations: Stations) -> None:
    """While nobody can tell who leads, nobody polls; afterwards the same receiver goes on."""
    with capture_logs() as logs:
        async with stations.one(*[OSError("gone")] * 3) as only:
            assert await only.hears() == "/start"
    assert events(logs).count("polling_failed") == 3


@pytest.mark.usefixtures("ada")
async def test_a_lease_that_cannot_be_given_up_keeps_nobody_from_leaving(
    stations: Stations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends by itself; the process need not wait for the database."""
    monkeypatch.setattr(receiver_module, "RENEW_SECONDS", 3600.0)  # it asks the database for nothing else meanwhile
    with capture_logs() as logs:
        async with stations.one() as only:
            assert await only.hears() == "/start"
            only.failures = repeat(OSError("gone"))
            await only.end()
    assert "lease_not_released" in events(logs)


async def test_a_webhook_that_comes_back_is_told_in_words(stations: Stations, ada: Person) -> None:
    """Whoever set it is not fought: the log says what to do, and polling goes on as soon as it is gone."""
    async with Gateway(TOKEN, api_url=stations.address) as other:
        with capture_logs() as logs:
            async with stations.one() as only:
                assert await only.hears() == "/start"
                await other.call("setWebhook", {"url": "https://elsewhere.example.org/"})
                await only.until(lambda: any("a webhook for this token" in line.get("remedy", "") for line in logs))
                await other.call("deleteWebhook", {})
                await ada.say("hello")
                assert await only.hears() == "hello"
    assert "@BotFather" in next(line["remedy"] for line in logs if line["event"] == "polling_conflict")
