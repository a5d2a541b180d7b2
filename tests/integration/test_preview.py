"""A preview of one exercise: the real bot behind the page, and its card is there at once, in every language."""

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo import serving
from bot.settings import Settings, SettingsError, load_settings

TOKEN = "424242:demo-token-of-the-sandbox-on-this-machine"


def settings_in(folder: Path) -> Settings:
    """Return the settings of a demo on any free port."""
    database_url = f"sqlite:///{folder / 'demo.db'}"
    return load_settings(env_file=None, telegram_bot_token=TOKEN, database_url=database_url, port=0)


async def first_card(address: str, person: dict[str, Any]) -> str:
    """Wait for the first exercise that the bot shows a person; return its message with its buttons, as JSON."""
    async with aiohttp.ClientSession(f"{address}/sandbox/") as door:
        after = 0
        while True:
            query = {"after": str(after), "timeout": "30", "chat_id": str(person["id"])}
            async with door.get("events", params=query) as answer:
                entries = (await answer.json())["events"]
            assert entries, "nothing came"
            after = entries[-1]["seq"]
            for entry in entries:
                if "animation" in entry.get("message", {}):
                    return json.dumps(entry["message"], ensure_ascii=False)


async def test_the_card_is_there_at_once_in_every_language(tmp_path: Path) -> None:
    """Without consent, questions or the way to the floor; an exercise that no level names can be seen as well."""
    async with serving(settings_in(tmp_path), exercise="sciatic-slider") as demo:
        async with aiohttp.ClientSession() as http, http.get(f"{demo.address}/sandbox/state") as answer:
            people = (await answer.json())["people"]
        seen = {person["language_code"]: await first_card(demo.address, person) for person in people}
    assert "Leg slider" in seen["en"]
    assert "8 to each side" in seen["en"]
    assert "Done" in seen["en"]
    assert "Deslizamiento de la pierna" in seen["es"]


async def test_an_exercise_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    """Before anything is served."""
    with pytest.raises(SettingsError, match="there is no exercise brigde; there are back-extensions, bird-dog, "):
        async with serving(settings_in(tmp_path), exercise="brigde"):
            pytest.fail("it served")
