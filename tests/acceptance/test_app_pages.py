"""Every page of the Mini App as people see it: both themes, the smallest and a large phone, by keyboard and by ear."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.async_api import Browser, Page, expect

from tests.acceptance.app_screen import CHROMIUM, HEIGHT, LARGE, SMALL, Screen, screen_of, three_weeks
from tests.acceptance.bot_at_work import BotAtWork, bot_at_work, set_up
from tests.acceptance.person import Person

SHOTS = os.environ.get("LUMBAR_SCREENSHOTS")  # a folder to keep a picture of each page in, to be looked at
PAGES = {"today": "Today: ", "progress": "Progress", "exercises": "Exercises", "settings": "Settings"}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: install Debian's `chromium`"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lumbar(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotAtWork]:
    """Run the sandbox and a bot with a Mini App."""
    async with bot_at_work(tmp_path_factory.mktemp("lumbar"), with_app=True, staff_chat_id=-100200) as at_work:
        yield at_work


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ada(lumbar: BotAtWork) -> AsyncIterator[Person]:
    """Return somebody with three weeks behind them."""
    async with await lumbar.person("Ada") as person:
        await set_up(person)
        await three_weeks(lumbar, person)
        yield person


@pytest_asyncio.fixture(loop_scope="module")
async def screen(browser: Browser, lumbar: BotAtWork, ada: Person) -> AsyncIterator[Screen]:
    """Give her a large phone."""
    async with screen_of(browser, lumbar, ada) as screen:
        yield screen


async def fits(page: Page, width: int) -> bool:
    """Tell whether nothing stands beyond the edge."""
    found: bool = await page.evaluate("document.documentElement.scrollWidth") <= width
    return found


async def barriers(page: Page) -> list[str]:
    """Return what axe finds that keeps people from using the page."""
    await page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    found = await page.evaluate("tags => axe.run({ runOnly: tags, resultTypes: ['violations'] })", RULES)
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


async def keep(page: Page, name: str) -> None:
    """Keep a picture of the whole page, where somebody wants to look at it."""
    if SHOTS:
        await page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [SMALL, LARGE])
@pytest.mark.parametrize("name", PAGES)
async def test_every_page_fits_and_has_no_barriers(screen: Screen, name: str, width: int, theme: str) -> None:
    """Nothing beyond the edge, and nothing that axe knows to keep people out, by WCAG 2.2 AA."""
    await screen.page.set_viewport_size({"width": width, "height": HEIGHT})
    page = await screen.on_its_own(name, theme=theme)
    await expect(page.get_by_role("heading", level=1)).to_contain_text(PAGES[name])
    assert await fits(page, width)
    await keep(page, f"{name}-{theme}-{width}")
    assert await barriers(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_pages_behind_the_pages_fit_too(screen: Screen, theme: str) -> None:
    """One exercise, the reminder's form, and the question before everything is erased."""
    await screen.page.set_viewport_size({"width": SMALL, "height": HEIGHT})
    page = await screen.on_its_own("exercises", theme=theme)
    await page.get_by_role("button", name="Knee rolls").click()
    await _fits_without_barriers(page, f"exercise-{theme}")
    page = await screen.on_its_own("settings", theme=theme)
    await page.get_by_role("button", name="When").click()
    await _fits_without_barriers(page, f"reminder-{theme}")
    page = await screen.on_its_own("settings", theme=theme)
    await page.get_by_role("button", name="Erase everything").click()
    await _fits_without_barriers(page, f"erase-{theme}")


async def _fits_without_barriers(page: Page, name: str) -> None:
    await expect(page.locator("nav")).to_be_hidden()
    assert await fits(page, SMALL)
    await keep(page, name)
    assert await barriers(page) == []


async def test_the_calendar_is_gone_through_with_arrow_keys(screen: Screen) -> None:
    """A week up, a day back: each day says what it was, in words; of the future nothing is told."""
    page = await screen.on_its_own("progress")
    calendar = page.get_by_role("table", name="Ten weeks")
    await expect(calendar.get_by_role("button")).to_have_count(70)
    await expect(calendar.locator("[tabindex='0']")).to_have_count(1)
    await calendar.locator("[tabindex='0']").focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowLeft"):
        await page.keyboard.press(key)
    chosen = calendar.locator("[aria-pressed='true']")
    await expect(chosen).to_be_focused()
    label = await chosen.get_attribute("aria-label") or ""
    await expect(page.locator(".detail")).to_contain_text(label.partition(":")[0])
    await expect(page.locator(".detail")).to_contain_text(label.rpartition(": ")[2])


async def _choose_day(page: Page, days_ago: int, shown: str) -> None:
    """Go so many days back in the calendar by keyboard, to one whose detail says what is `shown`."""
    await page.locator(".calendar [tabindex='0']").focus()
    for _ in range(days_ago):
        await page.keyboard.press("ArrowLeft")
    await expect(page.locator(".detail")).to_contain_text(shown)


async def test_a_day_is_taken_back_and_told_done_again_by_keyboard(screen: Screen, ada: Person) -> None:
    """The chat says each, the calendar follows, and the day stays chosen, with the focus on it."""
    page = await screen.on_its_own("progress")
    await _choose_day(page, 1, "done")
    chosen = page.locator(".calendar [aria-pressed='true']")
    name = await chosen.get_attribute("aria-label") or ""
    for press, mark, said in (
        ("I did not do it", "open", "no longer counts as done"),
        ("I did it", "done", "now counts as done"),
    ):
        await page.get_by_role("button", name=press).focus()
        await page.keyboard.press("Enter")
        await ada.wait_for(said)
        await expect(chosen).to_have_accessible_name(f"{name.partition(':')[0]}: {mark}")
        await expect(chosen).to_be_focused()
        await expect(page.locator(".detail").get_by_role("status")).to_contain_text(mark)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [SMALL, LARGE])
async def test_ratings_are_corrected_in_a_form(screen: Screen, ada: Person, width: int, theme: str) -> None:
    """One choice for each rating that was told, as it was told; it fits, has no barriers, and the chart follows."""
    await screen.page.set_viewport_size({"width": width, "height": HEIGHT})
    page = await screen.on_its_own("progress", theme=theme)
    await _choose_day(page, 1, "After it")
    await keep(page, f"day-{theme}-{width}")
    await page.get_by_role("button", name="Correct the pain").click()
    after = page.get_by_label("After it, 0 to 10")
    await expect(page.locator(".acts select").first).to_be_focused()
    rating = (int(await after.input_value()) + 1) % 6
    assert await fits(page, width)
    await keep(page, f"correct-{theme}-{width}")
    assert await barriers(page) == []
    await after.select_option(str(rating))
    await page.get_by_role("button", name="Save").click()
    await ada.wait_for(f"after it {rating} of 10")
    await expect(page.locator(".detail")).to_contain_text(f"After it: {rating} of 10")


async def test_days_longer_ago_stay_as_they_are(screen: Screen) -> None:
    """The page says how far back corrections go, and offers none before that."""
    page = await screen.on_its_own("progress")
    await expect(page.get_by_text("You can correct the last 14 days")).to_be_visible()
    await page.locator(".calendar [tabindex='0']").focus()
    for _ in range(13):
        await page.keyboard.press("ArrowLeft")
    await expect(page.locator(".acts button").first).to_be_visible()
    await page.keyboard.press("ArrowLeft")
    await expect(page.locator(".acts button")).to_have_count(0)
    await expect(page.locator(".acts")).to_contain_text("this day stays as it is")


async def test_drawings_have_their_numbers_as_tables(screen: Screen) -> None:
    """Whoever does not see the lines hears the numbers: a row for each day with a rating, and for each week."""
    page = await screen.on_its_own("progress")
    pain = page.get_by_role("table", name="Pain, 0 to 10, over ten weeks")
    score = page.get_by_role("table", name="Steadiness, 0 to 100, at the end of each week")
    assert await pain.get_by_role("row").count() > 10
    assert await score.get_by_role("row").count() in {4, 5}
    await expect(page.get_by_role("img", name="Pain, 0 to 10, over ten weeks")).to_be_visible()


async def test_every_page_is_reached_by_keyboard(screen: Screen) -> None:
    """From the last control of a page to its tabs, and on with Enter."""
    page = await screen.on_its_own("today")
    for name in ("Progress", "Exercises", "Settings"):
        await page.get_by_role("navigation").get_by_role("button", name=name).focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text(name)
        await expect(page.locator("main")).to_be_focused()


async def test_nothing_moves_for_whoever_wants_calm(browser: Browser, lumbar: BotAtWork, ada: Person) -> None:
    """The film waits to be started."""
    async with screen_of(browser, lumbar, ada, reduced_motion="reduce") as screen:
        page = await screen.on_its_own("exercises")
        await page.get_by_role("button", name="Knee rolls").click()
        await expect(page.locator("video")).to_have_js_property("paused", value=True)


async def test_nothing_lies_below_what_telegram_or_the_phone_draws(screen: Screen) -> None:
    """The tabs keep clear of the phone's own edge and of Telegram's buttons above it, as the top does."""
    page = await screen.on_its_own("settings")
    for side in ("top", "bottom"):
        for name, pixels in (("safe-area", 20), ("content-safe-area", 40)):
            property_name = f"--tg-{name}-inset-{side}"
            await page.evaluate(
                "([name, value]) => document.documentElement.style.setProperty(name, value)",
                [property_name, f"{pixels}px"],
            )
    await expect(page.locator("nav")).to_have_css("padding-bottom", f"{5 + 20 + 40}px")
    await expect(page.locator("main")).to_have_css("padding-top", f"{18 + 20 + 40}px")
