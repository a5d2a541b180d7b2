"""The clinic's looks in the chat: a picture above the greeting, a card after a referral, and the words in any case."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.catalog import Catalog
from bot.sandbox import files
from tests.acceptance.bot_at_work import BotAtWork, agree, bot_at_work, lost_its_buttons, set_up
from tests.acceptance.person import PATIENCE_SECONDS, Message, Person, labels, text_of
from tests.acceptance.reminded import A_THURSDAY, place
from tests.knowledge import the_catalog

pytestmark = pytest.mark.asyncio(loop_scope="module")

FALL, SEVERE, EMERGENCY = "I twisted and hurt my back", "the pain is unbearable", "I have chest pain"
BAND, CARD = (1280, 320), (1280, 640)


@pytest.fixture(autouse=True, scope="module")
def patience() -> Iterator[None]:
    """Wait for a drawing as long as it takes: how busy this machine is, is not what is tested."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.telegram.letterheads.PATIENCE_SECONDS", PATIENCE_SECONDS)
        yield


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lumbar(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotAtWork]:
    """Run the bot of a clinic that has a colour and a logo."""
    async with bot_at_work(tmp_path_factory.mktemp("looks"), catalog=the_catalog(looks=True)) as at_work:
        yield at_work


def photos(lumbar: BotAtWork, person: Person) -> list[bool]:
    """Return of each photo that was tried for a person whether it was uploaded."""
    calls = [call["arguments"] for call in lumbar.sandbox.calls if call["method"] == "sendPhoto"]
    return [isinstance(call["photo"], dict) for call in calls if str(call["chat_id"]) == str(person.id)]


def size_of(message: Message) -> tuple[int, int]:
    """Return width and height of the photo in a message."""
    photo: dict[str, Any] = message["photo"][-1]
    return photo["width"], photo["height"]


async def heard(person: Person) -> list[Message]:
    """Return what the bot has said, once it has answered something else."""
    await person.say("/privacy")
    await person.wait_for("What is stored")
    return [message for message in await person.messages() if message["from"]["is_bot"]][:-1]


def with_looks(**changed: Any) -> Catalog:
    """Return the shipped content with some lines of the clinic's card changed."""
    catalog = the_catalog(looks=True)
    return replace(catalog, clinic=replace(catalog.clinic, **changed))


async def test_the_greeting_stands_below_the_letterhead(lumbar: BotAtWork, ada: Person) -> None:
    """One message, with the button; the next person's picture goes by the name that the first one's was given."""
    await ada.say("/start")
    greeting = await ada.next_message()
    assert size_of(greeting) == BAND
    assert "What I am not" in text_of(greeting)
    assert labels(greeting) == ["I understand, let's start"]
    await ada.press("I understand")
    await lost_its_buttons(ada, greeting)
    await ada.wait_for("Where are you?")
    async with await lumbar.person("Bea") as bea:
        await agree(bea)
        assert photos(lumbar, bea) == [False]


async def test_a_card_follows_the_first_referral_of_a_day(lumbar: BotAtWork, settled_ada: Person) -> None:
    """The words leave first and whole; the picture comes after them, with the number in words, and not again today."""
    await settled_ada.say(FALL)
    referral = await settled_ada.next_message()
    assert "photo" not in referral
    assert [
        part for part in ("(212) 555-0123", "+12125550123", "Example Street 1") if part not in text_of(referral)
    ] == []
    card = await settled_ada.next_message()
    assert size_of(card) == CARD
    assert text_of(card) == "To call them: Back Center New York, (212) 555-0123"
    assert labels(card) == []
    await settled_ada.say(SEVERE)
    await settled_ada.wait_for("Speak to the clinic or your doctor today")
    assert "photo" not in (await heard(settled_ada))[-1]
    lumbar.move(days=1)
    await settled_ada.say(FALL)
    await settled_ada.wait_for("Please talk to the clinic")
    await settled_ada.wait_for(lambda message: "photo" in message and size_of(message) == CARD)


@pytest.mark.parametrize("grave", [EMERGENCY, "I want to kill myself"])
async def test_no_picture_stands_below_the_number_to_dial_now(settled_ada: Person, grave: str) -> None:
    """Neither after an emergency or thoughts of suicide, nor after a milder word while such a thing holds."""
    await settled_ada.say(grave)
    await settled_ada.next_message()
    await settled_ada.say(FALL)
    await settled_ada.wait_for("Please talk to the clinic")
    assert [size_of(message) for message in await heard(settled_ada) if "photo" in message] == [BAND]


async def test_who_wants_text_only_gets_no_picture_of_the_clinic(settled_ada: Person) -> None:
    """The referral says it all."""
    await settled_ada.say("/settings")
    await settled_ada.wait_for("Your settings")
    await settled_ada.press("Text only")
    await settled_ada.wait_for("Exercises come as text only")
    await settled_ada.say(FALL)
    await settled_ada.wait_for("(212) 555-0123")
    assert [size_of(message) for message in await heard(settled_ada) if "photo" in message] == [BAND]


async def test_a_changed_card_is_drawn_anew_and_an_unchanged_one_is_not(tmp_path: Path) -> None:
    """Over restarts: the name that Telegram gave is stored by the look."""
    uploaded = []
    async with place(tmp_path, A_THURSDAY) as here:
        for catalog in (with_looks(), with_looks(), with_looks(colour="#9a3412")):
            async with await here.person() as ada, here.bot(catalog=catalog) as lumbar:
                await agree(ada)
                uploaded += photos(lumbar, ada)
                await lumbar.sent_everything()
    assert uploaded == [True, False, True]


async def test_an_emergency_does_not_wait_for_a_letterhead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its referral leaves while the greeting's picture is still being drawn, and the greeting is withdrawn."""
    drawing = asyncio.Event()

    async def draw(*_: object) -> None:
        drawing.set()
        await asyncio.Event().wait()

    monkeypatch.setattr("bot.easel.Easel.draw", draw)
    async with place(tmp_path, A_THURSDAY) as here, await here.person() as ada, here.bot(catalog=with_looks()):
        await drawing.wait()
        await ada.say("/start")
        await ada.say(EMERGENCY)
        assert "911" in text_of(await ada.next_message())


async def test_a_letterhead_that_cannot_be_drawn_costs_nobody_the_greeting(tmp_path: Path) -> None:
    """The font lacks these letters, and boxes are no name; it arrives as words, with its button."""
    async with (
        place(tmp_path, A_THURSDAY) as here,
        await here.person() as ada,
        here.bot(catalog=with_looks(name="脊椎クリニック")) as lumbar,
    ):
        await ada.say("/start")
        greeting = await ada.next_message()
        assert "脊椎クリニック" in text_of(greeting)
        assert labels(greeting) == ["I understand, let's start"]
        assert photos(lumbar, ada) == []
        lumbar.assert_nothing_failed()


async def test_a_letterhead_that_telegram_refuses_costs_nobody_the_greeting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor the referral, which has left before."""
    monkeypatch.setitem(files._UPLOAD_LIMIT, "photo", 1)  # noqa: SLF001 - the emulated Telegram takes no photo
    async with (
        place(tmp_path, A_THURSDAY) as here,
        await here.person() as ada,
        here.bot(catalog=with_looks()) as lumbar,
    ):
        await set_up(ada)
        await ada.say(FALL)
        assert "Example Street 1" in text_of(await ada.next_message())
        assert text_of(await ada.next_message()) == "To call them: Back Center New York, (212) 555-0123"
        assert [message for message in await ada.messages() if "photo" in message] == []
        assert photos(lumbar, ada) == [True, True]
        await lumbar.sent_everything()
        lumbar.assert_nothing_failed()
