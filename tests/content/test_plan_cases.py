"""The clinician's cases: histories from the brief lead to the plans that the brief asks for."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog import Catalog
from bot.domain.levels import Change, Day, Extent, Morning, Standing, Wish
from bot.domain.plan import MOST_STEPS, routine_on
from bot.domain.safety import Tier
from bot.plan_cases import History, failed_cases, plan_of

MONDAY = date(2026, 1, 5)


@pytest.fixture
def copied(content: Path, tmp_path: Path) -> Path:
    """Return a content folder with nothing but a copy of the cases."""
    folder = tmp_path / "content"
    (folder / "routines").mkdir(parents=True)
    shutil.copy(content / "routines" / "plan-cases.yaml", folder / "routines")
    return folder


def test_every_case_leads_to_its_plan(content: Path, catalog: Catalog) -> None:
    """Twenty at least, each by a sentence of the brief."""
    count, faults = failed_cases(content, catalog.programme)
    assert not faults
    assert count >= 20


def test_the_cases_reach_every_level_and_every_reason(content: Path, catalog: Catalog) -> None:
    """What no case tells of, no clinician has checked."""
    cases = yaml.safe_load((content / "routines" / "plan-cases.yaml").read_text(encoding="utf-8"))["cases"]
    assert {case["expected"]["level"] for case in cases} == {level.id for level in catalog.programme.levels}
    assert {case["expected"]["why"] for case in cases} == {change.value for change in Change}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("why: more-repetitions", "why: steady", "why is more-repetitions, expected steady"),
        ("level: build, why: away", "level: base, why: away", "level is build, expected base"),
        ("days_away: 7", "days_away: 8", "days_away is 7, expected 8"),
        ("walking: {minutes: 5}", "bridge: {repetitions: 5}", "bridge is not among today's exercises"),
        ("walking: {minutes: 5}", "walking: {minutes: 6}", "walking is Dose("),
        (", referral: flares", "", "referral is flares, expected None"),
        ("[prone-lying, pelvic-tilt,", "[pelvic-tilt, prone-lying,", "exercises is prone-lying, pelvic-tilt,"),
        ("start: base", "start: basis", "start: basis is none of the levels"),
        ("peak: 3}", "peak: 30}", "peak: Input should be less than or equal to 10"),
        ("until: 2026-01-14", "until: 2026-01-04", "until is later than date"),
    ],
)
def test_a_case_that_leads_elsewhere_is_named(copied: Path, catalog: Catalog, old: str, new: str, fault: str) -> None:
    """By file, line and what is different."""
    path = copied / "routines" / "plan-cases.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    _, faults = failed_cases(copied, catalog.programme)
    assert any(fault in line and line.startswith("content/routines/plan-cases.yaml:") for line in faults), faults


def test_every_day_of_every_level_keeps_its_promises(catalog: Catalog) -> None:
    """At most four exercises, within their bounds, in five to ten minutes on the mat, whatever has grown."""
    programme = catalog.programme
    most = {
        (level.id, choice.prescription.exercise_id): choice.most
        for level in programme.levels
        for day in level.sessions
        for step in day.steps
        for choice in step
    }
    for level in range(programme.top + 1):
        for growth in range(3):
            for number in range(28):
                standing = Standing(level, growth, Change.STEADY)
                routine = routine_on(programme, standing, MONDAY + timedelta(days=number))
                assert 1 <= len(routine.prescriptions) <= MOST_STEPS
                for step in routine.prescriptions:
                    assert step.dose.is_within(most[routine.level, step.exercise_id])
    assert not [warning for warning in catalog.warnings if "minutes" in warning]


def test_a_step_further_is_one_on_every_day(catalog: Catalog) -> None:
    """Whoever reads "a few more repetitions" finds some, whatever the weekday and the fortnight."""
    programme = catalog.programme
    for level in range(1, programme.top + 1):
        for day in (MONDAY + timedelta(days=number) for number in range(28)):
            doses = [
                [step.dose for step in routine_on(programme, Standing(level, growth, Change.STEADY), day).prescriptions]
                for growth in range(3)
            ]
            assert doses[0] != doses[1] != doses[2], (programme.levels[level].id, day)


GAPS = st.integers(1, 25)  # days since the one before
HAPPENED: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "session": st.none() | st.sampled_from(Extent),
        "peak": st.none() | st.integers(0, 10),
        "morning": st.none() | st.sampled_from(Morning),
        "wish": st.none() | st.sampled_from(Wish),
        "finding": st.sampled_from(Tier),
    }
)


@settings(max_examples=100)
@given(happened=st.lists(st.tuples(GAPS, HAPPENED), max_size=40), start=st.integers(0, 5), later=st.integers(0, 30))
def test_whatever_happened_today_stays_within_bounds(
    catalog: Catalog, happened: list[tuple[int, dict[str, Any]]], start: int, later: int
) -> None:
    """From one to four exercises of the shipped routine, never more of one than it allows; asked again, the same."""
    days, on = [], MONDAY
    for gap, what in happened:
        on += timedelta(days=gap)
        days.append(Day(on, **what))
    history, today = History(start, tuple(days), None), on + timedelta(days=later)
    plan = plan_of(history, today, catalog.programme)
    assert 1 <= len(plan.prescriptions) <= MOST_STEPS
    assert all(step.dose.is_within(catalog.choices[step.exercise_id].most) for step in plan.prescriptions)
    assert plan == plan_of(history, today, catalog.programme)


def test_the_minimum_of_a_bad_day_takes_less_than_a_minute(catalog: Catalog) -> None:
    """One exercise, in its easier form."""
    minimum = catalog.programme.minimum
    assert minimum.dose.estimated_seconds < 60
    assert minimum.exercise_id == "knee-rolls"
