"""What a person is asked to do today: doses, the exercises of a day, and the programme they come from.

A dose is the amount of one exercise: how often, and how long each repetition is held. A prescription pairs an exercise
with the dose of the day and with the smaller dose offered when it hurts a little. A programme is what the
physiotherapist laid down: levels, from a flare to keeping well, each with the exercises of its days. `routine_on` picks
today's from it: the level from where the person stands (`bot.domain.levels`), the day by its weekday, and among
exercises that stand for one another the one whose fortnight it is. The same standing and day always give the same.

Within a level doses grow by a fifth at a time, first repetitions, then holds, and never beyond what the exercise
allows. One repetition is the smallest step there is, with sides one to each.

The numbers are the physiotherapist's, read from ``content/``; the catalogue has checked them. How a dose is worded is
presentation, which level is due is `levels`: neither belongs here.

Source: clinical brief, sections 1, 2 (doses and levels) and 6 (progress one thing; growth near 20 %).
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.levels import FLARE_LEVEL, Standing
from bot.domain.screening import NO_QUESTIONS, Questionnaire

ROTATION_DAYS = 14
MOST_STEPS = 4
SECONDS_A_MINUTE = 60
SECONDS_A_BREATH, SECONDS_TO_MOVE, SECONDS_TO_SETTLE = 4, 6, 15  # a calm breath; there and back; into place
GROW_REPETITIONS_FROM, GROW_HOLDS_FROM = 1, 2  # values of `Standing.growth`


class Variant(StrEnum):
    """In which way an exercise is done."""

    USUAL = "usual"
    EASIER = "easier"
    HARDER = "harder"


@dataclass(frozen=True, slots=True)
class Dose:
    """The amount of one exercise; at most one of the two holds is set.

    ``repetitions`` is the total: an exercise that alternates ``sides`` does half of them to each side, so its
    total is even. ``hold_breaths`` counts slow breaths, ``hold_seconds`` seconds, both for every repetition.
    """

    repetitions: int
    hold_breaths: int | None
    hold_seconds: int | None
    sides: bool

    @property
    def is_timed(self) -> bool:
        """Whether it is done once, for some minutes: a rest or a walk."""
        return self.repetitions == 1 and self.hold_seconds is not None and self.hold_seconds >= SECONDS_A_MINUTE

    @property
    def estimated_seconds(self) -> int:
        """How long it takes, more or less, without getting into place."""
        hold = (self.hold_breaths or 0) * SECONDS_A_BREATH + (self.hold_seconds or 0)
        return hold if self.is_timed else self.repetitions * (hold + SECONDS_TO_MOVE)

    def is_within(self, most: "Dose") -> bool:
        """Whether it asks for no more than `most`, in repetitions and in its own kind of hold."""
        return (
            self.repetitions <= most.repetitions
            and (self.hold_breaths or 0) <= (most.hold_breaths or 0)
            and (self.hold_seconds or 0) <= (most.hold_seconds or 0)
        )


@dataclass(frozen=True, slots=True)
class Prescription:
    """One step of a routine: the exercise, its dose, the smaller dose for a day when it hurts, and in which way."""

    exercise_id: str
    dose: Dose
    easier_dose: Dose
    variant: Variant = Variant.USUAL


@dataclass(frozen=True, slots=True)
class Routine:
    """The exercises of one level, in the order in which a session shows them, never empty; and what is asked before.

    `standing` says why it is these, where a programme was asked; `minimum` is the one exercise of a bad day.
    """

    id: str
    level: str
    prescriptions: tuple[Prescription, ...]
    screening: Questionnaire = NO_QUESTIONS
    standing: Standing | None = None
    minimum: Prescription | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """An exercise as a level prescribes it, before any growth, and the most that its dose may grow to."""

    prescription: Prescription
    most: Dose


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The steps of one day, 1 to 4, each an exercise or several that take turns by the fortnight.

    `weekdays` (ISO, Monday is 1) are the days it is for; empty: all days that no other plan of the level names.
    """

    steps: tuple[tuple[Choice, ...], ...]
    weekdays: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Level:
    """One level: its name in `content/` and its days; exactly one of them names no weekdays."""

    id: str
    sessions: tuple[DayPlan, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything the physiotherapist laid down: levels from a flare (0) upwards, and where a new person begins.

    `minimum` is the one exercise of a bad day, under a minute.
    """

    id: str
    levels: tuple[Level, ...]
    start: int
    minimum: Prescription
    screening: Questionnaire = NO_QUESTIONS

    @property
    def top(self) -> int:
        """The highest level."""
        return len(self.levels) - 1


def routine_on(programme: Programme, standing: Standing, today: date) -> Routine:
    """Return today's routine for somebody who stands there; one who is sent to the clinic gets that of a flare."""
    is_referred = standing.referral is not None
    level = programme.levels[FLARE_LEVEL if is_referred else min(standing.level, programme.top)]
    growth = 0 if is_referred else standing.growth
    turn = today.toordinal() // ROTATION_DAYS
    choices = (choices[turn % len(choices)] for choices in _plan_of(level, today).steps)
    return Routine(
        id=programme.id,
        level=level.id,
        prescriptions=tuple(
            replace(choice.prescription, dose=grown(choice.prescription.dose, growth, choice.most))
            for choice in choices
        ),
        screening=programme.screening,
        standing=standing,
        minimum=programme.minimum,
    )


def grown(dose: Dose, growth: int, most: Dose) -> Dose:
    """Return the dose a fifth larger: from growth 1 on in repetitions, from 2 on in holds as well; never above `most`.

    A timed dose has no repetitions to add and grows by whole minutes.
    """
    repetitions, breaths, seconds = dose.repetitions, dose.hold_breaths, dose.hold_seconds
    if growth >= GROW_REPETITIONS_FROM and not dose.is_timed:
        repetitions = min(_a_fifth_more(repetitions, step=2 if dose.sides else 1), most.repetitions)
    if growth >= GROW_HOLDS_FROM and breaths is not None and most.hold_breaths is not None:
        breaths = min(_a_fifth_more(breaths), most.hold_breaths)
    if growth >= GROW_HOLDS_FROM and seconds is not None and most.hold_seconds is not None:
        seconds = min(_a_fifth_more(seconds, step=SECONDS_A_MINUTE if dose.is_timed else 1), most.hold_seconds)
    return Dose(repetitions, breaths, seconds, dose.sides)


def _plan_of(level: Level, today: date) -> DayPlan:
    """Return the plan that names today's weekday, else the one that names none."""
    named = (plan for plan in level.sessions if today.isoweekday() in plan.weekdays)
    return next(named, None) or next(plan for plan in level.sessions if not plan.weekdays)


def _a_fifth_more(amount: int, *, step: int = 1) -> int:
    """Return 1.2 times the amount, rounded up to a multiple of `step`."""
    return -(-amount * 6 // (5 * step)) * step
