"""Somebody stops writing: after two years the bot asks, and a month later it forgets them; who answers stays."""

import asyncio
from datetime import timedelta
from time import monotonic

from tests.acceptance.bot_at_work import BotAtWork, set_up
from tests.acceptance.person import PATIENCE_SECONDS, Person, text_of

FAREWELL = "I have not heard from you"


async def erased(lumbar: BotAtWork, person: Person) -> None:
    """Wait until nothing is stored about a person."""
    deadline = monotonic() + PATIENCE_SECONDS
    while rows := lumbar.count_rows(person):
        assert monotonic() < deadline, f"{rows} rows are still there"
        await asyncio.sleep(0)


async def test_two_years_of_silence_end_with_a_word_and_then_for_good(lumbar: BotAtWork, ada: Person) -> None:
    """Ada is told with the date, says nothing, and is erased; Bob taps what the message offers and stays; Cy writes."""
    async with await lumbar.person("Bob") as bob, await lumbar.person("Cy") as cy:
        for person in (bob, cy):
            await set_up(person)
        lumbar.move(days=600)
        await cy.say("/help")
        await cy.wait_for("I guide you through")
        lumbar.move(days=101)
        told = await ada.wait_for(FAREWELL)
        erased_on = lumbar.clock.now() + timedelta(days=30)
        assert f"{erased_on.day} {erased_on:%B %Y}" in text_of(told)
        await bob.wait_for(FAREWELL)

        lumbar.move(days=20)
        await bob.say("/progress")
        await bob.wait_for("Nothing to show yet")
        lumbar.move(days=11)
        await erased(lumbar, ada)
        assert lumbar.chat(bob)["warned_at"] is None
        assert lumbar.count_rows(cy) > 1
        assert FAREWELL not in " ".join(text_of(message) for message in await cy.messages())

        await ada.say("/start")
        await ada.wait_for("What I am not")
