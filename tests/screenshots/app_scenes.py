"""The scenes of the Mini App: its pages over the chat of somebody with three weeks behind them, in Chromium.

What stands on a page is made by its own script, so that a browser is needed to tell it: `shown` returns the words that
are to be seen there, those of the buttons that Telegram draws included.
"""

from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, Page, expect

from tests.acceptance.bot_at_work import BotAtWork, next_reminder, set_up
from tests.acceptance.person import Person
from tests.screenshots.scenes import days_gone_by

WIDTH = 430


@dataclass(frozen=True, slots=True)
class AppScene:
    """One picture of the Mini App: its name, which page, what it shows, in which theme, and the height of the phone."""

    name: str
    page: str
    shows: str
    theme: str = "light"
    height: int = 932


APP_SCENES = (
    AppScene("app-today", "Today", "today's plan: how many exercises, why these, and the button that starts them"),
    AppScene("app-progress", "Progress", "ten weeks as a calendar, and a line of falling pain", height=1250),
    AppScene("app-exercises", "Exercises", "all exercises with their pictures, in dark colours", theme="dark"),
    AppScene("app-settings", "Settings", "everything that can be chosen, as a form"),
)


async def lived(lumbar: BotAtWork, person: Person) -> None:
    """Live three weeks, up to the reminder of the next day."""
    await set_up(person)
    await days_gone_by(lumbar, person)
    await next_reminder(lumbar, person)
    await lumbar.sent_everything()


async def opened(browser: Browser, lumbar: BotAtWork, scene: AppScene, person: Person) -> Page:
    """Open the scene's page over the chat, as a phone shows it; the page is to be closed."""
    page = await browser.new_page(
        locale="en-GB",
        timezone_id="America/New_York",
        color_scheme="dark" if scene.theme == "dark" else "light",
        viewport={"width": WIDTH, "height": scene.height},
        device_scale_factor=1.5,
    )
    await page.goto(lumbar.address)
    phone = page.locator(f'[data-person-id="{person.id}"]')
    await phone.get_by_role("button", name="Lumbar", exact=True).click()
    app = page.frame_locator("iframe")
    await app.get_by_role("navigation").get_by_role("button", name=scene.page).click()
    await expect(app.get_by_role("heading", level=1)).to_contain_text(scene.page)
    await expect(app.locator("main")).not_to_have_attribute("aria-busy", "true")
    return page


async def shown(page: Page) -> str:
    """Return the words that are to be seen on the open page."""
    text: Any = await page.frame_locator("iframe").locator("main").inner_text()
    lines = [line.strip() for line in text.splitlines()]
    main = page.locator(".main-button")
    button = f"\n[{await main.inner_text()}]" if await main.is_visible() else ""
    return "\n".join(line for line in lines if line) + button + "\n"
