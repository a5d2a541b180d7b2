"""The plan: from a programme and where somebody stands to the exercises of a day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.levels import Change, Referral, Standing
from bot.domain.plan import (
    MOST_STEPS,
    Choice,
    DayPlan,
    Dose,
    Level,
    Prescription,
    Programme,
    Variant,
    grown,
    routine_on,
)

MONDAY = date(2026, 1, 5)
EASIER = Dose(1, None, None, sides=False)
FIVE = Dose(5, None, None, sides=False)
MINIMUM = Prescription("breathe", Dose(4, None, None, sides=False), EASIER)


def choice(name: str, dose: Dose = FIVE, most: Dose | None = None) -> Choice:
    """Return an exercise of a level."""
    return Choice(Prescription(name, dose, EASIER), most or dose)


def programme(*levels: DayPlan | tuple[DayPlan, ...], start: int = 0) -> Programme:
    """Return a programme whose levels are called by their numbers."""
    days = (level if isinstance(level, tuple) else (level,) for level in levels)
    return Programme("p", tuple(Level(str(number), plans) for number, plans in enumerate(days)), start, MINIMUM)


def standing(level: int, growth: int = 0, referral: Referral | None = None) -> Standing:
    """Return a standing at a level."""
    return Standing(level, growth, Change.STEADY, referral=referral)


def names(plan: Programme, today: date, at: Standing) -> list[str]:
    """Return the exercises of a day."""
    return [step.exercise_id for step in routine_on(plan, at, today).prescriptions]


TWO_LEVELS = programme(
    DayPlan(((choice("rest"),),)),
    DayPlan(((choice("bend"),), (choice("roll"),))),
)


def test_the_level_is_that_of_the_standing() -> None:
    """The routine says which, why, and what the minimum of a bad day is."""
    routine = routine_on(TWO_LEVELS, standing(1), MONDAY)
    assert [step.exercise_id for step in routine.prescriptions] == ["bend", "roll"]
    assert (routine.level, routine.standing, routine.minimum) == ("1", standing(1), MINIMUM)


def test_a_level_above_the_highest_is_the_highest() -> None:
    """A physiotherapist may take a level away while people stand on it."""
    assert names(TWO_LEVELS, MONDAY, standing(7)) == ["bend", "roll"]


@pytest.mark.parametrize("referral", Referral)
def test_who_is_sent_to_the_clinic_gets_the_lowest_level(referral: Referral) -> None:
    """Without any growth, until somebody has seen them."""
    assert names(TWO_LEVELS, MONDAY, standing(1, growth=2, referral=referral)) == ["rest"]


def test_weekdays_have_their_own_plan() -> None:
    """Days that nobody names have the one without names."""
    plan = programme((DayPlan(((choice("walk"),),)), DayPlan(((choice("lift"),),), frozenset({1, 3, 5}))))
    week = [names(plan, MONDAY + timedelta(days=number), standing(0)) for number in range(7)]
    assert week == [["lift"], ["walk"], ["lift"], ["walk"], ["lift"], ["walk"], ["walk"]]


def test_exercises_take_turns_every_two_weeks() -> None:
    """By the calendar: everybody changes on the same day, and a missed day changes nothing."""
    plan = programme(DayPlan(((choice("a"), choice("b"), choice("c")),)))
    seen = [names(plan, MONDAY + timedelta(days=number), standing(0))[0] for number in range(84)]
    runs = [seen[0]] + [later for earlier, later in pairwise(seen) if later != earlier]
    assert set(seen) == {"a", "b", "c"}
    assert all(seen.count(name) == 28 for name in "abc")
    assert len(runs) in {6, 7}


@pytest.mark.parametrize(
    ("dose", "growth", "grows_to"),
    [
        (Dose(5, 1, None, sides=False), 0, Dose(5, 1, None, sides=False)),
        (Dose(5, 1, None, sides=False), 1, Dose(6, 1, None, sides=False)),
        (Dose(8, None, 5, sides=False), 1, Dose(10, None, 5, sides=False)),
        (Dose(8, None, 5, sides=False), 2, Dose(10, None, 6, sides=False)),
        (Dose(5, 5, None, sides=False), 2, Dose(6, 6, None, sides=False)),
        (Dose(6, None, None, sides=True), 1, Dose(8, None, None, sides=True)),
        (Dose(1, None, 300, sides=False), 1, Dose(1, None, 300, sides=False)),
        (Dose(1, None, 300, sides=False), 2, Dose(1, None, 360, sides=False)),
    ],
)
def test_a_dose_grows_by_a_fifth(dose: Dose, growth: int, grows_to: Dose) -> None:
    """First in repetitions, then in holds; sides stay even, minutes whole."""
    assert grown(dose, growth, Dose(30, 20, 1800, dose.sides)) == grows_to


def test_a_dose_never_grows_beyond_the_most() -> None:
    """Each part has its own limit."""
    dose = Dose(8, None, 5, sides=False)
    assert grown(dose, 2, Dose(9, None, 5, sides=False)) == Dose(9, None, 5, sides=False)


def test_only_the_dose_grows() -> None:
    """The dose for a day when it hurts, and the way the exercise is done, stay."""
    harder = Prescription("a", Dose(5, None, None, sides=False), EASIER, Variant.HARDER)
    plan = programme(DayPlan(((Choice(harder, Dose(9, None, None, sides=False)),),)))
    (step,) = routine_on(plan, standing(0, growth=1), MONDAY).prescriptions
    assert (step.dose.repetitions, step.easier_dose, step.variant) == (6, EASIER, Variant.HARDER)


@pytest.mark.parametrize(
    ("dose", "seconds"),
    [
        (Dose(10, None, None, sides=False), 60),
        (Dose(5, 5, None, sides=False), 130),
        (Dose(8, None, 5, sides=False), 88),
        (Dose(1, None, 180, sides=False), 180),
    ],
)
def test_how_long_a_dose_takes(dose: Dose, seconds: int) -> None:
    """Six seconds to move, four for a breath; minutes are what they are."""
    assert dose.estimated_seconds == seconds


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    """Draw an exercise of any kind, its dose within its bounds."""
    name = draw(st.sampled_from("abcdef"))
    if draw(st.booleans()):
        minutes, more = draw(st.integers(1, 30)), draw(st.integers(0, 30))
        return choice(name, Dose(1, None, minutes * 60, sides=False), Dose(1, None, (minutes + more) * 60, sides=False))
    sides = draw(st.booleans())
    step = 2 if sides else 1
    hold = draw(st.none() | st.integers(1, 30))
    in_breaths = draw(st.booleans())
    repetitions, more, longer = draw(st.integers(1, 10)), draw(st.integers(0, 10)), draw(st.integers(0, 10))

    def dose(count: int, held: int | None) -> Dose:
        return Dose(count * step, held if in_breaths else None, None if in_breaths else held, sides)

    return choice(name, dose(repetitions, hold), dose(repetitions + more, None if hold is None else hold + longer))


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    """Draw a programme of 1 to 6 levels, with days and rotations."""
    steps = st.lists(st.lists(choices(), min_size=1, max_size=3).map(tuple), min_size=1, max_size=MOST_STEPS)
    levels = []
    for number in range(draw(st.integers(1, 6))):
        weekdays = draw(st.frozensets(st.integers(1, 7)))
        special = (DayPlan(tuple(draw(steps)), weekdays),) if weekdays else ()
        levels.append(Level(str(number), (DayPlan(tuple(draw(steps))), *special)))
    return Programme("p", tuple(levels), draw(st.integers(0, len(levels) - 1)), MINIMUM)


STANDINGS = st.builds(
    Standing,
    st.integers(0, 6),
    st.integers(0, 2),
    st.sampled_from(Change),
    referral=st.none() | st.sampled_from(Referral),
)


@settings(max_examples=50)
@given(programmes(), STANDINGS, st.dates())
def test_a_day_has_one_to_four_exercises_within_their_bounds(plan: Programme, at: Standing, today: date) -> None:
    """Whatever the programme, the standing and the day; and every dose can be shared by two sides."""
    routine = routine_on(plan, at, today)
    assert 1 <= len(routine.prescriptions) <= MOST_STEPS
    level = next(level for level in plan.levels if level.id == routine.level)
    for step in routine.prescriptions:
        assert any(
            step.dose.is_within(one.most) and one.prescription.dose.is_within(step.dose)
            for day in level.sessions
            for taking_turns in day.steps
            for one in taking_turns
            if one.prescription.exercise_id == step.exercise_id
        )
        assert not (step.dose.sides and step.dose.repetitions % 2)


@settings(max_examples=50)
@given(programmes(), STANDINGS, st.dates())
def test_the_same_question_has_the_same_answer(plan: Programme, at: Standing, today: date) -> None:
    """Nothing but the programme, the standing and the day goes into it."""
    assert routine_on(plan, at, today) == routine_on(plan, at, today)


@given(choices(), st.integers(0, 2))
def test_growth_is_about_a_fifth(one: Choice, growth: int) -> None:
    """At most 1.2 times as much, rounded up to one more repetition (one to each side), breath, second or minute."""
    dose = one.prescription.dose
    found = grown(dose, growth, one.most)
    assert found.repetitions < dose.repetitions * 1.2 + (2 if dose.sides else 1)
    assert (found.hold_breaths or 0) < (dose.hold_breaths or 0) * 1.2 + 1
    assert (found.hold_seconds or 0) < (dose.hold_seconds or 0) * 1.2 + (60 if dose.is_timed else 1)
