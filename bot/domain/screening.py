"""Screening: what is asked before the first session, and again later, as values (content/safety/screening.yaml).

A page is one message: its questions are answered by number, or all at once by "none of these". A yes is a finding like
one of triage, and holds the programme until its `release`. One page asks for a rating instead: how strong the pain is
now, 0-10. Once a week only the questions marked `weekly` are asked, on one page.

Source: clinical brief, section 5. The wording is in content/, what an answer leads to in `moves.screening`.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.safety import Finding

WEEKLY_AFTER = timedelta(days=7)
FULL_AFTER = timedelta(days=14)


class Release(StrEnum):
    """What ends a hold: having spoken to someone, a clinician's leave to exercise, or nothing."""

    SPOKEN = "spoken"
    CLEARED = "cleared"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `finding` is what a yes means (on the page that asks for a rating: what 8 to 10 means)."""

    id: str
    finding: Finding
    release: Release = Release.SPOKEN
    is_weekly: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The questions of one message; never empty."""

    id: str
    questions: tuple[Question, ...]
    asks_rating: bool = False


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All pages in their order; without pages nothing is asked."""

    pages: tuple[Page, ...] = ()

    def asked(self, *, weekly: bool) -> tuple[Page, ...]:
        """Return the pages of the full screening, or the single one of the weekly check."""
        if not weekly:
            return self.pages
        questions = tuple(question for page in self.pages for question in page.questions if question.is_weekly)
        return (Page("weekly", questions),) if questions else ()


NO_QUESTIONS = Questionnaire()
