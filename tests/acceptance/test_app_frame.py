"""What Telegram draws around the Mini App: its theme, its back and large buttons, and the question before closing."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Dialog, expect

from tests.acceptance.app_screen import CHROMIUM, Screen, screen_of
from tests.acceptance.bot_at_work import BotAtWork, bot_at_work
from tests.acceptance.person import Person

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: install Debian's `chromium`"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lumbar(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotAtWork]:
    """Run the sandbox and a bot with a Mini App."""
    async with bot_at_work(tmp_path_factory.mktemp("lumbar"), with_app=True) as at_work:
        yield at_work


@pytest_asyncio.fixture(loop_scope="module")
async def screen(browser: Browser, lumbar: BotAtWork, settled_ada: Person) -> AsyncIterator[Screen]:
    """Give somebody who has just set up in New York a phone that stands in Lisbon."""
    async with screen_of(browser, lumbar, settled_ada, timezone_id="Europe/Lisbon") as screen:
        yield screen


async def test_it_follows_the_theme_while_it_is_open(screen: Screen) -> None:
    """Telegram turns dark, and so does the page at once."""
    frame = await screen.in_the_sandbox()
    before = await screen.page.locator("html").get_attribute("data-theme")
    await expect(frame.locator("html")).to_have_attribute("data-theme", before or "light")
    await screen.page.get_by_role("button", name="Switch between light and dark").click()
    await expect(frame.locator("html")).to_have_attribute("data-theme", "dark" if before == "light" else "light")


async def test_an_exercise_moves_and_leads_back(screen: Screen) -> None:
    """The film plays; Telegram's back button leads to the list, where one was."""
    frame = await screen.in_the_sandbox()
    await frame.get_by_role("navigation").get_by_role("button", name="Exercises").click()
    await frame.get_by_role("button", name="Knee rolls").click()
    await expect(frame.get_by_role("heading", level=1)).to_have_text("Knee rolls")
    await expect(frame.locator("video")).to_have_js_property("paused", value=False)
    await expect(frame.get_by_role("heading", name="Easier")).to_be_visible()
    await screen.page.get_by_role("button", name="Back", exact=True).click()
    await expect(frame.get_by_role("heading", level=1)).to_have_text("Exercises")
    await expect(frame.get_by_role("button", name="Knee rolls")).to_be_focused()


async def test_it_begins_where_the_chat_goes_on(screen: Screen) -> None:
    """Telegram's large button starts the routine, and the page makes way for the first question."""
    frame = await screen.in_the_sandbox()
    await expect(frame.get_by_role("heading", name="Your exercises")).to_be_visible()
    await screen.page.get_by_role("button", name="Start · 6 min").click()
    await expect(screen.page.locator("iframe")).to_have_count(0)
    await screen.person.wait_for("Before we begin, a few questions")


async def test_what_is_not_saved_is_asked_about(screen: Screen) -> None:
    """Closing, or leading back, asks first; whoever says no is still there, whoever says yes leaves it as it was."""
    frame = await screen.in_the_sandbox()
    answers = [False, True]
    asked: list[str] = []

    async def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        await (dialog.accept() if answers.pop(0) else dialog.dismiss())

    screen.page.on("dialog", answer)
    await frame.get_by_role("navigation").get_by_role("button", name="Settings").click()
    await frame.get_by_role("button", name="When").click()
    await frame.get_by_label("Time", exact=True).fill("05:00")
    await screen.page.get_by_role("button", name="Close the Mini App").click()
    await expect(frame.get_by_label("Time", exact=True)).to_have_value("05:00")
    await screen.page.get_by_role("button", name="Back", exact=True).click()
    await expect(frame.get_by_text("7:30 · every day")).to_be_visible()
    assert asked == ["Changes that you made may not be saved. Close?", "You have not saved this. Leave it as it was?"]
