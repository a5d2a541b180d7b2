"""One relay at a time: who takes over when, and what a holder may still do that was paused past its lease."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.presentation.messages import Priority
from bot.sandbox import Sandbox
from bot.storage.unit_of_work import Database
from bot.telegram import relay as relay_module
from bot.usecases import outbox
from bot.usecases.ports import Letter
from tests.acceptance.person import Person
from tests.integration.relay.conftest import Desk, heard
from tests.integration.storage.samples import stored
from tests.integration.telegram.scripted_api import scripted_api
from tests.sqlite import make_database

SLEPT = 3600.0
OTHER = "another relay"


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, address: str) -> Iterator[Desk]:
    """Return a desk over an empty outbox of each engine."""
    is_postgres = request.param == "postgresql"
    url = request.getfixturevalue("postgres_url") if is_postgres else make_database(tmp_path / "lumbar.db")
    database = Database(url)
    yield Desk(database, address)
    database.close()


def taken_by_another(desk: Desk) -> None:
    """Have another relay take the lease, and what was in flight with it."""
    now = desk.clock.now()
    desk.database.run_here(lambda tx: outbox.take_over(tx, (), holder=OTHER, now=now, force=True))


def has_lost_its_lease(logs: list[EventDict]) -> bool:
    """Whether a relay has noticed that another took over."""
    return "relay_lost_lease" in [line["event"] for line in logs]


def once_a_letter_is_taken(desk: Desk, happens: Callable[[], None]) -> Callable[[], None]:
    """Return what to do after each transaction so that this happens once, right after a letter was marked."""
    done: list[bool] = []

    def look() -> None:
        if not done and "sending" in {row["status"] for row in desk.rows("outbox")}:
            done.append(True)
            happens()

    return look


async def test_a_relay_that_stops_gives_its_lease_up(desk: Desk, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The standby sends as soon as it hears of that, without waiting for the lease's end or its own next look."""
    monkeypatch.setattr(relay_module, "SLOW_TURN_SECONDS", 3600.0)
    async with desk.relay():
        desk.say(ada, "from the first")
        await ada.wait_for("from the first")
        standby = desk.relay(alone=False)
        second = await standby.__aenter__()
        await desk.settled()
        assert desk.fence() == 1
    second.lease_freed()
    await desk.until(lambda: desk.fence() == 2)
    await desk.settled()  # so that the relay has heard of it too
    desk.seconds += 10
    desk.say(ada, "from the second")
    await ada.wait_for("from the second")
    await standby.__aexit__(None, None, None)
    assert desk.rows("lease")[0]["token"] == 2


async def test_a_relay_that_slept_past_its_lease_does_not_send_what_it_had_taken(
    desk: Desk, sandbox: Sandbox, ada: Person
) -> None:
    """It puts the letter back, unsent and undoubted, makes sure of its lease, and sends it once."""

    def fall_asleep() -> None:
        desk.awake += SLEPT

    desk.after = once_a_letter_is_taken(desk, fall_asleep)
    async with desk.relay():
        desk.say(ada, "once")
        await ada.wait_for("once")
    assert await heard(ada) == ["once"]
    assert [call["method"] for call in sandbox.calls].count("sendMessage") == 1
    (letter,) = desk.rows("outbox")
    assert (letter["status"], letter["attempts"], letter["doubts"]) == ("sent", 2, 0)


async def test_a_relay_that_was_succeeded_while_it_slept_sends_and_writes_nothing(
    desk: Desk, sandbox: Sandbox, ada: Person
) -> None:
    """What it had taken is the successor's: neither is it sent, nor does its row change."""

    def be_succeeded() -> None:
        desk.awake += SLEPT
        taken_by_another(desk)

    desk.after = once_a_letter_is_taken(desk, be_succeeded)
    with capture_logs() as logs:
        async with desk.relay():
            desk.say(ada, "the successor's")
            await desk.until(lambda: has_lost_its_lease(logs))
            before = desk.rows("outbox")
            await desk.settled()
            assert desk.rows("outbox") == before
    assert (before[0]["status"], before[0]["doubts"]) == ("queued", 1)
    assert "sendMessage" not in {call["method"] for call in sandbox.calls}
    assert desk.rows("lease")[0]["holder"] == OTHER


@pytest.mark.parametrize("late", [200, 403], ids=["sent", "blocked"])
async def test_an_answer_that_comes_after_the_lease_is_lost_is_not_recorded(desk: Desk, late: int) -> None:
    """Its letter has been taken over; and who blocked the bot once, long ago, may have let it in again."""
    desk.database.run_here(lambda tx: tx.save_chat(stored(5), desk.clock.now()))
    letter = Letter("u1:0", 5, "sendMessage", {"text": "hello"}, Priority.REPLY, desk.clock.now())
    async with scripted_api() as api:
        api.silent = True
        desk.put(letter)
        async with desk.relay(address=api.url):
            await api.arrived.wait()
            taken_by_another(desk)
            if late == 403:
                api.refuse(403, "Forbidden: bot was blocked by the user")
            with capture_logs() as logs:
                api.let_go.set()
                await desk.until(lambda: has_lost_its_lease(logs))
    (row,) = desk.rows("outbox")
    assert (row["status"], row["doubts"]) == ("queued", 1)
    assert desk.rows("chat")[0]["blocked_at"] is None


async def test_calls_that_never_end_are_broken_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relay that is told to stop does so within bounds; the letter stays in flight, for the next relay to settle."""
    monkeypatch.setattr(relay_module, "DRAIN_SECONDS", 0.05)
    async with scripted_api() as api:
        api.silent = True
        desk.put(Letter("u1:0", 5, "sendMessage", {"text": "hello"}, Priority.REPLY, desk.clock.now()))
        async with asyncio.timeout(10):
            async with desk.relay(address=api.url):
                await api.arrived.wait()
    assert [row["status"] for row in desk.rows("outbox")] == ["sending"]
    assert desk.rows("lease")[0]["expires_at"] < desk.clock.now()


async def test_the_higher_rate_is_asked_for_only_where_it_is_paid_for(
    desk: Desk, sandbox: Sandbox, ada: Person
) -> None:
    """Each message says so then, and none otherwise."""
    async with desk.relay():
        desk.say(ada, "free")
        await ada.wait_for("free")
    async with desk.relay(allow_paid_broadcast=True):
        desk.say(ada, "paid")
        await ada.wait_for("paid")
    sent = [call["arguments"] for call in sandbox.calls if call["method"] == "sendMessage"]
    assert [arguments.get("allow_paid_broadcast") for arguments in sent] == [None, True]
