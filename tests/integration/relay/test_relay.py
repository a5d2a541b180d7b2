"""The relay against a Telegram that misbehaves: each failure costs what it must, and nobody else anything."""

import asyncio
import socket
from datetime import timedelta
from itertools import count

import pytest

from bot.presentation.messages import Priority
from bot.sandbox import Fault, Sandbox
from bot.telegram import relay as relay_module
from bot.telegram.rate import Rates
from bot.usecases.ports import Letter
from tests.acceptance.person import Person
from tests.integration.relay.conftest import TOKEN, Desk, heard
from tests.integration.storage.samples import stored
from tests.integration.telegram.scripted_api import ScriptedApi, scripted_api


async def test_a_chats_letters_arrive_in_order(desk: Desk, ada: Person, bob: Person) -> None:
    """Everything arrives once, in each chat in the order it was written."""
    texts = [f"number {number}" for number in range(8)]
    desk.say(ada, *texts)
    desk.say(bob, *texts)
    async with desk.relay():
        await ada.wait_for(texts[-1])
        await bob.wait_for(texts[-1])
    assert await heard(ada) == await heard(bob) == texts
    assert desk.statuses(ada) == ["sent"] * len(texts)


async def test_a_flood_limit_of_one_chat_is_waited_out(desk: Desk, sandbox: Sandbox, ada: Person, bob: Person) -> None:
    """Told to wait 30 seconds for Ada, the relay sends her nothing before, and Bob everything."""
    sandbox.fail_next(Fault("too_many_requests", chat_id=ada.id, retry_after=30))
    async with desk.relay():
        desk.say(ada, "first", "second")
        await ada.wait_for_call("sendMessage")
        desk.say(bob, "hello")
        await bob.wait_for("hello")
        desk.move(29)
        await desk.settled()
        assert await heard(ada) == []
        desk.move(1)
        await ada.wait_for("second")
    assert await heard(ada) == ["first", "second"]


async def test_a_flood_limit_of_the_bot_silences_all(desk: Desk, sandbox: Sandbox, ada: Person, bob: Person) -> None:
    """Two chats told to wait at once mean the bot: nobody gets anything until the time is over."""
    sandbox.fail_next(Fault("too_many_requests", times=2, retry_after=30))
    async with desk.relay(), await Person.create(desk.address, first_name="Cy") as cy:
        await cy.say("/start")
        desk.say(ada, "to Ada")
        await ada.wait_for_call("sendMessage")
        desk.say(bob, "to Bob")
        await bob.wait_for_call("sendMessage")
        desk.say(cy, "to Cy")
        desk.move(29)
        await desk.settled()
        assert await heard(cy) == []
        desk.move(1)
        for person in (ada, bob, cy):
            await person.wait_for("to ")


async def test_one_who_blocked_the_bot_is_left_alone(desk: Desk, sandbox: Sandbox, ada: Person, bob: Person) -> None:
    """A 403 marks the person, cancels what waits for them and takes their reminders away; Bob gets his message."""
    desk.database.run_here(lambda tx: tx.save_chat(stored(ada.id), desk.clock.now()))
    desk.database.run_here(lambda tx: tx.set_due(ada.id, "daily", desk.clock.now()))
    sandbox.world.people[ada.id].blocked = True
    desk.say(ada, "first", "second", "third")
    desk.say(bob, "first", "second")
    async with desk.relay():
        await bob.wait_for("second")
        await ada.wait_for_call("sendMessage")
        await desk.settled()
    assert desk.statuses(ada) == ["cancelled"] * 3
    assert [call["arguments"]["text"] for call in sandbox.calls if call["arguments"].get("chat_id") == ada.id] == [
        "first"
    ]
    (chat,) = desk.rows("chat")
    assert chat["blocked_at"] is not None
    assert {row["next_due_at"] for row in desk.rows("reminder")} == {None}
    assert await heard(bob) == ["first", "second"]


async def test_trouble_at_telegram_is_waited_out(desk: Desk, sandbox: Sandbox, ada: Person) -> None:
    """Answers of 500 are tried again after growing pauses, until one arrives; once, and in order."""
    sandbox.fail_next(Fault("server_error", times=3))
    async with desk.relay():
        desk.say(ada, "first", "second")
        for _ in range(3):
            await ada.wait_for_call("sendMessage")
            await desk.settled()
            desk.move(60)
        await ada.wait_for("second")
    assert await heard(ada) == ["first", "second"]
    assert desk.rows("outbox")[0]["attempts"] == 4


async def test_a_refused_connection_costs_nothing_but_time(desk: Desk) -> None:
    """A letter written while nobody answers arrives, once, when somebody does."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    late = Sandbox(token=TOKEN)
    person = late.world.add_person("Ada", "en", None)
    desk.put(Letter("a", person.id, "sendMessage", {"text": "at last"}, Priority.REPLY, desk.clock.now()))
    async with desk.relay(address=f"http://127.0.0.1:{port}"):
        while not desk.rows("outbox")[0]["reason"]:
            await desk.settled()
        async with late.serve(port=port):
            late.people.say(person.id, "/start")
            desk.move(60)
            while desk.rows("outbox")[0]["status"] != "sent":
                await desk.settled()
    assert [call["ok"] for call in late.calls if call["method"] == "sendMessage"] == [True]


@pytest.mark.parametrize(
    ("fault", "arrives"),
    [
        (Fault("drop_after", times=1), 2),
        (Fault("drop_before", times=1), 1),
        (Fault("drop_after", times=2), 3),
        (Fault("drop_before", times=2), 1),
    ],
    ids=["once, after", "once, before", "twice, after", "twice, before"],
)
async def test_a_lost_answer_loses_no_letter(
    desk: Desk, sandbox: Sandbox, ada: Person, *, fault: Fault, arrives: int
) -> None:
    """A message whose fate is unknown comes again rather than not at all, and the chat's next one follows it."""
    tries = fault.times
    sandbox.fail_next(fault)
    async with desk.relay():
        desk.say(ada, "perhaps", "surely")
        if tries > 1:
            await stands(desk, "queued", tries)
            desk.move(60)
        await ada.wait_for("surely")
    assert await heard(ada) == ["perhaps"] * arrives + ["surely"]
    assert desk.statuses(ada) == ["sent", "sent"]


@pytest.mark.parametrize("status", [200, 504])
async def test_answers_that_are_not_telegrams_lose_no_letter(desk: Desk, status: int) -> None:
    """A portal or a proxy answers in Telegram's place, again and again: the letter leaves when they are gone."""
    desk.put(Letter("a", 5, "sendMessage", {"text": "hello"}, Priority.REPLY, desk.clock.now()))
    async with scripted_api() as api:
        sound, api.answer, api.status = api.answer, "<html>please sign in</html>", status
        async with desk.relay(address=api.url):
            for tries in range(1, 5):
                await stands(desk, "queued", tries)
                desk.move(60)
            await stands(desk, "queued", 5)
            api.answer, api.status = sound, 200
            desk.move(60)
            await stands(desk, "sent", 6)
    assert [call.path for call in api.received if call.path.endswith("/sendMessage")] == [
        f"/bot{TOKEN}/sendMessage"
    ] * 6


async def stands(desk: Desk, status: str, attempts: int) -> None:
    """Wait until the first letter stands so after so many tries."""

    def is_so() -> bool:
        first = desk.rows("outbox")[0]
        return (first["status"], first["attempts"]) == (status, attempts)

    await desk.until(is_so)


async def test_a_call_telegram_never_takes_is_given_up(desk: Desk, ada: Person) -> None:
    """A 400 ends that letter alone; its reason is kept and the queue goes on."""
    async with desk.relay():
        desk.say(ada, "", "next")
        await ada.wait_for("next")
    first = desk.rows("outbox")[0]
    assert (first["status"], first["attempts"]) == ("gave_up", 1)
    assert "text" in first["reason"]


async def test_a_letter_that_is_too_late_is_not_sent(desk: Desk, ada: Person) -> None:
    """What has expired is dropped, and what stands behind it is sent at once."""
    now = desk.clock.now()
    late = Letter(
        "late", ada.id, "sendMessage", {"text": "late"}, Priority.REPLY, now, expires_at=now - timedelta(seconds=1)
    )
    async with desk.relay():
        desk.put(late)
        desk.say(ada, "in time")
        await ada.wait_for("in time")
    assert await heard(ada) == ["in time"]
    assert desk.statuses(ada) == ["cancelled", "sent"]


async def test_stopping_waits_for_the_calls_under_way(desk: Desk) -> None:
    """A call that was made is waited for and its answer recorded; what is still queued stays queued."""
    async with scripted_api() as api:
        await _stop_in_the_middle(desk, api)
    first, second = desk.rows("outbox")
    assert (first["status"], first["message_id"], second["status"]) == ("sent", 7, "queued")


async def _stop_in_the_middle(desk: Desk, api: ScriptedApi) -> None:
    api.silent = True
    now = desk.clock.now()
    desk.put(*(Letter(key, 5, "sendMessage", {"text": key}, Priority.REPLY, now) for key in ("under way", "waiting")))
    async with desk.relay(address=api.url):
        await api.arrived.wait()
        asyncio.get_running_loop().call_soon(api.let_go.set)


async def test_an_idle_relay_rests(desk: Desk) -> None:
    """With nothing to do it looks once a second, and however often it is woken, once for each time."""
    async with desk.relay() as relay:
        await desk.settled()
        before = desk.transactions
        await desk.settled()
        assert desk.transactions == before
        relay.wake()
        await desk.settled()
        assert desk.transactions == before + 1


async def test_a_relay_that_may_not_send_rests_too(desk: Desk, sandbox: Sandbox, ada: Person, bob: Person) -> None:
    """While the bot as a whole is told to wait, a full outbox makes nobody run in circles."""
    sandbox.fail_next(Fault("too_many_requests", times=2, retry_after=30))
    async with desk.relay() as relay:
        desk.say(ada, "one", "two")
        await ada.wait_for_call("sendMessage")
        desk.say(bob, "one", "two")
        await bob.wait_for_call("sendMessage")
        await desk.settled()
        before = desk.transactions
        relay.wake()
        await desk.settled()
        assert desk.transactions <= before + 1


async def test_no_wake_up_is_lost(desk: Desk, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter queued while the relay is looking is sent without waiting for its next turn."""
    monkeypatch.setattr(relay_module, "SLOW_TURN_SECONDS", 3600.0)
    numbers = count()

    def queue_another() -> None:
        number = next(numbers)
        if number < 5:
            desk.say(ada, f"number {number}")

    desk.after = queue_another
    async with desk.relay():
        await ada.wait_for("number 4")
    assert await heard(ada) == [f"number {number}" for number in range(5)]


async def test_a_database_that_fails_for_a_while_loses_no_answer(
    desk: Desk, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers that cannot be recorded are kept and recorded later; nothing is sent twice."""
    monkeypatch.setattr(relay_module, "SLOW_TURN_SECONDS", 0.01)
    failures = iter([False, False, False, True, True, True])  # after the take-over, the names of files, the first turn

    def fail() -> None:
        if next(failures, False):
            raise OSError("the disk is full")

    desk.before = fail
    desk.say(ada, "first", "second")
    async with desk.relay():
        await ada.wait_for("second")
    assert await heard(ada) == ["first", "second"]
    assert desk.statuses(ada) == ["sent", "sent"]


async def test_a_second_relay_stands_by(desk: Desk, ada: Person) -> None:
    """Of two relays one sends; when it has died and its lease has run out, the other sends what is left."""
    async with desk.relay(alone=False):
        await desk.settled()
        desk.say(ada, "from the first")
        await ada.wait_for("from the first")
        async with desk.relay(alone=False):
            await desk.settled()
            assert {row["token"] for row in desk.rows("lease")} == {1}
            desk.relays.pop(0)
            while desk.rows("lease")[0]["token"] == 1:  # the first may renew it once more by itself
                desk.move(60)
                await desk.settled()
            desk.say(ada, "from the second")
            await ada.wait_for("from the second")
    assert await heard(ada) == ["from the first", "from the second"]


async def test_in_the_middle_of_a_reminder_burst_a_reply_leaves_at_once(
    desk: Desk, sandbox: Sandbox, ada: Person
) -> None:
    """With the rate used up by reminders, which have hundreds to go, a place is free for the answer to somebody."""
    rates = Rates(30, clock=lambda: desk.seconds)
    people = [sandbox.world.add_person(f"Person {number}", "en", None) for number in range(200)]
    for person in people:
        person.started = True
    now = desk.clock.now()
    async with desk.relay(rates=rates):
        desk.put(
            *(
                Letter(f"r{person.id}", person.id, "sendMessage", {"text": "Time"}, Priority.REMINDER, now)
                for person in people
            )
        )
        for _ in range(100):
            desk.seconds += 0.02
            desk.wake()
            await desk.settled()
        await desk.until(lambda: "sending" not in {row["status"] for row in desk.rows("outbox")})
        used_up = len(sandbox.calls)
        assert rates.available(bulk=True) == 0
        desk.say(ada, "an answer")
        await ada.wait_for("an answer")
        assert used_up < 100
        assert len(sandbox.calls) == used_up + 1


async def test_letters_do_not_wait_for_a_clock_that_was_turned_back(desk: Desk, ada: Person) -> None:
    """What was to leave at once leaves, though by the new time it was written an hour from now."""
    async with desk.relay() as relay:
        await desk.settled()
        desk.clock.move(timedelta(hours=1))
        relay.wake()
        await desk.settled()
        later = desk.clock.now() + timedelta(seconds=5)
        desk.put(Letter("u1:0", ada.id, "sendMessage", {"text": "no hurry"}, Priority.REPLY, later))
        await desk.settled()
        desk.clock.move(-timedelta(hours=1), backwards=True)
        desk.say(ada, "behind it")
        await ada.wait_for("behind it")
    assert await heard(ada) == ["no hurry", "behind it"]
