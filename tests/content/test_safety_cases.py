"""The physiotherapist's cases: every phrase of `content/safety/cases.<language>.jsonl` is triaged as it says."""

import json
from pathlib import Path

import pytest

from bot.catalog import Catalog
from bot.domain.safety import Flag, Tier, triage

SAFETY = Path(__file__).parents[2] / "content" / "safety"
CASES = [
    (path.suffixes[0].removeprefix("."), case["text"], case["tier"], case["flag"])
    for path in sorted(SAFETY.glob("cases.*.jsonl"))
    for case in map(json.loads, path.read_text(encoding="utf-8").splitlines())
]


@pytest.mark.parametrize(("language", "text", "tier", "flag"), CASES)
def test_a_case_is_triaged_as_it_says(catalog: Catalog, language: str, text: str, tier: str, flag: str) -> None:
    """Each line of the cases gets its tier and its flag."""
    finding = triage(text, catalog.lexicons[language])
    assert (finding.tier.label, finding.flag.value) == (tier, flag), finding.rule_id


def test_no_case_stands_twice() -> None:
    """A phrase has one expected answer."""
    phrases = [(language, text.casefold()) for language, text, _, _ in CASES]
    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize("tier", list(Tier))
def test_every_tier_has_cases(tier: Tier) -> None:
    """No tier goes without an example."""
    assert tier.label in {case[2] for case in CASES}


@pytest.mark.parametrize("flag", list(Flag))
def test_every_flag_has_cases(flag: Flag) -> None:
    """No flag goes without an example."""
    assert flag.value in {case[3] for case in CASES}
