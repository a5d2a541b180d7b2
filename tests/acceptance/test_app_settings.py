"""Every setting of the Mini App changed on a phone, and what the page says when something is in the way."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect

from tests.acceptance.app_screen import CHROMIUM, Screen, screen_of
from tests.acceptance.bot_at_work import BotAtWork, bot_at_work
from tests.acceptance.person import Person

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: install Debian's `chromium`"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lumbar(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotAtWork]:
    """Run the sandbox and a bot with a Mini App, of a clinic with a staff chat."""
    async with bot_at_work(tmp_path_factory.mktemp("lumbar"), with_app=True, staff_chat_id=-100200) as at_work:
        yield at_work


@pytest_asyncio.fixture(loop_scope="module")
async def screen(browser: Browser, lumbar: BotAtWork, settled_ada: Person) -> AsyncIterator[Screen]:
    """Give somebody who has just set up in New York a phone that stands in Lisbon."""
    async with screen_of(browser, lumbar, settled_ada, timezone_id="Europe/Lisbon") as screen:
        yield screen


async def said(page: Page, text: str = "Done. The chat says so too.") -> None:
    """See the line at the lower edge."""
    await expect(page.get_by_role("status").filter(has_text=text)).to_be_visible()


SWITCHES = {
    "Remind me": (True, "Reminders are paused."),
    "Text only": (False, "Exercises come as text only."),
    "Count days in a row": (False, "Days in a row are counted."),
    "Dark pictures": (False, "Pictures are dark."),
    "Let them know of something urgent": (False, "Only something urgent, and never your words."),
}


@pytest.mark.parametrize("label", SWITCHES)
async def test_each_switch_takes_effect_at_once(screen: Screen, label: str) -> None:
    """By a tap; the page shows it, the chat says it, and it is still so when the page is opened again."""
    was_on, in_the_chat = SWITCHES[label]
    page = await screen.on_its_own("settings")
    switch = page.get_by_role("switch", name=label)
    assert await switch.is_checked() is was_on
    await switch.click()
    await said(page)
    await screen.person.wait_for(in_the_chat)
    page = await screen.on_its_own("settings")
    await expect(page.get_by_role("switch", name=label)).to_be_checked(checked=not was_on)


async def test_a_switch_is_moved_by_keyboard(screen: Screen) -> None:
    """With the space bar, as switches are."""
    page = await screen.on_its_own("settings")
    await page.get_by_role("switch", name="Text only").focus()
    await page.keyboard.press("Space")
    await screen.person.wait_for("Exercises come as text only.")


async def test_the_weekly_summary_comes_on_another_day(screen: Screen) -> None:
    """Chosen from the phone's own list."""
    page = await screen.on_its_own("settings")
    await page.get_by_role("combobox", name="Weekly summary").select_option("Wednesday")
    await said(page)
    await screen.person.wait_for("once a week, on Wednesday")


async def test_a_pause_has_an_end(screen: Screen) -> None:
    """A day from the phone's own picker; the switch shows that reminders are off, and until when."""
    page = await screen.on_its_own("settings")
    await page.get_by_label("Pause until").fill("2026-05-20")
    await page.get_by_role("button", name="Pause", exact=True).click()
    await said(page)
    await expect(page.get_by_text("Paused until Wednesday 20 May")).to_be_visible()
    await expect(page.get_by_role("switch", name="Remind me")).to_be_checked(checked=False)


async def test_a_pause_ends_within_a_year(screen: Screen) -> None:
    """Another day cannot be chosen: there is no button for it."""
    page = await screen.on_its_own("settings")
    for day in ("2026-05-06", "2027-05-07"):
        await page.get_by_label("Pause until").fill(day)
        await expect(page.get_by_role("button", name="Pause", exact=True)).to_be_hidden()


async def test_it_asks_once_more_on_request(screen: Screen) -> None:
    """So many minutes after the reminder, chosen from the phone's own list."""
    page = await screen.on_its_own("settings")
    await page.get_by_role("combobox", name="Ask me once more").select_option("After 60 min")
    await said(page)
    await expect(page.get_by_role("combobox", name="Ask me once more")).to_have_value("60")


async def test_the_zone_is_the_phones_by_one_tap(screen: Screen) -> None:
    """The chat shows the new reminder and asks about the hour; afterwards there is nothing left to tap."""
    page = await screen.on_its_own("settings")
    await page.get_by_role("button", name="Use Lisbon").click()
    await said(page)
    await screen.person.wait_for("Your time zone is changed.")
    await expect(page.get_by_text("Lisbon", exact=True)).to_be_visible()
    await expect(page.get_by_role("button", name="Use Lisbon")).to_have_count(0)


async def test_reminders_have_times_and_weekdays(screen: Screen) -> None:
    """Two times on workdays, by the phone's own pickers; saved with Telegram's button, and the chat says when."""
    frame = await screen.in_the_sandbox()
    await frame.get_by_role("navigation").get_by_role("button", name="Settings").click()
    await frame.get_by_role("button", name="When").click()
    await frame.get_by_label("Time", exact=True).fill("06:45")
    await frame.get_by_role("button", name="Add a time").click()
    for day in ("Saturday", "Sunday"):
        await frame.get_by_role("checkbox", name=day).uncheck(force=True)
    await screen.page.get_by_role("button", name="Save").click()
    await expect(frame.get_by_text("6:45, 7:30 · Mon, Tue, Wed, Thu, Fri")).to_be_visible()
    await screen.person.wait_for("Your reminders are changed.")


async def test_what_makes_no_sense_is_not_saved(screen: Screen) -> None:
    """The same time twice, or no day at all: the page says so, and there is no button to save it."""
    frame = await screen.in_the_sandbox()
    await frame.get_by_role("navigation").get_by_role("button", name="Settings").click()
    await frame.get_by_role("button", name="When").click()
    await frame.get_by_role("button", name="Add a time").click()
    await frame.get_by_label("Time", exact=True).last.fill("07:30")
    await expect(frame.get_by_text("Choose a different time in each row.")).to_be_visible()
    await expect(screen.page.get_by_role("button", name="Save")).to_have_count(0)
    await frame.get_by_role("button", name="Remove").last.click()
    await expect(screen.page.get_by_role("button", name="Save")).to_be_visible()


async def test_a_copy_comes_into_the_chat(screen: Screen) -> None:
    """By one tap."""
    page = await screen.on_its_own("settings")
    await page.get_by_role("button", name="Get a copy").click()
    await said(page, "The file comes into the chat.")
    await screen.person.wait_for("Everything stored about you, in one ZIP file")


async def test_erasing_is_asked_twice(lumbar: BotAtWork, screen: Screen) -> None:
    """Whoever keeps their data has it; whoever does not, has nothing left, and is told where to begin."""
    page = await screen.on_its_own("settings")
    await page.get_by_role("button", name="Erase everything").click()
    await page.get_by_role("button", name="Keep my data").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Settings")
    assert lumbar.count_rows(screen.person) > 0
    await page.get_by_role("button", name="Erase everything").click()
    await page.get_by_role("button", name="Erase everything").click()
    await screen.person.wait_for("Everything stored about you is erased.")
    await lumbar.sent_everything()
    assert lumbar.count_rows(screen.person) == 0
    page = await screen.on_its_own("settings")
    await expect(page.get_by_role("heading", name="Begin in the chat")).to_be_visible()


async def test_the_clinic_is_a_tap_away(screen: Screen) -> None:
    """Its number dials, and the emergency number is that of where the person is."""
    page = await screen.on_its_own("settings")
    assert await page.get_by_role("link", name="(212) 555-0123").get_attribute("href") == "tel:+12125550123"
    await expect(page.get_by_text("call 911")).to_be_visible()


async def test_without_a_connection_nothing_is_lost(screen: Screen) -> None:
    """The page says so and tries again; a switch that did not arrive goes back to where it was."""
    page = await screen.on_its_own("settings")
    await screen.context.set_offline(True)
    await page.get_by_role("navigation").get_by_role("button", name="Today").click()
    await expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    await screen.context.set_offline(False)
    await expect(page.get_by_role("heading", name="Today: Settle")).to_be_visible()


async def test_a_page_whose_script_did_not_arrive_is_asked_for_again(screen: Screen) -> None:
    """Pages are fetched one by one: one that got lost on the way is there at the next try."""

    async def cut(route: Route) -> None:
        await route.abort()

    await screen.page.route("**/progress.js", cut)
    page = await screen.on_its_own("settings")
    await page.get_by_role("navigation").get_by_role("button", name="Progress").click()
    await expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    await page.unroute("**/progress.js", cut)
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("heading", name="Progress")).to_be_visible()


@pytest.mark.parametrize("name", ["constructor", "../erase", "words", ""])
async def test_an_address_that_names_no_page_opens_today(screen: Screen, name: str) -> None:
    """Whatever a link says, nothing but the four pages opens."""
    page = await screen.on_its_own(name)
    await expect(page.get_by_role("heading", name="Today: Settle")).to_be_visible()


async def test_a_page_whose_first_lines_did_not_run_asks_all_the_same(screen: Screen) -> None:
    """A proxy that rewrites pages changes the script in it, which the policy does not let run then."""

    async def without_script(route: Route) -> None:
        answer = await route.fetch()
        page = re.sub("<script>.*?</script>", "", await answer.text(), flags=re.DOTALL)
        await route.fulfill(response=answer, body=page)

    await screen.page.route("**/app/?page=*", without_script)
    page = await screen.on_its_own()
    await expect(page.get_by_role("heading", name="Today: Settle")).to_be_visible()


@pytest.mark.parametrize(
    ("status", "heading"), [(429, "One moment"), (503, "One moment"), (500, "That did not work"), (None, None)]
)
async def test_a_first_answer_that_fails_is_asked_for_again(
    screen: Screen, status: int | None, heading: str | None
) -> None:
    """Refused, it is told, and the button asks anew; lost on its way, it is asked for once more unseen."""
    asked: list[str] = []

    async def fail_once(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > 1:
            await route.continue_()
        elif status is None:
            await route.abort()
        else:
            await route.fulfill(status=status, body="{}")

    await screen.page.route("**/api/opening/*", fail_once)
    page = await screen.on_its_own()
    if heading is not None:
        await expect(page.get_by_role("heading", name=heading)).to_be_visible()
        await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("heading", name="Today: Settle")).to_be_visible()
    assert len(asked) == 2


async def test_a_choice_that_did_not_arrive_is_told(screen: Screen) -> None:
    """The line says why, and the switch stands where it stood."""
    page = await screen.on_its_own("settings")

    async def cut(route: Route) -> None:
        await route.abort()

    await page.route("**/api/pictures", cut)
    await page.get_by_role("switch", name="Text only").click()
    await said(page, "I cannot reach the bot.")
    await expect(page.get_by_role("switch", name="Text only")).to_be_checked(checked=False)


async def test_an_answer_that_got_lost_is_asked_for_again(screen: Screen) -> None:
    """The choice had arrived: it is sent once more with the same key, and the chat says it once."""
    page = await screen.on_its_own("settings")
    keys: list[str | None] = []

    async def lose_the_first(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        answer = await route.fetch()
        await (route.abort() if len(keys) == 1 else route.fulfill(response=answer))

    await page.route("**/api/streak", lose_the_first)
    await page.get_by_role("switch", name="Count days in a row").click()
    await said(page)
    assert len(keys) == 2
    assert len(set(keys)) == 1
    await screen.person.say("/help")
    await screen.person.wait_for("I guide you through")
    texts = [message.get("text", "") for message in await screen.person.messages()]
    assert sum("Days in a row are counted." in text for text in texts) == 1


async def test_after_an_hour_it_asks_to_be_opened_again(lumbar: BotAtWork, screen: Screen) -> None:
    """Telegram's signature is too old by then; nothing more is shown, and nothing taken."""
    page = await screen.on_its_own("settings")
    lumbar.move(hours=2)
    await page.get_by_role("switch", name="Text only").click()
    await expect(page.get_by_role("heading", name="Please open this page again")).to_be_visible()
    await expect(page.get_by_role("navigation")).to_be_hidden()


async def test_opened_outside_of_telegram_it_shows_nothing(screen: Screen) -> None:
    """Without initData it asks to be opened from the chat, in the browser's language."""
    await screen.page.goto(f"{screen.lumbar.address}/app/")
    await expect(screen.page.get_by_role("heading", name="Please open this page again")).to_be_visible()


async def test_a_spaniard_reads_spanish(browser: Browser, lumbar: BotAtWork) -> None:
    """In the language of their chat, before they began in that of their Telegram, dates included."""
    async with await lumbar.person("Eva", "es") as eva:
        async with screen_of(browser, lumbar, eva) as screen:
            page = await screen.on_its_own()
            await expect(page.get_by_role("heading", name="Empieza en el chat")).to_be_visible()
        for typed in ("/start", "sí", "madrid", "8:00", "sí"):
            await eva.say(typed)
        await eva.wait_for("listo")
        async with screen_of(browser, lumbar, eva) as screen:
            page = await screen.on_its_own()
            await expect(page.get_by_role("heading", level=1)).to_contain_text("Hoy: ")
            await expect(page.get_by_text("Próximo recordatorio: ")).to_be_visible()


async def test_the_language_changes_page_and_chat(screen: Screen) -> None:
    """From the phone's own list; the whole page speaks it at once, its tabs included, and so does the chat."""
    page = await screen.on_its_own("settings")
    await page.get_by_role("combobox", name="Language").select_option("Español")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Ajustes")
    await expect(page.get_by_role("navigation").get_by_role("button", name="Hoy")).to_be_visible()
    assert await page.locator("html").get_attribute("lang") == "es"
    await expect(page.get_by_role("status").filter(has_text="El chat también lo dice.")).to_be_visible()
    await screen.person.wait_for("español")


async def test_whoever_changes_something_stays_where_they_are(screen: Screen) -> None:
    """The page is drawn anew at every choice, and neither its place nor the focus jumps to the top."""
    page = await screen.on_its_own("settings")
    days = page.get_by_role("switch", name="Count days in a row")
    summary = page.get_by_role("combobox", name="Weekly summary")
    await days.focus()
    await page.keyboard.press("Space")
    await screen.person.wait_for("Days in a row are counted.")
    await expect(days).to_be_focused()
    await summary.select_option("Friday")
    await screen.person.wait_for("on Friday")
    await expect(summary).to_be_focused()
    assert await page.evaluate("scrollY") > 0
