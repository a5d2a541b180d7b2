"""Histories of made-up people, and what the plan should make of them: the clinician's check of the rules.

A history file (YAML or JSON) says at which level somebody began and what happened on which day; a day that is not there
is one on which nothing happened. ``content/routines/plan-cases.yaml`` holds histories with the plan that each must lead
to, written from the clinical brief and not from the program. `failures` compares; how a plan is told is
``bot.planning``'s.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from bot.content_files import ContentFiles
from bot.content_schema import Identifier, Line, SchemaModel
from bot.domain.levels import Change, Day, Extent, Morning, Referral, Wish, standing_on
from bot.domain.plan import Programme, Routine, routine_on
from bot.domain.safety import Tier
from bot.exercise_schema import DoseEntry  # noqa: TC001 - pydantic reads the annotations at run time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_Date = Annotated[  # JSON has no dates, so a text of that form is one too
    dt.date, Field(strict=False, ge=dt.date(1900, 1, 1), lt=dt.date(2200, 1, 1))
]
_ONE_DAY = dt.timedelta(days=1)


class HistoryRefused(ValueError):  # noqa: N818 - names what happened
    """A history file cannot be used; ``str()`` lists why, one fault to a line."""


@dataclass(frozen=True, slots=True)
class History:
    """Where somebody began, what happened since, oldest first, and the day to plan, None where the file names none."""

    start: int
    days: tuple[Day, ...]
    today: dt.date | None


class DayEntry(SchemaModel):
    """What happened on one date, or on each ``until`` another, both included."""

    date: _Date
    until: _Date | None = None
    session: Literal["complete", "minimum", "stopped"] | None = None
    peak: int | None = Field(default=None, ge=0, le=10)
    morning: Literal["better", "same", "worse"] | None = None
    wish: Literal["easier", "harder"] | None = None
    finding: Literal["none", "referral", "urgent", "emergency"] = "none"

    @model_validator(mode="after")
    def _until_is_later(self) -> Self:
        if self.until is not None and self.until <= self.date:
            raise ValueError("until is later than date")
        return self

    def days(self) -> Iterator[Day]:
        """Return the days as the domain knows them."""
        on = self.date
        while on <= (self.until or self.date):
            yield Day(
                on,
                session=Extent(self.session) if self.session else None,
                peak=self.peak,
                morning=Morning(self.morning) if self.morning else None,
                wish=Wish(self.wish) if self.wish else None,
                finding=Tier.from_label(self.finding),
            )
            on += _ONE_DAY


class HistoryFile(SchemaModel):
    """A history: where somebody began (the routine's start unless given), the days in order, and the day to plan."""

    start: Identifier | None = None
    days: list[DayEntry] = Field(default=[])
    today: _Date | None = None

    @field_validator("days")
    @classmethod
    def _are_in_order(cls, days: list[DayEntry]) -> list[DayEntry]:
        latest = dt.date.min
        for day in days:
            if day.date <= latest:
                raise ValueError(f"{day.date} does not come after {latest}; one entry for a day, oldest first")
            latest = day.until or day.date
        return days

    def as_history(self, programme: Programme) -> History:
        """Return the history as a value; raise ValueError for a level that there is not."""
        names = [level.id for level in programme.levels]
        if self.start is not None and self.start not in names:
            raise ValueError(f"start: {self.start} is none of the levels ({', '.join(names)})")
        start = programme.start if self.start is None else names.index(self.start)
        return History(start, tuple(day for entry in self.days for day in entry.days()), self.today)


class ExpectedEntry(SchemaModel):
    """The plan that a case must lead to; what is left out is not looked at, but a referral that is not there."""

    level: Identifier
    why: Literal[*Change]  # type: ignore[valid-type]  # the members of the enum
    rating: int | None = None
    days_away: int | None = None
    referral: Literal[*Referral] | None = None  # type: ignore[valid-type]  # the members of the enum
    exercises: list[Identifier] | None = None
    doses: dict[Identifier, DoseEntry] = Field(default={})


class CaseEntry(HistoryFile):
    """One case: a history, the sentence of the brief that it is about, and what must come of it."""

    case: Line
    brief: Line
    today: _Date
    expected: ExpectedEntry


class CasesFile(SchemaModel):
    """``routines/plan-cases.yaml``."""

    cases: list[CaseEntry] = Field(min_length=1)


def read_history(path: Path, programme: Programme) -> History:
    """Return a history file as a value; raise HistoryRefused."""
    path = path.resolve()
    files = ContentFiles(path.parent)
    read = files.read_yaml(path, HistoryFile)
    if read is None or files.problems:
        raise HistoryRefused("\n".join(files.problems))
    try:
        return read.as_history(programme)
    except ValueError as error:
        raise HistoryRefused(f"{path.name}: {error}") from None


def plan_of(history: History, today: dt.date, programme: Programme) -> Routine:
    """Return the routine of that day for somebody with this history."""
    standing = standing_on(today, history.days, start=history.start, top=programme.top)
    return routine_on(programme, standing, today)


def failed_cases(content_dir: Path, programme: Programme) -> tuple[int, list[str]]:
    """Return how many cases there are, and one line for each that cannot be read or leads to another plan."""
    files = ContentFiles(content_dir)
    path = content_dir / "routines" / "plan-cases.yaml"
    read = files.read_yaml(path, CasesFile)
    cases = read.cases if read is not None else []
    for number, case in enumerate(cases):
        try:
            plan = plan_of(case.as_history(programme), case.today, programme)
            faults = list(_differences(plan, case.expected))
        except ValueError as error:
            faults = [str(error)]
        for fault in faults:
            files.report(path, f"{case.case}: {fault}", key=f"cases.{number}.expected")
    return len(cases), files.problems


def _differences(plan: Routine, expected: ExpectedEntry) -> Iterator[str]:
    """Say where a plan is not as expected."""
    standing = plan.standing
    if standing is None:
        raise AssertionError("a plan says why it is so")
    told: dict[str, tuple[object, object]] = {
        "level": (plan.level, expected.level),
        "why": (standing.change.value, expected.why),
        "rating": (standing.rating, standing.rating if expected.rating is None else expected.rating),
        "days_away": (standing.days, standing.days if expected.days_away is None else expected.days_away),
        "referral": (standing.referral, expected.referral),
    }
    exercises = [step.exercise_id for step in plan.prescriptions]
    if expected.exercises is not None:
        told["exercises"] = (", ".join(exercises), ", ".join(expected.exercises))
    doses = {step.exercise_id: step.dose for step in plan.prescriptions}
    for name, entry in expected.doses.items():
        dose = doses.get(name)
        told[name] = (dose, None if dose is None else entry.with_sides(dose.sides))
        if dose is None:
            yield f"{name} is not among today's exercises"
    for what, (found, wanted) in told.items():
        if found != wanted:
            yield f"{what} is {found}, expected {wanted}"
