"""Levels: from what happened on the days before to how hard today is, and why."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.levels import Change, Day, Extent, Morning, Referral, Standing, Wish, standing_on
from bot.domain.safety.findings import Tier

FIRST = date(2026, 1, 5)
START, TOP = 1, 5


def on(number: int) -> date:
    """Return the date of the numbered day, counted from 0."""
    return FIRST + timedelta(days=number)


def good(number: int, *, peak: int = 2, morning: Morning | None = Morning.SAME) -> Day:
    """Return a day with a complete session and little pain."""
    return Day(on(number), Extent.COMPLETE, peak, morning)


def standing(today: int, *days: Day, start: int = START) -> Standing:
    """Return where somebody with these days stands on the numbered day."""
    return standing_on(on(today), days, start=start, top=TOP)


def test_a_new_person_begins_at_the_start() -> None:
    """Nothing has happened yet."""
    assert standing(0) == Standing(START, 0, Change.START)


def test_three_good_sessions_in_a_week_bring_more_repetitions() -> None:
    """And not two."""
    assert standing(2, good(0), good(1)).change is Change.STEADY
    assert standing(3, good(0), good(1), good(2)) == Standing(START, 1, Change.MORE_REPETITIONS)


def test_the_next_things_are_longer_holds_and_then_the_next_level() -> None:
    """One at a time, a week apart."""
    days = [good(number) for number in range(21)]
    changes = [(standing(today, *days[:today]).level, standing(today, *days[:today]).change) for today in (3, 10, 17)]
    assert changes == [(1, Change.MORE_REPETITIONS), (1, Change.LONGER_HOLDS), (2, Change.NEXT_LEVEL)]


def test_three_good_sessions_in_more_than_a_week_are_not_enough() -> None:
    """One or two missed days hold; more of them hold longer."""
    assert standing(9, good(0), good(4), good(8)).growth == 0


def test_no_known_morning_is_no_leave_to_go_on() -> None:
    """Somebody who never tells how the mornings are stays where they are."""
    days = [good(number, morning=None) for number in range(5)]
    assert standing(5, *days).growth == 0
    assert standing(5, *days, Day(on(5), morning=Morning.SAME)).growth == 1


@pytest.mark.parametrize("peak", [4, 5])
def test_amber_holds(peak: int) -> None:
    """4 or 5 of 10 neither leads on nor back, and the count begins anew."""
    days = [good(0), good(1), good(2, peak=peak)]
    assert standing(3, *days) == Standing(START, 0, Change.AMBER, rating=peak)
    assert standing(5, *days, good(3), good(4)).growth == 0


def test_three_ambers_running_go_one_level_back() -> None:
    """Two do not."""
    days = [good(number, peak=4) for number in range(3)]
    assert standing(2, *days[:2], start=3).level == 3
    assert standing(3, *days, start=3) == Standing(2, 0, Change.AMBERS_RUNNING, rating=4)


def test_a_session_taken_back_leads_nowhere_but_its_pain_weighs() -> None:
    """It is no good one, ends no run of ambers and does not make up for being away; an amber stays an amber."""
    taken = Extent.TAKEN_BACK
    assert standing(3, good(0), good(1), Day(on(2), taken, 2, Morning.SAME)) == standing(3, good(0), good(1))
    ambers = [good(number, peak=4) for number in range(2)]
    assert standing(4, *ambers, Day(on(2), taken, 1), good(3, peak=4), start=3).change is Change.AMBERS_RUNNING
    assert standing(3, *ambers, Day(on(2), taken, 4), start=3).change is Change.AMBERS_RUNNING
    assert standing(8, good(0), Day(on(3), taken, 2), start=3) == standing(8, good(0), start=3)


def test_two_worse_mornings_in_a_week_go_one_level_back() -> None:
    """One does not, and neither do two that lie further apart."""
    worse = Morning.WORSE
    assert standing(1, good(0), Day(on(1), morning=worse), start=3).level == 3
    assert standing(4, good(0), good(1, morning=worse), Day(on(4), morning=worse), start=3).level == 2
    assert standing(6, good(0), good(1, morning=worse), good(5), Day(on(6), morning=worse), start=3).level == 2
    apart = [good(0), good(1, morning=worse), good(5), Day(on(9), morning=worse)]
    assert standing(9, *apart, start=3).level == 3


@pytest.mark.parametrize("peak", [6, 7])
def test_a_flare_means_two_days_of_level_0_and_then_one_level_down(peak: int) -> None:
    """Rest does not mean bed: level 0 has exercises too, and sessions in it earn nothing."""
    days = [good(0, peak=peak), good(1), good(2)]
    assert standing(1, *days[:1], start=3) == Standing(0, 0, Change.RESTING, rating=peak)
    assert standing(2, *days[:2], start=3).level == 0
    assert standing(3, *days, start=3) == Standing(2, 0, Change.AFTER_FLARE, rating=peak)


def test_a_session_that_was_stopped_for_pain_is_a_flare_too() -> None:
    """What counts is the rating."""
    assert standing(1, Day(on(0), Extent.STOPPED, peak=7), start=3).change is Change.RESTING


@pytest.mark.parametrize(("away", "level"), [(6, 3), (7, 2), (20, 2), (21, 1), (200, 1)])
def test_being_away_goes_back(away: int, level: int) -> None:
    """A week away one level, three weeks two, however long it was."""
    found = standing(away, good(0), start=3)
    assert (found.level, found.days) == (level, away if away >= 7 else None)


def test_being_away_never_leads_to_level_0() -> None:
    """Level 0 is for a flare."""
    assert standing(30, good(0), start=1).level == 1


def test_a_word_from_somebody_who_is_away_changes_nothing() -> None:
    """A morning told on the tenth day does not make the absence shorter, nor count it twice."""
    assert standing(25, good(0), Day(on(10), morning=Morning.SAME), start=4).level == 2


@pytest.mark.parametrize("tier", [Tier.URGENT, Tier.EMERGENCY])
def test_an_urgent_finding_goes_one_level_back(tier: Tier) -> None:
    """From the day after it on."""
    assert standing(1, Day(on(0), finding=tier), start=3) == Standing(2, 0, Change.AFTER_FINDING)


def test_nothing_goes_up_on_the_day_of_a_finding() -> None:
    """And the count begins anew behind it."""
    days = [good(0), good(1), good(2)]
    found = Day(on(3), Extent.COMPLETE, 1, Morning.SAME, finding=Tier.REFERRAL)
    assert standing(3, *days, found).growth == 0
    assert standing(5, *days, found, good(4)).growth == 0


def test_who_asks_for_easier_gets_it() -> None:
    """First what has grown is taken back, then the level."""
    days = [good(0), good(1), good(2), Day(on(3), Extent.COMPLETE, 1, wish=Wish.EASIER)]
    assert standing(4, *days) == Standing(1, 0, Change.ASKED_EASIER)
    assert standing(1, Day(on(0), Extent.COMPLETE, 1, wish=Wish.EASIER), start=3).level == 2
    assert standing(1, Day(on(0), Extent.COMPLETE, 1, wish=Wish.EASIER), start=1).level == 1


def test_asked_for_easier_at_the_first_level_nothing_is_said_to_be_easier() -> None:
    """There is nothing below but a flare's rest; the count of good sessions begins anew."""
    days = [*map(good, range(2)), Day(on(2), Extent.COMPLETE, 2, Morning.SAME, Wish.EASIER), good(3)]
    assert standing(3, *days[:3]) == Standing(START, 0, Change.STEADY)
    assert standing(4, *days).growth == 0


def test_a_flare_counts_on_its_own_day() -> None:
    """Whoever begins again after a pain of 6 gets only what is for a flare, on that day already."""
    assert standing(0, Day(on(0), Extent.STOPPED, 6)) == Standing(0, 0, Change.RESTING, rating=6)
    assert standing(0, Day(on(0), Extent.STOPPED, 5)).level == START


def test_a_flare_told_before_a_session_counts_also_where_none_followed() -> None:
    """Rest on that day and the next two, then one level down; it is no session, so the days away go on."""
    told = Day(on(1), peak=7, finding=Tier.REFERRAL)
    base = [*map(good, range(-20, 1))]
    assert standing(0, *base).level == START + 1
    assert standing(1, *base, told) == Standing(0, 0, Change.RESTING, rating=7)
    assert standing(4, *base, told) == Standing(START, 0, Change.AFTER_FLARE, rating=7)
    assert standing(7, *base, told).change is Change.AWAY


def asked(number: int, *, peak: int = 1, finding: Tier = Tier.NONE) -> Day:
    """Return a day with a complete session after which more was asked for."""
    return Day(on(number), Extent.COMPLETE, peak, wish=Wish.HARDER, finding=finding)


def test_who_asks_for_harder_gets_it_after_one_good_session() -> None:
    """It is said to be asked for; but no sooner than a week after the last step."""
    assert standing(1, asked(0)) == Standing(START, 1, Change.ASKED_HARDER)
    assert standing(2, asked(0), asked(1)) == Standing(START, 1, Change.HARDER_WAITS)
    assert standing(9, asked(0), good(1), good(5), asked(8)) == Standing(START, 2, Change.ASKED_HARDER)


def test_what_was_earned_is_not_said_to_be_asked_for() -> None:
    """Three good sessions lead on by themselves."""
    days = [good(0), good(1), Day(on(2), Extent.COMPLETE, 1, Morning.SAME, Wish.HARDER)]
    assert standing(3, *days).change is Change.MORE_REPETITIONS


def test_the_next_level_is_not_for_the_asking() -> None:
    """It takes three good sessions in a week, also out of level 0."""
    steps = [asked(0), good(1), good(5), asked(8), good(10), good(14), asked(17)]
    assert standing(18, *steps) == Standing(START, 2, Change.HARDER_WAITS)
    earned = standing(19, *steps, good(18))
    assert (earned.level, earned.change) == (START + 1, Change.NEXT_LEVEL)
    rest = [good(0, peak=6), good(1), good(2)]
    assert standing(4, *rest, asked(3)) == Standing(0, 0, Change.HARDER_WAITS)


def test_who_asks_for_more_than_there_is_is_told_so() -> None:
    """At the highest level, with all that grows."""
    days = [good(number) for number in range(17)]
    full = standing(17, *days, start=TOP)
    assert (full.level, full.growth) == (TOP, 2)
    assert standing(18, *days, asked(17), start=TOP).change is Change.NOTHING_HARDER


@pytest.mark.parametrize(
    ("day", "change"),
    [
        (asked(0, peak=5), Change.AMBER),
        (asked(0, peak=6), Change.RESTING),
        (asked(0, finding=Tier.URGENT), Change.AFTER_FINDING),
    ],
)
def test_asking_for_more_on_a_day_that_went_badly_asks_for_nothing(day: Day, change: Change) -> None:
    """The reason told is that of the day, and nothing grows, neither then nor after the rest."""
    assert standing(1, day, start=3).change is change
    assert standing(3, day, start=3).change is not Change.HARDER_WAITS
    assert standing(4, day, good(1), start=3).growth == 0


def test_the_minimum_of_a_bad_day_neither_earns_nor_costs() -> None:
    """It counts as done."""
    days = [good(0), good(1), Day(on(2), Extent.MINIMUM, 2), good(3)]
    assert standing(3, *days[:3]).growth == 0
    assert standing(4, *days).growth == 1


def test_three_flares_in_a_month_mean_the_clinic() -> None:
    """Two do not."""
    days = [good(0, peak=6), good(10, peak=6), good(20, peak=7)]
    assert standing(11, *days[:2], start=5).referral is None
    assert standing(21, *days, start=5).referral is Referral.FLARES


def test_six_weeks_without_gain_mean_the_clinic() -> None:
    """Gain is two points less pain, or a level."""
    days = [good(number, peak=5) for number in range(0, 43, 2)]
    assert standing(41, *days[:20]).referral is None
    assert standing(43, *days).referral is Referral.NO_GAIN
    assert standing(43, *[good(number, peak=5) for number in (0, 42)], start=3).referral is Referral.NO_GAIN
    better = [good(number, peak=5 if number < 7 else 3) for number in range(0, 43, 2)]
    assert standing(43, *better).referral is None


def test_dates_out_of_order_are_refused() -> None:
    """One entry a date, oldest first."""
    with pytest.raises(ValueError, match="in order"):
        standing(3, good(1), good(1))


_DAYS = st.builds(
    Day,
    on=st.just(FIRST),
    session=st.sampled_from([None, Extent.COMPLETE, Extent.COMPLETE, Extent.COMPLETE, Extent.MINIMUM, Extent.STOPPED]),
    peak=st.sampled_from([None, 0, 1, 2, 2, 3, 3, 4, 5, 6, 8]),
    morning=st.sampled_from([None, Morning.BETTER, Morning.SAME, Morning.SAME, Morning.WORSE]),
    wish=st.sampled_from([None, None, None, Wish.EASIER, Wish.HARDER]),
    finding=st.sampled_from([Tier.NONE, Tier.NONE, Tier.NONE, Tier.REFERRAL, Tier.URGENT]),
)


@st.composite
def _histories(draw: st.DrawFn) -> list[Day]:
    number, days = 0, []
    for day in draw(st.lists(_DAYS, max_size=40)):
        number += draw(st.sampled_from([1, 1, 1, 1, 2, 3, 8, 22]))
        peak = day.peak if day.session else None
        days.append(Day(on(number), day.session, peak, day.morning, day.wish, day.finding))
    return days


@st.composite
def _good_weeks(draw: st.DrawFn) -> list[Day]:
    """Weeks of daily sessions that mostly go well, with wishes for more; here and there something else happens."""
    today = st.builds(good, st.just(0), peak=st.integers(0, 3)) | st.just(asked(0)) | st.just(good(0))
    days = draw(st.lists(today | today | today | _DAYS, min_size=8, max_size=30))
    return [replace(day, on=on(number)) for number, day in enumerate(days)]


def _life(days: Sequence[Day], start: int) -> list[tuple[int, Standing, Day]]:
    """Return the standing of every date from the first to the last, each seen from its own evening."""
    by_date = {day.on: day for day in days}
    last = (days[-1].on - FIRST).days if days else 0
    return [
        (
            number,
            standing_on(on(number), [day for day in days if day.on <= on(number)], start=start, top=TOP),
            by_date.get(on(number), Day(on(number))),
        )
        for number in range(min(last, 120) + 2)
    ]


_UP = {Change.MORE_REPETITIONS, Change.LONGER_HOLDS, Change.NEXT_LEVEL, Change.ASKED_HARDER}


def _went_up(earlier: Standing, later: Standing) -> bool:
    """Whether a step was taken between two dates; the end of a flare's rest is none."""
    if later.level > earlier.level:
        return earlier.change is not Change.RESTING
    return later.level == earlier.level and later.growth > earlier.growth


@given(_histories() | _good_weeks(), st.integers(0, TOP))
def test_whatever_happens_the_level_moves_within_its_bounds(days: list[Day], start: int) -> None:
    """Never out of range, one thing at a time and said so, never on the day of a finding, always down after red."""
    life = _life(days, start)
    for (_, earlier, before), (_, later, day) in pairwise(life):
        assert 0 <= later.level <= TOP
        assert 0 <= later.growth <= 2
        if _went_up(earlier, later):
            assert later.change in _UP
            assert (later.level - earlier.level, later.growth - earlier.growth) in {(0, 1), (1, -earlier.growth)}
            assert day.finding is Tier.NONE
        if later.level > earlier.level and earlier.change is not Change.RESTING:
            assert later.change is Change.NEXT_LEVEL
        if (before.peak or 0) > 5:
            assert later.level == 0
            assert later.change is Change.RESTING


@given(_good_weeks(), st.integers(0, TOP))
def test_a_week_brings_one_step_at_most(days: list[Day], start: int) -> None:
    """Of any kind, earned or asked for, as the sessions were: a step that nobody trained with has not been taken."""
    trained = [
        (number, found)
        for number, found, day in _life(days, start)
        if day.session and found.change is not Change.RESTING
    ]
    ups = [number for (_, earlier), (number, later) in pairwise(trained) if _went_up(earlier, later)]
    assert all(second - first >= 7 for first, second in pairwise(ups))


@given(_histories())
def test_the_same_history_gives_the_same_standing(days: list[Day]) -> None:
    """Also when it is handed over as something that can be walked only once."""
    today = days[-1].on if days else FIRST
    assert standing_on(today, iter(days), start=START, top=TOP) == standing_on(today, days, start=START, top=TOP)
