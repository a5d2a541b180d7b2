"""A bot that lives from day to day, from a Thursday in May, and somebody whose reminder comes at half past seven."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.acceptance.bot_at_work import BotAtWork, set_up
from tests.acceptance.person import Person
from tests.acceptance.reminded import A_THURSDAY, Place, place


@pytest.fixture
def begins_at() -> datetime:
    """Return when it all begins; a file may say otherwise."""
    return A_THURSDAY


@pytest.fixture
async def here(tmp_path: Path, begins_at: datetime) -> AsyncIterator[Place]:
    """Return a sandbox at that moment."""
    async with place(tmp_path, begins_at) as opened:
        yield opened


@pytest.fixture
async def lumbar(here: Place) -> AsyncIterator[BotAtWork]:
    """Run a bot."""
    async with here.bot() as bot:
        yield bot


@pytest.fixture
async def ada(lumbar: BotAtWork) -> AsyncIterator[Person]:
    """Return somebody whose reminder comes at 7:30 in New York."""
    async with await lumbar.person("Ada") as person:
        await set_up(person)
        yield person
