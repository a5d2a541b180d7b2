"""The schema of the YAML files in ``content/``: which keys there are, and which values make sense.

One model for each kind of file, named after it. Nothing is guessed: an unknown key is a slip of the pen, a number in
quotes is a text. The models never leave the catalogue, which turns them into values of the domain and presentation;
what needs more than one file to judge is judged there. Exercises and the routine have a module of their own,
``bot.exercise_schema``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

from bot.domain.safety import Finding, Flag, Tier, split_phrases
from bot.domain.screening import Page, Question, Release

Line = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True, pattern=r"^[^\r\n]+$")]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
_Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
_ShortNumber = Annotated[str, StringConstraints(pattern=r"^\*?[0-9][0-9 ]{1,14}$")]
_Link = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=500)]


class SchemaModel(BaseModel):
    """A piece of a YAML file: known keys only, and no guessing of types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Question(SchemaModel):
    id: Annotated[str, StringConstraints(pattern=r"^S[0-9]{1,2}$")]
    tier: Literal["emergency", "urgent", "referral"]
    flag: Literal[*Flag]  # type: ignore[valid-type]  # the members of the enum
    until: Literal["spoken", "cleared", "never"] = "spoken"
    weekly: bool = False


class _Page(SchemaModel):
    id: Identifier
    asks_rating: bool = False
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
        return Page(self.id, questions, asks_rating=self.asks_rating)


class ScreeningFile(SchemaModel):
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


class _Numbers(SchemaModel):
    emergency: _ShortNumber
    advice: _ShortNumber | None = None
    crisis: _ShortNumber | None = None


class ClinicFile(SchemaModel):
    """``clinic.yaml``: the clinic's card and the emergency numbers."""

    name: Line
    phone: Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{6,14}$")]
    phone_display: Line
    address: Line
    hours: Line
    map_url: _Link
    booking_url: _Link | None
    country: _Country
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None
    logo: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,60}\.(png|svg)$")] | None = None
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


class LexiconFile(SchemaModel):
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


class RuleEntry(SchemaModel):
    """One rule of ``safety/rules.yaml``."""

    id: Line
    tier: str
    flag: str
    ways: list[str] = Field(min_length=1)
    within: int = Field(default=8, ge=0, le=40)
    across: bool = False
    unless: list[str] = []
    keeps: list[str] = []


class RulesFile(SchemaModel):
    """``safety/rules.yaml``: which concepts together mean what, for every language."""

    rules: list[RuleEntry] = Field(min_length=1)


class LanguageEntry(SchemaModel):
    """``language`` in ``replies.yaml``: how people ask for a language; ``bot.domain.languages`` checks the words."""

    names: list[str] = Field(min_length=1)
    asking: list[str]
    unnamed: list[str]
    denying: list[str]


class PhrasebookFile(SchemaModel):
    """``locales/<lang>/replies.yaml``: the words of short answers; ``bot.domain.replies`` checks them."""

    intents: dict[str, list[str]]
    fillers: list[str]
    negations: list[str]
    numbers: dict[str, int]
    out_of: list[str]
    rating_fillers: list[str]
    no_pain: list[str]
    openings: dict[str, list[str]]
    place_leads: list[str]
    clock_leads: list[str]
    ages: list[str]
    language: LanguageEntry
    mornings: dict[str, list[str]]
    told_done: list[str]


class TimesFile(SchemaModel):
    """``locales/<lang>/times.yaml``: how people speak of times; ``bot.domain.times`` checks them."""

    numbers: dict[str, int]
    fractions: dict[str, int]
    fractions_before_hour: list[str]
    named: dict[str, list[str]]
    day_parts: dict[str, list[str]]
    weekdays: dict[str, list[str]]
    days: dict[int, list[str]]
    months: dict[int, list[str]]
    units: dict[int, list[str]]
    lengths: dict[int, list[str]]
    marks: dict[str, list[str]]
