"""A served sandbox, a bot-side caller and a person for each test."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox import Sandbox
from tests.acceptance.person import Person
from tests.integration.sandbox.bot_side import TOKEN, BotSide


@pytest.fixture
def sandbox() -> Sandbox:
    """Return a sandbox that is not served yet."""
    return Sandbox(token=TOKEN)


@pytest.fixture
async def address(sandbox: Sandbox) -> AsyncIterator[str]:
    """Serve the sandbox and return its address."""
    async with sandbox.serve() as address:
        yield address


@pytest.fixture
async def bot(address: str) -> AsyncIterator[BotSide]:
    """Return the bot's side."""
    async with aiohttp.ClientSession() as session:
        yield BotSide(address, session)


@pytest.fixture
async def ada(address: str) -> AsyncIterator[Person]:
    """Return Ada, who has pressed Start."""
    async with await Person.create(address) as person:
        await person.say("/start")
        yield person
