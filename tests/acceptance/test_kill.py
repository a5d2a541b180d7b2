"""Kill -9 between any two transactions of a session, and restart: no answer lost, no step skipped, one repeat at most.

One process manager keeps the bot alive for a whole test. Person after person does the whole routine, and the bot dies
once in each session: around the first transaction for the first person, around the second for the second, until a
session has no further transaction.
"""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from itertools import count, groupby
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.server import Sandbox
from tests.acceptance.killable import TOKEN, Trap, kept_running
from tests.acceptance.person import Person, text_of

STEPS = 4
SCREENING = (
    ("today or lately", "none"),
    ("How strong is your pain right now", "1"),
    ("And any of this?", "none"),
)
PATIENCE_SECONDS = 30


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """Serve a sandbox that outlives the bot."""
    async with Sandbox(token=TOKEN).serve() as served:
        yield served


async def settle_in(person: Person) -> None:
    """Go from /start to the finished settings."""
    await person.say("/start")
    await person.wait_for("What I am not", PATIENCE_SECONDS)
    await person.press("I understand")
    await person.wait_for("Where are you?", PATIENCE_SECONDS)
    await person.say("America/New_York")
    await person.wait_for("shall I remind you?", PATIENCE_SECONDS)
    await person.say("7:30")
    await person.wait_for("Shall I remind you then", PATIENCE_SECONDS)
    await person.say("yes")
    await person.wait_for("You are all set", PATIENCE_SECONDS)


async def do_routine(person: Person) -> None:
    """Do the whole routine, rate it, and hear one answer more, so that all before it is surely recorded."""
    await person.say("/routine")
    for words, answer in SCREENING:
        await person.wait_for(words, PATIENCE_SECONDS)
        await person.say(answer)
    for number in range(1, STEPS + 1):
        step = await person.wait_for(f"{number} of {STEPS}", PATIENCE_SECONDS)
        await person.press_on(step["message_id"], "Done")
    await person.wait_for("0 to 10", PATIENCE_SECONDS)
    await person.say("2")
    await person.wait_for("thank you", PATIENCE_SECONDS)
    await person.say("/privacy")
    await person.wait_for("What is stored", PATIENCE_SECONDS)


async def first_lines(person: Person) -> list[str]:
    """Return the first line of everything the bot said, in order."""
    return [text_of(message).splitlines()[0] for message in await person.messages() if message["from"]["is_bot"]]


def records(database: Path, person: Person) -> dict[str, list[tuple[Any, ...]]]:
    """Read what is recorded about a person, through a connection of our own."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        answers = "SELECT step, outcome FROM answer WHERE chat_id = ? ORDER BY step"
        sessions = "SELECT number, status, rating FROM session WHERE chat_id = ?"
        failures = (
            "SELECT dedupe_key, status, reason FROM outbox WHERE chat_id = ? AND status IN ('gave_up', 'unknown')"
        )
        return {
            "answers": connection.execute(answers, [person.id]).fetchall(),
            "sessions": connection.execute(sessions, [person.id]).fetchall(),
            "failures": connection.execute(failures, [person.id]).fetchall(),
        }


WHOLE = {
    "answers": [(step, "done") for step in range(STEPS)],
    "sessions": [(1, "finished", 2)],
    "failures": [],
}


@pytest.mark.parametrize("before_commit", [True, False], ids=["before the commit", "after the commit"])
async def test_a_kill_at_any_transaction_costs_one_repeated_message_at_most(
    tmp_path: Path, address: str, *, before_commit: bool
) -> None:
    """Every answer is recorded once, every step shown in order, and at most one message comes twice."""
    trap, database = Trap(), tmp_path / "lumbar.db"
    heard: dict[int, list[str]] = {}
    async with kept_running(address, database, trap) as lives:
        for nth in count(1):
            async with await Person.create(address) as person:
                await settle_in(person)
                trap.arm(nth, before_commit=before_commit)
                await do_routine(person)
                heard[nth] = await first_lines(person)
                assert records(database, person) == WHOLE, f"killed at transaction {nth}"
            if not trap.has_struck:
                break
        trap.take_away()
    undisturbed = heard[max(heard)]
    assert lives.deaths >= max(heard) - 1 > 15
    for nth, lines in heard.items():
        once = [line for line, _ in groupby(lines)]
        assert once == undisturbed, f"killed at transaction {nth}"
        assert len(lines) <= len(once) + 1, f"killed at transaction {nth}"


@pytest.mark.parametrize("nth", [4, 5])
async def test_a_session_survives_a_bot_that_dies_again_and_again(tmp_path: Path, address: str, nth: int) -> None:
    """Each life of the bot ends after a few transactions; the session still comes to its end, whole."""
    trap, database = Trap(), tmp_path / "lumbar.db"
    async with kept_running(address, database, trap) as lives, await Person.create(address) as person:
        await settle_in(person)
        trap.arm(nth, before_commit=False, again=True)
        await do_routine(person)
        trap.take_away()
        assert records(database, person) == WHOLE
        lines = await first_lines(person)
    once = [line for line, _ in groupby(lines)]
    steps = [place for line in once if (place := line.partition(" · ")[0]).endswith(f"of {STEPS}")]
    assert steps == [f"{n} of {STEPS}" for n in range(1, STEPS + 1)]
    assert lives.deaths > 3
    assert len(lines) <= len(once) + lives.deaths
