"""Quiet hours, 22:00 to 07:00 by the person's own clock: nothing leaves in them that was not asked for then."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.quiet import awake, is_quiet, not_in_the_night, patience

GRACE = timedelta(hours=2)
MADRID = "Europe/Madrid"


def at(hour: int, minute: int = 0, *, day: int = 10) -> datetime:
    """Return a moment of June 2026 by the clocks of Madrid, two hours ahead."""
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC) - timedelta(hours=2)


@pytest.mark.parametrize(
    ("local_time", "quiet"),
    [
        (time(21, 59, 59), False),
        (time(22), True),
        (time(0), True),
        (time(6, 59, 59), True),
        (time(7), False),
        (time(12), False),
    ],
)
def test_they_begin_at_ten_and_end_at_seven(local_time: time, quiet: bool) -> None:  # noqa: FBT001 - a column
    """Ten in the evening is quiet, seven in the morning is not."""
    assert is_quiet(local_time) is quiet


def test_what_nobody_asked_for_takes_another_time_than_a_nightly_one() -> None:
    """Whoever exercises at eleven at night is asked how they are in the morning; at eight it stays eight."""
    assert awake(time(23), time(10)) == time(10)
    assert awake(time(20), time(10)) == time(20)


@pytest.mark.parametrize(
    ("wanted", "leaves"),
    [
        (at(12), at(12)),
        (at(21, 59), at(21, 59)),
        (at(22), at(7, day=11)),
        (at(3), at(7)),
        (at(7), at(7)),
    ],
)
def test_it_waits_for_the_morning(wanted: datetime, leaves: datetime) -> None:
    """What would leave in the night leaves at seven."""
    assert not_in_the_night(wanted, MADRID) == leaves


def test_the_morning_after_the_clocks_change_is_at_seven_too() -> None:
    """On 29 March 2026 Madrid goes from 02:00 to 03:00."""
    evening = datetime(2026, 3, 28, 22, 30, tzinfo=UTC)
    assert not_in_the_night(evening, MADRID) == datetime(2026, 3, 29, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "late"),
    [
        (at(7, 30), GRACE),
        (at(20), GRACE),
        (at(21), timedelta(hours=1)),
        (at(21, 50), timedelta(minutes=15)),
        (at(21, 59), timedelta(minutes=15)),
        (at(22), GRACE),
        (at(5), GRACE),
    ],
)
def test_nothing_is_made_up_for_in_the_night(due: datetime, late: timedelta) -> None:
    """The grace period ends with the evening, but for a moment; a reminder meant for the night has all of it."""
    assert patience(due, MADRID, GRACE) == late


def test_a_short_grace_stays_short_and_no_zone_means_no_night() -> None:
    """The operator's grace period is never stretched; without a zone nobody knows when it is night."""
    assert patience(at(21, 50), MADRID, timedelta(minutes=5)) == timedelta(minutes=5)
    assert patience(at(21, 50), None, GRACE) == GRACE
