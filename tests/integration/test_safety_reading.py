"""Every language reads every text; the gravest finding counts, and a lexicon that fails harms no other."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.safety import Finding, Lexicon, Rule, triage
from bot.storage.unit_of_work import Database
from bot.usecases import safety
from bot.usecases.incoming import Incoming
from bot.usecases.knowledge import Knowledge
from tests.knowledge import the_knowledge
from tests.sqlite import make_database

CONTENT = Path(__file__).parents[2] / "content"
NOW = datetime(2026, 5, 6, 10, 0, tzinfo=UTC)


def lexicon(language: str, **tiers: str) -> Lexicon:
    """Make a lexicon in which each word has a tier."""
    rules = [
        Rule.from_data(id=f"{language}-{word}", tier=tier, flag="neuro", ways=[f"<{word}>"])
        for word, tier in tiers.items()
    ]
    words = {word: [word] for word in tiers}
    empty: dict[str, Any] = {"context": {}, "numbers": {}, "ordinary": [], "sounds": {}, "short_forms": {}}
    return Lexicon.build(language=language, concepts=words, rules=rules, gap_words=3, **empty)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """Return what the bot knows, with two languages of two words."""
    known = the_knowledge()
    english = known.languages["en"]
    languages = {
        "en": replace(english, lexicon=lexicon("en", ouch="referral", both="urgent")),
        "es": replace(english, lexicon=lexicon("es", ay="emergency", both="urgent")),
    }
    return replace(known, languages=languages)


def found(folder: Path, knowledge: Knowledge, text: str, own: str = "en") -> tuple[Finding, list[str]]:
    """Read a text; return the finding and the failures that were recorded."""
    database = Database(make_database(folder / "lumbar.db"))
    finding = database.run_here(
        lambda tx: safety.find(tx, Incoming(7), text, own_language=own, now=NOW, knowledge=knowledge)
    )
    with database.engine.connect() as connection:
        failures = [row[0] for row in connection.exec_driver_sql("SELECT failure FROM inbox")]
    database.close()
    return finding, failures


@pytest.mark.parametrize(
    ("text", "own", "rule"),
    [
        ("ouch", "en", "en-ouch"),
        ("ay", "en", "es-ay"),
        ("ouch ay", "en", "es-ay"),
        ("both", "en", "en-both"),
        ("both", "es", "es-both"),
        ("hello", "en", ""),
    ],
)
def test_the_gravest_finding_of_any_language_counts(
    tmp_path: Path, knowledge: Knowledge, text: str, own: str, rule: str
) -> None:
    """Of two alike it is the one of the chat's own language."""
    finding, failures = found(tmp_path, knowledge, text, own)
    assert finding.rule_id == rule
    assert failures == []


def test_a_lexicon_that_fails_leaves_the_others(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its failure is recorded by an id; what another language finds still counts."""

    def failing(text: str, words: Lexicon) -> Finding:
        if words.language == "en":
            raise ZeroDivisionError
        return triage(text, words)

    monkeypatch.setattr(safety, "triage", failing)
    finding, failures = found(tmp_path, knowledge, "ouch ay")
    assert finding.rule_id == "es-ay"
    assert [len(failure) for failure in failures] == [8]
