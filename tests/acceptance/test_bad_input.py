"""Bad input: whatever comes, the bot answers it or records it, and goes on. On both engines: they refuse differently.

No word of it may reach the log.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import telegram
from sqlalchemy import Engine, create_engine, text

from bot.bootstrap import running
from bot.sandbox.server import Sandbox
from bot.settings import load_settings
from bot.telegram import updates
from bot.telegram.gateway import Gateway
from bot.telegram.intake import Intake
from bot.usecases.inbox import QueryAnswer
from bot.usecases.incoming import Incoming
from tests.acceptance import malformed
from tests.acceptance.bot_at_work import TOKEN
from tests.acceptance.person import Person, text_of
from tests.knowledge import the_catalog

FIRST_ID = 1_000
EVERY = 7  # of some thousand malformed updates the running bot gets each seventh; all are read by themselves
PATIENCE_SECONDS = 60
NAMES = ("Mallory", "a_field_of_next_year", "null\\u0000byte", "half \\ud83d", "xxxxxxxxxxxx")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database of each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'lumbar.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@asynccontextmanager
async def bot_on(database_url: str) -> AsyncIterator[tuple[Sandbox, str, Engine]]:
    """Run sandbox and bot; yields the sandbox, its address and a connection of our own to the bot's database."""
    sandbox = Sandbox(token=TOKEN)
    async with sandbox.serve() as address:
        settings = load_settings(
            env_file=None, telegram_bot_token=TOKEN, telegram_api_url=address, database_url=database_url
        )
        async with running(settings, catalog=the_catalog()):
            engine = create_engine(settings.database_url)
            yield sandbox, address, engine
            engine.dispose()


def inbox_of(engine: Engine) -> dict[int, str | None]:
    """Return the numbers of the updates that were dealt with, with their failures."""
    with engine.connect() as connection:
        return {row.update_id: row.failure for row in connection.execute(text("SELECT * FROM inbox"))}


async def dealt_with(engine: Engine, numbers: range) -> dict[int, str | None]:
    """Wait until all these updates are in the inbox; return it."""
    deadline = monotonic() + PATIENCE_SECONDS
    while missing := set(numbers) - inbox_of(engine).keys():
        assert monotonic() < deadline, f"never dealt with: {sorted(missing)[:5]}"
        await asyncio.sleep(0)
    return inbox_of(engine)


async def is_answered(person: Person) -> None:
    """Ask for help and get it."""
    await person.say("/help")
    await person.wait_for("I guide you through", timeout=PATIENCE_SECONDS)


async def test_malformed_updates_of_every_type_stop_nothing(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each is answered or noted by its number; the next person is answered; the log tells of it without their words."""
    async with bot_on(database_url) as (sandbox, address, engine), await Person.create(address) as ada:
        sandbox.world.add_person("Mallory", "en", 5)
        bad = list(malformed.updates(5))[::EVERY]
        for number, update in enumerate(bad, FIRST_ID):
            sandbox.updates.inject({"update_id": number, **update})
        await is_answered(ada)
        noted = await dealt_with(engine, range(FIRST_ID, FIRST_ID + len(bad)))
        await is_answered(ada)
    assert any(noted.values())
    assert not all(noted[number] for number in range(FIRST_ID, FIRST_ID + len(bad)))
    reported = capsys.readouterr().out
    assert [name for name in NAMES if name in reported] == []


async def test_every_malformed_update_is_read_or_refused_whole() -> None:
    """Nothing is half read: what is, has a number and a chat that a database holds, and well-formed text."""
    async with Sandbox(token=TOKEN).serve() as address, Gateway(TOKEN, api_url=address) as gateway:
        await gateway.who_am_i()
        read = [one for update in malformed.updates(5) if (one := parsed(update, gateway.bot))]
    assert len(read) > len(list(malformed.updates(5))) / 2
    for incoming in read:
        texts = [incoming.first_name, *(getattr(incoming.content, name, "") for name in ("text", "data"))]
        assert incoming.update_id == FIRST_ID
        assert abs(incoming.chat_id) < 2**63
        assert not any("\0" in said for said in texts)
        assert max(len(said.encode()) for said in texts) <= updates.LONGEST_TEXT


async def test_an_update_whose_number_no_database_holds_is_passed_by() -> None:
    """It cannot be noted, so it is only reported; what came with it is taken."""
    batches: list[tuple[list[int], list[int]]] = []

    async def commit(batch: list[Incoming], unreadable: list[int]) -> list[QueryAnswer]:
        batches.append(([incoming.update_id for incoming in batch], unreadable))
        return []

    async with Gateway(TOKEN) as gateway:
        intake = Intake(gateway, commit)
        assert await intake.take([{"update_id": number} for number in (2**63, 7, -1, 10**40)])
    assert batches == [([7], [])]


def parsed(update: dict[str, Any], bot: telegram.Bot) -> Incoming | None:
    """Read an update as the intake does."""
    raw = {"update_id": FIRST_ID, **update}
    try:
        return updates.parse(raw, bot)
    except ValueError:
        return None


MESSAGE: dict[str, Any] = {
    "message_id": 1,
    "date": 1_778_000_000,
    "chat": {"id": 5, "type": "private", "first_name": "Mallory"},
    "from": {"id": 5, "is_bot": False, "first_name": "Mallory", "language_code": "en"},
}


async def test_ten_megabytes_are_read_as_far_as_a_message_goes(database_url: str) -> None:
    """A text, a name, a button's data and an unknown field, ten million characters each; a warning sign is found."""
    endless = "x" * 10_000_000
    person = {**MESSAGE["from"], "first_name": endless}
    pressed = {"id": "1", "from": MESSAGE["from"], "chat_instance": "1", "message": {**MESSAGE, "text": "?"}}
    bad: list[dict[str, Any]] = [
        {"message": {**MESSAGE, "text": endless}},
        {"message": {**MESSAGE, "text": "/start", "from": person}},
        {"callback_query": {**pressed, "data": endless}},
        {"message": {**MESSAGE, "text": "hello", "field": endless}},
        {"message": {**MESSAGE, "text": f"I have chest pain {endless}"}},
    ]
    async with bot_on(database_url) as (sandbox, address, engine), await Person.create(address) as ada:
        sandbox.world.add_person("Mallory", "en", 5).started = True
        for number, update in enumerate(bad, FIRST_ID):
            sandbox.updates.inject({"update_id": number, **update})
        await is_answered(ada)
        noted = await dealt_with(engine, range(FIRST_ID, FIRST_ID + len(bad)))
    assert not any(noted.values())
    said = [call["arguments"].get("text", "") for call in sandbox.calls if call["arguments"].get("chat_id") == 5]
    assert any("Do not drive yourself" in one for one in said)


async def test_half_a_character_anywhere_is_taken_as_any_other(database_url: str) -> None:
    """In a name, a message, an edited message and a button: all are answered."""
    half = "caf\ud83d\0"
    async with bot_on(database_url) as (_, address, engine), await Person.create(address, first_name=half) as ada:
        own = await ada.say("/start")
        greeting = await ada.wait_for("What I am not")
        assert "caf\N{REPLACEMENT CHARACTER}" in text_of(greeting)
        await ada.say(half)
        await ada.wait_for("What I am not")
        await ada.edit(own["message_id"], half)
        await ada.press_data(greeting["message_id"], half)
        await is_answered(ada)
        assert not any(inbox_of(engine).values())
