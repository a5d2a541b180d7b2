"""What a person is asked to do today: doses, and the exercises of a routine in their order.

A dose is the amount of one exercise: how often, and how long each repetition is held. A prescription pairs an
exercise with the dose of the day and with the smaller dose offered when it hurts a little. A routine is the
ordered list of prescriptions at one level.

These are the physiotherapist's numbers as read from ``content/``; the catalogue has checked them. How a dose is
worded is presentation, how a level changes over weeks is progress: neither belongs here.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.screening import NO_QUESTIONS, Questionnaire


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


@dataclass(frozen=True, slots=True)
class Prescription:
    """One step of a routine: the exercise, its dose, and the smaller dose for a day when it hurts."""

    exercise_id: str
    dose: Dose
    easier_dose: Dose


@dataclass(frozen=True, slots=True)
class Routine:
    """The exercises of one level, in the order in which a session shows them, never empty; and what is asked before."""

    id: str
    level: str
    prescriptions: tuple[Prescription, ...]
    screening: Questionnaire = NO_QUESTIONS
