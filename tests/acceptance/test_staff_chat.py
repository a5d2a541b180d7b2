"""The clinic's staff chat: told of something urgent when the person agreed, once a day, and never at anybody's cost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sandbox.faults import Fault
from tests.acceptance.bot_at_work import BotAtWork, set_up
from tests.acceptance.person import Message, Person, labels, text_of
from tests.acceptance.reminded import A_THURSDAY, place

EMERGENCY = "I have chest pain"
QUESTION = "may I let the team of Back Center New York know"


@dataclass(frozen=True, slots=True)
class Clinic:
    """A bot with a staff chat, somebody at the desk who is in it, and a person."""

    lumbar: BotAtWork
    desk: Person
    group: int
    ada: Person

    def notices(self) -> list[dict[str, object]]:
        """Return the letters to the staff chat."""
        return self.lumbar.query("SELECT * FROM outbox WHERE chat_id = ? ORDER BY id", self.group)

    async def posted(self) -> Message:
        """Wait for what the staff chat is told and return it."""
        await self.lumbar.sent_everything()
        return [seen for seen in await self.desk.messages_in(self.group) if seen["from"]["is_bot"]][-1]


@asynccontextmanager
async def clinic(folder: Path) -> AsyncIterator[Clinic]:
    """Run a bot whose staff chat is a group."""
    async with place(folder, A_THURSDAY) as here, await here.person() as desk, await here.person() as ada:
        group = await desk.make_group("Front desk")
        async with here.bot(staff_chat_id=group) as lumbar:
            yield Clinic(lumbar, desk, group, ada)


async def agreed(ada: Person, answer: str = "Yes, let them know") -> None:
    """Set up and answer whether the staff may be told."""
    await set_up(ada)
    question = await ada.wait_for(QUESTION)
    await ada.press_on(question["message_id"], answer)
    await ada.wait_for("Noted.")


async def test_an_urgent_finding_is_posted_once_a_day(tmp_path: Path) -> None:
    """Tier, flag, time and a link to the person, never the words; again only for another flag or on another day."""
    async with clinic(tmp_path) as at:
        await agreed(at.ada)
        for words in (EMERGENCY, "the chest pain is back"):
            await at.ada.say(words)
            await at.ada.wait_for("Do not drive yourself")
        notice = await at.posted()
        assert text_of(notice).startswith("Emergency: heart or breathing")
        assert f"tg://user?id={at.ada.id}" in str(notice["entities"]) or str(at.ada.id) in str(notice["entities"])
        assert "chest" not in text_of(notice)
        assert len(at.notices()) == 1
        await at.ada.say("the pain is unbearable")
        await at.ada.wait_for("Speak to the clinic or your doctor today")
        assert text_of(await at.posted()).startswith("Urgent: severe pain")
        at.lumbar.move(days=1)
        await at.ada.say(EMERGENCY)
        await at.ada.wait_for("Do not drive yourself")
        await at.posted()
        assert len(at.notices()) == 3


@pytest.mark.parametrize("words", ["tingling down my left leg", "I twisted and hurt my back", "my back is stiff"])
async def test_nothing_less_is_posted(tmp_path: Path, words: str) -> None:
    """A referral, a held one included, and an ordinary message stay in the chat."""
    async with clinic(tmp_path) as at:
        await agreed(at.ada)
        await at.ada.say(words)
        await at.ada.say("/help")
        await at.ada.wait_for("I guide you through")
        assert at.notices() == []


async def test_without_consent_nothing_is_posted(tmp_path: Path) -> None:
    """Before an answer, after a no, and after a yes that was taken back."""
    async with clinic(tmp_path) as at:
        await set_up(at.ada)
        await at.ada.say(EMERGENCY)
        await at.ada.wait_for("Do not drive yourself")
        await at.ada.press("Yes, let them know")
        await at.ada.wait_for("Only something urgent")
        await at.ada.say("/privacy")
        page = await at.ada.wait_for("is told of something urgent")
        assert labels(page) == ["No, keep it between us", "Give me a new code"]
        await at.ada.press_on(page["message_id"], "No, keep")
        await at.ada.wait_for("I tell nobody")
        await at.ada.say(EMERGENCY)
        await at.ada.wait_for("Do not drive yourself")
        assert at.notices() == []
        await at.ada.say("/privacy")
        assert labels(await at.ada.wait_for("is not told of something urgent")) == ["Yes, let them know"]


async def test_a_staff_chat_that_fails_delays_nobody(tmp_path: Path) -> None:
    """Kicked or unreachable, the post fails by itself: the referral is there, and the conversation goes on."""
    async with clinic(tmp_path) as at:
        await agreed(at.ada)
        at.lumbar.sandbox.fail_next(Fault("server_error", times=1_000, method="sendMessage", chat_id=at.group))
        await at.ada.say(EMERGENCY)
        await at.ada.wait_for("Do not drive yourself")
        await at.ada.say("/help")
        await at.ada.wait_for("I guide you through")
        assert sum("Do not drive yourself" in text_of(seen) for seen in await at.ada.messages()) == 1
        (notice,) = at.notices()
        assert notice["status"] != "sent"


async def test_erasing_takes_the_letters_about_a_person_along(tmp_path: Path) -> None:
    """What was queued or posted leaves no row behind in the bot's database."""
    async with clinic(tmp_path) as at:
        await agreed(at.ada)
        await at.ada.say(EMERGENCY)
        await at.ada.wait_for("Do not drive yourself")
        await at.posted()
        await at.ada.say("/delete")
        await at.ada.wait_for("Erase everything")
        await at.ada.press("Erase everything")
        await at.ada.wait_for("is erased")
        assert at.notices() == []


async def test_without_a_staff_chat_nobody_is_asked(tmp_path: Path) -> None:
    """A clinic that has none never mentions it."""
    async with place(tmp_path, A_THURSDAY) as here, await here.person() as ada, here.bot():
        await set_up(ada)
        await ada.say("/privacy")
        page = await ada.wait_for("What is stored")
        assert "team of" not in text_of(page)
        assert not any(QUESTION in text_of(seen) for seen in await ada.messages())
