"""When somebody who gives no sign of life is warned, and when they are erased."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.silence import WARNED, Silent, Step, step_for

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SOMEBODY = Silent(
    chat_id=1,
    language="en",
    zone="Europe/Madrid",
    has_consented=True,
    has_blocked=False,
    heard_at=NOW,
    warned_at=None,
)


@pytest.mark.parametrize(
    ("silent_days", "warned_days_ago", "expected"),
    [
        (0, None, None),
        (699, None, None),  # two years are 730 or 731 days, and the warning comes 30 before
        (702, None, Step.WARN),
        (4_000, None, Step.WARN),
        (4_000, 0, None),
        (4_000, 29, None),
        (4_000, 30, Step.ERASE),
        (4_000, 300, Step.ERASE),
    ],
)
def test_what_is_done_after_so_many_days(silent_days: int, warned_days_ago: int | None, expected: Step | None) -> None:
    """A warning comes a month before the end, and the end a month after the warning, however late that was."""
    warned_at = None if warned_days_ago is None else NOW - warned_days_ago * DAY
    silent = replace(SOMEBODY, heard_at=NOW - silent_days * DAY, warned_at=warned_at)
    assert step_for(silent, NOW, 24) is expected


def test_a_warning_by_a_clock_that_was_ahead_does_not_count() -> None:
    """Who was warned in the future is warned again when their time has come, and left alone until then."""
    ahead = replace(SOMEBODY, warned_at=NOW + 400 * DAY)
    assert step_for(ahead, NOW, 24) is None
    assert step_for(replace(ahead, heard_at=NOW - 800 * DAY), NOW, 24) is Step.WARN


def test_nobody_is_erased_within_a_month_of_the_first_sight_of_them() -> None:
    """Whatever the clock says at first, there are thirty days between two looks that end in erasing."""
    assert step_for(replace(SOMEBODY, heard_at=datetime.min.replace(tzinfo=UTC)), NOW, 3) is Step.WARN
    assert timedelta(days=30) <= WARNED


def test_only_those_who_agreed_and_can_be_reached_are_written_to() -> None:
    """Nobody is written to who never agreed to anything, or does not want to hear from the bot."""
    assert SOMEBODY.is_reachable
    assert not replace(SOMEBODY, has_consented=False).is_reachable
    assert not replace(SOMEBODY, has_blocked=True).is_reachable
