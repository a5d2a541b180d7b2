"""The schema of exercises and of the routine made of them: which keys there are, and which values make sense.

An exercise says how much of it is a dose at all (``bounds``, as "4-10"); every dose that somebody is given lies within,
the easier one alone may be smaller. A level names its exercises for all days, and apart those of certain weekdays.
What needs more than one file to judge is judged in ``bot.programme``.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads the annotations at run time
import re
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from bot.content_schema import Identifier, Line, SchemaModel
from bot.domain.plan import MOST_STEPS, SECONDS_A_MINUTE, Dose, Variant

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_Caution = Literal[
    "calf-pain",
    "chest-symptoms",
    "high-blood-pressure",
    "hip-bursitis",
    "hip-replacement",
    "knee-problem",
    "late-pregnancy",
    "leg-weakness-or-numbness",
    "pelvic-girdle-pain",
    "poor-balance",
    "pregnancy",
    "pregnancy-on-back",
    "recent-birth",
    "recent-surgery",
    "shoulder-problem",
    "spinal-stenosis",
    "spondylolisthesis",
    "suspected-fracture",
    "thin-bones",
    "worse-bending-back",
    "wrist-problem",
]


class DoseEntry(SchemaModel):
    """A dose: repetitions, perhaps with a hold; or minutes, for a rest or a walk."""

    repetitions: int | None = Field(default=None, ge=1, le=30)
    hold_breaths: int | None = Field(default=None, ge=1, le=20)
    hold_seconds: int | None = Field(default=None, ge=1, le=120)
    minutes: int | None = Field(default=None, ge=1, le=60)

    @model_validator(mode="after")
    def _is_one_dose(self) -> Self:
        if self.hold_breaths is not None and self.hold_seconds is not None:
            raise ValueError("give hold_breaths or hold_seconds, not both")
        if (self.repetitions is None) == (self.minutes is None):
            raise ValueError("give repetitions, or minutes instead")
        if self.minutes is not None and (self.hold_breaths is not None or self.hold_seconds is not None):
            raise ValueError("minutes have no hold")
        return self

    def with_sides(self, sides: bool) -> Dose:  # noqa: FBT001 - the one thing that the dose needs from its exercise
        """Return the dose as the domain knows it; raise ValueError when it cannot be shared between two sides."""
        if self.minutes is not None:
            if sides:
                raise ValueError("an exercise with sides has repetitions, and no minutes")
            return Dose(1, None, self.minutes * SECONDS_A_MINUTE, sides)
        repetitions = self.repetitions or 0
        if sides and repetitions % 2:
            raise ValueError("repetitions must be even: this exercise has sides, and each gets half of them")
        return Dose(repetitions, self.hold_breaths, self.hold_seconds, sides)


def _span(value: object) -> object:
    """Read "4-10", or 5 for 5-5."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value, value
    found = re.fullmatch(r"([0-9]{1,3}) ?- ?([0-9]{1,3})", value.strip()) if isinstance(value, str) else None
    if found is None or int(found[1]) > int(found[2]):
        raise ValueError("write the least and the most, as 4-10")
    return int(found[1]), int(found[2])


_Span = Annotated[tuple[int, int], BeforeValidator(_span)]


class Bounds(SchemaModel):
    """The least and the most of an exercise, in the terms of its doses; a kind of hold it does not name is not held."""

    repetitions: _Span | None = None
    hold_breaths: _Span | None = None
    hold_seconds: _Span | None = None
    minutes: _Span | None = None

    @model_validator(mode="after")
    def _bound_one_kind_of_dose(self) -> Self:
        DoseEntry(**{name: None if span is None else 1 for name, span in self})  # the same keys go together
        return self

    def faults(self, dose: DoseEntry) -> list[str]:
        """Say where a dose leaves the bounds; empty if nowhere."""
        faults = []
        for name, span in self:
            amount = getattr(dose, name)
            if span is None and amount is not None:
                faults.append(f"{name} is {amount}, but the exercise's bounds have none")
            elif span is not None and amount is None:
                faults.append(f"{name} is missing; the exercise's bounds are {span[0]}-{span[1]}")
            elif span is not None and not span[0] <= amount <= span[1]:
                faults.append(f"{name} is {amount}; the exercise's bounds are {span[0]}-{span[1]}")
        return faults

    def most(self, *, sides: bool) -> Dose:
        """Return the largest dose within the bounds; raise ValueError when it cannot be shared between two sides."""
        return DoseEntry.model_construct(**{name: span[1] if span else None for name, span in self}).with_sides(sides)


class ExerciseFile(SchemaModel):
    """``exercises/<id>/exercise.yaml``: how much, for whom, and where it comes from.

    ``easier`` and ``harder`` name exercises to go to from here. The minutes of one that is ``off_the_mat`` (a walk) are
    not counted among those of a session.
    """

    sides: bool = False
    off_the_mat: bool = False
    bounds: Bounds
    dose: DoseEntry
    easier_dose: DoseEntry
    easier: Identifier | None = None
    harder: Identifier | None = None
    cautions: list[_Caution]
    sources: list[Line] = Field(min_length=1)
    reviewer: Line | None
    review_date: dt.date | None

    @property
    def neighbours(self) -> dict[str, str]:
        """The exercises to go to from here, by the key that names them."""
        links = {"easier": self.easier, "harder": self.harder}
        return {key: other for key, other in links.items() if other is not None}

    @field_validator("bounds")
    @classmethod
    def _most_is_a_dose(cls, bounds: Bounds, info: ValidationInfo) -> Bounds:
        bounds.most(sides=info.data.get("sides", False))
        return bounds

    @field_validator("dose", "easier_dose")
    @classmethod
    def _sides_share_evenly(cls, dose: DoseEntry, info: ValidationInfo) -> DoseEntry:
        dose.with_sides(info.data.get("sides", False))
        return dose

    @field_validator("review_date")
    @classmethod
    def _review_is_whole(cls, review_date: dt.date | None, info: ValidationInfo) -> dt.date | None:
        if "reviewer" in info.data and (info.data["reviewer"] is None) != (review_date is None):
            raise ValueError("reviewer and review_date go together: fill in both, or neither")
        return review_date


class ChoiceEntry(SchemaModel):
    """One exercise of a level; what it leaves out comes from the exercise."""

    exercise: Identifier
    variant: Literal["usual", "easier", "harder"] = Variant.USUAL.value
    dose: DoseEntry | None = None
    easier_dose: DoseEntry | None = None


class StepEntry(SchemaModel):
    """One step of a day: an exercise; or ``one_of`` several that stand for one another and take turns."""

    exercise: Identifier | None = None
    variant: Literal["usual", "easier", "harder"] = Variant.USUAL.value
    dose: DoseEntry | None = None
    easier_dose: DoseEntry | None = None
    one_of: list[ChoiceEntry] | None = Field(default=None, min_length=2)

    @model_validator(mode="after")
    def _is_one_kind(self) -> Self:
        if self.one_of is not None and len(self.model_fields_set) > 1:
            raise ValueError("one_of stands alone; give each exercise of its list its own variant and dose")
        if self.exercise is None and self.one_of is None:
            raise ValueError("name an exercise, or one_of several")
        return self

    @property
    def choices(self) -> dict[str, ChoiceEntry]:
        """The exercises of this step, by their keys below it."""
        if self.one_of is not None:
            return {f".one_of.{number}": choice for number, choice in enumerate(self.one_of)}
        own = {name: getattr(self, name) for name in self.model_fields_set}
        return {"": ChoiceEntry.model_construct(**own)}


Steps = Annotated[list[StepEntry], Field(min_length=1, max_length=MOST_STEPS)]
_Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class DayEntry(SchemaModel):
    """The steps of certain weekdays."""

    weekdays: list[_Weekday] = Field(min_length=1)
    exercises: Steps


class LevelEntry(SchemaModel):
    """A level: its steps, and other ones for the weekdays it names under ``days``."""

    id: Identifier
    exercises: Steps
    days: list[DayEntry] = Field(default=[])

    @field_validator("days")
    @classmethod
    def _a_weekday_has_one_plan(cls, days: list[DayEntry]) -> list[DayEntry]:
        named: list[str] = [weekday for day in days for weekday in day.weekdays]
        if twice := [weekday for weekday in WEEKDAYS if named.count(weekday) > 1]:
            raise ValueError(f"{twice[0]} is there twice")
        return days


class RoutineFile(SchemaModel):
    """``routines/lower-back.yaml``: the levels from a flare upwards, and the one that a new person begins at."""

    start: Identifier
    minimum: ChoiceEntry
    levels: list[LevelEntry] = Field(min_length=2)

    @field_validator("levels")
    @classmethod
    def _start_is_a_level(cls, levels: list[LevelEntry], info: ValidationInfo) -> list[LevelEntry]:
        names = [level.id for level in levels]
        if info.data.get("start", names[0]) not in names:
            raise ValueError(f"start names {info.data['start']}, which is none of the levels ({', '.join(names)})")
        if len(set(names)) < len(names):
            raise ValueError("two levels have the same id")
        return levels
