"""Faults on order: the next calls fail as the network or Telegram would let them."""

import asyncio
from random import Random

import aiohttp
import pytest

from bot.sandbox import Fault, Sandbox
from bot.sandbox.faults import Weather
from tests.acceptance.person import Person, text_of
from tests.integration.sandbox.bot_side import BotSide


async def test_the_next_calls_are_told_to_wait(sandbox: Sandbox, bot: BotSide, ada: Person) -> None:
    """429 carries retry_after, comes as often as ordered, and leaves polling alone."""
    sandbox.fail_next(Fault("too_many_requests", times=2, retry_after=5))
    assert len(await bot.result("getUpdates")) == 1
    for _ in range(2):
        assert await bot.call("sendMessage", chat_id=ada.id, text="hi") == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 5",
            "parameters": {"retry_after": 5},
        }
    await bot.result("sendMessage", chat_id=ada.id, text="hi")


async def test_a_fault_can_choose_chat_and_method(bot: BotSide, ada: Person, address: str) -> None:
    """Ordered over HTTP for one chat and method, it meets no other call."""
    async with await Person.create(address, first_name="Bo") as bo:
        await bo.say("/start")
        order = {"kind": "server_error", "method": "sendMessage", "chat_id": bo.id}
        async with bot.session.post(f"{address}/sandbox/faults", json=order) as response:
            assert response.status == 201
        await bot.result("sendMessage", chat_id=ada.id, text="hi")
        await bot.result("sendChatAction", chat_id=bo.id, action="typing")
        assert await bot.refusal("sendMessage", chat_id=bo.id, text="hi") == (500, "Internal Server Error")
        await bot.result("sendMessage", chat_id=bo.id, text="hi")


@pytest.mark.parametrize(("kind", "carried_out"), [("drop_before", False), ("drop_after", True)])
async def test_a_connection_is_cut_before_or_after_the_call(
    sandbox: Sandbox, bot: BotSide, ada: Person, kind: str, *, carried_out: bool
) -> None:
    """The client sees a broken connection either way; only the chat tells whether the message went out."""
    sandbox.fail_next(Fault(kind))  # type: ignore[arg-type]
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.call("sendMessage", chat_id=ada.id, text="lost?")
    assert [text_of(message) for message in await ada.messages()][1:] == (["lost?"] if carried_out else [])
    await bot.result("sendMessage", chat_id=ada.id, text="again")


@pytest.mark.parametrize(("kind", "carried_out"), [("stall_before", False), ("stall_after", True)])
async def test_an_answer_may_never_come(
    sandbox: Sandbox, bot: BotSide, ada: Person, kind: str, *, carried_out: bool
) -> None:
    """The connection stays open until the client is tired of waiting."""
    sandbox.fail_next(Fault(kind))  # type: ignore[arg-type]
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await bot.call("sendMessage", chat_id=ada.id, text="lost?")
    assert [text_of(message) for message in await ada.messages()][1:] == (["lost?"] if carried_out else [])
    await bot.result("sendMessage", chat_id=ada.id, text="again")


async def test_a_gateway_in_trouble_answers_502(sandbox: Sandbox, bot: BotSide, ada: Person) -> None:
    """The call is not carried out."""
    sandbox.fail_next(Fault("bad_gateway"))
    assert await bot.refusal("sendMessage", chat_id=ada.id, text="hi") == (502, "Bad Gateway")
    assert len(await ada.messages()) == 1


async def test_the_weather_strikes_at_random_and_is_counted(sandbox: Sandbox, bot: BotSide, ada: Person) -> None:
    """Polls are struck as well, but never getMe, without which no bot starts."""
    sandbox.faults.weather = Weather(Random(1), {"server_error": 0.5, "bad_gateway": 0.5})  # noqa: S311 - a seed's dice
    await bot.result("getMe")
    for method in ("getUpdates", "sendMessage") * 10:
        given = {"chat_id": ada.id, "text": "hi"} if method == "sendMessage" else {}
        code, _ = await bot.refusal(method, **given)
        assert code in {500, 502}
    assert set(sandbox.faults.struck) == {"server_error", "bad_gateway"}
    assert sandbox.faults.struck.total() == 20


async def test_updates_come_again_and_overtake_each_other(sandbox: Sandbox, bot: BotSide) -> None:
    """Every update comes, some more than once, and what one person wrote stays in order among itself."""
    sandbox.updates.deliveries.random, sandbox.updates.deliveries.twice = Random(1), 0.5  # noqa: S311 - a seed's dice
    people = [sandbox.world.add_person("Ada", "en", None).id for _ in range(5)]
    for number in range(8):
        for person in people:
            sandbox.people.say(person, f"/{number}")
    seen = await bot.result("getUpdates")
    numbers = [update["update_id"] for update in seen]
    assert len(seen) == len(set(numbers)) == 40
    assert numbers != sorted(numbers)
    for person in people:
        texts = [update["message"]["text"] for update in seen if update["message"]["from"]["id"] == person]
        assert texts == [f"/{number}" for number in range(8)]
    sandbox.people.say(people[0], "/last")
    again = [update["update_id"] for update in await bot.result("getUpdates", offset=max(numbers) + 1)]
    assert max(numbers) + 1 in again
    assert set(again) & set(numbers)


async def test_faults_can_be_forgotten(sandbox: Sandbox, bot: BotSide, address: str) -> None:
    """DELETE takes back what has not happened yet; an unknown kind is refused."""
    sandbox.fail_next(Fault("server_error", times=99))
    async with bot.session.delete(f"{address}/sandbox/faults") as response:
        assert response.ok
    await bot.result("getMe")
    async with bot.session.post(f"{address}/sandbox/faults", json={"kind": "meteor"}) as response:
        assert response.status == 400
