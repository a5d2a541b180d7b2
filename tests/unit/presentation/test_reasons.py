"""The plan in words: every reason and every level has its sentence, in every language."""

import pytest

from bot.domain.levels import Change, Referral, Standing
from bot.presentation.reasons import level_name, level_purpose, reason_of, referral_reason
from bot.presentation.view import Texts
from tests.knowledge import the_catalog
from tests.unit.presentation.rendered import TEXTS

CATALOG = the_catalog(strict=True)


@pytest.mark.parametrize("language", CATALOG.languages)
def test_every_reason_is_one_line(language: str) -> None:
    """It stands above the first exercise, so it stays short; a rating or a number of days is filled in."""
    texts = Texts(CATALOG.translators[language], {}, "", CATALOG.clinic)
    reasons = [reason_of(Standing(2, 0, change, rating=6, days=9), texts) for change in Change]
    reasons += [referral_reason(referral, texts) for referral in Referral]
    assert all(0 < len(reason) <= 140 and "\n" not in reason for reason in reasons)
    assert len(set(reasons)) == len(reasons)


@pytest.mark.parametrize("language", CATALOG.languages)
def test_every_level_has_a_name_and_a_sentence(language: str) -> None:
    """People read a word, and never a number."""
    texts = Texts(CATALOG.translators[language], {}, "", CATALOG.clinic)
    names = [level_name(level.id, texts) for level in CATALOG.programme.levels]
    assert len(set(names)) == len(names) == 6
    assert all(level_purpose(level.id, texts).endswith(".") for level in CATALOG.programme.levels)


def test_a_reason_names_the_rating_it_is_about() -> None:
    """And how many days somebody was away."""
    assert "7 of 10" in reason_of(Standing(0, 0, Change.RESTING, rating=7), TEXTS)
    assert "12 days" in reason_of(Standing(1, 0, Change.AWAY, days=12), TEXTS)
