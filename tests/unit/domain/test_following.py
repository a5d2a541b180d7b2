"""Following up: when somebody is asked once more, and when how often at all."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.following import FORGOTTEN_DAYS, Ignored, asks_how_often, follow_up_at, may_have_ignored

MORNING = datetime(2026, 5, 7, 5, 30, tzinfo=UTC)  # 07:30 in Madrid
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
YESTERDAY, TODAY = date(2026, 5, 6), date(2026, 5, 7)


@pytest.mark.parametrize(
    ("minutes", "after", "due"),
    [
        (None, timedelta(0), None),
        (30, timedelta(0), HOUR / 2),
        (120, timedelta(0), 2 * HOUR),
        (60, 13 * HOUR, 14 * HOUR),  # 21:30
        (60, 13.5 * HOUR, None),  # 22:00
        (60, 22 * HOUR, None),  # 06:30
        (120, 22 * HOUR, 24 * HOUR),  # 07:30
    ],
)
def test_nobody_is_asked_once_more_in_the_quiet_hours(
    minutes: int | None, after: timedelta, due: timedelta | None
) -> None:
    """So many minutes after the reminder, and not at all from ten in the evening to seven."""
    expected = None if due is None else MORNING + due
    found = follow_up_at(minutes, "Europe/Madrid", MORNING + after)
    assert found == expected


@pytest.mark.parametrize(
    ("silent", "may"), [(0, False), (5, False), (6, True), (FORGOTTEN_DAYS, True), (FORGOTTEN_DAYS + 1, False)]
)
def test_only_who_was_silent_for_nearly_a_week_is_counted(silent: int, *, may: bool) -> None:
    """And nobody who has been away for months: seven reminders were ignored long before."""
    assert may_have_ignored(MORNING, MORNING + silent * DAY) is may


@pytest.mark.parametrize(
    ("ignored", "asks"),
    [
        (None, False),
        (Ignored(6, YESTERDAY), False),
        (Ignored(7, YESTERDAY), True),
        (Ignored(7, TODAY), False),  # a later reminder of the seventh day
        (Ignored(8, YESTERDAY), False),
        (Ignored(40, YESTERDAY), False),
    ],
)
def test_the_question_comes_once(ignored: Ignored | None, *, asks: bool) -> None:
    """With the first reminder of the eighth day, which counts, so that the next one finds eight."""
    assert asks_how_often(ignored, TODAY) is asks
