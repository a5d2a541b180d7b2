"""Progress: days of the week, weeks before, and all days, from finished sessions."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.progress import FinishedSession, Progress, progress_of

THURSDAY = date(2026, 3, 5)
SESSIONS = st.lists(st.builds(FinishedSession, local_date=st.dates(), rating=st.none() | st.integers(0, 10)))


def on(*days: date) -> list[FinishedSession]:
    """Return a session without rating on each day."""
    return [FinishedSession(day) for day in days]


def test_nothing_done_is_seven_open_days() -> None:
    """Before the first session all counts are zero."""
    assert progress_of([], THURSDAY) == Progress(week=(False,) * 7, earlier_weeks=(0, 0, 0), total_days=0, ratings=())


def test_the_week_runs_from_monday_to_sunday() -> None:
    """Monday and Thursday of this week are done; the Sunday before belongs to last week."""
    progress = progress_of(on(date(2026, 3, 1), date(2026, 3, 2), THURSDAY), THURSDAY)
    assert progress.week == (True, False, False, True, False, False, False)
    assert progress.days_this_week == 2
    assert progress.earlier_weeks == (1, 0, 0)


def test_a_day_counts_once() -> None:
    """Doing the routine twice on one day is one day."""
    progress = progress_of(on(THURSDAY, THURSDAY), THURSDAY)
    assert (progress.days_this_week, progress.total_days) == (1, 1)


@pytest.mark.parametrize(("weeks_ago", "earlier"), [(1, (1, 0, 0)), (2, (0, 1, 0)), (3, (0, 0, 1)), (4, (0, 0, 0))])
def test_three_weeks_before_are_counted_the_latest_first(weeks_ago: int, earlier: tuple[int, ...]) -> None:
    """A week further back counts in the total only."""
    progress = progress_of(on(THURSDAY - timedelta(weeks=weeks_ago)), THURSDAY)
    assert (progress.earlier_weeks, progress.total_days) == (earlier, 1)


def test_a_week_across_new_year_is_one_week() -> None:
    """ISO weeks do not end with the year."""
    progress = progress_of(on(date(2025, 12, 29), date(2026, 1, 1)), date(2026, 1, 2))
    assert progress.days_this_week == 2


def test_the_latest_five_ratings_are_kept_oldest_first() -> None:
    """Sessions without a rating leave no gap."""
    ratings = [9, 6, None, 5, 4, None, 3, 2]
    finished = [FinishedSession(THURSDAY + timedelta(days=index), rating) for index, rating in enumerate(ratings)]
    assert progress_of(finished, THURSDAY).ratings == (6, 5, 4, 3, 2)


@given(SESSIONS, st.dates(min_value=date(1, 2, 1)))
def test_no_day_is_counted_twice_over_the_weeks(finished: list[FinishedSession], today: date) -> None:
    """This week and the weeks before never exceed all days, and no week has more than seven."""
    progress = progress_of(finished, today)
    counts = (progress.days_this_week, *progress.earlier_weeks)
    assert sum(counts) <= progress.total_days == len({session.local_date for session in finished})
    assert all(0 <= count <= 7 for count in counts)
    assert len(progress.week) == 7
