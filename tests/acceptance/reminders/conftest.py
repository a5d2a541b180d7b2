"""A bot on a Thursday in May, and somebody whose reminder comes at half past seven."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acceptance.bot_at_work import BotAtWork, set_up
from tests.acceptance.person import Person
from tests.acceptance.reminded import A_THURSDAY, Place, place


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Place]:
    """Return a sandbox on a Thursday in May."""
    async with place(tmp_path, A_THURSDAY) as opened:
        yield opened


@pytest.fixture
async def lumbar(here: Place) -> AsyncIterator[BotAtWork]:
    """Run a bot on a Thursday in May."""
    async with here.bot() as bot:
        yield bot


@pytest.fixture
async def ada(lumbar: BotAtWork) -> AsyncIterator[Person]:
    """Return somebody whose reminder comes at 7:30 in New York."""
    async with await lumbar.person("Ada") as person:
        await set_up(person)
        yield person
