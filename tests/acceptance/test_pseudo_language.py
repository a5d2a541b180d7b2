"""A language that is nowhere but in `content/`: somebody lives their first day in it, by typed words and by buttons."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.catalog import Catalog, load_catalog
from bot.settings import CHECKOUT
from tests.acceptance.bot_at_work import BotAtWork, bot_at_work
from tests.acceptance.person import Message, Person, labels, text_of
from tests.pseudo_language import CODE, add_pseudo_language, typed, written

NAME = "دانا <b>&\u202e"  # right to left, markup, and a sign that turns the line round


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return the content with one language more; no other file is touched."""
    return load_catalog(add_pseudo_language(CHECKOUT / "content", tmp_path_factory.mktemp("pseudo")), strict=True)


@pytest.fixture
async def lumbar(catalog: Catalog, tmp_path: Path) -> AsyncIterator[BotAtWork]:
    """Run the bot with that content."""
    async with bot_at_work(tmp_path, catalog=catalog) as at_work:
        yield at_work


async def answer_to(person: Person, text: str) -> Message:
    """Say it and return the next message."""
    await person.say(text)
    return await person.next_message()


async def test_a_first_day_in_a_language_that_only_content_knows(lumbar: BotAtWork) -> None:
    """Greeting, settings, questions, exercises with a pain answer, help, progress and a typed wish for English."""
    async with await lumbar.person(NAME, language_code=CODE) as dana:
        greeting = text_of(await answer_to(dana, "/start"))
        assert "دانا <b>&." in greeting
        assert "\u202e" not in greeting
        assert "\u2068Back Center New York\u2069" in greeting
        assert written("Where are you?") in text_of(await answer_to(dana, typed("yes")))
        assert written("When shall I remind you") in text_of(await answer_to(dana, "Madrid"))
        assert "19:30" in text_of(await answer_to(dana, f"{typed('half past')} 7 {typed('in the evening')}"))
        assert written("You are all set") in text_of(await answer_to(dana, typed("yes")))
        await dana.say("/routine")
        while "animation" not in (seen := await dana.next_message()):
            await dana.say("1" if "10" in labels(seen) else typed("none of these"))
        await dana.press(written("Done"))
        await dana.wait_for(lambda seen: text_of(seen).startswith("2 "))
        assert written("How strong is the pain") in text_of(await answer_to(dana, typed("it hurts")))
        assert written("Let us make it smaller") in text_of(await answer_to(dana, typed("four")))
        await answer_to(dana, typed("no"))
        await answer_to(dana, typed("skip"))
        await answer_to(dana, typed("done"))
        assert written("Noted") in text_of(await answer_to(dana, "2"))
        assert "\u200e/routine" in text_of(await answer_to(dana, "/help"))
        assert written("Your settings") in text_of(await answer_to(dana, "/settings"))
        assert "photo" in await answer_to(dana, "/progress")
        assert "document" in await answer_to(dana, "/report")
        assert "From now on I speak English" in text_of(await answer_to(dana, "English please"))
        assert lumbar.chat(dana)["language"] == "en"
