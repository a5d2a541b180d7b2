"""The physiotherapist's cases: there are enough of every kind, no emergency is missed, and the figures hold.

The held-out half is only counted: no test names one of its messages, so that nobody builds on them by fixing a test.
"""

from collections import Counter

import pytest

from bot.catalog import Catalog
from bot.domain.safety import Flag, Tier
from bot.safety_cases import BUILT_ON, FRESH, HELD_OUT, Case, Scored, failed_emergencies, headline, load_cases, score
from tests.content.conftest import CONTENT

LEAST = {"en": 1500, "es": 700}
LEAST_ORDINARY = 0.45
BOTH = pytest.mark.parametrize("language", sorted(LEAST))

# Per cent that each part must reach: red flags with some reply, ordinary left alone, emergencies as emergency.
FLOORS = {
    ("en", BUILT_ON): (98.9, 96.6, 99.0),
    ("en", HELD_OUT): (87.8, 92.1, 83.6),
    ("en", FRESH): (98.5, 94.5, 98.0),
    ("es", BUILT_ON): (98.9, 98.8, 99.0),
    ("es", HELD_OUT): (91.0, 94.2, 91.8),
    ("es", FRESH): (96.0, 98.0, 96.0),
}


@pytest.fixture(scope="session")
def cases() -> list[Case]:
    """Return every case of every language."""
    return load_cases(CONTENT)


@pytest.fixture(scope="session")
def scored(cases: list[Case], catalog: Catalog) -> list[Scored]:
    """Return every case with what triage makes of it."""
    return score(cases, catalog.lexicons)


@BOTH
def test_there_are_enough_cases(cases: list[Case], language: str) -> None:
    """Each language has its number, and almost half of them are ordinary messages."""
    own = [case for case in cases if case.language == language]
    ordinary = [case for case in own if case.tier is Tier.NONE]
    assert len(own) >= LEAST[language]
    assert len(ordinary) >= LEAST_ORDINARY * len(own)


@BOTH
def test_every_tier_and_flag_has_cases(cases: list[Case], language: str) -> None:
    """No language goes without an example of anything."""
    own = [case for case in cases if case.language == language]
    assert {case.tier for case in own} == set(Tier)
    assert {case.flag for case in own} == set(Flag)


def test_an_ordinary_case_has_no_flag_and_any_other_has_one(cases: list[Case]) -> None:
    """Tier and flag of a case fit each other."""
    assert [case.place for case in cases if (case.tier is Tier.NONE) != (case.flag is Flag.NONE)] == []


def test_no_case_stands_twice(cases: list[Case]) -> None:
    """A message has one expected answer, and none counts double."""
    times = Counter((case.language, " ".join(case.text.casefold().split())) for case in cases)
    assert [message for message, count in times.items() if count > 1] == []


@BOTH
def test_the_halves_are_halves(cases: list[Case], language: str) -> None:
    """The held-out half is neither small nor most of it; the fresh ones belong to neither."""
    own = [case for case in cases if case.language == language and case.part != FRESH]
    assert 0.45 < sum(case.part == HELD_OUT for case in own) / len(own) < 0.55


def test_no_emergency_that_words_were_built_on_is_missed(scored: list[Scored]) -> None:
    """Every emergency of the built-on half is read as one."""
    missed = [f"{one.case.place}: {one.finding.tier.label}: {one.case.text}" for one in failed_emergencies(scored)]
    assert missed == [], "\n".join(missed)


@pytest.mark.parametrize(("language", "part"), FLOORS)
def test_the_figures_do_not_fall(scored: list[Scored], language: str, part: str) -> None:
    """What was reached once is kept, in the parts that nobody looks at too."""
    figures = headline([one for one in scored if (one.case.language, one.case.part) == (language, part)])
    reached = [(name, round(100 * right / total, 1)) for name, right, total in figures]
    fallen = [
        f"{name}: {share} %, not {floor} %"
        for (name, share), floor in zip(reached[:3], FLOORS[language, part], strict=True)
        if share < floor
    ]
    assert fallen == []
