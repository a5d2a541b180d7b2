"""The scenes of the Mini App: its pages over the chat of somebody with three weeks behind them, in Chromium.

What stands on a page is made by its own script, so that a browser is needed to tell it: `shown` returns the words that
are to be seen there, those of the buttons that Telegram draws included.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from playwright.async_api import Browser, Page, expect

from bot.domain.chat import Session
from bot.domain.dues import DAILY, SENT, DayNote
from bot.domain.effects import OpenSession, RecordAnswer, SessionStatus
from bot.domain.named import Outcome
from bot.domain.plan import Dose, Prescription
from bot.storage.unit_of_work import Database, Transaction
from tests.acceptance.bot_at_work import EXERCISES, BotAtWork, set_up
from tests.acceptance.person import Person

WIDTH = 430
_DAYS = 21
_DOSE = Dose(repetitions=5, hold_breaths=1, hold_seconds=None, sides=False)
_STEPS = tuple(Prescription(name, dose=_DOSE, easier_dose=_DOSE) for name in EXERCISES)


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
    """Set up, with three weeks behind them that stand in the database alone: a chat so long loads slowly."""
    await set_up(person)
    await lumbar.sent_everything()
    database = Database(f"sqlite:///{lumbar.database}")
    database.run_here(partial(_write_days, chat_id=person.id, now=lumbar.clock.now()))
    database.close()


def _write_days(tx: Transaction, *, chat_id: int, now: datetime) -> None:
    stored = tx.load_chat(chat_id)
    assert stored is not None
    days = [day for day in range(_DAYS) if day % 4 != 2]
    chat = replace(
        stored.chat,
        consented_at=now - timedelta(days=_DAYS),
        finished_at=now - timedelta(days=1),
        sessions_started=len(days),
    )
    tx.save_chat(replace(stored, chat=chat), now)
    first = now.date() - timedelta(days=_DAYS)
    dates = [first + timedelta(days=day) for day in range(_DAYS)]
    tx.note_days([DayNote(chat_id, date, DAILY, SENT) for date in dates], now)
    for number, day in enumerate(days, 1):
        _write_session(tx, chat_id, number, now - timedelta(days=_DAYS - day), pain=3 - day // 7)


def _write_session(tx: Transaction, chat_id: int, number: int, began_at: datetime, *, pain: int) -> None:
    """Write a routine that was done to its end, and how strong the pain was before and after it."""
    on = began_at.date()
    tx.tell_pain(chat_id, on, pain)
    tx.open_session(chat_id, OpenSession(Session(number, began_at, _STEPS), "settle"), on)
    for step, one in enumerate(_STEPS):
        answered_at = began_at + timedelta(minutes=2 * step + 2)
        tx.record_answer(
            chat_id, RecordAnswer(number, step, False, one.exercise_id, one.dose, Outcome.DONE), answered_at, on
        )
    tx.close_session(chat_id, number, SessionStatus.FINISHED, began_at + timedelta(minutes=8))
    tx.rate_session(chat_id, number, pain - 1)


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
