"""The schema of the YAML files in ``content/``: which keys there are, and which values make sense.

One model for each kind of file, named after it. Nothing is guessed: an unknown key is a slip of the pen, a number in
quotes is a text. The models never leave the catalogue, which turns them into values of the domain and presentation;
what needs more than one file to judge is judged there.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads the annotations at run time
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.domain.plan import Dose
from bot.domain.safety import Finding, Flag, Tier, split_phrases
from bot.domain.screening import Page, Question, Release

_Line = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True, pattern=r"^[^\r\n]+$")]
_Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
_Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
_ShortNumber = Annotated[str, StringConstraints(pattern=r"^\*?[0-9][0-9 ]{1,14}$")]
_Link = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=500)]
_Caution = Literal[
    "knee-problem",
    "late-pregnancy",
    "pregnancy",
    "pregnancy-on-back",
    "recent-birth",
    "recent-surgery",
    "spinal-stenosis",
    "spondylolisthesis",
    "suspected-fracture",
    "thin-bones",
    "worse-bending-back",
    "wrist-problem",
]


class _File(BaseModel):
    """A piece of a YAML file: known keys only, and no guessing of types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Dose(_File):
    repetitions: int = Field(ge=1, le=30)
    hold_breaths: int | None = Field(default=None, ge=1, le=20)
    hold_seconds: int | None = Field(default=None, ge=1, le=120)

    @model_validator(mode="after")
    def _one_hold(self) -> Self:
        if self.hold_breaths is not None and self.hold_seconds is not None:
            raise ValueError("give hold_breaths or hold_seconds, not both")
        return self

    def with_sides(self, sides: bool) -> Dose:  # noqa: FBT001 - the one thing that the dose needs from its exercise
        """Return the dose as the domain knows it; raise ValueError when it cannot be shared between two sides."""
        if sides and self.repetitions % 2:
            raise ValueError("repetitions must be even: this exercise has sides, and each gets half of them")
        return Dose(self.repetitions, self.hold_breaths, self.hold_seconds, sides)


class ExerciseFile(_File):
    """``exercises/<id>/exercise.yaml``: how much, for whom, and where it comes from."""

    sides: bool = False
    dose: _Dose
    easier_dose: _Dose
    cautions: list[_Caution]
    sources: list[_Line] = Field(min_length=1)
    reviewer: _Line | None
    review_date: dt.date | None

    @field_validator("dose", "easier_dose")
    @classmethod
    def _sides_share_evenly(cls, dose: _Dose, info: ValidationInfo) -> _Dose:
        dose.with_sides(info.data.get("sides", False))
        return dose

    @field_validator("review_date")
    @classmethod
    def _review_is_whole(cls, review_date: dt.date | None, info: ValidationInfo) -> dt.date | None:
        if "reviewer" in info.data and (info.data["reviewer"] is None) != (review_date is None):
            raise ValueError("reviewer and review_date go together: fill in both, or neither")
        return review_date


class _Step(_File):
    exercise: _Identifier
    dose: _Dose | None = None
    easier_dose: _Dose | None = None


class _Level(_File):
    id: _Identifier
    exercises: list[_Step] = Field(min_length=1)


class RoutineFile(_File):
    """``routines/lower-back.yaml``: the levels, and the one that a new person begins at."""

    start: _Identifier
    levels: list[_Level] = Field(min_length=1)

    @field_validator("levels")
    @classmethod
    def _start_is_a_level(cls, levels: list[_Level], info: ValidationInfo) -> list[_Level]:
        names = [level.id for level in levels]
        if info.data.get("start", names[0]) not in names:
            raise ValueError(f"start names {info.data['start']}, which is none of the levels ({', '.join(names)})")
        if len(set(names)) < len(names):
            raise ValueError("two levels have the same id")
        return levels


class _Question(_File):
    id: Annotated[str, StringConstraints(pattern=r"^S[0-9]{1,2}$")]
    tier: Literal["emergency", "urgent", "referral"]
    flag: Literal[*Flag]  # type: ignore[valid-type]  # the members of the enum
    until: Literal["spoken", "cleared", "never"] = "spoken"
    weekly: bool = False


class _Page(_File):
    id: _Identifier
    asks_rating: bool = False
    optional: bool = False
    questions: list[_Question] = Field(min_length=1, max_length=8)

    def as_page(self) -> Page:
        """Return the page as the domain knows it."""
        questions = tuple(
            Question(
                question.id,
                Finding(Tier.from_label(question.tier), Flag(question.flag), question.id, ()),
                Release(question.until),
                question.weekly,
            )
            for question in self.questions
        )
        return Page(self.id, questions, asks_rating=self.asks_rating, is_optional=self.optional)


class ScreeningFile(_File):
    """``safety/screening.yaml``: the questions before the first session."""

    pages: list[_Page] = Field(min_length=1)

    @field_validator("pages")
    @classmethod
    def _pages_fit_together(cls, pages: list[_Page]) -> list[_Page]:
        ids = [question.id for page in pages for question in page.questions]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"{twice[0]} is there twice")
        ratings = [number for number, page in enumerate(pages) if page.asks_rating]
        if len(ratings) != 1 or ratings[0] in {0, len(pages) - 1} or len(pages[ratings[0]].questions) != 1:
            raise ValueError("one page asks_rating, with one question, and stands between two others")
        if any(question.weekly for question in pages[ratings[0]].questions):
            raise ValueError("the rating cannot be weekly: that message asks for numbers of questions")
        return pages


class _Numbers(_File):
    emergency: _ShortNumber
    advice: _ShortNumber | None = None
    crisis: _ShortNumber | None = None


class ClinicFile(_File):
    """``clinic.yaml``: the clinic's card and the emergency numbers."""

    name: _Line
    phone: Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{6,14}$")]
    phone_display: _Line
    address: _Line
    hours: _Line
    map_url: _Link
    booking_url: _Link | None
    country: _Country
    emergency: dict[_Country, _Numbers]
    emergency_elsewhere: _Numbers

    @field_validator("emergency")
    @classmethod
    def _own_country_is_listed(cls, emergency: dict[str, _Numbers], info: ValidationInfo) -> dict[str, _Numbers]:
        if info.data.get("country") not in (None, *emergency):
            raise ValueError(f"has no numbers for {info.data['country']}, the clinic's own country")
        return emergency


def _split(value: object) -> list[str]:
    if not isinstance(value, str):
        raise ValueError("is a text of phrases parted by commas, and no list")  # noqa: TRY004 - pydantic reports this
    return split_phrases(value)


_Phrases = Annotated[list[str], BeforeValidator(_split, json_schema_input_type=str)]


class LexiconFile(_File):
    """``safety/lexicon.<lang>.yaml``: the words of triage; ``bot.domain.safety`` checks the phrases.

    Phrases are plain text and no YAML lists: some 50,000 of them are read in a tenth of the time, and `no` is a word.
    """

    language: str
    gap_words: int = Field(ge=0, le=10)
    concepts: dict[str, _Phrases]
    context: dict[str, _Phrases]
    numbers: dict[str, int]
    ordinary: _Phrases
    sounds: dict[str, str] = {}
    short_forms: dict[str, str] = {}


class RuleEntry(_File):
    """One rule of ``safety/rules.yaml``."""

    id: _Line
    tier: str
    flag: str
    ways: list[str] = Field(min_length=1)
    within: int = Field(default=8, ge=0, le=40)
    across: bool = False
    unless: list[str] = []
    keeps: list[str] = []


class RulesFile(_File):
    """``safety/rules.yaml``: which concepts together mean what, for every language."""

    rules: list[RuleEntry] = Field(min_length=1)


class PhrasebookFile(_File):
    """``locales/<lang>/replies.yaml``: the words of short answers; ``bot.domain.replies`` checks them."""

    intents: dict[str, list[str]]
    fillers: list[str]
    negations: list[str]
    numbers: dict[str, int]
    out_of: list[str]
    rating_fillers: list[str]
    no_pain: list[str]


class TimesFile(_File):
    """``locales/<lang>/times.yaml``: how people write times; ``bot.domain.timewords`` checks them."""

    numbers: dict[str, int]
    fractions: dict[str, int]
    fractions_before_hour: list[str]
    past: list[str]
    to: list[str]
    named: dict[str, list[str]]
    day_parts: dict[str, list[str]]
    hour_marks: list[str]
    fillers: list[str]
