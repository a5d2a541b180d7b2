"""One bot for each module of acceptance tests, a person for each test, and a look at the records afterwards."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.acceptance.app_screen import chromium
from tests.acceptance.bot_at_work import BotAtWork, bot_at_work, set_up
from tests.acceptance.person import Person


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lumbar(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotAtWork]:
    """Run the sandbox and the bot for a module."""
    async with bot_at_work(tmp_path_factory.mktemp("lumbar")) as at_work:
        yield at_work


@pytest_asyncio.fixture(loop_scope="module")
async def ada(lumbar: BotAtWork) -> AsyncIterator[Person]:
    """Return somebody the bot has never seen; nothing they did may have failed in the end."""
    async with await lumbar.person("Ada") as person:
        yield person
    lumbar.assert_nothing_failed()


@pytest_asyncio.fixture(loop_scope="module")
async def settled_ada(ada: Person) -> Person:
    """Return somebody whose reminder comes at 7:30 in New York."""
    await set_up(ada)
    return ada


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Start one browser for the module."""
    async with chromium() as browser:
        yield browser
