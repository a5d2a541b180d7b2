"""Answers that come one by one share a transaction, and nobody waits for that."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.presentation.messages import Priority
from bot.telegram import relay as relay_module
from bot.telegram.rate import Rates
from bot.telegram.relay import Relay
from bot.usecases.delivery import SendResult, Sent
from bot.usecases.ports import Letter
from tests.integration.relay.conftest import Desk

EARLY, LATE = 1, 2


class Telegram:
    """Answers at once, but for one chat, whose answers come when they are let go."""

    def __init__(self) -> None:
        self.let_go = asyncio.Event()
        self.answered: list[int] = []

    async def send(self, method: str, payload: Mapping[str, Any]) -> SendResult:
        """Answer a call."""
        del method
        if payload["chat_id"] == LATE:
            await self.let_go.wait()
        self.answered.append(payload["chat_id"])
        return Sent(len(self.answered))


@asynccontextmanager
async def sending(desk: Desk, telegram: Telegram) -> AsyncIterator[None]:
    """Run a relay over it, with a letter for each of the two chats under way."""
    rates = Rates(1_000, clock=lambda: desk.seconds)
    relay = Relay(run=desk.run, send=telegram.send, clock=desk.clock, per_second=1_000, alone=True, rates=rates)
    desk.relays.append(relay)
    stop, now = asyncio.Event(), desk.clock.now()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(relay.run(stop))
        await desk.until(lambda: desk.fence() == 1)
        await desk.settled()  # so that the relay has heard of it too
        desk.seconds += 10  # past the slow beginning
        desk.put(
            *(Letter(f"{chat}", chat, "sendMessage", {"text": "x"}, Priority.REPLY, now) for chat in (EARLY, LATE))
        )
        await desk.until(lambda: telegram.answered == [EARLY])
        yield
        telegram.let_go.set()
        stop.set()


def statuses(desk: Desk) -> list[str]:
    """Return how the letters stand, the early chat's first."""
    return [row["status"] for row in desk.rows("outbox")]


async def test_an_answer_waits_for_those_still_awaited(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another call is under way an answer is kept; the last one makes for the one turn that records both."""
    monkeypatch.setattr(relay_module, "GATHER_SECONDS", 3600.0)
    monkeypatch.setattr(relay_module, "SLOW_TURN_SECONDS", 3600.0)
    telegram = Telegram()
    async with sending(desk, telegram):
        await desk.settled()
        assert statuses(desk) == ["sending", "sending"]
        before = desk.transactions
        telegram.let_go.set()
        await desk.until(lambda: statuses(desk) == ["sent", "sent"])
        assert desk.transactions == before + 1


async def test_an_answer_does_not_wait_long(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A call that is never answered keeps no other answer from being recorded, nor the next letter from leaving."""
    monkeypatch.setattr(relay_module, "SLOW_TURN_SECONDS", 3600.0)
    telegram = Telegram()
    async with sending(desk, telegram):
        await desk.until(lambda: statuses(desk) == ["sent", "sending"])
        assert telegram.answered == [EARLY]
