"""The Mini App on a screen: Chromium with the page in it, as a phone of some width would show it.

`on_its_own` opens the page alone, with Telegram's colours in its address; `in_the_sandbox` opens it over the chat, with
what Telegram draws around it. Whatever the page complains about on the console fails the test in the end.
"""

import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.acceptance.bot_at_work import SCREENING, BotAtWork
from tests.acceptance.person import Person, labels, text_of

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SMALL, LARGE = 320, 430
HEIGHT = 760
THEMES = {
    "light": {
        "bg_color": "#ffffff",
        "secondary_bg_color": "#efeff4",
        "text_color": "#000000",
        "hint_color": "#999999",
        "link_color": "#2481cc",
        "button_color": "#2481cc",
        "button_text_color": "#ffffff",
        "section_bg_color": "#ffffff",
        "bottom_bar_bg_color": "#ffffff",
    },
    "dark": {
        "bg_color": "#17212b",
        "secondary_bg_color": "#0e1621",
        "text_color": "#f5f5f5",
        "hint_color": "#708499",
        "link_color": "#6ab3f3",
        "button_color": "#5288c1",
        "button_text_color": "#ffffff",
        "section_bg_color": "#17212b",
        "bottom_bar_bg_color": "#17212b",
    },
}
# What the page may say: a failed request that a test brought about is the browser's own line.
_EXPECTED = "Failed to load resource"


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start a headless Chromium that asks nobody on the internet for anything."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield browser
        await browser.close()


@dataclass(slots=True)
class Screen:
    """One browser window of one person, and what it complained about."""

    lumbar: BotAtWork
    person: Person
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    async def on_its_own(self, name: str = "today", *, theme: str = "light") -> Page:
        """Open the page by itself, signed in."""
        launch = {
            "tgWebAppData": await self.person.open_app(),
            "tgWebAppThemeParams": json.dumps(THEMES[theme]),
        }
        await self.page.goto("about:blank")  # another fragment alone would load nothing
        await self.page.goto(f"{self.lumbar.address}/app/?page={name}#{urlencode(launch)}")
        await expect(self.page.locator("main")).not_to_have_attribute("aria-busy", "true")
        return self.page

    async def in_the_sandbox(self) -> Any:
        """Open the page over the chat by the button in its header; returns the frame."""
        await self.page.goto(self.lumbar.address)
        phone = self.page.locator(f"[data-person-id='{self.person.id}']")
        await phone.get_by_role("button", name="Lumbar", exact=True).click()
        frame = self.page.frame_locator("iframe")
        await expect(frame.locator("main")).not_to_have_attribute("aria-busy", "true")
        return frame


@asynccontextmanager
async def screen_of(browser: Browser, lumbar: BotAtWork, person: Person, **options: Any) -> AsyncIterator[Screen]:
    """Give a person a phone; `options` are those of a browser context."""
    chosen = {"viewport": {"width": LARGE, "height": HEIGHT}, "locale": "en-GB", **options}
    context = await browser.new_context(**chosen)
    page = await context.new_page()
    screen = Screen(lumbar, person, context, page)
    page.on("pageerror", lambda error: screen.complaints.append(str(error)))
    page.on("console", lambda said: screen.complaints.append(said.text) if said.type in {"error", "warning"} else None)
    yield screen
    await context.close()
    assert [one for one in screen.complaints if _EXPECTED not in one] == []


async def three_weeks(lumbar: BotAtWork, person: Person) -> None:
    """Live three weeks: days with little and with more pain, days that were left out, a pause of two days."""
    for day in range(21):
        if day in {12, 14}:
            await person.say("/pause" if day == 12 else "/resume")
            await person.wait_for("Reminders are paused" if day == 12 else "Your reminders are on again")
        lumbar.move(hours=2)
        if not 12 <= day < 14:
            await person.wait_for("It is time for your routine.")
        if day % 5 != 3 and not 12 <= day < 14:
            await do_the_routine(person, pain=3 - day // 10, after=2 - day // 12)
        lumbar.move(hours=22)


async def do_the_routine(person: Person, *, pain: int, after: int) -> None:
    """Do all of it without stopping; say how strong the pain is before it, where that is asked, and after it."""
    await person.say("/routine")
    while True:
        message = await person.next_message()
        if SCREENING & set(labels(message)):
            await person.say(str(pain) if "10" in labels(message) else "none")
        elif " of 4" in text_of(message) and "1 of 4" in text_of(message):
            break
    for typed in ("done", "done", "done", "done", str(after)):
        await person.say(typed)
    await person.wait_for("Noted, thank you")
