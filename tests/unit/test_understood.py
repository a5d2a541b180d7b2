"""`lumbar understand`: what JSON lines of typed messages are told to say, and lines that are none."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.authoring import NotALine, understood
from bot.settings import Settings, load_settings
from tests.knowledge import read_once


@pytest.fixture(autouse=True)
def content_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the content once for all tests: it takes longer than they do."""
    monkeypatch.setattr("bot.authoring.load_catalog", read_once)


@pytest.fixture(scope="module")
def settings() -> Settings:
    """Return settings that name the content that is shipped."""
    return load_settings(env_file=None, content_dir=Path(__file__).parents[2] / "content")


SEVEN_OPEN = {"times": ["07:00"], "half": "open"}
EIGHT_AND_NINE = {"times": ["08:00", "21:00"]}


@pytest.mark.parametrize(
    ("asked", "event", "value"),
    [
        ({"text": "weekdays 7:30"}, "time", {"times": ["07:30"], "weekdays": [1, 2, 3, 4, 5]}),
        ({"text": "7"}, "time", SEVEN_OPEN),
        ({"text": "7", "state": "rating"}, "pain", {"rating": 7}),
        ({"text": "9 at night and 8 in the morning"}, "time", EIGHT_AND_NINE),
        ({"text": "7 and 9 am"}, "time", {"times": ["07:00", "09:00"]}),
        ({"text": "9 am and 7"}, "time", {"times": ["07:00", "09:00"], "half": "open", "open": ["07:00"]}),
        ({"text": "evenings"}, "time", {"part": ["15:00", "24:00"]}),
        ({"text": "not today", "state": "reminded"}, "skip", {}),
        ({"text": "already did it", "state": "reminded"}, "done", {}),
        ({"text": "bad day"}, "start", {"minimum": True}),
        ({"text": "pause until 24 december"}, "pause", {"until": {"month": 12, "day": 24}}),
        ({"text": "pause until 2026-12-24"}, "pause", {"until": {"date": "2026-12-24"}}),
        ({"text": "pause until monday", "lang": "en"}, "pause", {"until": {"weekday": 1}}),
        ({"text": "Europe/Madrid"}, "zone", {"zone": "Europe/Madrid"}),
        ({"text": "my time is 14:20"}, "zone", {"clock": "14:20"}),
        ({"text": "UTC-3:30"}, "zone", {"offset": "-03:30"}),
        ({"text": "yes"}, "unknown", {}),
        ({"text": "entre semana a las 8:00"}, "time", {"times": ["08:00"], "weekdays": [1, 2, 3, 4, 5]}),
        ({"text": "mañana", "lang": "es", "state": "asking_time"}, "time", {"days": 1}),
        ({"text": "hola", "lang": "xx"}, "unknown", {}),
        ({"text": ""}, "unknown", {}),
    ],
)
def test_a_message_is_told_as_event_and_value(
    settings: Settings, asked: dict[str, str], event: str, value: dict[str, Any]
) -> None:
    """Only what was said; without a language the first that makes something of it counts."""
    (answer,) = understood([json.dumps({"id": 5, **asked})], settings)
    assert answer == {"id": 5, "event": event, "value": value}


def test_what_safety_answers_is_marked(settings: Settings) -> None:
    """An author sees that the bot would never get as far as reading the words."""
    (answer,) = understood(['{"id": 1, "text": "it hurts and my legs are numb", "state": "exercising"}'], settings)
    assert (answer["event"], answer["safety"]) == ("pain", "emergency")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("hello", "line 2 is not JSON of the form"),
        ('{"id": 1}', "line 2 is not JSON of the form"),
        ('{"id": 1, "text": "7", "state": "asleep"}', "line 2: 'asleep' is not a state; use one of idle, reminded"),
    ],
)
def test_a_line_to_understand_that_is_none_is_named(settings: Settings, line: str, complaint: str) -> None:
    """The message names the line and what may stand there."""
    with pytest.raises(NotALine, match=complaint):
        list(understood(['{"text": "7"}', line], settings))
