"""From what a clock shows, or how far it is ahead of UTC, to the places that keep it."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.domain.understanding import ClockHere, Offset
from bot.zones import ZoneFinder

FINDER = ZoneFinder.from_content(Path(__file__).parents[2] / "content")
SUMMER = datetime(2026, 7, 1, 12, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("place", "first"),
    [
        (Offset(120), "Europe/Madrid"),
        (Offset(-240), "America/New_York"),
        (Offset(330), "Asia/Kolkata"),
        (Offset(345), "Asia/Kathmandu"),
        (ClockHere((time(14, 0),)), "Europe/Madrid"),
        (ClockHere((time(8, 5),)), "America/New_York"),
        (ClockHere((time(2, 3), time(14, 3))), "Europe/Madrid"),
        (ClockHere((time(0, 3),)), "Pacific/Auckland"),
    ],
)
def test_a_clock_or_an_offset_leads_to_places_that_keep_it(place: ClockHere | Offset, first: str) -> None:
    """At most four, those likely for the language first, in summer by summer time, a slow clock rounded."""
    language = "en-us" if first.startswith("America") else "en-nz" if "Auckland" in first else "es-es"
    found = FINDER.keeping(place, SUMMER, language)
    assert found[0][0] == first
    assert 1 <= len(found) <= 4


def test_no_place_keeps_every_offset() -> None:
    """Nobody is 13 hours and a quarter ahead."""
    assert FINDER.keeping(Offset(13 * 60 + 15), SUMMER, "en") == ()
