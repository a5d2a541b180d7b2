"""When it is night for somebody, on their own clocks."""

from datetime import UTC, datetime

import pytest

from bot.domain.nights import evening_after, is_night


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        ("2026-05-07T10:59:59", "America/New_York", True),
        ("2026-05-07T11:00:00", "America/New_York", False),
        ("2026-05-08T01:49:59", "America/New_York", False),
        ("2026-05-08T01:50:00", "America/New_York", True),
        ("2026-05-08T02:00:00", "America/New_York", True),
        ("2026-05-07T01:14:59", "Asia/Kathmandu", True),
        ("2026-05-07T01:15:00", "Asia/Kathmandu", False),
    ],
)
def test_night_is_from_ten_to_seven(now: str, zone: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """It begins ten minutes early, so that nothing queued at its edge arrives in it."""
    assert is_night(datetime.fromisoformat(now).replace(tzinfo=UTC), zone) is expected


@pytest.mark.parametrize(
    ("now", "evening"),
    [
        ("2026-05-07T16:00:00", "2026-05-08T02:00:00"),
        ("2026-05-08T02:00:00", "2026-05-09T02:00:00"),
        ("2026-03-08T06:00:00", "2026-03-09T02:00:00"),
    ],
)
def test_an_evening_is_the_next_one(now: str, evening: str) -> None:
    """Across the change of clocks in March as well."""
    found = evening_after(datetime.fromisoformat(now).replace(tzinfo=UTC), "America/New_York")
    assert found == datetime.fromisoformat(evening).replace(tzinfo=UTC)
