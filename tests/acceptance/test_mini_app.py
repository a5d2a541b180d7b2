"""The Mini App beside the chat: what is chosen there takes effect at once, and the chat says so."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.acceptance.app_caller import AppCaller, Json, app_of
from tests.acceptance.bot_at_work import (
    EXERCISES,
    BotAtWork,
    begin_routine,
    bot_at_work,
    everything_said,
    pass_screening,
    set_up,
)
from tests.acceptance.person import Person, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lumbar(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotAtWork]:
    """Run the sandbox and a bot that has an address, and therefore a Mini App."""
    async with bot_at_work(tmp_path_factory.mktemp("lumbar"), with_app=True) as at_work:
        yield at_work


@pytest_asyncio.fixture(loop_scope="module")
async def app(lumbar: BotAtWork, settled_ada: Person) -> AsyncIterator[AppCaller]:
    """Open the Mini App of somebody whose reminder comes at 7:30 in New York."""
    async with app_of(lumbar, settled_ada) as app:
        yield app


async def test_it_is_opened_from_the_menu_and_from_messages(lumbar: BotAtWork, settled_ada: Person) -> None:
    """The menu button opens it, and below the settings stands the way to their page."""
    assert (await settled_ada.chat())["menu_button"]["web_app"]["url"] == f"{lumbar.address}/app/"
    await settled_ada.say("/settings")
    message = await settled_ada.wait_for("Your settings")
    buttons = [button for row in message["reply_markup"]["inline_keyboard"] for button in row]
    assert f"{lumbar.address}/app/?page=settings" in [one["web_app"]["url"] for one in buttons if "web_app" in one]


async def test_without_an_address_there_are_no_buttons(tmp_path: Path) -> None:
    """Nothing of the Mini App shows where PUBLIC_URL is not set."""
    async with bot_at_work(tmp_path) as lumbar, await lumbar.person() as ada:
        await set_up(ada)
        assert (await ada.chat())["menu_button"] == {"type": "commands"}
        for command in ("/settings", "/progress"):
            await ada.say(command)
            message = await ada.next_message()
            assert "web_app" not in str(message)


async def test_today_is_what_start_would_begin(app: AppCaller, settled_ada: Person) -> None:
    """The level, why it is so, and the four exercises with their doses; then the session itself."""
    today = await app.read("today")
    assert [step["id"] for step in today["steps"]] == list(EXERCISES)
    assert today["level"]["name"] == "Settle"
    assert today["why"] == "We begin with a little of each exercise."
    assert today["steps"][0]["dose"] == "5 times, holding for one slow breath each time."
    assert (today["can_start"], today["is_running"], today["is_done"]) == (True, False, False)
    await app.choose("start", {"minimum": False})
    await pass_screening(settled_ada)
    assert (await app.read("today"))["is_running"] is True


async def test_a_bad_day_begins_its_one_exercise(app: AppCaller, settled_ada: Person) -> None:
    """The minimum of the chat's own button."""
    await begin_routine(settled_ada)
    await app.choose("start", {"minimum": True})
    await settled_ada.wait_for("A bad day, then.")


async def test_pictures_are_switched_off(app: AppCaller, settled_ada: Person) -> None:
    """The chat shows its settings anew, and the page has them too; once more says that it is so already."""
    await app.choose("pictures", {"wanted": False})
    await settled_ada.wait_for("Exercises come as text only.")
    assert (await app.read("settings"))["pictures"] is False
    assert await app.choose("pictures", {"wanted": False}) == "Already noted."


@pytest.mark.parametrize(
    ("name", "chosen", "said"),
    [
        ("streak", ({"wanted": True}, {"streak": True}), "Days in a row are counted."),
        ("dark-pictures", ({"wanted": True}, {"dark_pictures": True}), "Pictures are dark."),
        ("weekly", ({"weekday": 3}, {"weekly_day": 3}), "once a week, on Wednesday"),
        ("weekly", ({"weekday": None}, {"weekly_day": None}), "No weekly summary comes."),
        ("follow-up", ({"minutes": 60}, {"follow_up_minutes": 60}), "60 minutes"),
        ("pause-until", ({"date": "2026-05-20"}, {"is_paused": True, "paused_until": "2026-05-20"}), "20 May"),
        ("pause", ({"paused": True}, {"is_paused": True, "next_reminder": None}), "Reminders are paused."),
    ],
    ids=["streak", "dark pictures", "weekly", "never weekly", "follow up", "pause until", "pause"],
)
async def test_each_setting_shows_in_chat_and_page(
    app: AppCaller, settled_ada: Person, name: str, chosen: tuple[Json, Json], said: str
) -> None:
    """Chosen on the page, said in the chat, and so when the page is opened again."""
    fields, setting = chosen
    await app.choose(name, fields)
    await settled_ada.wait_for(said)
    shown = await app.read("settings")
    assert {key: shown[key] for key in setting} == setting


async def test_a_pause_ends_on_the_page_too(lumbar: BotAtWork, app: AppCaller, settled_ada: Person) -> None:
    """Reminders are on again, with the next one as before."""
    due = lumbar.due_at(settled_ada)
    await app.choose("pause", {"paused": True})
    await app.choose("pause", {"paused": False})
    await settled_ada.wait_for("Your reminders are on again.")
    assert lumbar.due_at(settled_ada) == due


async def test_what_is_sent_twice_happens_once(app: AppCaller, settled_ada: Person) -> None:
    """A phone that never saw the answer sends its press again, with the same key."""
    for _ in range(3):
        await app.choose("streak", {"wanted": True}, key="one-press-of-ada")
    said = await everything_said(settled_ada)
    assert len([text for text in said if "Days in a row are counted." in text]) == 1


async def test_two_people_may_press_with_the_same_key(lumbar: BotAtWork, app: AppCaller, settled_ada: Person) -> None:
    """A key is a person's own: nobody's press is taken for somebody else's."""
    async with await lumbar.person("Bo") as bo:
        for typed in ("/start", "yes", "madrid", "8:00", "yes"):
            await bo.say(typed)
        await bo.wait_for("You are all set")
        async with app_of(lumbar, bo) as other:
            await app.choose("streak", {"wanted": True}, key="the-same-key")
            await other.choose("streak", {"wanted": True}, key="the-same-key")
            assert (await other.read("settings"))["streak"] is True
    await settled_ada.wait_for("Days in a row are counted.")


async def test_a_copy_comes_into_the_chat(app: AppCaller, settled_ada: Person) -> None:
    """As the file that /export sends."""
    await app.choose("export")
    message = await settled_ada.wait_for("Everything stored about you")
    assert message["document"]["file_name"] == "lumbar-export.zip"


async def test_erasing_leaves_nothing(lumbar: BotAtWork, app: AppCaller, settled_ada: Person) -> None:
    """The page asked twice; then all rows are gone, the chat says so, and the page has nothing to show any more."""
    await app.choose("erase", {"everything": True})
    await settled_ada.wait_for("Everything stored about you is erased.")
    await lumbar.sent_everything()
    assert lumbar.count_rows(settled_ada) == 0
    assert (await app.ask("GET", "progress"))[0] == 403
    assert (await app.ask("GET", "opening/today"))[1]["started"] is False


async def test_while_held_nothing_starts(app: AppCaller, settled_ada: Person) -> None:
    """The page says why and what to do, and shows no exercise; Start is answered in the chat."""
    await settled_ada.say("I have numbness between my legs and cannot pee")
    await settled_ada.wait_for(lambda seen: "Call" in text_of(seen))
    today = await app.read("today")
    assert today["notice"].startswith("Your routine is on hold")
    assert (today["can_start"], today["steps"], today["level"]) == (False, [], None)
    await app.choose("start", {"minimum": False})
    await settled_ada.wait_for("Your routine is on hold")


async def test_a_session_ends_after_an_hour(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Then the page has to be opened anew."""
    async with app_of(lumbar, settled_ada) as app:
        await app.read("today")
        lumbar.move(hours=1, seconds=1)
        assert (await app.ask("GET", "today"))[0] == 401
    async with app_of(lumbar, settled_ada) as app:
        await app.read("today")


async def test_nobody_new_is_stored_by_looking(lumbar: BotAtWork, ada: Person) -> None:
    """Before consent the page knows nothing, and leaves nothing behind."""
    async with app_of(lumbar, ada) as app:
        assert (await app.ask("GET", "opening/today"))[1]["started"] is False
        for page in ("today", "progress", "exercises", "settings"):
            assert (await app.ask("GET", page))[0] == 403
        assert (await app.ask("POST", "start", fields={"minimum": False}))[0] == 403
    assert lumbar.count_rows(ada) == 0


async def test_an_erase_that_is_sent_again_has_happened(lumbar: BotAtWork, settled_ada: Person) -> None:
    """Its first answer may have got lost: the page is not told to start in the chat, for everything is erased."""
    async with app_of(lumbar, settled_ada) as app:
        for _ in range(2):
            assert await app.choose("erase", {"everything": True}, key="one-press") == ""
        await settled_ada.wait_for("is erased")
        assert (await app.ask("GET", "today"))[0] == 403
        await settled_ada.say("/start")
        await settled_ada.wait_for("What I am not")
        assert (await app.ask("POST", "erase", fields={"everything": True}))[0] == 403


async def test_who_blocked_the_bot_has_no_pages(lumbar: BotAtWork) -> None:
    """With a page still open nothing is shown or chosen any more: the chat could not say so."""
    async with await lumbar.person() as bea, await lumbar.person() as witness:
        await set_up(bea)
        async with app_of(lumbar, bea) as app:
            await bea.block()
            await witness.say("/start")
            await witness.wait_for("What I am not")  # so the bot has heard of it
            assert (await app.ask("GET", "progress"))[0] == 403
            assert (await app.ask("POST", "pause", fields={"paused": True}))[0] == 403


async def test_it_speaks_the_persons_language(lumbar: BotAtWork) -> None:
    """Spanish from the first look, by the language of their Telegram."""
    async with await lumbar.person("Eva", "es") as eva, app_of(lumbar, eva) as app:
        _, known = await app.ask("GET", "opening/settings")
    assert (known["language"], known["words"]["tab-today"]) == ("es", "Hoy")


async def test_every_exercise_is_in_the_library(lumbar: BotAtWork, app: AppCaller) -> None:
    """Grouped by the level that brings it first, and each picture is there to be seen."""
    library = await app.read("exercises")
    assert [group["level"]["name"] for group in library["groups"]][:2] == ["Flare", "Settle"]
    for one in [one for group in library["groups"] for one in group["exercises"]]:
        for kind in ("png", "mp4"):
            async with app.session.get(f"{lumbar.address}/app/media/{one['id']}.{kind}") as picture:
                assert picture.status == 200
