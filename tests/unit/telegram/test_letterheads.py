"""Letterheads as they are needed: drawn once for all who wait, and never waited for too long."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.presentation.letterhead import Letterhead
from bot.telegram import letterheads as module
from bot.telegram.letterheads import Letterheads
from bot.usecases.delivery import NotReady

ONE, OTHER = Letterhead({"name": "One"}, "1"), Letterhead({"name": "Other"}, "2")


@dataclass(slots=True)
class Drawer:
    """Draws once it is let go, and remembers what it was asked for."""

    answers: list[bytes | Exception | None]
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[Mapping[str, Any]] = field(default_factory=list)

    async def draw(self, kind: str, data: Mapping[str, Any]) -> bytes | None:
        """Draw a letterhead."""
        assert kind == "letterhead"
        self.asked.append(data)
        self.begun.set()
        await self.let_go.wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


async def test_one_drawing_is_enough_for_everybody() -> None:
    """For those who wait at the same time, and for those who come later; another look is another drawing."""
    drawer = Drawer([b"one", b"other"])
    letterheads = Letterheads(drawer.draw)
    waiting = asyncio.gather(*(letterheads.drawn(ONE) for _ in range(2)))
    drawer.let_go.set()
    assert await waiting == [b"one", b"one"]
    assert await letterheads.drawn(ONE) == b"one"
    assert await letterheads.drawn(OTHER) == b"other"
    assert drawer.asked == [ONE.data, OTHER.data]


async def test_a_slow_drawing_is_ready_for_the_next_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first goes without; the drawing is not broken off."""
    drawer = Drawer([b"one"])
    letterheads = Letterheads(drawer.draw)
    with monkeypatch.context() as patch:
        patch.setattr(module, "PATIENCE_SECONDS", 0)
        assert await letterheads.drawn(ONE) is None
    drawer.let_go.set()
    assert await letterheads.drawn(ONE) == b"one"
    assert len(drawer.asked) == 1


async def test_a_letter_waits_a_moment_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """In between it is put back, for a referral may pass then; once drawn, nobody waits."""
    monkeypatch.setattr(module, "MOMENT_SECONDS", 0)
    drawer = Drawer([b"one"])
    letterheads = Letterheads(drawer.draw)
    assert isinstance(await letterheads.drawn(ONE), NotReady)
    drawer.let_go.set()
    await letterheads.begin(ONE)
    assert await letterheads.drawn(ONE) == b"one"


@pytest.mark.parametrize("failure", [None, OSError("no such program")])
async def test_a_failed_drawing_is_tried_again_after_a_while(
    failure: Exception | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until then letters leave without it at once, and nothing is raised."""
    drawer = Drawer([failure, failure, b"one"])
    drawer.let_go.set()
    letterheads = Letterheads(drawer.draw)
    assert [await letterheads.drawn(ONE) for _ in range(3)] == [None, None, None]
    await letterheads.close()
    assert len(drawer.asked) == 1
    monkeypatch.setattr(module, "AGAIN_AFTER_SECONDS", 0)
    letterheads = Letterheads(drawer.draw)
    assert [await letterheads.drawn(ONE) for _ in range(3)] == [None, b"one", b"one"]
    await letterheads.close()


async def test_closing_breaks_off_what_is_being_drawn() -> None:
    """Whoever waits for it gets none."""
    drawer = Drawer([b"one"])
    letterheads = Letterheads(drawer.draw)
    waiting = asyncio.ensure_future(letterheads.drawn(ONE))
    await drawer.begun.wait()
    await letterheads.close()
    assert await waiting is None
