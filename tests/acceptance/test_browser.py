"""The first day, played on the chat page in a real browser, as a newcomer does after `make demo`."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.bootstrap import RunningBot, running
from bot.sandbox import Sandbox, SandboxClock
from bot.settings import load_settings
from tests.knowledge import the_catalog

SCREENING = (
    ("today or lately", "None of these"),
    ("How strong is your pain right now", "1"),
    ("And any of this?", "None of these"),
)
TOKEN = "424242:demo-token-of-the-sandbox-on-this-machine"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
EXERCISES = ("Bottom to heels stretch", "Knee rolls", "Back extensions", "Deep abdominal strengthening")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: install Debian's `chromium`")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Start a headless Chromium that asks nobody on the internet for anything."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield browser
        await browser.close()


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """Serve the chat page of a sandbox with the real bot behind it, wired as `lumbar demo` wires it."""
    clock = SandboxClock()
    bots: list[RunningBot] = []
    sandbox = Sandbox(token=TOKEN, clock=clock, next_event_at=lambda: bots[0].next_reminder_at())  # noqa: PLW0108 - bots fill later
    async with sandbox.serve() as address:
        settings = load_settings(
            env_file=None,
            telegram_bot_token=TOKEN,
            telegram_api_url=address,
            database_url=f"sqlite:///{tmp_path / 'lumbar.db'}",
        )
        async with running(settings, clock=clock, catalog=the_catalog()) as bot:
            bots.append(bot)
            clock.subscribe(bot.look_at_clock)
            yield address


async def _press(page: Page, label: str) -> None:
    await page.get_by_role("button", name=label, exact=True).last.click()


async def _say(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Message")
    await box.fill(text)
    await box.press("Enter")


async def _see(page: Page, text: str) -> None:
    await expect(page.get_by_text(text).last).to_be_visible()


async def _plays(page: Page, label: str) -> None:
    """See the picture with this label move."""
    film = page.get_by_label(label, exact=True)
    await expect(film).to_have_js_property("paused", value=False)
    await expect(film).to_have_js_property("videoWidth", 640)


async def _waits_for_whoever_wants_calm(browser: Browser, address: str) -> None:
    """Look at the same chat where nothing is to move by itself: the pictures stand, with controls to start them."""
    page = await browser.new_page(reduced_motion="reduce")
    await page.goto(address)
    film = page.get_by_label("Animation: 1 of 4", exact=False)
    await expect(film).to_have_js_property("controls", value=True)
    await expect(film).to_have_js_property("videoWidth", 640)
    await expect(film).to_have_js_property("paused", value=True)
    await page.close()


async def test_the_smallest_phone_shows_the_whole_page(browser: Browser, address: str) -> None:
    """Nothing stands beyond the edge, also with a clock that says AM and PM."""
    page = await browser.new_page(locale="en-US", viewport={"width": 320, "height": 640})
    await page.goto(address)
    await expect(page.get_by_text("+1 day")).to_be_in_viewport(ratio=1)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320
    await page.close()


async def test_first_day_on_the_chat_page(browser: Browser, address: str) -> None:
    """From Start to the last exercise, the reminder brought by moving the clock, and a safety message at the end."""
    page = await browser.new_page(locale="en-GB")
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    await page.goto(address)

    await _press(page, "Start")
    await _see(page, "nothing I say is medical advice")
    await _press(page, "I understand, let's start")
    await _see(page, "Where are you?")
    await _say(page, "lisbon")
    await _see(page, "When shall I remind you")
    await _say(page, "half past 7")
    await _press(page, "07:30 in the morning")
    await _see(page, "You are all set.")

    await _press(page, "Next reminder")
    await _see(page, "It is time for your routine.")
    await page.get_by_role("button", name="Start", exact=True).last.click()
    for words, label in SCREENING:
        await _see(page, words)
        await _press(page, label)
    for number, name in enumerate(EXERCISES, start=1):
        await _see(page, f"{number} of 4")
        await _see(page, name)
        await _plays(page, f"Animation: {number} of 4 · {name}")
        await _press(page, "Done")
    await _see(page, "Your first routine is done.")
    await _waits_for_whoever_wants_calm(browser, address)
    await _press(page, "2")
    await _see(page, "Noted, thank you.")

    await _say(page, "I slipped on the ice and the pain is unbearable")
    await _see(page, "Speak to the clinic or your doctor today")
    await expect(page.get_by_role("button", name="Copy phone number").last).to_be_visible()
    assert broken == []


async def test_a_staff_chat_is_held_in_turn_by_its_members(tmp_path: Path, browser: Browser) -> None:
    """Its phone asks as the administrator and as the member, and a link it makes brings somebody new."""
    sandbox = Sandbox(token=TOKEN)
    head, desk = (sandbox.world.add_person(name, "en", None).id for name in ("Robin", "Sam"))
    group = sandbox.people.make_group("Clinic team", [head, desk], bot_is_admin=False)
    async with sandbox.serve() as address:
        settings = load_settings(
            env_file=None,
            telegram_bot_token=TOKEN,
            telegram_api_url=address,
            database_url=f"sqlite:///{tmp_path / 'lumbar.db'}",
            staff_chat_id=group.id,
        )
        async with running(settings, catalog=the_catalog()):
            page = await browser.new_page(locale="en-US")
            await page.goto(address)
            phone = page.get_by_role("region", name="Group Clinic team")
            await phone.get_by_role("button", name="Start", exact=True).click()
            await expect(phone.get_by_text("What I can do in this chat")).to_be_visible()
            await phone.get_by_label("Who writes").select_option(label="Sam · member")
            await phone.get_by_role("textbox").fill("/invite en once")
            await phone.get_by_role("textbox").press("Enter")
            await expect(phone.get_by_text("Only administrators")).to_be_visible()
            await phone.get_by_label("Who writes").select_option(label="Robin · creator")
            await phone.get_by_role("textbox").fill("/invite en once")
            await phone.get_by_role("textbox").press("Enter")
            await phone.get_by_role("button", name="https://t.me/").click()
            await expect(page.get_by_role("region", name="Kim's phone").get_by_text("What I am not")).to_be_visible()


async def test_a_long_chat_is_put_in_order_once(browser: Browser) -> None:
    """Not once for each of its messages: three weeks of a person took ten seconds to open."""
    sandbox = Sandbox(token=TOKEN, clock=SandboxClock())
    ada = sandbox.world.add_person("Ada", "en", None).id
    for number in range(40):
        sandbox.people.say(ada, f"Message {number}")
    async with sandbox.serve() as address:
        page = await browser.new_page()
        await page.add_init_script("""
            window.placed = 0;
            const { before } = Element.prototype;
            Element.prototype.before = function (...nodes) { window.placed += 1; return before.apply(this, nodes); };
        """)
        await page.goto(address)
        await _see(page, "Message 39")
        await expect(page.locator(".day")).to_have_count(1)
        assert await page.evaluate("window.placed") <= 2
        await page.close()
