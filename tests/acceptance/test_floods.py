"""Floods: what one person pours in costs the others nothing, and is answered with next to nothing; safety reads it all.

Nothing here is judged by the clock: what counts is in which order Telegram was called.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from bot.usecases.inbox import FAIR_UPDATES
from bot.usecases.posting import FLOOD_REPLIES, SAME_REFERRALS_A_MINUTE
from tests.acceptance.bot_at_work import BotAtWork, set_up
from tests.acceptance.person import Person, text_of
from tests.acceptance.reminded import A_THURSDAY, Place, place

FLOOD = 500
PATIENCE_SECONDS = 60


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Place]:
    """Return a sandbox on a Thursday in May."""
    async with place(tmp_path, A_THURSDAY, chat_limits=True) as opened:
        yield opened


@pytest.fixture
async def ada(here: Place) -> AsyncIterator[Person]:
    """Return somebody who is set up."""
    async with await here.person() as person:
        yield person


@pytest.fixture
async def mallory(here: Place) -> AsyncIterator[Person]:
    """Return somebody who is set up too, and about to flood the bot."""
    async with await here.person() as person:
        yield person


def pour(here: Place, person: Person, texts: list[str]) -> None:
    """Have a person write all this at once."""
    for text in texts:
        here.sandbox.people.say(person.id, text)


def sent_to(here: Place, person: Person) -> list[dict[str, Any]]:
    """Return the arguments of the messages that were sent to a person, in order."""
    sent = [call["arguments"] for call in here.sandbox.calls if call["ok"] and call["method"] == "sendMessage"]
    return [arguments for arguments in sent if arguments["chat_id"] == person.id]


def handled(lumbar: BotAtWork) -> int:
    """Count the updates that were taken in."""
    return int(lumbar.query("SELECT count(*) AS n FROM inbox")[0]["n"])


async def test_hundreds_of_messages_of_one_chat_delay_nobody(here: Place, ada: Person, mallory: Person) -> None:
    """Behind hundreds of messages another person's answer comes at once, and few replies are left for the flood."""
    async with here.bot() as lumbar:
        await set_up(ada)
        await set_up(mallory)
        pour(here, mallory, [f"hello {number}" for number in range(FLOOD)])
        await ada.say("/help")
        await ada.wait_for("I guide you through")
        assert len([row for row in lumbar.rows("outbox", mallory) if row["status"] == "queued"]) <= FLOOD_REPLIES


async def test_the_replies_to_a_flood_collapse_into_one(here: Place, ada: Person, mallory: Person) -> None:
    """Of a hundred replies that nobody waited for, one is left to be sent: the latest, with the open question."""
    async with here.bot() as lumbar:
        await set_up(mallory)
        await set_up(ada)
        pour(here, mallory, [*["hello"] * 100, "/clinic"])
        await ada.say("/help")
        await ada.wait_for("I guide you through")
        letters = lumbar.rows("outbox", mallory)
        assert len([letter for letter in letters if letter["status"] == "cancelled"]) >= 80
        assert len([letter for letter in letters if letter["status"] == "queued"]) <= 1
        lumbar.move(seconds=5)
        await mallory.wait_for("Back Center New York")


async def test_every_message_of_a_flood_is_read_for_safety(here: Place, mallory: Person) -> None:
    """A warning sign in the middle of a flood is referred at once, before anything else that waits."""
    async with here.bot() as lumbar:
        await set_up(mallory)
        flood = [f"hello {number}" for number in range(100)]
        flood[50] = "I have chest pain"
        before = len(sent_to(here, mallory))
        pour(here, mallory, flood)
        await mallory.wait_for("Do not drive yourself")
        texts = [arguments["text"] for arguments in sent_to(here, mallory)[before:]]
        assert len(texts) <= FLOOD_REPLIES + FAIR_UPDATES
        assert "Do not drive yourself" in texts[-1]
        assert [row["tier"] for row in lumbar.rows("finding", mallory)] == ["emergency"]


async def test_a_flood_of_warning_signs_is_referred_once_and_a_graver_one_at_once(here: Place, mallory: Person) -> None:
    """The same referral is not said dozens of times over; the first finding of a higher tier is said all the same."""
    async with here.bot() as lumbar:
        await set_up(mallory)
        pour(here, mallory, ["the pain is unbearable"] * 60 + ["I have chest pain"] * 60)
        await mallory.wait_for("Do not drive yourself")
        deadline = monotonic() + PATIENCE_SECONDS
        while here.sandbox.updates.pending_count:
            assert monotonic() < deadline, "not everything was read"
            await asyncio.sleep(0)
        await lumbar.sent_everything()
        referrals = [row for row in lumbar.rows("outbox", mallory) if row["priority"] == 0]
        minutes = 2  # the minute may turn in the middle of it
        assert 2 <= len(referrals) <= 2 * SAME_REFERRALS_A_MINUTE * minutes
        assert {row["status"] for row in referrals} <= {"sent", "cancelled"}
        assert len(lumbar.rows("finding", mallory)) == 120


async def test_after_a_flood_everything_is_as_it_was(here: Place, mallory: Person) -> None:
    """Once it is over, each message has its own answer again."""
    async with here.bot() as lumbar:
        await set_up(mallory)
        pour(here, mallory, ["hello"] * 30)
        await mallory.wait_for("I did not understand that")
        lumbar.move(minutes=1)
        await lumbar.sent_everything()
        for command, answer in (("/help", "I guide you through"), ("/privacy", "What is stored")):
            await mallory.say(command)
            assert answer in text_of(await mallory.wait_for(answer))
