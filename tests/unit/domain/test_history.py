"""From records to days: what counts as a session, how far it went, and what is said of the same date."""

from datetime import date, timedelta

import pytest

from bot.domain.effects import SessionStatus
from bot.domain.history import PastFinding, PastSession, ToldDay, history_of
from bot.domain.levels import Day, Extent, Morning, Wish
from bot.domain.safety import Tier

TODAY = date(2026, 5, 7)
YESTERDAY = TODAY - timedelta(days=1)
FINISHED, STOPPED = SessionStatus.FINISHED, SessionStatus.STOPPED


@pytest.mark.parametrize(
    ("session", "extent"),
    [
        (PastSession(TODAY, FINISHED, tried=4), Extent.COMPLETE),
        (PastSession(TODAY, FINISHED, tried=3, left_out=1), Extent.STOPPED),
        (PastSession(TODAY, FINISHED, left_out=4), None),
        (PastSession(TODAY, FINISHED, left_out=4, peak=6), Extent.STOPPED),
        (PastSession(TODAY, FINISHED, is_minimum=True, tried=1), Extent.MINIMUM),
        (PastSession(TODAY, STOPPED, is_minimum=True, tried=1), Extent.STOPPED),
        (PastSession(TODAY, STOPPED), None),
        (PastSession(TODAY, None), None),
        (PastSession(TODAY, None, tried=2), Extent.STOPPED),
        (PastSession(TODAY, SessionStatus.ABANDONED, tried=2), Extent.STOPPED),
    ],
)
def test_how_far_a_session_went(session: PastSession, extent: Extent | None) -> None:
    """Complete is every exercise done; what was opened and left is no session at all."""
    assert history_of([session], [], []) == (Day(TODAY, extent, session.peak),)


def test_of_several_sessions_the_furthest_counts_and_the_worst_rating() -> None:
    """A minimum after a stopped routine makes the day done; the pain of the first stays the day's."""
    stopped = PastSession(TODAY, STOPPED, tried=2, peak=4)
    minimum = PastSession(TODAY, FINISHED, is_minimum=True, tried=1, peak=1)
    for sessions in ((stopped, minimum), (minimum, stopped)):
        assert history_of(sessions, [], []) == (Day(TODAY, Extent.MINIMUM, 4),)


def test_the_pain_told_before_a_session_is_a_rating_of_its_day() -> None:
    """Of all ratings of a day the highest counts, whether a session followed or not."""
    session = PastSession(TODAY, FINISHED, tried=4, peak=2)
    told = [ToldDay(YESTERDAY, pain=7), ToldDay(TODAY, pain=4)]
    assert history_of([session], [], told) == (Day(YESTERDAY, peak=7), Day(TODAY, Extent.COMPLETE, 4))


def test_the_gravest_finding_of_a_day_counts() -> None:
    """Also on a day without a session."""
    found = [PastFinding(TODAY, tier) for tier in (Tier.REFERRAL, Tier.URGENT, Tier.REFERRAL)]
    assert history_of([], found, []) == (Day(TODAY, finding=Tier.URGENT),)


def test_days_are_in_order_whatever_is_on_record_of_them() -> None:
    """One entry a date, oldest first."""
    told = [ToldDay(TODAY, Morning.WORSE, Wish.EASIER)]
    days = history_of([PastSession(TODAY, FINISHED, tried=4, peak=2)], [PastFinding(YESTERDAY, Tier.REFERRAL)], told)
    assert days == (
        Day(YESTERDAY, finding=Tier.REFERRAL),
        Day(TODAY, Extent.COMPLETE, 2, Morning.WORSE, Wish.EASIER),
    )
