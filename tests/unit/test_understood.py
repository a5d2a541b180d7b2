"""`lumbar understand`: what JSON lines of typed messages are told to say, and lines that are none."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.authoring import NotALine, understood
from bot.settings import Settings, load_settings
from tests.unit.small_content import copy_small_content


@pytest.fixture(scope="module")
def settings() -> Settings:
    """Return settings that name the content that is shipped."""
    return load_settings(env_file=None, content_dir=Path(__file__).parents[2] / "content")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return settings that name a small content, which is sooner read."""
    return load_settings(env_file=None, content_dir=copy_small_content(tmp_path_factory.mktemp("small")))


SEVEN_OPEN = {"times": ["07:00"], "half": "open"}
EIGHT_AND_NINE = {"times": ["08:00", "21:00"]}


SAID: list[tuple[dict[str, str], str, dict[str, Any]]] = [
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
]


@pytest.fixture(scope="module")
def answers(settings: Settings) -> list[dict[str, Any]]:
    """Ask about everything in one go: it takes longer to read the content."""
    return list(understood([json.dumps({"id": at, **asked}) for at, (asked, _, _) in enumerate(SAID)], settings))


@pytest.mark.parametrize(("at", "asked", "event", "value"), [(at, *row) for at, row in enumerate(SAID)])
def test_a_message_is_told_as_event_and_value(
    answers: list[dict[str, Any]], at: int, asked: dict[str, str], event: str, value: dict[str, Any]
) -> None:
    """Only what was said; without a language the first that makes something of it counts."""
    assert answers[at] == {"id": at, "event": event, "value": value}, asked


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
def test_a_line_to_understand_that_is_none_is_named(small: Settings, line: str, complaint: str) -> None:
    """The message names the line and what may stand there."""
    with pytest.raises(NotALine, match=complaint):
        list(understood(['{"text": "7"}', line], small))
