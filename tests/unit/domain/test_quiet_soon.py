"""When a broadcast may not leave any more, and until when it may, on a person's own clocks."""

from datetime import UTC, datetime

import pytest

from bot.domain.quiet import is_quiet_soon, next_quiet


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
def test_it_is_quiet_from_ten_to_seven(now: str, zone: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """It begins ten minutes early, so that nothing queued at its edge arrives in it."""
    assert is_quiet_soon(datetime.fromisoformat(now).replace(tzinfo=UTC), zone) is expected


@pytest.mark.parametrize(
    ("now", "evening"),
    [
        ("2026-05-07T16:00:00", "2026-05-08T02:00:00"),
        ("2026-05-08T02:00:00", "2026-05-09T02:00:00"),
        ("2026-03-08T06:00:00", "2026-03-09T02:00:00"),
    ],
)
def test_the_quiet_hours_begin_at_the_next_ten(now: str, evening: str) -> None:
    """Across the change of clocks in March as well."""
    found = next_quiet(datetime.fromisoformat(now).replace(tzinfo=UTC), "America/New_York")
    assert found == datetime.fromisoformat(evening).replace(tzinfo=UTC)
